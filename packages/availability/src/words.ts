// The words of Québec addresses (OQLF, Commission de toponymie, Canada Post); accents are folded before they are looked up.
const table = (text: string): ReadonlyMap<string, string> =>
  new Map(text.trim().split('\n').flatMap((row) => { const [to = '', from = ''] = row.split(':'); return [to, ...from.trim().split(' ')].filter(Boolean).map((word) => [word.trim(), to.trim()] as const); }));

/** Street types, with what people write for them. */
export const generics = table(`
rue: r str street
avenue: av ave aven avn
boulevard: boul bd bld blvd bvd boulv
chemin: ch chem chm chmn road rd
rang: rg rng range concession conc
route: rte rt hwy highway
montee: mtee mte mnt
place: pl plc plce plaza
croissant: crois croiss crt cres crescent
impasse: imp court
terrasse: terr tsse ter terrace
promenade: prom drive
allee: all al alley
cote: cte
carre: car
ruelle: rlle ln lane
cercle: cer circ cir circle
square: sq
pointe: pte
domaine: dom`);

/** Short forms inside names. */
export const words = table(`
saint: st
sainte: ste
saints: sts
monseigneur: mgr
docteur: dr
capitaine: cap capt
general: gen
colonel: col
cardinal: card
president: pres
madame: mme
mont: mt
riviere: riv
ruisseau: ruiss
petit: pt
grand: gr
grande: grde
vieux: vx
1: 1er 1re 1ere 1st premier premiere first
2: 2nd second deuxieme
3: 3rd third troisieme`);

export const directions = table(`
nord: n north
sud: s south
est: e east
ouest: o w west`);

/** Dropped from names: they come and go in speech. */
export const links: ReadonlySet<string> = new Set(['de', 'du', 'des', 'd', 'la', 'le', 'les', 'l', 'a', 'au', 'aux', 'the', 'of']);
export const provinces: ReadonlySet<string> = new Set(['qc', 'quebec', 'pq', 'canada']);
/** Villages and short names people give for a municipality, folded. */
export const villages: Readonly<Record<string, string>> = {
  athelstan: 'hinchinbrooke', cazaville: 'saint anicet', valleyfield: 'salaberry de valleyfield', sherrington: 'saint patrice de sherrington', 'saint louis': 'saint louis de gonzague', 'saint antoine': 'saint antoine abbe',
};
