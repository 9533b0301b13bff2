import type { FulfilmentPlan, FulfilmentStep } from './step.ts';

export interface FulfilmentOrder {
  readonly orderId: string;
  readonly services: readonly { readonly sku: string; readonly type: 'internet' | 'tv' | 'phone' }[];
}

export interface FulfilmentContext {
  /** Fibre to the premises, or telephone over the customer's own connection (S1-151). Default `fibre`. */
  readonly access?: 'fibre' | 'none';
  /** `card` is captured at checkout; `invoice` is billed later, so no money is taken here. Default `card`. */
  readonly payment?: 'card' | 'invoice';
  /** Only one phase; what it needs of the other is then taken as done by it. Default both. */
  readonly phase?: 'order' | 'installation';
  /** Attempts per step before a person is called. Default 4. */
  readonly maxAttempts?: number;
}

type Row = Omit<FulfilmentStep, 'maxAttempts' | 'point' | 'required'> & { readonly required?: false; readonly when?: boolean };

/**
 * The steps of an order in the order they must happen, with what takes each back. Port before money (S1-097, S1-103), address before
 * AAA so that the subscriber carries it, AAA before light, light before CPE, proof before "active", "active" before the bill (S1-118).
 * @throws RangeError when the order has no services.
 * @example planFulfilment({ orderId: 'ord_1', services: [{ sku: 'FTTH150I', type: 'internet' }] }, {}).steps[0].key // 'verifyPayment'
 */
