import { VendorError, type Clock } from '../../../core/src/index.ts';
import { errorCauseName } from './dictionary.ts';
import { exchange, type Patience, type Peer } from './exchange.ts';
import { CODE, type Attribute } from './packet.ts';

/** Which session, copied byte for byte from accounting: a user name alone may hit several, or another customer's. */
export interface SessionKey {
  readonly username: string;
  readonly acctSessionId: string;
  /** Address the NAS reported in accounting. */
  readonly nasIp: string;
  readonly framedIp?: string | null;
}
export interface DynauthOptions {
  readonly clock: Clock;
  readonly random: (octets: number) => Uint8Array;
  /** By the NAS's accounting address. */
  readonly nasSecrets: Readonly<Record<string, string>>;
  /** Asked for a NAS that is not among `nasSecrets`, e.g. the `nas` table. */
  readonly secretOf?: (nasIp: string) => Promise<string | undefined>;
  /** Default 3799. */
  readonly port?: number;
  /** Where a NAS really listens, when that is not its accounting address (NAT). */
  readonly nasHosts?: Readonly<Record<string, string>>;
  readonly patience?: Patience;
}
export interface Disconnected {
  readonly type: 'disconnected';
  /** The NAS did not have the session any more: the wish is fulfilled, its accounting row is stale. */
  readonly alreadyOffline: boolean;
  readonly attempts: number;
}
export interface Applied {
  readonly type: 'applied';
  readonly attempts: number;
}

/**
 * Dynamic authorization towards NASes (RFC 5176): end a session, or change it while it runs (S0-103).
 * @example await dynauth({ clock, random: randomBytes, nasSecrets }).disconnect(session)
 */
export function dynauth(options: DynauthOptions) {
  const fail = (operation: string, fields: Omit<ConstructorParameters<typeof VendorError>[0], 'vendor' | 'operation'>) => new VendorError({ vendor: 'radius', operation, ...fields });

  async function peerOf(operation: string, nasIp: string): Promise<Peer> {
    const secret = (Object.hasOwn(options.nasSecrets, nasIp) ? options.nasSecrets[nasIp] : undefined) || (await options.secretOf?.(nasIp));
    if (!secret) throw fail(operation, { kind: 'rejectedInput', message: `There is no secret for NAS ${nasIp}.`, hint: 'Add it to the NAS secrets of the hub, or the NAS to the nas table of FreeRADIUS.', detail: { nasIp } });
    return { host: options.nasHosts?.[nasIp] ?? nasIp, port: options.port ?? 3799, secret };
  }

  /** The peer has 300 s of tolerance for this machine's clock. */
  function identify({ username, acctSessionId, nasIp, framedIp }: SessionKey): Attribute[] {
    return [
      ['User-Name', username],
      ['Acct-Session-Id', acctSessionId],
      [nasIp.includes(':') ? 'NAS-IPv6-Address' : 'NAS-IP-Address', nasIp],
      ...(framedIp ? [['Framed-IP-Address', framedIp] as const] : []),
      ['Event-Timestamp', Math.floor(Date.parse(options.clock.now()) / 1000)],
    ];
  }

  async function ask(operation: string, code: number, session: SessionKey, more: readonly Attribute[]) {
    const { packet, attempts } = await exchange(operation, await peerOf(operation, session.nasIp), code, [...identify(session), ...more], options.random, options.patience);
    const given = packet.attributes.find(([name]) => name === 'Error-Cause')?.[1];
    return { accepted: packet.code === code + 1, attempts, cause: given === undefined ? undefined : Number(given) };
  }

  function refused(operation: string, session: SessionKey, cause: number | undefined): VendorError {
    const name = cause === undefined ? 'no Error-Cause' : `${cause} ${errorCauseName(cause)}`;
    const later = cause === 506;
    return fail(operation, {
      kind: cause === 503 ? 'notFound' : cause === 401 || cause === 402 || cause === 404 || cause === 407 ? 'rejectedInput' : later ? 'unavailable' : 'conflict',
      message: `NAS ${session.nasIp} refused: ${name}.`,
      hint: cause === 401 ? 'This NAS does not take one of the attributes.' : cause === 403 ? 'The NAS address in accounting is not the one this NAS knows itself by.' : later ? 'Ask again later.' : 'See the log of the NAS.',
      detail: { errorCause: cause ?? null, name: cause === undefined ? null : errorCauseName(cause), nasIp: session.nasIp },
    });
  }

  /** @throws VendorError with `detail.errorCause` when the NAS refuses; timedOut with outcome unknown when it is silent. */
  async function disconnect(session: SessionKey): Promise<Disconnected> {
    const { accepted, attempts, cause } = await ask('dynauth.disconnect', CODE.disconnectRequest, session, []);
    if (!accepted && cause !== 503 && cause !== 201) throw refused('dynauth.disconnect', session, cause);
    return { type: 'disconnected', alreadyOffline: !accepted, attempts };
  }

  /** Changes a running session, e.g. to another rate. Commit the rows first: the NAS may ask again at any moment. */
  async function change(session: SessionKey, attributes: readonly Attribute[]): Promise<Applied> {
    const { accepted, attempts, cause } = await ask('dynauth.change', CODE.coaRequest, session, attributes);
    if (!accepted) throw refused('dynauth.change', session, cause);
    return { type: 'applied', attempts };
  }

  return { disconnect, change };
}
export type Dynauth = ReturnType<typeof dynauth>;
