/**
 * An id derived from what it stands for: the same parts always give the same id, so a repeated run finds itself.
 * Parts keep letters, digits, `.`, `_` and `-`; anything else is percent-encoded byte by byte, so different parts never collide.
 * @throws RangeError when a part is empty or holds half a surrogate pair.
 * @example deriveId('ord_123', 'task', 'olt_activate') // 'ord_123:task:olt_activate'
 */
export function deriveId(...parts: readonly (string | number)[]): string {
  return parts
    .map((part) => {
      const text = String(part);
      if (!/^\P{Surrogate}+$/u.test(text)) throw new RangeError('deriveId: a part is empty or holds half a character');
      return encodeURIComponent(text).replace(/[!'()*~]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
    })
    .join(':');
}

/**
 * A short, stable, case-safe digest for ids that must not carry people's data (FNV-1a, two lanes, 52 bits, base 36).
 * For names, not for security.
 * @example shortHash('marie@example.ca') === shortHash('marie@example.ca') // true
 */
export function shortHash(text: string): string {
  let a = 0x811c9dc5;
  let b = 0xc9dc5118;
  for (const unit of new TextEncoder().encode(text)) {
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul(b ^ unit, 0x85ebca6b);
  }
  return ((a >>> 0) * 0x100000 + ((b >>> 0) & 0xfffff)).toString(36).padStart(11, '0');
}
