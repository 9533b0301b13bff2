import type { SimReply } from '../http.ts';
import { load } from './documents.ts';
import { FrappeFault, missing } from './fault.ts';
import { demand, type Site } from './site.ts';

/** `download_pdf`: a document on one page. Only the standard print format is there. */
export function downloadPdf(site: Site, args: Readonly<Record<string, unknown>>): SimReply {
  const [doctype, name, format] = [args['doctype'], args['name'], args['format']].map((value) => (typeof value === 'string' ? value : ''));
  if (!doctype || !name) throw new FrappeFault(500, 'TypeError', '', "missing 2 required positional arguments: 'doctype' and 'name'");
  demand(site, doctype, 'read');
  const row = load(site, doctype, name);
  if (format && format !== 'Standard') throw missing('Print Format', format);
  const lines = [`${doctype} ${row.name}`, ...(args['language'] === 'fr' ? ['Facture'] : []), ...(Number(args['no_letterhead']) ? [] : ['Gigafibre']), ...(row['grand_total'] === undefined ? [] : [`${String(row['currency'])} ${Number(row['grand_total']).toFixed(2)}`])];
  return { status: 200, headers: { 'content-type': 'application/pdf', 'content-disposition': `filename="${row.name.replace(/[ /]/g, '-')}.pdf"` }, body: pdf(lines) };
}

/** The smallest PDF that readers open: one page, one font, a cross-reference table that is right. */
function pdf(lines: readonly string[]): Buffer {
  const shown = lines.map((line) => `(${line.replace(/[\\()]/g, '\\$&')}) Tj T*`).join(' ');
  const stream = Buffer.from(`BT /F1 14 Tf 72 720 Td 18 TL ${shown} ET`, 'latin1');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [3 0 R] /Count 1 >>', '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${stream.length} >>\nstream\n${stream.toString('latin1')}\nendstream`, '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
  ];
  let body = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const at = body.length;
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const table = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
  return Buffer.from(`${body}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`, 'latin1');
}