export function planFulfilment(order: FulfilmentOrder, context: FulfilmentContext = {}): FulfilmentPlan {
  if (order.services.length === 0) throw new RangeError(`planFulfilment: order ${order.orderId} has no services`);
  const fibre = (context.access ?? 'fibre') === 'fibre';
  const card = (context.payment ?? 'card') === 'card';
  const rows: readonly Row[] = [
    // Order phase. Everything up to the capture can be taken back without the customer noticing.
    { key: 'verifyPayment', phase: 'order', system: 'payments', does: 'Read the payment intent back: state, amount, currency, order.', undo: { key: 'cancelPayment', system: 'payments', does: 'Let the authorised amount go, if it was not taken.' }, needs: [], idempotency: 'observe', owner: 'finance', when: card },
    { key: 'holdPort', phase: 'order', system: 'availability', does: 'Hold the fibre port for this order, with an expiry.', undo: { key: 'releasePort', system: 'availability', does: 'Release the port held by this order.' }, needs: ['verifyPayment'], idempotency: 'key', owner: 'noc', when: fibre },
    { key: 'capturePayment', phase: 'order', system: 'payments', does: 'Take the payment.', undo: { key: 'refundPayment', system: 'payments', does: 'Refund the payment in full.' }, needs: ['verifyPayment', 'holdPort'], idempotency: 'key', owner: 'finance', takesMoney: true, when: card },
    { key: 'confirmPort', phase: 'order', system: 'availability', does: 'Confirm the held port for this order.', needs: ['holdPort', 'capturePayment'], idempotency: 'key', owner: 'noc', when: fibre },
    { key: 'createCustomer', phase: 'order', system: 'erpnext', does: 'Find or create the customer.', needs: ['capturePayment', 'confirmPort'], idempotency: 'observe', owner: 'support' },
    { key: 'createLocation', phase: 'order', system: 'erpnext', does: 'Create the service location, pending installation.', undo: { key: 'cancelLocation', system: 'erpnext', does: 'Mark the service location as cancelled.' }, needs: ['createCustomer'], idempotency: 'observe', owner: 'support' },
    { key: 'createSubscriptions', phase: 'order', system: 'erpnext', does: 'Create one pending subscription per service.', undo: { key: 'cancelSubscriptions', system: 'erpnext', does: 'Cancel the pending subscriptions of this order.' }, needs: ['createLocation'], idempotency: 'observe', owner: 'support' },
    { key: 'assignEquipment', phase: 'order', system: 'erpnext', does: 'Assign the equipment, serials to be scanned.', undo: { key: 'unassignEquipment', system: 'erpnext', does: 'Return the equipment of this order to stock.' }, needs: ['createLocation'], idempotency: 'observe', owner: 'support' },
    { key: 'createProject', phase: 'order', system: 'erpnext', does: 'Create the installation project and its tasks.', undo: { key: 'cancelProject', system: 'erpnext', does: 'Cancel the project and its open tasks.' }, needs: ['createSubscriptions', 'assignEquipment'], idempotency: 'observe', owner: 'support' },
    { key: 'createDispatchJob', phase: 'order', system: 'erpnext', does: 'Ask dispatch for a technician.', undo: { key: 'cancelDispatchJob', system: 'erpnext', does: 'Cancel the dispatch job.' }, needs: ['createProject'], idempotency: 'observe', owner: 'dispatch' },
    { key: 'recordPrepayment', phase: 'order', system: 'erpnext', does: 'Record the prepayment on the account.', undo: { key: 'cancelPrepayment', system: 'erpnext', does: 'Cancel the recorded prepayment.' }, needs: ['createCustomer', 'capturePayment'], idempotency: 'observe', owner: 'finance', when: card },
    notice('smsOrderConfirmed', 'order', 'Tell the customer by SMS that the order is confirmed.', ['createDispatchJob'], 'support'),
    notice('emailOrderConfirmed', 'order', 'Send the order summary by e-mail.', ['createDispatchJob'], 'support'),
    notice('announceNewOrder', 'order', 'Show the new order to operations.', ['createDispatchJob'], 'support'),
    notice('chatNewInstallationJob', 'order', 'Tell dispatch about the new installation job.', ['createDispatchJob'], 'dispatch'),
    // Installation phase.
    { key: 'occupyPort', phase: 'installation', system: 'availability', does: 'Record the scanned ONT on its port.', undo: { key: 'vacatePort', system: 'availability', does: 'Take the ONT off the port; the order keeps its lease.' }, needs: ['confirmPort'], idempotency: 'key', owner: 'noc', when: fibre },
    { key: 'allocateIp', phase: 'installation', system: 'netbox', does: 'Allocate an address for the subscriber.', undo: { key: 'releaseIp', system: 'netbox', does: 'Release the address of this order.' }, needs: ['occupyPort'], idempotency: 'observe', owner: 'noc', when: fibre },
    { key: 'createSubscriber', phase: 'installation', system: 'radius', does: 'Create the RADIUS subscriber with its address and plan.', undo: { key: 'removeSubscriber', system: 'radius', does: 'Disconnect and remove the RADIUS subscriber.' }, needs: ['allocateIp'], idempotency: 'key', owner: 'noc', when: fibre },
    { key: 'provisionOnu', phase: 'installation', system: 'voltha', does: 'Provision the ONU and its flows.', undo: { key: 'deprovisionOnu', system: 'voltha', does: 'Remove the flows and the service of the ONU.' }, needs: ['occupyPort', 'createSubscriber'], idempotency: 'observe', owner: 'noc', when: fibre },
    { key: 'applyProfile', phase: 'installation', system: 'acs', does: 'Apply the CPE profile and read it back.', needs: ['provisionOnu'], idempotency: 'observe', owner: 'noc' },
    { key: 'gate', phase: 'installation', system: 'core', does: 'Prove that the service works.', needs: ['createSubscriber', 'provisionOnu', 'applyProfile'], idempotency: 'observe', owner: 'dispatch', passing: ['notYetLive'] },
    { key: 'activateDocuments', phase: 'installation', system: 'erpnext', does: 'Set location and subscriptions Active, equipment Actif.', undo: { key: 'deactivateDocuments', system: 'erpnext', does: 'Set location, subscriptions and equipment back to pending.' }, needs: ['gate', 'createSubscriptions', 'assignEquipment'], idempotency: 'observe', owner: 'support' },
    { key: 'firstInvoice', phase: 'installation', system: 'erpnext', does: 'Issue the first invoice and read its totals back.', undo: { key: 'creditFirstInvoice', system: 'erpnext', does: 'Credit the first invoice.' }, needs: ['activateDocuments', 'recordPrepayment'], idempotency: 'observe', owner: 'finance' },
    notice('notifyActivated', 'installation', 'Tell the customer that the service is active.', ['activateDocuments'], 'support'),
    notice('announceActivated', 'installation', 'Show the activation to operations.', ['activateDocuments'], 'support'),
  ];
  const kept = rows.filter((row) => row.when !== false && (context.phase === undefined || row.phase === context.phase));
  const keys = new Set(kept.map((row) => row.key));
  // Up to the point of no return a failure costs nobody anything: the capture, or without one the port's confirmation.
  const lastFree = kept.findIndex((row) => row.key === (card ? 'capturePayment' : 'confirmPort'));
  const steps = kept.map(({ when: _when, required, ...row }, index): FulfilmentStep => ({
    ...row,
    needs: row.needs.filter((key) => keys.has(key)),
    point: index <= lastFree ? 'beforeMoney' : 'afterMoney',
    required: required ?? true,
    maxAttempts: context.maxAttempts ?? 4,
  }));
  return {
    orderId: order.orderId,
    steps,
    because: [
      fibre ? 'Fibre: the port is held before money is taken.' : 'No access line: telephone over the customer’s own connection.',
      card ? 'Paid by card: taken once the port is held.' : 'Billed later: no money is taken at checkout.',
      ...(context.phase ? [`Only the ${context.phase} phase: the other one is taken as done.`] : []),
    ],
  };
}

/** A message never holds a service back, but one that does not leave is still shown to a person. */
function notice(key: string, phase: Row['phase'], does: string, needs: readonly string[], owner: Row['owner']): Row {
  return { key, phase, system: 'notices', does, needs, idempotency: 'key', required: false, owner };
}
