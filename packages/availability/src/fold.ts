import { links, words } from './words.ts';

/** Lower case, no accents, ligatures opened, a half as ` 1/2`, everything but commas, hyphens and # a blank. @example fold("Chemin de l'Érable") // 'chemin de l erable' */
export function fold(text: string): string {
  return text.replace(/½/g, ' 1/2').normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/œ/g, 'oe').replace(/æ/g, 'ae')
    .replace(/[–—]/g, '–').replace(/[^a-z0-9,#/–-]+/g, ' ').trim();
}
/** One word as it is compared: short forms written out, ordinals as numbers. */
export const word = (token: string): string => words.get(token) ?? (/^\d+(e|eme|th)$/.test(token) ? String(parseInt(token, 10)) : token);

/**
 * A name as it is compared: words written out, link words dropped, initials joined to what they stand for.
 * @example keyOf(['st', 'jean', 'de', 'matha']) // 'saint jean matha'
 */
export function keyOf(tokens: readonly string[]): string {
  let key = '';
  let any = false;
  for (let i = 0; i < tokens.length; i += 1) {
    const token = tokens[i]!;
    if (links.has(token) && tokens.length > 1 && !(token === 'd' && tokens[i - 1] === 'n')) continue;
    const next = tokens[i + 1];
    let one = word(token);
    if (token === 'n' && next === 'd') { one = 'notre dame'; i += 1; }
    else if (token === 'j' && next === 'b') { one = 'jean baptiste'; i += 1; }
    key += any ? ` ${one}` : one;
    any = true;
  }
  return any ? key : tokens.join(' ');
}
/** The key of a name as written. @example nameKey('St-Anicet') // 'saint anicet' */
export const nameKey = (text: string): string => keyOf(fold(text).split(/[^a-z0-9]+/).filter(Boolean));
/** Folded words with a blank around, so that one text is found in another as whole words. @example spaced("rue de l'Église") // ' rue de l eglise ' */
export const spaced = (text: string): string => ` ${fold(text).replace(/[^a-z0-9]+/g, ' ').trim()} `;
/** A postal code without blanks, lower case; empty when it has not the form. @example postalKey('J0S 1M0') // 'j0s1m0' */
export const postalKey = (code: string): string => /^([a-z]\d[a-z])[ -]?(\d[a-z]\d)$/.exec(code.trim().toLowerCase())?.slice(1).join('') ?? '';

/** A name that is still being typed: its last word is left as it is, for `st` may become `stanislas`. @example growingKey(['saint', 'st']) // 'saint st' */
export function growingKey(tokens: readonly string[]): string {
  const plain = (token: string): string => { const whole = word(token); return /^\d/.test(whole) ? token : whole; };
  return tokens.filter((token, i) => i === tokens.length - 1 || !links.has(token)).map((token, i, all) => (i === all.length - 1 ? token : plain(token))).join(' ');
}
/** What `growingKey` grows into. @example wholeKey('Saint-Urbain-Premier') // 'saint urbain premier' */
export const wholeKey = (text: string): string => {
  const tokens = fold(text).split(/[^a-z0-9]+/).filter((token, _, all) => token !== '' && (all.length === 1 || !links.has(token)));
  return tokens.map((token) => { const whole = word(token); return /^\d/.test(whole) ? token : whole; }).join(' ');
};
