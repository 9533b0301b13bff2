import { accept, isVendorError, refuse, VendorError, type Decision } from '../../../../core/src/index.ts';
import { settle } from '../settle.ts';
import { paypalAmount, paypalMinor } from './amount.ts';
import { requestId } from './requestId.ts';
import { paypalWire, type PaypalOptions } from './wire.ts';

export interface PlanWanted {
  /** Our own name of the plan with its price: another price is another key, for those who subscribed keep theirs. */
  readonly key: string;
  readonly productId: string;
  readonly name: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly every: 'month' | 'year';
  /** Every how many of them; 3 months are a quarter. Default 1. */
  readonly count?: number;
  /** After how many failed payments PayPal suspends by itself. Default 0: never, dunning is ours. */
  readonly suspendAfter?: number;
}
export interface Plan { readonly id: string; readonly productId: string; readonly name: string; readonly status: string; readonly amountMinor: number; readonly currency: string; readonly every: string; readonly count: number }
type PlanRefusal = 'currencyMismatch' | 'amountMismatch' | 'planMismatch' | 'badInput';
interface RawPlan { readonly id: string; readonly product_id: string; readonly name: string; readonly status: string; readonly description?: string; readonly billing_cycles?: readonly { readonly tenure_type: string; readonly frequency: { readonly interval_unit: string; readonly interval_count?: number }; readonly pricing_scheme?: { readonly fixed_price?: { readonly currency_code?: string; readonly value?: string } } }[] }

const KEY = /^[A-Za-z0-9._-]{1,60}$/;
const PRODUCT = /^[A-Za-z0-9._-]{6,50}$/;
const PAGE = 20;
const seg = encodeURIComponent;
/** PayPal names plans by itself; ours is found again by what stands in its description. */
const mark = (key: string): string => `leadlight:${key}`;

function planOf(raw: RawPlan): Plan {
  const cycle = raw.billing_cycles?.find(({ tenure_type: type }) => type === 'REGULAR');
  const price = cycle?.pricing_scheme?.fixed_price;
  return { id: raw.id, productId: raw.product_id, name: raw.name, status: raw.status, amountMinor: paypalMinor(price), currency: String(price?.currency_code), every: String(cycle?.frequency.interval_unit).toLowerCase(), count: cycle?.frequency.interval_count ?? 1 };
}

/**
 * What customers subscribe to at PayPal: products and plans, each made once (erp.md 6.2). A price is never changed under its subscribers;
 * the same key with another price is refused.
 * @example await paypalPlans(options).ensure({ key: 'FTTH150I-2026', productId: 'LEADLIGHT-FTTH', name: 'Fibre 150', amountMinor: 9995, currency: 'CAD', every: 'month' });
 */
