import { isVendorError, type Refused } from '../../../core/src/index.ts';
import { linkAcses, type AcsMove } from '../../sandbox/src/acsMove.ts';
import { startGenieacs, type Acs } from '../../sandbox/src/genieacs/index.ts';
import { startOktopus, type OktopusSandbox } from '../../sandbox/src/oktopus/index.ts';
import { World } from '../../sandbox/src/world.ts';
import type { AcsMigrationMoved, AcsMigrationPlanned, AcsMigrationReport, AcsMigrationRun } from '../src/api.ts';
import { folder, testHub, type TestHub } from './hub.ts';

const NEW = 'http://oss.example:9292/acs';
const OLD = 'http://acs.example:7547/';
const SECRETS = { cr: 'cr-password-for-tests', oss: 'oss-password-for-tests' };
let world: World;
let genie: Awaited<ReturnType<typeof startGenieacs>>;
let acs: Acs;
let oss: OktopusSandbox;
let move: AcsMove;
let hub: TestHub;
/** What the hub said of faults of its own. */
const faults: string[] = [];

const open = (database = 'memory://') => testHub({
  database, genieacs: { url: genie.url }, oktopus: { url: oss.url, email: 'ops@example.ca', password: SECRETS.oss }, acsMigration: { url: NEW, connectionRequestUsername: 'oktopus', connectionRequestPassword: SECRETS.cr },
}, { clock: world.clock, report: (line) => void faults.push(line) });

beforeEach(async () => {
  world = new World();
  genie = await startGenieacs(world);
  acs = genie.acs;
  oss = await startOktopus(world, { users: { 'ops@example.ca': SECRETS.oss } });
  move = linkAcses(world, acs, oss, { newUrl: NEW });
  hub = await open();
}, 60_000);
afterEach(async () => {
  expect(faults.splice(0)).toEqual([]);
  await hub.close();
  move.close();
  await oss.close();
  await genie.close();
});

const serials = (count: number, from = 0): string[] => Array.from({ length: count }, (_, n) => `RCMG${String(from + n).padStart(8, '0')}`);
async function plug(list: readonly string[], oui = '000E5E', productClass = 'HT803G-W'): Promise<void> {
  for (const serial of list) await acs.inform({ serial, oui, productClass, event: '0 BOOTSTRAP' });
  move.settleIn();
  world.calls.length = 0;
}
/** Hub and CPEs live on for so many minutes. */
async function live(minutes: number, stop: () => boolean | Promise<boolean> = () => false): Promise<void> {
  for (let n = 0; n < minutes * 2 && !(await stop()); n += 1) {
    await hub.tick();
    await hub.migrations!.job.idle();
    await move.passTime(30_000);
  }
}
const value = <T extends { readonly type: string }>(answer: T | Refused): T => {
  if (answer.type === 'refused') throw new Error(`${(answer as Refused).code}: ${(answer as Refused).message}`);
  return answer as T;
};
const run = async (id = 'm1'): Promise<AcsMigrationRun> => value<AcsMigrationRun>(await hub.client.acsMigration.get(id));
const writes = () => world.calls.filter(({ system, method }) => (system === 'genieacs' ? method !== 'GET' && method !== 'HEAD' : system === 'oktopus' && method !== 'GET'));
const urlOf = (serial: string): unknown => acs.find(serial)?.tree.get('InternetGatewayDevice.ManagementServer.URL')?.value ?? oss.state.devices.get(serial)?.tree.get('InternetGatewayDevice.ManagementServer.URL')?.value;
const setParameters = () => world.calls.filter(({ system, method, body }) => system === 'genieacs' && method === 'POST' && body.includes('setParameterValues')).map(({ path, body }) => ({ device: decodeURIComponent(decodeURIComponent(path.split('/')[2]!)), names: (JSON.parse(body) as { parameterValues: [string, unknown][] }).parameterValues.map(([name]) => name.split('.').at(-1)!) }));
const quick = { archive: false, ladder: [{ size: 10 }, { size: 100 }] };

