import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { BilledSubscription } from '../../../core/src/index.ts';
import { postgresIsHere, throwAwayPostgres } from '../../journal/test/postgres.ts';
import type { GenerateInvoice, Invoice } from '../src/api.ts';
import { invoiceBook } from '../src/invoiceBook.ts';
import { folder, testHub, type TestHub } from './hub.ts';

// The hub's clock stands at 2026-04-01T13:00:00Z.
const subscription = (id: string, start = '2026-03-01', unitMinor = 9_995): BilledSubscription => ({ id, start, items: [{ key: 'internet', terms: [{ from: start, sku: 'FTTH150I', description: 'Fibre <150>', unitMinor }] }] });
const asked = (id: string, more: Partial<GenerateInvoice> = {}): GenerateInvoice => ({ account: { id: `acc-${id}`, currency: 'CAD', jurisdiction: 'CA-QC' }, subscription: subscription(id), asOf: '2026-03-01', ...more });
const brand = { version: '1', name: 'Gigafibre & Co', address: ['1 rue Roy', 'Elgin QC'], taxNumbers: [{ tax: 'TPS', number: '123456789 RT0001' }, { tax: 'TVQ', number: '1234567890 TQ0001' }], colour: '#aa3300' };
const numbers = (all: readonly Invoice[]): readonly string[] => all.map(({ number }) => number);

describe('invoices of the hub', () => {
  let hub: TestHub;
  beforeAll(async () => { hub = await testHub({ brand }); }, 60_000);
  beforeEach(() => hub.deps.db.script('TRUNCATE issued_invoice, invoice_count, event RESTART IDENTITY'));
  afterAll(() => hub.close());
  const generate = async (id: string, more: Partial<GenerateInvoice> = {}): Promise<any> => hub.client.invoices.generate(id, asked(id, more));

  test('[S2-117] what a subscription owes becomes one numbered invoice; asked again it is the same; the next month is another', async () => {
    const first = await generate('s1');
    expect(first).toMatchObject({ type: 'invoice', number: 'INV-202603-0001', subscriptionId: 's1', accountId: 'acc-s1', repeated: false, bill: { kind: 'invoice', subtotalMinor: 9_995, taxMinor: 1_497, totalMinor: 11_492, dueMinor: 11_492 } });
    expect(await generate('s1')).toEqual({ ...first, repeated: true });
    expect(await generate('s1', { asOf: '2026-03-15' })).toEqual({ type: 'nothingToBill', subscriptionId: 's1' });
    expect(await generate('s1', { asOf: '2026-04-01', creditMinor: 1_492 })).toMatchObject({ number: 'INV-202604-0001', bill: { totalMinor: 11_492, prepaidMinor: 1_492, dueMinor: 10_000 } });
    expect(numbers((await hub.client.invoices.list({ accountId: 'acc-s1' })).invoices)).toEqual(['INV-202603-0001', 'INV-202604-0001']);
    expect(await hub.client.invoices.list({ accountId: 'acc-other' })).toEqual({ type: 'invoices', invoices: [], next: null });
    expect(await hub.client.invoices.get('INV-202603-0001')).toEqual({ ...first, repeated: true });
    const events = await hub.client.events.list({ types: 'invoice.issued' });
    expect(events.map(({ stream, data }) => [stream, data['number'], data['totalMinor']])).toEqual([['account-acc-s1', 'INV-202603-0001', 11_492], ['account-acc-s1', 'INV-202604-0001', 11_492]]);
  });

  test('[S2-117] a price told late comes back as a credit note with a number of its own', async () => {
    await generate('s1');
    expect(await generate('s1', { subscription: subscription('s1', '2026-03-01', 7_995), asOf: '2026-03-20' })).toMatchObject({ number: 'CN-202603-0001', bill: { kind: 'creditNote', subtotalMinor: -2_000, totalMinor: -2_300 } });
    expect(await generate('s1', { subscription: subscription('s1', '2026-03-01', 7_995), asOf: '2026-03-21' })).toMatchObject({ type: 'nothingToBill' });
  });

  test('[S2-117] pages of invoices have no overlap and no hole', async () => {
    for (let i = 0; i < 7; i += 1) await generate(`p${i}`);
    const seen: string[] = [];
    for (let after: number | null = 0; after !== null; ) {
      const page = await hub.client.invoices.list({ after, limit: 3 });
      seen.push(...numbers(page.invoices));
      after = page.next;
    }
    expect(seen).toEqual(Array.from({ length: 7 }, (_one, i) => `INV-202603-000${i + 1}`));
  });

  test('[S2-094] fifty at once, refusals among them and one that falls in the middle, leave no number out and give none twice', async () => {
    const all = await Promise.all(Array.from({ length: 50 }, (_one, i) => generate(`s${i}`, i % 10 === 3 ? { account: { id: `acc-s${i}`, currency: 'CAD', jurisdiction: 'XX-YY' } } : {})));
    expect(all.filter(({ code }) => code === 'jurisdictionUnknown')).toHaveLength(5);
    const falls = invoiceBook({ ...hub.deps, zone: 'America/Toronto', events: { ...hub.deps.events, publish: async () => { throw new Error('the hub dies'); } } });
    await expect(falls.generate('s99', asked('s99'))).rejects.toThrow('the hub dies');
    expect(await generate('s99')).toMatchObject({ number: 'INV-202603-0046', repeated: false });
    expect(numbers((await hub.client.invoices.list({ limit: 500 })).invoices).toSorted()).toEqual(Array.from({ length: 46 }, (_one, i) => `INV-202603-${String(i + 1).padStart(4, '0')}`));
  });

  test('[S2-117] the same request twenty times at once is one invoice', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => generate('s1')));
    expect(new Set(numbers(all as Invoice[]))).toEqual(new Set(['INV-202603-0001']));
    expect(all.filter(({ repeated }) => !repeated)).toHaveLength(1);
  });

  test.each<[string, Partial<GenerateInvoice>, string, string]>([
    ['another subscription than the one of the address', { subscription: subscription('s2') }, 'badInput', 'subscription.id'], ['a day to come', { asOf: '2026-04-02' }, 'badInput', 'asOf'], ['a day that is not', { asOf: '2026-02-30' }, 'badInput', 'asOf'],
    ['three capitals that are no currency', { account: { id: 'acc-s1', currency: 'ZZZ', jurisdiction: 'CA-QC' } }, 'badInput', 'account.currency'], ['a subscription that is none', { subscription: { id: 's1' } as never }, 'badInput', 'subscriptions[0].items'], ['a policy that is none', { policy: { version: '1', dueInDays: -1 } }, 'badInput', 'policy'],
    ['taxes that are none', { taxTable: {} as never }, 'badInput', ''], ['a place without taxes', { account: { id: 'acc-s1', currency: 'CAD', jurisdiction: 'US-NY' } }, 'jurisdictionUnknown', 'jurisdiction'],
  ])('[S2-117] %s is refused, and no number is used', async (_name, more, code, path) => {
    expect(await generate('s1', more)).toMatchObject({ type: 'refused', code, ...(path ? { path } : {}) });
    expect(await generate('s1')).toMatchObject({ number: 'INV-202603-0001' });
  });

  test('[S2-096] a subscription keeps its account and currency: another one is refused, never converted', async () => {
    await generate('s1');
    for (const account of [{ id: 'acc-s1', currency: 'USD', jurisdiction: 'CA-QC' }, { id: 'acc-other', currency: 'CAD', jurisdiction: 'CA-QC' }]) expect(await generate('s1', { account, asOf: '2026-04-01' })).toMatchObject({ code: 'accountMismatch', facts: { number: 'INV-202603-0001', currency: 'CAD' } });
  });

  test('[S2-094] the page of an invoice is in the operator\'s brand, in both languages, with its tax numbers and nothing unescaped', async () => {
    await generate('s1');
    const page = async (language: string) => hub.ask('GET', `/v1/billing/invoices/INV-202603-0001/page${language}`);
    const [french, english] = [await page(''), await page('?language=en')];
    expect([french.status, french.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    for (const shown of ['Facture INV-202603-0001', 'Gigafibre &amp; Co', '1 rue Roy', 'TPS 123456789 RT0001', 'TVQ 1234567890 TQ0001', 'Fibre &lt;150&gt;', '114,92', 'TPS 5 %', 'TVQ 9,975 %', '#aa3300', 'dimanche 1er mars 2026', '2026-03-01 au 2026-03-31']) expect(french.text.replaceAll('\u00a0', ' ')).toContain(shown);
    for (const shown of ['Invoice INV-202603-0001', '$114.92', 'GST 5%', 'Sunday, March 1, 2026']) expect(english.text).toContain(shown);
    expect(french.text).not.toMatch(/<150>|<script/);
    expect((await page('?language=de')).status).toBe(400);
    expect((await hub.ask('GET', '/v1/billing/invoices/INV-202603-0009/page')).status).toBe(404);
  });
});

