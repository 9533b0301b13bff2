import { exchange, type Patience, type Peer } from './exchange.ts';
import { CODE, type Attribute } from './packet.ts';

export interface Login {
  readonly username: string;
  readonly password: string;
  readonly nasIp: string;
}
export interface LoginAnswer {
  readonly type: 'accepted' | 'rejected';
  /** As the server sent them, in order; a name may repeat. */
  readonly attributes: readonly (readonly [name: string, value: string | number])[];
}

/**
 * Asks a RADIUS server the way a NAS does (PAP), to see what a customer would get. The password stays in this call.
 * @throws VendorError timedOut when no genuine answer comes.
 * @example (await accessRequest({ host: '127.0.0.1', port: 1812, secret }, { username, password, nasIp: '127.0.0.1' }, randomBytes)).type // 'accepted'
 */
export async function accessRequest(peer: Peer, login: Login, random: (octets: number) => Uint8Array, patience: Patience = {}): Promise<LoginAnswer> {
  const attributes: Attribute[] = [['User-Name', login.username], ['User-Password', login.password], ['NAS-IP-Address', login.nasIp]];
  const { packet } = await exchange('login.test', peer, CODE.accessRequest, attributes, random, patience);
  return { type: packet.code === CODE.accessAccept ? 'accepted' : 'rejected', attributes: packet.attributes.filter(([name]) => name !== 'Message-Authenticator') };
}

/** What an accounting packet can say. Octets above 2³² travel as Gigawords. */
export interface AccountingReport {
  readonly status: 'start' | 'stop' | 'interim';
  readonly username: string;
  readonly acctSessionId: string;
  readonly nasIp: string;
  readonly framedIp?: string;
  readonly seconds?: number;
  /** From the subscriber. */
  readonly inputOctets?: bigint;
  /** To the subscriber. */
  readonly outputOctets?: bigint;
}
const STATUS = { start: 1, stop: 2, interim: 3 } as const;

/** Reports a session to a RADIUS server as a NAS does. */
export async function accountingRequest(peer: Peer, report: AccountingReport, random: (octets: number) => Uint8Array, patience: Patience = {}): Promise<void> {
  const split = (octets: bigint, name: 'Input' | 'Output'): Attribute[] => [
    [`Acct-${name}-Octets`, Number(octets & 0xffffffffn)],
    [`Acct-${name}-Gigawords`, Number(octets >> 32n)],
  ];
  const attributes: Attribute[] = [
    ['Acct-Status-Type', STATUS[report.status]],
    ['User-Name', report.username],
    ['Acct-Session-Id', report.acctSessionId],
    ['NAS-IP-Address', report.nasIp],
    ...(report.framedIp ? [['Framed-IP-Address', report.framedIp] as const] : []),
    ...(report.status === 'start' ? [] : [['Acct-Session-Time', report.seconds ?? 0] as const, ...split(report.inputOctets ?? 0n, 'Input'), ...split(report.outputOctets ?? 0n, 'Output')]),
    ...(report.status === 'stop' ? [['Acct-Terminate-Cause', 1] as const] : []),
  ];
  await exchange('accounting.report', peer, CODE.accountingRequest, attributes, random, patience);
}
