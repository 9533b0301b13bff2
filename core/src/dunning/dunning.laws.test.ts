import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { decide, evolve, open, wakeAt } from './dunning.ts';
import type { DunningCase, DunningCommand, DunningEffect, DunningOutcome, DunningStatus } from './dunningCase.ts';
import { defaultDunningPolicy, type DunningPolicy } from './dunningPolicy.ts';
import { later, Play, seedOpening, sum, value, type Told } from './play.testkit.ts';
import { moment, moves, opening, policy, tell, zone } from './stories.testkit.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const stories = fc.tuple(opening, policy, moves);
const each = (law: (play: Play) => void, numRuns = 70): void => fc.assert(fc.property(stories, (story) => law(tell(...story))), { numRuns });
const heard = (play: Play): readonly (Told & { readonly made: DunningOutcome })[] => play.told.flatMap((told) => (told.answer.type === 'accepted' ? [{ ...told, made: told.answer.value }] : []));
type Of<T> = DunningEffect extends infer E ? (E extends { readonly type: infer K } ? (T extends K ? E : never) : never) : never;
const of = <T extends DunningEffect['type']>(play: Play, type: T): readonly Of<T>[] => play.effects.filter(({ type: is }) => is === type) as unknown as readonly Of<T>[];
const local = (at: string, timeZone: string) => Temporal.Instant.from(at).toZonedDateTimeISO(timeZone);

test('the stories reach every status and every effect', () => {
  const plays = fc.sample(stories, { numRuns: 400, seed: 1 }).map((story) => tell(...story));
  expect(new Set(plays.flatMap((play) => play.told.map(({ state }) => state.status)))).toEqual(new Set<DunningStatus>(['grace', 'promised', 'arrangement', 'held', 'suspended', 'recovered', 'terminated', 'writtenOff']));
  expect(new Set(plays.flatMap((play) => play.effects.map(({ type }) => type))).size).toBe(9);
  expect(new Set(plays.flatMap((play) => play.told.flatMap(({ answer }) => (answer.type === 'refused' ? [answer.code] : []))))).toEqual(new Set(['ignored', 'notExpected', 'limit', 'badInput']));
});

test('[inv-45] the same command twice changes nothing the second time, however late it comes', () => {
  each((play) => {
    for (const { command } of heard(play)) {
      if (!command || command.type === 'tick') continue;
      const last = play.told.at(-1)!;
      for (const now of [last.now, later(last.now, 9 * DAY)]) expect(decide(play.state, command, now, play.policy)).toMatchObject({ type: 'refused', code: 'ignored' });
    }
  });
});

test('[inv-46] a tick at t1 and then at t2 is a tick at t2: same state, same effects in the same order', () => {
  fc.assert(fc.property(stories, fc.array(fc.oneof(fc.integer({ min: 0, max: 30 * DAY }), fc.constantFrom(0, HOUR, DAY)), { minLength: 1, maxLength: 6 }), (story, gaps) => {
    const play = tell(...story);
    const { now } = play.told.at(-1)!;
    let state = play.state;
    let at = now;
    const effects: DunningEffect[] = [];
    for (const one of gaps) {
      const made = value(decide(state, { type: 'tick' }, (at = later(at, one)), play.policy));
      state = made.state;
      effects.push(...made.effects);
    }
    const once = value(decide(play.state, { type: 'tick' }, at, play.policy));
    expect(once.state).toEqual(state);
    expect(once.effects).toEqual(effects);
  }), { numRuns: 100 });
});

test('[inv-47] [S0-84] [S0-86] after recovery nothing is asked for any more', () => {
  each((play) => {
    const at = play.told.findIndex(({ state }) => state.status === 'recovered');
    if (at < 0) return;
    expect(play.told.slice(at + 1).flatMap(({ answer }) => (answer.type === 'accepted' ? answer.value.effects : []))).toEqual([]);
    expect(value(decide(play.state, { type: 'tick' }, '2029-01-01T00:00:00Z', play.policy)).effects).toEqual([]);
    expect((play.told[at]!.answer as { value: DunningOutcome }).value.effects.filter(({ type }) => type !== 'resume')).toEqual([]);
  });
});

