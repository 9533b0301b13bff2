// A RADIUS server's authentication port over the tables: PAP, CHAP and Status-Server, silent towards requests that are not signed
// (`require_message_authenticator = yes`), as FreeRADIUS 3.2 is.
import { createHash } from 'node:crypto';
import { createSocket } from 'node:dgram';
import type { AddressInfo } from 'node:net';
import type { Queryable } from '../../../radius/src/database.ts';
import { dictionary } from '../../../radius/src/dictionary.ts';
import { CODE, decodePacket, encodeResponse, requestFault, type Attribute, type Packet } from '../../../radius/src/packet.ts';
import { readAccess } from '../../../radius/src/readAccess.ts';
import { readRows, readRowsOf } from '../../../radius/src/rows.ts';
import type { World } from '../world.ts';

export interface RadiusServerRunning {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Faults: `{ system: 'radius', method: 'UDP', path: 'Access-Request' | 'Status-Server', kind: 'hangBefore' }` loses the request.
 * @example const server = await startRadiusServer(world, { secret: 'testing123', db });
 */
export async function startRadiusServer(world: World, options: { readonly secret: string; readonly db: Queryable; readonly port?: number }): Promise<RadiusServerRunning> {
  const { db, secret } = options;
  const socket = createSocket('udp4');

  async function login(packet: Packet): Promise<{ readonly code: number; readonly attributes: readonly Attribute[] }> {
    const text = (name: string) => String(packet.attributes.find(([one]) => one === name)?.[1] ?? '');
    const bytes = (name: string) => Buffer.from(text(name), 'hex');
    const username = text('User-Name');
    const check = await readRows(db, 'radcheck', username);
    const password = check.find(({ attribute }) => attribute === 'Cleartext-Password')?.value;
    const groups = (await db.query<{ groupname: string; priority: number }>('SELECT groupname, priority FROM radusergroup WHERE username = $1 ORDER BY priority, id', [username])).rows;
    const names = groups.map(({ groupname }) => groupname);
    const [checkOf, replyOf] = [await readRowsOf(db, 'radgroupcheck', names), await readRowsOf(db, 'radgroupreply', names)];
    const read = readAccess(check, await readRows(db, 'radreply', username), groups.map((one) => ({ ...one, check: checkOf(one.groupname), reply: replyOf(one.groupname) })));
    const proof = bytes('CHAP-Password');
    const right = proof.length === 17
      ? createHash('md5').update(proof.subarray(0, 1)).update(password ?? '').update(bytes('CHAP-Challenge')).digest().equals(proof.subarray(1))
      : shown(bytes('User-Password'), secret, packet.authenticator) === password;
    if (password === undefined || !right || read.access === 'rejected') {
      const said = names.flatMap((name) => replyOf(name)).find(({ attribute }) => attribute === 'Reply-Message')?.value;
      return { code: CODE.accessReject, attributes: right && said ? [['Reply-Message', said]] : [] };
    }
    return { code: CODE.accessAccept, attributes: read.answer.filter(([name]) => name.split(':')[0]! in dictionary) };
  }

  async function take(bytes: Buffer, port: number, address: string): Promise<void> {
    if (requestFault(bytes, secret, 'always')) return;
    const packet = decodePacket(bytes);
    const name = packet.code === CODE.accessRequest ? 'Access-Request' : packet.code === CODE.statusServer ? 'Status-Server' : undefined;
    if (!name) return;
    world.calls.push({ at: world.clock.now(), system: 'radius', method: 'UDP', path: name, query: '', body: '', status: 0 });
    if (world.takeFault('radius', 'UDP', name)?.kind === 'hangBefore') return;
    const { code, attributes } = name === 'Status-Server' ? { code: CODE.accessAccept, attributes: [] } : await login(packet);
    socket.send(encodeResponse(bytes, code, attributes, secret), port, address);
  }
  socket.on('message', (bytes, { port, address }) => void take(bytes, port, address).catch((error: unknown) => console.error('sandbox radius:', error)));
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(options.port ?? 0, '127.0.0.1', resolve);
  });
  return { port: (socket.address() as AddressInfo).port, close: () => new Promise((resolve) => socket.close(() => resolve())) };
}

/** RFC 2865 5.2, the other way. */
function shown(hidden: Buffer, secret: string, authenticator: Buffer): string {
  const out = Buffer.from(hidden);
  for (let at = 0; at < out.length; at += 16) {
    const mask = createHash('md5').update(secret).update(at === 0 ? authenticator : hidden.subarray(at - 16, at)).digest();
    for (let i = 0; i < 16; i += 1) out[at + i]! ^= mask[i]!;
  }
  return out.toString('utf8').replace(/\0+$/, '');
}
