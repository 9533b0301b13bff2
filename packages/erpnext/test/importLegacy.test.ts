import { gigafibreErp, type HttpRequest, type LegacyTables, type Send } from '../../../core/src/index.ts';
import { axiosSend } from '../../http/src/send.ts';
import { erpnextKeys, startErpnext } from '../../sandbox/src/erpnext/index.ts';
import { World } from '../../sandbox/src/world.ts';
import { authorization, erpnext } from '../src/index.ts';
import { importLegacy, type LegacyImportOptions } from '../src/importLegacy.ts';

const world = new World();
let site: Awaited<ReturnType<typeof startErpnext>>;
const sent: HttpRequest[] = [];
const writes = () => sent.filter(({ method, path }) => method === 'PUT' || method === 'DELETE' || (method === 'POST' && path.startsWith('/api/resource')));
const client = (around: (send: Send) => Send = (send) => send) => {
  const send = axiosSend({ baseUrl: site.url, headers: { authorization: authorization(erpnextKeys.runtime.key, erpnextKeys.runtime.secret) }, timeoutMs: 3_000 });
  return erpnext(around((request) => (sent.push(request), send(request))), world.clock);
};
const settings = { currency: 'CAD', erp: gigafibreErp, products: { 12: 'FTTH150I', 15: 'FTTH1500I' } };
const run = (tables: LegacyTables, options: LegacyImportOptions = {}, erp = client(), more: object = {}) => importLegacy(erp, tables, { ...settings, ...more }, options);
const home = (n: number, more: object = {}) => ({ id: n, service_id: n, rue: `${n} rue Principale`, ville: 'Ormstown', zip: 'J0S 1K0', ...more });
const tablesOf = (...numbers: number[]): LegacyTables => ({
  fibre: numbers.map((n) => home(n)), service: numbers.map((n) => ({ id: n, delivery_id: n, product_id: 12, price: '99.95', status: 'active' })),
  delivery: numbers.map((n) => ({ id: n, account_id: n })), account: numbers.map((n) => ({ id: n, first_name: 'Léa', last_name: `Secrète ${n}`, email: `lea${n}@example.ca` })),
});
const customer = (more: object) => site.site.put('Customer', { customer_name: 'Léa', customer_type: 'Individual', ...more }).name;
const all = (doctype: string) => site.site.docs(doctype);

beforeEach(async () => { site = await startErpnext(world); sent.length = 0; });
afterEach(async () => { world.clearFaults(); await site.close(); });

test('[S1-163] [S1-164] a dry run changes nothing; the write links by key; the second run writes nothing', async () => {
  const [known, byMail] = [customer({ legacy_customer_id: '1' }), customer({ email_id: 'lea2@example.ca' })];
  const dry = await run(tablesOf(1, 2, 3));
  expect(dry.report).toEqual({ type: 'legacyImport', dryRun: true, rows: 3, linked: 2, free: 0, ended: 0, repeated: 0, orphaned: 1, ambiguous: 0, invalid: 0, reasons: { customerMissing: 1 }, unchanged: 1, kept: 0, toWrite: 5, written: 0, failed: 0, byDoctype: { Customer: 1, 'Service Location': 2, 'Service Subscription': 2 }, ok: true });
  expect(writes()).toEqual([]);
  const first = await run(tablesOf(1, 2, 3), { dryRun: false }, client(), { createCustomers: true });
  expect(first.report).toMatchObject({ linked: 3, written: 8, failed: 0, byDoctype: { Customer: 2, 'Service Location': 3, 'Service Subscription': 3 }, ok: true });
  expect(site.site.doc('Customer', byMail)).toMatchObject({ legacy_customer_id: '2' });
  expect(all('Service Location').map((one) => [one['leadlight_id'], one['fibre_id'], one['customer']])).toEqual([['legacy:fibre:1', '1', known], ['legacy:fibre:2', '2', byMail], ['legacy:fibre:3', '3', expect.any(String)]]);
  expect(all('Service Subscription').map((one) => [one['leadlight_id'], one['item'], one['rate'], one['service_location']])).toEqual([1, 2, 3].map((n) => [`legacy:service:${n}`, 'FTTH150I', 99.95, all('Service Location')[n - 1]!.name]));
  sent.length = 0;
  expect((await run(tablesOf(1, 2, 3), { dryRun: false })).report).toMatchObject({ unchanged: 9, written: 0, ok: true });
  expect(writes()).toEqual([]);
  for (const told of [dry, first]) expect(JSON.stringify(told)).not.toMatch(/Secrète|@example|Principale/);
});

