// Against a real FreeRADIUS with the stock tables on a real PostgreSQL and on a real MariaDB; every NAS must sign
// (`require_message_authenticator = yes`).
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { radiusProfile, type NasVendor } from '../../core/src/index.ts';
import { accessRequest, accountingRequest, CODE, decodePacket, dynauth, enforcement, openRadiusDatabase, PLAN_PREFIX, radiusStore, replyFault, requestFault, statusServer, type OpenDatabase, type RadiusStore } from '../../packages/radius/src/index.ts';
import { random, startFreeRadius, type FreeRadius, type Store } from '../../packages/radius/test/freeradius.ts';
import { GOLDEN_COA } from '../../packages/radius/test/golden.ts';
import { startNas } from '../../packages/sandbox/src/radius/index.ts';
import { World } from '../../packages/sandbox/src/world.ts';

const USER = 'ord-12@isp';
const clock = { now: () => new Date().toISOString(), sleep: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)) };
describe.each(['postgresql', 'mysql'] as const)('FreeRADIUS on %s', (kind: Store) => {
  let server: FreeRadius | null;
  let db: OpenDatabase;
  let store: RadiusStore;

  beforeAll(async () => {
    server = await startFreeRadius(kind);
    if (!server) return;
    db = await openRadiusDatabase(server.databaseUrl);
    store = radiusStore(db, { clock, random });
  }, 120_000);
  afterAll(async () => {
    await db?.close();
    await server?.close();
  });
  /** Runs with a server; without one the notice of `startFreeRadius` has been printed. */
  const real = (name: string, work: (at: FreeRadius) => Promise<void>) =>
    test(name, async () => {
      if (!server) return console.warn(`NOTICE: not run: ${name}`);
      for (const table of ['radcheck', 'radreply', 'radgroupcheck', 'radgroupreply', 'radusergroup', 'radacct']) await db.query(`DELETE FROM ${table}`);
      await work(server);
    }, 30_000);

  const ensure = (vendor: NasVendor, username = USER) => {
    const profile = radiusProfile({ sku: 'FTTH150I', downKbps: 150_000, upKbps: 20_000 }, vendor);
    if (profile.type === 'refused') throw new Error(profile.message);
    return store.ensure({ username, planGroup: `${PLAN_PREFIX}FTTH150I:${vendor}:150000-20000`, planReply: profile.value.attributes, framedIp: '100.64.0.10', delegatedPrefix: '2001:db8:100::/56' });
  };
  const password = async (username = USER) => (await db.query<{ value: string }>("SELECT value FROM radcheck WHERE username = $1 AND attribute = 'Cleartext-Password'", [username])).rows[0]!.value;
  const login = async (at: FreeRadius, secretWord?: string, method: 'pap' | 'chap' = 'pap') =>
    accessRequest({ host: '127.0.0.1', port: at.authPort, secret: at.secret }, { username: USER, password: secretWord ?? (await password()), nasIp: '127.0.0.1', method }, random, { firstMs: 2_000 });

  real('[S0-100] [S0-101] [access-33] Access-Accept carries the plan in each maker’s direction and unit', async (at) => {
    const expected: Record<NasVendor, readonly (readonly [string, string | number])[]> = {
      mikrotik: [['Mikrotik-Rate-Limit', '20M/150M']],
      wispr: [['WISPr-Bandwidth-Max-Up', 20_000_000], ['WISPr-Bandwidth-Max-Down', 150_000_000]],
      cisco: [['Cisco-AVPair', 'subscriber:sub-qos-policy-in=FTTH150I_u'], ['Cisco-AVPair', 'subscriber:sub-qos-policy-out=FTTH150I_d']],
      juniper: [['ERX-Ingress-Policy-Name', 'FTTH150I_u'], ['ERX-Egress-Policy-Name', 'FTTH150I_d'], ['ERX-CoS-Shaping-Pmt-Type', 'T02 150m']],
      nokia: [['Alc-Subsc-Prof-Str', 'FTTH150I'], ['Alc-SLA-Prof-Str', 'FTTH150I'], ['Alc-Subscriber-QoS-Override', 'i:q:1:pir=20000'], ['Alc-Subscriber-QoS-Override', 'e:r:rate=150000']],
      huawei: [['Huawei-Input-Average-Rate', 20_000_000], ['Huawei-Output-Average-Rate', 150_000_000]],
    };
    for (const [vendor, attributes] of Object.entries(expected)) {
      const { attributes: predicted } = await ensure(vendor as NasVendor);
      const answer = await login(at);
      expect(answer).toEqual({ type: 'accepted', attributes: [['Framed-IP-Address', '100.64.0.10'], ['Delegated-IPv6-Prefix', '2001:db8:100::/56'], ...attributes] });
      // What `get` says a login would get is what a login gets.
      for (const [name, value] of answer.attributes) expect(predicted[name]).toContain(String(value));
    }
  });

  real('[access-34] the walled garden after suspend, the plan after resume, Access-Reject without a plan after a block', async (at) => {
    await ensure('mikrotik');
    const { attributes } = await store.suspend(USER);
    const fenced = await login(at);
    expect(Object.fromEntries(fenced.attributes.map(([name, value]) => [name, String(value)]))).toEqual(attributes);
    expect(fenced.attributes).toEqual(expect.arrayContaining([['Mikrotik-Rate-Limit', '512k/512k'], ['Mikrotik-Address-List', 'walled-garden']]));
    await store.resume(USER);
    expect((await login(at)).attributes).toEqual(expect.arrayContaining([['Mikrotik-Rate-Limit', '20M/150M']]));
    await store.reject(USER);
    expect(await login(at)).toEqual({ type: 'rejected', attributes: [['Reply-Message', 'Account blocked']] });
  });

  real('Access-Reject for a wrong password, and for an account that was removed', async (at) => {
    await ensure('mikrotik');
    expect(await login(at, 'not-it')).toEqual({ type: 'rejected', attributes: [] });
    const before = await password();
    await store.remove(USER);
    expect((await login(at, before)).type).toBe('rejected');
  });

  real('[access-31] forty writers on a real pool leave one account, which logs in', async (at) => {
    const made = await Promise.all(Array.from({ length: 40 }, () => ensure('mikrotik')));
    expect(made.filter((one) => one.changed)).toHaveLength(1);
    for (const table of ['radcheck', 'radusergroup', 'radgroupreply']) expect((await db.query(`SELECT 1 FROM ${table}`)).rows).toHaveLength(1);
    expect((await login(at)).type).toBe('accepted');
  });

  real('[access-37] the golden CoA is accepted as it stands; without its first attribute it is not heard', async (at) => {
    const ask = (bytes: Buffer, waitMs: number) =>
      new Promise<Buffer | undefined>((resolve) => {
        const socket = createSocket('udp4');
        const end = (reply?: Buffer) => {
          clearTimeout(timer);
          socket.close(() => resolve(reply));
        };
        const timer = setTimeout(end, waitMs);
        socket.once('message', end);
        socket.send(bytes, at.coaPort, '127.0.0.1');
      });
    const golden = Buffer.from(GOLDEN_COA, 'hex');
    const reply = await ask(golden, 5_000);
    expect(replyFault(golden, reply!, at.secret)).toBeUndefined();
    expect(decodePacket(reply!)).toMatchObject({ code: CODE.coaAck, attributes: [['Reply-Message', 'rate=20M/300M sid=S0000001 prefix=2001:db8:100::/56']] });
    // The same request without its first attribute, otherwise faultless.
    const unsigned = Buffer.concat([golden.subarray(0, 4), Buffer.alloc(16), golden.subarray(38)]);
    unsigned.writeUInt16BE(unsigned.length, 2);
    createHash('md5').update(unsigned).update(at.secret).digest().copy(unsigned, 4);
    expect(requestFault(unsigned, at.secret)).toBeUndefined();
    expect(await ask(unsigned, 500)).toBeUndefined();
  });

  real('[S0-103] [access-40] CoA and Disconnect by the client; an unknown session is already offline', async (at) => {
    const dyn = dynauth({ clock, random, nasSecrets: { '127.0.0.1': at.secret }, port: at.coaPort });
    const session = { username: USER, acctSessionId: 'S1', nasIp: '127.0.0.1', framedIp: '100.64.0.10' };
    expect(await dyn.change(session, [['Mikrotik-Rate-Limit', '50M/500M']])).toEqual({ type: 'applied', attempts: 1 });
    expect(await dyn.disconnect(session)).toEqual({ type: 'disconnected', alreadyOffline: false, attempts: 1 });
    expect(await dyn.disconnect({ ...session, username: 'ghost' })).toMatchObject({ alreadyOffline: true });
  });

  real('[S0-102] [access-35] FreeRADIUS folds Gigawords; the store reads them exactly, upload as input', async (at) => {
    const peer = { host: '127.0.0.1', port: at.acctPort, secret: at.secret };
    const about = { username: USER, acctSessionId: 'S1', nasIp: '127.0.0.1', framedIp: '100.64.0.10' };
    await accountingRequest(peer, { ...about, status: 'start' }, random);
    expect(await store.sessions(USER)).toMatchObject([{ acctSessionId: 'S1', nasIp: '127.0.0.1', framedIp: '100.64.0.10' }]);
    await accountingRequest(peer, { ...about, status: 'interim', seconds: 60, inputOctets: 42n, outputOctets: 5n * 2n ** 32n + 1000n }, random);
    const today = { from: new Date(Date.now() - 3_600_000).toISOString(), to: new Date(Date.now() + 3_600_000).toISOString() };
    expect(await store.usage(USER, today)).toEqual({ uploadOctets: '42', downloadOctets: '21474837480', sessions: 1, reachingBeyond: 0 });
    await accountingRequest(peer, { ...about, status: 'stop', seconds: 61, inputOctets: 43n, outputOctets: 21474837481n }, random);
    expect(await store.sessions(USER)).toEqual([]);
    expect(await store.usage(USER, today)).toMatchObject({ uploadOctets: '43', downloadOctets: '21474837481' });
  });

  real('[access-34] each reason of suspension has its own list; a throttle is answered, and lifted; rows of this store are never read as a group', async (at) => {
    await ensure('mikrotik');
    await store.throttle.apply(USER, '2026-04', { sku: 'SLOW2', rates: [{ attribute: 'Mikrotik-Rate-Limit', op: ':=', value: '1M/2M' }] });
    expect((await login(at)).attributes).toEqual(expect.arrayContaining([['Framed-IP-Address', '100.64.0.10'], ['Mikrotik-Rate-Limit', '1M/2M']]));
    await store.suspend(USER, 'abuse');
    expect((await login(at)).attributes).toEqual(expect.arrayContaining([['Mikrotik-Rate-Limit', '512k/512k'], ['Mikrotik-Address-List', 'walled-garden-abuse']]));
    await store.resume(USER, 'any');
    await store.throttle.restore(USER);
    const back = (await login(at)).attributes;
    expect(back).toEqual(expect.arrayContaining([['Mikrotik-Rate-Limit', '20M/150M']]));
    expect(back.map(([name]) => name)).not.toContain('Class');
  });

  real('test logins by PAP and CHAP, and Status-Server, all signed', async (at) => {
    await ensure('mikrotik');
    for (const method of ['pap', 'chap'] as const) {
      expect((await login(at, undefined, method)).type).toBe('accepted');
      expect((await login(at, 'not-it', method)).type).toBe('rejected');
    }
    const peer = { host: '127.0.0.1', port: at.authPort, secret: at.secret };
    expect(await statusServer(peer, random)).toEqual({ attempts: 1 });
    await expect(statusServer({ ...peer, secret: 'another' }, random, { firstMs: 200, tries: 1 })).rejects.toMatchObject({ kind: 'timedOut' });
  });

  real('[access-43] [S0-103] a plan change through FreeRADIUS’s CoA port: the tables first, then the session', async (at) => {
    await ensure('mikrotik');
    await accountingRequest({ host: '127.0.0.1', port: at.acctPort, secret: at.secret }, { username: USER, acctSessionId: 'S1', nasIp: '127.0.0.1', status: 'start', framedIp: '100.64.0.10' }, random);
    const act = (port: number) => enforcement({ store, clock, dyn: dynauth({ clock, random, nasSecrets: { '127.0.0.1': at.secret }, port, patience: { firstMs: 300, tries: 1 } }) });
    // FreeRADIUS stamps the start with whole seconds of its own clock.
    await clock.sleep(1_100);
    await store.changePlan(USER, `${PLAN_PREFIX}FTTH500I:mikrotik:500000-50000`, [{ attribute: 'Mikrotik-Rate-Limit', op: ':=', value: '50M/500M' }]);
    // Nobody listens on the accounting port for CoA: silence.
    expect(await act(at.acctPort).enforce(USER, 'coa')).toMatchObject({ enforced: false, state: { rates: { downKbps: 500_000 } }, sessions: [{ result: 'pending', because: { kind: 'timedOut', outcome: 'unknown' } }] });
    expect((await login(at)).attributes).toEqual(expect.arrayContaining([['Mikrotik-Rate-Limit', '50M/500M']]));
    expect(await act(at.coaPort).enforce(USER, 'coa')).toMatchObject({ enforced: true, sessions: [{ result: 'changed' }], state: { pendingSince: null } });
  });

  real('[access-36] a session FreeRADIUS wrote is listed, and its stale row is closed', async (at) => {
    await accountingRequest({ host: '127.0.0.1', port: at.acctPort, secret: at.secret }, { username: USER, acctSessionId: 'S7', nasIp: '127.0.0.1', status: 'start' }, random);
    const [row] = await store.online({ username: USER });
    expect(Math.abs(Date.parse(row!.startedAt) - Date.now())).toBeLessThan(30_000);
    const later = radiusStore(db, { random, clock: { now: () => new Date(Date.now() + 3_600_000).toISOString(), sleep: clock.sleep } });
    expect(await later.sessions(USER)).toEqual([]);
    expect(await later.closeAllStale({ username: USER })).toMatchObject([{ acctSessionId: 'S7', nasIp: '127.0.0.1' }]);
    expect(await store.online({ username: USER })).toEqual([]);
  });
});

