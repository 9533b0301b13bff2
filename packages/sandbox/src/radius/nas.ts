// A NAS on UDP: takes CoA and Disconnect as RFC 5176 asks (silent towards strangers, one effect per packet however often it comes), and
// reports its sessions where FreeRADIUS would have written them.
import { createHash } from 'node:crypto';
import { createSocket } from 'node:dgram';
import type { AddressInfo } from 'node:net';
import { CODE, decodePacket, encodeResponse, requestFault, type Attribute, type Packet } from '../../../radius/src/packet.ts';
import { dialectOf } from '../../../radius/src/dialect.ts';
import type { World } from '../world.ts';

/** What is needed of the database that holds radacct; PostgreSQL unless its kind says otherwise. */
export interface AccountingDb {
  readonly kind?: 'postgresql' | 'pglite' | 'mysql';
  query(sql: string, params?: readonly unknown[]): Promise<{ readonly rows: unknown[]; readonly rowCount: number }>;
}
export interface NasOptions {
  readonly secret: string;
  /** Address it reports itself under; default 127.0.0.1. */
  readonly nasIp?: string;
  readonly port?: number;
  /** Where sessions are written; left out, they live in this NAS only. */
  readonly db?: AccountingDb;
  /** Drops requests without Message-Authenticator (Blast-RADIUS). */
  readonly requireMessageAuthenticator?: boolean;
}
export interface NasSession {
  readonly acctSessionId: string;
  readonly username: string;
  readonly framedIp: string | null;
  /** What CoA changed while it ran. */
  readonly applied: Record<string, string | number>;
}
export interface NasRunning {
  readonly nasIp: string;
  readonly port: number;
  readonly sessions: readonly NasSession[];
  /** Packets that were taken seriously, retransmissions included. */
  readonly received: number;
  /** Packets that had an effect. */
  readonly applied: number;
  startSession(start: { readonly username: string; readonly acctSessionId?: string; readonly framedIp?: string }): Promise<NasSession>;
  /** Running totals, as an interim report carries them: low 32 bits and Gigawords. */
  interim(acctSessionId: string, totals: { readonly inputOctets: number; readonly inputGigawords?: number; readonly outputOctets: number; readonly outputGigawords?: number }): Promise<void>;
  stopSession(acctSessionId: string, cause?: string): Promise<void>;
  close(): Promise<void>;
}
const SKEW_SECONDS = 300;

/**
 * Faults: `{ system: 'radius', method: 'UDP', path: 'Disconnect-Request' | 'CoA-Request', kind }`. `hangBefore` loses the request,
 * `hangAfter` the reply, `status` refuses with that Error-Cause (0: without one).
 * @example const nas = await startNas(world, { secret: 'nas-secret' }); await nas.startSession({ username: 'ord-12@isp' });
 */
