// Invoices and payments as a whole, through the hub that keeps them.
import { Leadlight } from '../../../nodes/Leadlight/Leadlight.node.ts';
import { LeadlightHub } from '../../../nodes/LeadlightHub/LeadlightHub.node.ts';
import { KEY, testHub, type TestHub } from '../../../packages/hub/test/hub.ts';
import { startPaypal, type PaypalSandbox } from '../../../packages/sandbox/src/paypal/index.ts';
import { startStripe, type StripeSandbox } from '../../../packages/sandbox/src/stripe/index.ts';
import { World } from '../../../packages/sandbox/src/world.ts';
import { only, run } from '../support/n8n.ts';

const node = new LeadlightHub();
let hub: TestHub;
let stripe: StripeSandbox;
let paypal: PaypalSandbox;
let credentials: Record<string, string>;
beforeAll(async () => {
  stripe = await startStripe(new World());
  paypal = await startPaypal(new World());
  hub = await testHub({ stripe: { secretKey: stripe.secretKey, webhookSecret: 'whsec_x', baseUrl: stripe.url }, paypal: { clientId: paypal.clientId, clientSecret: paypal.clientSecret, webhookId: 'WH', live: false, baseUrl: paypal.url } });
  credentials = { baseUrl: hub.url, apiKey: KEY };
}, 120_000);
afterAll(async () => { for (const one of [hub, stripe, paypal]) await one?.close(); });

const account = { id: 'acc_1', currency: 'CAD', jurisdiction: 'CA-QC' };
const subscription = { id: 'sub_1', start: '2026-04-01', items: [{ key: 'internet', terms: [{ from: '2026-04-01', sku: 'FTTH150I', description: 'Internet', unitMinor: 9_995 }] }] };

test('[S2-117] Invoice Generate, Get and Get Many: numbered once, found again', async () => {
  const generate = { resource: 'invoice', operation: 'generate', account: JSON.stringify(account), subscription, options: { creditMinor: 492, policy: '{"version": "net15", "dueInDays": 15}' } };
  expect(await only(node, generate, credentials)).toMatchObject({ type: 'invoice', number: 'INV-202604-0001', repeated: false, bill: { totalMinor: 11_492, dueMinor: 11_000, dueOn: '2026-04-16', policyVersion: 'net15' } });
  expect(await only(node, generate, credentials)).toMatchObject({ number: 'INV-202604-0001', repeated: true });
  expect(await only(node, { ...generate, options: { asOf: '2026-05-01' } }, credentials)).toMatchObject({ type: 'refused', code: 'badInput', path: 'asOf' });
  await only(node, { ...generate, subscription: { ...subscription, id: 'sub_2' }, options: {} }, credentials);
  expect(await only(node, { resource: 'invoice', operation: 'get', number: 'INV-202604-0002' }, credentials)).toMatchObject({ subscriptionId: 'sub_2' });
  const many = async (more: object) => (await run(node, { items: [{ resource: 'invoice', operation: 'getMany', returnAll: true, ...more }], credentials })).map(({ json }) => json['number']);
  expect(await many({})).toEqual(['INV-202604-0001', 'INV-202604-0002']);
  expect(await many({ returnAll: false, limit: 1 })).toEqual(['INV-202604-0001']);
  expect(await many({ options: { subscriptionId: 'sub_2', accountId: 'acc_1' } })).toEqual(['INV-202604-0002']);
});