test('[inv-48] [S0-84] at most one reminder a day, days rising, none before the failure', () => {
  each((play) => {
    const days = of(play, 'notice').filter(({ template }) => template === 'reminder').map(({ dueAt }) => local(dueAt, play.state.zone).toPlainDate().toString());
    expect([...new Set(days)].sort()).toEqual(days);
    for (const one of days) expect(one > play.state.day0).toBe(true);
    expect(new Set(play.effects.map(({ id }) => id)).size).toBe(play.effects.length);
  });
});

/** Pauses of a play as its commands tell them: from the promise, arrangement or dispute to the end of it. */
function pauses(play: Play): readonly { readonly from: string; readonly to: string }[] {
  const found: { from: string; to: string }[] = [];
  let from: string | undefined;
  for (const { type, at } of play.events) {
    if (type === 'promised' || type === 'arrangement' || type === 'disputeOpened') from ??= at;
    if (from !== undefined && (type === 'broken' || type === 'disputeLost')) {
      found.push({ from, to: at });
      from = undefined;
    }
  }
  return found;
}
function excluded({ closedWeekdays, holidays, exclusions }: DunningPolicy, day: Temporal.PlainDate): boolean {
  const within = ({ from, until }: DunningPolicy['exclusions'][number]): boolean => [day.year - 1, day.year].some((year) => {
    const start = Temporal.PlainDate.from(`${year}-${from}`);
    const end = Temporal.PlainDate.from(`${until > from ? year : year + 1}-${until}`);
    return Temporal.PlainDate.compare(start, day) <= 0 && Temporal.PlainDate.compare(day, end) < 0;
  });
  return closedWeekdays.includes(day.dayOfWeek) || holidays.includes(day.toString()) || exclusions.some(within);
}

test('[inv-49] [S0-83] [S0-85] nobody is cut off before the end of grace, a promise, a hold or a shield, nor on an excluded day', () => {
  let suspended = 0;
  each((play) => {
    for (const { before, made } of heard(play)) {
      for (const { type, at } of made.events) {
        if (type !== 'suspend' && type !== 'terminate') continue;
        suspended += 1;
        const when = local(at, play.state.zone);
        expect(excluded(play.policy, when.toPlainDate())).toBe(false);
        expect(before!.shields.every(({ until }) => until !== null && until <= when.toPlainDate().toString())).toBe(true);
        const step = play.policy.steps.find(({ does }) => does === type)!;
        const paused = pauses(play).filter(({ to }) => to <= at).reduce((all, { from, to }) => all + Date.parse(to) - Date.parse(from), 0);
        const grace = Temporal.PlainDate.from(play.state.day0).add({ days: step.day }).toZonedDateTime({ timeZone: play.state.zone, plainTime: step.time });
        // An hour for each change of the clock on the way.
        expect(Date.parse(at)).toBeGreaterThanOrEqual(grace.epochMilliseconds + paused - 2 * HOUR);
        expect(before!.status).toBe(type === 'suspend' ? 'grace' : 'suspended');
        expect(when.toPlainTime().toString() >= step.time).toBe(true);
      }
    }
  }, 200);
  expect(suspended).toBeGreaterThan(20);
});

