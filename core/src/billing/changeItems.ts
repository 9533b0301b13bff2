import { isCivilDate, type CivilDate } from '../kernel/civil.ts';
import { accept, mustBe, type Decision } from '../kernel/decision.ts';
import { misfit } from '../kernel/shapes.ts';
import type { BilledItem, BilledSubscription } from './billedSubscription.ts';
import { subscriptionShape } from './nextBill.ts';

/**
 * What a subscription is from a day on: the items given replace or join its own, the keys removed end. The day belongs to what is new
 * (0.4); of two changes on one day the last holds (decision 24). A day in the past rewrites history: the next bill gives back and charges
 * the difference. Terms of an item that begin later are dropped, for the change stands from its day on.
 * @example changeItems({ id: 's', start: '2026-01-01', items: [{ key: 'net', terms: [{ from: '2026-01-01', sku: 'A', description: 'A', unitMinor: 1 }] }] }, '2026-01-15', { remove: ['net'] }).value.items[0].terms[0].until // '2026-01-15'
 */
export function changeItems(subscription: BilledSubscription, on: CivilDate, change: { readonly set?: readonly BilledItem[]; readonly remove?: readonly string[] }): Decision<BilledSubscription, 'badInput' | 'unknownItem'> {
  const { set = [], remove = [] } = change;
  const wrong = misfit(subscriptionShape, subscription) ?? misfit(subscriptionShape, { items: set });
  if (wrong) return wrong;
  if (!isCivilDate(on) || on < subscription.start || on > subscription.end!) return mustBe('on', 'a day of the subscription');
  const missing = remove.findIndex((key) => !subscription.items.some((item) => item.key === key));
  if (missing >= 0) return mustBe(`remove[${missing}]`, 'an item it has', 'unknownItem');
  const early = set.findIndex((item) => !item.terms.every((term) => term.from >= on));
  if (early >= 0) return mustBe(`set[${early}].terms`, 'from the change on');
  const ended = subscription.items.map((item): BilledItem => {
    const news = set.find((one) => one.key === item.key);
    if (!news && !remove.includes(item.key)) return item;
    const kept = item.terms.filter((term) => term.from < on).map((term) => (term.until! <= on ? term : { ...term, until: on }));
    return { ...item, ...news, terms: [...kept, ...(news?.terms ?? [])] };
  });
  const added = set.filter((one) => !subscription.items.some((item) => item.key === one.key));
  return accept({ ...subscription, items: [...ended, ...added].filter((item) => item.terms.length > 0) });
}