test('[S1-164] replies lost on the way make nothing twice; a run that broke off is finished by the next', async () => {
  for (const n of [1, 2, 3, 4]) customer({ legacy_customer_id: String(n) });
  world.inject({ system: 'erpnext', method: 'POST', path: '/api/resource/Service Location', kind: 'resetAfter' });
  world.inject({ system: 'erpnext', method: 'POST', path: '/api/resource/Service Subscription', kind: 'htmlAfter', status: 502 });
  world.inject({ system: 'erpnext', method: 'POST', path: '/api/resource/Service Location', kind: 'status', status: 417, body: { exc_type: 'ValidationError' }, skip: 2 });
  const { report, failures } = await run(tablesOf(1, 2, 3, 4), { dryRun: false, concurrency: 1 });
  expect(report).toMatchObject({ written: 6, failed: 2, ok: false });
  expect(failures).toMatchObject([{ doctype: 'Service Location', kind: 'rejectedInput' }, { doctype: 'Service Subscription', kind: 'linkFailed' }]);
  expect((await run(tablesOf(1, 2, 3, 4), { dryRun: false })).report).toMatchObject({ written: 2, failed: 0, unchanged: 10, ok: true });
  expect([all('Service Location').length, all('Service Subscription').length]).toEqual([4, 4]);
});

test('a wrong key stops before anything; a site that refuses everything is left alone after twenty', async () => {
  const numbers = Array.from({ length: 60 }, (_, n) => n + 1);
  for (const n of numbers) customer({ legacy_customer_id: String(n) });
  const stranger = erpnext(axiosSend({ baseUrl: site.url, headers: { authorization: 'token a:b' } }), world.clock);
  await expect(run(tablesOf(1), { dryRun: false }, stranger)).rejects.toMatchObject({ kind: 'unauthorised' });
  const html = client((send) => async (request) => (request.method === 'POST' && request.path.startsWith('/api/resource') ? { status: 403, reason: '', headers: {}, text: '<html>' } : send(request)));
  const { report, failures } = await run(tablesOf(...numbers), { dryRun: false, concurrency: 1 }, html);
  expect(report).toMatchObject({ written: 0, failed: 120, ok: false });
  expect(failures.filter(({ kind }) => kind === 'unauthorised')).toHaveLength(20);
});

