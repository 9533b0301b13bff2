import fc from 'fast-check';
import { planFulfilment } from './planFulfilment.ts';
import { decide, initial, wakeAt } from './saga.ts';
import type { SagaCommand, SagaOutcome, SagaState } from './sagaState.ts';
import { simulate, type Mishap, type Run, type Script } from './simulate.testkit.ts';

const plan = planFulfilment({ orderId: 'ord_1', services: [{ sku: 'FTTH150I', type: 'internet' }] });
const now = '2026-04-03T14:00:00.000Z';
const take = (state: SagaState, command: SagaCommand, at = now): SagaOutcome => {
  const answer = decide(state, command, at);
  if (answer.type === 'refused') throw new Error(answer.code);
  return answer.value;
};
const calls = (run: Run) => run.effects.flatMap((effect) => (effect.type === 'callPerson' ? [effect] : []));
const undoable = (step: string) => plan.steps.find(({ key }) => key === step)!.undo !== undefined;

/** The promise: live, cleanly undone, or in fallout with an owner who is told what still stands. */
function promise(run: Run): void {
  expect(run.doubled).toEqual([]);
  const left = [...run.stands].filter(undoable);
  if (run.state.status === 'live') for (const step of plan.steps) { if (step.required) expect(run.stands.has(step.key)).toBe(true); }
  else if (run.state.status === 'undone') expect(left).toEqual([]);
  else {
    expect(run.state.status).toBe('fallout');
    expect(calls(run).some(({ blocking, owner }) => blocking && owner)).toBe(true);
    // Nothing stands that the saga does not know of.
    for (const step of left) expect(run.state.steps[step]!.inPlace).not.toBe('no');
  }
  // Whatever is neither done nor undone has been handed to somebody.
  for (const step of plan.steps) {
    const tried = run.state.steps[step.key]!.total.do > 0;
    if (run.state.direction === 'forward' && tried && run.state.steps[step.key]!.inPlace !== 'yes') expect(calls(run).map((call) => call.step)).toContain(step.key);
  }
  expect(new Set(run.effects.map(({ id }) => id)).size).toBe(run.effects.length);
}

test('a good day: every step once, in order, then live', () => {
  const run = simulate(plan, {});
  expect(run.state.status).toBe('live');
  expect(run.effects.map((effect) => effect.type)).toEqual(plan.steps.map(() => 'do'));
  expect(run.effects.map((effect) => ('step' in effect ? effect.step : ''))).toEqual(plan.steps.map(({ key }) => key));
  expect(wakeAt(run.state)).toBeNull();
  promise(run);
});

test('[S0-100] the subscriber is created with what the address step answered', () => {
  const effect = simulate(plan, {}).effects.find((one) => one.type === 'do' && one.step === 'createSubscriber')!;
  expect(effect).toMatchObject({ given: { allocateIp: { seen: 'allocateIp' } }, idempotencyKey: 'ord_1:createSubscriber', system: 'radius' });
});

test('[S1-103] a declined capture releases the port and the authorisation, and nobody needs to be called', () => {
  const run = simulate(plan, { capturePayment: { do: ['refused'] } });
  expect(run.state.status).toBe('undone');
  expect(run.undone).toEqual(['holdPort', 'verifyPayment']);
  expect(calls(run)).toEqual([]);
});

test('[S0-91] [S0-92] after the money it is tried again, later each time, then a person is called; the rest that can go on goes on', () => {
  const run = simulate(plan, { allocateIp: { do: ['unavailable', 'unavailable', 'unavailable', 'unavailable'] } });
  expect(run.state.status).toBe('fallout');
  expect(run.effects.filter((one) => one.type === 'do' && one.step === 'allocateIp')).toHaveLength(4);
  const waits = run.events.flatMap((event) => (event.type === 'postponed' ? [Date.parse(event.until)] : []));
  expect(waits.map((at, index) => at - (index === 0 ? Date.parse(now) : waits[index - 1]!))).toEqual([500, 1000, 2000]);
  expect(calls(run)).toEqual([expect.objectContaining({ id: 'ord_1:fallout:allocateIp:1', owner: 'noc', step: 'allocateIp', blocking: true, hint: 'Wait.' })]);
  expect(run.undone).toEqual([]);
  expect(run.stands.has('emailOrderConfirmed')).toBe(true);
  expect(run.stands.has('createSubscriber')).toBe(false);
});

