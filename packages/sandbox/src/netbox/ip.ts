/** IPv4 only: the pools of the sandbox. */
export interface Cidr { readonly host: number; readonly network: number; readonly broadcast: number; readonly length: number }

/** @example cidr('100.64.16.1/22')?.length // 22 */
export function cidr(text: unknown): Cidr | null {
  const match = typeof text === 'string' ? /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text) : null;
  if (!match) return null;
  const parts = match.slice(1, 5).map(Number);
  const length = Number(match[5]);
  if (parts.some((part) => part > 255) || length > 32) return null;
  const host = parts.reduce((sum, part) => sum * 256 + part, 0);
  const size = 2 ** (32 - length);
  const network = Math.floor(host / size) * size;
  return { host, network, broadcast: network + size - 1, length };
}
/** @example dotted(1681920001) // '100.64.16.1' */
export const dotted = (n: number): string => [24, 16, 8, 0].map((shift) => Math.floor(n / 2 ** shift) % 256).join('.');
/** Whether `inner` lies in `outer`. */
export const inside = (outer: Cidr, inner: Cidr): boolean => inner.host >= outer.network && inner.host <= outer.broadcast && inner.length >= outer.length;
