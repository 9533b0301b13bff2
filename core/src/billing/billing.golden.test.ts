import { join } from 'node:path';
import { golden } from '../golden.testkit.ts';
import { canadaTaxTable } from '../tenant/canadaTaxTable.ts';
import type { TaxTable } from '../pricing/tax.ts';
import type { BillLine } from './customerBill.ts';
import { nextBill, type BillInput } from './nextBill.ts';

interface Given {
  readonly account: BillInput['account'];
  readonly taxTable?: TaxTable;
  /** Bills made one after the other; each knows what was billed before and has the credit that was left. */
  readonly runs: readonly Omit<BillInput, 'account' | 'billed'>[];
}

describe('[S0-08] [S0-09] [S0-12] [S2-060] bills worked out', () => {
  golden(join(__dirname, 'billing.golden.json'), ({ account, taxTable = canadaTaxTable, runs }: Given) => {
    const billed: BillLine[] = [];
    let creditMinor = 0;
    return runs.map((run) => {
      const made = nextBill({ account, billed, creditMinor, ...run }, { taxTable });
      if (made.type === 'refused' || !made.value) return made;
      const { kind, issuedOn, period, lines, subtotalMinor, taxes, totalMinor, prepaidMinor, dueMinor, creditLeftMinor } = made.value;
      billed.push(...lines);
      creditMinor = creditLeftMinor;
      return { kind, issuedOn, period: `${period.start}/${period.end}`, lines: lines.map((line) => `${line.key} ${line.amountMinor} ${line.because}`), subtotalMinor, taxes: taxes.map((tax) => `${tax.tax} ${tax.amountMinor} of ${tax.taxableMinor}`), totalMinor, prepaidMinor, dueMinor, creditLeftMinor };
    });
  });
});
