import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import type { OneCharge } from '../billing/billedSubscription.ts';
import { saasCatalog } from '../catalog/saas.fixture.ts';
import { addDays, addMonths } from '../kernel/civil.ts';
import { schemaComplaint } from '../kernel/schema.ts';
import { checkUsage } from './checkUsage.ts';
import { meterSchema, type Meter, type UsagePrice } from './meter.ts';
import { priceUsage } from './priceUsage.ts';
import { rateUsage, type RatedUsage, type UsageInput, type UsageRecord } from './rateUsage.ts';

const MAX = Number.MAX_SAFE_INTEGER;
const overageRate: UsagePrice = { model: 'perUnit', minor: 10 };
const meter: Meter = { version: '2026-01', metric: 'calls', unit: 'call', included: 1000, price: overageRate };
const given = (more: Partial<UsageInput>): UsageInput => ({ subscription: 'sub_1', meter, month: '2026-04', records: [], ...more });
const rate = (more: Partial<UsageInput>): RatedUsage => {
  const rated = rateUsage(given(more));
  if (rated.type === 'refused') throw new Error(`${rated.code} ${rated.path}`);
  return rated.value;
};
const charged = (charges: readonly OneCharge[]): number => charges.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
const record = (id: string, at: string, quantity: number): UsageRecord => ({ id, at, metric: 'calls', quantity });

/** Limits ± 1, and the money the brief of every price list has. */
const limit = fc.oneof(fc.constantFrom(0, 1, 10, 1000), fc.integer({ min: 0, max: 300 }));
const near = (most: number): fc.Arbitrary<number> => fc.oneof(fc.constantFrom(...[most - 1, most, most + 1].filter((n) => n >= 0)), fc.integer({ min: 0, max: 2 * most + 5 }));
const minor = fc.oneof(fc.constantFrom(0, 1, 10, 4995, 2 ** 31), fc.integer({ min: 0, max: 500 }));
const tiers = fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { maxLength: 3 }).chain((edges) => fc.tuple(...edges.sort((a, b) => a - b).map((upTo) => fc.record({ upTo: fc.constant(upTo), minor, flatMinor: fc.constantFrom(0, 1, 2000) }))));
const price: fc.Arbitrary<UsagePrice> = fc.record({ model: fc.constantFrom('perUnit' as const, 'package' as const, 'graduated' as const, 'volume' as const), minor, flatMinor: fc.constantFrom(0, 7), per: fc.constantFrom(1, 2, 7, 100), tiers });
const month = fc.constantFrom('2026-01', '2026-02', '2028-02', '2026-03', '2026-11', '2026-12');

describe('limits', () => {
  const planMeter = (sku: string, metric: string): Meter => {
    const included = saasCatalog.offerings.find((one) => one.sku === sku)!.limits!.find((one) => one.metric === metric)!.max ?? null;
    return { version: '1', metric, unit: metric, included, ...(sku !== 'free' && { price: overageRate }) };
  };
  test.each<[string, string, ...(number | null)[]]>([
    ['[S2-050] Free', 'free', 10, 1, 1000], ['[S2-051] Starter', 'starter', 100, 5, 10_000], ['[S2-052] Professional', 'professional', 1000, 25, 100_000], ['[S2-053] Enterprise', 'enterprise', null, null, null],
  ])('%s: its limits; one over is stopped on Free, 0.10 on the others, nothing without a limit', (_name, sku, ...limits) => {
    for (const [i, metric] of ['resources', 'users', 'api_calls_per_month'].entries()) {
      const plan = planMeter(sku, metric);
      const most = limits[i]!;
      expect(plan.included).toBe(most);
      const one = rate({ meter: plan, total: (most ?? 1e6) + 1 });
      expect(charged(one.charges)).toBe(sku === 'free' || most === null ? 0 : 10);
      expect(checkUsage(given({ meter: plan, total: most ?? 1e6 }), 1)).toMatchObject(sku === 'free' ? { type: 'refused', code: 'limitReached', path: 'quantity', facts: { limit: most } } : { type: 'accepted' });
      expect(checkUsage(given({ meter: plan, total: (most ?? 1e6) - 1 }), 1)).toMatchObject({ type: 'accepted', value: { warnings: most === null ? [] : [80, 100] } });
    }
  });

  test('[S2-055] warnings once each at 80 and 100 %, before the use is counted', () => {
    const warned: number[] = [];
    const told = Array.from({ length: 12 }, (_, i) => {
      const answer = checkUsage(given({ total: i * 100, warned }), 100);
      if (answer.type === 'accepted') warned.push(...answer.value.warnings);
      return answer.type === 'accepted' ? answer.value.warnings : answer.code;
    });
    expect(told).toEqual([[], [], [], [], [], [], [], [80], [], [100], [], []]);
  });

  test('[S2-059] thresholds are the meter’s: soft charges, hard stops', () => {
    const own: Meter = { ...meter, warnAt: [50, 95] };
    expect(rate({ meter: own, total: 949 }).warnings).toEqual([50]);
    expect(rate({ meter: own, total: 950, warned: [50] }).warnings).toEqual([95]);
    // Nothing used is nothing to warn of, even of a limit of nothing.
    expect(rate({ meter: { ...own, included: 0 } }).warnings).toEqual([]);
    const { price: _price, ...hard } = own;
    expect(checkUsage(given({ meter: own, total: 1000 }), 1)).toMatchObject({ type: 'accepted', value: { overage: 1 } });
    expect(checkUsage(given({ meter: hard, total: 1000 }), 1)).toMatchObject({ type: 'refused', code: 'limitReached' });
    expect(checkUsage(given({ meter: hard, total: 900, opening: [50] }), 150)).toMatchObject({ type: 'accepted', value: { limit: 1050, used: 1050 } });
  });

  test('[S2-055] a hard limit lets through what fits, to the unit, and nothing else', () => {
    fc.assert(fc.property(limit.chain((most) => fc.tuple(fc.constant(most), near(most), near(most))), ([included, used, quantity]) => {
      const { price: _price, ...hard } = { ...meter, included };
      expect(checkUsage(given({ meter: hard, total: used }), quantity).type).toBe(used + quantity <= included ? 'accepted' : 'refused');
      expect(rate({ meter: hard, total: used + quantity })).toMatchObject({ overage: 0, charges: [] });
    }), { numRuns: 200 });
  });
});

