import { parse } from 'csv-parse';
import type { RegisterBuilder, RowFault } from './buildRegister.ts';

/** What became of the rows of a register's file. */
export interface CsvReport {
  readonly rows: number;
  readonly taken: number;
  /** Left out, by what was wrong; the first few by their line. */
  readonly faults: Readonly<Record<RowFault, number>>;
  readonly examples: readonly string[];
  /** Coordinates given the wrong way round or without their sign, mended; and those outside Canada, dropped. */
  readonly swapped: number;
  readonly outside: number;
  readonly encoding: 'utf-8' | 'windows-1252';
}
export class CsvFault extends Error {
  override readonly name = 'CsvFault';
}
/** How the ministry, OpenAddresses and we name the columns; the first that a file has is read. */
const NAMES = {
  civic: ['numero_municipal', 'number', 'no_civique', 'civic'],
  suffix: ['numero_municipal_suffixe', 'suffixe', 'suffix'],
  unit: ['numero_unite', 'unit', 'unite', 'appartement'],
  street: ['odonyme_recompose_court', 'odonyme_recompose_normal', 'odonyme_recompose_long', 'street', 'rue'],
  town: ['nom_municipalite', 'city', 'municipality', 'ville'],
  postal: ['code_postal', 'postcode', 'postal_code', 'zip'],
  lat: ['latitude', 'lat', 'y'],
  lng: ['longitude', 'lon', 'lng', 'x'],
} as const;
type Column = keyof typeof NAMES;
const NEEDED: readonly Column[] = ['civic', 'street', 'town'];
const EXAMPLES = 5;

/**
 * Reads a public register (RQA of the ministry, or OpenAddresses) into a builder, row by row in bounded memory. Separator, byte order
 * mark and encoding are found out. `progress` hears the bytes read so far.
 * @throws CsvFault when it is no such file, with the columns it lacks; a single bad row is counted and left out.
 */
export async function readRegisterCsv(bytes: AsyncIterable<Uint8Array>, builder: RegisterBuilder, progress: (bytesRead: number) => void = () => undefined): Promise<CsvReport> {
  const source = bytes[Symbol.asyncIterator]();
  const first = await opening(source);
  if (first.length === 0) throw new CsvFault('The file is empty.');
  if ((first[0] === 0xff && first[1] === 0xfe) || (first[0] === 0xfe && first[1] === 0xff) || first.indexOf(0) >= 0) throw new CsvFault('The file is UTF-16 or no text. Save it as CSV in UTF-8.');
  const encoding = isUtf8(first) ? 'utf-8' : 'windows-1252';
  const decoder = new TextDecoder(encoding);
  const head = decoder.decode(first, { stream: true }).replace(/^\uFEFF/, '');
  const line = head.slice(0, head.search(/\r?\n|$/));
  const delimiter = [',', ';', '\t', '|'].reduce((best, one) => (line.split(one).length > line.split(best).length ? one : best));
  const header = line.split(delimiter).map((name) => name.trim().replace(/^"|"$/g, '').toLowerCase());
  const at = Object.fromEntries(Object.entries(NAMES).map(([column, names]) => [column, names.map((name) => header.indexOf(name)).find((i) => i >= 0) ?? -1])) as Record<Column, number>;
  const missing = NEEDED.filter((column) => at[column] < 0);
  if (missing.length > 0) throw new CsvFault(`The file lacks ${missing.map((column) => `a column for the ${column === 'civic' ? 'house number' : column} (${NAMES[column].slice(0, 2).join(' or ')})`).join(' and ')}. It has: ${header.slice(0, 12).join(', ')}.`);

  const report = { rows: 0, taken: 0, faults: { civic: 0, street: 0, town: 0 }, examples: [] as string[], swapped: 0, outside: 0, encoding } satisfies CsvReport;
  const parser = parse({ delimiter, relax_quotes: true, relax_column_count: true, skip_empty_lines: true, from_line: 2, max_record_size: 100_000 });
  let read = first.length;
  const feed = async (): Promise<void> => {
    const write = (text: string): Promise<void> | undefined => (parser.write(text) ? undefined : new Promise((resolve) => parser.once('drain', resolve)));
    await write(head);
    for (let next = await source.next(); !next.done; next = await source.next()) {
      read += next.value.length;
      await write(decoder.decode(next.value, { stream: true }));
    }
    parser.end(decoder.decode());
  };
  const feeding = feed().catch((error: unknown) => void parser.destroy(error as Error));
  try {
    for await (const cells of parser as AsyncIterable<readonly string[]>) {
      report.rows += 1;
      const cell = (column: Column): string => (at[column] < 0 ? '' : cells[at[column]] ?? '');
      let latitude = cell('lat') === '' ? NaN : Number(cell('lat'));
      let longitude = cell('lng') === '' ? NaN : Number(cell('lng'));
      if (!inCanada(latitude, longitude) && !Number.isNaN(latitude)) {
        const mended = [[longitude, latitude], [latitude, -longitude], [longitude, -latitude]].find(([a, b]) => inCanada(a!, b!));
        if (mended) { [latitude, longitude] = mended as [number, number]; report.swapped += 1; }
        else { [latitude, longitude] = [NaN, NaN]; report.outside += 1; }
      }
      const fault = builder.add({ civic: `${cell('civic').trim()}${cell('suffix').trim()}`, unit: cell('unit'), street: cell('street').trim(), town: cell('town').trim(), postalCode: cell('postal'), latitude, longitude });
      if (fault) {
        report.faults[fault] += 1;
        if (report.examples.length < EXAMPLES) report.examples.push(`row ${report.rows}: no ${fault === 'civic' ? 'house number' : fault}`);
      } else report.taken += 1;
      if (report.rows % 20_000 === 0) progress(read);
    }
  } catch (error) {
    throw error instanceof CsvFault ? error : new CsvFault(`The file cannot be read as CSV near row ${report.rows + 1}: ${(error as Error).message}`);
  }
  await feeding;
  progress(read);
  if (report.taken === 0) throw new CsvFault(`None of its ${report.rows} rows is an address (${report.examples.join('; ')}).`);
  return report;
}
const inCanada = (latitude: number, longitude: number): boolean => latitude >= 41 && latitude <= 84 && longitude >= -142 && longitude <= -52;

/** The beginning of a file: its whole first line, and enough to tell its encoding. */
async function opening(source: AsyncIterator<Uint8Array>): Promise<Uint8Array> {
  let bytes = new Uint8Array(0);
  while (bytes.length < 65_536) {
    const next = await source.next();
    if (next.done) break;
    const more = new Uint8Array(bytes.length + next.value.length);
    more.set(bytes);
    more.set(next.value, bytes.length);
    bytes = more;
  }
  return bytes;
}
/** Whether bytes are UTF-8, but for a character cut at their end. */
function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
