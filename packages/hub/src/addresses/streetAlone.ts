import { parseAddress } from '../../../availability/src/index.ts';

/**
 * A street line without house number and unit, for what may be kept about a street but not about a house. `1re Avenue` keeps its number.
 * @example streetAlone('12A, rang Dix app. 3') // 'rang Dix'
 */
export function streetAlone(line: string): string {
  const { civic } = parseAddress(line).readings[0]!;
  const bare = line.replace(/[\s,]+(?:(?:app|apt|appt|appart|unité|unite|unit|suite|bureau|local|porte|logement)\b\.?|#)\s*\S+/i, '');
  return (civic === null ? bare : bare.replace(new RegExp(`(^|[\\s,-])0*${civic}(?:\\s?[a-z]|\\s?½|\\s1/2)?(?=$|[\\s,])`, 'i'), '$1')).replace(/^[\s,]*(?:\d+-)?[\s,]*|[\s,]+$/g, '');
}