describe('prices', () => {
  /** Unit by unit: what each costs in hundredths of its price list, then one rounding. */
  const byUnit = ({ model, per = 1, tiers: steps = [], ...rest }: UsagePrice, units: number): number => {
    const all = [...steps, { ...rest, upTo: Infinity }];
    const tierOf = (unit: number) => all.findIndex(({ upTo }) => unit <= upTo);
    let sum = 0n;
    for (const [i, tier] of all.entries()) {
      const mine = Array.from({ length: units }, (_, n) => n + 1).filter((unit) => (model === 'volume' ? tierOf(units) : tierOf(unit)) === i).length;
      if (mine > 0) sum += BigInt(model === 'package' ? Math.ceil(mine / per) * per : mine) * BigInt(tier.minor) + BigInt(tier.flatMinor ?? 0) * BigInt(per);
    }
    const [whole, rest2] = [sum / BigInt(per), sum % BigInt(per)];
    return Number(rest2 * 2n >= BigInt(per) ? whole + 1n : whole);
  };
  test('[S2-057] every price model costs what its units cost one by one, rounded once', () => {
    fc.assert(fc.property(price, fc.integer({ min: 0, max: 70 }), (one, units) => {
      expect(priceUsage(one, units)).toBe(byUnit(one, units));
    }), { numRuns: 500 });
  });

  test('beyond the safe range nothing is charged wrongly: it is refused', () => {
    expect(rate({ meter: { ...meter, included: 0, price: { model: 'perUnit', minor: 2 ** 31, per: 2 ** 31 } }, total: MAX }).charges[0]!.amountMinor).toBe(MAX);
    expect(rateUsage(given({ meter: { ...meter, included: 0, price: { model: 'perUnit', minor: 2 } }, total: MAX }))).toMatchObject({ type: 'refused', code: 'badInput', path: 'meter' });
    expect(rateUsage(given({ total: MAX, records: [record('a', '2026-04-01', 1)] }))).toMatchObject({ type: 'refused', code: 'badInput', path: 'meter' });
    expect(rateUsage(given({ meter: { ...meter, included: MAX, poolMonths: 2 } }))).toMatchObject({ type: 'refused', code: 'badInput', path: 'meter' });
  });
});

