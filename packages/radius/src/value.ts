import { isIPv4, isIPv6 } from 'node:net';
import type { Kind } from './dictionary.ts';

export type Value = string | number | Uint8Array;

/**
 * One attribute value as bytes.
 * @throws RangeError when it does not fit its kind, e.g. 5 Gbit/s in a 32-bit attribute.
 * @example encodeValue('ipv4', '100.64.0.10') // <64 40 00 0a>
 */
export function encodeValue(kind: Kind, value: Value): Buffer {
  if (value instanceof Uint8Array) return Buffer.from(value);
  switch (kind) {
    case 'text':
    case 'octets':
      return Buffer.from(String(value), 'utf8');
    case 'integer':
    case 'time': {
      const number = Number(value);
      if (!Number.isInteger(number) || number < 0 || number > 0xffffffff) throw new RangeError(`${value} does not fit 32 bits`);
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32BE(number);
      return bytes;
    }
    case 'ipv4':
      if (!isIPv4(String(value))) throw new RangeError(`${value} is not an IPv4 address`);
      return Buffer.from(String(value).split('.').map(Number));
    case 'ipv6':
      return ipv6(String(value));
    case 'prefix6':
      return prefix6(String(value));
  }
}

/** The opposite; octets come back as hex. Lengths that cannot be right come back as hex too: a stranger wrote them. @example decodeValue('ipv4', Buffer.from([100, 64, 0, 10])) // '100.64.0.10' */
export function decodeValue(kind: Kind, bytes: Buffer): string | number {
  if (kind === 'text') return bytes.toString('utf8');
  if ((kind === 'integer' || kind === 'time') && bytes.length === 4) return bytes.readUInt32BE(0);
  if (kind === 'ipv4' && bytes.length === 4) return [...bytes].join('.');
  if (kind === 'ipv6' && bytes.length === 16) return spell6(bytes);
  if (kind === 'prefix6' && bytes.length >= 2 && bytes.length <= 18) {
    const full = Buffer.alloc(16);
    bytes.copy(full, 0, 2);
    return `${spell6(full)}/${bytes[1]}`;
  }
  return bytes.toString('hex');
}

function ipv6(text: string): Buffer {
  if (!isIPv6(text) || text.includes('%')) throw new RangeError(`${text} is not an IPv6 address`);
  const bytes = Buffer.alloc(16);
  const dotted = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(text);
  const plain = dotted ? `${dotted[1]}${pair(dotted[2]!, dotted[3]!)}:${pair(dotted[4]!, dotted[5]!)}` : text;
  const [head = '', tail] = plain.split('::');
  const left = head ? head.split(':') : [];
  const right = tail ? tail.split(':') : [];
  const groups = tail === undefined ? left : [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right];
  groups.forEach((group, index) => bytes.writeUInt16BE(parseInt(group, 16), index * 2));
  return bytes;
}
const pair = (a: string, b: string): string => ((Number(a) << 8) | Number(b)).toString(16);

/** RFC 3162/4818: a reserved octet, the length, and only as many octets as the prefix needs; bits beyond it are zero. */
function prefix6(text: string): Buffer {
  const [address = '', length = ''] = text.split('/');
  const bits = Number(length);
  if (length === '' || !Number.isInteger(bits) || bits < 0 || bits > 128) throw new RangeError(`${text} is not an IPv6 prefix`);
  const bytes = ipv6(address).subarray(0, Math.ceil(bits / 8));
  if (bits % 8 !== 0) bytes[bytes.length - 1]! &= 0xff << (8 - (bits % 8)) & 0xff;
  return Buffer.concat([Buffer.from([0, bits]), bytes]);
}

/** RFC 5952 spelling: lower case, the longest run of zero groups shortened. */
function spell6(bytes: Buffer): string {
  const groups = Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(index * 2).toString(16));
  let best = { at: -1, length: 1 };
  for (let at = 0; at < 8; at += 1) {
    let length = 0;
    while (groups[at + length] === '0') length += 1;
    if (length > best.length) best = { at, length };
  }
  if (best.at < 0) return groups.join(':');
  return `${groups.slice(0, best.at).join(':')}::${groups.slice(best.at + best.length).join(':')}`;
}
