// Files and prints coming back (erp.md 1.8, 1.4; section 8, 39): byte for byte, or told why not.
import { erpnextKeys } from '../../sandbox/src/erpnext/index.ts';
import { authorization } from '../src/index.ts';
import { bench, customer, failure, invoice, onSandbox, type Bench } from './site.ts';

let b: Bench;
beforeAll(async () => { b = await bench(); });
afterAll(() => b.close());
beforeEach(() => b.world?.clearFaults());
const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 255, 0xc3, 0x28]);
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');
const fault = (path: string, more: object) => b.world.inject({ system: 'erpnext', method: 'GET', path, ...more } as never);
const asked = (path: RegExp) => b.sent.filter((request) => path.test(request.path)).length;

describe('a file', () => {
  test('[erp-39] comes back byte for byte, by its address, as it stands in a browser, or by its name', async () => {
    const { name, url } = await b.erp.files.upload({ doctype: 'Customer', name: await customer(b), fileName: 'côté nord.png', content: png });
    for (const file of [url, `${b.url}${encodeURI(url)}?fid=1`, encodeURI(url), name]) {
      const got = await b.erp.files.download(file);
      expect([file, new Uint8Array(got.content), got.fileName, got.isPrivate, got.url]).toEqual([file, png, 'côté nord.png', true, url]);
    }
    const open = await b.erp.files.upload({ doctype: 'Customer', name: await customer(b), fileName: 'logo.png', content: png.slice(1), isPrivate: false });
    expect(new Uint8Array((await b.erp.files.download(open.url)).content)).toEqual(png.slice(1));
  });
  test('[erp-39] one larger than may be is refused before it is fetched', async () => {
    const { url } = await b.erp.files.upload({ doctype: 'Customer', name: await customer(b), fileName: 'large.png', content: png.slice(2) });
    const before = asked(/\/files\//);
    expect(await failure(b.erp.files.download(url, { maxBytes: 4 }))).toMatchObject({ kind: 'rejectedInput', outcome: 'notApplied', detail: { bytes: 10 } });
    expect(asked(/\/files\//) - before).toBe(0);
    expect(await failure(b.erp.files.download('/private/files/nothing.png'))).toMatchObject({ kind: 'notFound' });
    expect(await failure(b.erp.files.download('  '))).toMatchObject({ kind: 'rejectedInput' });
  });
  onSandbox('[erp-39] not allowed, gone, kept elsewhere: each its own failure, and the key goes nowhere else (sandbox only: rows behind the API)', async () => {
    const put = (fields: object) => b.site.put('File', { file_name: 'x.png', is_private: 1, attached_to_doctype: 'Customer', file_size: 5, ...fields });
    put({ file_url: '/private/files/secret.png', attached_to_doctype: 'DocType', attached_to_name: 'Customer' });
    expect(await failure(b.erp.files.download('/private/files/secret.png'))).toMatchObject({ kind: 'unauthorised', status: 403, detail: { permission: true } });
    put({ file_url: '/private/files/gone.png' });
    expect(await failure(b.erp.files.download('/private/files/gone.png'))).toMatchObject({ kind: 'notFound', status: 404 });
    const before = b.sent.length;
    for (const file_url of ['https://elsewhere.example/x.png', '/private/files/../../etc/passwd', '//elsewhere.example/files/x']) {
      const { name } = put({ file_url });
      expect(await failure(b.erp.files.download(name))).toMatchObject({ kind: 'rejectedInput' });
    }
    expect(b.sent.slice(before).every(({ path }) => path === '/api/resource/File')).toBe(true);
    const stranger = b.client({ authorization: authorization(erpnextKeys.runtime.key, 'wrong') });
    expect(await failure(stranger.files.download('/private/files/gone.png'))).toMatchObject({ kind: 'unauthorised', status: 401 });
  });
  onSandbox('[erp-39] a page or a part in its place is told, a passing failure is waited out (sandbox only: planted faults)', async () => {
    const { url } = await b.erp.files.upload({ doctype: 'Customer', name: await customer(b), fileName: 'photo.png', content: png.slice(3) });
    fault('photo.png$', { kind: 'html', status: 200 });
    expect(await failure(b.erp.files.download(url))).toMatchObject({ kind: 'unexpectedReply', message: expect.stringContaining('page'), hint: expect.stringContaining('/private/files') });
    fault('photo.png$', { kind: 'truncate' });
    expect(await failure(b.erp.files.download(url))).toMatchObject({ kind: 'unexpectedReply', detail: { bytes: 4, size: 9 } });
    fault('photo.png$', { kind: 'html', status: 502, times: 2 });
    expect((await b.erp.files.download(url)).content).toHaveLength(9);
  });
});

describe('a print', () => {
  const bill = async () => (await b.erp.documents.ensure('Sales Invoice', b.key('inv'), invoice(await customer(b), 99.95), { submit: true })).name;
  test('[erp-39] is a whole PDF named after its document', async () => {
    const name = await bill();
    const { fileName, content } = await b.erp.documents.print('Sales Invoice', name);
    expect([fileName, text(content).slice(0, 5), text(content).trimEnd().slice(-5)]).toEqual([`${name}.pdf`, '%PDF-', '%%EOF']);
    expect(b.sent.at(-1)).toMatchObject({ method: 'GET', path: '/api/method/frappe.utils.print_format.download_pdf', query: { doctype: 'Sales Invoice', name, no_letterhead: 0 } });
    expect(await failure(b.erp.documents.print('Sales Invoice', 'NO-SUCH'))).toMatchObject({ kind: 'notFound' });
    expect(await failure(b.erp.documents.print('Sales Invoice', name, { format: 'No Such Format' }))).toMatchObject({ kind: 'notFound' });
    expect(await failure(b.erp.documents.print('Sales Invoice', ''))).toMatchObject({ kind: 'rejectedInput' });
  });
  onSandbox('says what the document says, in the language and with the head asked for (sandbox only: what it prints)', async () => {
    const name = await bill();
    expect(text((await b.erp.documents.print('Sales Invoice', name, { language: 'fr' })).content)).toMatch(/114\.92[\s\S]*/);
    expect(text((await b.erp.documents.print('Sales Invoice', name, { language: 'fr' })).content)).toContain('(Facture)');
    expect(text((await b.erp.documents.print('Sales Invoice', name)).content)).toContain('(Gigafibre)');
    expect(text((await b.erp.documents.print('Sales Invoice', name, { letterhead: false })).content)).not.toContain('(Gigafibre)');
  });
  onSandbox('[erp-39] a page instead of a PDF, or half of one, is no PDF (sandbox only: planted faults)', async () => {
    const name = await bill();
    fault('download_pdf$', { kind: 'html', status: 200 });
    expect(await failure(b.erp.documents.print('Sales Invoice', name))).toMatchObject({ kind: 'unexpectedReply', message: expect.stringContaining('text/html') });
    fault('download_pdf$', { kind: 'truncate' });
    expect(await failure(b.erp.documents.print('Sales Invoice', name))).toMatchObject({ kind: 'unexpectedReply', message: expect.stringContaining('cut short') });
    fault('download_pdf$', { kind: 'status', status: 417, body: { exc_type: 'ValidationError', _server_messages: JSON.stringify([JSON.stringify({ message: '<b>wkhtmltopdf</b> failed' })]) } });
    expect(await failure(b.erp.documents.print('Sales Invoice', name))).toMatchObject({ kind: 'rejectedInput', detail: { messages: ['wkhtmltopdf failed'] } });
  });
});
