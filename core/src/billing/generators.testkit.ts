import fc from 'fast-check';
import { addDays } from '../kernel/civil.ts';
import { canadaTaxTable } from '../tenant/canadaTaxTable.ts';
import type { BilledItem, BilledSubscription } from './billedSubscription.ts';
import type { BillLine, CustomerBill } from './customerBill.ts';
import { nextBill, type BillInput } from './nextBill.ts';

export const account = { id: 'acc_1', currency: 'CAD', jurisdiction: 'CA-QC' };
export const terms = { taxTable: canadaTaxTable };
/** Prices at the edges where rounding goes wrong. */
export const price = fc.oneof(fc.constantFrom(0, 1, 69, 4995, 9995, 2 ** 31), fc.integer({ min: 0, max: 30_000 }));
/** Month ends, leap days and days of changing clocks, and any other. */
export const day = fc.oneof(
  fc.constantFrom('2024-02-29', '2026-01-31', '2026-02-28', '2026-03-08', '2026-03-31', '2026-04-30', '2026-11-01', '2026-12-31', '2028-02-29'),
  fc.integer({ min: 0, max: 900 }).map((n) => addDays('2026-01-01', n)),
);
export const anchorDay = fc.oneof(fc.integer({ min: 28, max: 31 }), fc.integer({ min: 1, max: 31 }), fc.constant('last' as const), fc.constant(undefined));

export interface Story {
  /** What is known, and from which day it is known. */
  readonly versions: readonly { readonly known: string; readonly subscription: BilledSubscription }[];
  /** The days on which bills are made; the last one sees all. */
  readonly runs: readonly string[];
}
const change = fc.record({ after: fc.integer({ min: 0, max: 70 }), late: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 25 })), price, quantity: fc.integer({ min: 1, max: 3 }), what: fc.constantFrom('net' as const, 'net' as const, 'tv' as const, 'fee' as const, 'drop' as const, 'pause' as const, 'end' as const) });

/** A subscription with changes, some told late, pauses, an end, and the days on which somebody bills it. */
export const story: fc.Arbitrary<Story> = fc.record({
  start: day, anchorDay, unit: fc.constantFrom('month' as const, 'month' as const, 'quarter' as const), arrears: fc.boolean(), stub: fc.constantFrom('own' as const, 'withNext' as const), base: price, discount: fc.integer({ min: 0, max: 3000 }), changes: fc.array(change, { maxLength: 5 }), gaps: fc.array(fc.integer({ min: 1, max: 45 }), { minLength: 1, maxLength: 6 }),
}).map(({ start, anchorDay: anchor, unit, arrears, stub, base, discount, changes, gaps }) => {
  const term = (from: string, sku: string, unitMinor: number, quantity = 1) => ({ from, sku, description: sku, unitMinor, quantity });
  let now: BilledSubscription = {
    id: 'sub_1', start, stub, cadence: { unit, ...(anchor !== undefined && { anchorDay: anchor }) },
    items: [
      { key: 'net', terms: [term(start, 'NET', base)] },
      { key: 'fee', prorated: false, terms: [term(start, 'FEE', 69)] },
      { key: 'use', timing: arrears ? 'arrears' : 'advance', terms: [term(start, 'USE', 500)] },
      ...(discount > 0 ? [{ key: 'combo', terms: [term(start, 'COMBO', -discount)] }] : []),
    ],
    charges: [{ key: 'setup', on: start, sku: 'SETUP', description: 'SETUP', amountMinor: 6995 }],
  };
  const versions = [{ known: start, subscription: now }];
  let on = start;
  for (const { after, late, price: minor, quantity, what } of changes) {
    if (now.end !== undefined) break;
    on = addDays(on, after);
    const setItem = (key: string, sku: string, more: Partial<BilledItem> = {}): readonly BilledItem[] => {
      const old = now.items.find((item) => item.key === key);
      const fresh = { key, ...more, terms: [...(old?.terms ?? []), term(on, sku, minor, quantity)] };
      return old ? now.items.map((item) => (item.key === key ? { ...old, terms: fresh.terms } : item)) : [...now.items, fresh];
    };
    if (what === 'pause') {
      const until = addDays(on, 1 + (minor % 40));
      if ((now.pauses ?? []).every((one) => one.until! <= on)) now = { ...now, pauses: [...(now.pauses ?? []), { from: on, until }] };
    } else if (what === 'end') now = { ...now, end: on };
    else if (what === 'drop') now = { ...now, items: now.items.map((item) => (item.key === 'use' ? { ...item, terms: item.terms.map((one) => ({ ...one, until: one.until ?? (one.from > on ? one.from : on) })) } : item)) };
    else if (what === 'fee') now = { ...now, items: setItem('fee2', 'FEE2', { prorated: false }) };
    else now = { ...now, items: setItem(what, `${what}-${on}`) };
    versions.push({ known: addDays(on, late), subscription: now });
  }
  const runs: string[] = [start];
  for (const gap of gaps) runs.push(addDays(runs.at(-1)!, gap));
  const last = [runs.at(-1)!, ...versions.map(({ known }) => known)].sort().at(-1)!;
  return { versions, runs: runs.at(-1) === last ? runs : [...runs.filter((run) => run < last), last] };
});

/** What is known on a day. */
export const knownOn = ({ versions }: Story, day: string): BilledSubscription => versions.filter(({ known }) => known <= day).at(-1)!.subscription;
export function bill(input: Partial<BillInput> & Pick<BillInput, 'subscriptions' | 'asOf'>): CustomerBill | null {
  const made = nextBill({ account, ...input }, terms);
  if (made.type === 'refused') throw new Error(`${made.code} ${made.path} ${made.message}`);
  return made.value;
}
/** All bills of a story, each made with what was known and billed by then. */
export function live(story: Story): readonly CustomerBill[] {
  const bills: CustomerBill[] = [];
  for (const asOf of story.runs) {
    const made = bill({ subscriptions: [knownOn(story, asOf)], asOf, billed: bills.flatMap((one) => one.lines) });
    if (made) bills.push(made);
  }
  return bills;
}
/** What was charged, net, under each key; keys that came to nothing are left out. */
export function netOf(lines: readonly BillLine[]): Readonly<Record<string, number>> {
  const net: Record<string, number> = {};
  for (const line of lines) net[line.key] = (net[line.key] ?? 0) + line.amountMinor;
  return Object.fromEntries(Object.entries(net).filter(([, minor]) => minor !== 0).sort());
}