test('[inv-50] nothing is suspended without a notice, and a full runway after the first; nor terminated without a final one', () => {
  each((play) => {
    const at = (type: DunningEffect['type'], template = '') => play.effects.findIndex((effect) => effect.type === type && (effect.type !== 'notice' || effect.template === template));
    const [suspend, terminate, first, final] = [at('suspend'), at('terminate'), at('notice', 'paymentFailed'), at('notice', 'finalNotice')];
    expect(first).toBeGreaterThanOrEqual(0);
    if (suspend >= 0) {
      expect(first).toBeLessThan(suspend);
      expect(Date.parse(play.effects[suspend]!.dueAt) - Date.parse(play.effects[first]!.dueAt)).toBeGreaterThanOrEqual(play.policy.runwayDays * DAY);
    }
    if (terminate >= 0) {
      expect(final).toBeGreaterThan(suspend);
      expect(final).toBeLessThan(terminate);
    }
  });
});
test('[inv-50] opened late, the runway counts from the notice that was put in the queue', () => {
  fc.assert(fc.property(zone, moment, fc.integer({ min: 0, max: 30 * DAY }), fc.integer({ min: 0, max: 7 }), (where, failedAt, late, runwayDays) => {
    const now = later(failedAt, late);
    const play = new Play({ zone: where, failedAt }, { runwayDays }, now).until(later(now, 60 * DAY));
    expect(play.effects.filter((effect) => effect.type === 'notice' && effect.template === 'reminder').every(({ dueAt }) => dueAt > now)).toBe(true);
    const [days, to] = [local(now, where).toPlainDate(), local(of(play, 'suspend')[0]!.dueAt, where).toPlainDate()];
    expect(days.until(to).days).toBeGreaterThan(runwayDays);
  }), { numRuns: 60 });
});

test('[inv-52] resumed once for a suspension, and only after full payment, an empty balance or a release', () => {
  each((play) => {
    const cuts = play.effects.filter(({ type }) => type === 'suspend' || type === 'resume').map(({ type }) => type);
    expect([[], ['suspend'], ['suspend', 'resume']]).toContainEqual(cuts);
    for (const { made, command, before } of heard(play)) {
      if (!made.effects.some(({ type }) => type === 'resume')) continue;
      expect(made.state.status).toBe('recovered');
      expect(before!.status).toBe('suspended');
      const left = command?.type === 'paid' ? sum(before!.owed) - command.amountMinor : command?.type === 'balanceRead' ? command.outstandingMinor : command?.type === 'release' ? 0 : Infinity;
      expect(left).toBeLessThanOrEqual(play.policy.toleranceMinor);
    }
    // A rest within the tolerance is never left open, and more is never closed.
    for (const { made } of heard(play)) if (made.state.status === 'suspended') expect(sum(made.state.owed)).toBeGreaterThan(play.policy.toleranceMinor);
  });
});

test('[inv-53] a hold or a promise moves what is still to come by at least its length, and never brings it nearer', () => {
  const pause = fc.oneof(fc.record({ held: fc.integer({ min: 0, max: 40 * DAY }) }), fc.record({ promised: fc.integer({ min: 0, max: 10 }) }));
  fc.assert(fc.property(zone, moment, fc.integer({ min: 0, max: 8 * DAY - 1 }), pause, (where, failedAt, first, how) => {
    const now = later(failedAt, first);
    const calm = new Play({ zone: where, failedAt }).until(now);
    const play = new Play({ zone: where, failedAt }).until(now);
    if (calm.state.asked || calm.state.status !== 'grace') return;
    let end: string;
    if ('held' in how) {
      play.say({ type: 'disputeOpened' }, now);
      play.say({ type: 'disputeLost' }, (end = later(now, how.held)));
    } else {
      const until = local(now, where).toPlainDate().add({ days: how.promised });
      play.say({ type: 'promised', until: until.toString() }, now);
      expect(play.state.wakeAt).toBe(new Date(until.add({ days: 1 }).toZonedDateTime(where).epochMilliseconds).toISOString());
      play.send({ type: 'tick' }, (end = play.state.wakeAt!));
    }
    const length = Date.parse(end) - Date.parse(now);
    const left = (one: Play): string[] => one.until(later(end, 60 * DAY)).effects.filter((effect) => effect.dueAt > now && (effect.type === 'charge' || effect.type === 'notice' && effect.template === 'reminder')).map(({ dueAt }) => dueAt);
    const [before, after] = [left(calm), left(play)];
    expect(after).toHaveLength(before.length);
    for (const [i, due] of before.entries()) expect(Date.parse(after[i]!) - Date.parse(due)).toBeGreaterThanOrEqual(length - HOUR);
    expect(of(play, 'suspend')[0]!.dueAt >= of(calm, 'suspend')[0]!.dueAt).toBe(true);
  }), { numRuns: 80 });
});

