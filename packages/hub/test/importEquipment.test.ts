import { authorization, erpnext, type ErpNext } from '../../erpnext/src/index.ts';
import { axiosSend } from '../../http/src/send.ts';
import { SendFailure, type HttpRequest, type Send } from '../../../core/src/index.ts';
import { erpnextKeys, startErpnext } from '../../sandbox/src/erpnext/index.ts';
import { World } from '../../sandbox/src/world.ts';
import { hubClient } from '../src/client.ts';
import { importEquipment, type EquipmentImportOptions } from '../src/importEquipment.ts';
import { ACS, KEY, testHub, type TestHub } from './hub.ts';

let hub: TestHub;
let erp: Awaited<ReturnType<typeof startErpnext>>;
const world = new World();
const sent: HttpRequest[] = [];
const erpClient = (around: (send: Send) => Send = (send) => send): ErpNext => {
  const send = axiosSend({ baseUrl: erp.url, headers: { authorization: authorization(erpnextKeys.runtime.key, erpnextKeys.runtime.secret) } });
  return erpnext(around((request) => (sent.push(request), send(request))), world.clock);
};
const writes = () => sent.filter(({ method }) => method === 'PUT' || (method === 'POST' && true)).filter(({ path, method }) => method === 'PUT' || path.startsWith('/api/resource'));
beforeAll(async () => {
  [hub, erp] = [await testHub(), await startErpnext(world)];
}, 60_000);
beforeEach(() => void (sent.length = 0));
afterAll(async () => { await hub.close(); await erp.close(); });

const put = (serial_number: string | null, more: object = {}) => erp.site.put('Service Equipment', { equipment_type: 'Routeur', status: 'Actif', ...(serial_number ? { serial_number } : {}), ...more }).name;
const run = (tables: { wifi?: object[]; voip?: object[] }, options: EquipmentImportOptions = {}, client = erpClient(), to: Pick<TestHub['client'], 'devices'> = hub.client) =>
  importEquipment(client, to, { wifi: (tables.wifi ?? []) as never, voip: (tables.voip ?? []) as never }, { voice: { domain: 'sip.example.ca', registrar: 'reg.example.ca' }, ...options });
const provision = async (serial: string) => { const { status, body } = await hub.ask('GET', `/v1/devices/${serial}/provision`, { key: ACS }); return status === 200 ? (body as unknown as { wifi?: object; voip?: object }) : null; };

test('[S1-161] [S1-162] [S1-164] a dry run changes nothing; the write puts names into the ERP and secrets into the vault alone; the second run writes nothing', async () => {
  const [deco, ont] = [put('403F8C000001', { mac_address: '40:3F:8C:00:00:01' }), put('RCMG19E0AAAA', { equipment_type: 'ONT' })];
  const tables = { wifi: [{ mac: '40-3f-8c-00-00-01', ssid: 'Chez Léo & Cie', password: 'soleil-2026' }], voip: [{ serial: 'rcmg19e0aaaa', username: '4505551234', password: 'sip-s3cret' }] };
  const dry = await run(tables);
  expect(dry.report).toEqual({ type: 'equipmentImport', dryRun: true, equipment: 2, rows: 2, matched: 2, repeated: 0, unmatched: 0, ambiguous: 0, invalid: 0, unchanged: 0, toWrite: 2, written: 0, kept: 0, failed: 0, reasons: {}, ok: true });
  expect([writes(), await provision('403F8C000001'), await provision('RCMG19E0AAAA')]).toEqual([[], null, null]);

  const first = await run(tables, { dryRun: false });
  expect(first.report).toMatchObject({ dryRun: false, toWrite: 0, written: 2, unchanged: 0, ok: true });
  expect(await provision('403F8C000001')).toEqual({ wifi: { ssid: 'Chez Léo & Cie', password: 'soleil-2026' } });
  expect(await provision('RCMG19E0AAAA')).toEqual({ voip: { username: '4505551234', password: 'sip-s3cret', domain: 'sip.example.ca', registrar: 'reg.example.ca' } });
  expect(erp.site.doc('Service Equipment', deco)).toMatchObject({ wifi_ssid: 'Chez Léo & Cie', wifi_password: null });
  expect(erp.site.doc('Service Equipment', ont)).toMatchObject({ sip_username: '4505551234', sip_domain: 'sip.example.ca', sip_password: null });
  expect(JSON.stringify(sent)).not.toMatch(/soleil-2026|sip-s3cret/);
  expect(JSON.stringify((await hub.deps.db.query('SELECT * FROM device_setting')).rows)).not.toMatch(/soleil-2026|sip-s3cret/);

  sent.length = 0;
  const before = (await hub.deps.db.query('SELECT serial, secrets, changed_at FROM device_setting ORDER BY serial')).rows;
  expect((await run(tables, { dryRun: false })).report).toMatchObject({ written: 0, unchanged: 2, ok: true });
  expect(writes()).toEqual([]);
  expect((await hub.deps.db.query('SELECT serial, secrets, changed_at FROM device_setting ORDER BY serial')).rows).toEqual(before);
  for (const told of [dry, first]) expect(JSON.stringify(told)).not.toMatch(/soleil|s3cret|Léo/);
});

