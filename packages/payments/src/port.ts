import type { Decision, Instant, Refused } from '../../../core/src/index.ts';
import type { ExpectedPayment, PaymentRefusalCode, PaymentView } from './judge.ts';
import type { PaymentEvent } from './webhook.ts';

export type Provider = 'stripe' | 'paypal' | 'invoice';
export interface Settled {
  readonly view: PaymentView;
  /** It had already been done before this call. */
  readonly repeated: boolean;
  readonly refund?: { readonly id: string; readonly status: string; readonly amountMinor: number };
}
export type Settlement = Decision<Settled, PaymentRefusalCode>;
/** `group` starts a new idempotency key; pass a higher one only after the last attempt was seen not to have happened. */
export type PaymentCommand = ExpectedPayment & { readonly group?: number };

/**
 * What the ledger asks of a provider (S2-090): read a payment, judge it, and move it once. A business "no" is a refusal; no answer, a 5xx
 * or a bad key is a `VendorError`. `paymentIntent` is the provider's own name of the payment: `pi_…`, a PayPal order, `terms:…`.
 */
export interface PaymentPort {
  readonly provider: Provider;
  /** How the provider holds the payment now. */
  retrieve(paymentIntent: string): Promise<PaymentView | Refused<'paymentUnknown'>>;
  /** Reads and judges; changes nothing. */
  verify(expected: ExpectedPayment): Promise<Decision<PaymentView, PaymentRefusalCode>>;
  /** Writes the order's id onto the payment. Harmless to repeat. */
  bind(expected: ExpectedPayment): Promise<PaymentView>;
  /** Takes the whole authorised amount, once. */
  capture(command: PaymentCommand): Promise<Settlement>;
  /** Lets an authorisation go. */
  cancel(command: PaymentCommand): Promise<Settlement>;
  /** Gives `amountMinor` back; `reference` tells one refund from the next. */
  refund(command: PaymentCommand & { readonly reference: string }): Promise<Settlement>;
}

export interface FedEvent { readonly event: PaymentEvent; readonly at: Instant }
/** A provider that can be asked what happened, beside telling it by webhook. */
export interface EventFeed {
  readonly provider: Provider;
  /** For how long it remembers. */
  readonly keptDays: number;
  /** Every event that means something here from this time on, the oldest first. */
  since(from: Instant): Promise<readonly FedEvent[]>;
}

/** A stored card as people may see it: never its number (S2-095). */
export interface StoredMethod {
  readonly id: string;
  readonly kind: string;
  readonly brand?: string;
  readonly last4?: string;
  readonly expires?: string;
  readonly isDefault: boolean;
}
export interface ChargeCommand {
  readonly accountId: string;
  readonly customer: string;
  readonly paymentMethod: string;
  /** What is paid: an invoice, an order. */
  readonly invoiceId: string;
  /** The name of this intended charge: the same for every repetition, another for the next rung of the ladder. */
  readonly chargeKey: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly group: number;
  /** Asked before: look for what it left behind, from this time on. */
  readonly lookSince?: string;
}
/** A declined or authenticated charge also tells under which charge the provider keeps it. */
export type ChargeResult = Settlement & { readonly chargeId?: string };

/** What a provider that keeps cards for us can do (S2-091). `customer` is the provider's own name of an account. */
export interface VaultPort {
  readonly provider: Provider;
  /** Makes the provider's customer of an account; it carries the account's id and nothing else. */
  createCustomer(accountId: string): Promise<string>;
  methods(customer: string): Promise<readonly StoredMethod[]>;
  /** Stores a method by its token. */
  add(customer: string, token: string): Promise<Decision<{ readonly id: string; readonly repeated: boolean }, PaymentRefusalCode>>;
  setDefault(customer: string, method: string): Promise<Decision<{ readonly repeated: boolean }, PaymentRefusalCode>>;
  /** Lets a method go; where it was the default, the newest of the others becomes it. */
  remove(customer: string, method: string): Promise<Decision<{ readonly repeated: boolean; readonly promoted?: string }, PaymentRefusalCode>>;
  /** Charges while the customer is away. */
  charge(command: ChargeCommand): Promise<ChargeResult>;
}
