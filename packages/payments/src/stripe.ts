import { accept, deriveId, VendorError, type Decision } from '../../../core/src/index.ts';
import { sdkError, stripeFailure } from './failure.ts';
import { declined, judgeOwner, judgePayment, judgeRefund, notPayable, type ExpectedPayment, type PaymentRefusalCode, type PaymentView } from './judge.ts';
import type { PaymentCommand, PaymentPort, Settlement } from './port.ts';
import { settle } from './settle.ts';
import { stripeSdk, unread, type StripeOptions } from './stripeSdk.ts';

/**
 * One Stripe account. A business "no" (another amount, another order, a declined card) is a refusal; no answer, a 5xx or a bad key is a
 * `VendorError`. Writes are settled: an unknown outcome is read back before it is repeated, under a key made from the order's id.
 * @example const stripe = stripePayments({ secretKey, clock, baseUrl: 'http://127.0.0.1:12111' });
 */
export function stripePayments(options: StripeOptions): PaymentPort {
  const { sdk, read, retrieve, live } = stripeSdk(options);
  const key = ({ orderId, paymentIntent }: ExpectedPayment, operation: string, group: number | string) => ({ idempotencyKey: deriveId('ll', orderId, operation, paymentIntent, group).slice(0, 255) });
  async function seen(paymentIntent: string): Promise<PaymentView> {
    const view = await retrieve(paymentIntent);
    if ('type' in view) throw new VendorError({ vendor: 'stripe', operation: 'payments.retrieve', kind: 'notFound', message: 'The payment vanished at Stripe.', hint: 'See the Stripe dashboard.' });
    return view;
  }
  async function verify(expected: ExpectedPayment): Promise<Decision<PaymentView, PaymentRefusalCode>> {
    const view = await retrieve(expected.paymentIntent);
    return 'type' in view ? view : judgePayment(view, expected, live);
  }

  return {
    provider: 'stripe',
    retrieve,
    /** Reads the payment at Stripe and judges it against the order. Changes nothing. */
    verify,

    /** Writes the order's id onto the payment, where Stripe's dashboard and every other reader see it. Harmless to repeat. */
    async bind(expected: ExpectedPayment): Promise<PaymentView> {
      await settle<true>({
        write: () => sdk.paymentIntents.update(expected.paymentIntent, { metadata: { order_id: expected.orderId } }, key(expected, 'bind', 1)).then(() => true as const, (error: unknown) => { throw stripeFailure(error, 'payments.bind', true); }),
        observe: async () => ((await seen(expected.paymentIntent)).orderId === expected.orderId ? true : undefined),
        clock: options.clock, group: 1, freshKey: true,
      });
      return seen(expected.paymentIntent);
    },

    /** Takes the whole authorised amount. Captured before: accepted, `repeated`. */
    async capture(command: PaymentCommand): Promise<Settlement> {
      const before = await verify(command);
      if (before.type === 'refused') return before;
      if (before.value.status === 'succeeded') return accept({ view: before.value, repeated: true }, 'it had been captured before');
      const observe = async (): Promise<Settlement | undefined> => {
        const now = await verify(command);
        if (now.type === 'refused') return now;
        return now.value.status === 'succeeded' ? accept({ view: now.value, repeated: false }, 'it was read back as captured') : undefined;
      };
      const write = async (group: number): Promise<Settlement | undefined> => {
        try {
          await sdk.paymentIntents.capture(command.paymentIntent, {}, key(command, 'capture', group));
        } catch (error) {
          const { statusCode, code, decline_code, advice_code } = sdkError(error);
          if (statusCode === 402) return declined(decline_code || code || 'generic_decline', advice_code);
          if (code !== 'payment_intent_unexpected_state') throw stripeFailure(error, 'payments.capture', true);
        }
        return observe();
      };
      return (await settle({ write, observe, clock: options.clock, group: command.group ?? 1, freshKey: true })) ?? unread('payments.capture');
    },

    /** Releases an authorisation. Cancelled before: accepted, `repeated`. A captured payment is refused: refund it. */
    async cancel(command: PaymentCommand): Promise<Settlement> {
      const judge = (view: PaymentView, repeated: boolean): Settlement | undefined => {
        const other = judgeOwner(view, command);
        if (other) return other;
        if (view.status === 'canceled') return accept({ view, repeated }, repeated ? 'it had been cancelled before' : 'it was read back as cancelled');
        return view.status === 'succeeded' ? notPayable(view, 'The payment was captured.', 'Refund it instead.') : undefined;
      };
      const before = await retrieve(command.paymentIntent);
      if ('type' in before) return before;
      const observe = async () => judge(await seen(command.paymentIntent), false);
      const write = async (group: number): Promise<Settlement | undefined> => {
        try {
          await sdk.paymentIntents.cancel(command.paymentIntent, { cancellation_reason: 'abandoned' }, key(command, 'cancel', group));
        } catch (error) {
          if (sdkError(error).code !== 'payment_intent_unexpected_state') throw stripeFailure(error, 'payments.cancel', true);
        }
        return observe();
      };
      return judge(before, true) ?? (await settle({ write, observe, clock: options.clock, group: command.group ?? 1, freshKey: true })) ?? unread('payments.cancel');
    },

    /**
     * Gives back `amountMinor`, whole or partial. `reference` tells one refund from the next of the same payment; the same one again is
     * found and not repeated. Nought, and more than is left, are refused (predecessors.md B.2 09).
     */
    async refund(command: PaymentCommand & { readonly reference: string }): Promise<Settlement> {
      const marker = deriveId(command.orderId, command.reference);
      const before = await retrieve(command.paymentIntent);
      if ('type' in before) return before;
      const other = judgeOwner(before, command);
      if (other) return other;
      const find = async (repeated: boolean): Promise<Settlement | undefined> => {
        const listed = await read('refunds.list', () => sdk.refunds.list({ payment_intent: command.paymentIntent, limit: 100 }));
        const mine = listed.data.find((refund) => refund.metadata?.['leadlight_refund'] === marker && refund.status !== 'failed' && refund.status !== 'canceled');
        return mine && accept({ view: await seen(command.paymentIntent), repeated, refund: { id: mine.id, status: mine.status ?? 'pending', amountMinor: mine.amount } }, repeated ? 'it had been refunded before' : 'the refund was read back');
      };
      const found = await find(true);
      if (found) return found;
      const refused = judgeRefund(before, command);
      if (refused) return refused;
      const write = async (group: number): Promise<Settlement | undefined> => {
        try {
          const made = await sdk.refunds.create({ payment_intent: command.paymentIntent, amount: command.amountMinor, reason: 'requested_by_customer', metadata: { leadlight_refund: marker, order_id: command.orderId } }, { idempotencyKey: deriveId('ll', command.orderId, 'refund', command.paymentIntent, command.reference, group).slice(0, 255) });
          if (made.status === 'failed' || made.status === 'canceled') return notPayable({ status: `refund_${made.status}` }, 'The bank did not take the refund.', 'Give the money back another way.');
        } catch (error) {
          const { statusCode, code = '' } = sdkError(error);
          if (code.includes('disputed')) return notPayable({ status: 'disputed' }, 'The payment is disputed by the cardholder.', 'The bank decides who gets the money; settle the dispute first.');
          // Somebody else gave money back since it was read, in the dashboard perhaps.
          const now = statusCode === 400 ? judgeRefund(await seen(command.paymentIntent), command) : undefined;
          if (now) return now;
          throw stripeFailure(error, 'payments.refund', true);
        }
        return find(false);
      };
      return (await settle({ write, observe: () => find(false), clock: options.clock, group: command.group ?? 1, freshKey: false })) ?? unread('payments.refund');
    },
  };
}
export type StripePayments = PaymentPort;
