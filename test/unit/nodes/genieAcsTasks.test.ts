import { GenieAcs } from '../../../nodes/GenieAcs/GenieAcs.node.ts';
import { genieacs } from '../../../packages/genieacs/src/index.ts';
import { axiosSend, systemClock } from '../../../packages/http/src/send.ts';
import { startGenieacs } from '../../../packages/sandbox/src/genieacs/index.ts';
import { World } from '../../../packages/sandbox/src/world.ts';
import { only, pick, run } from '../support/n8n.ts';

const node = new GenieAcs();
const NTP = 'InternetGatewayDevice.Time.NTPServer1';
const device = pick('serial', 'RCMG19E01234');
let acs: Awaited<ReturnType<typeof startGenieacs>>;
let credentials: Record<string, string>;
beforeAll(async () => {
  const world = new World(undefined, true); // nodes sleep by n8n's own clock
  acs = await startGenieacs(world);
  credentials = { baseUrl: acs.url, authentication: 'none' };
  await world.emit('ont.plugged', { serial: 'RCMG19E01234', oltIp: '10.0.0.1', ponPort: 0, productClass: 'HT803G-W', oui: '000E5E' });
});
afterAll(() => acs.close());
const cpe = () => acs.acs.find('RCMG19E01234')!;

test('Refresh reads the part of the tree anew from the device', async () => {
  cpe().tree.get(NTP)!.value = 'changed.on.the.device';
  expect(await only(node, { resource: 'task', operation: 'refresh', device, objectName: 'InternetGatewayDevice.Time' }, credentials)).toMatchObject({ type: 'executed' });
  expect(cpe().known.get(NTP)!.value).toBe('changed.on.the.device');
});

test('Run Provisions runs stored scripts by name', async () => {
  await genieacs(axiosSend({ baseUrl: acs.url }), systemClock).provisions.put('leadlight-ntp', `declare("${NTP}", null, {value: "ntp.example"});`);
  expect(await only(node, { resource: 'task', operation: 'runProvisions', device, provisions: 'leadlight-ntp' }, credentials)).toMatchObject({ type: 'executed' });
  expect(cpe().tree.get(NTP)!.value).toBe('ntp.example');
});

test('Upload keeps a file that an item carries, whole', async () => {
  const bytes = Buffer.from('firmware of the day');
  const [out] = await run(node, { items: [{ resource: 'file', operation: 'upload', options: { version: '6.00.00' } }], credentials, files: { data: { fileName: 'ont-6.bin', bytes } } });
  expect(out!.json).toMatchObject({ name: 'ont-6.bin', version: '6.00.00', bytes: bytes.length });
  expect(acs.acs.state.files.get('ont-6.bin')!.bytes.equals(bytes)).toBe(true);
});
