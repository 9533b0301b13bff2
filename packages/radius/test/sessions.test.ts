// Sessions and what they are told. The NAS is ours in every case (a real one cannot be made to refuse); the tables are those of the place.
import { radiusProfile } from '../../../core/src/index.ts';
import { openDb } from '../../journal/src/db.ts';
import { startNas, type NasRunning } from '../../sandbox/src/radius/index.ts';
import { World } from '../../sandbox/src/world.ts';
import { dynauth, enforcement, radiusStore, usageSamples, usageSampleSchema } from '../src/index.ts';
import { corner, places, type TestDatabase } from './databases.ts';
import { random } from './throwaway.ts';

const SECRET = 'nas-secret';
const mine = corner();
const USER = mine.user();
const rates = (down: number, up: number) => {
  const profile = radiusProfile({ sku: 'X', downKbps: down, upKbps: up }, 'mikrotik');
  if (profile.type === 'refused') throw new Error(profile.message);
  return profile.value.attributes;
};
const group = (down: number, up: number) => `${mine.groups.plan}X:mikrotik:${down}-${up}`;
const april = { from: '2026-04-01T04:00:00Z', to: '2026-05-01T04:00:00Z' };

describe.each(places())('sessions on $name', ({ open }) => {
  let db: TestDatabase;
  let world: World;
  let nas: NasRunning;
  const store = () => radiusStore(db, { clock: world.clock, random, groups: mine.groups });
  const act = (nasSecrets: Record<string, string> = { '127.0.0.1': SECRET }) => {
    const rows = store();
    const dyn = dynauth({ clock: world.clock, random, nasSecrets, port: nas.port, patience: { firstMs: 30, tries: 2 }, secretOf: async (ip) => (await rows.nas.at(ip))?.secret });
    return enforcement({ store: rows, dyn, clock: world.clock });
  };
  const insert = (id: string, start: string, stop: string | null, more: { nasIp?: string; up?: string; down?: string } = {}) => {
    const at = (text: string | null) => (text === null ? null : db.kind === 'mysql' ? (Date.parse(text) / 1000).toFixed(3) : text);
    const time = (n: number) => (db.kind === 'mysql' ? `FROM_UNIXTIME($${n})` : `$${n}::timestamptz`);
    return db.query(
      `INSERT INTO radacct (acctsessionid, acctuniqueid, username, nasipaddress, acctstarttime, acctupdatetime, acctstoptime, acctinputoctets, acctoutputoctets) VALUES ($1, $2, $3, $4${db.kind === 'mysql' ? '' : '::inet'}, ${time(5)}, ${time(5)}, ${time(6)}, $7, $8)`,
      [id, `${mine.prefix}${id}`.slice(0, 32), USER, more.nasIp ?? '10.0.0.1', at(start), at(stop), more.up ?? '1', more.down ?? '10'],
    );
  };

  beforeAll(async () => {
    db = await open();
  }, 60_000);
  afterAll(() => db.close());
  beforeEach(async () => {
    world = new World();
    nas = await startNas(world, { secret: SECRET, db, requireMessageAuthenticator: true });
  });
  afterEach(async () => {
    await nas.close();
    await mine.clean(db);
  });

  test('[access-35] [S0-102] 64-bit counters are exact, upload is input, an open session counts', async () => {
    const { acctSessionId } = await nas.startSession({ username: USER });
    await nas.interim(acctSessionId, { inputOctets: 7, inputGigawords: 2 ** 21, outputOctets: 1000, outputGigawords: 5 });
    // 2^21 gigawords are 2^53: one octet more no longer fits a double.
    expect(await store().usage(USER, april)).toEqual({ uploadOctets: '9007199254740999', downloadOctets: '21474837480', sessions: 1, reachingBeyond: 0 });
    expect((await store().sessions(USER))[0]).toMatchObject({ inputOctets: '9007199254740999', outputOctets: '21474837480' });
  });

  test('[access-35] the start of a cycle belongs to it, its end does not; a session that outlasts it is said', async () => {
    await insert('at-start', '2026-04-01T04:00:00Z', '2026-04-01T05:00:00Z');
    await insert('before', '2026-04-01T03:59:59Z', '2026-04-01T05:00:00Z');
    await insert('at-end', '2026-05-01T04:00:00Z', null);
    await insert('beyond', '2026-04-30T23:00:00Z', '2026-05-01T09:00:00Z');
    expect(await store().usage(USER, april)).toEqual({ uploadOctets: '2', downloadOctets: '20', sessions: 2, reachingBeyond: 1 });
  });

  test('[access-35] by day: samples of the running totals split a session at the civil midnight', async () => {
    const own = await openDb('memory://');
    await own.script(usageSampleSchema);
    const samples = usageSamples(own, world.clock);
    const { acctSessionId } = await nas.startSession({ username: USER });
    const report = async (hours: number, inputOctets: number) => {
      world.clock.advance(hours * 3_600_000);
      await nas.interim(acctSessionId, { inputOctets, outputOctets: 0, outputGigawords: 2 ** 21 });
      return samples.take(store());
    };
    // 13:00Z is 09:00 in Toronto; midnight there is 04:00Z, and what is reported then was used before.
    expect(await report(14, 100)).toMatchObject({ samples: 2 });
    await report(1, 107);
    expect(await report(0, 107)).toMatchObject({ samples: 0 });
    expect(await samples.byDay(USER, april, 'America/Toronto')).toMatchObject({
      value: { uploadOctets: '107', downloadOctets: '9007199254740992', days: [{ day: '2026-04-01', uploadOctets: '107', downloadOctets: '9007199254740992' }] },
    });
    await report(1, 110);
    expect(await samples.byDay(USER, april, 'America/Toronto')).toMatchObject({ value: { days: [{ day: '2026-04-01' }, { day: '2026-04-02', uploadOctets: '3', downloadOctets: '0' }] } });
    // A cycle that starts between two samples counts from the one before.
    expect(await samples.byDay(USER, { from: '2026-04-02T04:30:00Z', to: april.to }, 'America/Toronto')).toMatchObject({ value: { uploadOctets: '3', days: [{ day: '2026-04-02' }] } });
    await own.close();
  });

  test('[access-36] several sessions are listed, a silent one is not online', async () => {
    await nas.startSession({ username: USER, framedIp: '100.64.0.10' });
    world.clock.advance(10 * 60_000);
    await nas.startSession({ username: USER, framedIp: '100.64.0.11' });
    expect((await store().sessions(USER)).map((one) => one.framedIp)).toEqual(['100.64.0.10', '100.64.0.11']);
    expect(await store().online({ username: USER, limit: 1 })).toEqual([expect.objectContaining({ username: USER, framedIp: '100.64.0.10', startedAt: '2026-04-01T13:00:00.000Z', lastHeardAt: '2026-04-01T13:00:00.000Z', nasIp: '127.0.0.1' })]);
    const [first] = await store().online({ username: USER, nasIp: '127.0.0.1', limit: 1 });
    expect((await store().online({ username: USER, after: first!.id })).map((one) => one.framedIp)).toEqual(['100.64.0.11']);
    expect(await store().online({ username: USER, nasIp: '10.9.9.9' })).toEqual([]);
    world.clock.advance(6 * 60_000);
    expect((await store().sessions(USER)).map((one) => one.framedIp)).toEqual(['100.64.0.11']);
    await nas.stopSession('S0000002');
    expect(await store().sessions(USER)).toEqual([]);
  });

  test('a stale row is closed once, at the time it was last heard of', async () => {
    await nas.startSession({ username: USER, acctSessionId: 'S9' });
    world.clock.advance(60_000);
    expect(await store().closeStale(USER, 'S9', '127.0.0.1')).toBe(true);
    expect(await store().closeStale(USER, 'S9', '127.0.0.1')).toBe(false);
    expect((await db.query('SELECT acctterminatecause AS cause FROM radacct WHERE username = $1', [USER])).rows).toEqual([{ cause: 'Lost-Service' }]);
  });

  test('[access-36] closing what is stale: looked at first, then closed, and never a session that reports', async () => {
    await nas.startSession({ username: USER, acctSessionId: 'old' });
    world.clock.advance(14 * 60_000);
    await nas.startSession({ username: USER, acctSessionId: 'new' });
    // Less than three intervals is never stale, whatever is asked.
    expect(await store().closeAllStale({ username: USER, silentSeconds: 1 })).toEqual([]);
    world.clock.advance(2 * 60_000);
    const stale = [{ username: USER, acctSessionId: 'old', nasIp: '127.0.0.1', lastHeardAt: '2026-04-01T13:00:00.000Z' }];
    expect(await store().closeAllStale({ username: USER, dryRun: true })).toEqual(stale);
    expect(await store().closeAllStale({ username: USER, nasIp: '10.9.9.9' })).toEqual([]);
    expect(await store().closeAllStale({ username: USER })).toEqual(stale);
    expect(await store().closeAllStale({ username: USER })).toEqual([]);
    expect((await store().sessions(USER)).map((one) => one.acctSessionId)).toEqual(['new']);
  });

  describe('what running sessions are told', () => {
    beforeEach(async () => {
      await store().ensure({ username: USER, planGroup: group(150_000, 20_000), planReply: rates(150_000, 20_000) });
      await nas.startSession({ username: USER });
      world.clock.advance(60_000);
    });
    const faster = () => store().changePlan(USER, group(500_000, 50_000), rates(500_000, 50_000));
    const open = () => nas.sessions.map(({ applied }) => applied);

    test('[access-43] [S0-103] a plan change is in the tables before the NAS is told', async () => {
      let planAtCoa: Promise<string | null> | undefined;
      const take = world.takeFault.bind(world);
      world.takeFault = (system, method, path) => {
        if (path === 'CoA-Request') planAtCoa ??= store().get(USER).then(({ planGroup }) => planGroup);
        return take(system, method, path);
      };
      await faster();
      expect(await act().enforce(USER, 'coa')).toMatchObject({ enforced: true, sessions: [{ acctSessionId: 'S0000001', result: 'changed' }], state: { pendingSince: null, rates: { downKbps: 500_000 } } });
      expect(await planAtCoa).toBe(group(500_000, 50_000));
      expect(open()).toEqual([{ 'Mikrotik-Rate-Limit': '50M/500M' }]);
    });

    test.each(['status', 'hangBefore'] as const)('[access-43] a CoA that fails (%s) leaves the tables new and says it is not enforced; a repeat finishes it', async (kind) => {
      await faster();
      world.inject({ system: 'radius', method: 'UDP', path: 'CoA-Request', kind, status: 506, times: kind === 'status' ? 1 : 2 });
      const first = await act().enforce(USER, 'coa');
      expect(first).toMatchObject({ enforced: false, state: { planGroup: group(500_000, 50_000), rates: { downKbps: 500_000 }, pendingSince: '2026-04-01T13:01:00.000Z' }, sessions: [{ result: 'pending', because: { kind: kind === 'status' ? 'unavailable' : 'timedOut', outcome: kind === 'status' ? 'notApplied' : 'unknown' } }] });
      expect(open()).toEqual([{}]);
      expect((await faster()).changed).toBe(false);
      expect(await act().enforce(USER, 'coa')).toMatchObject({ enforced: true, sessions: [{ result: 'changed' }] });
      // Who was told is not told again.
      expect(await act().enforce(USER, 'coa')).toMatchObject({ enforced: true, sessions: [] });
    });

    test('[access-43] with leave to disconnect, a CoA that is refused becomes a Disconnect', async () => {
      await faster();
      world.inject({ system: 'radius', method: 'UDP', path: 'CoA-Request', kind: 'status', status: 405 });
      expect(await act().enforce(USER, 'coaThenDisconnect')).toMatchObject({ enforced: true, sessions: [{ result: 'disconnected', because: { message: expect.stringContaining('405 Unsupported-Service') } }] });
      expect(nas.sessions).toEqual([]);
    });

    test('[access-43] at the next login: nobody is asked, and that is said', async () => {
      await faster();
      expect(await act().enforce(USER, 'nextLogin')).toMatchObject({ enforced: false, sessions: [{ result: 'pending', because: { kind: 'notAsked' } }] });
      expect(nas.received).toBe(0);
      await nas.stopSession('S0000001');
      world.clock.advance(1_000);
      await nas.startSession({ username: USER });
      expect(await act().enforce(USER, 'nextLogin')).toMatchObject({ enforced: true, sessions: [], state: { pendingSince: null } });
    });

    test('[access-43] a session that began after the change is not touched', async () => {
      await faster();
      world.clock.advance(5_000);
      await nas.startSession({ username: USER, acctSessionId: 'later' });
      expect((await act().enforce(USER, 'disconnect')).sessions.map((one) => one.acctSessionId)).toEqual(['S0000001']);
      expect(nas.sessions.map((one) => one.acctSessionId)).toEqual(['later']);
    });

    test('[S0-85] [S0-86] suspended by CoA: the session is slowed and fenced in; resumed: what was kept undoes the fence', async () => {
      await store().suspend(USER, 'abuse');
      expect(await act().enforce(USER, 'coa')).toMatchObject({ enforced: true, state: { access: 'walledGarden' } });
      expect(open()).toEqual([{ 'Mikrotik-Rate-Limit': '512k/512k', 'Mikrotik-Address-List': 'walled-garden-abuse' }]);
      expect(await store().restoreAttributes(USER)).toHaveLength(2);
      world.clock.advance(86_400_000);
      await nas.interim('S0000001', { inputOctets: 1, outputOctets: 1 });
      await store().resume(USER, 'abuse');
      expect(await act().enforce(USER, 'coa')).toMatchObject({ enforced: true, state: { access: 'active' } });
      expect(open()).toEqual([{ 'Mikrotik-Rate-Limit': '20M/150M', 'Mikrotik-Address-List': 'active' }]);
      expect(await store().restoreAttributes(USER)).toEqual([]);
    });

    test('[access-34] a suspended customer’s new plan never reaches the session', async () => {
      await store().suspend(USER);
      await act().enforce(USER, 'coa');
      world.clock.advance(1_000);
      await faster();
      expect(await act().enforce(USER, 'coa')).toMatchObject({ enforced: true });
      expect(open()).toEqual([{ 'Mikrotik-Rate-Limit': '512k/512k', 'Mikrotik-Address-List': 'walled-garden' }]);
    });

    test('a blocked customer’s session is ended, for there is no speed to give', async () => {
      await store().reject(USER);
      expect(await act().enforce(USER, 'coa')).toMatchObject({ enforced: true, sessions: [{ result: 'disconnected' }] });
      expect(nas.sessions).toEqual([]);
    });

    test('fair use reaches the running session and is taken back', async () => {
      const slow = { sku: 'SLOW2', rates: rates(2_000, 1_000) };
      await store().throttle.apply(USER, '2026-04', slow);
      await act().enforce(USER, 'coa');
      expect(open()).toEqual([{ 'Mikrotik-Rate-Limit': '1M/2M' }]);
      await store().throttle.restore(USER);
      await act().enforce(USER, 'coa');
      expect(open()).toEqual([{ 'Mikrotik-Rate-Limit': '20M/150M' }]);
    });

    test('[access-36] one NAS that fails does not keep the others from being asked', async () => {
      await nas.startSession({ username: USER });
      await insert('far', world.clock.now(), null, { nasIp: '10.9.9.9' });
      const results = await act().disconnectAll(USER);
      expect(results.map(({ acctSessionId, result, because }) => [acctSessionId, result, because?.message])).toEqual([
        ['S0000001', 'disconnected', undefined], ['S0000002', 'disconnected', undefined], ['far', 'pending', 'There is no secret for NAS 10.9.9.9.'],
      ]);
      expect(JSON.stringify(results)).not.toContain(SECRET);
    });

    test('an ACK that no accounting stop follows is not a success', async () => {
      const deaf = await startNas(world, { secret: SECRET });
      try {
        await deaf.startSession({ username: USER, acctSessionId: 'S0000001' });
        const dyn = dynauth({ clock: world.clock, random, nasSecrets: { '127.0.0.1': SECRET }, port: deaf.port });
        const results = await enforcement({ store: store(), dyn, clock: world.clock }).disconnectAll(USER);
        expect(results).toMatchObject([{ result: 'pending', because: { kind: 'notConfirmed', outcome: 'unknown' } }]);
      } finally {
        await deaf.close();
      }
    });

    test('[access-40] a session the NAS does not have is closed in accounting as lost', async () => {
      (nas.sessions as unknown[]).length = 0;
      expect(await act().disconnectOne(USER, 'S0000001')).toMatchObject({ result: 'alreadyOffline' });
      expect(await act().disconnectOne(USER, 'S0000001')).toBeNull();
      expect((await db.query('SELECT acctterminatecause AS cause FROM radacct WHERE username = $1', [USER])).rows).toEqual([{ cause: 'Lost-Service' }]);
    });

    test('[access-42] a NAS’s secret may stand in the nas table', async () => {
      await store().nas.ensure({ name: '127.0.0.0/25', shortName: `${mine.prefix}-lan`, secret: SECRET, type: 'mikrotik' });
      expect(await act({}).disconnectOne(USER, 'S0000001')).toMatchObject({ result: 'disconnected' });
    });

    test('[S0-103] another speed for a running session leaves the tables as they are', async () => {
      const results = await act().changeRate(USER, () => [['Mikrotik-Rate-Limit', '100M/1000M']]);
      expect(results).toMatchObject([{ result: 'changed' }]);
      expect(open()).toEqual([{ 'Mikrotik-Rate-Limit': '100M/1000M' }]);
      expect((await store().get(USER)).rates).toEqual({ downKbps: 150_000, upKbps: 20_000 });
      expect(await act().changeRate(USER, () => [], undefined, 'S404')).toEqual([]);
    });
  });
});
