import fc from 'fast-check';
import { residentialCatalog } from '../tenant/residentialCatalog.ts';
import { canadaTaxTable as taxTable } from '../tenant/canadaTaxTable.ts';
import { priceCheckout } from '../pricing/priceCheckout.ts';
import type { CustomerBill } from '../billing/customerBill.ts';
import { firstInvoice } from './firstInvoice.ts';
import type { FirstInvoiceInput, FirstInvoiceLine } from './firstInvoiceInput.ts';

const internet: FirstInvoiceLine = { sku: 'FTTH150I', description: 'Internet 150', charge: 'mrc', amountMinor: 9995 };
const account = { zone: 'America/Toronto', currency: 'CAD', jurisdiction: 'CA-QC' };
const input: FirstInvoiceInput = { orderId: 'ord_1', account, lines: [internet], activatedAt: '2026-04-13T14:20:00Z', prepaymentMinor: 11492, taxTable };
const bill = (more: Partial<FirstInvoiceInput> = {}): CustomerBill => {
  const answer = firstInvoice({ ...input, ...more });
  if (answer.type === 'refused') throw new Error(`${answer.code} ${answer.path}`);
  return answer.value;
};
/** The order of the seed: Internet, TV with its first box, telephone. */
const quote = () => {
  const answer = priceCheckout(
    { services: [{ sku: 'FTTH150I', type: 'internet' }, { sku: 'TVBSTANDARD', type: 'tv' }, { sku: 'TELEPMENS', type: 'phone' }], tvBoxes: 1 },
    residentialCatalog,
    { firstTvBox: true, jurisdiction: 'CA-QC', on: '2026-04-03', taxTable },
  );
  if (answer.type === 'refused') throw new Error(answer.message);
  return answer.value;
};
const amountOf = (made: CustomerBill, sku: string) => made.lines.filter((line) => line.sku === sku).reduce((sum, line) => sum + line.amountMinor, 0);

test('[S1-118] live on 13 April with the tenant\'s billing day 1: 18 of 30 days, the prepayment pays it, the rest stays credit', () => {
  const made = bill({ policy: { version: 'p/1', anchorDay: 1, dueInDays: 0 } });
  expect(made).toMatchObject({
    id: 'ord_1:inv:first', issuedOn: '2026-04-13', dueOn: '2026-04-13', anchorDay: 1, period: { start: '2026-04-13', end: '2026-05-01' },
    subtotalMinor: 5997, taxMinor: 300 + 598, totalMinor: 6895, prepaidMinor: 6895, dueMinor: 0, creditLeftMinor: 4597, policyVersion: 'p/1', taxTableVersion: taxTable.version,
  });
  expect(made.taxes.map(({ tax, amountMinor }) => [tax, amountMinor])).toEqual([['GST', 300], ['QST', 598]]);
  expect(made.lines).toEqual([{ key: 'ord_1:FTTH150I:2026-04-13', sku: 'FTTH150I', description: 'Internet 150', quantity: 1, amountMinor: 5997, taxCode: 'standard', taxedOn: '2026-04-13', period: { start: '2026-04-13', end: '2026-05-01' }, days: 18, ofDays: 30, because: '18 of 30 days, 2026-04-13 to 2026-04-30' }]);
});

test('without an anchor the day of activation becomes it: a full first month, to the cent what was paid', () => {
  expect(bill()).toMatchObject({ anchorDay: 13, period: { start: '2026-04-13', end: '2026-05-13' }, subtotalMinor: 9995, taxMinor: 1497, totalMinor: 11492, dueMinor: 0, creditLeftMinor: 0 });
});

test('the day is the account\'s own: 01:30 UTC is still yesterday in Toronto', () => {
  const at = { activatedAt: '2026-05-01T01:30:00Z', policy: { version: 'p/1', anchorDay: 1, dueInDays: 0 } };
  expect(bill(at)).toMatchObject({ issuedOn: '2026-04-30', subtotalMinor: 333 });
  expect(bill({ ...at, account: { ...account, zone: 'Europe/Paris' } })).toMatchObject({ issuedOn: '2026-05-01', subtotalMinor: 9995 });
});

test('[S1-118] the order of the seed bills, from its quote, exactly what was paid at checkout', () => {
  const made = bill({ lines: quote(), prepaymentMinor: 25242, language: 'fr' });
  expect(made).toMatchObject({ subtotalMinor: 14959 + 6995, totalMinor: 25242, dueMinor: 0, creditLeftMinor: 0 });
  expect(made.totalMinor).toBe(quote().dueNow.totalMinor);
});

test('on a stub the discount shrinks with what it discounts, 911 does not, and one-off charges stay whole', () => {
  const made = bill({ lines: quote(), prepaymentMinor: 25242, account: { ...account, anchorDay: 1 }, subscriptions: { FTTH150I: 'SSUB-1' } });
  expect(amountOf(made, 'FTTH150I')).toBe(5997);
  expect(amountOf(made, 'TVBSTANDARD')).toBe(1800);
  expect(amountOf(made, 'TELEPMENS')).toBe(1737);
  expect(amountOf(made, 'RAB3X')).toBe(-600);
  expect(amountOf(made, 'SERV911')).toBe(69);
  expect(amountOf(made, 'ACTTELEP')).toBe(6995);
  expect(made.lines.find(({ sku }) => sku === 'SERV911')).toMatchObject({ key: 'ord_1:SERV911:2026-04', because: 'due whole for the month begun' });
  expect(made.lines.find(({ sku }) => sku === 'ACTTELEP')).toMatchObject({ key: 'ord_1:ACTTELEP:once' });
  expect(made.lines.find(({ sku }) => sku === 'FTTH150I')).toMatchObject({ subscription: 'SSUB-1' });
  expect(made.creditLeftMinor).toBe(25242 - made.totalMinor);
});

