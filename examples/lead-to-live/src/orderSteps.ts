// The order phase: port before money, money before documents. Keys are those of core's plan.
import { gigafibreErp, matchTechnician, orderNotices, refuse, type CivilDate, type DropFacts, type JsonObject, type ProductOrder, type Refused } from '@leadlight/core';
import { again } from './again.ts';
import type { Clients } from './clients.ts';
import { documentStep, namesIn } from './documents.ts';
import type { Given, StepWork } from './runSaga.ts';

/** The port as this order holds it. */
export const dropIn = (given: Given) => given['holdPort']!['drop'] as unknown as DropFacts;
export const tokenIn = (given: Given) => String(given['holdPort']!['token']);

export function orderSteps(order: ProductOrder, clients: Clients): Readonly<Record<string, StepWork>> {
  const { hub, erp, stripe } = clients;
  const { orderId, fibreId } = order;
  const payment = { orderId, paymentIntent: order.paymentIntent, amountMinor: order.dueNowMinor, currency: order.currency };
  const paid = async (move: 'verify' | 'capture' | 'cancel' | 'refund'): Promise<JsonObject | Refused> => {
    const answer = await hub.payments[move](payment);
    return answer.type === 'refused' ? answer : { status: answer.status, amountMinor: answer.amountMinor, repeated: answer.repeated };
  };
  const held = async (): Promise<JsonObject | Refused> => {
    const { street, city, postalCode } = order.address;
    const lease = await hub.drops.hold(fibreId, { orderId, address: { street, city, postalCode } });
    return lease.type === 'refused' ? lease : { lease: lease.type, token: lease.token, drop: { ...lease.drop } };
  };
  const documents = (...prefixes: string[]) => documentStep(erp, order, dropIn, ...prefixes);
  const dispatch = documents('dispatch');
  /** Matched once: the day stays what it was when a step is done again. */
  const schedule = async ({ names }: { readonly names: JsonObject }): Promise<JsonObject | Refused> => {
    const job = String(names['dispatch']);
    const users = await erp.documents.list('User', { filters: [['_user_tags', 'is', 'set'], ['enabled', '=', 1]], fields: ['name', '_user_tags'] });
    const technicians = users.map((user) => ({ id: String(user['name']), tags: String(user['_user_tags']).split(',').filter(Boolean) }));
    const match = matchTechnician({ requiredTags: gigafibreErp.requiredTags, preferredDates: order.preferredDates }, technicians);
    // Nobody free is no reason to lose an order: dispatch sees the open job and calls the customer.
    if (match.type === 'refused') return { names, installOn: null, because: match.message };
    const { technicianId, date } = match.value;
    const { doc } = await erp.documents.updateWithRetry('Dispatch Job', job, (now) => (now['status'] === 'Scheduled' ? null : { technician: technicianId, scheduled_start: `${date} 08:00:00`, scheduled_end: `${date} 12:00:00`, status: 'Scheduled' }));
    return { names, installOn: String(doc['scheduled_start']).slice(0, 10), technician: String(doc['technician']) };
  };
  const notice = (trigger: string, channel: string) => again(async (given) => {
    const installOn = (given['createDispatchJob']!['installOn'] ?? null) as CivilDate | null;
    const message = orderNotices(order, { is: 'confirmed', installOn }).find((one) => one.trigger === trigger && one.channel === channel)!;
    const { state, reason } = await hub.notices.send(message);
    return state === 'failed' ? refuse('noticeFailed', `The ${channel} did not leave: ${reason ?? 'no reason given'}.`) : { [channel]: state };
  });

  return {
    verifyPayment: { ...again(() => paid('verify')), undo: () => paid('cancel') },
    holdPort: {
      do: held,
      observe: async () => {
        const drop = await hub.drops.get(fibreId);
        if ('state' in drop && drop.state === 'free') return null;
        const ours = await held();
        return ours['type' as keyof typeof ours] === 'refused' ? null : (ours as JsonObject);
      },
      undo: async (given) => {
        const lease = await hub.drops.release(fibreId, { orderId, token: tokenIn(given) });
        return lease.type === 'refused' ? lease : { lease: lease.type };
      },
    },
    capturePayment: {
      do: () => paid('capture'),
      // Whether money was taken is asked of the one who takes it.
      observe: async () => {
        const intent = await stripe.paymentIntents.retrieve(order.paymentIntent);
        return intent.status === 'succeeded' ? { status: intent.status, amountMinor: intent.amount_received, repeated: true } : null;
      },
      undo: () => paid('refund'),
    },
    confirmPort: again(async (given) => {
      const lease = await hub.drops.confirm(fibreId, { orderId, token: tokenIn(given), reserveDays: 30 });
      return lease.type === 'refused' ? lease : { lease: lease.type, until: lease.until };
    }),
    createCustomer: documents('customer'),
    createLocation: documents('location'),
    createSubscriptions: documents('sub'),
    assignEquipment: documents('eq'),
    createProject: documents('project', 'task'),
    createDispatchJob: again(async (given) => {
      const made = await dispatch.do(given);
      return 'names' in made ? schedule({ names: made['names'] as JsonObject }) : made;
    }),
    recordPrepayment: documents('pay'),
    smsOrderConfirmed: notice('orderConfirmed', 'sms'),
    emailOrderConfirmed: notice('orderConfirmed', 'email'),
    announceNewOrder: again(async (given) => {
      const { customer, location, project } = namesIn(given);
      const { status } = await hub.orders.record(orderId, { step: 'orderConfirmed', system: 'core', outcome: 'done', readBack: { customer: customer!, location: location!, project: project! }, status: 'inProgress' });
      return { order: status };
    }),
    chatNewInstallationJob: notice('newInstallationJob', 'chat'),
  };
}
