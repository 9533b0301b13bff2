import type { SimReply, SimRequest } from '../http.ts';
import { centsOf, PaypalProblem, paypalId, unprocessable, type Amount } from './state.ts';

export interface Plan { id: string; product_id: string; name: string; status: 'CREATED' | 'ACTIVE' | 'INACTIVE'; description?: string; quantity_supported: boolean; billing_cycles: { frequency: { interval_unit: string; interval_count: number }; tenure_type: string; sequence: number; total_cycles: number; pricing_scheme: { fixed_price: Amount } }[]; create_time: string }
export interface Subscription {
  id: string; plan_id: string; status: 'APPROVAL_PENDING' | 'APPROVED' | 'ACTIVE' | 'SUSPENDED' | 'CANCELLED' | 'EXPIRED'; status_change_note?: string; quantity: string; custom_id?: string; create_time: string; start_time: string;
  billing_info?: { outstanding_balance: Amount; next_billing_time?: string; failed_payments_count: number; last_payment?: { amount: Amount; time: string } };
  links: { rel: string; href: string; method: string }[];
}
interface Shop { now(): string; url(): string; emit(type: string, resource: object): void }
export interface Charged { readonly subscriptionId: string; readonly amount: Amount; readonly at: string; readonly what: 'billing' | 'outstanding' }

const bad = (issue: string, field: string): PaypalProblem => new PaypalProblem(400, 'INVALID_REQUEST', issue, field);
const gone = (): PaypalProblem => new PaypalProblem(404, 'RESOURCE_NOT_FOUND', 'INVALID_RESOURCE_ID');
const value = (cents: number, like: Amount): Amount => ({ currency_code: like.currency_code, value: like.currency_code === 'JPY' ? String(cents) : (cents / 100).toFixed(2) });
const centsLeft = (amount: Amount): number => Math.round(Number(amount.value) * (amount.currency_code === 'JPY' ? 1 : 100));

