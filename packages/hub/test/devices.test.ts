import { ACS, testHub, type TestHub } from './hub.ts';

let hub: TestHub;
beforeAll(async () => { hub = await testHub(); }, 60_000);
afterAll(async () => hub.close());
const event = { deviceId: '00259E-HT803G-RCMG19E01234', serial: 'RCMG19E01234', oui: '00259E', productClass: 'HT803G-W', event: '0 BOOTSTRAP', at: '2026-04-01T12:59:00Z', ip: '10.1.2.3', firmware: '1.2' };
const tell = (body: object) => hub.ask('POST', '/v1/device-events', { body, key: ACS });
const settings = { orderId: 'o1', wifi: { ssid: 'Chez Marie' }, voip: { username: '4505551234', domain: 'sip.example.ca', registrar: 'reg.example.ca' }, vlan: 100 };
const fetched = async (serial: string) => (await hub.ask('GET', `/v1/devices/${serial}/provision`, { key: ACS })).body as unknown as { wifi: { password: string }; voip: { password: string } };

test('[S1-137] a bootstrap told three times, at once and in two spellings of its instant, is one event', async () => {
  const replies = await Promise.all([tell(event), tell(event), tell({ ...event, at: '2026-04-01T12:59:00.000Z' })]);
  expect(replies.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(replies.filter(({ body }) => body['repeated'] === false)).toHaveLength(1);
  expect(await hub.client.events.list({ types: 'device.bootstrap' })).toMatchObject([{ stream: 'device-RCMG19E01234', data: { serial: 'RCMG19E01234', ip: '10.1.2.3', firmware: '1.2' } }]);
});

test('[S1-137] another moment or another kind is another event; a periodic inform is not a bootstrap', async () => {
  await tell({ ...event, at: '2026-04-02T12:59:00Z' });
  await tell({ ...event, event: '2 PERIODIC' });
  expect(await hub.client.events.list({ types: 'device.bootstrap' })).toHaveLength(2);
  expect(await hub.client.events.list({ types: 'device.inform' })).toHaveLength(1);
});

test('[S1-135] secrets are minted once and shown to the ACS only', async () => {
  const kept = await hub.ask('POST', '/v1/devices/rcmg19e01234/settings', { body: settings });
  expect(kept.body).toEqual({ type: 'deviceSettings', serial: 'RCMG19E01234', wifiSsid: 'Chez Marie', voipUsername: '4505551234', repeated: false });
  const secrets = await fetched('RCMG19E01234');
  expect(secrets).toMatchObject({ wifi: { ssid: 'Chez Marie' }, voip: { username: '4505551234', domain: 'sip.example.ca' }, vlan: 100 });
  expect(secrets.wifi.password).toMatch(/^\w{12}$/);
  expect(secrets.voip.password).toMatch(/^\w{24}$/);
  const again = await hub.ask('POST', '/v1/devices/RCMG19E01234/settings', { body: settings });
  expect(again.body['repeated']).toBe(true);
  expect(await fetched('RCMG19E01234')).toEqual(secrets);
  for (const text of [kept.text, again.text, JSON.stringify(await hub.client.events.list({ limit: 1000 }))]) {
    expect(text).not.toContain(secrets.wifi.password);
    expect(text).not.toContain(secrets.voip.password);
  }
  const { rows } = await hub.deps.db.query('SELECT * FROM device_setting');
  expect(JSON.stringify(rows)).not.toContain(secrets.wifi.password);
});

test('[S1-135] a new name keeps the password; a new customer never gets the old one’s', async () => {
  const before = await fetched('RCMG19E01234');
  await hub.client.devices.settings('RCMG19E01234', { ...settings, wifi: { ssid: 'Maison' } });
  expect(await fetched('RCMG19E01234')).toMatchObject({ wifi: { ssid: 'Maison', password: before.wifi.password } });
  await hub.client.devices.settings('RCMG19E01234', { ...settings, orderId: 'o2' });
  expect((await fetched('RCMG19E01234')).wifi.password).not.toBe(before.wifi.password);
});

test('[S1-136] activated is told once per order', async () => {
  expect(await hub.client.devices.activated('RCMG19E01234', { orderId: 'o1' })).toMatchObject({ type: 'published', repeated: false, event: { type: 'device.activated' } });
  expect((await hub.ask('POST', '/v1/devices/rcmg19e01234/activated', { body: { orderId: 'o1' }, key: ACS })).body).toMatchObject({ repeated: true });
});

test('a device event without its moment or with a strange serial is refused', async () => {
  const { at: _at, ...without } = event;
  expect(await tell(without)).toMatchObject({ status: 400, body: { code: 'badInput', path: 'at' } });
  expect(await tell({ ...event, serial: "x'; DROP" })).toMatchObject({ status: 400, body: { path: 'serial' } });
});
