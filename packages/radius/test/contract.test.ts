import { radiusProfile } from '../../../core/src/index.ts';
import { openDb, type Db } from '../../journal/src/db.ts';
import { startNas, type NasRunning } from '../../sandbox/src/radius/index.ts';
import { World } from '../../sandbox/src/world.ts';
import { freeradiusSchema, radiusStore, type Queryable, type SubscriberWanted } from '../src/index.ts';
import { random } from './freeradius.ts';

const USER = 'ord-12@isp';
let db: Db;
let world: World;
const store = (on = db) => radiusStore(on, { clock: world.clock, random });
const plan = (sku: string, down: number, up: number): Pick<SubscriberWanted, 'planGroup' | 'planReply'> => {
  const profile = radiusProfile({ sku, downKbps: down, upKbps: up }, 'mikrotik');
  if (profile.type === 'refused') throw new Error(profile.message);
  return { planGroup: `plan:${sku}:mikrotik:${down}-${up}`, planReply: profile.value.attributes };
};
const wanted: SubscriberWanted = { username: USER, ...plan('FTTH150I', 150_000, 20_000), framedIp: '100.64.0.10' };
const rows = async (table: string, where = 'true') => (await db.query(`SELECT * FROM ${table} WHERE ${where} ORDER BY id`)).rows;

beforeAll(async () => {
  db = await openDb(process.env['LEADLIGHT_RADIUS_DATABASE'] ?? 'memory://');
  await db.script(freeradiusSchema);
});
afterAll(() => db.close());
beforeEach(async () => {
  world = new World();
  await db.script('TRUNCATE radcheck, radreply, radgroupcheck, radgroupreply, radusergroup, radacct');
});

