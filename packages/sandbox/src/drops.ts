// The operator's fibre register as the seed describes it, invented: no real customer row. Same seed, same rows.

/** One fibre drop; `sn` is empty where no ONT is connected. */
export interface SandboxDrop {
  readonly id: number;
  /** House number and street. */
  readonly rue: string;
  readonly ville: string;
  readonly zip: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly oltName: string;
  readonly oltIp: string;
  readonly frame: number;
  readonly slot: number;
  readonly port: number;
  readonly ontid: number;
  readonly sn: string;
  readonly boitierPasInstall: boolean;
  readonly zone: string;
  readonly maxDownMbps: number;
}
export interface OltCount { readonly ip: string; readonly location: string; readonly total: number; readonly connected: number }

export const DROP_TOTAL = 16_056;
export const CONNECTED_TOTAL = 4_949;
export const BOX_MISSING_TOTAL = 1_149;

/** The six OLTs the seed counts (S1-027 … S1-032): location, IP, drops, connected; then municipality, latitude, longitude, postal code. */
const NAMED = [
  ['Saint-Anicet', '172.17.16.2', 2155, 844, 'Saint-Anicet', 45.14, -74.36, 'J0S 1M0'],
  ['Hemmingford', '172.17.32.2', 1742, 689, 'Hemmingford', 45.05, -73.59, 'J0L 1H0'],
  ['Saint-Antoine', '172.17.48.2', 1383, 594, 'Saint-Antoine-Abbé', 45.06, -73.88, 'J0S 1N0'],
  ['Havelock', '172.17.64.2', 1347, 484, 'Havelock', 45.05, -73.76, 'J0S 2C0'],
  ['Athelstan', '172.17.208.4', 1167, 589, 'Hinchinbrooke', 45.05, -74.08, 'J0S 1A0'],
  ['Saint-Louis', '172.17.112.2', 1054, 329, 'Saint-Louis-de-Gonzague', 45.21, -73.99, 'J0S 1T0'],
] as const;
/** Nineteen more locations; the first five have two OLTs: 25 locations, 30 OLTs (S1-033). */
const OTHERS = [
  ['Huntingdon', 45.09, -74.17, 'J0S 1H0'], ['Ormstown', 45.13, -74.0, 'J0S 1K0'], ['Saint-Chrysostome', 45.1, -73.77, 'J0S 1R0'], ['Sainte-Barbe', 45.17, -74.21, 'J0S 1P0'], ['Franklin', 45.03, -73.92, 'J0S 1E0'],
  ['Godmanchester', 45.08, -74.27, 'J0S 1H0'], ['Dundee', 45.04, -74.48, 'J0S 1L0'], ['Elgin', 45.02, -74.27, 'J0S 2E0'], ['Howick', 45.18, -73.85, 'J0S 1G0'], ['Saint-Stanislas-de-Kostka', 45.18, -74.13, 'J0S 1W0'],
  ['Très-Saint-Sacrement', 45.19, -73.87, 'J0S 1G0'], ['Lacolle', 45.08, -73.37, 'J0J 1J0'], ['Saint-Bernard-de-Lacolle', 45.08, -73.42, 'J0J 1V0'], ['Saint-Patrice-de-Sherrington', 45.16, -73.52, 'J0L 2N0'], ['Sainte-Clotilde', 45.15, -73.68, 'J0L 1W0'],
  ['Saint-Urbain-Premier', 45.22, -73.73, 'J0S 1Y0'], ['Saint-Étienne-de-Beauharnois', 45.25, -73.92, 'J0S 1S0'], ['Saint-Télesphore', 45.29, -74.41, 'J0P 1Y0'], ['Napierville', 45.19, -73.4, 'J0J 1L0'],
] as const;

