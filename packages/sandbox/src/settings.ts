/** What `npm start` and the tests tell the sandbox; every port 0 means "any". */
export interface SandboxSettings {
  readonly ports: Readonly<Record<'sandbox' | 'erpnext' | 'genieacs' | 'netbox' | 'voltha' | 'vgc' | 'stripe' | 'twilio' | 'mailjet' | 'chat' | 'nas', number>> & Partial<Readonly<Record<'oktopus' | 'oktopusNats' | 'oktopusMqtt' | 'paypal' | 'azure' | 'routr', number>>>;
  readonly keys: {
    readonly erpnext: { readonly key: string; readonly secret: string };
    readonly netbox: string;
    /** Left out, there is no Oktopus. */
    readonly oktopus?: { readonly email: string; readonly password: string };
    readonly stripe: string;
    readonly stripeWebhook: string;
    /** Left out, there is no PayPal. */
    readonly paypal?: { readonly clientId: string; readonly clientSecret: string; readonly webhookId: string };
    /** Left out, there is no Azure Marketplace. */
    readonly azure?: { readonly tenantId: string; readonly clientId: string; readonly clientSecret: string };
    readonly twilio: { readonly sid: string; readonly token: string };
    readonly mailjet: { readonly key: string; readonly secret: string };
    readonly nas: string;
  };
  /** Where to write the operator's fibre register. */
  readonly dropsCsv: string;
  readonly hub: string;
  readonly acsToken: string;
}
