import type Stripe from 'stripe';
import { accept, deriveId, isVendorError, refuse, VendorError, type Refused } from '../../../core/src/index.ts';
import { sdkError, stripeFailure } from './failure.ts';
import { declined, type PaymentRefusalCode } from './judge.ts';
import type { ChargeCommand, ChargeResult, StoredMethod, VaultPort } from './port.ts';
import { settle } from './settle.ts';
import { stripeSdk, unread, viewOf, type StripeOptions } from './stripeSdk.ts';

const DAY_SECONDS = 86_400;
const marked = (parts: readonly (string | number)[]) => ({ idempotencyKey: deriveId('ll', ...parts).slice(0, 255) });
const unknownMethod = () => refuse('methodUnknown', 'This payment method is not one of the account.', { path: 'paymentMethod', hint: 'List the methods of the account; one that was removed cannot be used again.' });

/**
 * Cards that Stripe keeps for our accounts, and charges while the customer is away (S2-091). Only tokens go in, only brand, last four digits
 * and expiry come out. A charge carries its `chargeKey`; a repetition finds it by that key.
 * @example const vault = stripeVault({ secretKey, clock }); await vault.methods('cus_1');
 */
export function stripeVault(options: StripeOptions): VaultPort {
  const { sdk, read } = stripeSdk(options);
  const { clock } = options;
  const fail = (operation: string) => (error: unknown): never => { throw stripeFailure(error, operation, true); };
  const absent = <T>(error: unknown, operation: string, value: T): T => {
    const { statusCode, code } = sdkError(error);
    if (statusCode === 404 || code === 'resource_missing') return value;
    throw stripeFailure(error, operation, false);
  };
  const methodOf = (id: string): Promise<Stripe.PaymentMethod | undefined> => sdk.paymentMethods.retrieve(id).catch((error: unknown) => absent(error, 'methods.get', undefined));

  async function defaultOf(customer: string): Promise<string | null> {
    const found = await read('customers.get', () => sdk.customers.retrieve(customer));
    const given = found.deleted ? null : found.invoice_settings.default_payment_method;
    return typeof given === 'string' ? given : (given?.id ?? null);
  }
  /** Newest first. */
  const attached = async (customer: string): Promise<readonly Stripe.PaymentMethod[]> => (await read('methods.list', () => sdk.customers.listPaymentMethods(customer, { limit: 100 }))).data;
  async function prefer(customer: string, method: string): Promise<void> {
    // No key of ours: the default may go back and forth within a day, and a repetition is harmless.
    await settle<true>({
      write: () => sdk.customers.update(customer, { invoice_settings: { default_payment_method: method } }).then(() => true as const, fail('methods.setDefault')),
      observe: async () => ((await defaultOf(customer)) === method ? true : undefined), clock, group: 1, freshKey: true,
    });
    if ((await defaultOf(customer)) !== method) unread('methods.setDefault');
  }

  return {
    provider: 'stripe',

    async createCustomer(accountId: string): Promise<string> {
      try {
        return (await sdk.customers.create({ metadata: { leadlight_account: accountId } }, marked(['customer', accountId]))).id;
      } catch (error) {
        throw stripeFailure(error, 'customers.create', true);
      }
    },

    async methods(customer: string): Promise<readonly StoredMethod[]> {
      const [all, preferred] = [await attached(customer), await defaultOf(customer)];
      return all.map((method) => stored(method, preferred));
    },

    async add(customer: string, token: string) {
      const before = await methodOf(token);
      if (!before) return unknownMethod();
      const idOf = (value: string | { readonly id: string } | null): string | null => (typeof value === 'string' ? value : (value?.id ?? null));
      if (idOf(before.customer) !== null && idOf(before.customer) !== customer) return unknownMethod();
      let id = before.id;
      let no: Refused<PaymentRefusalCode> | undefined;
      const repeated = idOf(before.customer) === customer;
      if (!repeated) {
        await settle<true>({
          write: async () => {
            try {
              id = (await sdk.paymentMethods.attach(token, { customer }, marked(['attach', customer, token]))).id;
            } catch (error) {
              const { statusCode, code, decline_code, advice_code } = sdkError(error);
              if (statusCode === 402) no = declined(decline_code || code || 'generic_decline', advice_code);
              else if (statusCode === 400) no = unknownMethod();
              else throw stripeFailure(error, 'methods.add', true);
            }
            return true;
          },
          observe: async () => (idOf((await methodOf(id))?.customer ?? null) === customer ? true : undefined), clock, group: 1, freshKey: false,
        });
        if (no) return no;
        // Read back: within a day Stripe repeats its old yes to a method that was removed since.
        if (idOf((await methodOf(id))?.customer ?? null) !== customer) return unknownMethod();
      }
      if ((await defaultOf(customer)) === null) await prefer(customer, id);
      return accept({ id, repeated }, repeated ? 'it had been stored before' : 'it was stored');
    },

    async setDefault(customer: string, method: string) {
      if ((await defaultOf(customer)) === method) return accept({ repeated: true }, 'it was the default already');
      if (!(await attached(customer)).some(({ id }) => id === method)) return unknownMethod();
      await prefer(customer, method);
      return accept({ repeated: false }, 'it is the default now');
    },

    async remove(customer: string, method: string) {
      const has = async (): Promise<boolean> => (await attached(customer)).some(({ id }) => id === method);
      const found = await methodOf(method);
      if (!found) return unknownMethod();
      const mine = await has();
      if (!mine && found.customer) return unknownMethod();
      if (mine) {
        await settle<true>({
          write: () => sdk.paymentMethods.detach(method, {}, marked(['detach', customer, method])).then(() => true as const, fail('methods.remove')),
          observe: async () => ((await has()) ? undefined : true), clock, group: 1, freshKey: true,
        });
        if (await has()) unread('methods.remove');
      }
      // Also when it had been removed before: a run that died in between left the account without a default.
      const [next] = await attached(customer);
      if (!next || (await defaultOf(customer)) !== null) return accept({ repeated: !mine }, 'it was removed');
      await prefer(customer, next.id);
      return accept({ repeated: !mine, promoted: next.id }, 'it was removed; another is the default now');
    },

    async charge(command: ChargeCommand): Promise<ChargeResult> {
      const find = async (repeated: boolean, since: string): Promise<ChargeResult | undefined> => {
        const gte = Math.floor(Date.parse(since) / 1000) - DAY_SECONDS; // our clock and Stripe's need not agree
        for (let after: string | undefined; ;) {
          const page = await read('payments.list', () => sdk.paymentIntents.list({ customer: command.customer, created: { gte }, limit: 100, expand: ['data.latest_charge'], ...(after ? { starting_after: after } : {}) }));
          const mine = page.data.find(({ metadata }) => metadata['leadlight_charge'] === command.chargeKey);
          if (mine) return judged(mine, repeated);
          after = page.has_more ? page.data.at(-1)?.id : undefined;
          if (!after) return undefined;
        }
      };
      const before = command.lookSince ? await find(true, command.lookSince) : undefined;
      if (before) return before;
      const started = command.lookSince ?? clock.now();
      const write = async (group: number): Promise<ChargeResult> => {
        try {
          const made = await sdk.paymentIntents.create({
            amount: command.amountMinor, currency: command.currency.toLowerCase(), customer: command.customer, payment_method: command.paymentMethod, off_session: true, confirm: true,
            // Cards only: a way to pay that sends the customer elsewhere needs the customer, and Stripe a return_url.
            automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
            metadata: { order_id: command.invoiceId, leadlight_charge: command.chargeKey, leadlight_account: command.accountId },
          }, marked(['charge', command.chargeKey, group]));
          // Read back: an answer replayed under its key tells how it was, not how it is.
          return judged(await read('payments.retrieve', () => sdk.paymentIntents.retrieve(made.id, { expand: ['latest_charge'] })), false);
        } catch (error) {
          // Stripe took it and could not be read back: it happened, whatever became of it.
          if (isVendorError(error)) throw new VendorError({ ...error, message: error.message, outcome: 'unknown' });
          const { statusCode, code, decline_code, advice_code } = sdkError(error);
          const charge = (error as { charge?: unknown }).charge;
          if (statusCode === 402) return { ...declined(decline_code || code || 'generic_decline', advice_code), ...(typeof charge === 'string' ? { chargeId: charge } : {}) };
          if (code === 'amount_too_small' || code === 'amount_too_large') return refuse('amountMismatch', 'Stripe charges no card this amount.', { path: 'amountMinor', hint: 'The least is about half a dollar, the most 999,999.99; put it on another invoice.' });
          if (statusCode === 400 && (error as { param?: string }).param === 'currency') return refuse('currencyMismatch', `Stripe charges no card in ${command.currency}.`, { path: 'currency', hint: 'Use a currency the Stripe account takes.' });
          if (code === 'resource_missing' || (statusCode === 400 && (error as { param?: string }).param === 'payment_method')) return unknownMethod();
          throw stripeFailure(error, 'payments.charge', true);
        }
      };
      return settle<ChargeResult>({ write, observe: () => find(false, started), clock, group: command.group, freshKey: false });
    },
  };
}

function judged(intent: Stripe.PaymentIntent, repeated: boolean): ChargeResult {
  const view = viewOf(intent);
  if (view.status === 'succeeded' || view.status === 'processing') return accept({ view, repeated }, view.status === 'succeeded' ? 'it was read back as captured' : 'the bank has not answered yet');
  const failed = intent.last_payment_error?.charge;
  return { ...declined(view.declineCode ?? 'authentication_required', view.adviceCode), ...(failed ? { chargeId: failed } : {}) };
}

function stored(method: Stripe.PaymentMethod, preferred: string | null): StoredMethod {
  const { card } = method;
  return {
    id: method.id, kind: method.type, isDefault: method.id === preferred,
    ...(card ? { brand: card.brand, last4: card.last4, expires: `${card.exp_year}-${String(card.exp_month).padStart(2, '0')}` } : {}),
  };
}
