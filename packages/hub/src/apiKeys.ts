/** One key of the API: who holds it, and what it opens. */
export interface ApiKey {
  /** Stands in the audit; never the key itself. */
  readonly name: string;
  readonly key: string;
  /** `orders:write`, `voltha:read`, `*:read`, `radius:*`, `*:*`. */
  readonly scopes: readonly string[];
}
export const EVERYTHING = '*:*';
const NAME = /^[A-Za-z][A-Za-z0-9._-]{0,39}$/;
const SCOPE = /^(\*|[A-Za-z][A-Za-z0-9-]{0,39}):(read|write|\*)$/;
/** Callers that have no API key of their own, and keys that were given no name. */
const TAKEN = /^(acs|public|key\d+)$/i;

/**
 * Reads one entry of LEADLIGHT_API_KEYS: a plain key opens everything, `name:key:scope+scope` what its scopes say.
 * A colon cannot stand in a Bearer token (RFC 6750), so no plain key reads as the long form.
 * @param position where among the plain keys it stands, from 1: `key1` is the name of the first.
 * @returns the key, or what is wrong with the entry, without repeating it.
 * @example readApiKey('noc:0123456789abcdef:voltha:read+radius:*', 1) // { name: 'noc', key: '0123456789abcdef', scopes: ['voltha:read', 'radius:*'] }
 */
export function readApiKey(entry: string, position: number): ApiKey | string {
  const long = /^([^:]*):([^:]*):(.*)$/.exec(entry);
  const [name, key, scopes] = long ? [long[1]!, long[2]!, long[3]!.split('+')] : [`key${position}`, entry, [EVERYTHING]];
  if (!long && entry.includes(':')) return 'holds an entry with a colon that is not written name:key:scope+scope';
  if (key.length < 16) return 'holds a key shorter than 16 characters';
  if (long && (!NAME.test(name) || TAKEN.test(name))) return 'holds a name that is not a word of at most 40 letters, digits, dots and dashes, or is one the hub uses itself (acs, public, key1)';
  if (scopes.some((scope) => !SCOPE.test(scope))) return `holds a scope for "${name}" that is not written tag:read, tag:write or tag:* (tag may be *)`;
  return { name, key, scopes };
}

/**
 * What a call of a route needs: its first tag, and `read` or `write` by its method unless the route says that it only answers a question.
 * A route without a tag needs a scope that only keys with `*` have.
 * @example scopeOf({ method: 'POST', tags: ['orders'] }) // 'orders:write'
 */
export function scopeOf(route: { readonly method: string; readonly tags?: readonly string[]; readonly access?: 'read' | 'write' }): string {
  return `${route.tags?.[0] ?? '-'}:${route.access ?? (/^(GET|HEAD|OPTIONS)$/.test(route.method) ? 'read' : 'write')}`;
}

/** Whether one of the scopes of a key opens what is needed. Writing does not open reading. @example opens(['*:read'], 'orders:read') // true */
export function opens(scopes: readonly string[], needed: string): boolean {
  const [tag, access] = needed.split(':');
  return scopes.some((scope) => {
    const [ofTag, ofAccess] = scope.split(':');
    return (ofTag === '*' || ofTag === tag) && (ofAccess === '*' || ofAccess === access);
  });
}