const list = (text: string): readonly string[] => text.split(',');
const SAINTS = list('Jean,Joseph,Pierre,Louis,Paul,Jacques,Charles,Laurent,Patrick,Philippe,Thomas,André,Hubert,Jean-Baptiste,François,Michel,Georges,Denis,Henri,Ambroise');
const PEOPLE = list('Tremblay,Gagnon,Roy,Côté,Bouchard,Gauthier,Morin,Lavoie,Fortin,Gagné,Ouellet,Pelletier,Bélanger,Lévesque,Bergeron,Leblanc,Girard,Simard,Caron,Beaulieu,Dubé,Poirier,Fournier,Lapointe,Leclerc,Lefebvre,Poulin,Thibault,Nadeau,Martin,Landry,Brunette,Quenneville,Primeau,Daoust,Hébert,Legault,Trépanier,Vinet,Montpetit');
const NATURE = list('des Érables,des Pins,des Bouleaux,des Chênes,des Cèdres,des Ormes,des Peupliers,des Lilas,des Trembles,des Pommiers,des Vergers,des Prés,des Champs,du Lac,du Moulin,du Parc,du Quai,du Pont,du Ruisseau,du Golf,du Village,de la Rivière,de la Montagne,de la Plage,de la Baie,de la Pointe,de la Gare,de la Fabrique,de la Source,de l’Église,de l’Anse,de l’École,de l’Île');
const ENGLISH = list('Covey Hill,Ridge,Church,Mill,Bridge,Maple,Orchard,Fairview,Lakeshore,Brook,Victoria,Wellington,Dalhousie,Gore,Powerscourt,Rockburn,Bogton,Stoney,Cooper,Carr');
const RUE = list('rue,rue,rue,rue,avenue,chemin,place,croissant,montée');

/** mulberry32: small, fast, and the same everywhere. */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Shares of a whole number by weight; they add up to it. */
function shares(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  let left = total;
  return weights.map((weight, i) => {
    const share = i === weights.length - 1 ? left : Math.round((total * weight) / sum);
    left -= share;
    return share;
  });
}

function streetsOf(count: number, rnd: () => number): string[] {
  const pick = (from: readonly string[]): string => from[Math.floor(rnd() * from.length)]!;
  const found = new Map<string, string>([['principale', 'rue Principale']]);
  while (found.size < count) {
    const x = rnd();
    const [type, name] =
      x < 0.2 ? ['rue', `Saint-${pick(SAINTS)}`] : x < 0.45 ? [pick(RUE), pick(PEOPLE)] : x < 0.75 ? [pick(RUE), pick(NATURE)] : x < 0.85 ? ['chemin', pick(ENGLISH)] : x < 0.92 ? ['rang', `Saint-${pick(SAINTS)}`] : x < 0.96 ? ['route', pick(['132', '138', '201', '202', '203', '209'])] : ['', `${2 + Math.floor(rnd() * 9)}e ${rnd() < 0.6 ? 'Avenue' : 'Rang'}`];
    const key = name.toLowerCase();
    // One type per name and town, mostly: a register where "rue Roy" and "place Roy" both stand is the exception.
    if (!found.has(key) || rnd() < 0.02) found.set(found.has(key) ? `${key}|${type}` : key, type === '' ? name : `${type} ${name}`);
  }
  return [...found.values()];
}

/**
 * The whole register: 16,056 drops on 30 OLTs at 25 locations, 4,949 connected, 1,149 without a box, with the seed's totals for its six
 * named OLTs (S1-022, S1-027 … S1-033). About one drop in sixty shares its address with another (two dwellings of one building).
 * @example generateDrops(1).length // 16056
 */
