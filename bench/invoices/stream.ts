import type { BilledItem, BillInput, Biller, OneCharge, PriceTerm } from '../../core/src/index.ts';

type Core = typeof import('../../core/src/index.ts');
export const BATCH = 64;
/** Enough nights to meet every anchor, short and long months, and a leap day (2028). */
const NIGHTS = 731;
const FIRST_NIGHT = '2027-01-01';
const meter = { version: 'calls/1', metric: 'calls', unit: 'call', sku: 'CALLS', included: 1000, price: { model: 'perUnit' as const, minor: 10 } };

/** A seeded stream of numbers in [0, 1): mulberry32. */
function seeded(seed: number): () => number {
  let a = Math.imul(seed + 1, 0x9e3779b1);
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export interface Stream {
  readonly at: (index: number) => BillInput;
  readonly batch: (number: number) => BillInput[];
}

/**
 * The subscriptions of an operator as the nights of two years come to bill them, twenty batches a night: those whose anchor is that day. Of them
 * 60 % just renew, 10 % used more than was included, 5 % leave an intro price within the new period. 20 % change their plan that day and 5 % end or
 * pause, in the middle of a period that was billed: their bill is the difference. The same index always gives the same subscription.
 */
export function streamOf(core: Core, bill: Biller): Stream {
  const { dayNumber, dayOfMonth, dayText, monthOf, rateUsage, residentialCatalog } = core;
  const offers = new Map(residentialCatalog.offerings.map((one) => [one.sku, one]));
  const term = (sku: string, from: string, more: Partial<PriceTerm> = {}): PriceTerm => {
    const { label, mrcMinor } = offers.get(sku)!;
    return { from, sku, description: label.fr, unitMinor: mrcMinor, ...more };
  };
  const item = (key: string, sku: string, from: string, more: Partial<BilledItem> = {}): BilledItem => ({ key, terms: [term(sku, from)], ...more });
  // As they would come from a database: new texts, no shared objects.
  const stored = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
  const nets = ['FTTH25', 'FTTH80I', 'FTTH150I', 'FTTH500I', 'FTTH1500I'];
  const tvs = ['TVBSKINNY', 'TVBSTANDARD', 'TVBEVO'];

  function subscriber(index: number): BillInput {
    const night = dayNumber(FIRST_NIGHT) + ((Math.floor(index / BATCH / 20) * 7) % NIGHTS);
    const random = seeded(index);
    const below = (n: number): number => Math.floor(random() * n);
    const asOf = dayText(night);
    const month = monthOf(night);
    const day = night - dayOfMonth(month, 1) + 1;
    const lastDay = dayOfMonth(month, 31) === night;
    const anchor = lastDay ? day + below(32 - day) : day;
    const prev = dayOfMonth(month - 1, anchor);
    const start = dayText(prev - below(1500));
    const id = `sub_${index}`;

    const size = random();
    const net = below(nets.length - 1);
    const items: BilledItem[] = size < 0.03
      // A line with more discounts than there is to discount.
      ? [item('phone', 'TELEPMENS', start), item('phone2', 'TELEPMENS', start, { terms: [term('TELEPMENS', start, { unitMinor: 500 })] }), item('911', 'SERV911', start, { prorated: false }), item('combo', 'RAB_X', start), item('commitment', 'RAB24M', start)]
      : size < 0.4
        ? [item('internet', nets[net]!, start), item('tv', tvs[below(3)]!, start), item('sports', 'TVADDSPORTS', start), item('combo', 'RAB2X', start)]
        : [item('internet', nets[net]!, start), item('tv', tvs[below(3)]!, start), item('phone', 'TELEPMENS', start), item('911', 'SERV911', start, { prorated: false, terms: [term('SERV911', start, { quantity: 1 + below(2) })] }), item('combo', 'RAB3X', start)];
    if (size >= 0.03 && random() < 0.3) items.push(item('commitment', 'RAB24M', start));

    const account = { id: `acc_${index}`, currency: 'CAD', jurisdiction: 'CA-QC' };
    const of = { id, start, cadence: { unit: 'month' as const, anchorDay: anchor }, items };
    const kind = random();
    const creditMinor = random() < 0.05 ? below(20_000) : 0;
    const renewal: BillInput = { account, subscriptions: [of], asOf, since: asOf, creditMinor };
    if (kind < 0.6) return renewal;
    const main = items[0]!;
    const replaced = (terms: readonly PriceTerm[]): BilledItem[] => [{ ...main, terms }, ...items.slice(1)];
    if (kind >= 0.8 && kind < 0.9) return { ...renewal, subscriptions: [{ ...of, charges: overage(id, dayText(prev).slice(0, 7), asOf, 1001 + below(400)) }] };
    if (kind >= 0.9 && kind < 0.95) {
      const until = dayText(night + 1 + below(27));
      const was = main.terms[0]!;
      return { ...renewal, subscriptions: [{ ...of, items: replaced([{ ...was, unitMinor: Math.round(was.unitMinor * 0.6), because: `intro price until ${until}` }, { ...was, from: until }]) }] };
    }
    // The period began some days before tonight.
    const began = night - 1 - below(27);
    const running = { ...of, cadence: { unit: 'month' as const, anchorDay: began - dayOfMonth(monthOf(began), 1) + 1 } };
    const since = dayText(began);
    const before = bill({ ...renewal, subscriptions: [running], asOf: since, since });
    if (before.type === 'refused') throw new Error(`${before.code} ${before.path}`);
    const billed = stored(before.value?.lines ?? []);
    const on = asOf;
    const changed = { ...renewal, since, billed };
    if (kind < 0.8) {
      const was = main.terms[0]!;
      const next = size < 0.03 ? { ...was, from: on, unitMinor: 1995 } : term(nets[net + 1]!, on);
      return { ...changed, subscriptions: [{ ...running, items: replaced([was, next]) }] };
    }
    if (random() < 0.5) return { ...changed, subscriptions: [{ ...running, end: on }] };
    return { ...changed, subscriptions: [{ ...running, pauses: [{ from: on, until: dayText(night + 1 + below(20)) }] }] };
  }
  /** A month's calls rated into one charge, which the shell puts on the next bill. */
  function overage(subscription: string, month: string, on: string, total: number): readonly OneCharge[] {
    const rated = rateUsage({ subscription, meter, month, records: [], total });
    if (rated.type === 'refused') throw new Error(`${rated.code} ${rated.path}`);
    return rated.value.charges.map((one) => ({ ...one, on }));
  }
  return {
    at: (index) => stored(subscriber(index)),
    batch: (number) => stored(Array.from({ length: BATCH }, (_, i) => subscriber(number * BATCH + i))),
  };
}
