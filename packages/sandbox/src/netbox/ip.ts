/** An address with its network, of either family, as numbers. */
export interface Cidr { readonly family: 4 | 6; readonly host: bigint; readonly network: bigint; readonly broadcast: bigint; readonly length: number }

const bits = (family: 4 | 6): number => (family === 4 ? 32 : 128);

function number(text: string): { readonly family: 4 | 6; readonly host: bigint } | null {
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(text)) {
    const parts = text.split('.').map(Number);
    return parts.every((part) => part < 256) ? { family: 4, host: parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n) } : null;
  }
  const [left = '', right, more] = text.split('::');
  if (more !== undefined || !/^[0-9a-f:]*$/i.test(text) || !text.includes(':')) return null;
  const [head, tail] = [left, right ?? ''].map((side) => (side === '' ? [] : side.split(':')));
  const gap = 8 - head!.length - tail!.length;
  if (right === undefined ? gap !== 0 : gap < 1) return null;
  const groups = [...head!, ...Array.from({ length: gap }, () => '0'), ...tail!];
  return groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group)) ? { family: 6, host: groups.reduce((sum, group) => sum * 65_536n + BigInt(`0x${group}`), 0n) } : null;
}

/** @example cidr('100.64.16.1/22')?.length // 22 */
export function cidr(text: unknown): Cidr | null {
  const [address = '', mask, more] = typeof text === 'string' ? text.split('/') : [];
  const read = number(address);
  if (!read || more !== undefined || (mask !== undefined && !/^\d{1,3}$/.test(mask))) return null;
  const length = mask === undefined ? bits(read.family) : Number(mask);
  if (length > bits(read.family)) return null;
  const size = 1n << BigInt(bits(read.family) - length);
  const network = (read.host / size) * size;
  return { ...read, network, broadcast: network + size - 1n, length };
}

/** As NetBox writes it, the longest run of zeros left out. @example written(4, 1681920001n) // '100.64.16.1' */
export function written(family: 4 | 6, host: bigint): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map((shift) => (host >> shift) & 255n).join('.');
  const groups = Array.from({ length: 8 }, (_, i) => ((host >> BigInt(112 - 16 * i)) & 65_535n).toString(16));
  const runs = [...groups.join(':').matchAll(/(?:^|(?<=:))0(?::0)+(?=:|$)/g)].map(([run]) => run).sort((a, b) => b.length - a.length);
  return runs[0] === undefined ? groups.join(':') : groups.join(':').replace(new RegExp(`(^|:)${runs[0]}(:|$)`), '::');
}

/** Whether `inner` lies in `outer`. */
export const inside = (outer: Cidr, inner: Cidr): boolean => outer.family === inner.family && inner.host >= outer.network && inner.host <= outer.broadcast && inner.length >= outer.length;