test('[inv-54] payments of one moment commute, and the last one to pay all recovers whatever came before', () => {
  const amounts = fc.array(fc.constantFrom(0, 1, 99, 4995, 7000, 2 ** 31), { minLength: 1, maxLength: 5 });
  fc.assert(fc.property(opening, amounts, fc.array(fc.nat(), { minLength: 5, maxLength: 5 }), (from, parts, keys) => {
    const total = sum(from.invoices);
    const paid = parts.filter((_one, i) => parts.slice(0, i + 1).reduce((all, one) => all + one, 0) < total);
    const last = total - paid.reduce((all, one) => all + one, 0);
    const now = later(from.failedAt!, HOUR);
    const pay = (order: readonly number[]): Play => {
      const play = new Play(from);
      for (const amountMinor of order) play.say({ type: 'paid', amountMinor }, now);
      return play;
    };
    const shuffled = paid.map((one, i) => ({ one, key: keys[i]! })).sort((a, b) => a.key - b.key).map(({ one }) => one);
    expect(pay(shuffled).state.owed).toEqual(pay(paid).state.owed);
    expect(sum(pay(shuffled).state.owed)).toBe(last);
    for (const order of [paid, shuffled]) expect(pay([...order, last]).events.filter(({ type }) => type === 'recovered').map(({ at }) => at)).toEqual([now]);
  }), { numRuns: 100 });
});

test('what is owed is what was billed and charged less what was paid, in whole minor units (inv-7, inv-44)', () => {
  each((play) => {
    let owed = 0;
    for (const { made, command } of heard(play)) {
      if (!command) owed = sum(made.state.owed);
      if (command?.type === 'paid') owed = Math.max(0, owed - command.amountMinor);
      if (made.state.status === 'recovered' && command?.type !== 'paid' && command?.type !== 'tick') owed = made.state.owed.length ? owed : 0;
      for (const effect of made.effects) if (effect.type === 'lateFee' || effect.type === 'reconnectionFee') owed += effect.amountMinor;
      expect(sum(made.state.owed)).toBe(owed);
      for (const { amountMinor } of made.state.owed) expect(Number.isSafeInteger(amountMinor) && amountMinor >= 0).toBe(true);
    }
  });
});

test('[inv-55] a late fee at most once per invoice and step, the greater of its two forms, on fees only when the policy says so', () => {
  let fees = 0;
  const feed = policy.map((one) => ({ ...one, steps: [...defaultDunningPolicy.steps.slice(0, 6), { day: 7, time: '09:30', does: 'lateFee' as const }, { day: 8, time: '10:00', does: 'suspend' as const }, { day: 20, time: '00:00', does: 'lateFee' as const }] }));
  fc.assert(fc.property(opening, feed, moves, (...story) => {
    const play = tell(...story);
    const all = of(play, 'lateFee');
    fees += all.length;
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    for (const { made, before } of heard(play)) {
      const owed = new Map<string, { own: number; fees: number }>();
      // A command may pay something first; then the fees are of what is left.
      const start = made.events.find(({ type }) => type === 'paid')?.set.owed ?? before?.owed ?? [];
      for (const one of start) {
        const entry = owed.get(one.of ?? one.id) ?? { own: 0, fees: 0 };
        entry[one.of ? 'fees' : 'own'] += one.amountMinor;
        owed.set(one.of ?? one.id, entry);
      }
      for (const effect of made.effects) {
        if (effect.type !== 'lateFee') continue;
        const entry = owed.get(effect.of)!;
        const base = BigInt(entry.own + (play.policy.lateFeeOnFees ? entry.fees : 0));
        expect(effect.amountMinor).toBe(Math.max(play.policy.lateFeeMinor, Number((base * BigInt(play.policy.lateFeePpm) * 2n + 1_000_000n) / 2_000_000n)));
        entry.fees += effect.amountMinor;
        expect(entry.own).toBeGreaterThan(0);
      }
    }
  }), { numRuns: 100 });
  expect(fees).toBeGreaterThan(10);
});

