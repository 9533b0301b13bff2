import { join } from 'node:path';
import { golden } from '../golden.testkit.ts';
import { wallClock } from '../kernel/zone.ts';
import type { DunningEffect, DunningOpening } from './dunningCase.ts';
import type { DunningPolicy } from './dunningPolicy.ts';
import { Play, type Said } from './play.testkit.ts';

interface Given {
  readonly opening?: Partial<DunningOpening>;
  readonly policy?: Partial<DunningPolicy>;
  /** Wall clock of the account at which the case is opened; default: when the charge failed. */
  readonly openedAt?: string;
  /** Wall clocks of the account and what is said then; before, the case ticks whenever it wants to, or not at all with `missed`. */
  readonly says: readonly (readonly [at: string, said: Said | { readonly type: 'tick' }])[];
  readonly missed?: boolean;
}
const details = (effect: DunningEffect): string =>
  effect.type === 'notice' ? `${effect.template}, owes ${effect.facts.outstandingMinor}, then ${effect.facts.actionAt}`
    : effect.type === 'charge' ? `${effect.method} ${effect.amountMinor}` : 'amountMinor' in effect ? `${'of' in effect ? `${effect.of} ` : ''}${effect.amountMinor}` : '';

describe('[S0-80] [S0-81] [S0-82] [S0-83] [S0-84] [S0-85] [S0-86] worked timelines', () => {
  golden(join(__dirname, 'timeline.golden.json'), ({ opening = {}, policy, openedAt, says, missed }: Given) => {
    const zone = opening.zone ?? 'America/Toronto';
    const wall = (at: string): string => wallClock(at, zone).replace('T', ' ').replace(/:00$/, '');
    const probe = new Play({ zone }, policy);
    const play = new Play(opening, policy, openedAt && probe.at(openedAt));
    for (const [at, said] of says) {
      const now = play.at(at);
      if (!missed) play.until(now);
      if (said.type === 'tick') play.send(said, now);
      else play.say(said, now);
    }
    const lines = play.told.flatMap(({ command, now, answer }) => [
      ...(command && command.type !== 'tick' && command.type !== 'balanceRead' ? [`${wall(now)} > ${command.type}${answer.type === 'refused' ? ` refused ${answer.code}` : ''}`] : []),
      ...(answer.type === 'refused' ? [] : answer.value.effects.map((effect) => `${wall(effect.dueAt)} ${effect.type} ${details(effect)}`.trim().replace(/\d{4}-\d\d-\d\dT\S+Z/, wall))),
    ]);
    return [...lines, `${play.state.status}, owes ${play.state.owed.reduce((total, { amountMinor }) => total + amountMinor, 0)}, wakes ${play.state.wakeAt && wall(play.state.wakeAt)}`];
  });
});
