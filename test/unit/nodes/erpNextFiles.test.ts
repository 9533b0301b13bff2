// Files that leave the ERPNext node on an item: downloads and prints, each against the sandbox.
import { ErpNext } from '../../../nodes/ErpNext/ErpNext.node.ts';
import { erpnextKeys, startErpnext } from '../../../packages/sandbox/src/erpnext/index.ts';
import { World } from '../../../packages/sandbox/src/world.ts';
import { failed, only, pick, run } from '../support/n8n.ts';

const node = new ErpNext();
const world = new World();
let site: Awaited<ReturnType<typeof startErpnext>>;
let credentials: Record<string, string>;
beforeAll(async () => {
  site = await startErpnext(world);
  credentials = { baseUrl: site.url, apiKey: erpnextKeys.runtime.key, apiSecret: erpnextKeys.runtime.secret };
});
afterAll(() => site.close());
beforeEach(() => world.clearFaults());
const bytes = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 255, 13, 10]);
const customer = () => site.site.put('Customer', { customer_name: 'Jeanne', customer_type: 'Individual', customer_group: 'Résidentiel', territory: 'Canada' }).name;
const upload = async (fileName: string, content: Buffer) => {
  const [out] = await run(node, { items: [{ resource: 'file', operation: 'upload', docType: pick('name', 'Customer'), documentName: pick('name', customer()), binaryPropertyName: 'photo', options: { fileName } }], credentials, files: { photo: { fileName: 'IMG.png', bytes: content } } });
  return out!.json;
};

test('[erp-39] Download puts a private file on the item, byte for byte, with its name and type', async () => {
  const { url, name } = await upload('signature.png', bytes);
  const [out] = await run(node, { items: [{ resource: 'file', operation: 'download', file: url }], credentials });
  expect(out).toMatchObject({ json: { name, fileName: 'signature.png', url, isPrivate: true, bytes: 8 }, binary: { data: { fileName: 'signature.png', mimeType: 'image/png' } }, pairedItem: { item: 0 } });
  expect(Buffer.from(out!.binary!['data']!.data, 'base64')).toEqual(bytes);
  const [other] = await run(node, { items: [{ resource: 'file', operation: 'download', file: name, binaryPropertyName: 'scan', options: { fileName: 'x.png' } }], credentials });
  expect(Object.keys(other!.binary!)).toEqual(['scan']);
  expect(other!.binary!['scan']!.fileName).toBe('x.png');
});

test('[erp-39] what is no such file says so on the item, and the others go on', async () => {
  const { url } = await upload('b.png', bytes.subarray(1));
  world.inject({ system: 'erpnext', method: 'GET', path: 'b.png$', kind: 'html', status: 403 });
  const get = (file: string) => ({ resource: 'file', operation: 'download', file });
  const out = await run(node, { items: [get(String(url)), get('/private/files/none.png'), get(String(url))], credentials, continueOnFail: true });
  expect(out.map(({ json }) => (json['details'] as { kind?: string } | undefined)?.kind ?? json['fileName'])).toEqual(['unauthorised', 'notFound', 'b.png']);
  expect(out[0]!.binary).toBeUndefined();
  const large = await failed(run(node, { items: [{ ...get(String(url)), options: { maxSizeMb: 1 / (1024 * 1024) } }], credentials }));
  expect(large.message).toContain('at most 1 are taken');
});

test('Download PDF puts the print of a document on the item', async () => {
  const invoice = site.site.put('Sales Invoice', { customer: customer(), items: [{ item_code: 'FTTH150I', qty: 1 }] }).name;
  const print = { resource: 'document', operation: 'downloadPdf', docType: pick('name', 'Sales Invoice'), documentName: pick('name', invoice) };
  const [out] = await run(node, { items: [{ ...print, options: { language: 'fr', withoutLetterhead: true } }], credentials });
  expect(out).toMatchObject({ json: { doctype: 'Sales Invoice', name: invoice, fileName: `${invoice}.pdf` }, binary: { data: { mimeType: 'application/pdf', fileName: `${invoice}.pdf` } } });
  const pdf = Buffer.from(out!.binary!['data']!.data, 'base64').toString('latin1');
  expect([pdf.slice(0, 5), pdf.includes('99.95'), pdf.includes('Facture'), pdf.includes('Gigafibre')]).toEqual(['%PDF-', true, true, false]);
  expect((await failed(run(node, { items: [{ ...print, options: { format: 'No Such' } }], credentials }))).httpCode).toBe('404');
  world.inject({ system: 'erpnext', method: 'GET', path: 'download_pdf$', kind: 'html', status: 200 });
  expect((await failed(run(node, { items: [print], credentials }))).message).toContain('instead of a PDF');
  expect(await only(node, { ...print, options: { fileName: 'facture.pdf' } }, credentials)).toMatchObject({ fileName: 'facture.pdf' });
});
