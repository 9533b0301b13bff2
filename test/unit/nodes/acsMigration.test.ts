import { LeadlightHub } from '../../../nodes/LeadlightHub/LeadlightHub.node.ts';
import { KEY, testHub, type TestHub } from '../../../packages/hub/test/hub.ts';
import { linkAcses } from '../../../packages/sandbox/src/acsMove.ts';
import { startGenieacs } from '../../../packages/sandbox/src/genieacs/index.ts';
import { startOktopus } from '../../../packages/sandbox/src/oktopus/index.ts';
import { World } from '../../../packages/sandbox/src/world.ts';
import { context, only, pick, run } from '../support/n8n.ts';

const node = new LeadlightHub();
const newUrl = 'http://oss.example:9292/acs';
let hub: TestHub;
let live: (minutes: number) => Promise<void>;
let close: () => Promise<void>;
let credentials: Record<string, string>;

beforeAll(async () => {
  const world = new World();
  const genie = await startGenieacs(world);
  const oss = await startOktopus(world, { users: { 'ops@example.ca': 'secret' } });
  const move = linkAcses(world, genie.acs, oss, { newUrl });
  for (const n of [1, 2, 3]) await genie.acs.inform({ serial: `RCMG0000000${n}`, oui: '000E5E', productClass: 'HT803G-W', event: '0 BOOTSTRAP' });
  move.settleIn();
  hub = await testHub({ genieacs: { url: genie.url }, oktopus: { url: oss.url, email: 'ops@example.ca', password: 'secret' }, acsMigration: { url: newUrl, connectionRequestUsername: 'oktopus', connectionRequestPassword: 'cr' } }, { clock: world.clock });
  credentials = { baseUrl: hub.url, apiKey: KEY };
  live = async (minutes) => {
    for (let n = 0; n < minutes * 2; n += 1) {
      await hub.tick();
      await hub.migrations!.job.idle();
      await move.passTime(30_000);
    }
  };
  close = async () => {
    await hub.close();
    move.close();
    await oss.close();
    await genie.close();
  };
}, 60_000);
afterAll(() => close());

test('[acs-42] ACS Migration: Plan, Start, Get Status, Pause, Resume, Get Report and Roll Back, as an operator clicks them', async () => {
  const on = { resource: 'acsMigration' };
  const by = pick('list', 'spring-2026');
  expect(await only(node, { ...on, operation: 'plan', options: { serials: 'RCMG00000001, RCMG00000002', policy: '{"soakHours": 1}' } }, credentials)).toMatchObject({ type: 'acsMigrationPlan', devices: 2, ready: 2, policy: { soakHours: 1 } });
  expect(await only(node, { ...on, operation: 'plan', options: { policy: '{"soakHours": "long"}' } }, credentials)).toMatchObject({ type: 'refused', path: 'policy.soakHours' });
  expect(await only(node, { ...on, operation: 'start', runId: 'spring-2026', options: {} }, credentials)).toMatchObject({ status: 'running', devices: 3 });
  expect(await only(node, { ...on, operation: 'pause', run: by, because: 'night' }, credentials)).toMatchObject({ status: 'paused', because: 'night' });
  expect(await only(node, { ...on, operation: 'resume', run: by, because: 'morning', requeue: [] }, credentials)).toMatchObject({ status: 'running' });
  await live(6);
  expect(await only(node, { ...on, operation: 'get', run: by }, credentials)).toMatchObject({ type: 'acsMigration', status: 'finished', stages: { verified: 3 } });
  const rows = await run(node, { items: [{ ...on, operation: 'getReport', run: by, returnAll: false, limit: 2, filters: { stage: 'verified' } }], credentials });
  expect(rows.map(({ json }) => json)).toMatchObject([{ serial: 'RCMG00000001', stage: 'verified' }, { serial: 'RCMG00000002', stage: 'verified' }]);
  expect(await only(node, { ...on, operation: 'rollBack', run: by, because: 'one complains', options: { serials: 'RCMG00000001' } }, credentials)).toMatchObject({ type: 'acsMigrationRollback', asked: 1 });
  expect((await node.methods.listSearch.searchMigrations.call(context(node, { items: [{}], credentials }), 'SPRING')).results).toEqual([{ name: 'spring-2026 (finished, 3 devices)', value: 'spring-2026' }]);
}, 60_000);
