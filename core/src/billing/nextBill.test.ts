import fc from 'fast-check';
import { addDays, daysBetween, type CivilDate } from '../kernel/civil.ts';
import { mulDiv } from '../kernel/money.ts';
import type { BilledSubscription } from './billedSubscription.ts';
import { catchUp, finalBill, upcomingBill } from './catchUp.ts';
import { changeItems } from './changeItems.ts';
import type { BillLine, CustomerBill } from './customerBill.ts';
import { account, bill, day, knownOn, live, netOf, price, story, terms } from './generators.testkit.ts';
import { nextBill, openBilling, type BillInput } from './nextBill.ts';

const plan = (from: string, unitMinor: number, sku = 'A') => ({ from, sku, description: sku, unitMinor });
const april = (more: Partial<BilledSubscription> = {}): BilledSubscription => ({ id: 'sub_1', start: '2026-04-01', items: [{ key: 'net', terms: [plan('2026-04-01', 9995)] }], ...more });
const value = <T>(answer: { type: 'accepted'; value: T } | { type: 'refused'; code: string; path?: string }): T => {
  if (answer.type === 'refused') throw new Error(`${answer.code} ${answer.path}`);
  return answer.value;
};
const linesOf = (made: CustomerBill | null): readonly BillLine[] => made?.lines ?? [];
const numbers = (json: unknown): readonly number[] => (typeof json === 'number' ? [json] : typeof json === 'object' && json !== null ? Object.values(json).flatMap(numbers) : []);

