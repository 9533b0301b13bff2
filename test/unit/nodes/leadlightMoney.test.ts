// Bills, prices, usage and accounts in n8n: of each operation a good case and a refusal with its path.
import { Leadlight } from '../../../nodes/Leadlight/Leadlight.node.ts';
import { at, dropped, refusal, type Data } from '../support/dropped.ts';
import { pick } from '../support/n8n.ts';

const node = new Leadlight();
const here = dropped(node);
const { run, value } = here;
beforeEach(() => at('2026-04-13T14:20:00.000Z'));
afterAll(() => jest.useRealTimers());

describe('Billing', () => {
  const account = { id: 'acc_1', currency: 'CAD', jurisdiction: 'CA-QC' };
  const subscription = { id: 'sub_1', start: '2026-04-13', cadence: { unit: 'month', anchorDay: 1 }, items: [{ key: 'net', terms: [{ from: '2026-04-13', sku: 'FTTH150I', description: 'Internet', unitMinor: 9995 }] }] };
  const given = { account, subscriptions: [subscription], asOf: '2026-04-13' };

  test('[S2-060] [S0-08] Next Bill bills what is owed, then nothing, and refuses an impossible day', async () => {
    const bill = await value('billing', 'nextBill', given);
    expect(bill).toMatchObject({ kind: 'invoice', subtotalMinor: 5997, totalMinor: 6895, dueMinor: 6895, lines: [{ key: 'sub_1:net:2026-04-13', days: 18, ofDays: 30 }] });
    expect(await run('billing', 'nextBill', { ...given, billed: bill['lines'] })).toMatchObject({ type: 'accepted', value: null });
    expect(await value('billing', 'nextBill', { ...given, subscriptions: JSON.stringify(subscription), options: { creditMinor: 10000, policy: '{"version": "billing/net15", "dueInDays": 15}' } })).toMatchObject({ dueMinor: 0, creditLeftMinor: 3105, dueOn: '2026-04-28', policyVersion: 'billing/net15' });
    expect(await run('billing', 'nextBill', { ...given, asOf: '2026-02-30' })).toMatchObject(refusal('badInput', 'asOf'));
    expect(await run('billing', 'nextBill', { ...given, account: { ...account, jurisdiction: 'XX-YY' } })).toMatchObject(refusal('jurisdictionUnknown', 'jurisdiction'));
    // What an expression failed to give is not an empty list: nobody is billed twice for it.
    expect(await run('billing', 'nextBill', { ...given, billed: undefined })).toMatchObject(refusal('badInput', 'billed'));
    expect(await run('billing', 'nextBill', { ...given, subscriptions: [{ ...subscription, items: {} }] })).toMatchObject(refusal('badInput', 'subscriptions[0].items'));
  });

  test('Catch Up makes every missed bill as on its day', async () => {
    const missed = await value('billing', 'catchUp', { ...given, after: '2026-04-12', asOf: '2026-06-15' });
    expect(missed.map((bill: Data) => [bill['issuedOn'], bill['subtotalMinor']])).toEqual([['2026-04-13', 5997], ['2026-05-01', 9995], ['2026-06-01', 9995]]);
    expect(await run('billing', 'catchUp', { ...given, after: 'yesterday' })).toMatchObject(refusal('badInput', 'after'));
  });

  test('[S0-48] Upcoming Bill is the next one, made by the same code', async () => {
    const { lines } = await value('billing', 'nextBill', given);
    const upcoming = await value('billing', 'upcomingBill', { ...given, billed: lines });
    expect(upcoming).toMatchObject({ issuedOn: '2026-05-01', subtotalMinor: 9995 });
    expect(upcoming).toEqual(await value('billing', 'nextBill', { ...given, billed: lines, asOf: '2026-05-01' }));
    expect(await run('billing', 'upcomingBill', { ...given, asOf: '2026-13-01' })).toMatchObject(refusal('badInput', 'asOf'));
  });

  test('[S0-12] [S0-128] Final Bill gives back what was not used and asks what is still owed', async () => {
    const { lines } = await value('billing', 'nextBill', given);
    expect(await value('billing', 'finalBill', { ...given, billed: lines, asOf: '2026-04-22' })).toMatchObject({ kind: 'creditNote', subtotalMinor: -2999 });
    const fees = [{ key: 'etf', on: '2026-04-22', sku: 'ETF', description: 'Early termination', amountMinor: 5000 }];
    expect(await value('billing', 'finalBill', { ...given, billed: lines, asOf: '2026-04-22', options: { fees } })).toMatchObject({ kind: 'invoice', subtotalMinor: 2001 });
    expect(await run('billing', 'finalBill', { ...given, asOf: '2026-04-01' })).toMatchObject(refusal('badInput', 'subscriptions[0].end'));
    expect(await run('billing', 'finalBill', { ...given, options: { fees: [{ key: 'etf' }] } })).toMatchObject(refusal('badInput', 'options.fees[0].on'));
  });

  test('[S0-09] [S2-056] Change Items: the next bill gives back and charges the difference', async () => {
    const { lines } = await value('billing', 'nextBill', given);
    const set = [{ key: 'net', terms: [{ from: '2026-04-22', sku: 'FTTH1500I', description: 'Fast', unitMinor: 10995 }] }];
    const changed = await value('billing', 'changeItems', { subscription, on: '2026-04-22', set });
    const bill = await value('billing', 'nextBill', { ...given, subscriptions: changed, billed: lines, asOf: '2026-04-22' });
    expect(bill['lines'].map((line: Data) => line['amountMinor'])).toEqual([-2999, 3299]);
    expect(await run('billing', 'changeItems', { subscription, on: '2026-04-22', set: [], remove: ['tv'] })).toMatchObject(refusal('unknownItem', 'remove[0]'));
    expect(await run('billing', 'changeItems', { subscription, on: '2026-04-01', set })).toMatchObject(refusal('badInput', 'on'));
  });

  test('[S0-09] Prorate counts days, or seconds between instants: a day of 23 hours is shorter', async () => {
    expect(await run('billing', 'prorate')).toMatchObject({ type: 'accepted', value: { minor: 5997, restMinor: 3998, used: 18, of: 30 }, because: ['18 of 30 days, 2026-04-13 to 2026-04-30'] });
    const march = { amountMinor: 3100, periodStart: '2026-03-01T05:00:00Z', periodEnd: '2026-04-01T04:00:00Z', usedStart: '2026-03-08T05:00:00Z', usedEnd: '2026-03-09T04:00:00Z' };
    expect(await value('billing', 'prorate', march)).toMatchObject({ minor: 96, used: 82_800, of: 2_674_800 });
    expect(await run('billing', 'prorate', { usedEnd: '2026-05-02' })).toMatchObject(refusal('badInput', 'used'));
    expect(await run('billing', 'prorate', { periodEnd: '2026-04-31' })).toMatchObject(refusal('badInput', 'period.end'));
  });

  test('Compute Taxes taxes once, honours exemptions and tables, and refuses what it does not know', async () => {
    const taxes = async (filled: object): Promise<[string, number][]> => ((await value('billing', 'computeTaxes', filled)) as Data[]).map(({ tax, amountMinor }) => [tax, amountMinor]);
    expect(await taxes({})).toEqual([['GST', 748], ['QST', 1492]]);
    expect(await taxes({ amounts: 10000, jurisdiction: pick('id', 'CA-NS') })).toEqual([['HST', 1400]]);
    expect(await taxes({ options: { exemptions: { tax: 'QST', certificate: 'band 7' } } })).toEqual([['GST', 748]]);
    expect(await run('billing', 'computeTaxes', { jurisdiction: pick('id', 'CA-BC') })).toMatchObject(refusal('jurisdictionUnknown', 'jurisdiction'));
    expect(await run('billing', 'computeTaxes', { amounts: [{ amountMinor: 1, taxCode: 'alcohol' }] })).toMatchObject(refusal('taxCodeUnknown', 'taxable[0].taxCode'));
    expect(await run('billing', 'computeTaxes', { options: { taxTable: '{"version": "1"}' } })).toMatchObject(refusal('badInput', 'taxTable'));
  });

  test('Check Tax Table names the rate that is wrong', async () => {
    const table = await value('billing', 'checkTaxTable');
    table['jurisdictions']['CA-QC'].rates[1].ratePpm = 9.975;
    expect(await run('billing', 'checkTaxTable', { table })).toMatchObject(refusal('badInput', 'jurisdictions.CA-QC.rates[1].ratePpm'));
  });

  test('[S1-118] First Invoice takes lines or the quote, and says where lines are not', async () => {
    expect(await value('billing', 'firstInvoice', { account: { zone: 'America/Toronto', currency: 'CAD', jurisdiction: 'CA-QC', anchorDay: 1 } })).toMatchObject({ subtotalMinor: 5997, totalMinor: 6895 });
    expect(await run('billing', 'firstInvoice', { lines: { monthly: {} } })).toMatchObject(refusal('badInput', 'lines'));
  });
});

