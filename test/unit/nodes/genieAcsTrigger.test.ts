import type { IPollFunctions } from 'n8n-workflow';
import { GenieAcsTrigger } from '../../../nodes/GenieAcsTrigger/GenieAcsTrigger.node.ts';
import { startGenieacs } from '../../../packages/sandbox/src/genieacs/index.ts';
import { World } from '../../../packages/sandbox/src/world.ts';
import { context, failed } from '../support/n8n.ts';

const node = new GenieAcsTrigger();
let world: World;
let acs: Awaited<ReturnType<typeof startGenieacs>>;
let memory: Record<string, unknown>;
beforeEach(async () => {
  world = new World('2026-04-01T13:00:00.000Z', true);
  acs = await startGenieacs(world);
  memory = {};
});
afterEach(() => acs.close());

/** n8n around a polling trigger; what it keeps between polls goes through JSON, as in its database. */
async function poll(parameters: object, mode = 'trigger', baseUrl = acs.url) {
  const kept = JSON.parse(JSON.stringify(memory)) as Record<string, unknown>;
  const self = Object.assign(context(node, { items: [parameters as never], credentials: { baseUrl, authentication: 'none' } }), { getWorkflowStaticData: () => kept, getMode: () => mode }) as unknown as IPollFunctions;
  const out = await node.poll.call(self);
  memory = kept;
  return out?.[0]?.map((item) => [item.json['type'], item.json['serial']]) ?? null;
}
const plug = (serial: string, productClass = 'HT803G-W') => acs.acs.inform({ serial, oui: '000E5E', productClass, event: '0 BOOTSTRAP' });

test('[acs-31] the first poll is silent; then each happening starts the workflow once, also after n8n was restarted', async () => {
  await plug('RCMG1');
  const events = ['bootstrap', 'fault', 'registered'];
  expect(await poll({ events })).toBeNull();
  expect(await poll({ events })).toBeNull();
  world.clock.advance(1_000);
  await plug('RCMG2');
  expect(await poll({ events })).toEqual(expect.arrayContaining([['bootstrap', 'RCMG2'], ['registered', 'RCMG2']]));
  expect(await poll({ events })).toBeNull();
});

test('another filter starts anew and silent; the filter holds for faults, too', async () => {
  const wanted = { events: ['registered'], options: { productClass: 'Device2' } };
  await poll({ events: ['registered'] });
  await plug('RCMG1');
  expect(await poll(wanted)).toBeNull();
  world.clock.advance(1_000);
  await plug('RCMG2');
  await plug('DECO1', 'Device2');
  expect(await poll(wanted)).toEqual([['registered', 'DECO1']]);
});

test('a test run in the editor shows the latest and remembers nothing', async () => {
  await plug('RCMG1');
  expect(await poll({ events: ['bootstrap'] }, 'manual')).toEqual([['bootstrap', 'RCMG1']]);
  expect(memory).toEqual({});
});

test('a GenieACS that is away fails the poll and keeps the memory', async () => {
  await plug('RCMG1');
  await poll({ events: ['inform'] });
  const before = JSON.stringify(memory);
  expect(await failed(poll({ events: ['inform'] }, 'trigger', 'http://127.0.0.1:1'))).toMatchObject({ name: 'NodeApiError', description: expect.stringMatching(/reachable/) });
  expect(JSON.stringify(memory)).toBe(before);
  expect(await failed(poll({ events: [] }))).toMatchObject({ name: 'NodeOperationError' });
});