export function generateDrops(seed = 1): readonly SandboxDrop[] {
  const rnd = random(seed * 7919 + 17);
  const named = NAMED.map(([location, ip, total, connected, ville, lat, lng, zip]) => ({ location, ville, lat, lng, zip, olts: [{ ip, total, connected }] }));
  const weights = OTHERS.flatMap((_, i) => (i < 5 ? [3, 2] : [2]));
  const totals = shares(DROP_TOTAL - NAMED.reduce((sum, row) => sum + row[2], 0), weights);
  const connected = shares(CONNECTED_TOTAL - NAMED.reduce((sum, row) => sum + row[3], 0), weights);
  let next = 0;
  const others = OTHERS.map(([ville, lat, lng, zip], i) => ({
    location: ville as string, ville: ville as string, lat: lat as number, lng: lng as number, zip: zip as string,
    olts: (i < 5 ? [2, 3] : [2]).map((last) => ({ ip: `172.17.${128 + i}.${last}`, total: totals[next]!, connected: connected[next++]! })),
  }));
  const rows: SandboxDrop[] = [];
  for (const site of [...named, ...others]) {
    const size = site.olts.reduce((sum, olt) => sum + olt.total, 0);
    const streets = streetsOf(Math.min(70, Math.max(12, Math.round(size / 24))), rnd).map((street) => ({ street, civic: 1 + Math.floor(rnd() * 60) * 10, lat: site.lat + (rnd() - 0.5) * 0.06, lng: site.lng + (rnd() - 0.5) * 0.09, along: rnd() * 6.283 }));
    let last: Pick<SandboxDrop, 'rue' | 'latitude' | 'longitude'> | null = null;
    site.olts.forEach((olt, o) => {
      for (let n = 0; n < olt.total; n += 1) {
        let at: Pick<SandboxDrop, 'rue' | 'latitude' | 'longitude'> | null = rnd() < 1 / 60 ? last : null;
        if (!at) {
          const street = streets[Math.floor(rnd() * streets.length)]!;
          street.civic += 2 + Math.floor(rnd() * 9);
          street.lat += Math.sin(street.along) * 0.0004;
          street.lng += Math.cos(street.along) * 0.0006;
          at = { rue: `${street.civic}${rnd() < 0.02 ? 'A' : ''} ${street.street}`, latitude: Number(street.lat.toFixed(6)), longitude: Number(street.lng.toFixed(6)) };
        }
        last = at;
        rows.push({
          id: rows.length + 1, ...at, ville: site.ville, zip: site.zip, oltName: `${site.location}${site.olts.length > 1 ? ` ${o + 1}` : ''}`, oltIp: olt.ip,
          frame: 0, slot: 1 + Math.floor(n / 1024), port: Math.floor(n / 64) % 16, ontid: n % 64, sn: '', boitierPasInstall: false, zone: site.zip.startsWith('J0S') ? '1' : '2', maxDownMbps: o === 0 ? 1500 : 500,
        });
      }
    });
  }
  return connect(rows, [...named, ...others].flatMap((site) => site.olts), rnd);
}

/** Puts serials on as many drops of each OLT as are connected, and takes the box from others. */
function connect(rows: readonly SandboxDrop[], olts: readonly { ip: string; connected: number }[], rnd: () => number): readonly SandboxDrop[] {
  const shuffled = <T>(from: readonly T[]): T[] => {
    const out = [...from];
    for (let i = out.length - 1; i > 0; i -= 1) {
      const j = Math.floor(rnd() * (i + 1));
      [out[i], out[j]] = [out[j]!, out[i]!];
    }
    return out;
  };
  const byOlt = new Map(olts.map(({ ip }) => [ip, [] as number[]]));
  rows.forEach((row, i) => byOlt.get(row.oltIp)!.push(i));
  const serials = new Map<number, string>();
  for (const { ip, connected } of olts) for (const i of shuffled(byOlt.get(ip)!).slice(0, connected)) serials.set(i, `${rnd() < 0.7 ? 'RCMG' : 'TPLG'}${(0x10000000 + serials.size * 7919 + 4241).toString(16).toUpperCase()}`);
  const missing = new Set(shuffled(rows.map((_, i) => i).filter((i) => !serials.has(i))).slice(0, BOX_MISSING_TOTAL));
  return rows.map((row, i) => ({ ...row, sn: serials.get(i) ?? '', boitierPasInstall: missing.has(i) }));
}

/** Drops and connected drops per OLT, for the capacity table of S1-027 … S1-033. */
export function countByOlt(drops: readonly SandboxDrop[]): readonly OltCount[] {
  const found = new Map<string, OltCount>();
  for (const { oltIp, oltName, sn } of drops) {
    const known = found.get(oltIp) ?? { ip: oltIp, location: oltName.replace(/ \d$/, ''), total: 0, connected: 0 };
    found.set(oltIp, { ...known, total: known.total + 1, connected: known.connected + (sn === '' ? 0 : 1) });
  }
  return [...found.values()];
}

/** The register as the operator exports it, in the legacy table's own words; what the hub loads at its first start. */
export function dropsCsv(drops: readonly SandboxDrop[] = generateDrops()): string {
  const lines = drops.map((d) => [d.id, `"${d.rue}"`, `"${d.ville}"`, d.zip, d.latitude, d.longitude, d.oltName, d.oltIp, d.frame, d.slot, d.port, d.ontid, d.sn, d.boitierPasInstall ? 1 : 0, d.zone, d.maxDownMbps].join(','));
  return `id,rue,ville,zip,latitude,longitude,olt_name,olt_ip,frame,slot,port,ontid,sn,boitier_pas_install,zone,max_down_mbps\n${lines.join('\n')}\n`;
}