describe('any story of a subscription', () => {
  test('[inv-7] [inv-8] [inv-43] [inv-68] amounts are whole, lines and taxes make the total, and bills survive JSON', () => {
    fc.assert(fc.property(story, (told) => {
      for (const one of live(told)) {
        for (const n of numbers(one)) expect(Number.isSafeInteger(n) && !Object.is(n, -0)).toBe(true);
        expect(one.lines.reduce((sum, line) => sum + line.amountMinor, 0)).toBe(one.subtotalMinor);
        expect(one.taxes.reduce((sum, tax) => sum + tax.amountMinor, one.subtotalMinor)).toBe(one.totalMinor);
        expect(one.kind).toBe(one.totalMinor < 0 ? 'creditNote' : 'invoice');
        expect(JSON.parse(JSON.stringify(one))).toEqual(one);
      }
    }));
  });
  test('[inv-36] what was just billed is not billed again', () => {
    fc.assert(fc.property(story, (told) => {
      const asOf = told.runs.at(-1)!;
      expect(bill({ subscriptions: [knownOn(told, asOf)], asOf, billed: live(told).flatMap((one) => one.lines) })).toBeNull();
    }));
  });
  test('[inv-40] [inv-37] told late or in time, billed often or once: every charge comes to the same in the end', () => {
    fc.assert(fc.property(story, (told) => {
      const asOf = told.runs.at(-1)!;
      expect(netOf(live(told).flatMap((one) => one.lines))).toEqual(netOf(linesOf(bill({ subscriptions: [knownOn(told, asOf)], asOf }))));
    }), { numRuns: 300 });
  });
  test('[inv-37] with the periods that ended closed, punctual bills come to the same as one of everything, when nothing was told late', () => {
    fc.assert(fc.property(story, ({ versions, runs }) => {
      const subscriptions = [versions.at(-1)!.subscription];
      const billed: BillLine[] = [];
      let since: string | undefined;
      for (const asOf of runs) {
        billed.push(...linesOf(bill({ subscriptions, asOf, billed, ...(since && { since: addDays(since, -1) }) })));
        since = asOf;
      }
      expect(netOf(billed)).toEqual(netOf(linesOf(bill({ subscriptions, asOf: runs.at(-1)! }))));
    }), { numRuns: 300 });
  });
  test('[inv-24] a credit never gives back more than was charged under its key, at any time', () => {
    fc.assert(fc.property(story, (told) => {
      const sums: Record<string, number> = {};
      for (const line of live(told).flatMap((one) => one.lines)) {
        const discount = /COMBO/.test(line.sku);
        sums[line.key] = (sums[line.key] ?? 0) + line.amountMinor;
        expect(discount ? sums[line.key]! <= 0 : sums[line.key]! >= 0).toBe(true);
      }
    }));
  });
  test('[inv-38] [inv-41] the same input gives the same bytes, whoever else is billed in the run; ids are never used twice; what was issued is not touched', () => {
    fc.assert(fc.property(story, story, (told, other) => {
      const bills = live(told);
      const before = JSON.stringify(bills);
      const run = value(openBilling(terms));
      const asOf = told.runs.at(-1)!;
      const input: BillInput = { account, subscriptions: [knownOn(told, asOf)], asOf };
      const alone = JSON.stringify(run(input));
      run({ account: { ...account, id: 'acc_2' }, subscriptions: [knownOn(other, other.runs.at(-1)!)], asOf: other.runs.at(-1)! });
      expect(JSON.stringify(run(input))).toBe(alone);
      expect(new Set(bills.map(({ id }) => id)).size).toBe(bills.length);
      expect(JSON.stringify(bills)).toBe(before);
    }));
  });
  test('[inv-39] charges of one item that stand never overlap in time, and leave no gap while it is sold and not paused', () => {
    fc.assert(fc.property(story, (told) => {
      const asOf = told.runs.at(-1)!;
      const known = knownOn(told, asOf);
      const lines = linesOf(bill({ subscriptions: [known], asOf }));
      const spans = lines.filter((line) => /:net:/.test(line.key)).map(({ period }) => period!).sort((a, b) => (a.start < b.start ? -1 : 1));
      const paused = (from: string, to: string) => Array.from({ length: daysBetween(from, to) }, (_, n) => addDays(from, n)).every((on) => (known.pauses ?? []).some((one) => one.from <= on && on < one.until!));
      spans.forEach((span, i) => {
        const before = i === 0 ? known.start : spans[i - 1]!.end;
        expect(span.start >= before).toBe(true);
        if (span.start > before) expect(paused(before, span.start)).toBe(true);
      });
    }));
  });
  test('[inv-26] discounts never take more than there is to discount, period by period', () => {
    fc.assert(fc.property(story, (told) => {
      const asOf = told.runs.at(-1)!;
      const { cadence = { unit: 'month' } } = knownOn(told, asOf);
      if (cadence.unit !== 'month') return;
      const lines = linesOf(bill({ subscriptions: [knownOn(told, asOf)], asOf })).filter(({ days }) => days !== undefined);
      expect(lines.filter((line) => line.amountMinor < 0).reduce((sum, line) => sum + line.amountMinor, 0) + lines.filter((line) => line.amountMinor > 0).reduce((sum, line) => sum + line.amountMinor, 0)).toBeGreaterThanOrEqual(0);
    }));
  });
});