test('[S1-163] [S1-164] 16,056 drops of messy tables: every row counted, every good chain written once, the second run none', async () => {
  const tables = { fibre: [] as object[], service: [] as object[], delivery: [] as object[], account: [] as object[] };
  const counts = { linked: 0, free: 0, ended: 0, repeated: 0, orphaned: 0, ambiguous: 0, invalid: 0 };
  const reasons: Record<string, number> = {};
  const stop = (is: keyof typeof counts, reason: string, rows = 1): void => { counts[is] += rows; reasons[reason] = (reasons[reason] ?? 0) + rows; };
  const FAULTS: Readonly<Record<number, readonly [keyof typeof counts, string]>> = {
    1: ['orphaned', 'serviceMissing'], 2: ['orphaned', 'deliveryMissing'], 3: ['orphaned', 'deliveryMissing'], 4: ['orphaned', 'accountMissing'], 5: ['orphaned', 'accountMissing'], 6: ['orphaned', 'customerMissing'],
    7: ['ambiguous', 'serviceRowsDisagree'], 8: ['ambiguous', 'deliveryRowsDisagree'], 9: ['invalid', 'itemUnknown'], 10: ['invalid', 'priceUnreadable'], 11: ['invalid', 'addressMissing'], 12: ['ended', 'serviceEnded'], 13: ['invalid', 'statusUnknown'],
  };
  site.site.put('Customer', { customer_name: 'Gestion Roy', customer_type: 'Company', legacy_customer_id: 'A-1' });
  let identified = 0;
  for (let n = 1; n <= 16_056; n += 1) {
    const onPort = { info_connect: '172.17.16.2', frame: 0, slot: n % 16, port: n % 8, ontid: n % 64 };
    // One drop in eight has a service: enough of each kind, and the site's unique checks stay quick.
    if (n % 8 > 0) { tables.fibre.push(home(n, { ...onPort, service_id: n % 2 ? null : 0 })); stop('free', 'noService'); continue; }
    const at = n % 97;
    tables.fibre.push(home(n, { ...onPort, service_id: at === 20 ? `0${n}` : n, ...(at === 11 || at === 21 ? { rue: '' } : {}) }));
    if (at === 22) { tables.fibre.push(home(n, { ...onPort, id: `${n}.0` })); stop('repeated', 'sameRow'); }
    const service = { id: at === 23 ? `${n}.0` : n, delivery_id: at === 2 ? '' : n, product_id: at === 9 ? 99 : n % 2 ? 12 : 15, price: at === 10 ? 'gratuit' : n % 3 ? '99,95' : 99.95, status: at === 12 ? 'Résilié' : at === 13 ? 7 : at === 24 ? 'Suspendu' : 1 };
    if (at !== 1) tables.service.push(service);
    if (at === 7) tables.service.push({ ...service, price: 1 });
    const delivery = { id: n, account_id: at === 4 ? null : at === 25 ? 'A-1' : n, ...(at === 21 ? { address1: '1 rang Dumas', city: 'Huntingdon' } : {}) };
    if (at !== 3) tables.delivery.push(delivery);
    if (at === 8) tables.delivery.push({ ...delivery, account_id: n + 1 });
    if (at !== 5) tables.account.push({ id: n, first_name: 'Léa', last_name: `Roy ${n}`, email: `Lea${n}@example.ca` });
    if (at === 26) { site.site.put('Customer', { customer_name: 'Léa', customer_type: 'Individual', email_id: `lea${n}@example.ca` }); identified += 1; }
    else if (at !== 5 && at !== 6) site.site.put('Customer', { customer_name: `Léa Roy ${n}`, customer_type: 'Individual', legacy_customer_id: at === 27 ? `00${n}` : String(n) });
    if (FAULTS[at]) stop(...FAULTS[at]);
    else counts.linked += 1;
  }
  const dry = (await run(tables as never)).report;
  expect(dry).toMatchObject({ ...counts, rows: tables.fibre.length, reasons, toWrite: 2 * counts.linked + identified, failed: 0, ok: true });
  expect(writes()).toEqual([]);
  const { report } = await run(tables as never, { dryRun: false, concurrency: 8 });
  expect(report).toMatchObject({ ...counts, written: 2 * counts.linked + identified, byDoctype: { Customer: identified, 'Service Location': counts.linked, 'Service Subscription': counts.linked }, failed: 0, ok: true });
  expect([new Set(all('Service Location').map((one) => one['fibre_id'])).size, all('Service Subscription').length]).toEqual([counts.linked, counts.linked]);
  sent.length = 0;
  expect((await run(tables as never, { dryRun: false })).report).toMatchObject({ ...counts, written: 0, kept: 0, ok: true });
  expect(writes()).toEqual([]);
  process.stdout.write(`${JSON.stringify(report)}\n`);
}, 300_000);