test('a lost answer is looked for, never repeated blindly', () => {
  const after = simulate(plan, { capturePayment: { do: ['timedOutAfter'] } });
  expect(after.effects.filter((one) => one.type !== 'callPerson' && one.step === 'capturePayment').map(({ type }) => type)).toEqual(['do', 'observe']);
  expect(after.state.status).toBe('live');
  const before = simulate(plan, { capturePayment: { do: ['timedOutBefore'] } });
  expect(before.effects.filter((one) => one.type !== 'callPerson' && one.step === 'capturePayment').map(({ type }) => type)).toEqual(['do', 'observe', 'do']);
  expect(before.doubled).toEqual([]);
});

test('a call whose caller died is found again by the clock', () => {
  const run = simulate(plan, { provisionOnu: { do: ['muteAfter'] }, createCustomer: { do: ['muteBefore'] } });
  expect(run.state.status).toBe('live');
  promise(run);
});

test('when nobody can see whether the card was charged, finance is called and the port stays held', () => {
  const run = simulate(plan, { capturePayment: { do: ['timedOutAfter'], observe: ['unavailable', 'unavailable', 'unavailable'] } });
  expect(run.state.status).toBe('fallout');
  expect(calls(run)).toEqual([expect.objectContaining({ owner: 'finance', holding: ['verifyPayment', 'holdPort', 'capturePayment'] })]);
  expect(run.stands.has('holdPort')).toBe(true);
  expect(run.undone).toEqual([]);
});

test('an undo that fails is a fallout with an owner; the other undos still run', () => {
  const run = simulate(plan, { capturePayment: { do: ['refused'] }, holdPort: { undo: ['refused'] } });
  expect(run.state.status).toBe('fallout');
  expect(calls(run)).toEqual([expect.objectContaining({ step: 'holdPort', about: 'undo', owner: 'noc', blocking: true, because: expect.stringContaining('releasePort failed') })]);
  expect(run.undone).toEqual(['verifyPayment']);
});

test('[S0-88] a reply nobody expected is not asked for again: taken back before the money, handed to a person after it', () => {
  const dos = (run: Run, step: string) => run.effects.filter((one) => one.type === 'do' && one.step === step).length;
  const before = simulate(plan, { holdPort: { do: ['strange', 'strange'] } });
  expect([before.state.status, dos(before, 'holdPort')]).toEqual(['undone', 1]);
  const after = simulate(plan, { allocateIp: { do: ['strange', 'strange'] } });
  expect([after.state.status, dos(after, 'allocateIp')]).toEqual(['fallout', 1]);
  expect(calls(after)).toEqual([expect.objectContaining({ step: 'allocateIp', owner: 'noc', because: expect.stringContaining('unexpectedReply does not pass') })]);
});

test('a repair is looked at before it is believed, and the order goes on', () => {
  const fell = simulate(plan, { provisionOnu: { do: ['refused'] } });
  expect(fell.state.status).toBe('fallout');
  const claimed = simulate(plan, {}, { from: fell.state, stands: new Set(fell.stands), first: { type: 'personRepaired', step: 'provisionOnu', by: 'Ana' } });
  expect(claimed.effects.slice(0, 2).map((effect) => effect.type)).toEqual(['observe', 'do']);
  expect(claimed.state.status).toBe('live');
  const really = simulate(plan, {}, { from: fell.state, stands: new Set([...fell.stands, 'provisionOnu']), first: { type: 'personRepaired', step: 'provisionOnu', by: 'Ana' } });
  expect(really.effects[1]).toMatchObject({ type: 'do', step: 'applyProfile' });
  expect([...claimed.doubled, ...really.doubled]).toEqual([]);
});

test('[S1-098] a cancelled order is taken back whole, in reverse, money included', () => {
  const live = simulate(plan, {});
  const back = simulate(plan, {}, { from: live.state, stands: live.stands, first: { type: 'cancel', because: 'the customer changed their mind' } });
  expect(back.state.status).toBe('undone');
  expect(back.undone).toEqual(plan.steps.filter(({ undo }) => undo).map(({ key }) => key).reverse());
  promise(back);
});

test('a late success after everything was taken back is taken back too', () => {
  const run = simulate(plan, { holdPort: { do: ['timedOutBefore', 'refused'] } });
  expect(run.state.status).toBe('undone');
  const late = simulate(plan, {}, { from: run.state, stands: new Set(['holdPort']), first: { type: 'stepSucceeded', step: 'holdPort' } });
  expect(late.state.status).toBe('undone');
  expect(late.undone).toEqual(['holdPort']);
});

