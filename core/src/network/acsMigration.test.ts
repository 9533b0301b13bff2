import fc from 'fast-check';
import { countsAs, decide, initial, wakeAt } from './acsMigration.ts';
import { acsFacts, acsPlan, acsStart, simulate, type Mishap, type Options, type Run, type Script } from './acsMigration.testkit.ts';
import type { AcsAct, AcsMigration, AcsMigrationCommand, AcsMigrationOutcome } from './acsMigrationState.ts';

const NEW = acsPlan.target.url;
const OLD = acsFacts.url!;
const acts = (run: Run): readonly string[] => run.effects.map(({ type }) => type);
const calls = (run: Run) => run.effects.flatMap((effect) => (effect.type === 'callPerson' ? [effect.code] : []));
const went = (run: Run): readonly string[] => run.events.map(({ type }) => type).filter((type) => !['begun', 'postponed', 'admitted', 'written'].includes(type));
const switches = (run: Run) => run.applied.filter(({ url }) => url === NEW);
const rollBack: AcsMigrationCommand = { type: 'rollBack', by: 'ana', because: 'trial' };
const take = (state: AcsMigration, command: AcsMigrationCommand, at = acsStart): AcsMigrationOutcome => {
  const answer = decide(state, command, at, acsPlan);
  if (answer.type === 'refused') throw new Error(answer.code);
  return answer.value;
};

test('[acs-42] a good day: settings, their read-back, the URL alone and last, seen, verified, archived after the soak', () => {
  const run = simulate({});
  expect(run.state).toMatchObject({ stage: 'archived', moved: 'yes', problem: null });
  expect(went(run)).toEqual(['passed', 'prepared', 'switched', 'seen', 'verified', 'archived']);
  expect(acts(run).filter((act) => act !== 'locate')).toEqual(['inspect', 'prepare', 'confirm', 'switch', 'verify', 'archive']);
  expect(run.effects[0]).toMatchObject({ id: 'm1:000E5E-HT803G%252DW-RCMG1:inspect:1', key: 'leadlight-acs:m1:inspect' });
  expect([run.applied, run.oldKnows]).toEqual([[{ url: NEW, interval: 240, username: 'oktopus', confirmed: true }], false]);
  const archived = run.events.find(({ type }) => type === 'archived')!;
  expect(Date.parse(archived.at) - Date.parse(run.state.seenAt!)).toBeGreaterThanOrEqual(168 * 3_600_000);
});

test('[acs-42] whoever died after the URL was set is followed by a look, not by a second switch', () => {
  for (const mishap of ['crashAfter', 'noAnswer'] as const) {
    const run = simulate({ switch: [mishap] });
    expect([run.state.stage, acts(run).filter((act) => act === 'switch').length, switches(run).length]).toEqual(['archived', 1, 1]);
  }
});

test('[acs-42] whoever died before the URL was sent: sent again only after old ACS and CPE both show the old URL', () => {
  const run = simulate({ switch: ['crashBefore'] });
  expect([run.state.stage, switches(run).length]).toEqual(['archived', 1]);
  expect(went(run)).toEqual(['passed', 'prepared', 'switched', 'notSwitched', 'prepared', 'switched', 'seen', 'verified', 'archived']);
  const again = run.events.findIndex(({ type }) => type === 'notSwitched');
  expect(run.events.slice(again).find(({ because }) => /^(confirm|switch) /.test(because))!.because).toBe('confirm 2');
  const never = simulate({ switch: ['crashBefore', 'crashBefore'] });
  expect([never.state.stage, calls(never), never.url, never.tagged]).toEqual(['failed', ['neverArrived'], OLD, false]);
});