/** The diagram of section 5: where a status may lead. */
const leads: Record<DunningStatus, readonly DunningStatus[]> = {
  grace: ['grace', 'promised', 'arrangement', 'held', 'suspended', 'recovered'], promised: ['promised', 'grace', 'held', 'recovered', 'suspended'], arrangement: ['arrangement', 'grace', 'held', 'recovered'],
  held: ['held', 'grace', 'recovered'], suspended: ['suspended', 'recovered', 'terminated'], terminated: ['terminated', 'recovered', 'writtenOff'], recovered: [], writtenOff: [],
};
test('[inv-56] a case moves only as its diagram says, and a closed one does not move', () => {
  each((play) => {
    let state: DunningCase | undefined;
    for (const event of play.events) {
      const next = evolve(state, event);
      if (state) expect(event.type === 'scheduled' || leads[state.status].includes(next.status)).toBe(true);
      state = next;
    }
  });
});
test('[inv-56] whatever is said, it is a yes or a no, never an exception', () => {
  const odd = fc.anything({ maxDepth: 1, maxKeys: 3 });
  const words = fc.oneof(fc.string({ maxLength: 5 }), fc.constantFrom('\ud800', '__proto__', '4242424242424242', 'é 😀'));
  const command = fc.oneof(odd, fc.record({
    type: fc.constantFrom('paid', 'promised', 'arrangement', 'shield', 'balanceRead', 'methodAdded', 'chargeFailed', 'tick', 'open'), id: fc.oneof(words, fc.constant('x')), until: odd, amountMinor: fc.double(), instalments: odd, reason: words, check: words, outstandingMinor: fc.double(),
  }, { requiredKeys: ['type'] }));
  const states = [new Play(), new Play().until('2026-05-01T00:00:00.000Z'), new Play().until('2026-07-01T00:00:00.000Z')].map(({ state }) => state);
  fc.assert(fc.property(fc.constantFrom(...states), command, fc.oneof(fc.constant('2026-05-01T00:00:00Z'), odd), fc.oneof(fc.constant(defaultDunningPolicy), odd), (state, said, now, how) => {
    for (const answer of [decide(state, said as DunningCommand, now as string, how as DunningPolicy), open(said as never, now as string, how as DunningPolicy), open({ ...seedOpening, ...(said as object) }, now as string)]) {
      expect(['accepted', 'refused']).toContain(answer.type);
      if (answer.type === 'refused') expect(answer.code === 'badInput' || answer.code === 'badPolicy' ? typeof answer.path : 'string').toBe('string');
    }
  }), { numRuns: 300 });
});

test('[inv-57] it wants to be woken never or later than it was last looked at, and a tick before gives nothing', () => {
  each((play) => {
    for (const { made, now, command } of heard(play)) {
      const wake = wakeAt(made.state);
      if (wake === null) continue;
      if (command?.type === 'tick') expect(wake > new Date(now).toISOString()).toBe(true);
      const early = value(decide(made.state, { type: 'tick' }, later(wake, -1), play.policy));
      expect(early).toEqual({ state: made.state, events: [], effects: [] });
    }
  });
});

test('[inv-67] [inv-68] the events replayed from nothing make the state; all of it is plain JSON', () => {
  each((play) => {
    const replayed = play.events.reduce<DunningCase | undefined>(evolve, undefined);
    expect(replayed).toEqual(play.state);
    for (const { answer } of play.told) expect(JSON.parse(JSON.stringify(answer))).toStrictEqual(answer);
  }, 30);
});
