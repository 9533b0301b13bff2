import { spawnSync } from 'node:child_process';
import { closeSync, createReadStream, existsSync, mkdirSync, openSync, readFileSync, renameSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { readRegisterCsv, registerBuilder, writeSnapshot, type DropToLink } from '../../packages/availability/src/index.ts';

export type Scale = '16k' | '520k' | '5200k';
/** A generated register: its folder, the register as the ministry's CSV, other names of towns. */
export interface Generated {
  readonly folder: string;
  readonly csv: string;
  readonly aliases: readonly (readonly [string, string])[];
  /** Street number of the generator → street and town as written. */
  readonly streets: ReadonlyMap<string, { readonly street: string; readonly town: string }>;
}
export interface Question {
  readonly kind: string;
  readonly typed: string;
  /** `123A rue X, Town`, or undefined when there is no such address. */
  readonly truth: string | undefined;
}
const lines = (file: string): readonly string[] => readFileSync(file, 'utf8').trimEnd().split('\n').slice(1);
const quoted = (text: string): string => (/[",]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);

/** Generates a register by seed once, and writes it in the columns of the ministry. */
export async function generated(scale: Scale, seed: number, generator: string): Promise<Generated> {
  const root = join('.leadlight', 'bench', 'address', `seed-${seed}`);
  const folder = join(root, scale);
  if (!existsSync(join(folder, 'queries.csv'))) {
    if (!existsSync(generator)) throw new Error(`There is no generator at ${generator}. Name it with --generator <file>.`);
    console.log(`  generating ${scale} addresses by seed ${seed}`);
    mkdirSync(root, { recursive: true });
    const run = spawnSync(process.execPath, [generator, '--seed', String(seed), '--scale', scale, '--out', root], { stdio: ['ignore', 'ignore', 'inherit'] });
    if (run.status !== 0) throw new Error('The generator failed.');
  }
  const towns = new Map<string, string>();
  const aliases: (readonly [string, string])[] = [];
  for (const line of lines(join(folder, 'munis.csv'))) {
    const [mid, name, , , also] = line.split(',') as [string, string, string, string, string];
    towns.set(mid, name);
    for (const one of also ? also.split(';') : []) aliases.push([one, name]);
  }
  const streets = new Map(lines(join(folder, 'streets.csv')).map((line) => {
    const [sid, mid, type, link, name, direction, behind] = line.split(',') as [string, string, string, string, string, string, string];
    const street = behind === '1' ? `${name} ${type}` : `${type} ${link}${link && !link.endsWith("'") ? ' ' : ''}${name}${direction ? ` ${direction}` : ''}`;
    return [sid, { street, town: towns.get(mid)! }] as const;
  }));
  const csv = join(folder, 'register.csv');
  if (!existsSync(csv)) {
    const file = openSync(`${csv}.new`, 'w');
    let text = 'numero_municipal,numero_unite,odonyme_recompose_court,nom_municipalite,code_postal,latitude,longitude\n';
    let head = true;
    for await (const line of createInterface({ input: createReadStream(join(folder, 'addr.csv')) })) {
      if (head) { head = false; continue; }
      const [, sid, civic, suffix, unit, postal, lat, lng] = line.split(',') as string[];
      const at = streets.get(sid!)!;
      text += `${civic}${suffix},${unit},${quoted(at.street)},${quoted(at.town)},${postal},${lat},${lng}\n`;
      if (text.length > 4e6) { writeSync(file, text); text = ''; }
    }
    writeSync(file, text);
    closeSync(file);
    renameSync(`${csv}.new`, csv);
  }
  return { folder, csv, aliases, streets };
}

/** Builds the snapshot as the command does, and says what that took. */
export async function built(of: Generated, path: string): Promise<{ readonly ms: number; readonly bytes: number; readonly addresses: number }> {
  const start = performance.now();
  const builder = registerBuilder();
  const { taken } = await readRegisterCsv(createReadStream(of.csv, { highWaterMark: 1 << 20 }), builder);
  const register = builder.finish({ source: 'generated', licence: 'none', date: '2026-01-01' }, of.aliases);
  writeSnapshot(path, register);
  return { ms: performance.now() - start, bytes: statSync(path).size, addresses: taken };
}

/** The generator's questions, in 14 kinds of noise and one of what is not there. */
export function questions({ folder, streets }: Generated): readonly Question[] {
  return lines(join(folder, 'queries.csv')).map((line) => {
    const [, kind, typed, truth] = /^\d+,(\w+),"(.*)",([^,]*),/.exec(line) as unknown as [string, string, string, string];
    const [sid, civic, suffix] = truth.split(':');
    const at = streets.get(sid!);
    return { kind, typed, truth: truth === '-' || !at ? undefined : `${civic}${suffix} ${at.street}, ${at.town}` };
  });
}
/** The operator's drops with the address each truly has. */
export async function drops({ folder, streets }: Generated): Promise<readonly (DropToLink & { readonly truth: string | undefined })[]> {
  const rows = lines(join(folder, 'fibre.csv')).map((line) => {
    const [, id, street, town, postalCode, lat, lng, truth] = /^(\d+),"(.*?)","(.*?)",([^,]*),([^,]*),([^,]*),.*,(\d+)$/.exec(line) as unknown as string[];
    return { id: Number(id), street: street!, town: town!, postalCode: postalCode!, latitude: lat ? Number(lat) : NaN, longitude: lng ? Number(lng) : NaN, truth: Number(truth) };
  });
  const wanted = new Map<number, string>();
  for (const { truth } of rows) wanted.set(truth, '');
  let n = -1;
  for await (const line of createInterface({ input: createReadStream(join(folder, 'addr.csv')) })) {
    n += 1;
    if (n === 0 || !wanted.has(n)) continue;
    const [, sid, civic, suffix] = line.split(',') as string[];
    const at = streets.get(sid!)!;
    wanted.set(n, `${civic}${suffix} ${at.street}, ${at.town}`);
  }
  return rows.map(({ truth, ...row }) => ({ ...row, truth: truth === 0 ? undefined : wanted.get(truth) }));
}
