// Test logins and Status-Server: against the sandbox's server, or against a real one when LEADLIGHT_RADIUS_SERVER (host:port) and
// LEADLIGHT_RADIUS_SECRET are set beside LEADLIGHT_RADIUS_URL, the database that server reads.
import { radiusProfile } from '../../../core/src/index.ts';
import { startRadiusServer } from '../../sandbox/src/radius/index.ts';
import { World } from '../../sandbox/src/world.ts';
import { accessRequest, accountingRequest, dynauth, radiusStore, statusServer, type Peer, type RadiusStore } from '../src/index.ts';
import { corner, places, type TestDatabase } from './databases.ts';
import { random } from './throwaway.ts';

const real = process.env['LEADLIGHT_RADIUS_URL'] ? process.env['LEADLIGHT_RADIUS_SERVER'] : undefined;
const SECRET = real ? process.env['LEADLIGHT_RADIUS_SECRET'] ?? '' : 'testing123';
if (process.env['LEADLIGHT_RADIUS_URL'] && !real) console.warn('NOTICE: logins are not tried on the real server: set LEADLIGHT_RADIUS_SERVER=host:port and LEADLIGHT_RADIUS_SECRET.');
const nasIp = process.env['LEADLIGHT_RADIUS_NAS_IP'] ?? '127.0.0.1';

const run = real || !process.env['LEADLIGHT_RADIUS_URL'] ? describe : describe.skip;
run.each(places().slice(0, 1))('logins, accounts on $name', ({ open }) => {
  const mine = corner();
  const USER = mine.user();
  let db: TestDatabase;
  let store: RadiusStore;
  let peer: Peer;
  let close = async () => undefined as unknown;
  const world = new World();
  beforeAll(async () => {
    db = await open();
    store = radiusStore(db, { clock: world.clock, random, groups: { ...mine.groups } });
    const port = real ? Number(real.split(':')[1] ?? 1812) : undefined;
    const server = real ? undefined : await startRadiusServer(world, { secret: SECRET, db });
    peer = { host: real ? real.split(':')[0]! : '127.0.0.1', port: port ?? server!.port, secret: SECRET };
    close = async () => server?.close();
    const profile = radiusProfile({ sku: 'X', downKbps: 150_000, upKbps: 20_000 }, 'mikrotik');
    if (profile.type === 'refused') throw new Error();
    await store.ensure({ username: USER, planGroup: `${mine.groups.plan}X`, planReply: profile.value.attributes, framedIp: '100.64.0.10' });
  }, 60_000);
  afterAll(async () => {
    await mine.clean(db);
    await close();
    await db.close();
  });
  const login = async (method: 'pap' | 'chap', password?: string) => accessRequest(peer, { username: USER, password: password ?? (await store.password(USER))!, nasIp, method }, random, { firstMs: 500 });

  test.each(['pap', 'chap'] as const)('[S0-100] %s: accepted with what `get` says a login would get', async (method) => {
    const answer = await login(method);
    expect(answer.type).toBe('accepted');
    expect(answer.attributes).toEqual(expect.arrayContaining((await store.get(USER)).answer.map((pair) => [...pair])));
  });
  test.each(['pap', 'chap'] as const)('%s: a wrong password is rejected and shows no plan', async (method) => {
    expect(await login(method, 'not-it')).toMatchObject({ type: 'rejected', attributes: expect.not.arrayContaining([expect.arrayContaining(['Mikrotik-Rate-Limit'])]) });
  });
  test('Status-Server answers to who knows the secret, and to nobody else', async () => {
    expect(await statusServer(peer, random)).toEqual({ attempts: 1 });
    await expect(statusServer({ ...peer, secret: 'not-the-secret' }, random, { firstMs: 100, tries: 2 })).rejects.toMatchObject({ kind: 'timedOut', hint: expect.stringContaining('secret') });
  });
  test('[access-34] suspended, the login meets the garden; blocked, it meets a no without the plan', async () => {
    await store.suspend(USER);
    expect((await login('pap')).attributes).toEqual(expect.arrayContaining([['Mikrotik-Address-List', 'walled-garden']]));
    await store.reject(USER);
    expect(await login('pap')).toEqual({ type: 'rejected', attributes: [['Reply-Message', 'Account blocked']] });
    await store.admit(USER);
    await store.resume(USER);
  });
  (real ? test.skip : test)(real ? 'a lost login is sent again (a real server cannot be made to lose one)' : '[access-38] a lost login is sent again as the same bytes', async () => {
    world.inject({ system: 'radius', method: 'UDP', path: 'Access-Request', kind: 'hangBefore' });
    expect((await login('chap')).type).toBe('accepted');
  });
  (real ? test : test.skip)('[S0-102] accounting of the real server is read back (the sandbox has no accounting port)', async () => {
    const acct = { ...peer, port: Number(process.env['LEADLIGHT_RADIUS_ACCT_PORT'] ?? 1813) };
    const about = { username: USER, acctSessionId: `${mine.prefix}-s1`, nasIp };
    await accountingRequest(acct, { ...about, status: 'start' }, random);
    await accountingRequest(acct, { ...about, status: 'interim', seconds: 60, inputOctets: 42n, outputOctets: 5n * 2n ** 32n + 1000n }, random);
    const clock = { now: () => new Date().toISOString(), sleep: async () => undefined };
    const now = Date.now();
    const period = { from: new Date(now - 3_600_000).toISOString(), to: new Date(now + 3_600_000).toISOString() };
    expect(await radiusStore(db, { clock, random, groups: mine.groups }).usage(USER, period)).toMatchObject({ uploadOctets: '42', downloadOctets: '21474837480' });
    await accountingRequest(acct, { ...about, status: 'stop', seconds: 61, inputOctets: 42n, outputOctets: 1n }, random);
  });
  const coaPort = real ? process.env['LEADLIGHT_RADIUS_COA_PORT'] : undefined;
  (coaPort ? test : test.skip)(coaPort ? '[access-37] [S0-103] the real server’s CoA port takes a signed Disconnect, or says it has no such session' : 'a real server’s CoA port (set LEADLIGHT_RADIUS_COA_PORT)', async () => {
    const clock = { now: () => new Date().toISOString(), sleep: async () => undefined };
    const dyn = dynauth({ clock, random, nasSecrets: { [nasIp]: SECRET }, nasHosts: { [nasIp]: peer.host }, port: Number(coaPort) });
    expect(await dyn.disconnect({ username: USER, acctSessionId: `${mine.prefix}-s1`, nasIp })).toMatchObject({ type: 'disconnected' });
  });
});
