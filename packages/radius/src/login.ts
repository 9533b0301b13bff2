import { createHash } from 'node:crypto';
import { VendorError } from '../../../core/src/index.ts';
import { exchange, type Patience, type Peer } from './exchange.ts';
import { CODE, type Attribute } from './packet.ts';

export interface Login {
  readonly username: string;
  readonly password: string;
  readonly nasIp: string;
  /** Default `pap`; `chap` needs the clear password on the server. */
  readonly method?: 'pap' | 'chap';
}
export interface LoginAnswer {
  /** `challenged`: the server wants a second step (a one-time code), which this client does not take. */
  readonly type: 'accepted' | 'rejected' | 'challenged';
  /** As the server sent them, in order; a name may repeat. */
  readonly attributes: readonly (readonly [name: string, value: string | number])[];
}
const ANSWER: Readonly<Record<number, LoginAnswer['type']>> = { [CODE.accessAccept]: 'accepted', [CODE.accessReject]: 'rejected', [CODE.accessChallenge]: 'challenged' };

/**
 * Asks a RADIUS server the way a NAS does, to see what a customer would get. The password stays in this call.
 * @throws VendorError timedOut when no genuine answer comes, unexpectedReply for an answer that is none to a login.
 * @example (await accessRequest({ host: '127.0.0.1', port: 1812, secret }, { username, password, nasIp: '127.0.0.1' }, randomBytes)).type // 'accepted'
 */
export async function accessRequest(peer: Peer, login: Login, random: (octets: number) => Uint8Array, patience: Patience = {}): Promise<LoginAnswer> {
  const proof: readonly Attribute[] = login.method === 'chap' ? chap(login.password, random) : [['User-Password', login.password]];
  const attributes: Attribute[] = [['User-Name', login.username], ...proof, [login.nasIp.includes(':') ? 'NAS-IPv6-Address' : 'NAS-IP-Address', login.nasIp]];
  const { packet } = await exchange('login.test', peer, CODE.accessRequest, attributes, random, patience);
  const type = ANSWER[packet.code];
  if (!type) throw new VendorError({ vendor: 'radius', operation: 'login.test', kind: 'unexpectedReply', message: `The server answered a login with code ${packet.code}.`, hint: 'Is this the authentication port?' });
  return { type, attributes: packet.attributes.filter(([name]) => name !== 'Message-Authenticator') };
}

/** RFC 2865 5.3: a random identifier, and MD5 over it, the password and the challenge. */
function chap(password: string, random: (octets: number) => Uint8Array): readonly Attribute[] {
  const [id, challenge] = [random(1), random(16)];
  return [['CHAP-Password', Buffer.concat([id, createHash('md5').update(id).update(password).update(challenge).digest()])], ['CHAP-Challenge', challenge]];
}

/**
 * Whether a RADIUS server is up and knows this secret (Status-Server, RFC 5997); it takes no account for it.
 * @throws VendorError timedOut when it does not answer: down, another secret, or this machine is not among its clients.
 * @example await statusServer({ host: '127.0.0.1', port: 1812, secret }, randomBytes) // { attempts: 1 }
 */
export async function statusServer(peer: Peer, random: (octets: number) => Uint8Array, patience: Patience = {}): Promise<{ readonly attempts: number }> {
  const { packet, attempts } = await exchange('server.status', peer, CODE.statusServer, [], random, patience);
  if (packet.code === CODE.accessAccept || packet.code === CODE.accountingResponse) return { attempts };
  throw new VendorError({ vendor: 'radius', operation: 'server.status', kind: 'unexpectedReply', message: `The server answered its status with code ${packet.code}.`, hint: 'See the log of the server.' });
}
