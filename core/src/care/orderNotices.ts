import type { CivilDate } from '../kernel/civil.ts';
import type { ProductOrder } from '../ordering/productOrder.ts';
import { noticeToSend, type NoticeToSend } from './noticeFacts.ts';

/** `installOn`: the day a technician is scheduled; null when the customer is to be called. */
export type OrderMoment = { readonly is: 'confirmed'; readonly installOn: CivilDate | null; readonly dispatchRoom?: string } | { readonly is: 'activated' };

/**
 * Who hears what of an order: confirmed — SMS and e-mail to the customer, chat to dispatch (S1-099, S1-100, S1-102); activated — SMS and
 * e-mail to the customer (S1-118). The subject is the order, so each leaves once (S0-129).
 * @example orderNotices(order, { is: 'activated' }).map(({ channel }) => channel) // ['sms', 'email']
 */
export function orderNotices(order: ProductOrder, moment: OrderMoment): readonly NoticeToSend[] {
  const { orderId, customer, language } = order;
  const said = order.quote.monthly.lines.concat(order.quote.oneTime.lines);
  if (moment.is === 'activated') {
    const services = order.services.map(({ sku }) => said.find((line) => line.sku === sku)?.label[language] ?? sku);
    return [
      noticeToSend('serviceActivated', orderId, 'sms', customer.phone, language, { orderId }),
      noticeToSend('serviceActivated', orderId, 'email', customer.email, language, { orderId, customerName: customer.name, services }),
    ];
  }
  const { installOn, dispatchRoom = 'dispatch' } = moment;
  const lines = (['monthly', 'oneTime'] as const).flatMap((part) => order.quote[part].lines.map(({ label, amountMinor }) => ({ label: label[language], amountMinor, charge: part === 'monthly' ? ('mrc' as const) : ('nrc' as const) })));
  return [
    noticeToSend('orderConfirmed', orderId, 'sms', customer.phone, language, { orderId, installOn }),
    noticeToSend('orderConfirmed', orderId, 'email', customer.email, language, {
      orderId, installOn, customerName: customer.name, address: `${order.address.street}, ${order.address.city} ${order.address.postalCode}`, currency: order.currency, lines,
      taxMinor: order.quote.dueNow.taxes.reduce((sum, tax) => sum + tax.amountMinor, 0), totalMinor: order.dueNowMinor,
    }),
    noticeToSend('newInstallationJob', orderId, 'chat', dispatchRoom, 'fr', { orderId, city: order.address.city, summary: order.notes, preferredDates: order.preferredDates }),
  ];
}