test('[acs-42] a device that is switched and never appears is unseen, called bad, and taken back when the old ACS hears of it', () => {
  // It took the URL, cannot reach the new ACS, and is reset by somebody after a day: then the old ACS hears of it.
  const lost = simulate({}, { cpe: { mute: true }, policy: { giveUpHours: 5 } });
  expect([lost.state.stage, lost.state.problem?.code, countsAs(lost.state), calls(lost)]).toEqual(['failed', 'lost', 'bad', ['lost']]);
  expect(acts(lost)).not.toContain('switchBack');
  // The task waits while the device is off: it is taken back before it runs.
  const off = simulate({ switch: ['waiting'] }, { cpe: { alive: false } });
  expect(off.state.stage).toBe('failed');
  const asleep = simulate({}, { cpe: { alive: true, lateMs: 3_600_000 } });
  expect([asleep.state.stage, went(asleep).slice(3, 7)]).toEqual(['archived', ['unseen', 'cancelled', 'seen', 'verified']]);
});

test('a late arrival is asked back where the policy says so; and what waits when it is given up never runs', () => {
  const back = simulate({}, { cpe: { lateMs: 3_600_000 }, policy: { lateArrival: 'rollBack' } });
  expect([back.state.stage, back.url, back.tagged, switches(back).length]).toEqual(['rolledBack', OLD, false, 1]);
  expect(acts(back)).toContain('switchBack');
});

test('[acs-42] rolled back from wherever it is: only what may have been switched is switched back, and the old ACS must hear of it', () => {
  const seen = simulate({}, { also: { turn: 14, command: rollBack } });
  expect([seen.state.stage, seen.url, seen.tagged, countsAs(seen.state)]).toEqual(['rolledBack', OLD, false, 'back']);
  const early = simulate({ confirm: ['silent'] }, { also: { turn: 4, command: rollBack } });
  expect([early.state.stage, acts(early).filter((act) => /^switch/.test(act)), early.tagged]).toEqual(['rolledBack', [], false]);
  expect(decide(initial(acsFacts), rollBack, acsStart, acsPlan)).toMatchObject({ type: 'refused', code: 'nothingToRollBack' });
});

test('a device that refuses, keeps other settings or has another URL meanwhile is failed with a reason, and cleaned', () => {
  const refused = simulate({ switch: ['refused'] });
  expect([refused.state.stage, refused.state.problem?.code, refused.url, refused.tagged, calls(refused)]).toEqual(['failed', 'cwmp.9007', OLD, false, ['cwmp.9007']]);
  const silent = simulate({ confirm: Array<Mishap>(200).fill('silent') });
  expect([silent.state.stage, calls(silent), switches(silent)]).toEqual(['failed', ['deviceSilent'], []]);
});

test('an ACS that is away is waited for; nothing counts as unseen because looking failed', () => {
  const run = simulate({ locate: Array<Mishap>(40).fill('away'), inspect: ['away'], verify: ['away', 'away'] });
  expect([run.state.stage, run.state.wasUnseen, switches(run).length]).toEqual(['archived', false, 1]);
});

test('a halted run begins nothing; what is switched is followed; afterwards it goes on with a fresh look at the CPE', () => {
  const run = simulate({}, { haltedFrom: 4, haltedTo: 200 });
  expect(run.state.stage).toBe('archived');
  const followed = simulate({}, { haltedFrom: 8, policy: { archive: false } });
  expect(followed.state.stage).toBe('verified');
});

test('stale and doubled words are refused and change nothing; a requeued device goes to another wave', () => {
  const begun = take(initial(acsFacts), { type: 'begin', wave: 1 }).state;
  expect(decide(begun, { type: 'begin', wave: 2 }, acsStart, acsPlan)).toMatchObject({ type: 'refused', code: 'notExpected' });
  expect(decide(begun, { type: 'answered', attempt: 2, answer: { act: 'inspect', facts: acsFacts } }, acsStart, acsPlan)).toMatchObject({ type: 'refused', code: 'stale' });
  expect(decide(begun, { type: 'failed', act: 'switch', attempt: 1, failure: { kind: 'timedOut', outcome: 'unknown', message: '', hint: '' } }, acsStart, acsPlan)).toMatchObject({ type: 'refused', code: 'stale' });
  const blocked = take(begun, { type: 'answered', attempt: 1, answer: { act: 'inspect', facts: { ...acsFacts, openFaults: 2 } } }).state;
  expect([blocked.stage, blocked.problem?.code, wakeAt(blocked), countsAs(blocked)]).toEqual(['blocked', 'faults', null, 'blocked']);
  expect(take(blocked, { type: 'requeue', by: 'ana' }).state).toMatchObject({ stage: 'inventory', wave: null, problem: null });
  expect(decide(simulate({}, { policy: { archive: false } }).state, { type: 'requeue', by: 'ana' }, acsStart, acsPlan)).toMatchObject({ type: 'refused', code: 'notExpected' });
});

