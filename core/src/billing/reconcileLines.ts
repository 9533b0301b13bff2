import type { BillLine } from './customerBill.ts';

/**
 * What is still to be billed or given back: what is owed less what was billed under the same key. A charge that shrank comes back as the
 * difference, so credits never exceed what was charged, and what is right already leaves nothing (invariants 24, 36, 40). Corrections keep
 * the day whose taxes held. Several lines billed under one key count together. Without `gone`, all that is owed no more is given back.
 * @example reconcileLines([{ key: 'a', amountMinor: 60 }], [{ key: 'a', amountMinor: 100, taxedOn: '2026-04-01' }]).map((one) => one.amountMinor) // [-40]
 */
export function reconcileLines(owed: readonly BillLine[], billed: readonly BillLine[], gone?: (line: BillLine) => boolean): readonly BillLine[] {
  if (billed.length === 0) return owed;
  const out: BillLine[] = [];
  const met: boolean[] = [];
  /** Sets what is owed under a key, if anything, against all that was billed under it. The lists are short: with a map a bill takes a tenth longer (bench:invoices). */
  const settle = (key: string, line?: BillLine): void => {
    let last: BillLine | undefined;
    let minor = 0;
    let revision = 0;
    for (let i = 0; i < billed.length; i += 1) {
      const one = billed[i]!;
      if (met[i] || one.key !== key) continue;
      met[i] = true;
      last = one;
      minor += one.amountMinor;
      revision += 1;
    }
    if (!last) out.push(line!);
    else {
      const { amountMinor, because } = line ?? { amountMinor: 0, because: 'no longer owed' };
      if (amountMinor !== minor) out.push({ ...(line ?? last), amountMinor: amountMinor - minor, taxedOn: last.taxedOn ?? line?.taxedOn, revision, because: `billed ${minor}, owed ${amountMinor}: ${because}` });
    }
  };
  for (const line of owed) settle(line.key, line);
  for (let i = 0; i < billed.length; i += 1) if (!met[i] && gone?.(billed[i]!) !== false) settle(billed[i]!.key);
  return out;
}
