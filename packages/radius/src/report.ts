import { exchange, type Patience, type Peer } from './exchange.ts';
import { CODE, type Attribute } from './packet.ts';

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

/** Reports a session to a RADIUS server as a NAS does. @throws VendorError timedOut when it is not acknowledged: report again, the server counts it once. @example await accountingRequest(peer, { status: 'start', username, acctSessionId: 'S1', nasIp }, randomBytes) */
export async function accountingRequest(peer: Peer, report: AccountingReport, random: (octets: number) => Uint8Array, patience: Patience = {}): Promise<void> {
  const split = (octets: bigint, name: 'Input' | 'Output'): Attribute[] => [
    [`Acct-${name}-Octets`, Number(octets & 0xffffffffn)],
    [`Acct-${name}-Gigawords`, Number(octets >> 32n)],
  ];
  const attributes: Attribute[] = [
    ['Acct-Status-Type', STATUS[report.status]],
    ['User-Name', report.username],
    ['Acct-Session-Id', report.acctSessionId],
    [report.nasIp.includes(':') ? 'NAS-IPv6-Address' : 'NAS-IP-Address', report.nasIp],
    ...(report.framedIp ? [['Framed-IP-Address', report.framedIp] as const] : []),
    ...(report.status === 'start' ? [] : [['Acct-Session-Time', report.seconds ?? 0] as const, ...split(report.inputOctets ?? 0n, 'Input'), ...split(report.outputOctets ?? 0n, 'Output')]),
    ...(report.status === 'stop' ? [['Acct-Terminate-Cause', 1] as const] : []),
  ];
  await exchange('accounting.report', peer, CODE.accountingRequest, attributes, random, patience);
}
