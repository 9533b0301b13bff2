import { axiosSend } from '../../http/src/send.ts';
import { startPaypal, type PaypalSandbox } from '../../sandbox/src/paypal/index.ts';
import { World } from '../../sandbox/src/world.ts';
import { paypalPlans, paypalSubscriptions } from '../src/index.ts';
import { planted } from './plant.ts';

// Against a real account: LEADLIGHT_PAYPAL_URL, LEADLIGHT_PAYPAL_CLIENT_ID, LEADLIGHT_PAYPAL_CLIENT_SECRET. Nobody approves there, so what needs a subscriber is left out.
const REAL = process.env['LEADLIGHT_PAYPAL_URL'];
const onSandbox = REAL ? test.skip : test;
const PRODUCT = 'LEADLIGHT-CONTRACT';
const world = new World('2026-04-01T12:00:00.000Z');
const unique = `ll${process.pid}.${Date.now().toString(36)}`;
const systemClock = { now: () => new Date().toISOString(), sleep: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)) };
let sandbox: PaypalSandbox;
let way: ReturnType<typeof planted>;
let n = 0;
const options = () => ({
  send: way.send, clock: REAL ? systemClock : world.clock, clientId: REAL ? process.env['LEADLIGHT_PAYPAL_CLIENT_ID'] ?? '' : sandbox.clientId, clientSecret: REAL ? process.env['LEADLIGHT_PAYPAL_CLIENT_SECRET'] ?? '' : sandbox.clientSecret,
});
const plans = () => paypalPlans(options());
const subscriptions = () => paypalSubscriptions(options());
const wanted = (more = {}) => ({ key: `${unique}.${(n += 1)}`, productId: PRODUCT, name: 'Fibre 150', amountMinor: 9_995, currency: 'CAD', every: 'month' as const, ...more });
const pages = { returnUrl: 'https://www.example.ca/merci', cancelUrl: 'https://www.example.ca/panier' };
async function plan(more = {}): Promise<string> {
  const made = await plans().ensure(wanted(more));
  if (made.type === 'refused') throw new Error(made.code);
  return made.value.id;
}
async function running(planId?: string, quantity = 1): Promise<string> {
  const made = await subscriptions().create({ subscriptionId: `${unique}-s${(n += 1)}`, planId: planId ?? (await plan()), quantity, ...pages });
  if (made.type === 'refused') throw new Error(made.code);
  sandbox.billing.approve(made.value.subscription.id);
  return made.value.subscription.id;
}

beforeAll(async () => {
  sandbox = await startPaypal(world);
  way = planted(axiosSend({ baseUrl: REAL ?? sandbox.url }));
  await plans().ensureProduct(PRODUCT, 'Leadlight contract');
});
afterAll(() => sandbox.close());
beforeEach(() => void (way = planted(axiosSend({ baseUrl: REAL ?? sandbox.url }))));

