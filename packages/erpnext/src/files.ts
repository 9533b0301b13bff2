import { createHash } from 'node:crypto';
import { isVendorError, VendorError, type JsonObject } from '../../../core/src/index.ts';
import { list } from './read.ts';
import { payload, type Wire } from './wire.ts';

export interface Upload {
  readonly doctype: string;
  readonly name: string;
  readonly fileName: string;
  readonly content: Uint8Array;
  readonly contentType?: string;
  /** Default true: only who may read the document may read the file. */
  readonly isPrivate?: boolean;
  /** An Attach field of the document that is to hold it. */
  readonly field?: string;
  /** What the site takes, in bytes; default 25 MB. */
  readonly maxBytes?: number;
}
export interface Uploaded {
  readonly name: string;
  readonly fileName: string;
  readonly url: string;
  readonly isPrivate: boolean;
  readonly bytes: number;
  /** False: the same content was attached to the document already. */
  readonly created: boolean;
}

/**
 * Attaches a file to a document, once: the same content on the same document is found, not stored again (Frappe would make another row).
 * After a lost reply it is looked for before anything is said.
 * @throws VendorError `rejectedInput` before anything is sent when it is empty, nameless or larger than the site takes
 * @example upload(wire, { doctype: 'Dispatch Job', name: 'DJ-2026-00001', fileName: 'signature.png', content })
 */
export async function upload(wire: Wire, file: Upload): Promise<Uploaded> {
  const operation = `upload a file to ${file.doctype}`;
  const { content, maxBytes = 25 * 1024 * 1024 } = file;
  const refuse = (message: string, hint: string) => new VendorError({ vendor: 'ERPNext', operation, kind: 'rejectedInput', message, hint });
  if (file.doctype === '' || file.name === '') throw refuse('The file has no document to be attached to.', 'Give the doctype and the name of the document.');
  if (content.length === 0) throw refuse('The file is empty.', 'Check where its content comes from.');
  if (content.length > maxBytes) throw refuse(`The file has ${content.length} bytes; the site takes ${maxBytes}.`, 'Make it smaller, or raise Max File Size in System Settings.');
  const fileName = file.fileName.replace(/^.*[\\/]/, '').replace(/[\u0000-\u001f"]/g, '').trim();
  if (fileName === '') throw refuse('The file has no name.', 'Give a name with its ending, e.g. signature.png.');
  const hash = createHash('md5').update(content).digest('hex');
  const before = await attached(wire, file, hash);
  if (before) return uploaded(before, false);
  const fields: Record<string, string> = { doctype: file.doctype, docname: file.name, is_private: file.isPrivate === false ? '0' : '1', folder: 'Home/Attachments', ...(file.field ? { fieldname: file.field } : {}) };
  const boundary = `leadlight-${hash}`;
  try {
    const body = multipart(fields, fileName, file.contentType ?? 'application/octet-stream', content, boundary);
    const told = payload(await wire.ask({ method: 'POST', path: '/api/method/upload_file', headers: { 'content-type': `multipart/form-data; boundary=${boundary}` }, body, operation, safety: 'once' }), 'message', operation, true) as JsonObject | null;
    if (typeof told?.['name'] !== 'string') throw new VendorError({ vendor: 'ERPNext', operation, kind: 'unexpectedReply', outcome: 'unknown', message: 'ERPNext gave no file to the upload.', hint: 'Look among the attachments of the document.' });
    return uploaded(told, true);
  } catch (error) {
    if (!isVendorError(error) || error.outcome !== 'unknown' || error.detail?.['cancelled'] === true) throw error;
    const there = await attached(wire, file, hash);
    if (!there) throw error;
    return uploaded(there, true);
  }
}

/** The files attached to a document. @example attachments(wire, 'Dispatch Job', 'DJ-2026-00001') */
export async function attachments(wire: Wire, doctype: string, name: string): Promise<readonly Uploaded[]> {
  return (await list(wire, 'File', { fields: COLUMNS, filters: [['attached_to_doctype', '=', doctype], ['attached_to_name', '=', name], ['is_folder', '=', 0]], limit: 1000 })).map((row) => uploaded(row, false));
}

const COLUMNS = ['name', 'file_name', 'file_url', 'is_private', 'file_size'];
async function attached(wire: Wire, { doctype, name, isPrivate = true }: Upload, hash: string): Promise<JsonObject | undefined> {
  const rows = await list(wire, 'File', { fields: COLUMNS, filters: [['attached_to_doctype', '=', doctype], ['attached_to_name', '=', name], ['content_hash', '=', hash], ['is_private', '=', isPrivate ? 1 : 0]], limit: 1 });
  return rows[0];
}
const uploaded = (row: JsonObject, created: boolean): Uploaded => ({ name: String(row['name']), fileName: String(row['file_name'] ?? ''), url: String(row['file_url'] ?? ''), isPrivate: Boolean(row['is_private']), bytes: Number(row['file_size'] ?? 0), created });

/** A form with one file, in an array of its own: HTTP libraries send the whole buffer behind a view. */
function multipart(fields: Readonly<Record<string, string>>, fileName: string, type: string, content: Uint8Array, boundary: string): Uint8Array {
  const text = (part: string) => new TextEncoder().encode(part);
  const line = (value: string) => value.replace(/[\r\n]/g, ' ');
  const parts = [
    ...Object.entries(fields).map(([key, value]) => text(`--${boundary}\r\nContent-Disposition: form-data; name="${key}"\r\n\r\n${line(value)}\r\n`)),
    text(`--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${line(fileName)}"\r\nContent-Type: ${line(type)}\r\n\r\n`), content, text(`\r\n--${boundary}--\r\n`),
  ];
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
