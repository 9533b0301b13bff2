// Credit notes as ERPNext 15 and 16 treat them: less is checked than one would think.
import { invalid } from './fault.ts';
import type { Site } from './site.ts';
import type { Row } from './store.ts';

const num = (value: unknown) => Number(value ?? 0);
const txt = (value: unknown) => (typeof value === 'string' ? value : '');
const link = (name: string) => `<a href="#">${name}</a>`;

export const returnedInvoice = (site: Site, row: Row): Row | undefined => (row['is_return'] ? site.store.find('Sales Invoice', txt(row['return_against'])) : undefined);

/**
 * Whose balance the note changes. Looked at before the totals are computed, so by what was sent or stored: a note that says nothing of its
 * total is not seen to be more than its invoice leaves open.
 */
export function chooseBalance(site: Site, row: Row): void {
  const original = returnedInvoice(site, row);
  if (!original) return;
  const open = num(original['outstanding_amount']);
  const later = `<br><br>You can use ${link('Payment Reconciliation')} to reconcile against ${link(original.name)} later.`;
  if (row['update_outstanding_for_self']) {
    site.notices.push(`We can see <strong>Credit Note</strong> is made against ${link(original.name)}. If you want its outstanding to be updated, uncheck <strong>Update Outstanding for Self</strong>.${later}`);
  } else if (Math.abs(num(row['rounded_total']) || num(row['grand_total'])) > open) {
    row['update_outstanding_for_self'] = 1;
    site.notices.push(`The outstanding amount ${open} in ${link(original.name)} is lesser than the credit. Updating the outstanding to this invoice.${later}`);
  }
}

/** The little that is checked: not before its invoice, at the same rate, on the same account. Neither quantities nor amounts are, where no stock moves. */
export function checkReturn(site: Site, row: Row): void {
  const original = returnedInvoice(site, row);
  if (!original) return;
  const stamp = (one: Row) => `${txt(one['posting_date'])} ${txt(one['posting_time']) || '00:00:00'}`;
  if (original['docstatus'] === 1 && original['company'] === row['company'] && original['customer'] === row['customer']) {
    if (stamp(row) < stamp(original)) throw invalid(`Posting timestamp must be after ${stamp(original)}`);
    if (num(row['conversion_rate']) !== num(original['conversion_rate'])) throw invalid(`Exchange Rate must be same as Sales Invoice ${original.name} (${num(original['conversion_rate'])})`);
  }
  if (row['debit_to'] !== original['debit_to']) throw invalid(`Please set Debit To to <strong>${txt(original['debit_to'])}</strong>, the same account that was used in the original invoice <strong>${original.name}</strong>.`);
}

/** Whether a submitted credit note points at an invoice. */
export const wasReturned = (site: Site, name: string): Row | undefined => [...site.store.rows('Sales Invoice').values()].find((one) => one['return_against'] === name && one['is_return'] === 1 && one['docstatus'] === 1);

/** What is pointed at by a submitted credit note is not cancelled. */
export function refuseWhileReturned(site: Site, name: string): void {
  const note = wasReturned(site, name);
  if (note) throw invalid(`Cannot delete or cancel because Sales Invoice ${link(name)} is linked with Sales Invoice ${link(note.name)}`, 'LinkExistsError');
}
