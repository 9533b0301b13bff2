// What the hub tells about payments as a whole, beside each payment (api.ts).
import type { BilledSubscription, BillingAccount, BillingPolicy, CustomerBill, Instant, PaymentReport, Refused, TaxTable } from '../../../core/src/index.ts';

/** GET /v1/payments/analytics?from=&to=&currency= : days of the hub's zone, `to` not included; one report per currency. */
export interface PaymentAnalytics { readonly type: 'paymentAnalytics'; readonly from: string; readonly to: string; readonly zone: string; readonly reports: readonly PaymentReport[] }

/** GET /v1/payments/providers : who can be paid with, whether that moves real money, and where each is told to send its webhooks. */
export interface PaymentProviderList { readonly type: 'paymentProviders'; readonly currencies: readonly string[]; readonly providers: readonly PaymentProviderState[] }
export interface PaymentProviderState {
  readonly provider: 'stripe' | 'paypal' | 'azure_marketplace' | 'invoice';
  readonly on: boolean;
  /** Null where there is nothing live or not. */
  readonly live: boolean | null;
  /** Where the provider must deliver its events; null where it has none. */
  readonly webhookUrl: string | null;
  /** What to set to switch it on; null when it is on. */
  readonly hint: string | null;
}

/** POST /v1/payments/catch-up {since?} : events that the provider has, whether their webhook came or not. */
export type PaymentCatchUp = { readonly type: 'paymentCatchUp' } & CaughtUpEvents;
export interface CaughtUpEvents {
  readonly from: Instant;
  readonly until: Instant;
  readonly seen: number;
  readonly applied: number;
  readonly ignored: number;
  /** Had come by webhook, or were read before. */
  readonly repeated: number;
  /** The look before is longer ago than Stripe keeps events (30 days); the open payments were read one by one instead. */
  readonly gap: boolean;
  readonly readAgain: number;
}
/** GET /v1/payments/catch-up */
export interface PaymentCatchUpState {
  readonly type: 'paymentCatchUpState';
  readonly on: boolean;
  /** 0: only when asked. */
  readonly everyMinutes: number;
  readonly readUntil: Instant | null;
  readonly lookedAt: Instant | null;
  readonly found: CaughtUpEvents | null;
  readonly failure: { readonly at: Instant; readonly kind: string; readonly message: string } | null;
}

/** GET /v1/payments/accounts/{id}/charges?before=&limit= */
export interface AccountCharges { readonly type: 'accountCharges'; readonly charges: readonly AccountCharge[]; readonly next: string | null }
export interface AccountCharge {
  readonly invoiceId: string; readonly attempt: number; readonly amountMinor: number; readonly currency: string;
  readonly outcome: 'paid' | 'declined' | 'open' | 'refused' | 'failed'; readonly at: Instant; readonly settledAt: Instant | null;
  readonly provider: string; readonly paymentMethod: string; readonly paymentIntent: string | null; readonly chargeId: string | null; readonly refundedMinor: number;
  readonly declineCode: string | null; readonly action: string | null; readonly customerReason: string | null;
}
/** GET /v1/payments/orders/{id} */
export interface OrderPayments { readonly type: 'orderPayments'; readonly payments: readonly OrderPayment[] }
export interface OrderPayment {
  readonly provider: string; readonly paymentIntent: string; readonly state: string; readonly amountMinor: number; readonly capturedMinor: number; readonly refundedMinor: number; readonly currency: string; readonly chargeId: string | null; readonly at: Instant;
  readonly calls: readonly { readonly operation: string; readonly reference: string; readonly amountMinor: number; readonly outcome: string; readonly at: Instant; readonly vendorId: string | null }[];
}

/** POST /v1/billing/invoices/{subscriptionId}/generate : what was billed before the hub knows. `asOf` left out: today in its zone; `taxTable`: Canada's. */
export interface GenerateInvoice { readonly account: BillingAccount; readonly subscription: BilledSubscription; readonly asOf?: string; readonly since?: string; readonly creditMinor?: number; readonly taxTable?: TaxTable; readonly policy?: BillingPolicy }
/** `repeated`: it had been issued before. GET /v1/billing/invoices/{number}, and /page for people. */
export interface Invoice { readonly type: 'invoice'; readonly number: string; readonly subscriptionId: string; readonly accountId: string; readonly issuedAt: Instant; readonly bill: CustomerBill; readonly repeated: boolean }
export interface NothingToBill { readonly type: 'nothingToBill'; readonly subscriptionId: string }
/** GET /v1/billing/invoices?accountId=&subscriptionId=&after=&limit= */
export interface InvoicePage { readonly type: 'invoices'; readonly invoices: readonly Invoice[]; readonly next: number | null }

/** POST /v1/payments/paypal/plans : product and plan, each made once. `key` stands for the plan with its price. */
export interface PaypalPlanRequest { readonly key: string; readonly productId: string; readonly productName?: string; readonly name: string; readonly amountMinor: number; readonly currency: string; readonly every: 'month' | 'year'; readonly count?: number; readonly suspendAfter?: number }
export interface PaypalPlan { readonly type: 'paypalPlan'; readonly id: string; readonly productId: string; readonly name: string; readonly status: string; readonly amountMinor: number; readonly currency: string; readonly every: string; readonly count: number; readonly repeated: boolean }
/** POST /v1/payments/paypal/subscriptions, GET …/{id}, POST …/{id}/activate|suspend|cancel|revise|capture : PayPal bills these by itself. */
export interface PaypalSubscribeRequest { readonly subscriptionId: string; readonly planId: string; readonly quantity?: number; readonly attempt?: number; readonly returnUrl: string; readonly cancelUrl: string }
export interface PaypalSubscriptionView { readonly id: string; readonly planId: string; readonly status: string; readonly quantity: number; readonly subscriptionId: string | null; readonly nextBillingAt: string | null; readonly outstandingMinor: number | null; readonly currency: string | null; readonly failedPayments: number }
/** `approveUrl`: nothing happens before the customer said yes there. */
export interface PaypalSubscriptionState { readonly type: 'paypalSubscription'; readonly subscription: PaypalSubscriptionView; readonly approveUrl: string | null; readonly repeated: boolean }
export type PaypalSubscriptionRefused = Refused<'subscriptionUnknown' | 'notPossible' | 'planMismatch' | 'amountMismatch' | 'currencyMismatch' | 'badInput'>;
