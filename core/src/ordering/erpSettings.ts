/** How the operator's ERPNext is set up: names of masters that must exist there. */
export interface ErpSettings {
  readonly company: string;
  readonly customerGroup: string;
  readonly territory: string;
  readonly province: string;
  readonly country: string;
  /** Left out when the site has no tax categories. */
  readonly taxCategory?: string;
  readonly modeOfPayment: string;
  readonly receivableAccount: string;
  readonly paymentAccount: string;
  /** Days after the first wished day by which the project should end. */
  readonly projectDays: number;
  readonly requiredTags: readonly string[];
}

export const gigafibreErp: ErpSettings = {
  company: 'Gigafibre',
  customerGroup: 'Résidentiel',
  territory: 'Canada',
  province: 'QC',
  country: 'Canada',
  modeOfPayment: 'Stripe',
  receivableAccount: 'Debtors - GF',
  paymentAccount: 'Stripe Clearing - GF',
  projectDays: 30,
  requiredTags: ['Fibre', 'Installation'],
};
