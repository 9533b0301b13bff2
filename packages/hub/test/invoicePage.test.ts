import { canadaTaxTable, nextBill, schemaComplaint } from '../../../core/src/index.ts';
import { brandSchema, type Brand } from '../src/brand.ts';
import { invoicePage } from '../src/invoicePage.ts';

const brand: Brand = { version: '1', name: 'Gigafibre', address: ['1 rue Roy'], taxNumbers: [{ tax: 'TPS', number: '123' }] };
const bill = (unitMinor: number, more = {}) => {
  const made = nextBill({ account: { id: 'acc_1', currency: 'CAD', jurisdiction: 'CA-QC' }, subscriptions: [{ id: 's', start: '2026-04-01', items: [{ key: 'net', terms: [{ from: '2026-04-01', sku: 'FTTH150I', description: '"Fibre" & <b>more</b>', unitMinor }] }] }], asOf: '2026-04-01', ...more }, { taxTable: canadaTaxTable });
  if (made.type === 'refused' || !made.value) throw new Error('no bill');
  return made.value;
};
const text = (page: string): string => page.replaceAll('\u00a0', ' ').replace(/<style>.*?<\/style>/s, '').replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

test('[S2-094] an invoice shows supplier, number, days, lines, each tax, what was paid and what is left', () => {
  const page = invoicePage({ number: 'INV-202604-0001', accountId: 'acc_1', bill: bill(9_995, { creditMinor: 1_492 }) }, { ...brand, footer: { fr: 'Merci', en: 'Thank you' }, phone: '450-555-0100' }, 'fr');
  for (const shown of ['Facture INV-202604-0001', 'Gigafibre 1 rue Roy', 'Compte acc_1', 'Émise le mercredi 1er avril 2026', 'À payer au plus tard le', '2026-04-01 au 2026-04-30', '99,95 $', 'TPS 5 %', '5,00 $', 'TVQ 9,975 %', '9,97 $', 'Total 114,92 $', 'Déjà payé -14,92 $', 'À payer 100,00 $', 'TPS 123', 'Merci', '450-555-0100']) expect(text(page)).toContain(shown);
  expect(page).toContain('&quot;Fibre&quot; &amp; &lt;b&gt;more&lt;/b&gt;');
  expect(page).not.toContain('<b>more');
});

test('[S2-094] a credit note says what is given back; nothing is asked for', () => {
  const page = text(invoicePage({ number: 'CN-202604-0001', accountId: 'acc_1', bill: bill(7_995, { billed: bill(9_995).lines }) }, brand, 'en'));
  expect(page).toContain('Credit note CN-202604-0001');
  expect(page).toContain('To your credit $23.00');
  expect(page).not.toMatch(/To be paid|To pay/);
});

test('[S2-094] what stands in a brand is escaped; a logo is an https address or a picture, a colour a colour', () => {
  const page = invoicePage({ number: 'INV-1', accountId: '"><script>', bill: bill(9_995) }, { ...brand, name: '<script>alert(1)</script>', website: '"onload=' }, 'en');
  expect(page).not.toContain('<script');
  expect(schemaComplaint(brandSchema, { ...brand, logo: 'https://www.example.ca/logo.png', colour: '#AA3300' })).toBeNull();
  for (const [field, value] of [['logo', 'javascript:alert(1)'], ['logo', 'https://x/"onerror='], ['colour', 'red;}body{'], ['name', ''], ['address', 'one line'], ['slogan', 'x']] as const) expect(schemaComplaint(brandSchema, { ...brand, [field]: value })?.path).toBe(field);
});
