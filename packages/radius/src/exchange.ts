import { createSocket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { VendorError } from '../../../core/src/index.ts';
import { decodePacket, encodeRequest, replyFault, type Attribute, type Packet } from './packet.ts';

export interface Peer {
  /** IP address, v4 or v6. */
  readonly host: string;
  readonly port: number;
  readonly secret: string;
}
export interface Patience {
  /** Wait after the first sending; doubles each time. Default 2 s. */
  readonly firstMs?: number;
  /** How often the same bytes are sent at most. Default 3. */
  readonly tries?: number;
  /** FreeRADIUS 3.2.1 answers CoA without one, so it is only checked when present unless `always`. */
  readonly messageAuthenticator?: 'ifPresent' | 'always';
}
export interface Exchanged {
  readonly packet: Packet;
  readonly attempts: number;
}

/**
 * Sends one request and waits for its genuine answer. Every retransmission is the same bytes from the same port, so that a peer can
 * tell it from a new one; replies that do not fit (forged, foreign, cut) are dropped and waiting goes on.
 * @param random gives as many random octets as asked for.
 * @throws VendorError timedOut, outcome unknown: a lost packet, a wrong secret and a firewall look the same.
 * @example await exchange('server.status', peer, CODE.statusServer, [], randomBytes)
 */
export async function exchange(operation: string, peer: Peer, code: number, attributes: readonly Attribute[], random: (octets: number) => Uint8Array, patience: Patience = {}): Promise<Exchanged> {
  const { firstMs = 2_000, tries = 3, messageAuthenticator = 'ifPresent' } = patience;
  const fail = (fields: Omit<ConstructorParameters<typeof VendorError>[0], 'vendor' | 'operation'>) => new VendorError({ vendor: 'radius', operation, ...fields });
  let request: Buffer;
  try {
    request = encodeRequest({ code, id: random(1)[0]!, attributes, secret: peer.secret, random: random(16) });
  } catch (error) {
    throw fail({ kind: 'rejectedInput', message: `The packet cannot be built: ${(error as Error).message}.`, hint: 'Correct the attribute or the NAS secret.' });
  }
  const socket = createSocket(isIPv6(peer.host) ? 'udp6' : 'udp4');
  const dropped = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let attempts = 0;
  try {
    return await new Promise<Exchanged>((resolve, reject) => {
      socket.on('message', (bytes) => {
        const fault = replyFault(request, bytes, peer.secret, messageAuthenticator);
        if (fault) dropped.add(fault);
        else resolve({ packet: decodePacket(bytes), attempts });
      });
      // "Connection refused" arrives here as an ICMP message, which anybody can forge: note it and keep waiting.
      socket.on('error', (error: NodeJS.ErrnoException) => dropped.add(error.code ?? 'socket error'));
      const send = (waitMs: number) => {
        if (attempts >= tries) {
          return reject(
            fail({
              kind: 'timedOut',
              outcome: 'unknown',
              message: `No valid answer from ${peer.host}:${peer.port} after ${attempts} sendings${dropped.size > 0 ? ` (dropped: ${[...dropped].join('; ')})` : ''}.`,
              hint: 'The secret may differ, the peer may not accept this machine’s address, or UDP is blocked on the way; they look the same from here.',
              detail: { attempts, dropped: [...dropped] },
            }),
          );
        }
        attempts += 1;
        socket.send(request);
        timer = setTimeout(() => send(waitMs * 2), waitMs);
      };
      // A connected socket receives from this peer only.
      socket.connect(peer.port, peer.host, () => send(firstMs));
    });
  } finally {
    clearTimeout(timer);
    socket.close();
  }
}
