import fc from 'fast-check';
import { findCardData } from './findCardData.ts';

const PANS = ['4111111111111111', '4012888888881881', '5555555555554444', '2223003122003222', '378282246310005', '6011111111111117', '30569309025904', '3530111333300000', '6200000000000005', '4222222222222'];
const check = (digits: string): string => {
  const sum = [...`${digits}0`].reverse().reduce((total, char, i) => total + (i % 2 === 0 ? Number(char) : [0, 2, 4, 6, 8, 1, 3, 5, 7, 9][Number(char)]!), 0);
  return digits + String((10 - (sum % 10)) % 10);
};
const group = (pan: string, by: string): string => pan.replace(/(\d{4})(?=\d)/g, `$1${by}`);

test.each(PANS)('%s is found bare, grouped, as a number, in a sentence, at any depth, and never repeated', (pan) => {
  const forms: unknown[] = [pan, Number(pan), group(pan, ' '), group(pan, '-'), group(pan, '.'), `carte ${group(pan, ' ')} 12/28`, `n°:${pan};`, pan.replace(/\d/g, (d) => String.fromCharCode(0xff10 + Number(d)))];
  for (const form of forms) {
    const said = findCardData({ a: [{ b: 'x' }, { note: form }] });
    expect(said).toMatchObject({ type: 'refused', code: 'cardDataRefused', path: 'a[1].note' });
    expect(JSON.stringify(said).replace(/\D/g, '')).not.toContain(pan);
  }
});

test('any card number of a known issuer is found whatever the separators', () => {
  const pans = fc.tuple(fc.constantFrom('4', '51', '2230', '6011', '62'), fc.stringMatching(/^\d{14}$/)).map(([prefix, rest]) => check((prefix + rest).slice(0, 15)));
  fc.assert(fc.property(pans, fc.constantFrom('', ' ', '-', '.', '  ', '\u00a0', '\u2013'), fc.constantFrom('', 'Visa: ', '<b>'), (pan, by, before) => {
    fc.pre(!/^(\d)\1*$/.test(pan));
    expect(findCardData([before + group(pan, by)])?.path).toBe('[0]');
  }));
});

test.each([['card_number', '4'], ['cardNumber', 'x'], ['CVV', 123], ['cvc', '123'], ['card_cvc', '12'], ['security-code', '9'], ['pan', 'abc'], ['cc_number', '1'], ['numéro de carte', '7'], ['cryptogramme', '123']])('a field named %s is refused for its name', (key, value) => {
  expect(findCardData({ payment: { [key]: value } })?.path).toBe(`payment.${key}`);
});

test('a card number hidden in a field name is not repeated in the path', () => {
  expect(findCardData({ box: { '4111 1111 1111 1111': true } })).toMatchObject({ path: 'box' });
});

test.each<[string, unknown]>([
  ['a payment intent', 'pi_4111111111111111'], ['a lease token', 'tok4111111111111111x'], ['a UUID', '41111111-1111-1111-1111-111111111111'], ['a fibre id', 5012], ['a moment in milliseconds', 1_775_000_000_009],
  ['a latitude', '45.12345678901234'], ['a latitude as a number', 45.12345678901234], ['zeroes', '0000 0000 0000 0000'], ['a day', '2026-04-07'], ['an ONT serial', 'RCMG19E01234'], ['an IMEI', '356938035643809'],
  ['a failed check digit', '4111 1111 1111 1112'], ['an empty security code', { cvv: '' }], ['a company', { company: 'x', expansion: 'pan' }], ['two phones', '514 555 0123 450 555 0199'], ['a long run', '41111111111111111111111'],
])('%s is left alone', (_, value) => {
  expect(findCardData({ value })).toBeNull();
});

test('telephone numbers are never taken for cards', () => {
  const digits = (n: number) => fc.array(fc.integer({ min: 0, max: 9 }), { minLength: n, maxLength: n }).map((list) => list.join(''));
  const local = fc.tuple(fc.integer({ min: 200, max: 999 }), fc.integer({ min: 200, max: 999 }), digits(4), fc.constantFrom('', ' ', '-', '.'), fc.constantFrom('', '1', '+1'), fc.constantFrom('', ' 12', ' 123', ' 1234', ' x4321'))
    .map(([area, exchange, line, by, country, extension]) => `${country}${country ? by : ''}${area}${by}${exchange}${by}${line}${by === '' ? '' : extension}`);
  const abroad = fc.tuple(fc.integer({ min: 20, max: 99 }), digits(13), fc.constantFrom('', ' ')).map(([country, rest, by]) => `+${country}${by}${rest}`);
  const several = fc.array(local, { minLength: 1, maxLength: 4 }).map((list) => list.join(', '));
  fc.assert(fc.property(fc.oneof(local, abroad, several), (phone) => expect(findCardData({ phone })).toBeNull()), { numRuns: 5000 });
});

test('it stands anything JSON can hold, however deep, and loops too', () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => void findCardData(value)));
  let deep: unknown = 'x';
  for (let i = 0; i < 50_000; i++) deep = [deep];
  expect(findCardData(deep)).toBeNull();
  const loop: Record<string, unknown> = {};
  loop['self'] = loop;
  expect(findCardData(loop)).toBeNull();
});

test('card data is seen by name and by look; other numbers are not', () => {
  for (const card of ['4242424242424242', '5555 5555 5555 4444', '3782-822463-10005', '6011111111111117', '30569309025904', '3566002020360505', 4111111111111111]) expect([card, findCardData({ a: [{ b: card }] })?.path]).toEqual([card, 'a[0].b']);
  for (const fine of ['4242424242424241', '490154203237518', '15145551234', 'RCMG19E01234', '2026-04-01', 'pi_4242424242424242', 1775048400000]) expect([fine, findCardData({ a: fine })]).toEqual([fine, null]);
  expect(findCardData({ Card_Number: 'x' })?.path).toBe('Card_Number');
  expect(findCardData({ cvc: '' })).toBeNull();
});
