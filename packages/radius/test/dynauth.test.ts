import { createSocket, type Socket } from 'node:dgram';
import { startNas, type NasRunning } from '../../sandbox/src/radius/index.ts';
import { World } from '../../sandbox/src/world.ts';
import { CODE, decodePacket, dynauth, encodeRequest, encodeResponse, replyFault, requestFault, type Attribute } from '../src/index.ts';
import { random } from './freeradius.ts';
import { GOLDEN_COA, goldenAttributes } from './golden.ts';

const SECRET = 'nas-secret';
const session = { username: 'ord-12@isp', acctSessionId: 'S0000001', nasIp: '127.0.0.1' };
const quick = { firstMs: 40, tries: 3 };
let world: World;
beforeEach(() => {
  world = new World();
});
const client = (port: number, more: Partial<Parameters<typeof dynauth>[0]> = {}) => dynauth({ clock: world.clock, random, nasSecrets: { '127.0.0.1': SECRET }, port, patience: quick, ...more });

test('[access-37] golden bytes: an independent program made the same CoA; Message-Authenticator stands first', () => {
  const packet = encodeRequest({ code: CODE.coaRequest, id: 7, secret: 'testing123', random: new Uint8Array(16), attributes: goldenAttributes });
  expect(packet.toString('hex')).toBe(GOLDEN_COA);
  expect([packet[20], packet[21]]).toEqual([80, 18]);
  expect(requestFault(packet, 'testing123', 'always')).toBeUndefined();
  expect(requestFault(packet, 'testing124', 'always')).toBe('request authenticator mismatch');
});

test('[access-37] an Access-Request is signed too, and hides its password', () => {
  const packet = encodeRequest({ code: CODE.accessRequest, id: 1, secret: SECRET, random: new Uint8Array(16).fill(9), attributes: [['User-Name', 'a'], ['User-Password', 'cleartext-password-of-more-than-16']] });
  expect(packet[20]).toBe(80);
  expect(packet.includes('cleartext')).toBe(false);
  expect(decodePacket(packet).authenticator).toEqual(Buffer.alloc(16, 9));
});

describe('[access-44] values', () => {
  const through = (attribute: Attribute) => decodePacket(encodeRequest({ code: CODE.coaRequest, id: 1, secret: SECRET, random: new Uint8Array(16), attributes: [attribute] })).attributes[1]?.[1];
  test.each([
    ['Delegated-IPv6-Prefix', '2001:db8:100::/56', '2001:db8:100::/56'],
    ['Delegated-IPv6-Prefix', '2001:db8:1:2ff::/60', '2001:db8:1:2f0::/60'],
    ['Framed-IPv6-Prefix', '::/0', '::/0'],
    ['NAS-IPv6-Address', '2001:DB8:0:0:1::1', '2001:db8::1:0:0:1'],
    ['NAS-IPv6-Address', '::ffff:192.0.2.1', '::ffff:c000:201'],
    ['Framed-IP-Address', '100.64.255.254', '100.64.255.254'],
    ['WISPr-Bandwidth-Max-Down', 4_294_967_295, 4_294_967_295],
  ])('%s %s', (name, value, read) => expect(through([name, value])).toBe(read));

  test('a zero-padded prefix reads like a short one', () => {
    const padded = Buffer.concat([Buffer.from([0, 56]), Buffer.from('20010db8010000000000000000000000', 'hex')]);
    expect(through(['Delegated-IPv6-Prefix', padded])).toBe('2001:db8:100::/56');
  });
  test.each([
    ['User-Name', 'x'.repeat(254), /longer than 253/],
    ['Cisco-AVPair', 'x'.repeat(248), /longer than 247/],
    ['WISPr-Bandwidth-Max-Down', 5_000_000_000, /32 bits/],
    ['Framed-IP-Address', '100.64.0.300', /not an IPv4/],
    ['Delegated-IPv6-Prefix', '2001:db8::/129', /not an IPv6 prefix/],
    ['Delegated-IPv6-Prefix', '2001:db8::', /not an IPv6 prefix/],
    ['Made-Up', 'x', /not known/],
  ])('%s that does not fit is refused', (name, value, why) => expect(() => through([name, value])).toThrow(why));
  test('247 octets still fit a vendor attribute', () => expect(through(['Cisco-AVPair', 'x'.repeat(247)])).toBe('x'.repeat(247)));
  test('an IPv6 NAS is named and spoken to as one', async () => {
    const socket = createSocket('udp6');
    await new Promise<void>((resolve) => socket.bind(0, '::1', resolve));
    socket.on('message', (bytes, from) => socket.send(encodeResponse(bytes, CODE.disconnectAck, [], SECRET), from.port, from.address));
    const dyn = client(socket.address().port, { nasSecrets: { '::1': SECRET } });
    await expect(dyn.disconnect({ ...session, nasIp: '::1' })).resolves.toMatchObject({ type: 'disconnected' });
    await new Promise<void>((resolve) => socket.close(() => resolve()));
  });
});

