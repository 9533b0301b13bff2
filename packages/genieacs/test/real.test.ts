// What can be shown on any GenieACS without breaking anything: LEADLIGHT_GENIEACS_URL, and LEADLIGHT_GENIEACS_SERIAL for the parts that
// need a device (it is tagged, untagged and read). Without the URL the sandbox stands in.
import { axiosSend, systemClock } from '../../http/src/send.ts';
import { genieacs, type GenieAcs } from '../src/index.ts';
import { bench, failure, type Bench } from './harness.ts';

const url = process.env['LEADLIGHT_GENIEACS_URL'];
const serial = process.env['LEADLIGHT_GENIEACS_SERIAL'] ?? (url ? undefined : 'RCMG19E01234');
const withDevice = serial ? test : test.skip;
let sandbox: Bench | undefined;
let acs: GenieAcs;

beforeAll(async () => {
  if (url) acs = genieacs(axiosSend({ baseUrl: url }), systemClock);
  else {
    sandbox = await bench();
    await sandbox.plug();
    acs = sandbox.client;
  }
});
afterAll(() => sandbox?.close());

test('[acs-6] it is a GenieACS, it says its version and how many devices it knows', async () => {
  const status = await acs.status();
  expect(status.version).toMatch(/^\d+\.\d+\.\d+/);
  expect(await acs.devices.count()).toBeGreaterThanOrEqual(status.devices > 0 ? 1 : 0);
});

test('[acs-4] a serial nobody has is notFound', async () => {
  expect(await failure(acs.devices.findBySerial('LEADLIGHT-NOBODY'))).toMatchObject({ kind: 'notFound' });
});

test('[acs-25] a provision is written, listed as written and deleted; a broken one is refused in GenieACS\' words', async () => {
  const name = 'leadlight-contract.test 1';
  await acs.provisions.put(name, 'log("leadlight");');
  expect((await acs.provisions.list()).find((one) => one.name === name)?.script).toBe('log("leadlight");');
  expect((await failure(acs.provisions.put(name, 'const = 1'))).message).toContain('SyntaxError');
  await acs.provisions.delete(name);
  expect((await acs.provisions.list()).some((one) => one.name === name)).toBe(false);
});

withDevice('[acs-1] [acs-3] a device is found by its serial, tagged and untagged by its id', async () => {
  const device = await acs.devices.findBySerial(serial!);
  await acs.devices.tag(device.id, 'leadlight.contract test');
  expect((await acs.devices.get(device.id)).tags).toContain('leadlight.contract test');
  await acs.devices.untag(device.id, 'leadlight.contract test');
  expect((await acs.devices.get(device.id)).tags).not.toContain('leadlight.contract test');
});

withDevice('[acs-9] a task without a connection request waits and can be taken back', async () => {
  const { id } = await acs.devices.findBySerial(serial!);
  const queued = await acs.tasks.getParameterValues(id, ['Device.DeviceInfo.UpTime'], { connectionRequest: false, uniqueKey: 'leadlight-contract' });
  if (queued.outcome.type !== 'queued') throw new Error(queued.outcome.type);
  expect((await acs.tasks.list(id)).map((one) => one.uniqueKey)).toContain('leadlight-contract');
  expect(await acs.tasks.delete(queued.outcome.taskId)).toMatchObject({ deleted: true });
});
