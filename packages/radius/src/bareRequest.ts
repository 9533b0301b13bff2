import { createSocket } from 'node:dgram';
import type { Peer } from './exchange.ts';

const ACCESS_REQUEST = 1;
/** User-Name, User-Password (16 octets, meaningless), NAS-Identifier. */
const attribute = (type: number, value: Buffer): Buffer => Buffer.concat([Buffer.from([type, value.length + 2]), value]);

/**
 * Whether a server answers an Access-Request that carries no Message-Authenticator. It must not: such answers can be forged
 * (CVE-2024-3596, Blast-RADIUS). The user named does not exist, so nobody is logged in.
 * @example await answersBareRequest({ host: '127.0.0.1', port: 1812, secret }, randomBytes) // false
 */
export function answersBareRequest(peer: Pick<Peer, 'host' | 'port'>, random: (octets: number) => Uint8Array, waitMs = 1500): Promise<boolean> {
  const attributes = Buffer.concat([attribute(1, Buffer.from('leadlight-doctor')), attribute(2, Buffer.from(random(16))), attribute(32, Buffer.from('leadlight'))]);
  const head = Buffer.alloc(4);
  head.writeUInt8(ACCESS_REQUEST, 0);
  head.writeUInt8(random(1)[0]!, 1);
  head.writeUInt16BE(20 + attributes.length, 2);
  const packet = Buffer.concat([head, Buffer.from(random(16)), attributes]);
  return new Promise((resolve) => {
    const socket = createSocket(peer.host.includes(':') ? 'udp6' : 'udp4');
    const done = (answered: boolean) => () => {
      clearTimeout(timer);
      socket.close();
      resolve(answered);
    };
    const timer = setTimeout(() => done(false)(), waitMs);
    socket.once('message', done(true));
    socket.once('error', done(false));
    socket.send(packet, peer.port, peer.host);
  });
}
