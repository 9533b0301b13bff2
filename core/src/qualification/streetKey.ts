// Street names as people write them, folded to one spelling. Only what must be equal is kept: house number, generic, name, direction.

const GENERICS: Readonly<Record<string, string>> = Object.fromEntries(
  (
    'rue r st str street|avenue av ave aven avn|boulevard boul bd bld blvd bvd boulv blv|chemin ch chem chm chmn road rd|rang rg rng range concession conc|'
    + 'route rte rt hwy highway|montee mtee mte mnt|place pl plc plce plaza|croissant crois croiss cr crt cres crescent|impasse imp court|terrasse terr tsse ter terrace|'
    + 'promenade prom drive|allee all al alley|cote cte|carre car|passage pass pas|ruelle rlle ln lane|cercle cer circ cir circle|square sq|pointe pte|'
    + 'domaine dom|sentier sent trail|autoroute aut|traverse trav|esplanade espl'
  ).split('|').flatMap((group) => group.split(' ').map((word, _, all) => [word, all[0]!] as const)),
);
const WORDS: Readonly<Record<string, string>> = Object.fromEntries(
  (
    'st saint|ste sainte|sts saints|nd notre-dame|jb jean-baptiste|mgr monseigneur|dr docteur|cap capitaine|capt capitaine|gen general|col colonel|card cardinal|'
    + 'chan chanoine|pres president|mme madame|sgt sergent|lt lieutenant|hon honorable|fr frere|mt mont|mtn mountain|riv riviere|ruiss ruisseau|pt petit|'
    + 'gr grand|grde grande|vx vieux|1er 1|1re 1|1ere 1|1st 1|premier 1|premiere 1|first 1|deuxieme 2|second 2|2nd 2|troisieme 3|third 3|3rd 3|quatrieme 4|cinquieme 5'
  ).split('|').map((pair) => pair.split(' ') as [string, string]),
);
const DIRECTIONS: Readonly<Record<string, string>> = { n: 'n', north: 'n', nord: 'n', s: 's', south: 's', sud: 's', e: 'e', east: 'e', est: 'e', o: 'o', w: 'o', west: 'o', ouest: 'o' };
const LINKS = new Set(['de', 'du', 'des', 'd', 'la', 'le', 'les', 'l', 'a', 'au', 'aux', 'of', 'the']);
const UNIT = /\b(?:app|apt|appt|appart|appartement|apartment|unite|unit|suite|bureau|bur|local|porte|logement|log|condo|ph)\.?\s*([a-z0-9-]+)|#\s*([a-z0-9-]+)/;

/** Lower case, no accents, ligatures opened, apostrophes and dots as spaces. @example foldText("L'Île-Perrôt") // 'l ile-perrot' */
export function foldText(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/œ/g, 'oe').replace(/æ/g, 'ae').replace(/['’`´.,;()]/g, ' ').replace(/\s+/g, ' ').trim();
}

export interface StreetParts {
  /** House number with its suffix letter, e.g. `123a`; empty when none was written. */
  readonly civic: string;
  readonly unit: string;
  readonly generic: string;
  readonly name: string;
  readonly direction: string;
}

const words = (text: string): readonly string[] =>
  text.split(/[\s-]+/).filter((one) => one !== '').map((one) => WORDS[one] ?? one.replace(/^(\d+)(?:e|eme|th)$/, '$1'))
    .flatMap((one) => one.split('-'));

/**
 * Takes a street line apart. The house number is read at the front (`123A rue X`, `3-1234 rue X`), else at the end (`rue X 123`).
 * @example streetKey('123 ch. de la Rivière O.') // { civic: '123', generic: 'chemin', name: 'riviere', direction: 'o', unit: '' }
 */
export function streetKey(line: string): StreetParts {
  let rest = foldText(line).replace(/\bn ?- ?d\b/g, 'nd').replace(/\bj ?- ?b\b/g, 'jb');
  let unit = '';
  const inner = UNIT.exec(rest);
  if (inner) {
    unit = inner[1] ?? inner[2] ?? '';
    rest = rest.replace(inner[0], ' ').replace(/\s+/g, ' ').trim();
  }
  let civic = '';
  const front = /^(?:(\d+[a-z]?)\s*-\s*(?=\d))?(\d+)(?:\s*-?\s*([a-d])(?=\s))?(?=\s)(?!\s*(?:e|eme|th|re|er|st|nd|rd)\b)/.exec(rest);
  const back = /\s(\d+)\s?([a-d])?$/.exec(rest);
  if (front) {
    civic = `${front[2]}${front[3] ?? ''}`;
    unit = front[1] ?? unit;
    // Canada Post puts the unit first; a small number after a large one is a unit all the same.
    if (front[1] && Number(front[2]) < 30 && parseInt(front[1], 10) > 30) [civic, unit] = [front[1], front[2]!];
    rest = rest.slice(front[0].length).trim();
  } else if (back) {
    civic = `${back[1]}${back[2] ?? ''}`;
    rest = rest.slice(0, back.index).trim();
  }
  const tokens = rest.split(' ');
  let direction = '';
  const last = tokens[tokens.length - 1] ?? '';
  if (tokens.length > 1 && DIRECTIONS[last]) {
    direction = DIRECTIONS[last];
    tokens.pop();
  }
  let generic = '';
  const first = GENERICS[tokens[0] ?? ''];
  const tail = GENERICS[tokens[tokens.length - 1] ?? ''] ?? (tokens[tokens.length - 1] === 'dr' ? 'promenade' : undefined);
  // `st` in front is a saint, at the end a street.
  if (first && tokens.length > 1 && tokens[0] !== 'st') generic = GENERICS[tokens.shift()!]!;
  else if (tail && tokens.length > 1) {
    generic = tail;
    tokens.pop();
  }
  const name = words(tokens.join(' ')).filter((word, _, all) => all.length === 1 || !LINKS.has(word)).join(' ');
  return { civic, unit, generic, name, direction };
}
