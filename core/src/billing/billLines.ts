import { addDays } from '../kernel/civil.ts';
import { deriveId } from '../kernel/id.ts';
import type { BillingPeriod } from './billingPeriod.ts';
import type { BillLine } from './customerBill.ts';
import type { FirstInvoiceLine } from './firstInvoiceInput.ts';
import { prorate } from './prorate.ts';

/** What a bill says of each line: monthly charges for their part of the period, the rest whole. @example billLines([], billingPeriod('2026-04-13', 1)) // [] */
export function billLines(lines: readonly FirstInvoiceLine[], period: BillingPeriod): readonly BillLine[] {
  return capDiscounts(lines, lines.map((line) => billLine(line, period)));
}

/** The sum of amounts in minor units. @example addUp([{ amountMinor: 2 }, { amountMinor: 3 }]) // 5 */
export function addUp(list: readonly { readonly amountMinor: number }[]): number {
  return list.reduce((sum, one) => sum + one.amountMinor, 0);
}

function billLine(line: FirstInvoiceLine, { whole, used }: BillingPeriod): BillLine {
  const base = {
    sku: line.sku,
    quantity: line.quantity ?? 1,
    taxCode: line.taxCode ?? 'standard',
    ...(line.subscription !== undefined && { subscription: line.subscription }),
  };
  if (line.charge === 'nrc') return { ...base, key: deriveId(line.sku, 'once'), description: line.description, amountMinor: line.amountMinor, because: 'charged once' };
  const span = `${used.start} → ${addDays(used.end, -1)}`;
  if (line.prorated === false) {
    // Keyed by calendar month: the fee is due once for a month begun, however many bills touch it.
    return { ...base, key: deriveId(line.sku, used.start.slice(0, 7)), description: `${line.description} ${used.start.slice(0, 7)}`, amountMinor: line.amountMinor, period: used, because: 'due in full for a month begun' };
  }
  const part = prorate(line.amountMinor, whole, used);
  return { ...base, key: deriveId(line.sku, used.start), description: `${line.description} ${span}${part.days < part.ofDays ? ` (${part.days}/${part.ofDays})` : ''}`, amountMinor: part.minor, period: used, because: part.because };
}

/** Line by line rounding may leave discounts a cent above what they discount; they never make a bill negative (decision 8). */
function capDiscounts(from: readonly FirstInvoiceLine[], lines: readonly BillLine[]): readonly BillLine[] {
  const monthly = lines.filter((_, index) => from[index]!.charge === 'mrc' && from[index]!.prorated !== false);
  let over = addUp(from.filter((line) => line.charge === 'mrc' && line.prorated !== false)) >= 0 ? Math.max(0, -addUp(monthly)) : 0;
  if (over === 0) return lines;
  return [...lines].reverse().map((line) => {
    if (over === 0 || line.amountMinor >= 0 || !monthly.includes(line)) return line;
    const give = Math.min(over, -line.amountMinor);
    over -= give;
    return { ...line, amountMinor: line.amountMinor + give === 0 ? 0 : line.amountMinor + give, because: `${line.because}; capped by what is left to discount` };
  }).reverse();
}