test('[acs-42] [S1-164] a dry run says what would move and what stands in the way, and writes nothing', async () => {
  await plug(serials(12));
  await plug(['RCMG00000000'], '001122');
  await plug(['RC.MG.1']);
  acs.state.faults.set('x', { _id: 'x', device: acs.find('RCMG00000003')!.id, channel: 'default', timestamp: world.clock.now(), code: 'cwmp.9002', message: 'Internal error', retries: 0 });
  acs.state.presets.set('inform', { _id: 'inform', weight: 0, channel: 'inform', precondition: '', events: {}, configurations: [{ type: 'provision', name: 'inform' }] });
  acs.state.provisions.set('inform', 'declare("Device.ManagementServer.ConnectionRequestUsername", {value: 1}, {value: "x"});');
  world.calls.length = 0;
  const plan = value<AcsMigrationPlanned>(await hub.client.acsMigration.plan());
  expect(plan).toMatchObject({ type: 'acsMigrationPlan', devices: 14, ready: 10, blocked: { serialTwice: 2, faults: 1, serialUnusable: 1 }, olts: [{ olt: 'unknown', ready: 10, blocked: 4, waves: [10] }] });
  expect(plan.writers).toEqual([{ preset: 'inform', because: 'its provision inform names ManagementServer.', precondition: 'Tags.leadlight-migrating IS NULL' }]);
  expect(plan.problems[0]).toMatchObject({ code: 'presetWrites', hint: expect.stringContaining('Tags.leadlight-migrating IS NULL') });
  expect(writes().filter(({ path }) => path !== '/api/auth/login')).toEqual([]);
  // A start is refused for the same reason, and still nothing is written.
  expect(await hub.client.acsMigration.start({ runId: 'm1' })).toMatchObject({ type: 'refused', code: 'presetWrites' });
  expect(writes().filter(({ path }) => path !== '/api/auth/login')).toEqual([]);
});

test('[acs-42] [S1-134] a fleet moves: settings first, the URL alone and last, seen and read back at the new ACS, archived after the soak', async () => {
  await plug(serials(25));
  const started = value<AcsMigrationRun>(await hub.client.acsMigration.start({ runId: 'm1', policy: { ...quick, archive: true, soakHours: 1 } }));
  expect(started).toMatchObject({ status: 'running', devices: 25, stages: { inventory: 25 } });
  expect(await hub.client.acsMigration.start({ runId: 'm1', policy: { ...quick, archive: true, soakHours: 1 } })).toMatchObject({ repeated: true });
  expect(await hub.client.acsMigration.start({ runId: 'm1' })).toMatchObject({ code: 'runConflict' });
  expect(await hub.client.acsMigration.start({ runId: 'm2' })).toMatchObject({ code: 'runActive' });
  await live(1);
  // The first wave is ten.
  expect((await run()).stages.inventory).toBe(15);
  await live(60, async () => (await run()).status === 'finished');
  expect(await run()).toMatchObject({ status: 'finished', stages: { verified: 25 }, waves: [{ size: 10, bad: 0 }, { size: 15, bad: 0 }], failed: [] });
  for (const serial of serials(25)) {
    expect(urlOf(serial)).toBe(NEW);
    const mine = setParameters().filter(({ device }) => device.endsWith(serial));
    expect(mine.map(({ names }) => names)).toEqual([['PeriodicInformInterval', 'ConnectionRequestUsername', 'ConnectionRequestPassword'], ['URL']]);
  }
  expect(oss.state.peakCwmp).toBe(1);
  await live(90, async () => (await run()).stages.archived === 25);
  expect([(await run()).stages.archived, acs.state.devices.size]).toEqual([25, 0]);
  const events = await hub.client.events.list({ types: 'acsMigration.*', limit: 100 });
  expect(events.map(({ type }) => type)).toEqual(['acsMigration.started', 'acsMigration.waveOpened', 'acsMigration.waveClosed', 'acsMigration.waveOpened', 'acsMigration.waveClosed', 'acsMigration.finished']);
  // No secret in anything that is kept or shown.
  const shown = JSON.stringify([await run(), await hub.client.acsMigration.report('m1'), events, (await hub.deps.db.query('SELECT * FROM acs_migration_run')).rows, (await hub.deps.db.query('SELECT * FROM acs_migration_device')).rows, (await hub.deps.db.query('SELECT * FROM acs_migration_event')).rows]);
  for (const secret of Object.values(SECRETS)) expect(shown).not.toContain(secret);
}, 120_000);