describe('parts of a period', () => {
  const split = fc.tuple(day, fc.integer({ min: 1, max: 31 }), fc.array(fc.nat(30), { minLength: 1, maxLength: 4 }), price);
  test('[inv-18] [inv-19] changes at one price cut a period into parts that make the whole, exactly, each within a cent of its own part', () => {
    fc.assert(fc.property(split, ([start, , cuts, unit]) => {
      const froms = [...new Set([0, ...cuts])].sort((a, b) => a - b).map((n) => addDays(start, n));
      const lines = linesOf(bill({ subscriptions: [april({ start, items: [{ key: 'net', terms: froms.map((from, i) => plan(from, unit, `P${i}`)) }] })], asOf: start }));
      const days = lines.reduce((sum, line) => sum + line.days!, 0);
      expect(days).toBe(lines[0]!.ofDays);
      expect(lines.reduce((sum, line) => sum + line.amountMinor, 0)).toBe(unit);
      for (const line of lines) expect(Math.abs(line.amountMinor * line.ofDays! - unit * line.days!)).toBeLessThanOrEqual(line.ofDays!);
    }));
  });
  test('[inv-20] there and back on one day costs nothing', () => {
    fc.assert(fc.property(day, fc.integer({ min: 1, max: 27 }), price, price, (start, after, a, b) => {
      const first = bill({ subscriptions: [april({ start, items: [{ key: 'net', terms: [plan(start, a)] }] })], asOf: start })!;
      const on = addDays(start, after);
      const back = april({ start, items: [{ key: 'net', terms: [plan(start, a), plan(on, b, 'B'), plan(on, a)] }] });
      expect(bill({ subscriptions: [back], asOf: on, billed: first.lines })?? null).toBeNull();
    }));
  });
  test('[inv-21] n changes cost, net, the days at each price, within a cent each', () => {
    fc.assert(fc.property(day, fc.array(fc.tuple(fc.nat(27), price), { minLength: 1, maxLength: 5 }), price, (start, changes, original) => {
      const steps = [...changes].sort(([a], [b]) => a - b);
      const items = [{ key: 'net', terms: [plan(start, original), ...steps.map(([n, minor], i) => plan(addDays(start, n), minor, `P${i}`))] }];
      const first = bill({ subscriptions: [april({ start, items: [{ key: 'net', terms: [plan(start, original)] }] })], asOf: start })!;
      const of = first.lines[0]!.ofDays!;
      let exact = 0;
      for (let n = 0; n < of; n += 1) exact += (steps.filter(([from]) => from <= n).at(-1)?.[1] ?? original) - original;
      const net = bill({ subscriptions: [april({ start, items })], asOf: start, billed: first.lines })?.subtotalMinor ?? 0;
      expect(Math.abs(net - exact / of)).toBeLessThanOrEqual(steps.length + 1);
    }));
  });
  test('[inv-22] an upgrade never gives a credit note, a downgrade never an extra charge', () => {
    fc.assert(fc.property(day, fc.integer({ min: 1, max: 27 }), price, price, (start, after, a, b) => {
      const first = bill({ subscriptions: [april({ start, items: [{ key: 'net', terms: [plan(start, a)] }] })], asOf: start })!;
      const on = addDays(start, after);
      const net = bill({ subscriptions: [april({ start, items: [{ key: 'net', terms: [plan(start, a), plan(on, b, 'B')] }] })], asOf: on, billed: first.lines })?.totalMinor ?? 0;
      if (b >= a) expect(net).toBeGreaterThanOrEqual(0);
      else expect(net).toBeLessThanOrEqual(0);
    }));
  });
  test('[inv-23] [inv-25] [S0-12] ending on the first day gives all back but what is not refundable, at the end nothing; later never gives more', () => {
    const item = (start: string, minor: number) => [{ key: 'net', terms: [plan(start, minor)] }, { key: 'fee', prorated: false as const, terms: [plan(start, 69, 'SERV911')] }];
    fc.assert(fc.property(day, price, fc.nat(31), (start, minor, after) => {
      const of = april({ start, items: item(start, minor) });
      const first = bill({ subscriptions: [of], asOf: start })!;
      const end = first.lines[0]!.period!.end;
      const credit = (on: string) => -(value(finalBill({ account, subscriptions: [of], asOf: on, billed: first.lines }, terms))?.subtotalMinor ?? 0);
      const on = addDays(start, Math.min(after, daysBetween(start, end) - 1));
      // Not one day was served: the month was not begun.
      expect(credit(start)).toBe(minor + 69);
      if (on > start) expect(credit(on) || 0).toBe(mulDiv(minor, daysBetween(on, end), daysBetween(start, end)));
      expect(credit(addDays(on, 1)) <= credit(on)).toBe(true);
    }));
  });
});

