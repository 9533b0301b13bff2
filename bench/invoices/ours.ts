import type { BillingTerms, BillLine, TaxesOn } from '../../core/src/index.ts';
import type { Contestant } from './rivalBill.ts';

/** What users get: the built library, by its public functions. */
export function leadlight(core: typeof import('../../core/src/index.ts'), terms: BillingTerms): Contestant {
  const { applyTaxes, dayNumber, openBilling, proposeLines, reconcileLines, taxesOn } = core;
  const opened = openBilling(terms);
  if (opened.type === 'refused') throw new Error(opened.message);
  const run = opened.value;
  let tonight: { readonly text: string; readonly day: number; readonly taxes: TaxesOn } | undefined;
  return {
    name: 'Leadlight',
    calculate: ({ account, subscriptions: [of], asOf, since, billed = [] }) => {
      if (tonight?.text !== asOf) {
        const taxes = taxesOn(terms.taxTable, account.jurisdiction, asOf);
        if (taxes.type === 'refused') throw new Error(taxes.message);
        tonight = { text: asOf, day: dayNumber(asOf), taxes: taxes.value };
      }
      const owed: BillLine[] = [];
      proposeLines(of!, since === undefined ? -1_000_000 : dayNumber(since), tonight.day, owed);
      const lines = reconcileLines(owed, billed);
      const taxes = applyTaxes(tonight.taxes, lines);
      if ('type' in taxes) throw new Error(taxes.message);
      let totalMinor = 0;
      for (const line of lines) totalMinor += line.amountMinor;
      for (const tax of taxes) totalMinor += tax.amountMinor;
      return { lines, taxes, totalMinor };
    },
    bill: (input) => {
      const made = run(input);
      if (made.type === 'refused') throw new Error(`${made.code} ${made.path}: ${made.message}`);
      return made.value;
    },
  };
}