describe('against a NAS', () => {
  let nas: NasRunning;
  beforeEach(async () => {
    nas = await startNas(world, { secret: SECRET, requireMessageAuthenticator: true });
  });
  afterEach(() => nas.close());

  test('[S0-103] ends a session; changes another while it runs', async () => {
    await nas.startSession({ username: 'ord-12@isp' });
    const { applied } = await nas.startSession({ username: 'ord-13@isp' });
    await expect(client(nas.port).disconnect(session)).resolves.toEqual({ type: 'disconnected', alreadyOffline: false, attempts: 1 });
    expect(nas.sessions.map((one) => one.username)).toEqual(['ord-13@isp']);
    await client(nas.port).change({ ...session, username: 'ord-13@isp', acctSessionId: 'S0000002' }, [['Mikrotik-Rate-Limit', '50M/500M']]);
    expect(applied).toEqual({ 'Mikrotik-Rate-Limit': '50M/500M' });
  });

  test.each(['hangBefore', 'hangAfter'] as const)('[access-38] %s: the same bytes again, one effect', async (kind) => {
    await nas.startSession({ username: 'ord-12@isp' });
    world.inject({ system: 'radius', method: 'UDP', kind });
    await expect(client(nas.port).disconnect(session)).resolves.toMatchObject({ alreadyOffline: false, attempts: 2 });
    expect([nas.received, nas.applied]).toEqual([2, 1]);
  });

  test('[access-38] [access-41] silence ends after the last of three attempts, says where and why it may be, and claims nothing', async () => {
    await nas.startSession({ username: 'ord-12@isp' });
    const error = await client(nas.port, { nasSecrets: { '127.0.0.1': 'wrong' } }).disconnect(session).then(() => ({}) as Record<string, unknown>, (one: unknown) => one as Record<string, unknown>);
    expect(error).toMatchObject({ kind: 'timedOut', outcome: 'unknown', detail: { attempts: 3 } });
    expect(String(error['message'])).toContain(`127.0.0.1:${nas.port}`);
    expect(String(error['hint'])).toMatch(/secret.*address.*UDP/s);
    expect(JSON.stringify(error)).not.toContain('wrong"');
    expect(nas.sessions).toHaveLength(1);
  });

  test('[access-40] "no such session" is what was wanted', async () => {
    await expect(client(nas.port).disconnect(session)).resolves.toMatchObject({ alreadyOffline: true });
  });
  test('[access-40] any other refusal names its cause; one without a cause is a refusal too', async () => {
    await nas.startSession({ username: 'ord-12@isp' });
    world.inject({ system: 'radius', method: 'UDP', kind: 'status', status: 501 });
    await expect(client(nas.port).disconnect(session)).rejects.toMatchObject({ kind: 'conflict', message: expect.stringContaining('501 Administratively-Prohibited'), detail: { errorCause: 501 } });
    world.inject({ system: 'radius', method: 'UDP', kind: 'status', status: 0 });
    await expect(client(nas.port).disconnect(session)).rejects.toMatchObject({ detail: { errorCause: null } });
    await expect(client(nas.port).change({ ...session, acctSessionId: 'S404' }, [])).rejects.toMatchObject({ kind: 'notFound', detail: { name: 'Session-Context-Not-Found' } });
  });
  test('a clock that is five minutes wrong is met with silence', async () => {
    await nas.startSession({ username: 'ord-12@isp' });
    const late = { now: () => '2026-04-01T13:06:00.000Z', sleep: async () => undefined };
    await expect(client(nas.port, { clock: late }).disconnect(session)).rejects.toMatchObject({ kind: 'timedOut' });
  });

  test('[access-42] a NAS without a secret is named, an empty secret is none', async () => {
    for (const nasSecrets of [{}, { '127.0.0.1': '' }] as Record<string, string>[]) {
      await expect(client(nas.port, { nasSecrets }).disconnect(session)).rejects.toMatchObject({ kind: 'rejectedInput', message: 'There is no secret for NAS 127.0.0.1.' });
    }
    expect(() => encodeRequest({ code: CODE.coaRequest, id: 1, secret: '', random: new Uint8Array(16), attributes: [] })).toThrow('secret is empty');
    expect(nas.received).toBe(0);
  });

  test('[access-45] a hundred at once do not mix; sockets are closed after each', async () => {
    const users = await Promise.all(Array.from({ length: 100 }, (_, index) => nas.startSession({ username: `u${index}@isp`, acctSessionId: `A${index}` })));
    const same = client(nas.port, { patience: { firstMs: 1_000, tries: 3 }, random: (octets) => new Uint8Array(octets).fill(5) });
    const done = await Promise.all(users.map((one) => same.disconnect({ username: one.username, acctSessionId: one.acctSessionId, nasIp: '127.0.0.1' })));
    expect(done.every((one) => !one.alreadyOffline)).toBe(true);
    expect([nas.sessions.length, nas.applied]).toEqual([0, 100]);
    // Handles are freed in the loop's next turns.
    for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(process.getActiveResourcesInfo().filter((kind) => /UDP/i.test(kind))).toHaveLength(1);
  });
});

