// One file holds a whole register: a head in JSON, then its arrays, each on an 8-byte boundary, so that a reader needs no copying.
import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync, renameSync, writeSync } from 'node:fs';
import { columnTypes, openRegister, type Columns, type Register, type RegisterAbout } from './register.ts';

const MAGIC = 'LEADADR\n';
/** Raised when the arrays or the rules that made their keys change: an older file is then built again, never misread. */
export const SNAPSHOT_FORMAT = 1;
const FIXED = 16;
const KEEP = 64 * 1024 * 1024;

interface Head {
  readonly format: number;
  readonly about: RegisterAbout;
  readonly sha256: string;
  readonly sections: Readonly<Record<string, readonly [at: number, length: number]>>;
}
/** What is wrong with a snapshot file, and what to do. */
export class SnapshotFault extends Error {
  override readonly name = 'SnapshotFault';
}
const padded = (n: number): number => Math.ceil(n / 8) * 8;
const names = Object.keys(columnTypes) as (keyof Columns)[];
const bytesOf = (array: Columns[keyof Columns]): Uint8Array => new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

/** Writes a register beside `path` and renames it there: a reader sees the old file or the new one, nothing between. */
export function writeSnapshot(path: string, register: Register): { readonly bytes: number; readonly sha256: string } {
  const sections: Record<string, readonly [number, number]> = {};
  let at = 0;
  for (const name of names) {
    const { length, byteLength } = register.columns[name];
    sections[name] = [at, length];
    at += padded(byteLength);
  }
  const hash = createHash('sha256').update(JSON.stringify([register.about, sections]));
  const gap = Buffer.alloc(8);
  for (const name of names) {
    const bytes = bytesOf(register.columns[name]);
    hash.update(bytes).update(gap.subarray(0, padded(bytes.length) - bytes.length));
  }
  const sha256 = hash.digest('hex');
  const head = Buffer.from(JSON.stringify({ format: SNAPSHOT_FORMAT, about: register.about, sha256, sections } satisfies Head));
  const fixed = Buffer.alloc(FIXED);
  fixed.write(MAGIC, 0, 'latin1');
  fixed.writeUInt32LE(head.length, 8);
  fixed.writeUInt32LE(at, 12);
  const beside = `${path}.new`;
  const file = openSync(beside, 'w');
  try {
    writeSync(file, fixed);
    writeSync(file, head);
    writeSync(file, gap.subarray(0, padded(FIXED + head.length) - FIXED - head.length));
    for (const name of names) {
      const bytes = bytesOf(register.columns[name]);
      for (let done = 0; done < bytes.length; done += KEEP) writeSync(file, bytes, done, Math.min(KEEP, bytes.length - done));
      writeSync(file, gap.subarray(0, padded(bytes.length) - bytes.length));
    }
  } finally {
    closeSync(file);
  }
  renameSync(beside, path);
  return { bytes: padded(FIXED + head.length) + at, sha256 };
}

/** Reads a snapshot into one block of shared memory, which worker threads open without copying. @throws SnapshotFault. */
export function readSnapshot(path: string): SharedArrayBuffer {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    if (size < FIXED) throw new SnapshotFault(`${path} is no address snapshot: it is empty or cut off. Build it again.`);
    const block = new SharedArrayBuffer(padded(size));
    const bytes = new Uint8Array(block);
    for (let at = 0; at < size;) {
      const read = readSync(file, bytes, at, Math.min(KEEP, size - at), at);
      if (read === 0) throw new SnapshotFault(`${path} became shorter while it was read. Try again.`);
      at += read;
    }
    return block;
  } finally {
    closeSync(file);
  }
}

/**
 * Opens a block read by `readSnapshot`. `verify` compares its checksum (once; threads that share the block need not).
 * @throws SnapshotFault when it is damaged, cut off, of another format, or no snapshot at all.
 */
export function openSnapshot(block: SharedArrayBuffer | ArrayBuffer, { verify = true }: { readonly verify?: boolean } = {}): Register {
  const bytes = new Uint8Array(block);
  const text = (from: number, to: number): string => new TextDecoder().decode(bytes.slice(from, to));
  if (bytes.length < FIXED || text(0, 8) !== MAGIC) throw new SnapshotFault('This is no address snapshot. Build one from the register.');
  const fixed = new DataView(block);
  const headLength = fixed.getUint32(8, true);
  const bodyLength = fixed.getUint32(12, true);
  const body = padded(FIXED + headLength);
  let head: Head;
  try {
    head = JSON.parse(text(FIXED, FIXED + headLength)) as Head;
  } catch {
    throw new SnapshotFault('The head of the address snapshot is damaged. Build it again.');
  }
  if (head.format !== SNAPSHOT_FORMAT) throw new SnapshotFault(`The address snapshot has format ${head.format}, this version reads ${SNAPSHOT_FORMAT}. Build it again from the register.`);
  if (body + bodyLength > bytes.length) throw new SnapshotFault('The address snapshot is cut off. Build it again or copy it completely.');
  if (verify && createHash('sha256').update(JSON.stringify([head.about, head.sections])).update(bytes.subarray(body, body + bodyLength)).digest('hex') !== head.sha256) throw new SnapshotFault('The address snapshot is damaged: its checksum differs. Build it again or copy it anew.');
  const columns = Object.fromEntries(names.map((name) => {
    const section = head.sections[name];
    const Type = columnTypes[name];
    if (!section || body + section[0] + section[1] * Type.BYTES_PER_ELEMENT > body + bodyLength) throw new SnapshotFault(`The address snapshot lacks its part "${name}". Build it again.`);
    return [name, new Type(block as ArrayBuffer, body + section[0], section[1])];
  })) as unknown as Columns;
  return openRegister(head.about, columns);
}
