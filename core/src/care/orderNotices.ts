import type { CivilDate } from '../kernel/civil.ts';
import type { JsonObject } from '../kernel/json.ts';
import type { ProductOrder } from '../ordering/productOrder.ts';
import type { NoticeChannel, NoticeFacts, NoticeLanguage, NoticeTrigger } from './noticeFacts.ts';

/** One message to leave: what the notice port takes. */
export interface NoticeToSend {
  readonly trigger: NoticeTrigger;
  readonly subject: string;
  readonly channel: NoticeChannel;
  /** E.164 number, e-mail address, or a chat room of the operator. */
  readonly to: string;
  readonly language: NoticeLanguage;
  readonly facts: JsonObject;
}

/** `installOn`: the day a technician is scheduled; null when the customer is to be called. */
export type OrderMoment = { readonly is: 'confirmed'; readonly installOn: CivilDate | null; readonly dispatchRoom?: string } | { readonly is: 'activated' };

/**
 * Who hears what of an order: confirmed — SMS and e-mail to the customer, chat to dispatch (S1-099, S1-100, S1-102); activated — SMS and
 * e-mail to the customer (S1-118). The subject is the order, so each leaves once (S0-129).
 * @example orderNotices(order, { is: 'activated' }).map(({ channel }) => channel) // ['sms', 'email']
 */
export function orderNotices(order: ProductOrder, moment: OrderMoment): readonly NoticeToSend[] {
  const { orderId, customer, language } = order;
  const notice = <T extends NoticeTrigger>(trigger: T, channel: NoticeChannel, to: string, facts: NoticeFacts[T], words = language): NoticeToSend => ({ trigger, subject: orderId, channel, to, language: words, facts: facts as unknown as JsonObject });
  const said = order.quote.monthly.lines.concat(order.quote.oneTime.lines);
  if (moment.is === 'activated') {
    const services = order.services.map(({ sku }) => said.find((line) => line.sku === sku)?.label[language] ?? sku);
    return [
      notice('serviceActivated', 'sms', customer.phone, { orderId }),
      notice('serviceActivated', 'email', customer.email, { orderId, customerName: customer.name, services }),
    ];
  }
  const { installOn, dispatchRoom = 'dispatch' } = moment;
  const lines = (['monthly', 'oneTime'] as const).flatMap((part) => order.quote[part].lines.map(({ label, amountMinor }) => ({ label: label[language], amountMinor, charge: part === 'monthly' ? ('mrc' as const) : ('nrc' as const) })));
  return [
    notice('orderConfirmed', 'sms', customer.phone, { orderId, installOn }),
    notice('orderConfirmed', 'email', customer.email, {
      orderId, installOn, customerName: customer.name, address: `${order.address.street}, ${order.address.city} ${order.address.postalCode}`, currency: order.currency, lines,
      taxMinor: order.quote.dueNow.taxes.reduce((sum, tax) => sum + tax.amountMinor, 0), totalMinor: order.dueNowMinor,
    }),
    notice('newInstallationJob', 'chat', dispatchRoom, { orderId, city: order.address.city, summary: order.notes, preferredDates: order.preferredDates }, 'fr'),
  ];
}