test('doubled and misplaced words are refused and change nothing', () => {
  const begun = take(initial(plan), { type: 'tick' }).state;
  const done = take(begun, { type: 'stepSucceeded', step: 'verifyPayment' }).state;
  for (const [command, code] of [
    [{ type: 'stepSucceeded', step: 'verifyPayment' }, 'notExpected'], [{ type: 'stepSucceeded', step: 'gate' }, 'notExpected'], [{ type: 'undoSucceeded', step: 'holdPort' }, 'notExpected'],
    [{ type: 'stepObserved', step: 'holdPort', observed: 'applied' }, 'notExpected'], [{ type: 'stepSucceeded', step: 'fly' }, 'unknownStep'], [{ type: 'personRepaired', step: 'gate', by: 'Ana' }, 'notExpected'],
    [{ type: 'stepFailed', step: 'holdPort', attempt: 7, failure: { kind: 'conflict', outcome: 'notApplied', message: '', hint: '' } }, 'stale'],
  ] as const) expect(decide(done, command, now)).toMatchObject({ type: 'refused', code });
  expect(take(done, { type: 'tick' })).toMatchObject({ state: done, events: [], effects: [] });
});

test('wakeAt: at once before the start, then when patience ends, then never', () => {
  expect(wakeAt(initial(plan))).toBe('1970-01-01T00:00:00.000Z');
  expect(wakeAt(take(initial(plan), { type: 'tick' }).state)).toBe('2026-04-03T14:05:00.000Z');
});

const mishaps: readonly Mishap[] = ['refused', 'unavailable', 'strange', 'timedOutBefore', 'timedOutAfter', 'muteBefore', 'muteAfter'];

test('[S1-103] [S0-89] [S0-92] each step × each mishap, once and for ever, with a working and a failing undo, keeps the promise', () => {
  for (const { key } of plan.steps) {
    for (const mishap of mishaps) {
      for (const times of [1, 12]) {
        for (const undo of [[], Array.from({ length: 12 }, () => 'unavailable' as const)]) {
          const script: Script = Object.fromEntries(plan.steps.map((step) => [step.key, { undo, ...(step.key === key && { do: Array.from({ length: times }, () => mishap) }) }]));
          promise(simulate(plan, script));
        }
      }
    }
  }
});

const trouble = fc.array(fc.constantFrom<Mishap | 'ok'>('ok', ...mishaps), { maxLength: 6 });
const anyScript: fc.Arbitrary<Script> = fc.dictionary(fc.constantFrom(...plan.steps.map(({ key }) => key)), fc.record({ do: trouble, undo: trouble, observe: trouble }), { maxKeys: 5 });

test('any mixture of mishaps in doing, looking and undoing keeps the promise', () => {
  fc.assert(fc.property(anyScript, (script) => promise(simulate(plan, script))), { numRuns: 150 });
});

test('any mixture of mishaps, then a cancellation in the middle, keeps the promise', () => {
  fc.assert(fc.property(anyScript, anyScript, (script, onTheWayBack) => {
    const run = simulate(plan, script);
    if (run.state.direction === 'backward') return;
    const back = simulate(plan, onTheWayBack, { from: run.state, stands: run.stands, first: { type: 'cancel', because: 'cancelled' } });
    expect(['undone', 'fallout']).toContain(back.state.status);
    promise(back);
  }), { numRuns: 150 });
});

const word: fc.Arbitrary<SagaCommand> = fc.oneof(
  fc.constant<SagaCommand>({ type: 'tick' }),
  fc.record({ type: fc.constantFrom('stepSucceeded', 'undoSucceeded'), step: fc.constantFrom(...plan.steps.slice(0, 6).map(({ key }) => key)) }) as fc.Arbitrary<SagaCommand>,
  fc.record({ type: fc.constant('stepObserved'), step: fc.constantFrom(...plan.steps.slice(0, 6).map(({ key }) => key)), observed: fc.constantFrom('applied', 'notApplied') }) as fc.Arbitrary<SagaCommand>,
  fc.record({
    type: fc.constantFrom('stepFailed', 'undoFailed'), step: fc.constantFrom(...plan.steps.slice(0, 6).map(({ key }) => key)),
    failure: fc.record({ kind: fc.constantFrom('timedOut', 'conflict', 'unavailable', 'notFound'), outcome: fc.constantFrom('unknown', 'notApplied', 'applied'), message: fc.constant('m'), hint: fc.constant('h') }),
  }) as fc.Arbitrary<SagaCommand>,
  fc.record({ type: fc.constant('personRepaired'), step: fc.constantFrom(...plan.steps.slice(0, 6).map(({ key }) => key)), by: fc.constant('Ana') }) as fc.Arbitrary<SagaCommand>,
  fc.constant<SagaCommand>({ type: 'cancel', because: 'cancelled' }),
);

