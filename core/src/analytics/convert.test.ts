import fc from 'fast-check';
import { decimals } from '../kernel/decimal.ts';
import { isCurrency } from '../kernel/currency.ts';
import { money } from '../kernel/money.ts';
import { convert, type ExchangeTable } from './convert.ts';

const bank = (...rates: readonly [string, string, string, string][]): ExchangeTable => ({ version: '2026-04', source: 'Bank of Canada', rates: rates.map(([from, to, on, rate]) => ({ from, to, on, rate })) });
const april = bank(['CAD', 'USD', '2026-04-01', '0.7312'], ['CAD', 'EUR', '2026-04-01', '0.6405'], ['USD', 'GBP', '2026-04-01', '0.7725'], ['CAD', 'JPY', '2026-04-01', '106.5'], ['CAD', 'KWD', '2026-04-01', '0.2245'], ['KWD', 'JPY', '2026-04-01', '474.38'], ['JPY', 'KWD', '2026-04-01', '0.002108']);

test.each([
  [11_492, 'CAD', 'USD', 8_403], [11_492, 'CAD', 'EUR', 7_361], [10_000, 'USD', 'GBP', 7_725], [11_492, 'CAD', 'JPY', 12_239], [11_492, 'CAD', 'KWD', 25_800],
  [1_500, 'KWD', 'JPY', 712], [1_000, 'JPY', 'KWD', 2_108], [-11_492, 'CAD', 'USD', -8_403], [0, 'CAD', 'USD', 0],
])('[S2-096] %d minor units of %s in %s are %d, half away from zero, with the decimals each currency has', (minor, from, to, expected) => {
  expect(convert(money(minor, from), to, '2026-04-01', april)).toMatchObject({ type: 'accepted', value: { amount: { minor: expected, currency: to }, original: { minor, currency: from } } });
});

test.each([[1, 1], [3, 2], [5, 3], [-1, -1], [-5, -3]])('[S2-096] %d at a half is %d: ties go away from zero', (minor, expected) => {
  expect(convert(money(minor, 'CAD'), 'USD', '2026-04-01', bank(['CAD', 'USD', '2026-04-01', '0.5']))).toMatchObject({ value: { amount: { minor: expected } } });
});

test('[S2-096] the rate that was used, its day, its source and the version of the table are part of the answer', () => {
  expect(convert(money(11_492, 'CAD'), 'USD', '2026-04-01', april)).toEqual({
    type: 'accepted', because: ['1 CAD was 0.7312 USD on 2026-04-01, Bank of Canada'],
    value: { amount: { minor: 8_403, currency: 'USD' }, original: { minor: 11_492, currency: 'CAD' }, on: '2026-04-01', rate: { from: 'CAD', to: 'USD', on: '2026-04-01', rate: '0.7312', source: 'Bank of Canada', tableVersion: '2026-04' } },
  });
  expect(convert(money(5, 'CAD'), 'CAD', '2026-04-01', april)).toMatchObject({ value: { amount: { minor: 5, currency: 'CAD' }, rate: null } });
});

test('[S2-096] a pair or a day that is not in the table is refused: nothing is turned round, chained or guessed', () => {
  const refused = { type: 'refused', code: 'rateUnknown', path: 'rates', hint: expect.stringContaining('maxAgeDays') };
  expect(convert(money(1, 'USD'), 'CAD', '2026-04-01', april)).toMatchObject({ ...refused, facts: { from: 'USD', to: 'CAD', on: '2026-04-01' } });
  expect(convert(money(1, 'CAD'), 'GBP', '2026-04-01', april)).toMatchObject(refused);
  for (const on of ['2026-03-31', '2026-04-02']) expect(convert(money(1, 'CAD'), 'USD', on, april)).toMatchObject(refused);
  const weekend = { ...bank(['CAD', 'USD', '2026-04-02', '0.73'], ['CAD', 'USD', '2026-04-03', '0.74'], ['CAD', 'USD', '2026-04-06', '0.75']), maxAgeDays: 3 };
  expect(convert(money(100, 'CAD'), 'USD', '2026-04-05', weekend)).toMatchObject({ value: { amount: { minor: 74 }, on: '2026-04-05', rate: { on: '2026-04-03' } } });
  expect(convert(money(100, 'CAD'), 'USD', '2026-04-10', weekend)).toMatchObject(refused);
});