describe('accounts', () => {
  test('[S0-100] [S0-101] creates the rows FreeRADIUS answers from, and reads them back', async () => {
    const made = await store().ensure(wanted);
    expect(made).toEqual({
      username: USER, access: 'active', planGroup: 'plan:FTTH150I:mikrotik:150000-20000', framedIp: '100.64.0.10', sessions: [], changed: true,
      attributes: { 'Framed-IP-Address': '100.64.0.10', 'Mikrotik-Rate-Limit': '20M/150M' },
    });
    expect(await rows('radcheck')).toEqual([expect.objectContaining({ username: USER, attribute: 'Cleartext-Password', op: ':=', value: expect.stringMatching(/^[a-z0-9A]{20}$/) })]);
  });

  test('ensuring again changes nothing and keeps the password', async () => {
    await store().ensure(wanted);
    const before = [await rows('radcheck'), await rows('radreply'), await rows('radusergroup'), await rows('radgroupreply')];
    expect((await store().ensure(wanted)).changed).toBe(false);
    expect([await rows('radcheck'), await rows('radreply'), await rows('radusergroup'), await rows('radgroupreply')]).toEqual(before);
  });

  test('a new plan replaces the old one and nothing else', async () => {
    await store().ensure(wanted);
    await db.query("INSERT INTO radusergroup (username, groupname, priority) VALUES ($1, 'static-routes', 5)", [USER]);
    await db.query("INSERT INTO radreply (username, attribute, op, value) VALUES ($1, 'Framed-Route', '+=', '203.0.113.0/29')", [USER]);
    const { changed } = await store().ensure({ ...wanted, ...plan('FTTH500I', 500_000, 50_000) });
    expect(changed).toBe(true);
    expect((await rows('radusergroup')).map((row) => row['groupname'])).toEqual(['static-routes', 'plan:FTTH500I:mikrotik:500000-50000']);
    expect((await rows('radreply')).map((row) => row['attribute']).sort()).toEqual(['Framed-IP-Address', 'Framed-Route']);
    expect(await rows('radcheck')).toHaveLength(1);
  });

  test('[access-31] forty at once make one password and one plan; the operator is :=', async () => {
    await db.query("INSERT INTO radcheck (username, attribute, op, value) VALUES ('other@isp', 'Cleartext-Password', ':=', 'theirs')");
    const made = await Promise.all(Array.from({ length: 40 }, () => store().ensure(wanted)));
    expect(made.filter((one) => one.changed)).toHaveLength(1);
    expect(await rows('radcheck', `username = '${USER}'`)).toEqual([expect.objectContaining({ op: ':=' })]);
    expect(await rows('radusergroup')).toHaveLength(1);
    expect(await rows('radgroupreply')).toHaveLength(1);
    expect(await rows('radcheck', "username = 'other@isp'")).toEqual([expect.objectContaining({ value: 'theirs' })]);
  });

  test('[access-31] what others wrote wrong is put right: doubles go, the oldest password stays, == becomes :=', async () => {
    for (const [op, value] of [['==', 'first'], [':=', 'second']]) await db.query("INSERT INTO radcheck (username, attribute, op, value) VALUES ($1, 'Cleartext-Password', $2, $3)", [USER, op, value]);
    expect((await store().get(USER)).access).toBe('rejected');
    expect(await store().ensure(wanted)).toMatchObject({ access: 'active', changed: true });
    expect(await rows('radcheck')).toEqual([expect.objectContaining({ op: ':=', value: 'first' })]);
  });

  test('[access-31] a failure in the middle leaves nothing behind', async () => {
    const broken: Db = {
      ...db,
      transaction: (work) =>
        db.transaction((tx) => {
          const query: Queryable['query'] = (sql, params) => (sql.includes('INTO radusergroup') ? Promise.reject(Object.assign(new Error('Failing row contains (secret)'), { code: '23514' })) : tx.query(sql, params));
          return work({ query });
        }),
    };
    const failed = await store(broken).ensure(wanted).catch((error: unknown) => error);
    expect(failed).toMatchObject({ name: 'VendorError', outcome: 'notApplied', detail: { sqlState: '23514' } });
    // [access-42] the driver's text may quote a row.
    expect(JSON.stringify(failed) + (failed as Error).message).not.toContain('secret)');
    for (const table of ['radcheck', 'radreply', 'radgroupreply', 'radusergroup']) expect(await rows(table)).toEqual([]);
  });

  test.each(['jean+fibre@isp', "'; DROP TABLE radcheck; --", '', 'a b', 'é@isp'])('[access-32] the user name "%s" is refused before any SQL', async (username) => {
    const query = jest.fn();
    const closed = { query, transaction: jest.fn() } as never;
    await expect(radiusStore(closed, { clock: world.clock, random }).ensure({ ...wanted, username })).rejects.toMatchObject({ kind: 'rejectedInput' });
    expect(query).not.toHaveBeenCalled();
  });

  test('[access-32] values go in as values', async () => {
    const evil = "20M'); DROP TABLE radreply; --";
    await store().ensure({ ...wanted, planReply: [{ attribute: 'Mikrotik-Rate-Limit', op: ':=', value: evil }] });
    expect((await store().get(USER)).attributes['Mikrotik-Rate-Limit']).toBe(evil);
  });

  test('[access-33] rates reach the tables in each maker’s direction and unit', async () => {
    const reply = async (vendor: Parameters<typeof radiusProfile>[1]) => {
      const profile = radiusProfile({ sku: 'FTTH150I', downKbps: 150_000, upKbps: 20_000 }, vendor);
      if (profile.type === 'refused') throw new Error();
      return (await store().ensure({ ...wanted, planGroup: `plan:FTTH150I:${vendor}`, planReply: profile.value.attributes })).attributes;
    };
    expect(await reply('mikrotik')).toMatchObject({ 'Mikrotik-Rate-Limit': '20M/150M' });
    expect(await reply('wispr')).toMatchObject({ 'WISPr-Bandwidth-Max-Up': '20000000', 'WISPr-Bandwidth-Max-Down': '150000000' });
    expect(await reply('cisco')).toMatchObject({ 'Cisco-AVPair': 'subscriber:sub-qos-policy-in=FTTH150I_u; subscriber:sub-qos-policy-out=FTTH150I_d' });
    expect(radiusProfile({ sku: 'FTTH8G', downKbps: 8_000_000, upKbps: 8_000_000 }, 'wispr')).toMatchObject({ type: 'refused', code: 'rateTooHigh' });
  });

  test('[access-34] suspend fences in, twice is one row, resume brings the plan back', async () => {
    await store().ensure(wanted);
    expect(await store().suspend(USER)).toMatchObject({ access: 'walledGarden', changed: true, planGroup: wanted.planGroup, attributes: { 'Mikrotik-Rate-Limit': '512k/512k', 'Mikrotik-Address-List': 'walled-garden' } });
    expect((await store().suspend(USER)).changed).toBe(false);
    expect(await rows('radusergroup', "groupname = 'walled-garden'")).toHaveLength(1);
    expect((await store().ensure(wanted)).access).toBe('walledGarden');
    expect(await store().resume(USER)).toMatchObject({ access: 'active', changed: true, attributes: { 'Mikrotik-Rate-Limit': '20M/150M' } });
    expect((await store().resume(USER)).changed).toBe(false);
  });

  test('[access-34] a block beats everything and shows no plan', async () => {
    await store().ensure(wanted);
    await store().suspend(USER);
    expect(await store().reject(USER)).toMatchObject({ access: 'rejected', attributes: {} });
    expect(await store().admit(USER)).toMatchObject({ access: 'walledGarden' });
  });

  test('an account that is not there: read as absent, suspend says so', async () => {
    expect(await store().get(USER)).toMatchObject({ access: 'absent', planGroup: null });
    await expect(store().suspend(USER)).rejects.toMatchObject({ kind: 'notFound', outcome: 'notApplied' });
    expect(await rows('radusergroup')).toEqual([]);
  });

  test('remove takes our rows only and keeps accounting', async () => {
    await store().ensure(wanted);
    await store().suspend(USER);
    await db.query("INSERT INTO radreply (username, attribute, op, value) VALUES ($1, 'Framed-Route', '+=', '203.0.113.0/29')", [USER]);
    await db.query("INSERT INTO radacct (acctsessionid, acctuniqueid, username, nasipaddress) VALUES ('S1', 'u1', $1, '10.0.0.1')", [USER]);
    expect(await store().remove(USER)).toMatchObject({ access: 'absent', changed: true });
    expect((await store().remove(USER)).changed).toBe(false);
    expect((await rows('radreply')).map((row) => row['attribute'])).toEqual(['Framed-Route']);
    expect((await db.query('SELECT 1 FROM radacct')).rows).toHaveLength(1);
  });

  test('a database without the tables is named as that', async () => {
    const bare = await openDb('memory://');
    await expect(radiusStore(bare, { clock: world.clock, random }).get(USER)).rejects.toMatchObject({ kind: 'rejectedInput', hint: expect.stringContaining('schema.sql') });
    await bare.close();
  });
});