test('replaying any history never throws, never does a done step again, and gives the same state and effects', () => {
  fc.assert(fc.property(fc.array(fc.tuple(word, fc.integer({ min: 0, max: 400_000 })), { maxLength: 60 }), (history) => {
    const play = () => {
      let state = initial(plan);
      let at = Date.parse(now);
      const effects: unknown[] = [];
      for (const [command, ms] of [[{ type: 'tick' }, 0] as const, ...history]) {
        at += ms;
        const answer = decide(state, command, new Date(at).toISOString());
        if (answer.type === 'refused') continue;
        for (const effect of answer.value.effects) if (effect.type === 'do') expect(state.steps[effect.step]!.inPlace).not.toBe('yes');
        state = answer.value.state;
        effects.push(...answer.value.effects);
        const wake = wakeAt(state);
        if (wake !== null) expect(Date.parse(wake)).toBeGreaterThan(at);
        expect(Object.values(state.steps).filter(({ activity }) => activity?.busy).length).toBeLessThanOrEqual(1);
      }
      return { state, effects };
    };
    const first = play();
    expect(play()).toEqual(first);
    expect(JSON.parse(JSON.stringify(first))).toEqual(first);
  }), { numRuns: 150 });
});

test('[inv-59] [inv-60] [inv-61] [inv-62] [inv-63] [inv-64] [inv-65] order of steps, undo in reverse and once, one end, patience, nothing doubled, no port left behind', () => {
  const place = new Map(plan.steps.map(({ key }, i) => [key, i]));
  fc.assert(fc.property(anyScript, (script) => {
    const run = simulate(plan, script);
    const placed = new Set<string>();
    for (const event of run.events) {
      // A step begins only after all it needs stand.
      if (event.type === 'begun' && event.act === 'do') for (const need of plan.steps.find(({ key }) => key === event.step)!.needs) expect(placed.has(need)).toBe(true);
      if (event.type === 'placed') placed.add(event.step);
    }
    // Undone: only what stood or may have stood, each once, in reverse.
    expect(new Set(run.undone).size).toBe(run.undone.length);
    for (const step of run.undone) expect(run.effects.some((effect) => effect.type === 'do' && effect.step === step)).toBe(true);
    const begunUndo = run.events.flatMap((event) => (event.type === 'begun' && event.act === 'undo' ? [place.get(event.step)!] : []));
    const first = [...new Set(begunUndo)];
    expect(first).toEqual([...first].sort((a, b) => b - a));
    // One end; live means nothing was taken back.
    expect(run.events.filter(({ type }) => type === 'ended').length).toBeGreaterThanOrEqual(1);
    expect(['live', 'undone', 'fallout']).toContain(run.state.status);
    if (run.state.status === 'live') expect(run.undone).toEqual([]);
    // Patience is counted, and grows.
    const waits = new Map<string, number[]>();
    let began = 0;
    for (const event of run.events) {
      if (event.type === 'begun') began = Date.parse(event.until);
      if (event.type === 'postponed' && event.act === 'do') waits.set(event.step, [...(waits.get(event.step) ?? []), Date.parse(event.until)]);
    }
    expect(began).toBeGreaterThan(0);
    for (const [, until] of waits) expect(until).toEqual([...until].sort((a, b) => a - b));
    for (const { key, maxAttempts } of plan.steps) {
      const tries = run.effects.filter((effect) => effect.type === 'do' && effect.step === key).length;
      // A look that finds nothing after a lost answer is not the fault of the step; it may be asked once more for each.
      const looks = run.effects.filter((effect) => effect.type === 'observe' && effect.step === key).length;
      expect(tries).toBeLessThanOrEqual(maxAttempts + looks);
    }
    // A late success never leaves two of a thing, and whoever is undone holds no port.
    expect(run.doubled).toEqual([]);
    if (run.state.status === 'undone') expect(run.stands.has('holdPort')).toBe(false);
    // The same mishaps, whatever the order in which the script names them, leave the same things standing.
    const turned = Object.fromEntries(Object.entries(script).reverse());
    expect([...simulate(plan, turned).stands].sort()).toEqual([...run.stands].sort());
  }), { numRuns: 150 });
});
