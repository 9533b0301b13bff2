import { GenieAcs } from '../../../nodes/GenieAcs/GenieAcs.node.ts';
import { startGenieacs } from '../../../packages/sandbox/src/genieacs/index.ts';
import { World } from '../../../packages/sandbox/src/world.ts';
import { context, failed, only, pick, run } from '../support/n8n.ts';

const node = new GenieAcs();
const SSID = 'InternetGatewayDevice.LANDevice.1.WLANConfiguration.1.SSID';
const serial = pick('serial', 'RCMG19E01234');
let world: World;
let acs: Awaited<ReturnType<typeof startGenieacs>>;
let credentials: Record<string, string>;
beforeAll(async () => {
  world = new World();
  acs = await startGenieacs(world);
  credentials = { baseUrl: acs.url, authentication: 'none' };
  await world.emit('ont.plugged', { serial: 'RCMG19E01234', oltIp: '10.0.0.1', ponPort: 0, productClass: 'HT803G-W', oui: '000E5E' });
});
afterAll(() => acs.close());

test('Get finds a device by the serial on its label; the list picker by how it begins', async () => {
  const found = await only(node, { resource: 'device', operation: 'get', device: serial, options: { parameters: SSID } }, credentials);
  expect(found).toMatchObject({ type: 'device', serial: 'RCMG19E01234', productClass: 'HT803G-W' });
  const byId = await only(node, { resource: 'device', operation: 'get', device: pick('id', String(found['id'])) }, credentials);
  expect(byId['id']).toBe(found['id']);
  const around = context(node, { items: [{}], credentials });
  expect((await node.methods.listSearch.searchDevices.call(around, 'RCMG19')).results).toEqual([{ name: 'RCMG19E01234 (HT803G-W)', value: found['id'] }]);
  expect((await node.methods.listSearch.searchDevices.call(around, 'RCMG19.01234')).results).toEqual([]);
});

test('[S1-115] Apply Parameters writes, reads back and says what became of each', async () => {
  const apply = { resource: 'task', operation: 'applyParameters', device: serial, parameters: JSON.stringify([{ path: SSID, value: 'Maison Tremblay' }]) };
  expect(await only(node, apply, credentials)).toMatchObject({ type: 'executed', changed: true, parameters: [{ path: SSID, verdict: 'applied' }] });
  expect(await only(node, apply, credentials)).toMatchObject({ type: 'executed', changed: false, parameters: [{ path: SSID, verdict: 'same' }] });
});

test('a parameter the device does not have is said so, and nothing is written', async () => {
  const apply = { resource: 'task', operation: 'applyParameters', device: serial, parameters: { [SSID]: 'Autre', 'InternetGatewayDevice.Nothing.Here': 1 } };
  expect(await only(node, apply, credentials)).toMatchObject({ type: 'notApplied', changed: false, parameters: [{ verdict: 'held' }, { verdict: 'missing' }] });
});

test('tags, and a list by tag', async () => {
  expect(await only(node, { resource: 'device', operation: 'addTag', device: serial, tag: 'installed' }, credentials)).toMatchObject({ tag: 'installed' });
  const many = (tag: string) => run(node, { items: [{ resource: 'device', operation: 'getMany', options: { tag } }], credentials });
  expect(await many('installed')).toHaveLength(1);
  await only(node, { resource: 'device', operation: 'removeTag', device: serial, tag: 'installed' }, credentials);
  expect(await many('installed')).toHaveLength(0);
});

test('[S0-110] Reboot says that the device took the order', async () => {
  expect(await only(node, { resource: 'task', operation: 'reboot', device: serial }, credentials)).toMatchObject({ type: 'executed' });
});

test('an unknown serial is not found, with advice', async () => {
  const error = await failed(run(node, { items: [{ resource: 'task', operation: 'reboot', device: pick('serial', 'RCMG00000000') }], credentials }));
  expect(error).toMatchObject({ message: expect.stringContaining('RCMG00000000'), description: expect.stringMatching(/inform/), context: { itemIndex: 0 } });
});

test('Fault: Get Many is empty on a healthy device', async () => {
  expect(await run(node, { items: [{ resource: 'fault', operation: 'getMany' }], credentials })).toEqual([]);
});

test.each([
  ['basic', { user: 'nbi', password: 'pw' }, { authorization: `Basic ${Buffer.from('nbi:pw').toString('base64')}` }],
  ['bearer', { token: 'tok' }, { authorization: 'Bearer tok' }],
  ['header', { headerName: 'x-api-key', headerSecret: 'sec' }, { 'x-api-key': 'sec' }],
  ['none', { token: 'left over' }, {}],
])('the credential signs by %s', async (authentication, values, wanted) => {
  const { LeadlightGenieAcsApi } = await import('../../../credentials/LeadlightGenieAcsApi.credentials.ts');
  const { auth, headers = {} } = await new LeadlightGenieAcsApi().authenticate({ authentication, ...values }, { url: 'http://acs' });
  const given = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  expect({ ...given, ...(auth ? { authorization: `Basic ${Buffer.from(`${auth.username}:${auth.password}`).toString('base64')}` } : {}) }).toEqual(wanted);
});