test('[S1-162] [S1-164] one table after the other: the part that is not told stays; a new passphrase in the table is written', async () => {
  put('RCMG19E0BBBB', { equipment_type: 'ONT' });
  await run({ wifi: [{ serial: 'RCMG19E0BBBB', ssid: 'Maison', password: 'soleil-2026' }] }, { dryRun: false });
  await run({ voip: [{ serial: 'RCMG19E0BBBB', username: '4505550000', password: 'x' }] }, { dryRun: false });
  expect(await provision('RCMG19E0BBBB')).toMatchObject({ wifi: { ssid: 'Maison', password: 'soleil-2026' }, voip: { username: '4505550000' } });
  expect((await run({ wifi: [{ serial: 'RCMG19E0BBBB', ssid: 'Maison', password: 'lune-2027' }] }, { dryRun: false })).report).toMatchObject({ written: 1 });
  expect(await provision('RCMG19E0BBBB')).toMatchObject({ wifi: { password: 'lune-2027' }, voip: { password: 'x' } });
});

test('[S1-164] settings of an order are newer and stay, and so does a name given in the ERP', async () => {
  const name = put('RCMG19E0CCCC', { equipment_type: 'ONT' });
  await hub.client.devices.settings('RCMG19E0CCCC', { orderId: 'ord_9', wifi: { ssid: 'Neuve' } });
  const minted = await provision('RCMG19E0CCCC');
  put('RCMG19E0CCCD', { equipment_type: 'ONT', wifi_ssid: 'Renommée' });
  const { report } = await run({ wifi: ['RCMG19E0CCCC', 'RCMG19E0CCCD'].map((serial) => ({ serial, ssid: 'Vieille', password: 'soleil-2026' })) }, { dryRun: false });
  expect(report).toMatchObject({ kept: 2, written: 0, ok: true });
  expect([await provision('RCMG19E0CCCC'), await provision('RCMG19E0CCCD')]).toEqual([minted, null]);
  expect(erp.site.doc('Service Equipment', name)['wifi_ssid']).toBeNull();
});

test('[S1-164] a run that broke off is finished by the next: the ERP before the hub, nothing twice, failures counted', async () => {
  put('RCMG19E0DDDD', { equipment_type: 'ONT' });
  const tables = { wifi: [{ serial: 'RCMG19E0DDDD', ssid: 'Maison', password: 'soleil-2026' }] };
  const deaf = hubClient(async (request) => { if (request.path === '/v1/device-imports') throw new SendFailure('reset', 'maybe', 'gone'); return axiosSend({ baseUrl: hub.url, headers: { authorization: `Bearer ${KEY}` } })(request); });
  expect((await run(tables, { dryRun: false }, erpClient(), deaf))).toMatchObject({ report: { written: 0, failed: 1, ok: false }, failures: [{ serial: 'RCMG19E0DDDD' }] });
  expect(await provision('RCMG19E0DDDD')).toBeNull();
  sent.length = 0;
  expect((await run(tables, { dryRun: false })).report).toMatchObject({ written: 1, ok: true });
  expect(writes()).toEqual([]);
  expect(await provision('RCMG19E0DDDD')).toMatchObject({ wifi: { ssid: 'Maison' } });

  put('RCMG19E0EEEE', { equipment_type: 'ONT' });
  const more = { wifi: [{ serial: 'RCMG19E0EEEE', ssid: 'Maison', password: 'soleil-2026' }] };
  const html = erpClient((send) => async (request) => (request.method === 'PUT' ? { status: 502, reason: 'Bad Gateway', headers: { 'content-type': 'text/html' }, text: '<html>soleil' } : send(request)));
  expect((await run(more, { dryRun: false }, html)).report).toMatchObject({ written: 0, failed: 1, ok: false });
  expect(await provision('RCMG19E0EEEE')).toBeNull();
});

test('a secret that reads like a card number is left out and counted; the others of its batch go on; a wrong key stops at once', async () => {
  put('RCMG19E0FFF1', { equipment_type: 'ONT' });
  put('RCMG19E0FFF2', { equipment_type: 'ONT' });
  const tables = { wifi: [{ serial: 'RCMG19E0FFF1', ssid: 'Maison', password: '4111111111111111' }, { serial: 'RCMG19E0FFF2', ssid: 'Maison', password: 'soleil-2026' }] };
  expect((await run(tables, { dryRun: false })).report).toMatchObject({ written: 1, failed: 1, reasons: { looksLikeCardNumber: 1 }, ok: false });
  expect([await provision('RCMG19E0FFF1'), await provision('RCMG19E0FFF2')]).toMatchObject([null, { wifi: { ssid: 'Maison' } }]);
  const stranger = hubClient(axiosSend({ baseUrl: hub.url, headers: { authorization: 'Bearer wrong-key-0123456789' } }));
  expect(await run(tables, { dryRun: false }, erpClient(), stranger)).toMatchObject({ report: { written: 0, failed: 2, ok: false }, failures: [{ kind: 'unauthorised' }, { kind: 'unauthorised' }] });
});