describe('[access-39] replies that are not genuine', () => {
  let socket: Socket;
  afterEach(() => new Promise<void>((resolve) => socket.close(() => resolve())));

  test('are dropped, and the genuine one after them is taken', async () => {
    socket = createSocket('udp4');
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
    const stranger = createSocket('udp4');
    let late: NodeJS.Timeout | undefined;
    socket.on('message', (bytes, from) => {
      const genuine = encodeResponse(bytes, CODE.disconnectAck, [], SECRET);
      // Every fake says "no such session", so that taking one shows.
      const refusal = encodeResponse(bytes, CODE.disconnectNak, [['Error-Cause', 503]], SECRET);
      const bent = (at: number) => {
        const copy = Buffer.from(refusal);
        copy[at]! ^= 1;
        return copy;
      };
      const guessed = encodeResponse(bytes, CODE.disconnectNak, [['Error-Cause', 503]], 'guess');
      const fakes = [Buffer.from('garbage'), refusal.subarray(0, 25), bent(1), bent(4), bent(refusal.length - 1), guessed, Buffer.alloc(5_000, 0x2a)];
      stranger.send(refusal, from.port, from.address);
      for (const fake of fakes) socket.send(fake, from.port, from.address);
      late = setTimeout(() => socket.send(genuine, from.port, from.address), 20);
    });
    const answer = await client(socket.address().port, { patience: { firstMs: 2_000, tries: 1 } }).disconnect(session);
    clearTimeout(late);
    expect(answer).toEqual({ type: 'disconnected', alreadyOffline: false, attempts: 1 });
    await new Promise<void>((resolve) => stranger.close(() => resolve()));
  });

  test('each is recognised for what it is', () => {
    socket = createSocket('udp4');
    const request = encodeRequest({ code: CODE.disconnectRequest, id: 3, secret: SECRET, random: new Uint8Array(16), attributes: [] });
    const bare = encodeResponse(request, CODE.disconnectAck, [], SECRET, false);
    expect(replyFault(request, bare, SECRET)).toBeUndefined();
    expect(replyFault(request, bare, SECRET, 'always')).toBe('message authenticator missing');
    expect(replyFault(request, encodeResponse(request, CODE.disconnectAck, [], SECRET), SECRET, 'always')).toBeUndefined();
    expect(replyFault(request, Buffer.alloc(3), SECRET)).toMatch(/shorter/);
    const broken = Buffer.from(bare);
    expect(replyFault(request, Buffer.concat([broken.subarray(0, 2), Buffer.from([0, 22]), broken.subarray(4), Buffer.from([18, 1])]), SECRET)).toBe('bad attribute length');
  });
});
