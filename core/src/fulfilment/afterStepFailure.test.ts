import fc from 'fast-check';
import { refuse } from '../kernel/decision.ts';
import type { VendorErrorKind } from '../kernel/vendorError.ts';
import { afterStepFailure } from './afterStepFailure.ts';
import { planFulfilment } from './planFulfilment.ts';
import type { VendorFailure } from './step.ts';

const plan = planFulfilment({ orderId: 'ord_1', services: [{ sku: 'FTTH150I', type: 'internet' }] });
const failure = (kind: VendorErrorKind, outcome: VendorFailure['outcome'] = 'notApplied'): VendorFailure => ({ kind, outcome, message: 'NetBox did not answer.', hint: 'Check that it is up.' });
const upTo = (key: string) => plan.steps.slice(0, plan.steps.findIndex((step) => step.key === key)).map((step) => step.key);

test('[S1-103] a declined card gives back the port, then the authorisation, in reverse', () => {
  const next = afterStepFailure({ plan, done: ['verifyPayment', 'holdPort'], failed: 'capturePayment', failure: refuse('declined', 'The card was declined.', { hint: 'Ask for another card.' }) });
  expect(next).toMatchObject({ type: 'undo', owner: 'finance', message: 'The card was declined.', hint: 'Ask for another card.', blocking: true });
  expect(next.steps.map(({ key, system }) => [key, system])).toEqual([['releasePort', 'availability'], ['cancelPayment', 'payments']]);
});

test('a refusal at the first step has nothing to take back', () => {
  expect(afterStepFailure({ plan, done: [], failed: 'verifyPayment', failure: refuse('amountMismatch', 'Not the amount.') })).toMatchObject({ type: 'undo', steps: [] });
});

test('[S0-91] what passes is repeated, later each time', () => {
  const at = (attempt: number) => afterStepFailure({ plan, done: upTo('allocateIp'), failed: 'allocateIp', failure: failure('unavailable'), attempt });
  expect([1, 2, 3].map((attempt) => [at(attempt).type, at(attempt).delayMs])).toEqual([['repeat', 500], ['repeat', 1000], ['repeat', 2000]]);
  expect(at(1).steps).toEqual([expect.objectContaining({ key: 'allocateIp', system: 'netbox' })]);
});

test('[S0-89] [S0-92] when attempts end after the money, the owner of the step is called and nothing is taken back', () => {
  expect(afterStepFailure({ plan, done: upTo('allocateIp'), failed: 'allocateIp', failure: failure('unavailable'), attempt: 4 })).toMatchObject({
    type: 'callPerson', owner: 'noc', blocking: true, message: 'NetBox did not answer.', because: expect.stringContaining('4 attempts'),
  });
});

test('[S0-88] each cause has its own way: lost answer, silent device, full pool, wrong key', () => {
  const kinds = (['timedOut', 'deviceSilent', 'exhausted', 'unauthorised'] as const).map((kind) =>
    afterStepFailure({ plan, done: upTo('provisionOnu'), failed: 'provisionOnu', failure: failure(kind, kind === 'timedOut' ? 'unknown' : 'notApplied') }).type);
  expect(kinds).toEqual(['observe', 'repeat', 'callPerson', 'callPerson']);
});

test('after a look: seen in place goes on, seen absent is repeated, not seen is taken back before the money', () => {
  const look = (observed: 'applied' | 'notApplied' | 'unknown') => afterStepFailure({ plan, done: ['verifyPayment'], failed: 'holdPort', failure: failure('timedOut', 'unknown'), observed });
  expect(look('applied')).toMatchObject({ type: 'goOn', steps: [] });
  expect(look('notApplied')).toMatchObject({ type: 'repeat', steps: [{ key: 'holdPort' }] });
  expect(look('unknown').steps.map(({ key }) => key)).toEqual(['releasePort', 'cancelPayment']);
});

test('when nobody knows whether money was taken, a person is called and the port stays held', () => {
  expect(afterStepFailure({ plan, done: ['verifyPayment', 'holdPort'], failed: 'capturePayment', failure: failure('timedOut', 'unknown'), observed: 'unknown' }))
    .toMatchObject({ type: 'callPerson', owner: 'finance', blocking: true });
});

test('a gate that is not yet open is asked again, then dispatch is called; another no calls at once', () => {
  const gate = (code: string, attempt: number) => afterStepFailure({ plan, done: upTo('gate'), failed: 'gate', failure: refuse(code, 'No light.'), attempt });
  expect(gate('notYetLive', 1).type).toBe('repeat');
  expect(gate('notYetLive', 4)).toMatchObject({ type: 'callPerson', owner: 'dispatch' });
  expect(gate('badInput', 1).type).toBe('callPerson');
});

test('a message that does not leave is shown to a person and does not stop the order', () => {
  expect(afterStepFailure({ plan, done: upTo('smsOrderConfirmed'), failed: 'smsOrderConfirmed', failure: failure('rejectedInput') })).toMatchObject({ type: 'callPerson', blocking: false });
});

test('a failure nobody classified is looked at first', () => {
  expect(afterStepFailure({ plan, done: [], failed: 'holdPort', failure: { message: 'boom' } as never }).type).toBe('observe');
});

test('an unknown step is a mistake of the caller', () => {
  expect(() => afterStepFailure({ plan, done: [], failed: 'fly', failure: failure('conflict') })).toThrow(RangeError);
});

test('always one answer with an owner; undo only before the money, in reverse, and only of what is done', () => {
  const any = fc.record({
    failed: fc.constantFrom(...plan.steps.map(({ key }) => key)),
    kind: fc.constantFrom<VendorErrorKind>('unauthorised', 'notFound', 'conflict', 'exhausted', 'rejectedInput', 'rateLimited', 'unavailable', 'timedOut', 'unexpectedReply', 'deviceSilent'),
    outcome: fc.constantFrom<VendorFailure['outcome']>('applied', 'notApplied', 'unknown'),
    attempt: fc.integer({ min: 1, max: 9 }),
    observed: fc.option(fc.constantFrom<'applied' | 'notApplied' | 'unknown'>('applied', 'notApplied', 'unknown'), { nil: undefined }),
  });
  fc.assert(fc.property(any, ({ failed, kind, outcome, attempt, observed }) => {
    const step = plan.steps.find(({ key }) => key === failed)!;
    const next = afterStepFailure({ plan, done: upTo(failed), failed, failure: failure(kind, outcome), attempt, ...(observed && { observed }) });
    expect(next.owner).toBe(step.owner);
    expect(next.because).not.toBe('');
    if (outcome === 'unknown' && !observed) expect(next.type).toBe('observe');
    if (next.type === 'repeat') expect(attempt).toBeLessThan(step.maxAttempts);
    if (next.type === 'undo') {
      expect(step.point).toBe('beforeMoney');
      const order = next.steps.map((one) => plan.steps.findIndex(({ key }) => key === one.step));
      expect(order).toEqual([...order].sort((a, b) => b - a));
    }
  }));
});
