// RFC 2865, 2866 and 5176 packets. Own code: the npm library computes Message-Authenticator after the request authenticator, so peers
// drop its CoA and Disconnect requests (access reference D3).
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { attributeByNumber, dictionary } from './dictionary.ts';
import { decodeValue, encodeValue, type Value } from './value.ts';

export const CODE = {
  accessRequest: 1, accessAccept: 2, accessReject: 3, accountingRequest: 4, accountingResponse: 5, accessChallenge: 11, statusServer: 12,
  disconnectRequest: 40, disconnectAck: 41, disconnectNak: 42, coaRequest: 43, coaAck: 44, coaNak: 45,
} as const;

/** `['Framed-IP-Address', '100.64.0.10']`; a tag is written into the name: `['ERX-Service-Activate:1', 'svc(150m)']`. */
export type Attribute = readonly [name: string, value: Value];
export interface Packet {
  readonly code: number;
  readonly id: number;
  readonly authenticator: Buffer;
  readonly attributes: readonly (readonly [name: string, value: string | number])[];
  /** Where the Message-Authenticator's sixteen octets start. */
  readonly messageAuthenticatorAt?: number;
}

const md5 = (...parts: readonly Uint8Array[]): Buffer => parts.reduce((hash, part) => hash.update(part), createHash('md5')).digest();
const hmac = (secret: string, bytes: Uint8Array): Buffer => createHmac('md5', secret).update(bytes).digest();
const MAC_SPACE = Buffer.concat([Buffer.from([80, 18]), Buffer.alloc(16)]);
const MAC_AT = 22;

function encodeAttributes(attributes: readonly Attribute[], secret: string, authenticator: Uint8Array): Buffer {
  return Buffer.concat(
    attributes.map(([full, value]) => {
      const [name = '', tag] = full.split(':');
      const definition = dictionary[name];
      if (!definition) throw new RangeError(`RADIUS attribute "${name}" is not known here`);
      let body: Buffer;
      try {
        body = encodeValue(definition.kind, value);
      } catch (error) {
        throw new RangeError(`${name}: ${(error as Error).message}`);
      }
      if (name === 'User-Password') body = hidePassword(body, secret, authenticator);
      if (definition.tagged) body = Buffer.concat([Buffer.from([Number(tag ?? 0)]), body]);
      const most = definition.vendor === undefined ? 253 : 247;
      if (body.length > most) throw new RangeError(`${name} is longer than ${most} octets`);
      if (definition.vendor === undefined) return Buffer.concat([Buffer.from([definition.type, body.length + 2]), body]);
      const head = Buffer.from([26, body.length + 8, 0, 0, 0, 0, definition.type, body.length + 2]);
      head.writeUInt32BE(definition.vendor, 2);
      return Buffer.concat([head, body]);
    }),
  );
}

/** RFC 2865 section 5.2. */
function hidePassword(password: Buffer, secret: string, authenticator: Uint8Array): Buffer {
  const out = Buffer.alloc(Math.max(16, Math.ceil(password.length / 16) * 16));
  password.copy(out);
  let previous: Uint8Array = authenticator;
  for (let at = 0; at < out.length; at += 16) {
    const mask = md5(Buffer.from(secret), previous);
    for (let i = 0; i < 16; i += 1) out[at + i]! ^= mask[i]!;
    previous = out.subarray(at, at + 16);
  }
  return out;
}

export interface RequestFields {
  readonly code: number;
  readonly id: number;
  readonly attributes: readonly Attribute[];
  readonly secret: string;
  /** Sixteen random octets; used by Access-Request and Status-Server only, the others derive theirs. */
  readonly random: Uint8Array;
}

/**
 * A request ready to send. Message-Authenticator comes first (Blast-RADIUS) and is computed over the packet with a zero authenticator
 * before the request authenticator is, as RFC 5176 wants; accounting carries none.
 * @throws RangeError for an unknown attribute, a value that does not fit, an empty secret or more than 4096 octets.
 * @example encodeRequest({ code: CODE.disconnectRequest, id: 7, attributes: [['User-Name', 'marie']], secret, random })
 */
export function encodeRequest({ code, id, attributes, secret, random }: RequestFields): Buffer {
  if (secret === '') throw new RangeError('the RADIUS secret is empty');
  const given = code === CODE.accessRequest || code === CODE.statusServer;
  const authenticator = given ? Buffer.from(random.subarray(0, 16)) : Buffer.alloc(16);
  const signed = code !== CODE.accountingRequest;
  const body = Buffer.concat([signed ? MAC_SPACE : Buffer.alloc(0), encodeAttributes(attributes, secret, authenticator)]);
  const packet = Buffer.concat([Buffer.from([code, id, 0, 0]), authenticator, body]);
  if (packet.length > 4096) throw new RangeError('a RADIUS packet holds at most 4096 octets');
  packet.writeUInt16BE(packet.length, 2);
  if (signed) hmac(secret, packet).copy(packet, MAC_AT);
  if (!given) md5(packet, Buffer.from(secret)).copy(packet, 4);
  return packet;
}

