import fc from 'fast-check';
import { schemaComplaint } from '../kernel/schema.ts';
import { accessUnder, addLock, defaultLockPolicy, lockPolicySchema, lockReasons, removeLock, serviceOn, type Lock, type LockReason } from './locks.ts';
import { value } from './play.testkit.ts';

const since = '2026-04-09T14:00:00.000Z';
const lock = (reason: LockReason): Lock => ({ reason, since, by: 'dunning' });
const held = lockReasons.map(lock);

test('[S0-11] payment lifts nonpayment and leaves a voluntary pause as it is (decision 33)', () => {
  const locks = value(addLock(value(addLock([], lock('voluntary'))), lock('nonpayment')));
  const left = value(removeLock(locks, 'nonpayment', 'payment'));
  expect(left).toEqual([lock('voluntary')]);
  expect(serviceOn('active', left)).toBe(false);
  expect(serviceOn('active', value(removeLock(left, 'voluntary', 'customer')))).toBe(true);
});

test.each([['voluntary', 'payment'], ['fraud', 'payment'], ['fraud', 'customer'], ['admin', 'customer'], ['regulatory', 'admin'], ['nonpayment', 'customer']] as const)('%s is not lifted by %s', (reason, by) => {
  expect(removeLock(held, reason, by)).toMatchObject({ type: 'refused', code: 'mayNotLift', path: 'by' });
});

test('one lock per reason: the first one stays, and the same list comes back', () => {
  const locks = [lock('fraud')];
  expect(value(addLock(locks, { ...lock('fraud'), since: '2026-05-01T00:00:00Z', by: 'other' }))).toBe(locks);
  expect(value(removeLock(locks, 'voluntary', 'customer'))).toBe(locks);
});

test.each([
  [{ ...lock('fraud'), reason: 'weather' }, 'reason'], [{ ...lock('fraud'), reason: 'constructor' }, 'reason'], [{ ...lock('fraud'), since: '2026-02-30T00:00:00Z' }, 'since'],
  [{ ...lock('fraud'), since: 5 }, 'since'], [{ ...lock('fraud'), by: '' }, 'by'], [null, 'since'],
])('%j is refused at %s', (bad, path) => {
  expect(addLock([], bad as Lock)).toMatchObject({ type: 'refused', code: 'badInput', path });
});

test('an unknown reason is refused when it is taken away, too', () => {
  for (const reason of ['weather', 'toString', '__proto__']) expect(removeLock(held, reason as LockReason, 'admin')).toMatchObject({ code: 'badInput', path: 'reason' });
});

test('who may lift is policy', () => {
  const policy = { ...defaultLockPolicy, version: 'mine/1', reasons: { ...defaultLockPolicy.reasons, fraud: { ...defaultLockPolicy.reasons.fraud, lift: ['admin'] } } };
  expect(removeLock(held, 'fraud', 'admin', policy)).toMatchObject({ type: 'accepted', because: ['fraud lifted by admin (mine/1)'] });
});

test('a lock policy has a rule for every reason', () => {
  expect(schemaComplaint(lockPolicySchema, defaultLockPolicy)).toBeNull();
  expect(schemaComplaint(lockPolicySchema, { ...defaultLockPolicy, reasons: { ...defaultLockPolicy.reasons, fraud: undefined } })).toMatchObject({ path: 'reasons.fraud' });
  expect(schemaComplaint(lockPolicySchema, { ...defaultLockPolicy, reasons: { ...defaultLockPolicy.reasons, fraud: { ...defaultLockPolicy.reasons.fraud, lift: [] } } })).toMatchObject({ path: 'reasons.fraud.lift' });
});

test('nonpayment leaves the walled garden and 911; fraud rejects, whatever else holds (decision 45)', () => {
  expect(accessUnder([lock('nonpayment')])).toMatchObject({ access: 'walledGarden', keeps: ['911'] });
  expect(accessUnder([lock('nonpayment'), lock('fraud')])).toMatchObject({ access: 'reject', keeps: ['911'] });
  expect(accessUnder([])).toEqual({ access: 'open', keeps: [] });
});

test('[inv-51] service is on exactly when no lock is left and the status has service; taking one lock away never takes another', () => {
  const status = fc.constantFrom('pending', 'trialing', 'active', 'cancelling', 'ended', 'abandoned', '');
  const step = fc.record({ add: fc.boolean(), reason: fc.constantFrom(...lockReasons), by: fc.constantFrom('payment', 'customer', 'admin', 'fraudDesk', 'regulator') });
  fc.assert(fc.property(status, fc.array(step, { maxLength: 20 }), (now, steps) => {
    let locks: readonly Lock[] = [];
    const model = new Set<string>();
    for (const { add, reason, by } of steps) {
      const answer = add ? addLock(locks, { reason, since, by }) : removeLock(locks, reason, by);
      const may = add || defaultLockPolicy.reasons[reason].lift.includes(by);
      expect(answer.type).toBe(may ? 'accepted' : 'refused');
      if (answer.type === 'accepted') locks = answer.value;
      if (may) model[add ? 'add' : 'delete'](reason);
      expect(locks.map((one) => one.reason).sort()).toEqual([...model].sort());
      expect(serviceOn(now, locks)).toBe(model.size === 0 && /^(trialing|active|cancelling)$/.test(now));
    }
  }), { numRuns: 300 });
});