describe('sessions', () => {
  let nas: NasRunning;
  beforeEach(async () => {
    nas = await startNas(world, { secret: 'nas-secret', db });
  });
  afterEach(() => nas.close());
  const april = { from: '2026-04-01T04:00:00Z', to: '2026-05-01T04:00:00Z' };

  test('[access-35] [S0-102] 64-bit counters are exact, upload is input, an open session counts', async () => {
    const { acctSessionId } = await nas.startSession({ username: USER });
    await nas.interim(acctSessionId, { inputOctets: 7, inputGigawords: 2 ** 21, outputOctets: 1000, outputGigawords: 5 });
    // 2^21 gigawords are 2^53: one octet more no longer fits a double.
    expect(await store().usage(USER, april)).toEqual({ uploadOctets: '9007199254740999', downloadOctets: '21474837480', sessions: 1, reachingBeyond: 0 });
    expect((await store().sessions(USER))[0]).toMatchObject({ inputOctets: '9007199254740999', outputOctets: '21474837480' });
  });

  test('[access-35] the start of a cycle belongs to it, its end does not; a session that outlasts it is said', async () => {
    const insert = (id: string, start: string, stop: string | null) =>
      db.query("INSERT INTO radacct (acctsessionid, acctuniqueid, username, nasipaddress, acctstarttime, acctupdatetime, acctstoptime, acctinputoctets, acctoutputoctets) VALUES ($1, $1, $2, '10.0.0.1', $3::timestamptz, $3::timestamptz, $4::timestamptz, 1, 10)", [id, USER, start, stop]);
    await insert('at-start', '2026-04-01T04:00:00Z', '2026-04-01T05:00:00Z');
    await insert('before', '2026-04-01T03:59:59Z', '2026-04-01T05:00:00Z');
    await insert('at-end', '2026-05-01T04:00:00Z', null);
    await insert('beyond', '2026-04-30T23:00:00Z', '2026-05-01T09:00:00Z');
    expect(await store().usage(USER, april)).toEqual({ uploadOctets: '2', downloadOctets: '20', sessions: 2, reachingBeyond: 1 });
  });

  test('[access-36] several sessions are listed, a silent one is not online', async () => {
    await nas.startSession({ username: USER, framedIp: '100.64.0.10' });
    world.clock.advance(10 * 60_000);
    await nas.startSession({ username: USER, framedIp: '100.64.0.11' });
    expect((await store().sessions(USER)).map((one) => one.framedIp)).toEqual(['100.64.0.10', '100.64.0.11']);
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
    expect((await db.query('SELECT acctterminatecause AS cause FROM radacct')).rows).toEqual([{ cause: 'Lost-Service' }]);
  });

  test('[access-42] nothing that is returned carries the password', async () => {
    const made = await store().ensure(wanted);
    const [{ value }] = (await rows('radcheck')) as [{ value: string }];
    expect(JSON.stringify([made, await store().get(USER), await store().suspend(USER), await store().remove(USER)])).not.toContain(value);
  });
});