test('the routes need a key, refuse the ACS and what has not its form', async () => {
  const items = [{ serial: 'RCMG19E0AAAA', equipment: 'SEQ-1' }];
  for (const path of ['/v1/device-imports', '/v1/device-imports/compare']) {
    expect((await hub.ask('POST', path, { body: { items }, key: null })).status).toBe(401);
    expect((await hub.ask('POST', path, { body: { items }, key: ACS })).status).toBeGreaterThanOrEqual(401);
    for (const bad of [[], [{ serial: "x'; DROP", equipment: 'SEQ-1' }], [{ serial: 'RCMG19E0AAAA', equipment: 'SEQ-1', wifi: { ssid: 'a', password: 's3cret' } }], Array.from({ length: 201 }, () => items[0])]) {
      const { status, text } = await hub.ask('POST', path, { body: { items: bad } });
      expect(status).toBe(400);
      expect(text).not.toContain('s3cret');
    }
  }
});

test('[S1-164] 7,550 devices of messy rows: every row counted, every good one written once, the second run none', async () => {
  const own = await startErpnext(world);
  const other = await testHub();
  const erpOf = erpnext(axiosSend({ baseUrl: own.url, headers: { authorization: authorization(erpnextKeys.runtime.key, erpnextKeys.runtime.secret) } }), world.clock);
  const hex = (n: number) => n.toString(16).toUpperCase().padStart(6, '0');
  const spell = [(mac: string) => mac, (mac: string) => mac.toLowerCase(), (mac: string) => mac.match(/../g)!.join(':'), (mac: string) => mac.toLowerCase().match(/../g)!.join('-'), (mac: string) => mac.match(/..../g)!.join('.')];
  const wifi: object[] = [];
  const voip: object[] = [];
  const expected = { good: 0, unmatched: 0, invalid: 0, repeated: 0, ambiguous: 0 };
  const N = 7550;
  for (let n = 0; n < N; n += 1) {
    const isOnt = n % 2 === 0;
    const [mac, serial] = [`403F8C${hex(n)}`, `RCMG19${hex(n)}`];
    const there = n % 50 !== 7;
    // Nine in ten had their names typed into the ERP before: only the secret is missing.
    const typed = n % 10 === 0 ? {} : { wifi_ssid: `Réseau ${n}`, ...(isOnt ? { sip_username: `450${n}`, sip_domain: 'sip.example.ca' } : {}) };
    if (there) own.site.put('Service Equipment', { equipment_type: isOnt ? 'ONT' : 'Routeur', status: 'Actif', serial_number: isOnt ? serial : mac, ...(isOnt ? {} : { mac_address: spell[2]!(mac) }), ...typed });
    const row = { device: isOnt ? (n % 4 ? serial.toLowerCase() : serial) : spell[n % 5]!(mac), ssid: `Réseau ${n}`, password: `motdepasse-${n}` };
    if (n % 100 === 3) { wifi.push({ ...row, ssid: n % 200 === 3 ? '' : 'x'.repeat(33) }); expected.invalid += 1; continue; }
    wifi.push(row);
    if (!there) { expected.unmatched += 1; continue; }
    if (n % 100 === 11) { wifi.push({ ...row, ssid: 'Autre' }); expected.ambiguous += 2; continue; }
    expected.good += 1;
    if (n % 100 === 13) { wifi.push({ ...row, device: mac }); expected.repeated += 1; }
    if (isOnt) voip.push({ serial: serial.toLowerCase(), username: `450${n}`, password: `sip-${n}` });
  }
  const tables = { wifi, voip };
  const dry = await run(tables, {}, erpOf, other.client);
  expect(dry.report).toMatchObject({ rows: wifi.length + voip.length, matched: expected.good + voip.length, unmatched: expected.unmatched, invalid: expected.invalid, ambiguous: expected.ambiguous, repeated: expected.repeated, toWrite: expected.good, ok: true });
  expect((await run(tables, { dryRun: false, concurrency: 8 }, erpOf, other.client)).report).toMatchObject({ written: expected.good, failed: 0, ok: true });
  expect((await other.deps.db.query('SELECT count(*)::int AS n FROM device_setting')).rows).toEqual([{ n: expected.good }]);
  expect((await run(tables, { dryRun: false }, erpOf, other.client)).report).toMatchObject({ written: 0, unchanged: expected.good, kept: 0, ok: true });
  await other.close();
  await own.close();
}, 300_000);