export function paypalPlans(options: PaypalOptions) {
  const call = paypalWire(options);
  const { clock } = options;
  async function product(id: string): Promise<{ readonly id: string; readonly name: string } | undefined> {
    const { status, body } = await call('products.get', { method: 'GET', path: `/v1/catalogs/products/${seg(id)}` }, [404]);
    return status === 404 ? undefined : { id: String(body['id']), name: String(body['name']) };
  }
  async function get(id: string): Promise<Plan | undefined> {
    if (!/^P-[A-Z0-9]{1,48}$/.test(id)) return undefined;
    const { status, body } = await call('plans.get', { method: 'GET', path: `/v1/billing/plans/${id}` }, [404]);
    return status === 404 ? undefined : planOf(body as unknown as RawPlan);
  }
  async function find({ productId, key }: PlanWanted): Promise<Plan | undefined> {
    for (let page = 1; ; page += 1) {
      const { body } = await call('plans.list', { method: 'GET', path: '/v1/billing/plans', headers: { prefer: 'return=representation' }, query: { product_id: productId, page_size: PAGE, page } });
      const plans = (body['plans'] ?? []) as readonly RawPlan[];
      const mine = plans.find(({ description }) => description === mark(key));
      if (mine) return get(mine.id);
      if (plans.length < PAGE) return undefined;
    }
  }
  const unread = (operation: string): never => {
    throw new VendorError({ vendor: 'paypal', operation, kind: 'unexpectedReply', outcome: 'unknown', message: `PayPal accepted ${operation}, but reading it back shows nothing.`, hint: 'See the subscriptions in the PayPal account.' });
  };

  return {
    get,
    /** The product plans belong to, by an id of ours. */
    async ensureProduct(id: string, name: string): Promise<Decision<{ readonly id: string; readonly name: string; readonly repeated: boolean }, 'badInput'>> {
      if (!PRODUCT.test(id) || name.length < 1 || name.length > 127) return refuse('badInput', 'A product has an id of 6 to 50 characters and a name of up to 127.', { path: PRODUCT.test(id) ? 'name' : 'id', hint: 'Letters, digits, dot, dash and underscore.' });
      const before = await product(id);
      if (before) return accept({ ...before, repeated: true }, 'it was there');
      const write = async () => {
        let refused: unknown;
        await call('products.create', { method: 'POST', path: '/v1/catalogs/products', headers: requestId('product', id), body: { id, name, type: 'SERVICE' } }).catch((error: unknown) => {
          // Perhaps somebody else made it just now; reading says.
          if (!isVendorError(error) || error.kind !== 'rejectedInput') throw error;
          refused = error;
        });
        const read = await product(id);
        if (!read && refused) throw refused;
        return read ?? unread('products.create');
      };
      return accept({ ...(await settle({ write, observe: () => product(id), clock, group: 1, freshKey: false })), repeated: false }, 'it was read back');
    },
    /** The plan of a key, with its price. */
    async ensure(wanted: PlanWanted): Promise<Decision<Plan & { readonly repeated: boolean }, PlanRefusal>> {
      const { key, productId, name, amountMinor, currency, every, count = 1, suspendAfter = 0 } = wanted;
      const price = paypalAmount(amountMinor, currency);
      if (!price) return refuse('currencyMismatch', `PayPal takes no payments in ${currency} here.`, { path: 'currency', hint: 'Use a currency with two decimals that PayPal supports, or another provider.' });
      if (amountMinor < 1) return refuse('amountMismatch', 'A price is at least one minor unit.', { path: 'amountMinor', hint: 'A plan that costs nothing needs no PayPal.' });
      const bad = !KEY.test(key) ? 'key' : !PRODUCT.test(productId) ? 'productId' : !Number.isInteger(count) || count < 1 || count > (every === 'year' ? 1 : 12) ? 'count' : undefined;
      if (bad) return refuse('badInput', `${bad} is not what PayPal takes.`, { path: bad, hint: 'A year at most; keys of letters, digits, dot, dash and underscore.' });
      const fits = (plan: Plan): Decision<Plan & { readonly repeated: boolean }, PlanRefusal> =>
        plan.amountMinor === amountMinor && plan.currency === currency && plan.every === every && plan.count === count
          ? accept({ ...plan, repeated: true }, 'it was there')
          : refuse('planMismatch', 'This key stands for a plan with another price.', { path: 'key', hint: 'Give the new price a key of its own; subscribers keep the plan they took.', facts: { planId: plan.id, amountMinor: plan.amountMinor, currency: plan.currency } });
      const before = await find(wanted);
      if (before) return fits(before);
      const write = async (group: number): Promise<Plan> => {
        const { body } = await call('plans.create', {
          method: 'POST', path: '/v1/billing/plans', headers: { ...requestId('plan', productId, key, amountMinor, currency, group), prefer: 'return=representation' },
          body: {
            product_id: productId, name, description: mark(key), status: 'ACTIVE', quantity_supported: true, payment_preferences: { auto_bill_outstanding: true, payment_failure_threshold: suspendAfter },
            billing_cycles: [{ frequency: { interval_unit: every.toUpperCase(), interval_count: count }, tenure_type: 'REGULAR', sequence: 1, total_cycles: 0, pricing_scheme: { fixed_price: price } }],
          },
        });
        return (await get(String(body['id']))) ?? unread('plans.create');
      };
      const made = await settle({ write, observe: () => find(wanted), clock, group: 1, freshKey: false });
      const read = fits(made);
      return read.type === 'refused' ? read : accept({ ...read.value, repeated: false }, 'it was read back');
    },
  };
}
export type PaypalPlans = ReturnType<typeof paypalPlans>;