test('[acs-42] devices that never appear stop the wave; what was not switched stays; they come home when their old ACS hears of them', async () => {
  await plug(serials(40));
  const [gone, back] = serials(2) as [string, string];
  move.cutOff.add(gone).add(back);
  value(await hub.client.acsMigration.start({ runId: 'm1', policy: quick }));
  await live(30, async () => (await run()).status === 'stopped');
  const stopped = await run();
  expect([stopped.status, stopped.stages.verified, stopped.stages.unseen, stopped.stages.inventory]).toEqual(['stopped', 8, 2, 30]);
  expect(stopped.because).toMatch(/[12] of 10 devices failed or were not seen/);
  // Somebody resets one of them: it calls the old ACS again.
  acs.find(back)!.tree.get('InternetGatewayDevice.ManagementServer.URL')!.value = OLD;
  await live(90, async () => (await run()).stages.rolledBack === 1);
  expect((await run()).stages).toMatchObject({ rolledBack: 1, unseen: 1 });
  expect([...acs.find(back)!.tags]).toEqual([]);
  expect(setParameters().filter(({ device, names }) => device.endsWith(gone) && names.includes('URL'))).toHaveLength(1);
  // A person goes on: the ladder begins anew, with ten.
  value(await hub.client.acsMigration.resume('m1', { because: 'firewall opened' }));
  move.cutOff.clear();
  await live(60, async () => (await run()).status === 'finished');
  expect((await run()).waves.map(({ size }) => size)).toEqual([10, 10, 20]);
  expect((await run()).stages).toMatchObject({ inventory: 0, rolledBack: 1 });
}, 120_000);

test('[acs-42] a hub that dies at any moment goes on where it was, and no device gets the URL twice', async () => {
  await hub.close();
  const where = `${folder()}/data`;
  hub = await open(where);
  await plug(serials(10));
  value(await hub.client.acsMigration.start({ runId: 'm1', policy: quick }));
  // It ends in the midst of whatever it is doing, again and again.
  for (let n = 0; n < 6; n += 1) {
    await hub.tick();
    await new Promise((resolve) => setTimeout(resolve, 60 * n));
    await hub.close().catch(() => undefined);
    await move.passTime(20_000);
    hub = await open(where);
  }
  faults.length = 0;
  await live(60, async () => (await run()).status === 'finished');
  expect(await run()).toMatchObject({ status: 'finished', stages: { verified: 10 } });
  for (const serial of serials(10)) {
    const urls = setParameters().filter(({ device, names }) => device.endsWith(serial) && names.includes('URL'));
    expect([serial, urls.length]).toEqual([serial, 1]);
    expect(urls[0]!.names).toEqual(['URL']);
  }
}, 240_000);

