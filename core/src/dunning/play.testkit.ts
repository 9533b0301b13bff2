import { instantIn } from '../kernel/zone.ts';
import { decide, open } from './dunning.ts';
import type { DunningCase, DunningCommand, DunningDecision, DunningEffect, DunningEvent, DunningOpening } from './dunningCase.ts';
import { defaultDunningPolicy, type DunningPolicy } from './dunningPolicy.ts';

export type Said = DunningCommand extends infer C ? (C extends { readonly id: string } ? Omit<C, 'id'> : never) : never;
/** One decision of a played case. */
export interface Told {
  readonly before: DunningCase | undefined;
  readonly command: DunningCommand | undefined;
  readonly now: string;
  readonly answer: DunningDecision;
  readonly state: DunningCase;
}
export const seedOpening: DunningOpening = {
  caseId: 'd1', accountId: 'a1', zone: 'America/Toronto', currency: 'CAD', invoices: [{ id: 'inv_1', amountMinor: 17199 }],
  methods: ['pm_1', 'pm_2'], failedAt: '2026-04-01T14:00:00.000Z', method: 'pm_1', code: 'insufficient_funds',
};
export const later = (now: string, ms: number): string => new Date(Date.parse(now) + ms).toISOString();
export const sum = (all: readonly { readonly amountMinor: number }[]): number => all.reduce((total, { amountMinor }) => total + amountMinor, 0);
export function value<T>(answer: { readonly type: 'accepted'; readonly value: T } | { readonly type: 'refused'; readonly code: string; readonly path?: string }): T {
  if (answer.type === 'refused') throw new Error(`${answer.code} ${answer.path ?? ''}`);
  return answer.value;
}

export class Play {
  readonly told: Told[] = [];
  state: DunningCase;
  private said = 0;
  readonly policy: DunningPolicy;
  /** What a read of the balance finds, five seconds after it was asked for; null when no answer comes. */
  balance: (state: DunningCase) => number | null = (state) => sum(state.owed);

  constructor(opening: Partial<DunningOpening> = {}, policy: Partial<DunningPolicy> = {}, now?: string) {
    this.policy = { ...defaultDunningPolicy, ...policy };
    const input = { ...seedOpening, ...opening };
    const at = now ?? input.failedAt!;
    const answer = open(input, at, this.policy);
    this.state = value(answer).state;
    this.told.push({ before: undefined, command: undefined, now: at, answer, state: this.state });
  }
  send(command: DunningCommand, now: string): DunningDecision {
    const before = this.state;
    const answer = decide(before, command, now, this.policy);
    if (answer.type === 'accepted') this.state = answer.value.state;
    this.told.push({ before, command, now, answer, state: this.state });
    if (answer.type === 'accepted') {
      for (const effect of answer.value.effects) {
        const read = effect.type === 'checkBalance' ? this.balance(this.state) : null;
        if (read !== null) this.say({ type: 'balanceRead', check: effect.id, outstandingMinor: read }, later(now, 5000));
      }
    }
    return answer;
  }
  /** A command under an id of its own. */
  say(said: Said, now: string): DunningDecision {
    this.said += 1;
    return this.send({ ...said, id: `c${this.said}` } as DunningCommand, now);
  }
  /** Ticks whenever the case wants to be woken, to an instant. */
  until(now: string): this {
    for (let wake = this.state.wakeAt; wake !== null && wake < now; wake = this.state.wakeAt) this.send({ type: 'tick' }, wake);
    return this;
  }
  /** The instant of a wall clock of the account, `2026-04-05 10:00`. */
  at(wall: string): string {
    return instantIn(wall.slice(0, 10), wall.slice(11), this.state.zone);
  }
  get effects(): readonly DunningEffect[] {
    return this.told.flatMap(({ answer }) => (answer.type === 'accepted' ? answer.value.effects : []));
  }
  get events(): readonly DunningEvent[] {
    return this.told.flatMap(({ answer }) => (answer.type === 'accepted' ? answer.value.events : []));
  }
}
