import { dayNumber, type CivilDate } from '../kernel/civil.ts';
import { accept, mustBe, type Decision } from '../kernel/decision.ts';

/** How many numbers each month has given out, e.g. `{ '202604': 12 }`: one for each tenant and kind of document, kept by the caller. */
export type NumbersIssued = Readonly<Record<string, number>>;

/**
 * The next number, as INV-YYYYMM-NNNN, and the count with it (S2-094). Keep the count in the same transaction as the invoice, and no number
 * is given twice, nor left out.
 * @example invoiceNumber({ 202604: 12 }, '2026-04-13') // accepted { number: 'INV-202604-0013', issued: { 202604: 13 } }
 */
export function invoiceNumber(issued: NumbersIssued, on: CivilDate, prefix = 'INV'): Decision<{ readonly number: string; readonly issued: NumbersIssued }, 'badInput'> {
  if (Number.isNaN(dayNumber(on))) return mustBe('on', 'a day');
  const month = on.slice(0, 7).replace('-', '');
  const next = (issued?.[month] ?? 0) + 1;
  if (!(Number.isSafeInteger(next) && next > 0)) return mustBe(`issued.${month}`, 'a count');
  return accept({ number: `${prefix}-${month}-${String(next).padStart(4, '0')}`, issued: { ...issued, [month]: next } });
}
