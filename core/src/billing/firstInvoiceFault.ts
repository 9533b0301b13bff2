import { isInstant } from '../kernel/civil.ts';
import { decimals } from '../kernel/decimal.ts';
import { civilDateIn } from '../kernel/zone.ts';
import type { FirstInvoiceInput, FirstInvoiceLine, FirstInvoicePolicy } from './firstInvoiceInput.ts';

/** What makes a first bill impossible as asked, or nothing. @example firstInvoiceFault({ ...input, prepaymentMinor: -1 }, [], defaultFirstInvoicePolicy).path // 'prepaymentMinor' */
export function firstInvoiceFault({ account, activatedAt, prepaymentMinor }: FirstInvoiceInput, lines: readonly FirstInvoiceLine[], policy: FirstInvoicePolicy): { readonly path: string; readonly message: string; readonly hint?: string } | undefined {
  if (!isInstant(activatedAt)) return { path: 'activatedAt', message: 'The activation must be an instant in UTC.', hint: 'e.g. 2026-04-13T14:20:00Z' };
  try {
    civilDateIn(activatedAt, account.zone);
  } catch {
    return { path: 'account.zone', message: 'The zone of the account is not an IANA time zone.', hint: 'e.g. America/Toronto' };
  }
  if (!/^[A-Z]{3}$/.test(account.currency)) return { path: 'account.currency', message: 'The currency must be three capitals.', hint: 'e.g. CAD' };
  for (const [path, day] of [['account.anchorDay', account.anchorDay], ['policy.anchorDay', policy.anchorDay]] as const) {
    if (day !== undefined && (!Number.isInteger(day) || day < 1 || day > 31)) return { path, message: 'A billing day must be a whole number from 1 to 31.' };
  }
  if (!Number.isSafeInteger(prepaymentMinor) || prepaymentMinor < 0) return { path: 'prepaymentMinor', message: 'The prepayment must be a whole, not negative number of minor units.' };
  for (const [index, line] of lines.entries()) {
    if (!Number.isSafeInteger(line.amountMinor)) return { path: `lines[${index}].amountMinor`, message: 'An amount must be a whole number of minor units.', hint: `For ${account.currency}: ${10 ** decimals(account.currency)} = 1.` };
    if (line.quantity !== undefined && (!Number.isSafeInteger(line.quantity) || line.quantity < 1)) return { path: `lines[${index}].quantity`, message: 'A quantity must be a whole number from 1.' };
  }
  return undefined;
}
