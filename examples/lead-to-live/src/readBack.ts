// Asks every system once more, from the outside, what it holds of the order; counts what must be there once.
import type { ProductOrder } from '@leadlight/core';
import type { Clients } from './clients.ts';

export async function readBack({ orderId, paymentIntent }: ProductOrder, ont: string, { hub, erp, ipam, stripe }: Clients) {
  const documents: Record<string, readonly string[]> = {};
  for (const doctype of ['Customer', 'Service Location', 'Service Subscription', 'Service Equipment', 'Project', 'Task', 'Dispatch Job', 'Payment Entry', 'Sales Invoice']) {
    const rows = await erp.documents.list(doctype, { filters: [['leadlight_id', 'like', `${orderId}:%`]], fields: ['name', 'leadlight_id'] });
    documents[doctype] = rows.map((row) => String(row['leadlight_id']).slice(orderId.length + 1)).sort();
  }
  const [invoice] = await erp.documents.list('Sales Invoice', { filters: [['leadlight_id', '=', `${orderId}:inv:first`]], fields: ['name', 'docstatus', 'grand_total', 'outstanding_amount'] });
  const address = await ipam.ipAddresses.findByKey(`${orderId}:ip`);
  const subscriber = await hub.radius.get(`SVC-${orderId}`);
  const onu = await hub.voltha.get(ont);
  const payment = await stripe.paymentIntents.retrieve(paymentIntent);
  const notices = await hub.notices.list(orderId);
  const { status, fallout } = await hub.orders.get(orderId);
  return {
    status, fallout: fallout.filter(({ resolvedAt }) => resolvedAt === null).map(({ step }) => step), documents, address: address?.address ?? null,
    invoice: invoice && { name: invoice['name'], submitted: invoice['docstatus'] === 1, total: invoice['grand_total'], outstanding: invoice['outstanding_amount'] },
    payment: { status: payment.status, dueMinor: payment.amount, receivedMinor: payment.amount_received },
    subscriber: { access: subscriber.access, framedIp: subscriber.framedIp },
    onu: { serial: onu.serial, ready: onu.ready },
    notices: notices.map(({ trigger, channel, state }) => `${trigger}/${channel} ${state}`).sort(),
  };
}
