import { LeadlightHub } from '../../../nodes/LeadlightHub/LeadlightHub.node.ts';
import { KEY, testHub, type TestHub } from '../../../packages/hub/test/hub.ts';
import { startStripe, type StripeSandbox } from '../../../packages/sandbox/src/stripe/index.ts';
import { World } from '../../../packages/sandbox/src/world.ts';
import { only, pick, run } from '../support/n8n.ts';

const hubNode = new LeadlightHub();
let stripe: StripeSandbox;
let hub: TestHub;
let credentials: Record<string, string>;
beforeAll(async () => {
  stripe = await startStripe(new World());
  hub = await testHub({ stripe: { secretKey: stripe.secretKey, webhookSecret: 'whsec_x', baseUrl: stripe.url } });
  credentials = { baseUrl: hub.url, apiKey: KEY };
}, 120_000);
afterAll(async () => {
  await stripe.close();
  await hub.close();
});
const of = { resource: 'payment', accountId: 'acc_1' };
const charge = (invoiceId: string) => only(hubNode, { ...of, operation: 'charge', invoiceId, amountMinor: 4_599, currency: 'CAD', options: {} }, credentials);

test('[S2-116] Payment Get Many gives what was charged to an account, the newest first, over several pages; Get what was paid for an invoice', async () => {
  await only(hubNode, { resource: 'paymentMethod', operation: 'add', accountId: 'acc_1', token: 'pm_card_visa' }, credentials);
  for (const invoiceId of ['INV-1', 'INV-2', 'INV-3']) {
    expect(await charge(invoiceId)).toMatchObject({ type: 'charged', repeated: false });
    hub.clock.advance(60_000);
  }
  const list = async (more: object) => (await run(hubNode, { items: [{ ...of, operation: 'getMany', ...more }], credentials })).map(({ json }) => json['invoiceId']);
  expect(await list({ returnAll: true })).toEqual(['INV-3', 'INV-2', 'INV-1']);
  expect(await list({ returnAll: false, limit: 2 })).toEqual(['INV-3', 'INV-2']);
  expect(await only(hubNode, { resource: 'payment', operation: 'get', orderId: 'INV-2' }, credentials)).toMatchObject({ provider: 'stripe', state: 'captured', capturedMinor: 4_599, calls: [] });
});

test('[S2-115] Payment Method Remove takes it away for good', async () => {
  const { id } = await only(hubNode, { resource: 'paymentMethod', operation: 'getMany', accountId: 'acc_1', returnAll: true }, credentials);
  const remove = () => only(hubNode, { resource: 'paymentMethod', operation: 'remove', accountId: 'acc_1', method: pick('id', String(id)) }, credentials);
  expect(await remove()).toMatchObject({ type: 'paymentMethods', methods: [], repeated: false });
  expect(await remove()).toMatchObject({ methods: [], repeated: true });
});

test('[S2-092] Payment Catch Up applies what no webhook told; a date that is none is refused as data', async () => {
  const paid = stripe.authorise({ amountMinor: 1_000, currency: 'CAD', orderId: 'ord_lost', captureMethod: 'automatic' });
  const catchUp = (options = {}) => only(hubNode, { resource: 'payment', operation: 'catchUp', options }, credentials);
  expect(await catchUp()).toMatchObject({ type: 'paymentCatchUp', applied: expect.any(Number), gap: false });
  expect((await hub.client.events.list({ types: 'payment.captured', stream: 'order-ord_lost' })).map(({ data }) => data)).toMatchObject([{ paymentIntent: paid.id }]);
  expect(await catchUp({ since: '2026-03-31T00:00:00Z' })).toMatchObject({ applied: 0 });
  expect(await catchUp({ since: 'yesterday' })).toMatchObject({ type: 'refused', code: 'badInput', path: 'since' });
});