describe('PayPal products and plans', () => {
  test('[S2-090] a product is made once, whoever asks, and after silence it is looked for', async () => {
    const id = `LL-${unique}`;
    way.plant(/POST .*products/, 'resetAfter');
    expect(await plans().ensureProduct(id, 'Fibre')).toMatchObject({ type: 'accepted', value: { id, name: 'Fibre', repeated: false } });
    expect(await plans().ensureProduct(id, 'Fibre')).toMatchObject({ value: { repeated: true } });
    expect(way.count(/POST .*products/)).toBe(1);
    expect(await plans().ensureProduct('short', 'Fibre')).toMatchObject({ code: 'badInput', path: 'id' });
  });

  test('[S2-090] a plan is made once per key, with its price in whole cents, and read back; a quarter is three months', async () => {
    const one = wanted({ count: 3, amountMinor: 26_987 });
    expect(await plans().ensure(one)).toMatchObject({ type: 'accepted', value: { id: expect.stringMatching(/^P-/), productId: PRODUCT, status: 'ACTIVE', amountMinor: 26_987, currency: 'CAD', every: 'month', count: 3, repeated: false } });
    expect(await plans().ensure(one)).toMatchObject({ value: { repeated: true } });
    expect(way.count(/POST .*plans/)).toBe(1);
  });

  for (const kind of ['resetAfter', 'hangAfter', 'htmlAfter', 'truncate', 'resetBefore', 'html'] as const) {
    test(`[S1-103] a plan whose making meets ${kind} is looked for, and made once`, async () => {
      const one = wanted();
      way.plant(/POST .*plans/, kind);
      expect(await plans().ensure(one)).toMatchObject({ type: 'accepted', value: { amountMinor: 9_995 } });
      expect(await plans().ensure(one)).toMatchObject({ value: { repeated: true } });
      if (!REAL) expect(sandbox.billing.plans().filter(({ description }) => description === `leadlight:${one.key}`)).toHaveLength(1);
    });
  }

  test('the same key with another price is refused: subscribers keep the plan they took', async () => {
    const one = wanted();
    await plans().ensure(one);
    for (const other of [{ amountMinor: 10_995 }, { currency: 'USD' }, { every: 'year' as const }, { count: 2 }]) expect(await plans().ensure({ ...one, ...other })).toMatchObject({ code: 'planMismatch', path: 'key', facts: { amountMinor: 9_995 } });
    expect(way.count(/POST .*plans/)).toBe(1);
  });

  test('[S2-096] a currency that PayPal does not take, no price, and periods that are none are refused before it is asked', async () => {
    expect(await plans().ensure(wanted({ currency: 'HUF' }))).toMatchObject({ code: 'currencyMismatch' });
    expect(await plans().ensure(wanted({ amountMinor: 0 }))).toMatchObject({ code: 'amountMismatch' });
    for (const count of [0, 13, 1.5]) expect(await plans().ensure(wanted({ count }))).toMatchObject({ code: 'badInput', path: 'count' });
    expect(way.sent).toEqual([]);
  });

  onSandbox('a plan beyond the first page of twenty is found (sandbox only: pages of plans)', async () => {
    const product = `LL-MANY-${n}`;
    await plans().ensureProduct(product, 'Many');
    const many = Array.from({ length: 25 }, () => wanted({ productId: product }));
    for (const one of many) await plans().ensure(one);
    expect(await plans().ensure(many[0]!)).toMatchObject({ value: { repeated: true } });
    expect(await plans().ensure(many[24]!)).toMatchObject({ value: { repeated: true } });
    expect(sandbox.billing.plans().filter(({ product_id: of }) => of === product)).toHaveLength(25);
  });
});