describe('Catalogue and Quote', () => {
  test('[S1-059] Catalogue: Check finds slips and refuses what cannot be sold', async () => {
    const checked = await run('catalogue', 'check');
    expect(checked).toMatchObject({ type: 'accepted', value: { id: 'residential-qc' }, warnings: expect.arrayContaining([expect.objectContaining({ code: 'sameValue', skus: ['RAB24M', 'RAB36M'] })]) });
    const [first, ...rest] = checked['value'].offerings;
    expect(await run('catalogue', 'check', { catalog: { ...checked['value'], offerings: [{ ...first, mrcMinor: 49.95 }, ...rest] } })).toMatchObject(refusal('badInput', 'offerings[0].mrcMinor'));
    expect(await run('catalogue', 'check', { catalog: { ...checked['value'], offerings: [first, ...rest, first] } })).toMatchObject({ type: 'refused', code: 'catalogInconsistent' });
    expect(await run('catalogue', 'listOfferings', { options: { catalog: { offerings: 7 } } })).toMatchObject({ type: 'refused', code: 'badInput', path: expect.stringMatching(/^options\.catalog\./) });
  });

  test('[S1-118] Subscribe: what was quoted is what is billed', async () => {
    const sold = await value('quote', 'subscribe', { options: { anchorDay: '1', language: 'en' } });
    expect(sold).toMatchObject({ id: 'sub_1', start: '2026-04-13', cadence: { unit: 'month', anchorDay: 1 } });
    expect(sold['items'].map(({ key, terms }: Data) => [key, terms[0].unitMinor, terms[0].until])).toEqual([['FTTH150I', 9995, undefined], ['TELEPMENS', 2895, undefined], ['SERV911', 69, undefined], ['RAB2X', -500, undefined], ['RAB24M', -1500, undefined]]);
    expect(await value('billing', 'nextBill', { subscriptions: sold, asOf: '2026-04-13' })).toMatchObject({ kind: 'invoice', lines: expect.arrayContaining([expect.objectContaining({ sku: 'ACTTELEP', amountMinor: 6995 })]) });
    expect(await run('quote', 'subscribe', { selection: { services: [{ sku: 'NOPE', type: 'internet' }] } })).toMatchObject(refusal('unknownSku', 'services[0].sku'));
  });

  test('[S2-054] [S2-074] Price Over Time and Term Price', async () => {
    expect(await run('quote', 'priceTerms', { sku: pick('list', 'FTTH25'), options: { language: 'en' } })).toMatchObject({ type: 'accepted', value: [{ from: '2026-04-13', sku: 'FTTH25', unitMinor: 4995 }] });
    const catalog = (await run('catalogue', 'check'))['value'] as Data;
    catalog['offerings'][0].phases = [{ months: 3, offPpm: 200_000 }];
    const terms = await run('quote', 'priceTerms', { sku: pick('id', 'FTTH25'), options: { catalog } });
    expect(terms['value'].map(({ from, unitMinor }: Data) => [from, unitMinor])).toEqual([['2026-04-13', 3996], ['2026-07-13', 4995]]);
    expect(await run('quote', 'priceTerms', { sku: pick('id', 'NOPE') })).toMatchObject(refusal('unknownSku', 'sku'));
    expect(await value('quote', 'termPrice')).toBe(497_004);
    expect(await value('quote', 'termPrice', { options: { priceMinor: 499_000 } })).toBe(499_000);
    expect(await run('quote', 'termPrice', { months: 0 })).toMatchObject(refusal('badInput', 'months'));
  });

  test('[S0-12] Early Termination by the law of the place; Occasion Fees as the catalogue has them', async () => {
    expect(await value('quote', 'earlyTermination')).toMatchObject({ feeMinor: 5000, monthsLeft: 18 });
    expect(await value('quote', 'earlyTermination', { rules: 'canada' })).toMatchObject({ feeMinor: 0 });
    expect(await value('quote', 'earlyTermination', { options: { goodsRebateMinor: 24_000 } })).toMatchObject({ feeMinor: 18_000 });
    expect(await run('quote', 'earlyTermination', { on: '2020-01-01' })).toMatchObject(refusal('badInput', 'on'));
    const catalog = (await run('catalogue', 'check'))['value'] as Data;
    catalog['offerings'].push({ ...catalog['offerings'].find(({ sku }: Data) => sku === 'ACTTELEP'), sku: 'RECONNECT', nrcMinor: 2500, occasion: 'reconnection', autoWith: undefined });
    expect(await run('quote', 'occasionFees', { options: { catalog, language: 'en' } })).toMatchObject({ charges: [{ sku: 'RECONNECT', on: '2026-04-13', amountMinor: 2500 }] });
    expect(await run('quote', 'occasionFees', { options: { catalog: { ...catalog, currency: 'dollars' } } })).toMatchObject(refusal('badInput', 'options.catalog.currency'));
  });
});