test('[acs-42] answers to the switch are lost: the devices are looked for, and none is told twice', async () => {
  await plug(serials(10));
  value(await hub.client.acsMigration.start({ runId: 'm1', policy: quick }));
  // Each device's switch is its fourth task and its last.
  world.inject({ system: 'genieacs', method: 'POST', path: '/tasks', kind: 'resetAfter', skip: 30, times: 10 });
  await live(60, async () => (await run()).status === 'finished');
  expect(await run()).toMatchObject({ status: 'finished', stages: { verified: 10 } });
  const { rows } = await hub.deps.db.query<{ lost: number }>(`SELECT count(*)::integer AS lost FROM acs_migration_event WHERE because LIKE 'The URL task is unknown%' OR because LIKE 'Nobody knows%'`);
  expect(rows[0]!.lost).toBeGreaterThan(0);
  for (const serial of serials(10)) expect(setParameters().filter(({ device, names }) => device.endsWith(serial) && names.includes('URL'))).toHaveLength(1);
}, 120_000);

test('[acs-42] rolled back, one and all: through the new ACS where it was switched, untouched where it was not', async () => {
  await plug(serials(12));
  value(await hub.client.acsMigration.start({ runId: 'm1', policy: quick }));
  await live(20, async () => (await run()).stages.verified >= 10);
  value(await hub.client.acsMigration.pause('m1'));
  const first = serials(1)[0]!;
  expect(value<AcsMigrationMoved>(await hub.client.acsMigration.rollBack('m1', { because: 'customer complains', serials: [first] }))).toMatchObject({ asked: 1, refused: [] });
  await live(20, async () => (await run()).stages.rolledBack === 1);
  expect([urlOf(first), (await run()).stages]).toMatchObject([OLD, { rolledBack: 1, verified: 9, inventory: 2 }]);
  expect(await hub.client.acsMigration.rollBack('m1', { because: 'x', serials: ['NOBODY'] })).toMatchObject({ code: 'serialUnknown', path: 'serials[0]' });
  expect(value<AcsMigrationMoved>(await hub.client.acsMigration.rollBack('m1', { because: 'called off' }))).toMatchObject({ asked: 9 });
  await live(40, async () => (await run()).stages.rolledBack === 10);
  expect(await run()).toMatchObject({ status: 'rolledBack', stages: { rolledBack: 10, inventory: 2 } });
  for (const serial of serials(12)) expect([urlOf(serial), [...acs.find(serial)!.tags], acs.find(serial)!.tree.get('InternetGatewayDevice.ManagementServer.PeriodicInformInterval')!.value]).toEqual([OLD, [], 300]);
  expect(oss.state.peakCwmp).toBe(1);
}, 120_000);

test('pause begins nothing more, resume goes on; OLTs of the fibre register have waves of their own, the first alone', async () => {
  await hub.deps.db.query(`UPDATE fibre_drop SET sn = 'rcmg00000000' WHERE fibre_id = 6`);
  await plug(serials(4));
  const oltOf = { RCMG00000001: 'olt-b', RCMG00000002: 'olt-b' };
  expect(value<AcsMigrationPlanned>(await hub.client.acsMigration.plan({ oltOf })).olts.map(({ olt, ready }) => [olt, ready])).toEqual([['172.17.128.2', 1], ['olt-b', 2], ['unknown', 1]]);
  value(await hub.client.acsMigration.start({ runId: 'm1', oltOf, policy: quick }));
  await hub.tick();
  await hub.migrations!.job.idle();
  expect((await run()).waves).toMatchObject([{ olt: '172.17.128.2', size: 1 }]);
  value(await hub.client.acsMigration.pause('m1', { because: 'night' }));
  const before = writes().filter(({ system }) => system === 'genieacs').length;
  await live(5);
  expect([(await run()).status, writes().filter(({ system }) => system === 'genieacs').length - before]).toEqual(['paused', 0]);
  expect(await hub.client.acsMigration.pause('m1')).toMatchObject({ code: 'notExpected' });
  value(await hub.client.acsMigration.resume('m1'));
  await live(60, async () => (await run()).status === 'finished');
  expect((await run()).olts).toMatchObject([{ olt: '172.17.128.2', stages: { verified: 1 } }, { olt: 'olt-b', stages: { verified: 2 } }, { olt: 'unknown', stages: { verified: 1 } }]);
}, 120_000);