describe('months', () => {
  test('[inv-34] overage is never negative, 0 up to the limit, grows by the rate with each unit, and months are never pooled', () => {
    fc.assert(fc.property(limit.chain((most) => fc.tuple(fc.constant(most), near(most), fc.integer({ min: 1, max: 50 }), fc.array(near(most), { minLength: 2, maxLength: 4 }))), minor, ([included, used, k, year], unitMinor) => {
      const own: Meter = { ...meter, included, price: { model: 'perUnit', minor: unitMinor } };
      const [now, more] = [rate({ meter: own, total: used }), rate({ meter: own, total: Math.max(used, included) + k })];
      expect(now.overage).toBe(Math.max(0, used - included));
      if (used <= included) expect(now.charges).toEqual([]);
      expect(charged(more.charges) - charged(rate({ meter: own, total: Math.max(used, included) }).charges)).toBe(k * unitMinor);
      expect(more.charges.every(({ amountMinor }) => amountMinor > 0)).toBe(true);
      // Each month alone, whatever the others left or lacked.
      const months = year.map((total, i) => rate({ meter: own, month: addMonths('2026-01-01', i).slice(0, 7), total }));
      expect(months.map(({ overage }) => overage)).toEqual(year.map((total) => Math.max(0, total - included)));
      expect(new Set(months.flatMap(({ charges }) => charges.map(({ key }) => key))).size).toBe(months.filter(({ charges }) => charges.length).length);
      const pooled = rate({ meter: { ...own, poolMonths: year.length }, month: '2026-01', total: year.reduce((a, b) => a + b) });
      expect(pooled.overage).toBe(Math.max(0, year.reduce((a, b) => a + b) - included * year.length));
    }), { numRuns: 300 });
  });

  test('[S0-07] late, doubled and shuffled records: a month’s lines add up to the month as if all had been known', () => {
    const records = fc.array(fc.record({ day: fc.oneof(fc.constantFrom(0, 27, 28, 30), fc.integer({ min: 0, max: 30 })), quantity: fc.integer({ min: 0, max: 40 }), batch: fc.integer({ min: 0, max: 2 }), again: fc.boolean() }), { maxLength: 12 });
    fc.assert(fc.property(month, limit, price, records, fc.nat(), (when, included, cost, facts, seed) => {
      const own: Meter = { ...meter, included, price: cost };
      const next = addMonths(`${when}-01`, 1);
      const all = facts.map(({ day, quantity, batch, again }, i) => ({ batch, again, record: record(`r${i}`, [addDays(`${when}-01`, day)].map((on) => (on < next ? on : addDays(next, -1)))[0]!, quantity) }));
      const known = rate({ meter: own, month: when, records: all.map((one) => one.record) });
      const before: number[] = [];
      const keys: string[] = [];
      for (const batch of [0, 1, 2]) {
        const heard = all.filter((one) => one.batch <= batch).flatMap((one) => (one.again ? [one.record, one.record] : [one.record]));
        const turned = heard.map((one, i) => [((i + 1) * (seed % 97 + 1)) % 101, one] as const).sort(([a], [b]) => a - b).map(([, one]) => one);
        const month1 = rate({ meter: own, month: when, records: turned, charged: before });
        before.push(...month1.charges.map(({ amountMinor }) => amountMinor));
        keys.push(...month1.charges.map(({ key }) => key));
        // What comes late is told apart in the next month and does not count there.
        expect(rate({ meter: own, month: next.slice(0, 7), records: turned })).toMatchObject({ used: 0, charges: [], late: { length: new Set(turned).size } });
      }
      expect(before.reduce((sum, minor) => sum + minor, 0)).toBe(charged(known.charges));
      expect(new Set(keys).size).toBe(keys.length);
    }), {
      numRuns: 200,
      // 20.00, then 20.00 back, then 1 and more: the third charge begins at nought as the first did.
      examples: [['2026-01', 33, { model: 'volume', minor: 1, flatMinor: 0, per: 1, tiers: [{ upTo: 1, minor: 0, flatMinor: 0 }, { upTo: 2, minor: 0, flatMinor: 2000 }, { upTo: 34, minor: 0, flatMinor: 0 }] }, [35, 1, 32].map((quantity, batch) => ({ day: 0, quantity, batch, again: false })), 0]],
    });
  });

  test('rollover is used oldest first, for so many months, and never more than so much', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 3 }), fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 8 }), (included, maxUnits, months, uses) => {
      const own: Meter = { ...meter, included, rollover: { maxUnits, months } };
      let units: number[] = []; // one entry per unit that may be used: the month it is from
      let opening: readonly number[] = [];
      for (const [i, used] of uses.entries()) {
        units = [...units.filter((from) => i - from <= months), ...Array.from({ length: included }, () => i)];
        const rated = rate({ meter: own, month: addMonths('2026-01-01', i).slice(0, 7), total: used, opening });
        expect([rated.limit, rated.overage]).toEqual([units.length, Math.max(0, used - units.length)]);
        units = units.slice(used).filter((from) => i + 1 - from <= months).slice(0, maxUnits);
        opening = rated.rollover;
        expect(opening.reduce((a, b) => a + b, 0)).toBe(units.length);
        expect(opening.every((kept, age) => kept === units.filter((from) => i - from === age).length)).toBe(true);
      }
    }), { numRuns: 300 });
  });
});

