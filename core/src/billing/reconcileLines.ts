import type { BillLine } from './customerBill.ts';

/**
 * What is still to be billed or given back: what is owed less what was billed under the same key. A charge that shrank comes back as the
 * difference, so credits never exceed what was charged, and what is right already leaves nothing (invariants 24, 36, 40). Corrections keep
 * the day whose taxes held. Several lines billed under one key count together.
 * @example reconcileLines([{ key: 'a', amountMinor: 60 }], [{ key: 'a', amountMinor: 100, taxedOn: '2026-04-01' }]).map((one) => one.amountMinor) // [-40]
 */
export function reconcileLines(owed: readonly BillLine[], billed: readonly BillLine[]): readonly BillLine[] {
  if (billed.length === 0) return owed;
  const before = new Map<string, { last: BillLine; minor: number; lines: number }>();
  for (const line of billed) {
    const known = before.get(line.key);
    if (known) before.set(line.key, { last: line, minor: known.minor + line.amountMinor, lines: known.lines + 1 });
    else before.set(line.key, { last: line, minor: line.amountMinor, lines: 1 });
  }
  const out: BillLine[] = [];
  const correct = (line: BillLine, { last, minor, lines }: { last: BillLine; minor: number; lines: number }): void => {
    const amountMinor = line.amountMinor - minor;
    if (amountMinor === 0) return;
    const because = `billed ${minor}, owed ${line.amountMinor}: ${line.because}`;
    out.push({ ...line, amountMinor, ...(last.taxedOn !== undefined && { taxedOn: last.taxedOn }), revision: lines, because });
  };
  for (const line of owed) {
    const known = before.get(line.key);
    if (known) correct(line, known);
    else out.push(line);
    before.delete(line.key);
  }
  for (const known of before.values()) correct({ ...known.last, amountMinor: 0, because: 'no longer owed' }, known);
  return out;
}
