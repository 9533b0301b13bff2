import { isVendorError, VendorError } from '../../../core/src/index.ts';
import type { Nbi } from './call.ts';
import { rejected, VENDOR } from './errors.ts';
import { segment } from './ids.ts';

/** A file GenieACS hands to CPEs, mostly firmware. Its bytes are served by genieacs-fs (port 7567), not by the NBI. */
export interface AcsFile {
  readonly name: string;
  readonly fileType: string | null;
  readonly oui: string | null;
  readonly productClass: string | null;
  readonly version: string | null;
  readonly bytes: number | null;
  readonly uploadedAt: string | null;
}
export interface FileMetadata {
  /** `1 Firmware Upgrade Image` (default), `2 Web Content`, `3 Vendor Configuration File`, … */
  readonly fileType?: string;
  readonly oui?: string;
  readonly productClass?: string;
  /** What the device will call itself afterwards: its SoftwareVersion. It proves an upgrade. */
  readonly version?: string;
}

export const FIRMWARE = '1 Firmware Upgrade Image';
const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** Files for downloads. @example await files(nbi).upload('fw-1.2.bin', bytes, { version: '1.2' }) */
export function files(nbi: Nbi) {
  async function find(operation: string, name: string): Promise<AcsFile | undefined> {
    const { items } = await nbi.list(operation, 'files', { query: { _id: name }, limit: 1 });
    return items[0] ? readFile(items[0]) : undefined;
  }
  const missing = (operation: string, name: string): VendorError =>
    new VendorError({ vendor: VENDOR, operation, kind: 'notFound', status: 404, message: `GenieACS has no file ${name}.`, hint: 'Upload it first, or check its name: upper and lower case count.' });

  return {
    /** All files, by name, at most `limit` (default 1000). */
    async list(limit = 1_000): Promise<readonly AcsFile[]> {
      return (await nbi.list('files.list', 'files', { sort: { _id: 1 }, limit })).items.map(readFile);
    },
    /** One file's facts. @throws VendorError notFound */
    async get(name: string): Promise<AcsFile> {
      if (name === '') throw rejected('files.get', 'The file name is empty.', 'Name a file stored in GenieACS.');
      const found = await find('files.get', name);
      if (!found) throw missing('files.get', name);
      return found;
    },
    /**
     * Stores a file, replacing one of the same name, and looks that as many bytes arrived. Repeating it is harmless.
     * @throws VendorError rejectedInput (nothing sent) | unexpectedReply when what is stored differs
     */
    async upload(name: string, bytes: Uint8Array, metadata: FileMetadata = {}): Promise<AcsFile> {
      const operation = 'files.upload';
      if (name === '') throw rejected(operation, 'The file name is empty.', 'Give it the name devices shall fetch it by.');
      if (bytes.length === 0) throw rejected(operation, 'The file is empty.', 'A device that flashes an empty file may not come back.');
      const given = { fileType: FIRMWARE, ...metadata };
      // HTTP headers carry plain characters only; Node would refuse the others and a proxy might change them.
      for (const [field, value] of Object.entries(given)) if (!/^[\x20-\x7e]*$/.test(value)) throw rejected(operation, `The ${field} has characters a header cannot carry.`, 'Use plain letters, digits and signs.');
      const headers = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''));
      await nbi.settle(operation, { method: 'PUT', path: `/files/${segment(name)}`, body: bytes, headers: { 'content-type': 'application/octet-stream', ...headers }, timeoutMs: 300_000 });
      const stored = await find(operation, name);
      if (stored && (stored.bytes === null || stored.bytes === bytes.length) && stored.version === (given.version || null)) return stored;
      throw new VendorError({ vendor: VENDOR, operation, kind: 'unexpectedReply', outcome: 'unknown', message: stored ? `${name} is stored with ${stored.bytes} of ${bytes.length} bytes, or with another version.` : `${name} is not there after the upload.`, hint: 'A proxy may limit the size of uploads or drop headers; compare its limit, then upload again.' });
    },
    /**
     * Removes a file. One that is not there is never asked for: GenieACS 1.2 would hang and lose a worker (acs.md 1.2).
     * @throws VendorError notFound, nothing sent
     */
    async delete(name: string): Promise<{ readonly name: string; readonly deleted: true }> {
      const operation = 'files.delete';
      if (name === '' || !(await find(operation, name))) throw missing(operation, name);
      try {
        await nbi.ask(operation, { method: 'DELETE', path: `/files/${segment(name)}`, timeoutMs: 15_000 }, [200, 404]);
      } catch (error) {
        if (!isVendorError(error) || !['timedOut', 'unavailable'].includes(error.kind)) throw error;
      }
      // Whatever the answer, or none: only the list says whether it is gone.
      if (!(await find(operation, name))) return { name, deleted: true };
      throw new VendorError({ vendor: VENDOR, operation, kind: 'unavailable', outcome: 'notApplied', message: `${name} is still there.`, hint: 'GenieACS did not carry the delete out; try again.' });
    },
  };
}
export type Files = ReturnType<typeof files>;

/** A file document. @example readFile({ _id: 'a.bin', length: 3, metadata: { version: '1' } }).version // '1' */
export function readFile(doc: Record<string, unknown>): AcsFile {
  const meta = (doc['metadata'] ?? {}) as Record<string, unknown>;
  return {
    name: String(doc['_id']), fileType: text(meta['fileType']), oui: text(meta['oui']), productClass: text(meta['productClass']), version: text(meta['version']),
    bytes: typeof doc['length'] === 'number' ? doc['length'] : null, uploadedAt: text(doc['uploadDate']),
  };
}