describe('taxes of bills', () => {
  test('[inv-30] a bill and the credit note of all of it cancel out, tax by tax', () => {
    fc.assert(fc.property(story, (told) => {
      const asOf = told.runs[0]!;
      const made = bill({ subscriptions: [knownOn(told, asOf)], asOf });
      if (!made) return;
      const back = bill({ subscriptions: [{ ...knownOn(told, asOf), items: [], charges: [] }], asOf, billed: made.lines })!;
      if (made.subtotalMinor === 0) return;
      expect(back.taxes.map(({ tax, amountMinor }) => [tax, -amountMinor || 0])).toEqual(made.taxes.map(({ tax, amountMinor }) => [tax, amountMinor]));
      expect(back.totalMinor + made.totalMinor).toBe(0);
    }));
  });
  const [before, since] = terms.taxTable.jurisdictions['CA-NS']!.rates;
  test.each([
    ['after the rate changed', '2025-03-20', '2025-04-02', 150_000, [before!, since!]],
    ['told for a day before it changed', '2025-04-02', '2025-03-31', 140_000, [before!, since!]],
    ['after the tax was abolished', '2025-03-20', '2025-04-02', 150_000, [before!]],
  ])('a credit keeps the rates of what it corrects, %s', (_, billedOn, asOf, ratePpm, rates) => {
    const of = april({ start: '2025-03-20', items: [{ key: 'net', terms: [plan('2025-03-20', 10_000)] }] });
    const at = { account: { ...account, jurisdiction: 'CA-NS' }, subscriptions: [of] };
    const ns = { taxTable: { ...terms.taxTable, jurisdictions: { 'CA-NS': { since: '2010-07-01', rates } } } };
    const first = value(nextBill({ ...at, asOf: billedOn }, ns))!;
    const back = value(finalBill({ ...at, asOf, billed: first.lines }, ns))!;
    expect([first, back].map(({ taxes }) => taxes.map((tax) => tax.ratePpm))).toEqual([[ratePpm], [ratePpm]]);
  });
});

describe('late and early', () => {
  test('[inv-37] twelve cycles late are twelve punctual bills, byte for byte', () => {
    fc.assert(fc.property(story, ({ versions }) => {
      const subscriptions = [versions.at(-1)!.subscription];
      const { start } = subscriptions[0]!;
      const asOf = addDays(start, 365);
      const late = value(catchUp({ account, subscriptions, after: addDays(start, -1), asOf }, terms));
      const billed: BillLine[] = [];
      const punctual: CustomerBill[] = [];
      for (let n = 0; n <= 365; n += 1) {
        const made = bill({ subscriptions, asOf: addDays(start, n), billed });
        if (made) {
          punctual.push(made);
          billed.push(...made.lines);
        }
      }
      expect(JSON.stringify(late)).toBe(JSON.stringify(punctual));
    }), { numRuns: 15 });
  });
  test('[S0-48] [inv-42] the preview is the bill that then comes', () => {
    fc.assert(fc.property(story, (told) => {
      const asOf = told.runs.at(-1)!;
      const subscriptions = [knownOn(told, asOf)];
      const billed = live(told).flatMap((one) => one.lines);
      const shown = value(upcomingBill({ account, subscriptions, asOf, billed }, terms));
      if (shown) expect(bill({ subscriptions, asOf: shown.issuedOn, billed })).toEqual(shown);
    }));
  });
  test('the stub goes with the first whole period when the subscription says so', () => {
    const of = april({ start: '2026-04-13', cadence: { unit: 'month', anchorDay: 1 }, stub: 'withNext', items: [{ key: 'net', terms: [plan('2026-04-13', 9995)] }] });
    expect(bill({ subscriptions: [of], asOf: '2026-04-13' })).toMatchObject({ subtotalMinor: 5997 + 9995, period: { start: '2026-04-13', end: '2026-06-01' } });
    expect(bill({ subscriptions: [{ ...of, stub: 'own' }], asOf: '2026-04-13' })).toMatchObject({ subtotalMinor: 5997 });
    expect(bill({ subscriptions: [of], asOf: '2026-04-12' })).toBeNull();
  });
  test('in arrears a period is due when it has ended, and at the end what was used of it', () => {
    const of = april({ items: [{ key: 'net', timing: 'arrears', terms: [plan('2026-04-01', 3000)] }] });
    expect(bill({ subscriptions: [of], asOf: '2026-04-30' })).toBeNull();
    expect(bill({ subscriptions: [of], asOf: '2026-05-01' })).toMatchObject({ subtotalMinor: 3000 });
    expect(value(finalBill({ account, subscriptions: [of], asOf: '2026-04-11' }, terms))).toMatchObject({ subtotalMinor: 1000 });
  });
});

