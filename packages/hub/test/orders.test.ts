import { testHub, type TestHub } from './hub.ts';

let hub: TestHub;
beforeAll(async () => { hub = await testHub(); }, 60_000);
afterAll(async () => hub.close());
const order = { customer: { name: 'Marie Tremblay', email: 'marie@example.ca' }, services: [{ sku: 'FTTH150I', qty: 1 }] };

test('[S1-103] an order is new once; then resumed until it is closed, whatever the order of its keys', async () => {
  expect(await hub.client.orders.open('o1', { order })).toEqual({ type: 'opened', state: 'new', orderId: 'o1', status: 'acknowledged', order });
  const turned = { services: [{ qty: 1, sku: 'FTTH150I' }], customer: { email: 'marie@example.ca', name: 'Marie Tremblay' } };
  expect(await hub.client.orders.open('o1', { order: turned })).toMatchObject({ state: 'resumed', status: 'acknowledged' });
  await hub.client.orders.record('o1', { step: 'first_invoice', system: 'erpnext', outcome: 'done', status: 'completed' });
  expect(await hub.client.orders.open('o1', { order })).toMatchObject({ state: 'closed', status: 'completed' });
  expect(await hub.client.events.list({ stream: 'order-o1' })).toHaveLength(2);
});

test('[S1-103] opened twenty times at once it is new exactly once', async () => {
  const results = await Promise.all(Array.from({ length: 20 }, () => hub.client.orders.open('o2', { order })));
  expect(results.filter((one) => one.type === 'opened' && one.state === 'new')).toHaveLength(1);
  expect(await hub.client.events.list({ stream: 'order-o2' })).toHaveLength(1);
});

test('the same id with other content is refused and changes nothing', async () => {
  await hub.client.orders.open('o3', { order });
  const reply = await hub.ask('POST', '/v1/orders/o3/open', { body: { order: { ...order, services: [] } } });
  expect([reply.status, reply.body]).toMatchObject([409, { type: 'refused', code: 'orderConflict', path: 'order' }]);
  expect((await hub.client.orders.get('o3')).order).toEqual(order);
});

test('[S1-103] steps are noted once each; a second try after a failure is a second line', async () => {
  await hub.client.orders.open('o4', { order });
  const note = (outcome: 'intended' | 'done' | 'failed' | 'undone', readBack?: object) => hub.client.orders.record('o4', { step: 'customer', system: 'erpnext', outcome, ...(readBack ? { readBack: readBack as never } : {}) });
  for (const outcome of ['intended', 'intended', 'failed', 'intended'] as const) await note(outcome);
  await note('done', { name: 'CUST-0001' });
  await note('done', { name: 'CUST-0001' });
  const view = await hub.client.orders.get('o4');
  expect(view.status).toBe('inProgress');
  expect(view.timeline.map(({ step, system, outcome }) => `${step} ${system} ${outcome}`)).toEqual(['customer erpnext intended', 'customer erpnext failed', 'customer erpnext intended', 'customer erpnext done']);
  expect(view.timeline.at(-1)).toMatchObject({ readBack: { name: 'CUST-0001' }, at: hub.clock.now() });
});

test('[S1-103] fallout has an owner, is told to the world once, and is resolved when its step is done', async () => {
  await hub.client.orders.open('o5', { order });
  const fallout = { step: 'release_port', owner: 'noc', message: 'The port could not be released.', hint: 'Release drop 12 by hand.' };
  const first = await hub.client.orders.fallout('o5', fallout);
  expect(first).toMatchObject({ owner: 'noc', resolvedAt: null });
  expect(await hub.client.orders.fallout('o5', fallout)).toEqual(first);
  expect((await hub.client.events.list({ types: 'order.fallout', stream: 'order-o5' })).map(({ data }) => data)).toEqual([expect.objectContaining({ orderId: 'o5', owner: 'noc', step: 'release_port' })]);
  await hub.client.orders.record('o5', { step: 'release_port', system: 'hub', outcome: 'done' });
  expect((await hub.client.orders.get('o5')).fallout[0]!.resolvedAt).toBe(hub.clock.now());
  // It falls out again after the same step was done with the same finding: told once more, it is resolved once more.
  expect((await hub.client.orders.fallout('o5', fallout)).id).not.toBe(first.id);
  await hub.client.orders.record('o5', { step: 'release_port', system: 'hub', outcome: 'done' });
  expect((await hub.client.orders.get('o5')).fallout.filter((one) => one.resolvedAt === null)).toEqual([]);
});

test('what is said of an order nobody opened is not kept', async () => {
  await expect(hub.client.orders.get('o99')).rejects.toMatchObject({ kind: 'notFound' });
  await expect(hub.client.orders.record('o99', { step: 'x', system: 'y', outcome: 'done' })).rejects.toMatchObject({ kind: 'notFound' });
  expect(await hub.client.events.list({ stream: 'order-o99' })).toEqual([]);
});

test('the log that subscribers read carries no customer', async () => {
  await hub.client.orders.open('o6', { order });
  expect(JSON.stringify(await hub.client.events.list({ limit: 1000 }))).not.toMatch(/Marie|example\.ca/);
});
