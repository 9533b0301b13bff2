import { radiusProfile, type NasVendor } from '../../../core/src/index.ts';
import { radiusStore, type Database, type Queryable, type SubscriberWanted } from '../src/index.ts';
import { World } from '../../sandbox/src/world.ts';
import { corner, places, type TestDatabase } from './databases.ts';
import { random } from './throwaway.ts';

const mine = corner();
const USER = mine.user();
const reply = (sku: string, down: number, up: number, vendor: NasVendor = 'mikrotik') => {
  const profile = radiusProfile({ sku, downKbps: down, upKbps: up }, vendor);
  if (profile.type === 'refused') throw new Error(profile.message);
  return profile.value.attributes;
};
const plan = (sku: string, down: number, up: number): Pick<SubscriberWanted, 'planGroup' | 'planReply'> => ({ planGroup: `${mine.groups.plan}${sku}:mikrotik:${down}-${up}`, planReply: reply(sku, down, up) });
const wanted: SubscriberWanted = { username: USER, ...plan('FTTH150I', 150_000, 20_000), framedIp: '100.64.0.10' };

describe.each(places())('accounts on $name', ({ open }) => {
  let db: TestDatabase;
  let world: World;
  const store = (on: Database = db) => radiusStore(on, { clock: world.clock, random, groups: mine.groups });
  const rows = async (table: string, of = USER) => (await db.query<Record<string, unknown>>(`SELECT * FROM ${table} WHERE ${table.startsWith('radgroup') ? `left(groupname, ${mine.prefix.length})` : 'username'} = $1 ORDER BY id`, [table.startsWith('radgroup') ? mine.prefix : of])).rows;
  const groupsOf = async (of = USER) => (await rows('radusergroup', of)).map((row) => row['groupname']);
  const planRows = async () => (await rows('radgroupreply')).filter((row) => String(row['groupname']).startsWith(mine.groups.plan));
  const add = (table: string, attribute: string, op: string, value: string, of = USER) => db.query(`INSERT INTO ${table} (username, attribute, op, value) VALUES ($1, $2, $3, $4)`, [of, attribute, op, value]);

  beforeAll(async () => {
    db = await open();
  }, 60_000);
  afterAll(() => db.close());
  beforeEach(() => {
    world = new World();
  });
  afterEach(() => mine.clean(db));

  test('[S0-100] [S0-101] creates the rows FreeRADIUS answers from, and reads them back', async () => {
    expect(await store().ensure(wanted)).toEqual({
      username: USER, access: 'active', throttled: false, planGroup: wanted.planGroup, framedIp: '100.64.0.10', rates: { downKbps: 150_000, upKbps: 20_000 }, sessions: [], changed: true,
      answer: [['Framed-IP-Address', '100.64.0.10'], ['Mikrotik-Rate-Limit', '20M/150M']], attributes: { 'Framed-IP-Address': '100.64.0.10', 'Mikrotik-Rate-Limit': '20M/150M' }, pendingSince: null,
    });
    expect(await rows('radcheck')).toEqual([expect.objectContaining({ username: USER, attribute: 'Cleartext-Password', op: ':=', value: expect.stringMatching(/^[a-z0-9A]{20}$/) })]);
  });

  test('ensuring again changes nothing and keeps the password', async () => {
    await store().ensure(wanted);
    const all = async () => Promise.all(['radcheck', 'radreply', 'radusergroup', 'radgroupreply'].map((table) => rows(table)));
    const before = await all();
    expect((await store().ensure(wanted)).changed).toBe(false);
    expect(await all()).toEqual(before);
  });

  test('a new plan replaces the old one and nothing else', async () => {
    await store().ensure(wanted);
    await db.query('INSERT INTO radusergroup (username, groupname, priority) VALUES ($1, $2, 5)', [USER, `${mine.prefix}-static-routes`]);
    await add('radreply', 'Framed-Route', '+=', '203.0.113.0/29');
    const { planGroup, planReply } = plan('FTTH500I', 500_000, 50_000);
    expect(await store().changePlan(USER, planGroup, planReply)).toMatchObject({ changed: true, planGroup });
    expect((await store().changePlan(USER, planGroup, planReply)).changed).toBe(false);
    expect(await groupsOf()).toEqual([`${mine.prefix}-static-routes`, planGroup]);
    expect((await rows('radreply')).map((row) => row['attribute']).sort()).toEqual(['Framed-IP-Address', 'Framed-Route']);
    expect(await rows('radcheck')).toHaveLength(1);
    await expect(store().changePlan(mine.user('nobody'), planGroup, planReply)).rejects.toMatchObject({ kind: 'notFound' });
  });

  test('[access-31] forty at once make one password and one plan; the operator is :=', async () => {
    const other = mine.user('other');
    await add('radcheck', 'Cleartext-Password', ':=', 'theirs', other);
    const made = await Promise.all(Array.from({ length: 40 }, () => store().ensure(wanted)));
    expect(made.filter((one) => one.changed)).toHaveLength(1);
    expect(await rows('radcheck')).toEqual([expect.objectContaining({ op: ':=' })]);
    expect(await rows('radusergroup')).toHaveLength(1);
    expect(await planRows()).toHaveLength(1);
    expect(await rows('radcheck', other)).toEqual([expect.objectContaining({ value: 'theirs' })]);
  });

  test('[access-31] forty people on one plan at once: forty accounts, the plan’s rows once', async () => {
    const made = await store().ensureMany(Array.from({ length: 40 }, (_, index) => ({ ...wanted, username: mine.user(`many-${index}`) })), 10);
    expect(made.map((one) => 'state' in one && one.state.access)).toEqual(Array(40).fill('active'));
    expect(await planRows()).toHaveLength(1);
  });

  test('many at once: the one that cannot be is told apart, the others are made', async () => {
    const made = await store().ensureMany([wanted, { ...wanted, username: 'a b' }, { ...wanted, username: mine.user('x') }]);
    expect(made.map((one) => ('state' in one ? one.state.changed : (one.error as { kind: string }).kind))).toEqual([true, 'rejectedInput', true]);
    expect(made.map((one) => one.username)).toEqual([USER, 'a b', mine.user('x')]);
  });

  test('[access-31] what others wrote wrong is put right: doubles go, the oldest password stays, == becomes :=', async () => {
    for (const [op, value] of [['==', 'first'], [':=', 'second']] as const) await add('radcheck', 'Cleartext-Password', op, value);
    expect((await store().get(USER)).access).toBe('rejected');
    expect(await store().ensure(wanted)).toMatchObject({ access: 'active', changed: true });
    expect(await rows('radcheck')).toEqual([expect.objectContaining({ op: ':=', value: 'first' })]);
  });

  test('[access-31] a failure in the middle leaves nothing behind', async () => {
    const broken: Database = {
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

  test('the connection breaks while writing: the outcome is unknown; while reading nothing can have happened', async () => {
    const cut = () => Promise.reject(Object.assign(new Error('Connection lost'), { code: 'ECONNRESET' }));
    const broken: Database = { ...db, query: cut, transaction: cut };
    await expect(store(broken).suspend(USER)).rejects.toMatchObject({ kind: 'unavailable', outcome: 'unknown', hint: expect.stringContaining('read the account') });
    await expect(store(broken).get(USER)).rejects.toMatchObject({ kind: 'unavailable', outcome: 'notApplied' });
  });

  test.each(['jean+fibre@isp', "'; DROP TABLE radcheck; --", '', 'a b', 'é@isp', 'x'.repeat(254)])('[access-32] user name %# is refused before any SQL', async (username) => {
    const query = jest.fn();
    const closed = { kind: db.kind, query, transaction: jest.fn(query) } as never;
    await expect(store(closed).ensure({ ...wanted, username })).rejects.toMatchObject({ kind: 'rejectedInput' });
    await expect(store(closed).get(username)).rejects.toMatchObject({ kind: 'rejectedInput' });
    expect(query).not.toHaveBeenCalled();
  });

  test('[access-32] values go in as values', async () => {
    const evil = "20M'); DROP TABLE radreply; -- \\ ? $1 é";
    await store().ensure({ ...wanted, planReply: [{ attribute: 'Mikrotik-Rate-Limit', op: ':=', value: evil }] });
    expect((await store().get(USER)).attributes['Mikrotik-Rate-Limit']).toBe(evil);
  });

  test('[access-33] rates reach the tables in each maker’s direction and unit', async () => {
    const told = async (vendor: NasVendor) => (await store().ensure({ ...wanted, planGroup: `${mine.groups.plan}FTTH150I:${vendor}`, planReply: reply('FTTH150I', 150_000, 20_000, vendor) })).attributes;
    expect(await told('mikrotik')).toMatchObject({ 'Mikrotik-Rate-Limit': '20M/150M' });
    expect(await told('wispr')).toMatchObject({ 'WISPr-Bandwidth-Max-Up': '20000000', 'WISPr-Bandwidth-Max-Down': '150000000' });
    expect(await told('huawei')).toMatchObject({ 'Huawei-Input-Average-Rate': '20000000', 'Huawei-Output-Average-Rate': '150000000' });
    expect(await told('nokia')).toMatchObject({ 'Alc-Subscriber-QoS-Override': 'i:q:1:pir=20000; e:r:rate=150000' });
    expect(await told('cisco')).toMatchObject({ 'Cisco-AVPair': 'subscriber:sub-qos-policy-in=FTTH150I_u; subscriber:sub-qos-policy-out=FTTH150I_d' });
    expect(radiusProfile({ sku: 'FTTH8G', downKbps: 8_000_000, upKbps: 8_000_000 }, 'wispr')).toMatchObject({ type: 'refused', code: 'rateTooHigh' });
  });

  test('[access-34] [S0-85] [S0-86] suspend fences in, twice is one row, resume brings the plan back', async () => {
    await store().ensure(wanted);
    expect(await store().suspend(USER)).toMatchObject({ access: 'walledGarden', changed: true, planGroup: wanted.planGroup, attributes: { 'Mikrotik-Rate-Limit': '512k/512k', 'Mikrotik-Address-List': 'walled-garden' } });
    expect((await store().suspend(USER)).changed).toBe(false);
    expect((await groupsOf()).filter((group) => group === mine.groups.garden)).toHaveLength(1);
    expect((await store().ensure(wanted)).access).toBe('walledGarden');
    expect(await store().resume(USER)).toMatchObject({ access: 'active', changed: true, attributes: { 'Mikrotik-Rate-Limit': '20M/150M' } });
    expect((await store().resume(USER)).changed).toBe(false);
  });

  test('[access-34] each reason has its own list, and a payment does not lift the fence of another reason', async () => {
    await store().ensure(wanted);
    await store().suspend(USER, 'abuse');
    await store().suspend(USER);
    expect(await groupsOf()).toEqual([wanted.planGroup, `${mine.groups.garden}:abuse`, mine.groups.garden]);
    expect(await store().resume(USER)).toMatchObject({ access: 'walledGarden', attributes: { 'Mikrotik-Address-List': 'walled-garden-abuse' } });
    expect(await store().restoreAttributes(USER)).toEqual(expect.arrayContaining([expect.objectContaining({ attribute: 'Mikrotik-Address-List', value: 'active' })]));
    expect(await store().resume(USER, 'any')).toMatchObject({ access: 'active', changed: true });
    await expect(store().resume(USER, 'whim')).rejects.toMatchObject({ kind: 'rejectedInput', hint: expect.stringContaining('nonPayment') });
  });

  test('[access-34] a block beats everything and shows no plan', async () => {
    await store().ensure(wanted);
    await store().suspend(USER);
    expect(await store().reject(USER)).toMatchObject({ access: 'rejected', attributes: {} });
    expect(await store().admit(USER)).toMatchObject({ access: 'walledGarden' });
  });

  test('an account that is not there: read as absent, every change says so', async () => {
    expect(await store().get(USER)).toMatchObject({ access: 'absent', planGroup: null });
    for (const change of [store().suspend(USER), store().resume(USER), store().reject(USER), store().throttle.apply(USER, '2026-04', { sku: 'SLOW', rates: reply('SLOW', 2_000, 1_000) })]) await expect(change).rejects.toMatchObject({ kind: 'notFound', outcome: 'notApplied' });
    expect(await rows('radusergroup')).toEqual([]);
  });

  test('remove takes our rows only and keeps accounting', async () => {
    await store().ensure(wanted);
    await store().suspend(USER);
    await add('radreply', 'Framed-Route', '+=', '203.0.113.0/29');
    await db.query("INSERT INTO radacct (acctsessionid, acctuniqueid, username, nasipaddress) VALUES ('S1', $2, $1, '10.0.0.1')", [USER, mine.prefix]);
    expect(await store().remove(USER)).toMatchObject({ access: 'absent', changed: true, pendingSince: '2026-04-01T13:00:00.000Z' });
    expect((await store().remove(USER)).changed).toBe(false);
    expect((await rows('radreply')).map((row) => row['attribute'])).toEqual(['Framed-Route']);
    expect((await db.query('SELECT 1 AS one FROM radacct WHERE username = $1', [USER])).rows).toHaveLength(1);
  });

  test('fair use: one cycle throttles once; lifted in it, it stays lifted; the next cycle throttles anew', async () => {
    await store().ensure({ ...wanted, planReply: [...wanted.planReply, { attribute: 'Acct-Interim-Interval', op: ':=', value: '300' }] });
    const slow = { sku: 'SLOW2', rates: reply('SLOW2', 2_000, 1_000) };
    expect(await store().throttle.apply(USER, '2026-04', slow)).toEqual({ changed: true, cycle: '2026-04', state: 'throttled' });
    // What else the plan says stays.
    expect(await store().get(USER)).toMatchObject({ access: 'active', throttled: true, rates: { downKbps: 2_000, upKbps: 1_000 }, attributes: { 'Acct-Interim-Interval': '300' } });
    expect(await store().throttle.apply(USER, '2026-04', slow)).toEqual({ changed: false, cycle: '2026-04', state: 'throttled' });
    // A late request of the cycle before does no harm.
    expect(await store().throttle.restore(USER, '2026-03')).toEqual({ changed: false, cycle: '2026-04', state: 'throttled' });
    expect(await store().throttle.restore(USER, '2026-04')).toEqual({ changed: true, cycle: '2026-04', state: 'lifted' });
    expect(await store().throttle.apply(USER, '2026-04', slow)).toEqual({ changed: false, cycle: '2026-04', state: 'lifted' });
    expect(await store().get(USER)).toMatchObject({ throttled: false, rates: { downKbps: 150_000 } });
    expect((await store().throttle.apply(USER, '2026-05', slow)).changed).toBe(true);
    expect(await store().suspend(USER)).toMatchObject({ access: 'walledGarden', throttled: false });
    expect((await store().throttle.restore(USER)).changed).toBe(true);
    expect(await store().throttle.restore(USER)).toEqual({ changed: false, cycle: '2026-05', state: 'lifted' });
  });

  test('plans: made, listed with who is on them, not deleted while somebody is', async () => {
    const { planGroup, planReply } = plan('FTTH1G', 1_000_000, 500_000);
    expect(await store().plans.ensure(planGroup, planReply)).toEqual({ group: planGroup, rates: { downKbps: 1_000_000, upKbps: 500_000 }, attributes: [['Mikrotik-Rate-Limit', '500M/1000M']], subscribers: 0, changed: true });
    expect((await store().plans.ensure(planGroup, planReply)).changed).toBe(false);
    await store().ensure(wanted);
    expect((await store().plans.list()).map(({ group, subscribers }) => [group, subscribers])).toEqual([[wanted.planGroup, 1], [planGroup, 0]]);
    expect((await store().plans.list({ after: wanted.planGroup, limit: 1 })).map(({ group }) => group)).toEqual([planGroup]);
    await expect(store().plans.remove(wanted.planGroup)).rejects.toMatchObject({ kind: 'conflict', detail: { subscribers: 1 } });
    expect(await store().plans.remove(planGroup)).toBe(true);
    expect(await store().plans.remove(planGroup)).toBe(false);
    await expect(store().plans.ensure('radius-admins', planReply)).rejects.toThrow(RangeError);
    await expect(store().plans.ensure(`${mine.groups.plan}${'X'.repeat(250)}`, planReply)).rejects.toMatchObject({ kind: 'rejectedInput' });
  });

  test('accounts are listed by name, page by page, each as a login would find it', async () => {
    for (const name of ['a', 'b', 'c']) await store().ensure({ ...wanted, username: mine.user(name) });
    await store().suspend(mine.user('b'));
    const first = await store().list({ prefix: mine.prefix, limit: 2 });
    expect(first).toEqual([
      { username: mine.user('a'), access: 'active', throttled: false, planGroup: wanted.planGroup, framedIp: '100.64.0.10', rates: { downKbps: 150_000, upKbps: 20_000 }, online: 0 },
      expect.objectContaining({ username: mine.user('b'), access: 'walledGarden', rates: { downKbps: 512, upKbps: 512 } }),
    ]);
    expect((await store().list({ prefix: mine.prefix, after: mine.user('b') })).map(({ username }) => username)).toEqual([mine.user('c')]);
    expect(await store().list({ prefix: `${mine.prefix}-none` })).toEqual([]);
  });

  test('the orphan report names what daily work left behind', async () => {
    await store().ensure(wanted);
    await add('radcheck', 'Cleartext-Password', ':=', 'x', mine.user('no-group'));
    await db.query('INSERT INTO radusergroup (username, groupname, priority) VALUES ($1, $2, 1)', [mine.user('no-password'), `${mine.groups.plan}gone`]);
    for (const op of [':=', '==']) await add('radcheck', 'Cleartext-Password', op, op, mine.user('twice'));
    for (const group of ['A', 'B']) await db.query('INSERT INTO radusergroup (username, groupname, priority) VALUES ($1, $2, 1)', [mine.user('twice'), `${mine.groups.plan}${group}`]);
    const { planGroup, planReply } = plan('UNUSED', 1_000, 1_000);
    await store().plans.ensure(planGroup, planReply);
    const found = await store().strays(10_000);
    const ours = Object.fromEntries(Object.entries(found).map(([kind, names]) => [kind, (names as string[]).filter((name) => name.startsWith(mine.prefix))]));
    expect(ours).toEqual({
      withoutGroup: [mine.user('no-group')], withoutPassword: [mine.user('no-password')], duplicatePassword: [mine.user('twice')], wrongOperator: [mine.user('twice')], severalPlans: [mine.user('twice')],
      emptyGroups: ['A', 'B', 'gone'].map((name) => `${mine.groups.plan}${name}`), unusedPlans: [planGroup],
    });
  });

  test('[access-42] routers: secrets go in and are used, and never come out', async () => {
    const router = { name: '192.0.2.0/24', shortName: `${mine.prefix}-lan`, type: 'mikrotik', secret: 'secret-of-this-network' };
    expect(await store().nas.ensure(router)).toEqual({ name: '192.0.2.0/24', shortName: router.shortName, type: 'mikrotik', description: null, hasSecret: true, changed: true, restartNeeded: true });
    expect(await store().nas.ensure(router)).toMatchObject({ changed: false, restartNeeded: false });
    await store().nas.ensure({ ...router, name: '192.0.2.9', shortName: `${mine.prefix}-one`, secret: 'secret-of-this-one' });
    expect((await store().nas.at('192.0.2.9'))?.secret).toBe('secret-of-this-one');
    expect((await store().nas.at('192.0.2.10'))?.secret).toBe('secret-of-this-network');
    expect(await store().nas.at('198.51.100.10')).toBeNull();
    const listed = (await store().nas.list()).filter(({ shortName }) => shortName?.startsWith(mine.prefix));
    expect(listed.map(({ name, hasSecret }) => [name, hasSecret])).toEqual([['192.0.2.0/24', true], ['192.0.2.9', true]]);
    expect(JSON.stringify(listed)).not.toContain('secret-of');
    // What else an operator wrote into the row stays.
    await db.query("UPDATE nas SET community = 'theirs' WHERE nasname = '192.0.2.9'");
    expect(await store().nas.ensure({ ...router, name: '192.0.2.9', shortName: `${mine.prefix}-one`, secret: 'another-secret-of-it' })).toMatchObject({ changed: true });
    expect((await db.query("SELECT community FROM nas WHERE nasname = '192.0.2.9'")).rows).toEqual([{ community: 'theirs' }]);
    for (const bad of [{ ...router, name: 'x y' }, { ...router, secret: 'short' }, { ...router, secret: '' }]) await expect(store().nas.ensure(bad)).rejects.toMatchObject({ kind: 'rejectedInput' });
  });

  test('[access-42] nothing that is returned carries the password', async () => {
    const made = await store().ensure(wanted);
    const [{ value }] = (await rows('radcheck')) as [{ value: string }];
    expect(JSON.stringify([made, await store().get(USER), await store().list({ prefix: mine.prefix }), await store().suspend(USER), await store().remove(USER)])).not.toContain(value);
  });
});