const ACTS: readonly AcsAct[] = ['inspect', 'prepare', 'confirm', 'switch', 'locate', 'verify', 'archive', 'cancel', 'switchBack', 'restore'];
const mishaps = fc.array(fc.constantFrom<Mishap | 'ok'>('ok', 'ok', 'away', 'silent', 'waiting', 'noAnswer', 'lostBefore', 'crashBefore', 'crashAfter', 'refused'), { maxLength: 4 });
const script = fc.record(Object.fromEntries(ACTS.map((act) => [act, mishaps])), { requiredKeys: [] }) as fc.Arbitrary<Script>;
const options: fc.Arbitrary<Options> = fc.record({
  cpe: fc.record({ mute: fc.boolean(), lateMs: fc.constantFrom(0, 0, 200_000, 3_600_000) }, { requiredKeys: [] }),
  policy: fc.record({ giveUpHours: fc.constantFrom(2, 12), lateArrival: fc.constantFrom('goOn', 'rollBack'), rollBackUnseen: fc.boolean(), archive: fc.boolean() }, { requiredKeys: ['giveUpHours'] }) as fc.Arbitrary<NonNullable<Options['policy']>>,
  also: fc.record({ turn: fc.integer({ min: 1, max: 40 }), command: fc.constantFrom<AcsMigrationCommand>(rollBack, { type: 'lost' }, { type: 'tick' }) }),
  haltedFrom: fc.integer({ min: 2, max: 30 }),
}, { requiredKeys: [] }).map((one) => (one.haltedFrom === undefined ? one : { ...one, haltedTo: one.haltedFrom + 25 })) as fc.Arbitrary<Options>;

test('[acs-42] laws, whatever fails and whoever dies: at most one URL, settings before it, only the switched switched back, an end with a reason', () => {
  fc.assert(fc.property(script, options, (how, around) => {
    const run = simulate(how, around);
    // Never a second switch that reaches the CPE.
    expect(switches(run).length).toBeLessThanOrEqual(1);
    for (const one of switches(run)) expect(one).toMatchObject({ interval: 240, username: 'oktopus', confirmed: true });
    // Nothing is switched back that was never switched.
    if (run.applied.some(({ url }) => url === OLD)) expect(switches(run)).toHaveLength(1);
    if (!acts(run).includes('switch')) expect(acts(run)).not.toContain('switchBack');
    expect(new Set(run.effects.map(({ id }) => id)).size).toBe(run.effects.length);
    const { stage, moved, problem } = run.state;
    if (stage === 'verified' || stage === 'archived') expect([run.url, moved]).toEqual([NEW, 'yes']);
    if (stage === 'rolledBack') expect([run.url, run.tagged, moved]).toEqual([OLD, false, 'no']);
    if (stage === 'failed') expect([calls(run).length > 0, problem?.hint]).toEqual([true, expect.stringMatching(/\S/)]);
    if (stage === 'failed' && moved === 'no') expect([run.url, run.tagged]).toEqual([OLD, false]);
    expect([run.ended, ['verified', 'archived', 'blocked', 'failed', 'rolledBack']]).toEqual([true, expect.arrayContaining([stage])]);
  }), { numRuns: 250 });
});

test('the same words at the same times give the same ids: a run that is replayed finds itself', () => {
  fc.assert(fc.property(script, (how) => {
    expect(simulate(how, { policy: { giveUpHours: 2 } }).effects.map(({ id }) => id)).toEqual(simulate(how, { policy: { giveUpHours: 2 } }).effects.map(({ id }) => id));
  }), { numRuns: 100 });
});