test('a prepayment that is too small leaves the difference due', () => {
  expect(bill({ prepaymentMinor: 1000, policy: { version: 'p/1', dueInDays: 15 } })).toMatchObject({ prepaidMinor: 1000, dueMinor: 10492, creditLeftMinor: 0, dueOn: '2026-04-28' });
});

test('an account\'s own day goes before the tenant\'s, and the 31st is clamped without drifting', () => {
  expect(bill({ account: { ...account, anchorDay: 31 }, activatedAt: '2026-02-10T15:00:00Z', policy: { version: 'p/1', anchorDay: 1, dueInDays: 0 } }))
    .toMatchObject({ anchorDay: 31, period: { start: '2026-02-10', end: '2026-02-28' } });
});

test('rounding line by line never lets a discount make the bill negative', () => {
  const lines: FirstInvoiceLine[] = [
    { sku: 'A', description: 'A', charge: 'mrc', amountMinor: 10 }, { sku: 'B', description: 'B', charge: 'mrc', amountMinor: 10 }, { sku: 'C', description: 'C', charge: 'mrc', amountMinor: 10 }, { sku: 'RAB', description: 'Rabais', charge: 'mrc', amountMinor: -30 },
  ];
  // One day of thirty: each line 0.33 → 0, the discount -1.
  const made = bill({ lines, activatedAt: '2026-04-30T15:00:00Z', account: { ...account, anchorDay: 1 }, prepaymentMinor: 0 });
  expect(made.subtotalMinor).toBe(0);
  expect(made.lines[3]!.because).toContain('capped');
});

test.each<[Partial<FirstInvoiceInput>, string, string | undefined]>([
  [{ lines: [] }, 'nothingToBill', 'lines'],
  [{ activatedAt: '2026-04-13' }, 'badInput', 'activatedAt'],
  [{ activatedAt: '2026-02-30T00:00:00Z' }, 'badInput', 'activatedAt'],
  [{ account: { ...account, zone: 'Mars/Olympus' } }, 'badInput', 'account.zone'],
  [{ account: { ...account, currency: 'cad' } }, 'badInput', 'account.currency'],
  [{ account: { ...account, anchorDay: 32 } }, 'badInput', 'account.anchorDay'],
  [{ account: { ...account, jurisdiction: 'CA-BC' } }, 'jurisdictionUnknown', 'jurisdiction'],
  [{ prepaymentMinor: -1 }, 'badInput', 'prepaymentMinor'],
  [{ prepaymentMinor: 1.5 }, 'badInput', 'prepaymentMinor'],
  [{ lines: [internet, { ...internet, amountMinor: 99.95 }] }, 'badInput', 'lines[1].amountMinor'],
  [{ lines: [{ ...internet, quantity: 0 }] }, 'badInput', 'lines[0].quantity'],
  [{ lines: [{ ...internet, taxCode: 'magic' }] }, 'taxCodeUnknown', 'taxable[0].taxCode'],
  [{ lines: [{ ...internet, amountMinor: -100 }] }, 'badInput', 'lines'],
])('refuses %j with %s at %s', (change, code, path) => {
  expect(firstInvoice({ ...input, ...change })).toMatchObject({ type: 'refused', code, ...(path !== undefined && { path }) });
});

test('lines and taxes add up, prepaid and due make the total, credit is never lost, and it all survives JSON', () => {
  const line = fc.record({ sku: fc.constantFrom('A', 'B', 'C'), description: fc.constant('x'), charge: fc.constantFrom('mrc' as const, 'nrc' as const), amountMinor: fc.nat(200_000), prorated: fc.boolean(), quantity: fc.integer({ min: 1, max: 4 }) });
  fc.assert(fc.property(fc.array(line, { minLength: 1, maxLength: 8 }), fc.nat(365), fc.option(fc.integer({ min: 1, max: 31 }), { nil: undefined }), fc.nat(500_000), (lines, day, anchorDay, prepaymentMinor) => {
    const activatedAt = new Date(Date.UTC(2026, 0, 1 + day, 12)).toISOString();
    const made = bill({ lines, activatedAt, prepaymentMinor, account: { ...account, ...(anchorDay && { anchorDay }) } });
    expect(made.lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(made.subtotalMinor);
    expect(made.subtotalMinor + made.taxes.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(made.totalMinor);
    expect(made.prepaidMinor + made.dueMinor).toBe(made.totalMinor);
    expect(made.prepaidMinor + made.creditLeftMinor).toBe(prepaymentMinor);
    expect(made.subtotalMinor).toBeLessThanOrEqual(lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0));
    expect(JSON.parse(JSON.stringify(made))).toEqual(made);
  }));
});