describe('Usage', () => {
  test('[S2-055] [S2-057] Rate charges what is over the limit and warns', async () => {
    expect(await value('usage', 'rate')).toMatchObject({ used: 1250, overage: 250, warnings: [80, 100], charges: [{ amountMinor: 2500, on: '2026-05-01' }] });
    expect(await value('usage', 'rate', { options: { charged: [2500], warned: [80, 100] } })).toMatchObject({ charges: [], warnings: [] });
    expect(await run('usage', 'rate', { records: [{ id: 'u', at: '2026-04-01', metric: 'storage', quantity: 1 }] })).toMatchObject(refusal('badInput', 'records[0].metric'));
    expect(await run('usage', 'rate', { records: [{ id: 'u', at: '2026-04-01', metric: 'api_calls', quantity: 1 }, { id: 'u', at: '2026-04-01', metric: 'api_calls', quantity: 2 }] })).toMatchObject(refusal('recordChanged', 'records[1]'));
    expect(await run('usage', 'rate', { records: undefined })).toMatchObject(refusal('badInput', 'records'));
  });

  test('[S2-055] [S2-059] Check Limit: the last unit of a hard limit is allowed, the next one is not; a soft one is charged', async () => {
    expect(await value('usage', 'checkLimit', { quantity: 210 })).toMatchObject({ used: 1000, warnings: [80, 100] });
    expect(await run('usage', 'checkLimit', { quantity: 211 })).toMatchObject({ ...refusal('limitReached', 'quantity'), facts: { limit: 1000 } });
    expect(await value('usage', 'checkLimit', { quantity: 211, meter: here.parameters('usage', 'rate')['meter'] })).toMatchObject({ overage: 1 });
  });

  test('[S2-055] Read Session Counters: gigawords, a reset, a report from the past', async () => {
    expect(await value('usage', 'readCounters')).toEqual({ octets: 100_000, day: '2026-04-01', reset: false });
    const before = { at: '2026-04-01T10:00:00Z', inputOctets: 5000 };
    expect(await value('usage', 'readCounters', { before, after: { at: '2026-04-02T04:30:00Z', inputOctets: 70 } })).toEqual({ octets: 70, day: '2026-04-02', reset: true });
    expect(await run('usage', 'readCounters', { before, after: { at: '2026-04-01T09:00:00Z', inputOctets: 6000 } })).toMatchObject(refusal('badInput', 'after'));
  });
});

