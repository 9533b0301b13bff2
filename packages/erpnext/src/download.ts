import { createHash } from 'node:crypto';
import { VendorError, type JsonObject } from '../../../core/src/index.ts';
import { list } from './read.ts';
import type { Wire } from './wire.ts';

export interface Downloaded {
  /** Of the File document. */
  readonly name: string;
  readonly fileName: string;
  readonly url: string;
  readonly isPrivate: boolean;
  /** As the site says; empty when it says only that it is bytes. */
  readonly contentType: string;
  readonly content: Uint8Array;
}

/**
 * The content of a file, private ones included, by the address or the name of its File document. Looked up first: its size is known before
 * anything is fetched, and what arrives is compared with it.
 * @throws VendorError `notFound`, `unauthorised`, `rejectedInput` (too large, or kept elsewhere), `unexpectedReply` (a page or a part came)
 * @example download(wire, '/private/files/signature.png', { maxBytes: 5_000_000 })
 */
export async function download(wire: Wire, file: string, { maxBytes = 25 * 1024 * 1024 }: { readonly maxBytes?: number } = {}): Promise<Downloaded> {
  const operation = 'download a file';
  const fail = (kind: VendorError['kind'], message: string, hint: string, detail: JsonObject = {}) => new VendorError({ vendor: 'ERPNext', operation, kind, message, hint, detail });
  const wanted = addressOf(file.trim());
  if (wanted === '') throw fail('rejectedInput', 'No file was named.', 'Give the address or the name of its File document, e.g. /private/files/signature.png.');
  const [row] = await list(wire, 'File', { fields: ['name', 'file_name', 'file_url', 'is_private', 'file_size', 'content_hash'], filters: [[wanted.startsWith('/') ? 'file_url' : 'name', '=', wanted], ['is_folder', '=', 0]], limit: 1 });
  if (!row) throw fail('notFound', 'There is no such file, or the user may not see it.', 'Take its address from File: Get Many; the integration user must be able to read the document it is attached to.');
  const url = String(row['file_url'] ?? '');
  const fileName = String(row['file_name'] ?? '') || (url.split('/').at(-1) ?? 'file');
  const size = Number(row['file_size'] ?? 0);
  // An address with a host would be asked with our key in its header.
  if (!/^\/(private\/)?files\/./.test(url) || url.split('/').includes('..')) throw fail('rejectedInput', 'This file is a link to somewhere else.', 'Fetch it there: its address is in the field file_url.', { name: String(row['name']) });
  const tooLarge = (bytes: number) => fail('rejectedInput', `The file has ${bytes} bytes; at most ${maxBytes} are taken.`, 'Raise the limit, or fetch a smaller file.', { bytes });
  if (size > maxBytes) throw tooLarge(size);
  const { file: got } = await wire.ask({ method: 'GET', path: url.split('/').map(encodeURIComponent).join('/'), operation, safety: 'read', want: 'bytes' });
  const { bytes, contentType } = got!;
  if (bytes.length > maxBytes) throw tooLarge(bytes.length);
  const known = String(row['content_hash'] ?? '');
  const other = (size > 0 && bytes.length !== size) || (/^[0-9a-f]{32}$/.test(known) && createHash('md5').update(bytes).digest('hex') !== known);
  if (other) {
    const page = contentType === 'text/html' && !/\.html?$/i.test(fileName);
    throw fail('unexpectedReply', page ? 'A page came instead of the file.' : `Not the file came that ERPNext keeps: ${bytes.length} bytes of ${size}.`, page ? 'A proxy or a login page answered in its place; let /private/files pass with its Authorization header.' : 'It was cut short or replaced on the way; try again.', { bytes: bytes.length, size });
  }
  return { name: String(row['name']), fileName, url, isPrivate: Boolean(row['is_private']), contentType: contentType === 'application/octet-stream' ? '' : contentType, content: bytes };
}

/** As ERPNext keeps it: without host, query and percent signs. */
function addressOf(file: string): string {
  const path = file.replace(/^https?:\/\/[^/]+/i, '');
  if (!path.startsWith('/')) return path;
  const plain = path.replace(/[?#].*$/, '');
  try {
    return decodeURIComponent(plain);
  } catch {
    return plain;
  }
}