test('[S2-097] Payment Get Analytics gives one item per currency, or why not; Get Providers one per provider', async () => {
  await only(node, { resource: 'payment', operation: 'capture', orderId: 'ord_1', paymentIntent: stripe.authorise({ amountMinor: 11_492, currency: 'CAD' }).id, amountMinor: 11_492, currency: 'CAD' }, credentials);
  await only(node, { resource: 'payment', operation: 'capture', orderId: 'ord_2', paymentIntent: stripe.authorise({ amountMinor: 5_000, currency: 'USD' }).id, amountMinor: 5_000, currency: 'USD' }, credentials);
  const asked = { resource: 'payment', operation: 'getAnalytics', from: '2026-04-01', to: '2026-05-01' };
  const items = (await run(node, { items: [asked], credentials })).map(({ json }) => json);
  expect(items).toMatchObject([{ from: '2026-04-01', zone: 'America/Toronto', currency: 'CAD', takenMinor: 11_492, successRate: { part: 1, whole: 1, basisPoints: 10_000 }, methods: [{ name: 'checkout' }] }, { currency: 'USD', takenMinor: 5_000 }]);
  expect(await only(node, { ...asked, options: { currency: 'usd' } }, credentials)).toMatchObject({ currency: 'USD' });
  expect(await only(node, { ...asked, to: '2026-03-01' }, credentials)).toMatchObject({ type: 'refused', code: 'badInput', path: 'to' });
  const providers = (await run(node, { items: [{ resource: 'payment', operation: 'getProviders' }], credentials })).map(({ json }) => [json['provider'], json['on']]);
  expect(providers).toEqual([['stripe', true], ['paypal', true], ['azure_marketplace', false], ['invoice', true]]);
});

test('[S2-096] Billing Convert shows an amount in another currency with the rate it used, and refuses a day without one', async () => {
  const convert = (more: object) => only(new Leadlight(), { resource: 'billing', operation: 'convert', ...more } as never, {});
  expect(await convert({})).toMatchObject({ type: 'accepted', value: { amount: { minor: 8_403, currency: 'USD' }, rate: { rate: '0.7312', on: '2026-04-01', source: 'Bank of Canada' } } });
  expect(await convert({ on: '2026-05-01' })).toMatchObject({ type: 'refused', code: 'rateUnknown', path: 'rates' });
  expect(await convert({ to: 'zzz' })).toMatchObject({ type: 'refused', code: 'badInput', path: 'to' });
  expect(await convert({ amountMinor: 0.5 })).toMatchObject({ type: 'refused', code: 'badInput', path: 'amountMinor' });
});

test('[S2-090] PayPal Subscription: Ensure Plan, Create, Get, Suspend, Activate, Capture Outstanding, Revise, Cancel', async () => {
  const on = (operation: string, more: object) => only(node, { resource: 'paypalSubscription', operation, ...more } as never, credentials);
  const plan = { key: 'FTTH150I-2026', name: 'Fibre 150', amountMinor: 9_995, currency: 'cad' };
  const { id: planId } = await on('ensurePlan', plan);
  expect(await on('ensurePlan', { ...plan, options: { count: 1, suspendAfter: 3, productId: 'LEADLIGHT' } })).toMatchObject({ type: 'paypalPlan', id: planId, repeated: true, productId: 'LEADLIGHT' });
  const made = (await on('create', { subscriptionId: 'sub_1', planId, returnUrl: 'https://www.example.ca/a', cancelUrl: 'https://www.example.ca/b', options: { quantity: 2, attempt: 1 } })) as any;
  expect(made).toMatchObject({ type: 'paypalSubscription', subscription: { quantity: 2, status: 'APPROVAL_PENDING' }, approveUrl: expect.any(String) });
  const paypalId = made.subscription.id as string;
  paypal.billing.approve(paypalId);
  expect(await on('get', { paypalId })).toMatchObject({ subscription: { status: 'ACTIVE' } });
  expect(await on('suspend', { paypalId, reason: 'unpaid' })).toMatchObject({ subscription: { status: 'SUSPENDED' } });
  expect(await on('activate', { paypalId, reason: 'paid' })).toMatchObject({ subscription: { status: 'ACTIVE' } });
  paypal.billing.bill(paypalId, false);
  expect(await on('captureOutstanding', { paypalId, amountMinor: 19_990, currency: 'CAD', note: 'April' })).toMatchObject({ subscription: { outstandingMinor: 0 } });
  expect(await on('revise', { paypalId, options: { quantity: 1 } })).toMatchObject({ subscription: { quantity: 2 }, approveUrl: expect.any(String) });
  expect(await on('revise', { paypalId, options: { planId: 'P-UNKNOWN' } })).toMatchObject({ type: 'refused', code: 'planMismatch' });
  expect(await on('cancel', { paypalId, reason: 'moved' })).toMatchObject({ subscription: { status: 'CANCELLED' }, repeated: false });
  expect(await on('cancel', { paypalId, reason: 'moved' })).toMatchObject({ repeated: true });
});