/** FreeRADIUS's own client against our NAS: the other direction. */
const radclient = (command: 'disconnect' | 'coa', port: number, secret: string, input: string) =>
  new Promise<string>((resolve, reject) => {
    const child = spawn('radclient', ['-x', '-r', '1', '-t', '2', `127.0.0.1:${port}`, command, secret]);
    let out = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (out += chunk));
    child.on('error', reject);
    child.on('close', () => resolve(out));
    child.stdin.end(input);
  });
test('[access-37] [S0-103] radclient’s Disconnect and CoA are taken by our NAS, and its answers by radclient', async () => {
  const nas = await startNas(new World(new Date().toISOString(), true), { secret: 'nas-secret', requireMessageAuthenticator: true });
  await nas.startSession({ username: USER, acctSessionId: 'S1' });
  const about = `User-Name = "${USER}", Acct-Session-Id = "S1", Message-Authenticator = 0x00`;
  try {
    expect(await radclient('coa', nas.port, 'nas-secret', `${about}, Mikrotik-Rate-Limit = "50M/500M"`)).toContain('Received CoA-ACK');
    expect(nas.sessions[0]!.applied).toEqual({ 'Mikrotik-Rate-Limit': '50M/500M' });
    expect(await radclient('disconnect', nas.port, 'nas-secret', about)).toContain('Received Disconnect-ACK');
    expect(await radclient('disconnect', nas.port, 'nas-secret', about)).toContain('Error-Cause = Session-Context-Not-Found');
    expect(await radclient('disconnect', nas.port, 'wrong', about)).toContain('No reply');
    expect(await radclient('disconnect', nas.port, 'nas-secret', `User-Name = "${USER}"`)).toContain('No reply');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || process.env['LEADLIGHT_REQUIRE_SERVICES'] === '1') throw error;
    console.warn('NOTICE: not run: radclient is not installed (`apt-get install freeradius-utils`).');
  } finally {
    await nas.close();
  }
}, 30_000);
