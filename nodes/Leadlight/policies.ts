import {
  canadaTaxTable, canadaTermination, catalogSchema, defaultAccessPolicy, defaultActivationPolicy, defaultBillingPolicy, defaultCompletionPolicy, defaultDunningPolicy, defaultFirstInvoicePolicy,
  defaultLedgerPolicy, defaultLockPolicy, defaultSubscriptionPolicy, defaultTrialPolicy, dunningPolicySchema, ledgerPolicySchema, quebecInstallationPolicy, quebecTermination, residentialCatalog,
  subscriptionPolicySchema, terminationSchema, trialPolicySchema, type JsonSchema,
} from '../../core/src/index.ts';

interface BuiltIn { readonly name: string; readonly policy: object; readonly schema?: JsonSchema }

/** What comes with Leadlight and an operator may replace, by the key under which it is picked. */
export const policies: Readonly<Record<string, BuiltIn>> = {
  access: { name: 'Access Profiles', policy: defaultAccessPolicy },
  activation: { name: 'Activation', policy: defaultActivationPolicy },
  billing: { name: 'Billing', policy: defaultBillingPolicy },
  completion: { name: 'Completion', policy: defaultCompletionPolicy },
  dunning: { name: 'Dunning', policy: defaultDunningPolicy, schema: dunningPolicySchema },
  terminationCanada: { name: 'Early Termination, Canada', policy: canadaTermination, schema: terminationSchema },
  terminationQuebec: { name: 'Early Termination, Québec', policy: quebecTermination, schema: terminationSchema },
  firstInvoice: { name: 'First Invoice', policy: defaultFirstInvoicePolicy },
  installation: { name: 'Installation Dates, Québec', policy: quebecInstallationPolicy },
  ledger: { name: 'Ledger', policy: defaultLedgerPolicy, schema: ledgerPolicySchema },
  locks: { name: 'Locks', policy: defaultLockPolicy },
  catalog: { name: 'Residential Catalog', policy: residentialCatalog, schema: catalogSchema },
  subscription: { name: 'Subscription', policy: defaultSubscriptionPolicy, schema: subscriptionPolicySchema },
  taxTable: { name: 'Taxes of Canada', policy: canadaTaxTable },
  trial: { name: 'Trial', policy: defaultTrialPolicy, schema: trialPolicySchema },
};
