import type { PaymentAttempt } from './paymentAttempt.ts';

/** Orders and invoices whose first verdict was a no, and those of them that were paid afterwards. */
export interface Recovered {
  readonly firstRefused: number;
  readonly recovered: number;
  readonly recoveredMinor: number;
}

/**
 * What another try brought in: of the subjects whose first decided attempt was declined or failed, those with a later one that succeeded
 * (S2-097). Of attempts at the same instant the one that was refused counts as the first.
 * @example recoveredByRetry([]) // { firstRefused: 0, recovered: 0, recoveredMinor: 0 }
 */
export function recoveredByRetry(attempts: readonly PaymentAttempt[]): Recovered {
  const subjects = new Map<string, PaymentAttempt[]>();
  for (const one of attempts) {
    if (one.outcome !== 'succeeded' && one.outcome !== 'declined' && one.outcome !== 'failed') continue;
    const known = subjects.get(one.subject);
    if (known) known.push(one);
    else subjects.set(one.subject, [one]);
  }
  let [firstRefused, recovered, recoveredMinor] = [0, 0, 0];
  for (const all of subjects.values()) {
    all.sort((a, b) => Date.parse(a.startedAt) - Date.parse(b.startedAt) || Number(a.outcome === 'succeeded') - Number(b.outcome === 'succeeded'));
    if (all[0]!.outcome === 'succeeded') continue;
    firstRefused += 1;
    const paid = all.filter(({ outcome }) => outcome === 'succeeded');
    if (paid.length === 0) continue;
    recovered += 1;
    recoveredMinor += paid.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  }
  return { firstRefused, recovered, recoveredMinor };
}
