import { addDays, sayAmount, sayDay, type CustomerBill, type NoticeLanguage } from '../../../core/src/index.ts';
import type { Brand } from './brand.ts';

export interface NumberedBill { readonly number: string; readonly accountId: string; readonly bill: CustomerBill }

const WORDS = {
  fr: { invoice: 'Facture', creditNote: 'Note de crédit', account: 'Compte', issued: 'Émise le', due: 'À payer au plus tard le', description: 'Description', period: 'Période', quantity: 'Qté', amount: 'Montant', subtotal: 'Sous-total', total: 'Total', prepaid: 'Déjà payé', left: 'À payer', given: 'À votre crédit', to: 'au', included: 'incluse' },
  en: { invoice: 'Invoice', creditNote: 'Credit note', account: 'Account', issued: 'Issued on', due: 'To be paid by', description: 'Description', period: 'Period', quantity: 'Qty', amount: 'Amount', subtotal: 'Subtotal', total: 'Total', prepaid: 'Already paid', left: 'To pay', given: 'To your credit', to: 'to', included: 'included' },
} as const;
const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const safe = (text: string): string => text.replace(/[&<>"']/g, (one) => escapes[one]!);

/**
 * An invoice or credit note as a whole HTML page in the operator's brand, for a screen or a printer (S2-094). It holds what must stand on
 * it: the supplier with its tax numbers, number, days, lines, each tax, total. Whatever came from outside is escaped; nothing is loaded but
 * the logo.
 * @example invoicePage({ number: 'INV-202604-0001', accountId: 'acc_1', bill }, { version: '1', name: 'Gigafibre', address: [], taxNumbers: [] }, 'fr').includes('Facture INV-202604-0001') // true
 */
export function invoicePage({ number, accountId, bill }: NumberedBill, brand: Brand, language: NoticeLanguage): string {
  const words = WORDS[language];
  const amount = (minor: number): string => safe(sayAmount(minor, bill.currency, language));
  const day = (on: string): string => safe(sayDay(on, language));
  const row = (cells: readonly string[], tag = 'td'): string => `<tr>${cells.map((cell) => `<${tag}>${cell}</${tag}>`).join('')}</tr>`;
  const sum = (label: string, minor: number, strong = false): string => `<tr${strong ? ' class="strong"' : ''}><th>${label}</th><td>${amount(minor)}</td></tr>`;
  const title = `${words[bill.kind]} ${safe(number)}`;
  const colour = brand.colour ?? '#1f2937';
  const contact = [brand.phone, brand.email, brand.website].filter((one) => one !== undefined).map(safe);
  // The last day of a period is the one before its end.
  const lines = bill.lines.map(({ description, period, quantity, amountMinor }) => row([safe(description), period ? `${period.start} ${words.to} ${addDays(period.end, -1)}` : '', String(quantity), amount(amountMinor)]));
  const taxes = bill.taxes.map(({ label, amountMinor, included }) => sum(safe(label[language]) + (included ? `, ${words.included}` : ''), amountMinor));
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}, ${safe(brand.name)}</title>
<style>body{font:14px/1.5 system-ui,sans-serif;color:#1f2937;max-width:46rem;margin:2rem auto;padding:0 1rem}header{display:flex;justify-content:space-between;gap:2rem;border-bottom:3px solid ${colour};padding-bottom:1rem}h1{color:${colour};font-size:1.5rem;margin:1.5rem 0 .5rem}img{max-height:4rem}table{width:100%;border-collapse:collapse;margin-top:1rem}th,td{text-align:left;padding:.35rem .5rem;border-bottom:1px solid #e5e7eb;font-weight:normal}thead th,.strong th,.strong td{font-weight:600}td:last-child,th:last-child{text-align:right;white-space:nowrap}.sums{width:22rem;margin-left:auto}footer{margin-top:2rem;color:#6b7280}@media print{body{margin:0}}</style></head>
<body><header><div>${brand.logo ? `<img src="${safe(brand.logo)}" alt="${safe(brand.name)}">` : `<strong>${safe(brand.name)}</strong>`}</div><address>${[brand.name, ...brand.address].map(safe).join('<br>')}</address></header>
<h1>${title}</h1>
<p>${words.account} ${safe(accountId)}<br>${words.issued} ${day(bill.issuedOn)}${bill.dueMinor > 0 ? `<br>${words.due} ${day(bill.dueOn)}` : ''}</p>
<table><thead>${row([words.description, words.period, words.quantity, words.amount], 'th')}</thead><tbody>${lines.join('')}</tbody></table>
<table class="sums"><tbody>${[sum(words.subtotal, bill.subtotalMinor), ...taxes, sum(words.total, bill.totalMinor, true), ...(bill.prepaidMinor > 0 ? [sum(words.prepaid, -bill.prepaidMinor)] : []), bill.kind === 'creditNote' ? sum(words.given, -bill.totalMinor, true) : sum(words.left, bill.dueMinor, true)].join('')}</tbody></table>
<footer><p>${brand.taxNumbers.map(({ tax, number: registered }) => `${safe(tax)} ${safe(registered)}`).join(' · ')}</p>${brand.footer ? `<p>${safe(brand.footer[language])}</p>` : ''}${contact.length > 0 ? `<p>${contact.join(' · ')}</p>` : ''}</footer></body></html>
`;
}
