// The words of Québec addresses (OQLF, Commission de toponymie, Canada Post); accents are folded before they are looked up.
const table = (text: string): ReadonlyMap<string, string> =>
  new Map(text.trim().split('\n').flatMap((row) => { const [to = '', from = ''] = row.split(':'); return [to, ...from.trim().split(' ')].filter(Boolean).map((word) => [word.trim(), to.trim()] as const); }));

/** Street types, with what people write for them. The order gives each its number in a snapshot: add at the end. */
export const generics = table(`
rue: r str street
avenue: av ave aven avn
boulevard: boul bd bld blvd bvd boulv blv
chemin: ch chem chm chmn road rd
rang: rg rng range concession conc
route: rte rt hwy highway
montee: mtee mte mnt
place: pl plc plce plaza
croissant: crois croiss cr crt cres crescent
impasse: imp court
terrasse: terr tsse ter terrace
promenade: prom drive
allee: all al alley
cote: cte
carre: car
passage: pass pas
ruelle: rlle ln lane
cercle: cer circ cir circle
square: sq
pointe: pte
domaine: dom
sentier: sent trail
autoroute: aut
traverse: trav
esplanade: espl`);
/** Types that only stand behind the name: in front they are a saint and a doctor. */
export const trailingGenerics: ReadonlyMap<string, string> = new Map([['st', 'rue'], ['dr', 'promenade']]);
export const genericNames: readonly string[] = ['', ...new Set(generics.values())];

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
chanoine: chan
president: pres
madame: mme
sergent: sgt
lieutenant: lt
honorable: hon
frere: fr
soeurs: ss
mont: mt
mountain: mtn
riviere: riv
ruisseau: ruiss
petit: pt
grand: gr
grande: grde
vieux: vx
notre dame: nd
jean baptiste: jb
1: 1er 1re 1ere 1st premier premiere first
2: 2nd 2nde second seconde deuxieme
3: 3rd third troisieme
4: fourth quatrieme
5: fifth cinquieme
6: sixth sixieme
7: seventh septieme
8: eighth huitieme
9: ninth neuvieme
10: tenth dixieme`);

export const directions = table(`
nord: n north
sud: s south
est: e east
ouest: o w west
nord est: ne
nord ouest: no nw
sud est: se
sud ouest: so sw`);
export const directionNames: readonly string[] = ['', ...new Set(directions.values())];

/** Dropped from names: they come and go in speech. */
export const links: ReadonlySet<string> = new Set(['de', 'du', 'des', 'd', 'la', 'le', 'les', 'l', 'a', 'au', 'aux', 'the', 'of']);
export const provinces: ReadonlySet<string> = new Set(['qc', 'quebec', 'pq', 'canada']);
/** What is written behind an address and is part of none, e.g. of a farm's second house. */
export const noise: ReadonlySet<string> = new Set(['lot', 'maison', 'chalet', 'garage', 'ferme', 'arriere', 'house', 'rear', 'barn']);
/** Villages, old towns and short names people give for a municipality, folded. */
export const villages: Readonly<Record<string, string>> = {
  athelstan: 'hinchinbrooke', cazaville: 'saint anicet', valleyfield: 'salaberry valleyfield', sherrington: 'saint patrice sherrington', 'saint louis': 'saint louis gonzague',
  'saint antoine': 'saint antoine abbe', hull: 'gatineau', aylmer: 'gatineau', 'sainte foy': 'quebec', charlesbourg: 'quebec', beauport: 'quebec', chicoutimi: 'saguenay', jonquiere: 'saguenay',
  lachine: 'montreal', lasalle: 'montreal', verdun: 'montreal', anjou: 'montreal', 'saint laurent': 'montreal', 'saint leonard': 'montreal', chomedey: 'laval', 'saint hubert': 'longueuil', 'greenfield park': 'longueuil', iberville: 'saint jean richelieu',
};
