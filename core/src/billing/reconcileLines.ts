import type { BillLine } from './customerBill.ts';

/**
 * What is still to be billed or given back: what is owed less what was billed under the same key. A charge that shrank comes back as the
 * difference, so credits never exceed what was charged, and what is right already leaves nothing (invariants 24, 36, 40). Corrections keep
 * the day whose taxes held. Several lines billed under one key count together.
 * @example reconcileLines([{ key: 'a', amountMinor: 60 }], [{ key: 'a', amountMinor: 100, taxedOn: '2026-04-01' }]).map((one) => one.amountMinor) // [-40]
 */
export function reconcileLines(owed: readonly BillLine[], billed: readonly BillLine[]): readonly BillLine[] {
  if (billed.length === 0) return owed;
  const out: BillLine[] = [];
  /** Under each key the last line, the sum and the number of those billed; the number is 0 once it is settled. */
  const known = new Map<string, [BillLine, number, number]>();
  for (const line of billed) {
    const one = known.get(line.key);
    if (one) {
      one[0] = line;
      one[1] += line.amountMinor;
      one[2] += 1;
    } else known.set(line.key, [line, line.amountMinor, 1]);
  }
  const settle = (line: BillLine): void => {
    const one = known.get(line.key);
    if (!one?.[2]) return void out.push(line);
    const [{ taxedOn = line.taxedOn }, minor, revision] = one;
    const { amountMinor } = line;
    one[2] = 0;
    if (amountMinor !== minor) out.push({ ...line, amountMinor: amountMinor - minor, taxedOn, revision, because: `billed ${minor}, owed ${amountMinor}: ${line.because}` });
  };
  owed.forEach(settle);
  for (const [last, , open] of known.values()) if (open) settle({ ...last, amountMinor: 0, because: 'no longer owed' });
  return out;
}