test('[S2-094] numbers go on after a restart, without a gap and without a repeat; without a brand there is no page, and it says what to set', async () => {
  const where = join(folder(), 'invoices');
  const made: string[] = [];
  for (let round = 0; round < 2; round += 1) {
    const hub = await testHub({ database: where });
    try {
      for (const id of [`r${round}a`, `r${round}b`]) made.push(((await hub.client.invoices.generate(id, asked(id))) as Invoice).number);
      expect(await hub.client.invoices.generate('r0a', asked('r0a'))).toMatchObject({ number: 'INV-202603-0001', repeated: true });
      expect(await hub.ask('GET', '/v1/billing/invoices/INV-202603-0001/page')).toMatchObject({ status: 409, body: { code: 'brandMissing', hint: expect.stringContaining('LEADLIGHT_BRAND') } });
    } finally {
      await hub.close();
    }
  }
  rmSync(where, { recursive: true, force: true });
  expect(made).toEqual(Array.from({ length: 4 }, (_one, i) => `INV-202603-000${i + 1}`));
}, 90_000);

(postgresIsHere() ? test : test.skip)('[S2-094] two hubs on one PostgreSQL number as one', async () => {
  const server = await throwAwayPostgres();
  const hubs = await Promise.all([testHub({ database: server.url }), testHub({ database: server.url })]);
  try {
    const all = await Promise.all(Array.from({ length: 30 }, (_one, i) => hubs[i % 2]!.client.invoices.generate(`s${i}`, asked(`s${i}`))));
    expect(numbers(all as Invoice[]).toSorted()).toEqual(Array.from({ length: 30 }, (_one, i) => `INV-202603-${String(i + 1).padStart(4, '0')}`));
    const twice = await Promise.all([0, 1, 0, 1].map((i) => hubs[i]!.client.invoices.generate('both', asked('both'))));
    expect(new Set(numbers(twice as Invoice[])).size).toBe(1);
  } finally {
    for (const hub of hubs) await hub.close();
    await server.stop();
  }
}, 90_000);