describe('Account', () => {
  const journal = (state: Data) => ({ ledger: state });

  test('[S2-093] [S0-117] Record keeps double entry; a refund is capped and done once', async () => {
    const paid = await value('account', 'record');
    expect(await run('account', 'getStatement', journal(paid['state']))).toMatchObject({ balanceMinor: 0, entries: [{ openMinor: 0 }, { leftMinor: 5000 }, { leftMinor: 6492 }] });
    const refund = { ...journal(paid['state']), command: 'refund', id: 're_1', payment: 'pay_1', amountMinor: 2000 };
    const refunded = await value('account', 'record', refund);
    expect(refunded).toMatchObject({ effects: [{ type: 'refundPayment', payment: 'pay_1', amountMinor: 2000 }] });
    expect(await value('account', 'record', { ...refund, ...journal(refunded['state']) })).toMatchObject({ events: [], effects: [] });
    expect(await run('account', 'record', { ...refund, ...journal(refunded['state']), id: 're_2', amountMinor: 3001 })).toMatchObject({ type: 'refused', code: 'tooMuch', facts: { left: 3000 } });
    expect(await run('account', 'record', { ...refund, amountMinor: 0 })).toMatchObject(refusal('badInput', 'amountMinor'));
  });

  test('[S2-096] another currency is refused, never converted; [S2-090] terms belong to the way of paying', async () => {
    expect(await run('account', 'record', { currency: 'EUR' })).toMatchObject(refusal('otherCurrency', 'currency'));
    const invoice = { ledger: { accountId: 'a', currency: 'CAD', journal: [] }, command: 'issueInvoice', id: 'inv_9', on: '2026-04-13', amountMinor: 11492, taxMinor: 1497 };
    expect((await value('account', 'record', invoice))['events'][0]).toMatchObject({ dueOn: '2026-05-13' });
    expect((await value('account', 'record', { ...invoice, options: { policy: { version: 'ledger/2', terms: { invoice: 15 } } } }))['events'][0]).toMatchObject({ dueOn: '2026-04-28', policyVersion: 'ledger/2' });
    expect((await value('account', 'record', { ...invoice, dueOn: '2026-04-20' }))['events'][0]).toMatchObject({ dueOn: '2026-04-20' });
    expect(await run('account', 'record', { ...invoice, method: 'barter' })).toMatchObject(refusal('badInput', 'dueOn'));
  });

  test('every command of Record is made of the fields its choice shows', async () => {
    const said: [string, object][] = [
      ['issueCreditNote', { id: 'cn_1', amountMinor: 1150, taxMinor: 150 }], ['openDispute', { id: 'dp_1', amountMinor: 5000 }], ['chargeback', { id: 'cb_1', amountMinor: 5000 }], ['writeOff', { id: 'wo_1' }], ['adjust', { id: 'adj_1', amountMinor: -500 }],
    ];
    for (const [command, filled] of said) expect(await run('account', 'record', { command, ...filled })).toMatchObject({ type: 'accepted', value: { events: [{ command: { ...filled, type: command } }] } });
    expect(await run('account', 'record', { command: 'issueCreditNote', id: 'cn_1', amountMinor: 11493, taxMinor: 1497 })).toMatchObject({ type: 'refused', code: 'tooMuch' });
    const disputed = await value('account', 'record', { command: 'openDispute', id: 'dp_1', amountMinor: 5000 });
    expect(await value('account', 'record', { ...journal(disputed['state']), command: 'resolveDispute', id: 'dp_2', dispute: 'dp_1', outcome: 'lost' })).toMatchObject({ events: [{ command: { type: 'resolveDispute', outcome: 'lost' } }] });
    expect(await run('account', 'record', { command: 'json', commandJson: '{ "type": "steal" }' })).toMatchObject(refusal('badInput', 'type'));
  });

  test('Outstanding knows what is overdue and since when; Get Statement refuses what is no account', async () => {
    expect(await value('account', 'outstanding')).toEqual({ overdueMinor: 6492, oldestDue: '2026-02-04' });
    expect(await value('account', 'outstanding', { on: '2026-02-04' })).toEqual({ overdueMinor: 0, oldestDue: null });
    expect(await run('account', 'outstanding', { on: '4 February' })).toMatchObject(refusal('badInput', 'on'));
    expect(await run('account', 'getStatement', { ledger: {} })).toMatchObject(refusal('badInput', 'ledger.accountId'));
  });

  test('[S2-094] Number Invoice counts on within its month', async () => {
    expect(await value('account', 'numberInvoice')).toEqual({ number: 'INV-202604-0013', issued: { 202604: 13 } });
    expect(await value('account', 'numberInvoice', { on: '2026-05-01', options: { prefix: 'CN' } })).toMatchObject({ number: 'CN-202605-0001' });
    expect(await run('account', 'numberInvoice', { issued: { 202604: 1.5 } })).toMatchObject(refusal('badInput', 'issued.202604'));
  });
});
