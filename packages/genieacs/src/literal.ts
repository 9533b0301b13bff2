/**
 * A text that must match as written. GenieACS reads `*` as a wildcard and `/x/` as a regular expression, so such a text goes as an
 * anchored, escaped `$regex` (acs.md 1.3).
 * @example literal('RCMG*') // { $regex: '^RCMG\\*$' }
 */
export function literal(text: string): string | { readonly $regex: string } {
  return /\*|^\//.test(text) ? { $regex: `^${text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')}$` } : text;
}
