// npm run address -- build | info | search | link: the public register as one file, and the operator's drops linked to it.
import { createReadStream, readFileSync, statSync, writeFileSync } from 'node:fs';
import { addressSearch, CsvFault, linker, openSnapshot, readRegisterCsv, readSnapshot, registerBuilder, SnapshotFault, writeSnapshot, type Link } from '../packages/availability/src/index.ts';
import { csvLine } from '../packages/hub/src/csvLine.ts';
import { parseDropsCsv } from '../packages/hub/src/readDropsCsv.ts';

const HELP = `npm run address -- <what> [options]

  build --csv <register.csv> --out <file>   builds the snapshot the hub reads (LEADLIGHT_ADDRESS_SNAPSHOT)
        [--aliases <alias,town.csv>] [--source <text>] [--licence <text>] [--date YYYY-MM-DD]
  info <snapshot>                           what a snapshot holds
  search <snapshot> "<address>"             what a search finds, with scores
  link --snapshot <file> --drops <drops.csv> [--out <links.csv>]
                                            links the operator's drops to addresses; without --out only counts

Columns as the ministry names them (numero_municipal, numero_unite, odonyme_recompose_court, nom_municipalite, code_postal, latitude,
longitude) or as OpenAddresses does (number, unit, street, city, postcode, lat, lon).`;
const [what = '', ...rest] = process.argv.slice(2);
const option = (name: string): string | undefined => { const at = rest.indexOf(`--${name}`); return at < 0 ? undefined : rest[at + 1]; };
const needed = (name: string): string => option(name) ?? stop(`--${name} is missing.\n\n${HELP}`);
function stop(message: string): never {
  console.error(message);
  process.exit(2);
}
const count = (n: number): string => n.toLocaleString('en-US');

/** A bar that grows on a terminal and a line now and then elsewhere. */
function bar(title: string, whole: number): (done: number) => void {
  let said = -1;
  return (done) => {
    const percent = Math.min(100, Math.floor((100 * done) / Math.max(1, whole)));
    if (percent === said || (!process.stdout.isTTY && percent % 20 !== 0)) return;
    said = percent;
    process.stdout.write(process.stdout.isTTY ? `\r  ${title} ${'█'.repeat(percent / 4).padEnd(25, '·')} ${percent} %${percent === 100 ? '\n' : ''}` : `  ${title} ${percent} %\n`);
  };
}
function linksCsv(links: readonly Link[]): string {
  const rows = links.map(({ id, status, candidates: [first, ...others], margin, because, matcherVersion }) => csvLine([id, status, first?.addressId, first?.label, first?.score, first?.distanceM, first?.method, margin, because, matcherVersion, others.map(({ label, score }) => `${label} (${score})`).join(' | ')]));
  return `fibre_id,status,address_id,address,score,distance_m,match_method,margin,because,matcher_version,others\n${rows.join('\n')}\n`;
}

async function build(): Promise<void> {
  const [csv, out] = [needed('csv'), needed('out')];
  const started = Date.now();
  const builder = registerBuilder();
  const report = await readRegisterCsv(createReadStream(csv, { highWaterMark: 1 << 20 }), builder, bar('reading', statSync(csv).size));
  const aliases = option('aliases') === undefined ? [] : readFileSync(option('aliases')!, 'utf8').trim().split(/\r?\n/).map((line) => line.split(',').map((one) => one.trim()) as [string, string]).filter((pair) => pair.length === 2);
  const register = builder.finish({ source: option('source') ?? csv.split(/[\\/]/).at(-1)!, licence: option('licence') ?? 'CC BY 4.0, Le ministère des Ressources naturelles et des Forêts', date: option('date') ?? statSync(csv).mtime.toISOString().slice(0, 10) }, aliases);
  const { bytes, sha256 } = writeSnapshot(out, register);
  const { addresses, buildings, streets, towns } = register.about;
  console.log(`  ${count(report.rows)} rows: ${count(addresses)} addresses in ${count(buildings)} buildings, ${count(streets)} streets, ${count(towns.length)} towns.`);
  const left = Object.entries(report.faults).filter(([, n]) => n > 0).map(([fault, n]) => `${count(n)} without a ${fault === 'civic' ? 'house number' : fault}`);
  if (left.length > 0) console.log(`  left out: ${left.join(', ')} (${report.examples.join('; ')}).`);
  if (report.taken > addresses) console.log(`  ${count(report.taken - addresses)} rows said the same address again.`);
  if (report.swapped + report.outside > 0) console.log(`  coordinates: ${count(report.swapped)} mended, ${count(report.outside)} outside Canada dropped.`);
  console.log(JSON.stringify({ snapshot: out, rows: report.rows, addresses, streets, towns: towns.length, bytes, bytesPerAddress: Math.round((10 * bytes) / addresses) / 10, sha256, seconds: Math.round((Date.now() - started) / 100) / 10 }));
}
function open(path: string): ReturnType<typeof openSnapshot> {
  return openSnapshot(readSnapshot(path));
}
function link(): void {
  const register = open(needed('snapshot'));
  const file = needed('drops');
  const drops = parseDropsCsv(readFileSync(file, 'utf8'), file).map(({ fibreId, street, city, postalCode, latitude, longitude }) => ({ id: fibreId, street, town: city, postalCode, latitude: latitude ?? NaN, longitude: longitude ?? NaN }));
  const one = linker(register, drops);
  const progress = bar('linking', drops.length);
  const links = drops.map((drop, i) => { if (i % 100 === 0) progress(i); return one(drop); });
  progress(drops.length);
  const out = option('out');
  if (out) writeFileSync(out, linksCsv(links));
  const of = (status: Link['status']): number => links.filter((one) => one.status === status).length;
  console.log(JSON.stringify({ drops: drops.length, matched: of('matched'), ambiguous: of('ambiguous'), unmatched: of('unmatched'), matcherVersion: links[0]?.matcherVersion, ...(out ? { written: out } : { dryRun: true }) }));
}

try {
  if (what === 'build') await build();
  else if (what === 'info') {
    const { about } = open(rest[0] ?? stop(HELP));
    console.log(JSON.stringify({ ...about, towns: about.towns.length, aliases: about.aliases.length, units: about.units.length, suffixes: about.suffixes.length }, null, 2));
  } else if (what === 'search') {
    const { match, candidates, margin, because } = addressSearch(open(rest[0] ?? stop(HELP))).search(rest[1] ?? stop(HELP));
    console.log(`  ${match} (ahead by ${margin}): ${because.join(', ')}`);
    for (const { label, score, addressId } of candidates) console.log(`  ${score.toFixed(3)}  ${label}  ${addressId}`);
  } else if (what === 'link') link();
  else stop(HELP);
} catch (error) {
  if (error instanceof CsvFault || error instanceof SnapshotFault || (error as NodeJS.ErrnoException).code === 'ENOENT') stop(`  ${(error as Error).message}`);
  throw error;
}
