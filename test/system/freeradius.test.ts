// Against a real FreeRADIUS with the stock tables on a real PostgreSQL; every NAS must sign (`require_message_authenticator = yes`).
import { createHash } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { radiusProfile, type NasVendor } from '../../core/src/index.ts';
import { openDb, type Db } from '../../packages/journal/src/db.ts';
import { accessRequest, accountingRequest, CODE, decodePacket, dynauth, PLAN_PREFIX, radiusStore, replyFault, requestFault, type RadiusStore } from '../../packages/radius/src/index.ts';
import { random, startFreeRadius, type FreeRadius } from '../../packages/radius/test/freeradius.ts';
import { GOLDEN_COA } from '../../packages/radius/test/golden.ts';

const USER = 'ord-12@isp';
const clock = { now: () => new Date().toISOString(), sleep: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)) };
let server: FreeRadius | null;
let db: Db;
let store: RadiusStore;

beforeAll(async () => {
  server = await startFreeRadius();
  if (!server) return;
  db = await openDb(server.databaseUrl);
  store = radiusStore(db, { clock, random });
}, 60_000);
afterAll(async () => {
  await db?.close();
  await server?.close();
});
/** Runs with a server; without one the notice of `startFreeRadius` has been printed. */
const real = (name: string, work: (at: FreeRadius) => Promise<void>) =>
  test(name, async () => {
    if (!server) return console.warn(`NOTICE: not run: ${name}`);
    await db.script('TRUNCATE radcheck, radreply, radgroupcheck, radgroupreply, radusergroup, radacct');
    await work(server);
  }, 30_000);

const ensure = (vendor: NasVendor, username = USER) => {
  const profile = radiusProfile({ sku: 'FTTH150I', downKbps: 150_000, upKbps: 20_000 }, vendor);
  if (profile.type === 'refused') throw new Error(profile.message);
  return store.ensure({ username, planGroup: `${PLAN_PREFIX}FTTH150I:${vendor}:150000-20000`, planReply: profile.value.attributes, framedIp: '100.64.0.10', delegatedPrefix: '2001:db8:100::/56' });
};
const password = async (username = USER) => (await db.query<{ value: string }>("SELECT value FROM radcheck WHERE username = $1 AND attribute = 'Cleartext-Password'", [username])).rows[0]!.value;
const login = async (at: FreeRadius, secretWord?: string) =>
  accessRequest({ host: '127.0.0.1', port: at.authPort, secret: at.secret }, { username: USER, password: secretWord ?? (await password()), nasIp: '127.0.0.1' }, random, { firstMs: 2_000 });

real('[S0-100] [S0-101] [access-33] Access-Accept carries the plan in each maker’s direction and unit', async (at) => {
  const expected: Record<NasVendor, readonly (readonly [string, string | number])[]> = {
    mikrotik: [['Mikrotik-Rate-Limit', '20M/150M']],
    wispr: [['WISPr-Bandwidth-Max-Up', 20_000_000], ['WISPr-Bandwidth-Max-Down', 150_000_000]],
    cisco: [['Cisco-AVPair', 'subscriber:sub-qos-policy-in=FTTH150I_u'], ['Cisco-AVPair', 'subscriber:sub-qos-policy-out=FTTH150I_d']],
    juniper: [['ERX-Ingress-Policy-Name', 'FTTH150I_u'], ['ERX-Egress-Policy-Name', 'FTTH150I_d'], ['ERX-Cos-Shaping-Rate', 'T01 150m']],
    nokia: [['Alc-Subsc-Prof-Str', 'FTTH150I'], ['Alc-SLA-Prof-Str', 'FTTH150I']],
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