/** An answer to a request, as a NAS or a server writes it. @example encodeResponse(request, CODE.disconnectAck, [], secret) */
export function encodeResponse(request: Buffer, code: number, attributes: readonly Attribute[], secret: string, signed = true): Buffer {
  const asked = request.subarray(4, 20);
  const body = Buffer.concat([signed ? MAC_SPACE : Buffer.alloc(0), encodeAttributes(attributes, secret, asked)]);
  const packet = Buffer.concat([Buffer.from([code, request[1]!, 0, 0]), asked, body]);
  packet.writeUInt16BE(packet.length, 2);
  if (signed) hmac(secret, packet).copy(packet, MAC_AT);
  md5(packet, Buffer.from(secret)).copy(packet, 4);
  return packet;
}

/** @throws RangeError for anything that is not a whole packet. @example decodePacket(bytes).attributes // [['User-Name', 'marie']] */
export function decodePacket(bytes: Buffer): Packet {
  if (bytes.length < 20) throw new RangeError('shorter than a RADIUS header');
  const length = bytes.readUInt16BE(2);
  if (length < 20 || length > bytes.length || length > 4096) throw new RangeError(`bad length ${length}`);
  const attributes: [string, string | number][] = [];
  let messageAuthenticatorAt: number | undefined;
  const keep = (vendor: number, type: number, value: Buffer) => {
    const known = attributeByNumber(vendor, type);
    if (!known) return void attributes.push([`Attr-${vendor}/${type}`, value.toString('hex')]);
    const tag = known.tagged && value.length > 0 && value[0]! < 0x20 ? value[0]! : undefined;
    attributes.push([tag ? `${known.name}:${tag}` : known.name, decodeValue(known.kind, tag === undefined ? value : value.subarray(1))]);
  };
  for (let at = 20; at < length; ) {
    const size = at + 1 < length ? bytes[at + 1]! : 0;
    if (size < 2 || at + size > length) throw new RangeError('bad attribute length');
    const value = bytes.subarray(at + 2, at + size);
    if (bytes[at] === 80 && size === 18) messageAuthenticatorAt = at + 2;
    if (bytes[at] === 26 && value.length >= 6) {
      for (let inner = 4; inner + 2 <= value.length && value[inner + 1]! >= 2; inner += value[inner + 1]!) {
        keep(value.readUInt32BE(0), value[inner]!, value.subarray(inner + 2, inner + value[inner + 1]!));
      }
    } else keep(0, bytes[at]!, value);
    at += size;
  }
  return { code: bytes[0]!, id: bytes[1]!, authenticator: bytes.subarray(4, 20), attributes, ...(messageAuthenticatorAt === undefined ? {} : { messageAuthenticatorAt }) };
}

/**
 * Whether a reply answers this very request: identifier, response authenticator, and Message-Authenticator when it carries one.
 * @returns why not, or undefined when it does.
 * @example replyFault(request, reply, secret) // undefined
 */
export function replyFault(request: Buffer, reply: Buffer, secret: string, require: 'ifPresent' | 'always' = 'ifPresent'): string | undefined {
  let packet: Packet;
  try {
    packet = decodePacket(reply);
  } catch (error) {
    return (error as Error).message;
  }
  if (packet.id !== request[1]) return 'identifier mismatch';
  const asked = Buffer.from(reply.subarray(0, reply.readUInt16BE(2)));
  request.copy(asked, 4, 4, 20);
  if (!timingSafeEqual(md5(asked, Buffer.from(secret)), packet.authenticator)) return 'response authenticator mismatch';
  return macFault(asked, packet.messageAuthenticatorAt, secret, require);
}

/**
 * Whether a request comes from somebody who knows the secret. A login and a status request have a random authenticator, so only their
 * Message-Authenticator can tell.
 * @returns why not, or undefined when it does.
 * @example requestFault(request, 'another') // 'request authenticator mismatch'
 */
export function requestFault(request: Buffer, secret: string, require: 'ifPresent' | 'always' = 'ifPresent'): string | undefined {
  let packet: Packet;
  try {
    packet = decodePacket(request);
  } catch (error) {
    return (error as Error).message;
  }
  const zeroed = Buffer.from(request.subarray(0, request.readUInt16BE(2)));
  if (packet.code === CODE.accessRequest || packet.code === CODE.statusServer) return macFault(zeroed, packet.messageAuthenticatorAt, secret, require);
  zeroed.fill(0, 4, 20);
  if (!timingSafeEqual(md5(zeroed, Buffer.from(secret)), packet.authenticator)) return 'request authenticator mismatch';
  return macFault(zeroed, packet.messageAuthenticatorAt, secret, require);
}

function macFault(packet: Buffer, at: number | undefined, secret: string, require: 'ifPresent' | 'always'): string | undefined {
  if (at === undefined) return require === 'always' ? 'message authenticator missing' : undefined;
  const got = Buffer.from(packet.subarray(at, at + 16));
  packet.fill(0, at, at + 16);
  return timingSafeEqual(hmac(secret, packet), got) ? undefined : 'message authenticator mismatch';
}
