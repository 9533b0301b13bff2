import { VendorError } from '../../../core/src/index.ts';
import type { Wire } from './wire.ts';

export interface PrintOptions {
  /** A Print Format of the doctype; default the one set in ERPNext. */
  readonly format?: string;
  /** Language of the labels, e.g. `fr`; default that of the document. */
  readonly language?: string;
  /** Default true. */
  readonly letterhead?: boolean;
  readonly maxBytes?: number;
}
export interface Printed {
  readonly fileName: string;
  readonly content: Uint8Array;
}

/**
 * A document printed as PDF. By GET, which never commits. What is not a whole PDF is told, however it came.
 * @throws VendorError `notFound` (document or print format), `unauthorised`, `unexpectedReply`
 * @example printPdf(wire, 'Sales Invoice', 'ACC-SINV-2026-00001', { language: 'fr' }) // { fileName: 'ACC-SINV-2026-00001.pdf', content: … }
 */
export async function printPdf(wire: Wire, doctype: string, name: string, { format, language, letterhead = true, maxBytes = 25 * 1024 * 1024 }: PrintOptions = {}): Promise<Printed> {
  const operation = `print ${doctype || 'a document'}`;
  const fail = (kind: VendorError['kind'], message: string, hint: string) => new VendorError({ vendor: 'ERPNext', operation, kind, message, hint });
  if (doctype === '' || name === '') throw fail('rejectedInput', 'No document was named.', 'Give the doctype and the name of the document.');
  const query = { doctype, name, no_letterhead: letterhead ? 0 : 1, ...(format === undefined ? {} : { format }), ...(language === undefined ? {} : { language }) };
  const { file } = await wire.ask({ method: 'GET', path: '/api/method/frappe.utils.print_format.download_pdf', query, operation, safety: 'read', want: 'bytes' });
  const { bytes, contentType } = file!;
  const text = (part: Uint8Array) => new TextDecoder('latin1').decode(part);
  if (text(bytes.subarray(0, 5)) !== '%PDF-') throw fail('unexpectedReply', `${contentType || 'Something'} came instead of a PDF.`, 'A proxy answered in its place, or the site has no PDF generator: print it once in Desk.');
  if (!text(bytes.subarray(-1024)).includes('%%EOF')) throw fail('unexpectedReply', 'The PDF was cut short.', 'Try again; check the limits of proxies on the way.');
  if (bytes.length > maxBytes) throw fail('rejectedInput', `The PDF has ${bytes.length} bytes; at most ${maxBytes} are taken.`, 'Raise the limit, or choose a lighter print format.');
  return { fileName: `${name.replace(/[\s/\\]+/g, '-')}.pdf`, content: bytes };
}
