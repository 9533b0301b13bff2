import fc from 'fast-check';
import { addDays } from '../kernel/civil.ts';
import { civilDateIn } from '../kernel/zone.ts';
import type { DunningCase, DunningOpening } from './dunningCase.ts';
import { defaultDunningPolicy, type DunningPolicy } from './dunningPolicy.ts';
import { later, Play, sum, type Said } from './play.testkit.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
export const zone = fc.constantFrom('America/Toronto', 'America/Havana', 'Asia/Beirut', 'Asia/Kathmandu', 'America/St_Johns', 'Australia/Sydney', 'Australia/Lord_Howe');
/** Month ends, leap days and days of changing clocks, and any other moment. */
export const moment = fc.oneof(
  fc.constantFrom('2024-02-29T05:00:00.000Z', '2026-01-31T23:59:59.999Z', '2026-02-28T15:00:00.000Z', '2026-03-08T06:59:00.000Z', '2026-03-28T21:59:59.000Z', '2026-04-04T14:59:00.000Z', '2026-10-31T05:30:00.000Z', '2026-12-31T18:15:00.000Z', '2028-02-21T12:00:00.000Z'),
  fc.integer({ min: Date.parse('2026-01-01'), max: Date.parse('2027-12-31') }).map((ms) => new Date(ms).toISOString()),
);
const amount = fc.constantFrom(0, 1, 99, 100, 4995, 17199, 2 ** 31);
export const opening: fc.Arbitrary<DunningOpening> = fc.record({
  zone, failedAt: moment, code: fc.constantFrom('insufficient_funds', 'stolen_card'), methods: fc.subarray(['pm_1', 'pm_2', 'pm_3']),
  amounts: fc.array(amount, { maxLength: 2 }),
}).map(({ amounts, ...rest }) => ({ caseId: 'd1', accountId: 'a1', currency: 'CAD', method: 'pm_1', invoices: [4995, ...amounts].map((amountMinor, i) => ({ id: `inv_${i}`, amountMinor })), ...rest }));

const usual = defaultDunningPolicy.steps;
export const policy: fc.Arbitrary<DunningPolicy> = fc.record({
  steps: fc.constantFrom(
    usual, usual, usual.slice(0, 7), [...usual.slice(0, 6), { day: 7, time: '09:00', does: 'suspend' as const }],
    [...usual.slice(0, 6), { day: 7, time: '09:00', does: 'lateFee' as const }, ...usual.slice(6, 7), { day: 20, time: '00:00', does: 'lateFee' as const }, ...usual.slice(7)],
  ),
  closedWeekdays: fc.constantFrom([6, 7], [6, 7], [], [1, 2, 3, 4, 5]),
  exclusions: fc.constantFrom([], [], [{ from: '12-20', until: '01-05' }], [{ from: '02-25', until: '03-20' }]),
  runwayDays: fc.constantFrom(3, 0, 6), toleranceMinor: fc.constantFrom(0, 0, 100), reconnectionMinor: fc.constantFrom(0, 2500), lateFeeMinor: fc.constantFrom(0, 500), lateFeePpm: fc.constantFrom(0, 20_000, 1_000_000), lateFeeOnFees: fc.boolean(),
}).map((change) => ({ ...defaultDunningPolicy, ...change }));

export interface Move {
  /** Milliseconds since the move before. */
  readonly gap: number;
  /** Whether the case is ticked in between whenever it wants to be. */
  readonly punctual: boolean;
  readonly kind: 'paid' | 'promised' | 'arrangement' | 'disputeOpened' | 'disputeLost' | 'disputeWon' | 'shield' | 'chargeFailed' | 'methodAdded' | 'balanceRead' | 'release' | 'writeOff' | 'tick';
  readonly n: number;
}
const gap = fc.oneof(fc.constantFrom(0, 0, 1, HOUR, DAY - 1, DAY, DAY + 1, 7 * DAY, 30 * DAY), fc.integer({ min: 0, max: 12 * DAY }));
const kind = fc.constantFrom<Move['kind'][]>('paid', 'paid', 'paid', 'promised', 'promised', 'arrangement', 'disputeOpened', 'disputeLost', 'disputeLost', 'disputeWon', 'shield', 'shield', 'chargeFailed', 'methodAdded', 'balanceRead', 'release', 'writeOff', 'tick', 'tick', 'tick');
export const moves: fc.Arbitrary<readonly Move[]> = fc.array(fc.record({ gap, punctual: fc.boolean(), kind, n: fc.nat(11) }), { maxLength: 12 });

/** What a move says to a case as it stands. */
export function saidBy({ kind, n }: Move, state: DunningCase, now: string): Said | undefined {
  const owed = sum(state.owed);
  const on = (days: number): string => addDays(civilDateIn(now, state.zone), days);
  switch (kind) {
    case 'tick': return undefined;
    case 'paid': return { type: 'paid', amountMinor: n < 4 ? owed : n < 8 ? Math.ceil(owed / 3) : n === 8 ? owed + 1 : Math.max(0, owed - 1) };
    case 'promised': return { type: 'promised', until: on(n - 1) };
    case 'arrangement': return { type: 'arrangement', instalments: [{ on: on(n), amountMinor: Math.floor(owed / 2) }, { on: on(2 * n + 1), amountMinor: Math.ceil(owed / 2) }] };
    case 'shield': return n % 3 ? { type: 'shield', reason: 'outage', until: on(n - 3) } : { type: 'shield', reason: 'outage' };
    case 'chargeFailed': return { type: 'chargeFailed', method: `pm_${n % 4}`, code: n % 2 ? 'lost_card' : 'do_not_honor' };
    case 'methodAdded': return { type: 'methodAdded', method: `pm_${n}` };
    case 'balanceRead': return { type: 'balanceRead', check: n % 2 ? state.asked ?? 'old' : 'old', outstandingMinor: n % 4 === 1 ? 0 : owed };
    default: return { type: kind };
  }
}
/** Plays a story. Now and then a read of the balance finds it paid, or is never answered. */
export function tell(from: DunningOpening, how: DunningPolicy, story: readonly Move[]): Play {
  const play = new Play(from, how);
  play.balance = ({ owed, seen }) => (seen.length % 7 === 5 ? null : seen.length % 7 === 6 ? 0 : sum(owed));
  let now = from.failedAt!;
  for (const move of story) {
    now = later(now, move.gap);
    if (move.punctual) play.until(now);
    const said = saidBy(move, play.state, now);
    if (said) play.say(said, now);
    else play.send({ type: 'tick' }, now);
  }
  return play;
}