test.each<[string, Parameters<typeof convert>, string]>([
  ['three capitals that are no currency', [money(1, 'ZZZ'), 'USD', '2026-04-01', april], 'amount.currency'], ['a target that is none', [money(1, 'CAD'), 'usd', '2026-04-01', april], 'to'], ['a day that is not', [money(1, 'CAD'), 'USD', '2026-02-30', april], 'on'],
  ['a part of a cent', [{ minor: 0.5, currency: 'CAD' }, 'USD', '2026-04-01', april], 'amount.minor'], ['no amount', [undefined as never, 'USD', '2026-04-01', april], 'amount.minor'], ['an amount beyond what can be exact', [money(Number.MAX_SAFE_INTEGER, 'CAD'), 'KWD', '2026-04-01', april], 'amount.minor'],
  ['a result beyond it', [money(Number.MAX_SAFE_INTEGER, 'CAD'), 'JPY', '2026-04-01', bank(['CAD', 'JPY', '2026-04-01', '999999'])], 'amount.minor'],
  ['a rate as a float', [money(1, 'CAD'), 'USD', '2026-04-01', { ...april, rates: [{ from: 'CAD', to: 'USD', on: '2026-04-01', rate: 0.7 as never }] }], 'rates[0].rate'], ['a rate below 0', [money(1, 'CAD'), 'USD', '2026-04-01', bank(['CAD', 'USD', '2026-04-01', '-0.7'])], 'rates[0].rate'],
  ['a rate of 0', [money(1, 'CAD'), 'USD', '2026-04-01', bank(['CAD', 'USD', '2026-04-01', '0.000'])], 'rates'], ['two rates of one day', [money(1, 'CAD'), 'USD', '2026-04-01', bank(['CAD', 'USD', '2026-04-01', '0.7'], ['CAD', 'USD', '2026-04-01', '0.8'])], 'rates[1]'],
  ['a rate of no day', [money(1, 'CAD'), 'USD', '2026-04-01', bank(['CAD', 'USD', '2026-02-30', '0.7'])], 'rates[0].on'], ['a table without a source', [money(1, 'CAD'), 'USD', '2026-04-01', { ...april, source: '' }], 'source'],
])('[S2-096] %s is refused', (_name, [amount, to, on, table], path) => {
  expect(convert(amount, to, on, table)).toMatchObject({ type: 'refused', code: 'badInput', path });
});

test('[S2-096] every result is that of exact fractions, and a credit mirrors its charge', () => {
  const currency = fc.constantFrom('CAD', 'USD', 'EUR', 'GBP', 'JPY', 'KWD');
  fc.assert(fc.property(fc.integer({ min: -1e9, max: 1e9 }), currency, currency, fc.integer({ min: 0, max: 999 }), fc.integer({ min: 1, max: 999_999 }), (minor, from, to, whole, part) => {
    const rate = `${whole}.${String(part).padStart(6, '0')}`;
    const of = (amount: number): number => {
      const answer = convert(money(amount, from), to, '2026-04-01', bank([from, to, '2026-04-01', rate]));
      return answer.type === 'accepted' ? answer.value.amount.minor : NaN;
    };
    const top = BigInt(Math.abs(minor)) * BigInt(rate.replace('.', '')) * 10n ** BigInt(decimals(to));
    const bottom = 1_000_000n * 10n ** BigInt(decimals(from));
    const exact = from === to ? Math.abs(minor) : Number((2n * top + bottom) / (2n * bottom));
    expect(of(minor)).toBe(minor < 0 ? 0 - exact : exact);
    expect(of(-minor) + of(minor)).toBe(0);
  }));
});

test('[S2-096] currencies in use are known; three capitals alone are none', () => {
  for (const code of ['CAD', 'USD', 'EUR', 'GBP', 'JPY', 'KWD']) expect(isCurrency(code)).toBe(true);
  for (const code of ['ZZZ', 'XXX', 'XAU', 'cad', 'CA', 'CAD ', 'D C', 'AED AFN', '', undefined, 124]) expect(isCurrency(code)).toBe(false);
});