export async function startNas(world: World, options: NasOptions): Promise<NasRunning> {
  const nasIp = options.nasIp ?? '127.0.0.1';
  const sessions: NasSession[] = [];
  const answered = new Map<string, Buffer>();
  const count = { received: 0, applied: 0, next: 1 };
  const socket = createSocket('udp4');
  const sql = dialectOf({ kind: options.db?.kind ?? 'postgresql' });
  const now = () => sql.moment(world.clock.now());
  const value = (packet: Packet, name: string) => packet.attributes.find(([one]) => one === name)?.[1];

  async function decide(packet: Packet): Promise<{ readonly code: number; readonly attributes: readonly Attribute[] }> {
    const nak = (cause: number) => ({ code: packet.code + 2, attributes: cause === 0 ? [] : [['Error-Cause', cause] as const] });
    const named = value(packet, 'NAS-IP-Address');
    if (named !== undefined && named !== nasIp) return nak(403);
    const id = value(packet, 'Acct-Session-Id');
    const user = value(packet, 'User-Name');
    const hit = sessions.filter((one) => (id === undefined || one.acctSessionId === id) && (user === undefined || one.username === user));
    const [session] = hit;
    if (!session) return nak(503);
    if (hit.length > 1) return nak(508);
    count.applied += 1;
    if (packet.code === CODE.disconnectRequest) await stop(session.acctSessionId, 'Admin-Reset');
    else {
      const identity = new Set(['User-Name', 'Acct-Session-Id', 'NAS-IP-Address', 'Framed-IP-Address', 'Event-Timestamp', 'Message-Authenticator']);
      for (const [name, given] of packet.attributes) if (!identity.has(name)) session.applied[name] = given;
    }
    return { code: packet.code + 1, attributes: [] };
  }

  async function take(bytes: Buffer, port: number, address: string): Promise<void> {
    // A stranger, a broken packet and a stale one get no answer at all.
    if (requestFault(bytes, options.secret, options.requireMessageAuthenticator ? 'always' : 'ifPresent')) return;
    const packet = decodePacket(bytes);
    if (packet.code !== CODE.disconnectRequest && packet.code !== CODE.coaRequest) return;
    const stamp = value(packet, 'Event-Timestamp');
    if (stamp !== undefined && Math.abs(Number(stamp) - world.clock.ms / 1000) > SKEW_SECONDS) return;
    const name = packet.code === CODE.disconnectRequest ? 'Disconnect-Request' : 'CoA-Request';
    world.calls.push({ at: world.clock.now(), system: 'radius', method: 'UDP', path: name, query: '', body: JSON.stringify(packet.attributes), status: 0 });
    count.received += 1;
    const fault = world.takeFault('radius', 'UDP', name);
    if (fault?.kind === 'hangBefore') return;
    const key = `${address}:${port}:${packet.id}:${packet.authenticator.toString('hex')}`;
    let reply = answered.get(key);
    if (!reply) {
      const said = fault?.kind === 'status' ? { code: packet.code + 2, attributes: fault.status ? [['Error-Cause', fault.status] as const] : [] } : await decide(packet);
      reply = encodeResponse(bytes, said.code, said.attributes, options.secret);
      answered.set(key, reply);
    }
    if (fault?.kind === 'hangAfter') return;
    socket.send(reply, port, address);
  }

  async function stop(acctSessionId: string, cause: string): Promise<void> {
    const index = sessions.findIndex((one) => one.acctSessionId === acctSessionId);
    const [session] = index >= 0 ? sessions.splice(index, 1) : [];
    if (!session) return;
    await options.db?.query(`UPDATE radacct SET acctstoptime = ${sql.time(2)}, acctterminatecause = $3 WHERE acctsessionid = $1 AND username = $5 AND nasipaddress = ${sql.asAddress(4)} AND acctstoptime IS NULL`, [acctSessionId, now(), cause, nasIp, session.username]);
  }

  socket.on('message', (bytes, { port, address }) => void take(bytes, port, address).catch((error: unknown) => console.error('sandbox radius:', error)));
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(options.port ?? 0, '127.0.0.1', resolve);
  });

  return {
    nasIp,
    port: (socket.address() as AddressInfo).port,
    sessions,
    get received() {
      return count.received;
    },
    get applied() {
      return count.applied;
    },
    async startSession({ username, acctSessionId = `S${String(count.next++).padStart(7, '0')}`, framedIp }) {
      const session: NasSession = { acctSessionId, username, framedIp: framedIp ?? null, applied: {} };
      sessions.push(session);
      const unique = createHash('md5').update(`${username},${acctSessionId},${nasIp}`).digest('hex');
      await options.db?.query(
        `INSERT INTO radacct (acctsessionid, acctuniqueid, username, nasipaddress, acctstarttime, acctupdatetime, framedipaddress, acctinputoctets, acctoutputoctets)
         VALUES ($1, $2, $3, ${sql.asAddress(4)}, ${sql.time(5)}, ${sql.time(5)}, ${sql.asAddress(6)}, 0, 0)`,
        [acctSessionId, unique, username, nasIp, now(), framedIp ?? (options.db?.kind === 'mysql' ? '' : null)],
      );
      return session;
    },
    async interim(acctSessionId, { inputOctets, inputGigawords = 0, outputOctets, outputGigawords = 0 }) {
      // FreeRADIUS folds the Gigawords in the same way.
      const folded = (octets: number, gigawords: number) => String((BigInt(gigawords) << 32n) + BigInt(octets));
      await options.db?.query(
        `UPDATE radacct SET acctupdatetime = ${sql.time(2)}, acctinputoctets = $3, acctoutputoctets = $4 WHERE acctsessionid = $1 AND username = $6 AND nasipaddress = ${sql.asAddress(5)} AND acctstoptime IS NULL`,
        [acctSessionId, now(), folded(inputOctets, inputGigawords), folded(outputOctets, outputGigawords), nasIp, sessions.find((one) => one.acctSessionId === acctSessionId)?.username ?? ''],
      );
    },
    stopSession: (acctSessionId, cause = 'User-Request') => stop(acctSessionId, cause),
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}
