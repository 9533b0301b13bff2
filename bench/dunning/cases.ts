import type { DunningCase, DunningCommand, DunningPolicy } from '../../core/src/index.ts';

type Core = typeof import('../../core/src/index.ts');
const HOUR = 3_600_000;
const zones = ['America/Toronto', 'America/Halifax', 'America/St_Johns', 'America/Winnipeg', 'America/Vancouver'];

/**
 * Open cases as they stand at a moment, made by playing them: opened on one of the 58 days before, ticked whenever they were due, their
 * balance checks answered; of twenty that are in grace, one has a promise that runs and one is disputed. Cases differ in their ids and share the rest of
 * their content, which keeps a million of them below half a gigabyte.
 */
export function casesAt({ dunning }: Core, policy: DunningPolicy, moment: string, count: number): DunningCase[] {
  const until = Date.parse(moment);
  const played = Array.from({ length: 58 * zones.length * 4 }, (_, i) => play(i));
  return Array.from({ length: count }, (_, i): DunningCase => ({ ...played[i % played.length]!, caseId: `case_${i}`, accountId: `acc_${i}` }));

  function play(i: number): DunningCase {
    const zone = zones[i % zones.length]!;
    const daysAgo = Math.floor(i / zones.length) % 58;
    const failedAt = new Date(until - daysAgo * 24 * HOUR - (i % 9) * HOUR).toISOString();
    const opening = { caseId: `case_${i}`, accountId: `acc_${i}`, zone, currency: 'CAD', invoices: [{ id: `inv_${i}`, amountMinor: 17_199 }], methods: ['pm_1', 'pm_2'], failedAt, method: 'pm_1', code: 'insufficient_funds' };
    let state = stateOf(dunning.open(opening, failedAt, policy));
    let told = 0;
    const say = (command: DunningCommand, at: string): void => {
      const answer = dunning.decide(state, command, at, policy);
      state = stateOf(answer);
      for (const effect of answer.type === 'accepted' ? answer.value.effects : []) {
        if (effect.type === 'checkBalance') say({ type: 'balanceRead', id: `read_${(told += 1)}`, check: effect.id, outstandingMinor: 17_199 }, at);
      }
    };
    while (state.wakeAt !== null && state.wakeAt < moment) say({ type: 'tick' }, state.wakeAt);
    if (state.status !== 'grace') return state;
    if (i % 20 === 7) say({ type: 'promised', id: 'promise', until: new Date(until + (i % 8) * 24 * HOUR).toISOString().slice(0, 10) }, moment);
    if (i % 20 === 13) say({ type: 'disputeOpened', id: 'dispute' }, moment);
    return state;
  }
  function stateOf(answer: ReturnType<Core['dunning']['decide']>): DunningCase {
    if (answer.type === 'refused') throw new Error(`${answer.code} ${answer.path ?? ''}`);
    return answer.value.state;
  }
}