describe('PayPal subscriptions', () => {
  test('[S2-090] made once for the customer to approve; asked again it is the same; an unknown plan is refused', async () => {
    const one = { subscriptionId: `${unique}-a`, planId: await plan(), ...pages };
    const [first, again] = [await subscriptions().create(one), await subscriptions().create(one)];
    expect(first).toMatchObject({ type: 'accepted', value: { subscription: { id: expect.stringMatching(/^I-/), planId: one.planId, status: 'APPROVAL_PENDING', quantity: 1, subscriptionId: one.subscriptionId }, approveUrl: expect.stringContaining('paypal.com') } });
    expect(again.type === 'accepted' && first.type === 'accepted' && again.value.subscription.id).toBe(first.type === 'accepted' && first.value.subscription.id);
    expect(await subscriptions().create({ ...one, subscriptionId: `${unique}-b`, planId: 'P-5ML4271244454362WXNWU5NQ' })).toMatchObject({ code: 'planMismatch' });
    expect(await subscriptions().create({ ...one, planId: '../plans' })).toMatchObject({ code: 'badInput', path: 'planId' });
  });

  test('one nobody made, and ids that are none', async () => {
    for (const id of ['I-NOSUCHONE123', '../../v1/oauth2/token', 'sub_1']) expect(await subscriptions().suspend(id, 'unpaid')).toMatchObject({ code: 'subscriptionUnknown' });
    expect(way.sent.every(({ path }) => !path.includes('..'))).toBe(true);
  });

  onSandbox('[S2-090] suspended, activated, cancelled: each once, read back, and only from where it may come (sandbox only: a subscriber)', async () => {
    const id = await running();
    expect(await subscriptions().suspend(id, 'unpaid')).toMatchObject({ type: 'accepted', value: { repeated: false, subscription: { status: 'SUSPENDED' } } });
    expect(await subscriptions().suspend(id, 'unpaid')).toMatchObject({ value: { repeated: true } });
    expect(way.count(/POST .*suspend/)).toBe(1);
    expect(await subscriptions().activate(id, 'paid')).toMatchObject({ value: { repeated: false, subscription: { status: 'ACTIVE' } } });
    expect(await subscriptions().cancel(id, 'moved away')).toMatchObject({ value: { repeated: false, subscription: { status: 'CANCELLED', nextBillingAt: null } } });
    expect(await subscriptions().cancel(id, 'moved away')).toMatchObject({ value: { repeated: true } });
    for (const verb of ['suspend', 'activate'] as const) expect(await subscriptions()[verb](id, 'x')).toMatchObject({ code: 'notPossible', facts: { status: 'CANCELLED' } });
    expect(await subscriptions().suspend(await running(), '')).toMatchObject({ code: 'badInput', path: 'reason' });
  });

  for (const kind of ['resetAfter', 'hangAfter', 'htmlAfter', 'resetBefore', 'html'] as const) {
    onSandbox(`[S1-103] a suspension that meets ${kind} is looked at, and done once (sandbox only: a subscriber)`, async () => {
      const id = await running();
      way.plant(/POST .*suspend/, kind);
      expect(await subscriptions().suspend(id, 'unpaid')).toMatchObject({ type: 'accepted', value: { subscription: { status: 'SUSPENDED' } } });
      expect(way.count(/POST .*suspend/)).toBe(kind === 'resetBefore' || kind === 'html' ? 2 : 1);
    });
  }

  onSandbox('two that cancel at once both hear that it is cancelled (sandbox only: a subscriber)', async () => {
    const id = await running();
    const both = await Promise.all([subscriptions().cancel(id, 'a'), subscriptions().cancel(id, 'b')]);
    expect(both.map(({ type }) => type)).toEqual(['accepted', 'accepted']);
  });

  onSandbox('a revision changes nothing before the customer approves, prorates nothing, and holds from the next billing on (sandbox only: a subscriber)', async () => {
    const [small, big] = [await plan(), await plan({ amountMinor: 10_995 })];
    const id = await running(small);
    const due = (await subscriptions().get(id))!.nextBillingAt;
    world.clock.advance(15 * 86_400_000);
    const asked = await subscriptions().revise(id, { planId: big });
    expect(asked).toMatchObject({ type: 'accepted', value: { repeated: false, approveUrl: expect.stringContaining('paypal.com'), subscription: { planId: small } }, because: [expect.stringContaining('without proration')] });
    sandbox.billing.approve(id);
    expect(await subscriptions().get(id)).toMatchObject({ planId: big, nextBillingAt: due });
    const charges = () => sandbox.billing.charged().filter(({ subscriptionId }) => subscriptionId === id).map(({ amount }) => amount.value);
    expect(charges()).toEqual(['99.95']);
    sandbox.billing.bill(id, true);
    expect(charges()).toEqual(['99.95', '109.95']);
    expect(await subscriptions().revise(id, { planId: big })).toMatchObject({ value: { repeated: true, approveUrl: null } });
    expect(await subscriptions().revise(id, {})).toMatchObject({ code: 'badInput' });
    expect(await subscriptions().revise(id, { planId: 'P-5ML4271244454362WXNWU5NQ' })).toMatchObject({ code: 'planMismatch' });
    expect(await subscriptions().revise(id, { quantity: 2 })).toMatchObject({ value: { approveUrl: expect.any(String), subscription: { quantity: 1 } } });
  });

  onSandbox('what failed payments left is taken once, never more, in its own currency; after silence the balance is read (sandbox only: a subscriber)', async () => {
    const id = await running();
    const take = (amountMinor: number, currency = 'CAD') => subscriptions().captureOutstanding(id, { amountMinor, currency, note: 'April' });
    expect(await take(1)).toMatchObject({ code: 'amountMismatch', hint: 'Nothing is outstanding.' });
    sandbox.billing.bill(id, false);
    expect(await subscriptions().get(id)).toMatchObject({ outstandingMinor: 9_995, currency: 'CAD', failedPayments: 1 });
    expect(await take(9_996)).toMatchObject({ code: 'amountMismatch', facts: { outstandingMinor: 9_995 } });
    expect(await take(0)).toMatchObject({ code: 'amountMismatch' });
    expect(await take(9_995, 'USD')).toMatchObject({ code: 'currencyMismatch' });
    way.plant(/POST .*\/capture/, 'resetAfter');
    expect(await take(5_000)).toMatchObject({ type: 'accepted', value: { subscription: { outstandingMinor: 4_995 } } });
    way.plant(/POST .*\/capture/, 'resetBefore');
    expect(await take(4_995)).toMatchObject({ value: { subscription: { outstandingMinor: 0 } } });
    expect(sandbox.billing.charged().filter(({ subscriptionId, what }) => subscriptionId === id && what === 'outstanding').map(({ amount }) => amount.value)).toEqual(['50.00', '49.95']);
  });
});
