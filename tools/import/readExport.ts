import { readFileSync } from 'node:fs';
import { readTable, type TableRow } from '../../packages/hub/src/readTable.ts';

/** Something the person at the keyboard can put right: an argument, a setting, a file. */
export class ImportFault extends Error {}

/**
 * The text of an exported file.
 * @throws ImportFault when it cannot be read, or is not in the encoding named (default utf-8).
 * @example readExport('fibre.csv', 'windows-1252')
 */
export function readExport(file: string, encoding = 'utf-8'): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch {
    throw new ImportFault(`${file} cannot be read.`);
  }
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    throw new ImportFault(error instanceof RangeError ? `${encoding} is no encoding. Use utf-8 or windows-1252.` : `${file} is not ${encoding}. Export it as UTF-8, or say --encoding windows-1252.`);
  }
}

/** The rows of an exported table; `columns` names them, with commas, where the file has no header. @example exportRows('fibre.csv', 'utf-8', 'id,terrain') */
export const exportRows = (file: string, encoding?: string, columns?: string): readonly TableRow[] =>
  readTable(readExport(file, encoding), columns ? { columns: columns.split(',').map((one) => one.trim()) } : {});
