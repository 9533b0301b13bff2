import { createHash } from 'node:crypto';
import type { SimReply, SimRequest } from '../http.ts';
import { insert, load } from './documents.ts';
import { FrappeFault, invalid, page } from './fault.ts';
import { demand, type Site } from './site.ts';
import type { Row } from './store.ts';

interface Part {
  readonly name: string;
  readonly fileName?: string;
  readonly content: Buffer;
}

/** The parts of a form. Without the right boundary in the header Frappe sees no file at all. */
export function partsOf(request: SimRequest): readonly Part[] {
  const boundary = /multipart\/form-data;.*boundary="?([^";]+)"?/i.exec(request.headers['content-type'] ?? '')?.[1];
  if (!boundary) return [];
  const mark = Buffer.from(`--${boundary}`);
  const parts: Part[] = [];
  for (let at = request.bytes.indexOf(mark); at >= 0; ) {
    const next = request.bytes.indexOf(mark, at + mark.length);
    if (next < 0) break;
    const part = request.bytes.subarray(at + mark.length + 2, next - 2);
    const end = part.indexOf('\r\n\r\n');
    const head = part.subarray(0, end).toString('utf8');
    const fileName = /filename="([^"]*)"/.exec(head)?.[1];
    parts.push({ name: /[; ]name="([^"]*)"/.exec(head)?.[1] ?? '', ...(fileName === undefined ? {} : { fileName }), content: part.subarray(end + 4) });
    at = next;
  }
  return parts;
}

/** `upload_file`: a File row per upload; the same content shares its address. */
export function uploadFile(site: Site, request: SimRequest): Row {
  const parts = partsOf(request);
  const form = (name: string) => parts.find((part) => part.name === name && part.fileName === undefined)?.content.toString('utf8') ?? '';
  const file = parts.find((part) => part.fileName !== undefined);
  if (!file) throw invalid('No file attached');
  const limit = Number(site.setting('System Settings', 'max_file_size') || 25) * 1024 * 1024;
  if (file.content.length > limit) throw new FrappeFault(417, 'MaxFileSizeReachedError', `File size exceeded the maximum allowed size of ${limit / 1048576} MB`);
  const [doctype, docname] = [form('doctype'), form('docname')];
  if (doctype && docname) {
    load(site, doctype, docname);
    demand(site, doctype, 'write');
  }
  const content_hash = createHash('md5').update(file.content).digest('hex');
  const is_private = form('is_private') === '1' ? 1 : 0;
  const same = [...site.store.rows('File').values()].find((row) => row['content_hash'] === content_hash && row['is_private'] === is_private);
  const file_url = String(same?.['file_url'] ?? `${is_private ? '/private' : ''}/files/${site.store.rows('File').size > 0 && [...site.store.rows('File').values()].some((row) => row['file_name'] === file.fileName) ? `${content_hash.slice(0, 6)}` : ''}${file.fileName}`);
  site.store.setSecret(`file:${file_url}`, file.content.toString('base64'));
  return insert(site, 'File', { file_name: file.fileName, file_url, is_private, file_size: file.content.length, content_hash, attached_to_doctype: doctype || null, attached_to_name: docname || null, attached_to_field: form('fieldname') || null, folder: form('folder') || 'Home' });
}

const TYPES: Readonly<Record<string, string>> = { png: 'image/png', jpg: 'image/jpeg', pdf: 'application/pdf', txt: 'text/plain; charset=utf-8', html: 'text/html; charset=utf-8' };

/** The bytes behind an address; a private one for whoever may read the document. Refusals are pages: files are served past the API. */
export function download(site: Site, path: string): SimReply {
  const rows = [...site.store.rows('File').values()].filter((one) => one['file_url'] === path);
  const content = site.store.secret(`file:${path}`);
  if (path.startsWith('/private/') && !rows.some((row) => mayRead(site, row))) return page(403, 'Forbidden');
  if (rows.length === 0 || content === undefined) return page(404, 'Not Found');
  return { status: 200, headers: { 'content-type': TYPES[path.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream' }, body: Buffer.from(content, 'base64') };
}

function mayRead(site: Site, row: Row): boolean {
  if (site.user === 'Guest') return false;
  if (!row['attached_to_doctype']) return row['owner'] === site.user || site.roles.includes('System Manager');
  try {
    demand(site, String(row['attached_to_doctype']), 'read');
    return true;
  } catch (error) {
    if (error instanceof FrappeFault) return false;
    throw error;
  }
}
