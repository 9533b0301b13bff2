// The legacy olt app. LEADLIGHT_ONOS_URL (…/onos/olt/oltapp) with LEADLIGHT_ONOS_USER and LEADLIGHT_ONOS_PASSWORD runs what holds anywhere
// against a real one; LEADLIGHT_ONOS_PORT names a port that is provisioned already.
import { axiosSend } from '../../http/src/send.ts';
import { ONOS_USER, serveOnos, startVoltha, type OnosState } from '../../sandbox/src/voltha/index.ts';
import { World } from '../../sandbox/src/world.ts';
import { onosOlt, type OnosOlt } from '../src/index.ts';

const { env } = process;
const url = env['LEADLIGHT_ONOS_URL'];
const basic = (user: string) => ({ authorization: `Basic ${Buffer.from(user).toString('base64')}` });
const PORT = 'ALPHe3d1cfab-1';
let close: (() => Promise<void>)[] = [];
let state: OnosState;
let world: World;
let base: string;
let client: OnosOlt;

beforeEach(async () => {
  world = new World();
  state = { sadis: new Map([[PORT, { sTag: 900, cTag: 100, tpId: 64, up: 'u', down: 'd' }]]), programmed: new Set() };
  if (!url) {
    const sim = await startVoltha(world, { olts: [{ ip: '10.20.0.11' }] });
    const onos = await serveOnos(world, sim.fleet, state);
    await world.emit('ont.plugged', { serial: 'ALPHE3D1CFAB', oltIp: '10.20.0.11', ponPort: 3, productClass: 'x', oui: 'x' });
    world.clock.advance(10_000);
    close = [() => onos.close(), () => sim.close()];
    base = `${onos.url}/onos/olt/oltapp`;
  } else base = url.replace(/\/+$/, '');
  client = onosOlt(axiosSend({ baseUrl: base, headers: basic(url ? `${env['LEADLIGHT_ONOS_USER'] ?? 'karaf'}:${env['LEADLIGHT_ONOS_PASSWORD'] ?? 'karaf'}` : ONOS_USER) }));
});
afterEach(async () => {
  for (const one of close) await one();
  close = [];
});
const known = url ? env['LEADLIGHT_ONOS_PORT'] : PORT;
const withPort = known ? test : test.skip;

test('it answers, and a wrong password is told apart', async () => {
  expect(await client.status()).toEqual({ up: true });
  await expect(onosOlt(axiosSend({ baseUrl: base, headers: basic('karaf:wrong') })).status()).rejects.toMatchObject({ kind: 'unauthorised', status: 401 });
});
test('a port nobody knows is notFound', async () => {
  await expect(client.provision('LEADLIGHT00-1')).rejects.toMatchObject({ kind: 'notFound', outcome: 'notApplied', hint: expect.stringContaining('spelled') });
});
withPort(`[access-19] 204 is a failure: nothing provisioned${known ? '' : ' (skipped: LEADLIGHT_ONOS_PORT is not set)'}`, async () => {
  if (!url) await client.provision(known!);
  await expect(client.provision(known!)).rejects.toMatchObject({ kind: 'unexpectedReply', status: 204, hint: expect.stringContaining('Nothing provisioned'), detail: { cause: 'nothingProvisioned' } });
});

(url ? describe.skip : describe)('what the sandbox is made to show (skipped: states are planted)', () => {
  test('[access-19] a port without a subscriber, and a removal of nothing', async () => {
    state.sadis.clear();
    await expect(client.provision(PORT)).rejects.toMatchObject({ detail: { cause: 'nothingProvisioned' } });
    await expect(client.deprovision(PORT)).rejects.toMatchObject({ detail: { cause: 'nothingProvisioned' } });
  });
  test('provisioned, listed, taken off', async () => {
    await client.provision(PORT, { sVlan: 900, cVlan: 100, techProfileId: 64 });
    expect(await client.programmed()).toEqual([{ location: expect.stringMatching(/^of:[0-9a-f]{16}\/256$/), sVlan: 900, cVlan: 100, techProfileId: 64, upstreamProfile: 'u', downstreamProfile: 'd' }]);
    await client.deprovision(PORT);
    expect(await client.programmed()).toEqual([]);
  });
  test('a reset after the work: outcome unknown', async () => {
    world.inject({ system: 'onos', method: 'POST', kind: 'resetAfter' });
    await expect(client.provision(PORT)).rejects.toMatchObject({ kind: 'timedOut', outcome: 'unknown' });
    world.inject({ system: 'onos', kind: 'html', status: 200 });
    await expect(client.status()).rejects.toMatchObject({ kind: 'unexpectedReply', hint: expect.stringContaining('oltapp') });
  });
});