describe('words of the trade', () => {
  test('[S0-09] [S2-056] an upgrade in the middle of April: the days left at the old price come back, at the new one are charged', () => {
    const first = bill({ subscriptions: [april()], asOf: '2026-04-01' })!;
    const up = value(changeItems(april(), '2026-04-16', { set: [{ key: 'net', terms: [plan('2026-04-16', 10_995, 'B')] }] }));
    const made = bill({ subscriptions: [up], asOf: '2026-04-16', billed: first.lines })!;
    expect(made.lines.map(({ sku, amountMinor, because }) => [sku, amountMinor, because])).toEqual([
      ['A', -4998, 'billed 9995, owed 4997: 15 of 30 days, 2026-04-01 to 2026-04-15'], ['B', 5498, '15 of 30 days, 2026-04-16 to 2026-04-30'],
    ]);
  });
  test('[S2-056] no annual price is prorated against a month: starter to professional after 40 days', () => {
    const yearly = april({ cadence: { unit: 'year' }, items: [{ key: 'net', terms: [plan('2026-04-01', 98_604)] }] });
    const first = bill({ subscriptions: [yearly], asOf: '2026-04-01' })!;
    const up = value(changeItems(yearly, '2026-05-11', { set: [{ key: 'net', terms: [plan('2026-05-11', 497_004, 'PRO')] }] }));
    expect(bill({ subscriptions: [up], asOf: '2026-05-11', billed: first.lines })!.subtotalMinor).toBe(mulDiv(497_004, 325, 365) - mulDiv(98_604, 325, 365));
  });
  test('[S0-137] cooling off on the first day gives everything refundable back', () => {
    const of = april({ charges: [{ key: 'setup', on: '2026-04-01', sku: 'SETUP', description: 'Setup', amountMinor: 6995 }] });
    const first = bill({ subscriptions: [of], asOf: '2026-04-01' })!;
    expect(value(finalBill({ account, subscriptions: [of], asOf: '2026-04-01', billed: first.lines }, terms))).toMatchObject({ kind: 'creditNote', subtotalMinor: -9995 });
  });
  test('[S0-128] the final bill takes fees in and is an estimate until it is made', () => {
    const fees = [{ key: 'exit', on: '2026-04-16', sku: 'EXIT', description: 'Early termination', amountMinor: 5000 }];
    const first = bill({ subscriptions: [april()], asOf: '2026-04-01' })!;
    expect(value(finalBill({ account, subscriptions: [april()], asOf: '2026-04-16', billed: first.lines, fees }, terms))).toMatchObject({ kind: 'invoice', subtotalMinor: 5000 - 4998 });
  });
  test('the 9-1-1 fee is due once for a month begun, however many periods touch it', () => {
    const fee = april({ start: '2026-04-03', cadence: { unit: 'month', anchorDay: 15 }, items: [{ key: 'fee', prorated: false, terms: [plan('2026-04-03', 69)] }] });
    const keys = (asOf: string, since?: string) => linesOf(bill({ subscriptions: [fee], asOf, ...(since && { since }) })).map(({ key }) => key);
    expect(keys('2026-06-15')).toEqual(['sub_1:fee:2026-04', 'sub_1:fee:2026-05', 'sub_1:fee:2026-06']);
    expect(keys('2026-04-15', '2026-04-15')).toEqual([]);
  });
  test('by the week as well: nor again when all of the week before was paused', () => {
    const fee = april({ cadence: { unit: 'week' }, items: [{ key: '911', prorated: false, terms: [plan('2026-04-01', 69, 'SERV911')] }], pauses: [{ from: '2026-04-08', until: '2026-04-22' }] });
    const first = bill({ subscriptions: [fee], asOf: '2026-04-01' })!;
    expect(first.lines.map(({ key }) => key)).toEqual(['sub_1:911:2026-04']);
    expect(bill({ subscriptions: [fee], asOf: '2026-04-22', since: '2026-04-22', billed: first.lines })).toBeNull();
  });
  test('a quarter pays the fee of each of its months', () => {
    const fee = april({ cadence: { unit: 'quarter' }, items: [{ key: 'fee', prorated: false, terms: [plan('2026-04-01', 69)] }] });
    expect(bill({ subscriptions: [fee], asOf: '2026-04-01' })).toMatchObject({ subtotalMinor: 207 });
  });
  test('paused days are not charged, and a pause told late comes back as a credit', () => {
    const first = bill({ subscriptions: [april()], asOf: '2026-04-01' })!;
    const paused = april({ pauses: [{ from: '2026-04-11', until: '2026-04-21' }] });
    expect(bill({ subscriptions: [paused], asOf: '2026-04-25', billed: first.lines })).toMatchObject({ kind: 'creditNote', subtotalMinor: mulDiv(9995, 10, 30) - mulDiv(9995, 20, 30), lines: [{ because: 'billed 9995, owed 6664: 20 of 30 days, 2026-04-01 to 2026-04-30, 10 paused' }] });
  });
  test('a one-off charge that was billed and moves to a later day is not billed again', () => {
    const moved = (on: CivilDate): BilledSubscription => april({ items: [], charges: [{ key: 'setup', on, sku: 'SETUP', description: 'Setup', amountMinor: 6995 }] });
    const made = bill({ subscriptions: [moved('2026-04-10')], asOf: '2026-04-10' })!;
    expect(made.subtotalMinor).toBe(6995);
    expect(bill({ subscriptions: [moved('2026-06-20')], asOf: '2026-06-20', since: '2026-06-20', billed: made.lines })).toBeNull();
  });
  test('lines of another subscription, and of periods not looked at, are never given back', () => {
    const made = bill({ subscriptions: [april()], asOf: '2026-04-01' })!;
    const others = made.lines.map((line) => ({ ...line, key: line.key.replace(/^[^:]*/, 'gone') }));
    const old = { ...made.lines[0]!, key: made.lines[0]!.key.replace('2026-04-01', '2026-02-01'), period: { start: '2026-02-01', end: '2026-03-01' } };
    for (const subscriptions of [[april()], [april(), april({ id: 'second' })]]) {
      const billed = [...bill({ subscriptions, asOf: '2026-04-01' })!.lines, ...others];
      expect(bill({ subscriptions, asOf: '2026-04-01', billed })).toBeNull();
      const later = bill({ subscriptions: subscriptions.map((one) => ({ ...one, start: '2026-02-01' })), asOf: '2026-04-20', since: '2026-04-20', billed: [...billed, old] });
      expect(later).toBeNull();
    }
  });
  test('a bill is named by what begins it: the account, invoice or credit note, the day, the first line and its revision', () => {
    const first = bill({ subscriptions: [april()], asOf: '2026-04-01' })!;
    const ended = bill({ subscriptions: [april({ end: '2026-04-16' })], asOf: '2026-04-16', billed: first.lines })!;
    const sooner = bill({ subscriptions: [april({ end: '2026-04-11' })], asOf: '2026-04-16', billed: [...first.lines, ...ended.lines] })!;
    expect([first, ended, sooner].map(({ id }) => id)).toEqual([`${account.id}:invoice:2026-04-01:sub_1:net:2026-04-01`, `${account.id}:creditNote:2026-04-16:sub_1:net:2026-04-01:1`, `${account.id}:creditNote:2026-04-16:sub_1:net:2026-04-01:2`]);
  });
  test('what fell due before the service began is on its first bill', () => {
    const deposit = { key: 'deposit', on: '2026-03-20', sku: 'DEP', description: 'Deposit', amountMinor: 5000 };
    expect(bill({ subscriptions: [april({ charges: [deposit] })], asOf: '2026-04-01', since: '2026-04-01' })!.subtotalMinor).toBe(9995 + 5000);
  });
  test('a one-off charge says the day it fell due and why', () => {
    const charge = { key: 'setup', on: '2026-04-10', sku: 'SETUP', description: 'Setup', amountMinor: 6995 };
    const made = bill({ subscriptions: [april({ items: [], charges: [charge, { ...charge, key: 'box', because: 'the box was lost' }] })], asOf: '2026-04-10' })!;
    expect(made.lines.map(({ key, on, because }) => [key, on, because])).toEqual([['sub_1:setup:once', '2026-04-10', 'charged once'], ['sub_1:box:once', '2026-04-10', 'charged once; the box was lost']]);
  });
  test('several subscriptions make one bill, and a credit pays it', () => {
    const two = [april(), april({ id: 'sub_2' })];
    expect(bill({ subscriptions: two, asOf: '2026-04-01', creditMinor: 10_000 })).toMatchObject({ subtotalMinor: 19_990, prepaidMinor: 10_000, dueMinor: 22_984 - 10_000, creditLeftMinor: 0 });
  });
});

