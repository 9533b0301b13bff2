import fc from 'fast-check';
import { planFulfilment, type FulfilmentContext } from './planFulfilment.ts';

const order = { orderId: 'ord_1', services: [{ sku: 'FTTH150I', type: 'internet' as const }] };
const keys = (context: FulfilmentContext = {}) => planFulfilment(order, context).steps.map(({ key }) => key);
const before = (list: readonly string[], a: string, b: string) => {
  expect(list).toContain(a);
  expect(list).toContain(b);
  expect(list.indexOf(a)).toBeLessThan(list.indexOf(b));
};
const contexts = fc.record({
  access: fc.constantFrom('fibre', 'none'), payment: fc.constantFrom('card', 'invoice'), phase: fc.option(fc.constantFrom('order', 'installation'), { nil: undefined }),
}) as fc.Arbitrary<FulfilmentContext>;

test('[S1-097] the port is held before the money is taken, and confirmed after', () => {
  const list = keys();
  before(list, 'holdPort', 'capturePayment');
  before(list, 'capturePayment', 'confirmPort');
  const capture = planFulfilment(order).steps.find(({ key }) => key === 'capturePayment')!;
  expect(capture.needs).toContain('holdPort');
});

test('[S0-100] the address exists before the subscriber that carries it, the subscriber before the light, the light before the CPE', () => {
  const list = keys({ phase: 'installation' });
  for (const [a, b] of [['occupyPort', 'allocateIp'], ['allocateIp', 'createSubscriber'], ['createSubscriber', 'provisionOnu'], ['provisionOnu', 'applyProfile'], ['applyProfile', 'gate']] as const) {
    before(list, a, b);
    expect(planFulfilment(order).steps.find(({ key }) => key === b)!.needs).toContain(a);
  }
});

test('[S1-118] nothing is Active, billed or announced before the gate', () => {
  const { steps } = planFulfilment(order);
  const reaches = (key: string): readonly string[] => {
    const { needs } = steps.find((step) => step.key === key)!;
    return [...needs, ...needs.flatMap(reaches)];
  };
  for (const key of ['activateDocuments', 'firstInvoice', 'notifyActivated', 'announceActivated']) expect(reaches(key)).toContain('gate');
  expect(reaches('firstInvoice')).toContain('activateDocuments');
});

test('[S1-098] [S1-103] whatever holds something before the money can be taken back', () => {
  const free = planFulfilment(order).steps.filter(({ point }) => point === 'beforeMoney');
  expect(free.map(({ key, undo }) => [key, undo?.key])).toEqual([['verifyPayment', 'cancelPayment'], ['holdPort', 'releasePort'], ['capturePayment', 'refundPayment']]);
  expect(free.filter(({ takesMoney }) => takesMoney).map(({ key }) => key)).toEqual(['capturePayment']);
});

test('scarce and paid things of the installation can be taken back too', () => {
  const { steps } = planFulfilment(order, { phase: 'installation' });
  expect(steps.filter(({ undo }) => undo).map(({ key }) => key)).toEqual(['occupyPort', 'allocateIp', 'createSubscriber', 'provisionOnu', 'activateDocuments', 'firstInvoice']);
});

test('[S1-099] [S1-100] [S1-101] [S1-102] the four messages of a new order come last and never hold it back', () => {
  const messages = planFulfilment(order, { phase: 'order' }).steps.slice(-4);
  expect(messages.map(({ key }) => key)).toEqual(['smsOrderConfirmed', 'emailOrderConfirmed', 'announceNewOrder', 'chatNewInstallationJob']);
  expect(messages.every(({ required, undo }) => !required && !undo)).toBe(true);
});

test('[S1-151] telephone without a line has no port, address, subscriber or light', () => {
  const list = keys({ access: 'none' });
  for (const key of ['holdPort', 'confirmPort', 'occupyPort', 'allocateIp', 'createSubscriber', 'provisionOnu']) expect(list).not.toContain(key);
  for (const key of ['capturePayment', 'applyProfile', 'gate', 'firstInvoice']) expect(list).toContain(key);
});

test('billed later: no payment step, and the point of no return is the confirmed port', () => {
  const { steps } = planFulfilment(order, { payment: 'invoice' });
  expect(steps.some(({ system }) => system === 'payments')).toBe(false);
  expect(steps.filter(({ point }) => point === 'beforeMoney').map(({ key }) => key)).toEqual(['holdPort', 'confirmPort']);
});

test('an order without services is a mistake of the caller', () => {
  expect(() => planFulfilment({ orderId: 'ord_1', services: [] })).toThrow(RangeError);
});

test('in every variant each step comes after all it needs, keys are unique, and the plan is plain JSON', () => {
  fc.assert(fc.property(contexts, (context) => {
    const plan = planFulfilment(order, context);
    const seen = new Set<string>();
    for (const step of plan.steps) {
      for (const need of step.needs) expect(seen.has(need)).toBe(true);
      expect(seen.has(step.key)).toBe(false);
      seen.add(step.key);
      expect(['support', 'dispatch', 'noc', 'finance', 'sales']).toContain(step.owner);
    }
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
  }));
});