describe('what is refused', () => {
  const ajv = new Ajv2020({ strict: false }).compile(meterSchema);
  test.each<[string, unknown, string]>([
    ['no meter', { meter: undefined }, 'meter'],
    ['half a unit', { meter: { ...meter, included: 0.5 } }, 'meter.included'],
    ['a limit below 0', { meter: { ...meter, included: -1 } }, 'meter.included'],
    ['an unsafe limit', { meter: { ...meter, included: 2 ** 53 } }, 'meter.included'],
    ['a model nobody has', { meter: { ...meter, price: { model: 'percent', minor: 1 } } }, 'meter.price.model'],
    ['a price of nothing', { meter: { ...meter, price: { model: 'perUnit' } } }, 'meter.price.minor'],
    ['units by none', { meter: { ...meter, price: { ...overageRate, per: 0 } } }, 'meter.price.per'],
    ['a warning at 0 %', { meter: { ...meter, warnAt: [0] } }, 'meter.warnAt[0]'],
    ['rollover for no month', { meter: { ...meter, rollover: { maxUnits: 1, months: 0 } } }, 'meter.rollover.months'],
    ['a pool of half a month', { meter: { ...meter, poolMonths: 0.5 } }, 'meter.poolMonths'],
    ['a misspelt field', { meter: { ...meter, warmAt: [80] } }, 'meter.warmAt'],
  ])('%s, as the schema says', (_name, more, path) => {
    const input = given(more as Partial<UsageInput>);
    expect(rateUsage(input)).toMatchObject({ type: 'refused', code: 'badInput', path });
    expect(checkUsage(input, 1)).toMatchObject({ type: 'refused', code: 'badInput', path });
    if (input.meter) expect([ajv(input.meter), schemaComplaint(meterSchema, input.meter) === null]).toEqual([false, false]);
  });
  test.each<[string, Partial<UsageInput> | null, string]>([
    ['nothing', null, 'subscription'],
    ['half a character in an id', { subscription: 'sub_\ud800' }, 'subscription'],
    ['a month that is not', { month: '2026-13' }, 'month'],
    ['a day for a month', { month: '2026-04-01' }, 'month'],
    ['a month at the end of the calendar', { month: '9999-12' }, 'month'],
    ['a total below 0', { total: -1 }, 'total'],
    ['NaN', { total: NaN }, 'total'],
    ['units rolled over by halves', { opening: [0.5] }, 'opening[0]'],
    ['a charge of half a cent', { charged: [0.5] }, 'charged[0]'],
    ['records that are none', { records: 'all' as never }, 'records'],
    ['a negative quantity', { records: [record('a', '2026-04-01', -1)] }, 'records[0].quantity'],
    ['a day that is not', { records: [record('a', '2026-02-30', 1)] }, 'records[0].at'],
    ['an instant without a zone to read it in', { records: [record('a', '2026-04-01T00:00:00Z', 1)] }, 'records[0].at'],
    ['a record of a later month', { records: [record('a', '2026-05-01', 1)] }, 'records[0].at'],
  ])('%s', (_name, more, path) => {
    expect(rateUsage(more === null ? ({} as UsageInput) : given(more))).toMatchObject({ type: 'refused', code: 'badInput', path });
  });
  test.each([[-1], [0.5], [NaN], [Infinity], ['1' as never], [undefined as never]])('[S2-055] %p is no quantity', (quantity) => {
    expect(checkUsage(given({ total: 5 }), quantity)).toMatchObject({ type: 'refused', code: 'badInput' });
  });
  test('junk is refused, never thrown', () => {
    const junk = fc.oneof(fc.constantFrom(null, '', -1, 1.5, true, [], {}, '2026-04'), fc.jsonValue({ maxDepth: 2 }));
    fc.assert(fc.property(fc.constantFrom('subscription', 'meter', 'month', 'records', 'total', 'opening', 'warned', 'charged'), junk, (key, value) => {
      expect(['accepted', 'refused']).toContain(rateUsage(given({ [key]: value })).type);
    }), { numRuns: 200 });
    for (const one of [null, undefined, 7, 'x', []]) expect(rateUsage(one as never)).toMatchObject({ type: 'refused', code: 'badInput' });
  });
  test('[inv-68] what is answered is plain JSON', () => {
    fc.assert(fc.property(month, limit, price, (when, included, cost) => {
      const answer = rateUsage(given({ meter: { ...meter, included, price: cost, rollover: { maxUnits: 5, months: 1 } }, month: when, records: [record('a', '2025-12-31', 1), record('b', `${when}-01`, included + 3)] }));
      expect(JSON.parse(JSON.stringify(answer))).toStrictEqual(answer);
      expect(answer.type === 'accepted' && answer.because[0]).toContain('(2026-01)');
    }), { numRuns: 100 });
  });
});