describe('bad input is refused at its path', () => {
  const base: BillInput = { account, subscriptions: [april()], asOf: '2026-04-01' };
  const of = (more: object): Partial<BillInput> => ({ subscriptions: [{ ...april(), ...more } as BilledSubscription] });
  const term = (more: object) => of({ items: [{ key: 'net', terms: [{ ...plan('2026-04-01', 1), ...more }] }] });
  test.each<[Partial<BillInput>, string]>([
    [{ account: { ...account, id: 'a:b' } }, 'account.id'], [{ account: { ...account, currency: 'cad' } }, 'account.currency'], [{ creditMinor: -1 }, 'creditMinor'], [{ creditMinor: NaN }, 'creditMinor'], [{ asOf: '2026-02-30' }, 'asOf'], [{ since: 'x' }, 'since'],
    [of({ id: '' }), 'subscriptions[0].id'], [of({ start: '2026-13-01' }), 'subscriptions[0].start'], [of({ end: '2026-03-31' }), 'subscriptions[0].end'], [of({ cadence: { unit: 'month', anchorDay: 32 } }), 'subscriptions[0].cadence.anchorDay'],
    [of({ start: '1900-01-01', items: [] }), 'subscriptions[0].start'], [of({ pauses: [{ from: '2026-04-05', until: '2026-04-04' }] }), 'subscriptions[0].pauses[0]'], [of({ pauses: [{ from: '2026-04-05', until: '2026-04-09' }, { from: '2026-04-07' }] }), 'subscriptions[0].pauses[1]'],
    [of({ items: [{ key: 'a b', terms: [] }] }), 'subscriptions[0].items[0].key'], [of({ items: [{ key: 'a', terms: [] }, { key: 'a', terms: [] }] }), 'subscriptions[0].items[1].key'],
    [term({ unitMinor: 0.5 }), 'subscriptions[0].items[0].terms[0]'], [term({ unitMinor: NaN }), 'subscriptions[0].items[0].terms[0]'], [term({ unitMinor: 2 ** 53 }), 'subscriptions[0].items[0].terms[0]'], [term({ quantity: -1 }), 'subscriptions[0].items[0].terms[0]'], [term({ quantity: 0 }), 'subscriptions[0].items[0].terms[0]'],
    [term({ unitMinor: 2 ** 52, quantity: 3 }), 'subscriptions[0].items[0].terms[0]'], [term({ from: '2026-04-31' }), 'subscriptions[0].items[0].terms[0]'], [term({ until: '2026-03-01' }), 'subscriptions[0].items[0].terms[0]'],
    [of({ items: [{ key: 'a', terms: [plan('2026-04-05', 1), plan('2026-04-01', 1)] }] }), 'subscriptions[0].items[0].terms[0]'],
    [{ subscriptions: 7 as never }, 'subscriptions'], [of({ items: {} }), 'subscriptions[0].items'], [of({ items: [{ key: 'a' }] }), 'subscriptions[0].items[0].terms'], [of({ items: [null] }), 'subscriptions[0].items[0]'], [of({ charges: [7] }), 'subscriptions[0].charges[0]'], [{ account: null as never }, 'account'], [{ billed: [{ key: 'a', amountMinor: 0.5 } as never] }, 'billed[0].amountMinor'], [{ billed: [{ amountMinor: 1 } as never] }, 'billed[0].key'],
    [of({ charges: [{ key: 'c', on: 'x', amountMinor: 1 }] }), 'subscriptions[0].charges[0].on'], [of({ charges: [{ key: 'c', on: '2026-04-01', amountMinor: 1.5 }] }), 'subscriptions[0].charges[0]'], [of({ charges: [{ key: 'c:', on: '2026-04-01', amountMinor: 1 }] }), 'subscriptions[0].charges[0].key'],
    [of({ items: [{ key: 'a', terms: [plan('2026-04-01', 2 ** 52)] }, { key: 'b', terms: [plan('2026-04-01', 2 ** 52)] }, { key: 'c', terms: [plan('2026-04-01', 2 ** 52)] }] }), 'subscriptions'],
  ])('%j at %s', (change, path) => {
    const answer = nextBill({ ...base, ...change }, terms);
    expect(answer).toMatchObject({ type: 'refused', code: 'badInput', path });
    expect(nextBill(base, terms)).toMatchObject({ type: 'accepted' });
  });
  test('days that are none are refused by every kind of bill', () => {
    expect(catchUp({ ...base, after: '2026-02-30' }, terms)).toMatchObject({ type: 'refused', path: 'after' });
    expect(catchUp({ ...base, asOf: 'x', after: '2026-02-28' }, terms)).toMatchObject({ type: 'refused', path: 'asOf' });
    expect(upcomingBill({ ...base, asOf: '2026-02-30' }, terms)).toMatchObject({ type: 'refused', path: 'asOf' });
    expect(finalBill({ ...base, asOf: '2026-02-30' }, terms)).toMatchObject({ type: 'refused', path: 'asOf' });
    for (const odd of [{}, { subscriptions: null }, null]) for (const make of [nextBill, upcomingBill, finalBill]) expect(make(odd as never, terms)).toMatchObject({ type: 'refused', code: 'badInput' });
  });
  test('a place or a tax code nobody knows is refused, never taxed at zero', () => {
    expect(nextBill({ ...base, account: { ...account, jurisdiction: 'CA-XX' } }, terms)).toMatchObject({ code: 'jurisdictionUnknown' });
    expect(nextBill({ ...base, ...term({ taxCode: 'luxury' }) }, terms)).toMatchObject({ code: 'taxCodeUnknown' });
    expect(nextBill({ ...base, ...of({ start: '2010-01-01', items: [{ key: 'net', terms: [plan('2010-01-01', 1)] }] }), asOf: '2010-01-01' }, terms)).toMatchObject({ code: 'taxDayUnknown' });
  });
  test.each<[object, string]>([[{ taxTable: terms.taxTable, policy: { version: 'x', dueInDays: -1 } }, 'policy'], [{ taxTable: terms.taxTable, policy: { version: 'x', dueInDays: 1.5 } }, 'policy'], [{ taxTable: { ...terms.taxTable, rounding: 'up' } }, 'rounding'], [{ taxTable: {} }, 'taxTable']])('terms %j at %s', (bad, path) => {
    expect(openBilling(bad as typeof terms)).toMatchObject({ type: 'refused', code: 'badInput', path });
  });
  test.each<[string, object, string]>([
    ['2026-03-31', { remove: ['net'] }, 'on'], ['2026-04-31', { remove: ['net'] }, 'on'], ['2026-04-05', { remove: ['tv'] }, 'remove[0]'], ['2026-04-05', { set: [{ key: 'net', terms: [plan('2026-04-01', 1)] }] }, 'set[0].terms'],
  ])('a change on %s, %j, at %s', (on, change, path) => {
    expect(changeItems(april(), on, change)).toMatchObject({ type: 'refused', path });
  });
});