test('a device that refuses the URL, one whose settings do not stay, and one that was blocked: each with its reason in JSON and CSV', async () => {
  await plug(serials(10));
  const [refuses, stubborn, faulty] = serials(3) as [string, string, string];
  acs.find(stubborn)!.stubborn.add('InternetGatewayDevice.ManagementServer.PeriodicInformInterval');
  acs.state.faults.set('x', { _id: 'x', device: acs.find(faulty)!.id, channel: 'default', timestamp: world.clock.now(), code: 'cwmp.9002', message: 'Internal error', retries: 0 });
  value(await hub.client.acsMigration.start({ runId: 'm1', policy: { ...quick, stopAbovePpm: 500_000 } }));
  await hub.tick();
  acs.find(refuses)!.failNext = { code: 'cwmp.9007', message: 'Invalid parameter value' };
  await live(60, async () => (await run()).status === 'finished');
  const report = value<AcsMigrationReport>(await hub.client.acsMigration.report('m1'));
  const of = (serial: string) => report.devices.find((one) => one.serial === serial);
  expect(of(stubborn)).toMatchObject({ stage: 'failed', code: 'settingsRefused', moved: 'no', hint: expect.stringMatching(/\S/) });
  expect(of(faulty)).toMatchObject({ stage: 'blocked', code: 'faults', moved: 'no' });
  expect(of(refuses)).toMatchObject({ stage: 'failed', code: 'cwmp.9007', moved: 'no' });
  expect([urlOf(stubborn), [...acs.find(stubborn)!.tags], urlOf(faulty)]).toEqual([OLD, [], OLD]);
  const csv = await hub.ask('GET', '/v1/acs-migration/runs/m1/report?format=csv&stage=failed');
  expect([csv.status, csv.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
  expect(csv.text.split('\r\n')[0]).toBe('deviceId,serial,oui,productClass,olt,wave,stage,moved,changedAt,code,message,hint');
  expect(csv.text).toContain(`,${stubborn},000E5E,HT803G-W,unknown,1,failed,no,`);
  expect(await hub.client.events.list({ types: 'acsMigration.deviceFailed' })).toEqual(expect.arrayContaining([expect.objectContaining({ data: expect.objectContaining({ serial: stubborn, owner: 'noc', code: 'settingsRefused' }) })]));
}, 120_000);

test('bad input names its field; a hub without the settings says which; an unknown run is 404', async () => {
  for (const [path, body, at] of [['plan', { policy: { informIntervalSeconds: 300 } }, 'policy.informIntervalSeconds'], ['runs', { runId: '../x' }, 'runId'], ['plan', { serials: [] }, 'serials'], ['runs/m1/rollback', {}, 'because'], ['plan', { policy: { newConcurrency: 5 } }, 'policy.newConcurrency'], ['plan', { wave: 1 }, 'wave']] as const) {
    const reply = await hub.ask('POST', `/v1/acs-migration/${path}`, { body });
    expect([path, reply.status, reply.body['path']]).toEqual([path, 400, at]);
  }
  expect((await hub.ask('GET', '/v1/acs-migration/runs/none')).status).toBe(404);
  const bare = await testHub();
  await expect(bare.client.acsMigration.plan()).rejects.toMatchObject({ kind: 'unavailable', hint: expect.stringContaining('LEADLIGHT_ACS_MIGRATION_URL') });
  await bare.close();
  world.inject({ system: 'oktopus', path: '/api/device', kind: 'html', times: 9 });
  const error = await hub.client.acsMigration.plan().catch((thrown: unknown) => thrown);
  expect([isVendorError(error), (error as { kind: string }).kind]).toEqual([true, 'unavailable']);
  expect(JSON.stringify(error)).not.toContain(SECRETS.oss);
  expect((await hub.ask('POST', '/v1/acs-migration/plan', { body: {}, key: 'wrong-key-0123456789' })).status).toBe(401);
}, 60_000);