/** The subscriptions side of a PayPal account: products, plans, and subscriptions that PayPal bills (erp.md 6.2). Nothing is prorated. */
export function paypalSubscriptionDesk(shop: Shop) {
  const products = new Map<string, { id: string; name: string; type: string; create_time: string }>();
  const plans = new Map<string, Plan>();
  const subscriptions = new Map<string, Subscription>();
  /** What was asked of the customer and is not approved yet. */
  const asked = new Map<string, { plan_id?: string; quantity?: string }>();
  const charged: Charged[] = [];

  const planOf = (id: unknown): Plan => plans.get(String(id)) ?? (() => { throw gone(); })();
  const activePlan = (id: unknown): Plan => {
    const plan = planOf(id);
    if (plan.status !== 'ACTIVE') throw unprocessable('PLAN_STATUS_INVALID');
    return plan;
  };
  const subscriptionOf = (id: string): Subscription => subscriptions.get(id) ?? (() => { throw gone(); })();
  const priceOf = ({ plan_id: id, quantity }: Subscription): Amount => {
    const price = planOf(id).billing_cycles[0]!.pricing_scheme.fixed_price;
    return value(centsOf(price) * Number(quantity), price);
  };
  const next = (from: string, { billing_cycles: [cycle] }: Plan): string => {
    const at = new Date(from);
    const months = cycle!.frequency.interval_count * (cycle!.frequency.interval_unit === 'YEAR' ? 12 : 1);
    at.setUTCMonth(at.getUTCMonth() + months);
    return at.toISOString();
  };
  const linked = (subscription: Subscription): Subscription => ({ ...subscription, links: subscription.status === 'APPROVAL_PENDING' ? subscription.links : subscription.links.filter(({ rel }) => rel !== 'approve') });
  const links = (id: string): Subscription['links'] => [
    { rel: 'approve', href: `https://www.sandbox.paypal.com/webapps/billing/subscriptions?ba_token=BA-${paypalId()}`, method: 'GET' }, { rel: 'self', href: `${shop.url()}/v1/billing/subscriptions/${id}`, method: 'GET' },
  ];

  function createPlan(body: Record<string, unknown>): Plan {
    if (!products.has(String(body['product_id']))) throw gone();
    const [cycle] = (body['billing_cycles'] ?? []) as Plan['billing_cycles'];
    if (!cycle || cycle.tenure_type !== 'REGULAR' || !['DAY', 'WEEK', 'MONTH', 'YEAR'].includes(cycle.frequency?.interval_unit)) throw bad('INVALID_PARAMETER_VALUE', '/billing_cycles');
    if (typeof body['name'] !== 'string' || body['name'].length > 127 || String(body['description'] ?? '').length > 127) throw bad('INVALID_STRING_LENGTH', '/name');
    centsOf(cycle.pricing_scheme?.fixed_price);
    const plan: Plan = { id: `P-${paypalId()}`, product_id: String(body['product_id']), name: body['name'], status: body['status'] === 'CREATED' ? 'CREATED' : 'ACTIVE', ...(body['description'] ? { description: String(body['description']) } : {}), quantity_supported: body['quantity_supported'] === true, billing_cycles: [{ ...cycle, frequency: { ...cycle.frequency, interval_count: cycle.frequency.interval_count ?? 1 } }], create_time: shop.now() };
    plans.set(plan.id, plan);
    return plan;
  }
  function subscribe(body: Record<string, unknown>): Subscription {
    const plan = activePlan(body['plan_id']);
    const quantity = String(body['quantity'] ?? '1');
    if (quantity !== '1' && !plan.quantity_supported) throw unprocessable('QUANTITY_NOT_SUPPORTED');
    const id = `I-${paypalId().slice(0, 12)}`;
    const made: Subscription = { id, plan_id: plan.id, status: 'APPROVAL_PENDING', quantity, ...(body['custom_id'] ? { custom_id: String(body['custom_id']) } : {}), create_time: shop.now(), start_time: shop.now(), links: links(id) };
    subscriptions.set(id, made);
    shop.emit('BILLING.SUBSCRIPTION.CREATED', made);
    return made;
  }
  const MOVES = { activate: [['SUSPENDED', 'APPROVED'], 'ACTIVE', 'ACTIVATED'], suspend: [['ACTIVE'], 'SUSPENDED', 'SUSPENDED'], cancel: [['ACTIVE', 'SUSPENDED', 'APPROVED'], 'CANCELLED', 'CANCELLED'] } as const;
  function move(subscription: Subscription, verb: keyof typeof MOVES, body: Record<string, unknown>): SimReply {
    const [from, to, event] = MOVES[verb];
    const reason = body['reason'];
    if (verb !== 'activate' && (typeof reason !== 'string' || reason === '' || reason.length > 128)) throw bad('MISSING_REQUIRED_PARAMETER', '/reason');
    if (!(from as readonly string[]).includes(subscription.status)) throw unprocessable('SUBSCRIPTION_STATUS_INVALID');
    subscription.status = to;
    if (typeof reason === 'string') subscription.status_change_note = reason;
    if (to === 'CANCELLED') delete subscription.billing_info?.next_billing_time;
    shop.emit(`BILLING.SUBSCRIPTION.${event}`, subscription);
    return { status: 204 };
  }
  function revise(subscription: Subscription, body: { plan_id?: string; quantity?: string }): SimReply {
    if (subscription.status !== 'ACTIVE' && subscription.status !== 'SUSPENDED') throw unprocessable('SUBSCRIPTION_STATUS_INVALID');
    if (body.plan_id && activePlan(body.plan_id).product_id !== planOf(subscription.plan_id).product_id) throw unprocessable('PLAN_PRODUCT_MISMATCH');
    asked.set(subscription.id, body);
    return { status: 200, body: { plan_id: body.plan_id ?? subscription.plan_id, plan_overridden: false, ...(body.quantity ? { quantity: body.quantity } : {}), links: links(subscription.id) } };
  }
  function capture(subscription: Subscription, body: { amount?: Amount; capture_type?: string; note?: string }): SimReply {
    const info = subscription.billing_info;
    if (body.capture_type !== 'OUTSTANDING_BALANCE' || !body.note) throw bad('INVALID_PARAMETER_VALUE', '/capture_type');
    if (!info || !['ACTIVE', 'SUSPENDED'].includes(subscription.status)) throw unprocessable('SUBSCRIPTION_STATUS_INVALID');
    const amount = body.amount ?? info.outstanding_balance;
    if (amount.currency_code !== info.outstanding_balance.currency_code) throw unprocessable('CURRENCY_MISMATCH');
    const left = centsLeft(info.outstanding_balance) - centsOf(amount);
    if (left < 0) throw unprocessable('AMOUNT_GREATER_THAN_OUTSTANDING_BALANCE');
    info.outstanding_balance = value(left, amount);
    if (left === 0) info.failed_payments_count = 0;
    charged.push({ subscriptionId: subscription.id, amount, at: shop.now(), what: 'outstanding' });
    shop.emit('PAYMENT.SALE.COMPLETED', { id: paypalId(), state: 'completed', billing_agreement_id: subscription.id, amount: { total: amount.value, currency: amount.currency_code } });
    return { status: 202 };
  }

  return {
    /** Undefined for what is none of its addresses. */
    route(request: SimRequest, body: Record<string, unknown>, once: (work: () => SimReply) => SimReply): SimReply | undefined {
      const [, version, area, collection, id = '', verb = ''] = request.rawPath.split('/').map(decodeURIComponent);
      switch (`${request.method} ${version}/${area}/${collection}${id ? '/:id' : ''}${verb ? `/${verb}` : ''}`) {
        case 'POST v1/catalogs/products': return once(() => {
          const wanted = { id: String(body['id'] ?? `PROD-${paypalId()}`), name: String(body['name'] ?? ''), type: String(body['type']), create_time: shop.now() };
          if (!wanted.name || !['PHYSICAL', 'DIGITAL', 'SERVICE'].includes(wanted.type)) throw bad('INVALID_PARAMETER_VALUE', '/type');
          if (products.has(wanted.id)) throw bad('DUPLICATE_RESOURCE_IDENTIFIER', '/id');
          products.set(wanted.id, wanted);
          return { status: 201, body: wanted };
        });
        case 'GET v1/catalogs/products/:id': return products.has(id) ? { status: 200, body: products.get(id) } : (() => { throw gone(); })();
        case 'POST v1/billing/plans': return once(() => ({ status: 201, body: structuredClone(createPlan(body)) }));
        case 'GET v1/billing/plans': {
          const [size, page] = [Number(request.query.get('page_size') ?? 10), Number(request.query.get('page') ?? 1)];
          if (size < 1 || size > 20 || page < 1) throw bad('INVALID_PARAMETER_VALUE', '/page_size');
          const all = [...plans.values()].filter(({ product_id: product }) => !request.query.get('product_id') || product === request.query.get('product_id'));
          return { status: 200, body: { plans: all.slice((page - 1) * size, page * size).map(({ id: of, name, status, description, create_time: made }) => ({ id: of, name, status, description, usage_type: 'LICENSED', create_time: made })), links: [] } };
        }
        case 'GET v1/billing/plans/:id': return { status: 200, body: planOf(id) };
        case 'POST v1/billing/plans/:id/deactivate': planOf(id).status = 'INACTIVE'; return { status: 204 };
        case 'POST v1/billing/subscriptions': return once(() => ({ status: 201, body: structuredClone(subscribe(body)) }));
        case 'GET v1/billing/subscriptions/:id': return { status: 200, body: linked(subscriptionOf(id)) };
        case 'POST v1/billing/subscriptions/:id/activate': case 'POST v1/billing/subscriptions/:id/suspend': case 'POST v1/billing/subscriptions/:id/cancel': return move(subscriptionOf(id), verb as keyof typeof MOVES, body);
        case 'POST v1/billing/subscriptions/:id/revise': return revise(subscriptionOf(id), body);
        case 'POST v1/billing/subscriptions/:id/capture': return once(() => capture(subscriptionOf(id), body));
      }
      return undefined;
    },
    /** The customer says yes: to the subscription, or to what it was asked to become. Billing begins at once and whole. */
    approve(id: string): void {
      const subscription = subscriptionOf(id);
      const change = asked.get(id);
      if (change) {
        asked.delete(id);
        Object.assign(subscription, change);
        shop.emit('BILLING.SUBSCRIPTION.UPDATED', subscription);
        return;
      }
      subscription.status = 'ACTIVE';
      const amount = priceOf(subscription);
      charged.push({ subscriptionId: id, amount, at: shop.now(), what: 'billing' });
      subscription.billing_info = { outstanding_balance: value(0, amount), failed_payments_count: 0, next_billing_time: next(shop.now(), planOf(subscription.plan_id)), last_payment: { amount, time: shop.now() } };
      shop.emit('BILLING.SUBSCRIPTION.ACTIVATED', subscription);
    },
    /** The day of billing: the whole price of the plan as it is now, or a failure that leaves it outstanding. */
    bill(id: string, paid: boolean): void {
      const subscription = subscriptionOf(id);
      const info = subscription.billing_info!;
      const amount = priceOf(subscription);
      info.next_billing_time = next(info.next_billing_time ?? shop.now(), planOf(subscription.plan_id));
      if (paid) {
        charged.push({ subscriptionId: id, amount, at: shop.now(), what: 'billing' });
        info.last_payment = { amount, time: shop.now() };
        return shop.emit('PAYMENT.SALE.COMPLETED', { id: paypalId(), state: 'completed', billing_agreement_id: id, amount: { total: amount.value, currency: amount.currency_code } });
      }
      info.failed_payments_count += 1;
      info.outstanding_balance = value(centsLeft(info.outstanding_balance) + centsOf(amount), amount);
      shop.emit('BILLING.SUBSCRIPTION.PAYMENT.FAILED', subscription);
    },
    plans: () => structuredClone([...plans.values()]), subscriptions: () => structuredClone([...subscriptions.values()]), charged: () => structuredClone(charged),
  };
}
export type PaypalSubscriptionDesk = ReturnType<typeof paypalSubscriptionDesk>;
