// The official SDK as it comes: customers, their methods, setup intents, events, and errors as it sorts them.
import Stripe from 'stripe';
import { startStripe, type StripeSandbox } from '../src/stripe/index.ts';
import { signStripe } from '../src/stripe/webhooks.ts';
import { World } from '../src/world.ts';

let world: World;
let sandbox: StripeSandbox;
let stripe: Stripe;
beforeEach(async () => {
  world = new World();
  sandbox = await startStripe(world);
  stripe = new Stripe(sandbox.secretKey, { host: '127.0.0.1', port: sandbox.port, protocol: 'http', maxNetworkRetries: 0, telemetry: false });
});
afterEach(() => sandbox.close());
const cardsOnly = { automatic_payment_methods: { enabled: true, allow_redirects: 'never' } } as const;
const card = async (token = 'tok_visa') => (await stripe.paymentMethods.create({ type: 'card', card: { token } })).id;
const pay = (more: Partial<Stripe.PaymentIntentCreateParams> = {}) => stripe.paymentIntents.create({ amount: 1_149, currency: 'cad', confirm: true, payment_method: 'pm_card_visa', ...cardsOnly, ...more });

describe('customers', () => {
  test('create, retrieve, update, list by e-mail, delete', async () => {
    const made = await stripe.customers.create({ email: 'a@example.ca', metadata: { leadlight_account: 'acc_1' } });
    expect(made).toMatchObject({ object: 'customer', email: 'a@example.ca', metadata: { leadlight_account: 'acc_1' }, invoice_settings: { default_payment_method: null } });
    await stripe.customers.create({ email: 'b@example.ca' });
    expect(await stripe.customers.update(made.id, { name: 'A' })).toMatchObject({ id: made.id, name: 'A', email: 'a@example.ca' });
    expect((await stripe.customers.list({ email: 'a@example.ca' })).data.map(({ id }) => id)).toEqual([made.id]);
    const method = await stripe.paymentMethods.attach(await card(), { customer: made.id });
    expect(await stripe.customers.del(made.id)).toMatchObject({ id: made.id, deleted: true });
    expect(await stripe.customers.retrieve(made.id)).toMatchObject({ id: made.id, deleted: true });
    await expect(stripe.customers.update(made.id, { name: 'B' })).rejects.toMatchObject({ code: 'resource_missing', statusCode: 404 });
    expect((await stripe.paymentMethods.retrieve(method.id)).customer).toBeNull();
    expect((await stripe.customers.list()).data).toHaveLength(1);
  });

  test('one that is not there, and a parameter that is none', async () => {
    await expect(stripe.customers.retrieve('cus_nobody')).rejects.toMatchObject({ type: 'StripeInvalidRequestError', code: 'resource_missing' });
    await expect(stripe.customers.create({ colour: 'red' } as never)).rejects.toMatchObject({ code: 'parameter_unknown' });
    await expect(pay({ customer: 'cus_nobody' })).rejects.toMatchObject({ code: 'resource_missing', param: 'customer' });
  });
});

describe('payment methods', () => {
  test('attach, list both ways, make the default, detach; what was detached is of no more use', async () => {
    const { id: customer } = await stripe.customers.create();
    const [visa, master] = [await card(), await card('tok_mastercard')];
    for (const id of [visa, master]) expect(await stripe.paymentMethods.attach(id, { customer })).toMatchObject({ id, customer, type: 'card' });
    expect((await stripe.customers.listPaymentMethods(customer)).data.map(({ id }) => id)).toEqual([master, visa]);
    expect((await stripe.paymentMethods.list({ customer, type: 'card' })).data.map(({ card: held }) => held?.last4)).toEqual(['4444', '4242']);
    expect((await stripe.customers.listPaymentMethods(customer, { type: 'us_bank_account' })).data).toEqual([]);
    expect((await stripe.customers.update(customer, { invoice_settings: { default_payment_method: visa } })).invoice_settings.default_payment_method).toBe(visa);
    expect(await stripe.paymentMethods.detach(visa)).toMatchObject({ id: visa, customer: null });
    expect(await stripe.customers.retrieve(customer)).toMatchObject({ invoice_settings: { default_payment_method: null } });
    await expect(stripe.paymentMethods.attach(visa, { customer })).rejects.toMatchObject({ type: 'StripeInvalidRequestError', statusCode: 400 });
    await expect(stripe.paymentMethods.detach(visa)).rejects.toMatchObject({ statusCode: 400 });
    await expect(stripe.customers.update(customer, { invoice_settings: { default_payment_method: visa } })).rejects.toMatchObject({ code: 'resource_missing' });
  });

  test('a card the bank refuses is not attached; one attached elsewhere neither; tokens that are none', async () => {
    const [{ id: customer }, { id: other }] = [await stripe.customers.create(), await stripe.customers.create()];
    await expect(stripe.paymentMethods.attach(await card('tok_chargeDeclined'), { customer })).rejects.toMatchObject({ type: 'StripeCardError', code: 'card_declined' });
    const visa = await card();
    await stripe.paymentMethods.attach(visa, { customer: other });
    await expect(stripe.paymentMethods.attach(visa, { customer })).rejects.toMatchObject({ statusCode: 400 });
    await expect(card('tok_nothing')).rejects.toMatchObject({ code: 'resource_missing' });
    await expect(stripe.paymentMethods.create({ type: 'card', card: { number: '4242424242424242', exp_month: 1, exp_year: 2034, cvc: '123' } })).rejects.toMatchObject({ statusCode: 400 });
    expect((await stripe.customers.listPaymentMethods(customer)).data).toEqual([]);
  });

  test('charged off session; declined and asked to authenticate it is a card error that brings the intent', async () => {
    const { id: customer } = await stripe.customers.create();
    const attach = async (token: string) => (await stripe.paymentMethods.attach(token, { customer })).id;
    expect(await pay({ customer, payment_method: await attach('pm_card_visa'), off_session: true })).toMatchObject({ status: 'succeeded', customer });
    await expect(pay({ customer, payment_method: await attach('pm_card_chargeCustomerFail'), off_session: true })).rejects.toMatchObject({ type: 'StripeCardError', code: 'card_declined', payment_intent: { status: 'requires_payment_method' }, charge: expect.stringMatching(/^ch_/) });
    await expect(pay({ customer, payment_method: await attach('pm_card_authenticationRequired'), off_session: true })).rejects.toMatchObject({ type: 'StripeCardError', code: 'authentication_required' });
    await expect(pay({ off_session: true, confirm: false })).rejects.toMatchObject({ param: 'off_session' });
  });

  test('kept for later by the payment it pays', async () => {
    const { id: customer } = await stripe.customers.create();
    const { payment_method } = await pay({ customer, setup_future_usage: 'off_session' });
    expect((await stripe.customers.listPaymentMethods(customer)).data.map(({ id }) => id)).toEqual([payment_method]);
  });
});

describe('a confirmation without a way back', () => {
  test.each([['at once', { confirm: true }], ['after a word about the ways', { confirm: true, automatic_payment_methods: { enabled: true } }]])('where redirects are welcome, a return_url is needed (%s)', async (_name, how) => {
    const plain = { amount: 1_149, currency: 'cad', payment_method: 'pm_card_visa', ...how };
    await expect(stripe.paymentIntents.create(plain)).rejects.toMatchObject({ type: 'StripeInvalidRequestError', message: expect.stringContaining('return_url') });
    expect(sandbox.intents()).toEqual([]);
    expect(await stripe.paymentIntents.create({ ...plain, return_url: 'https://shop.example/thanks' })).toMatchObject({ status: 'succeeded' });
  });

  test('also by confirm, and for setup intents', async () => {
    const { id } = await stripe.paymentIntents.create({ amount: 1_149, currency: 'cad' });
    await expect(stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_visa' })).rejects.toMatchObject({ message: expect.stringContaining('return_url') });
    expect(await stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_visa', return_url: 'https://shop.example/thanks' })).toMatchObject({ status: 'succeeded' });
    await expect(stripe.setupIntents.create({ confirm: true, payment_method: 'pm_card_visa' })).rejects.toMatchObject({ message: expect.stringContaining('return_url') });
  });
});

describe('setup intents', () => {
  test('confirmed: the method is the customer\'s; listed, and not confirmed or cancelled again', async () => {
    const { id: customer } = await stripe.customers.create();
    const made = await stripe.setupIntents.create({ customer, usage: 'off_session', metadata: { account: 'acc_1' }, ...cardsOnly });
    expect(made).toMatchObject({ object: 'setup_intent', status: 'requires_payment_method', client_secret: expect.stringContaining(`${made.id}_secret_`), metadata: { account: 'acc_1' } });
    const visa = await card();
    expect(await stripe.setupIntents.confirm(made.id, { payment_method: visa })).toMatchObject({ status: 'succeeded', payment_method: visa });
    expect((await stripe.customers.listPaymentMethods(customer)).data.map(({ id }) => id)).toEqual([visa]);
    expect((await stripe.setupIntents.list({ customer })).data.map(({ id }) => id)).toEqual([made.id]);
    expect((await stripe.setupIntents.retrieve(made.id, { expand: ['payment_method'] })).payment_method).toMatchObject({ id: visa, object: 'payment_method' });
    await expect(stripe.setupIntents.confirm(made.id)).rejects.toMatchObject({ code: 'setup_intent_unexpected_state' });
    await expect(stripe.setupIntents.cancel(made.id)).rejects.toMatchObject({ code: 'setup_intent_unexpected_state' });
    expect(sandbox.events().map(({ type }) => type)).toEqual(expect.arrayContaining(['payment_method.attached', 'setup_intent.succeeded']));
  });

  test('a card that is refused, one that is asked for more, and one given up', async () => {
    const create = (payment_method: string) => stripe.setupIntents.create({ confirm: true, payment_method, ...cardsOnly });
    await expect(create('pm_card_chargeDeclined')).rejects.toMatchObject({ type: 'StripeCardError', code: 'card_declined', setup_intent: { status: 'requires_payment_method' } });
    const { id, status } = await create('pm_card_authenticationRequired');
    expect(status).toBe('requires_action');
    sandbox.answerSetupChallenge(id, false);
    expect(await stripe.setupIntents.retrieve(id)).toMatchObject({ status: 'requires_payment_method', last_setup_error: { code: 'setup_intent_authentication_failure' } });
    expect(await stripe.setupIntents.cancel(id, { cancellation_reason: 'abandoned' })).toMatchObject({ status: 'canceled', cancellation_reason: 'abandoned' });
    const again = await create('pm_card_authenticationRequired');
    sandbox.answerSetupChallenge(again.id, true);
    expect((await stripe.setupIntents.retrieve(again.id)).status).toBe('succeeded');
    await expect(stripe.setupIntents.retrieve('seti_nobody')).rejects.toMatchObject({ code: 'resource_missing' });
  });
});

describe('events', () => {
  async function made(count: number): Promise<void> {
    for (let i = 0; i < count; i += 1) {
      await stripe.paymentIntents.create({ amount: 100 + i, currency: 'cad' });
      world.clock.advance(1_000);
    }
  }
  const amounts = (list: readonly Stripe.Event[]) => list.map((event) => (event.data.object as Stripe.PaymentIntent).amount);

  test('newest first, page by page, forwards and back', async () => {
    await made(7);
    const all: Stripe.Event[] = [];
    for await (const event of stripe.events.list({ limit: 3 })) all.push(event);
    expect(amounts(all)).toEqual([106, 105, 104, 103, 102, 101, 100]);
    const second = await stripe.events.list({ limit: 3, starting_after: all[2]!.id });
    expect([amounts(second.data), second.has_more]).toEqual([[103, 102, 101], true]);
    const back = await stripe.events.list({ limit: 2, ending_before: all[3]!.id });
    expect([amounts(back.data), back.has_more]).toEqual([[105, 104], true]);
    await expect(stripe.events.list({ starting_after: 'evt_nobody' })).rejects.toMatchObject({ code: 'resource_missing' });
    await expect(stripe.events.list({ limit: 101 })).rejects.toMatchObject({ param: 'limit' });
    await expect(stripe.events.list({ colour: 'red' } as never)).rejects.toMatchObject({ code: 'parameter_unknown' });
  });

  test('by time and by type', async () => {
    const from = Math.floor(world.clock.ms / 1000);
    await made(4);
    expect(amounts((await stripe.events.list({ created: { gte: from + 1, lt: from + 3 } })).data)).toEqual([102, 101]);
    expect(amounts((await stripe.events.list({ created: { gt: from + 1, lte: from + 3 } })).data)).toEqual([103, 102]);
    await pay();
    const names = (list: readonly Stripe.Event[]) => [...new Set(list.map(({ type }) => type))].sort();
    expect(names((await stripe.events.list({ types: ['payment_intent.succeeded', 'charge.succeeded'], limit: 100 })).data)).toEqual(['charge.succeeded', 'payment_intent.succeeded']);
    expect(names((await stripe.events.list({ type: 'payment_intent.*', limit: 100 })).data)).toEqual(['payment_intent.created', 'payment_intent.succeeded']);
    await expect(stripe.events.list({ type: 'a', types: ['b'] })).rejects.toMatchObject({ type: 'StripeInvalidRequestError' });
    await expect(stripe.events.list({ types: Array.from({ length: 21 }, (_one, i) => `a.${i}`) })).rejects.toMatchObject({ param: 'types' });
  });

  test('one by one; forgotten after thirty days', async () => {
    await made(1);
    const { data } = await stripe.events.list();
    expect(await stripe.events.retrieve(data[0]!.id)).toMatchObject({ object: 'event', type: 'payment_intent.created', livemode: false, data: { object: { amount: 100 } } });
    world.clock.advance(31 * 86_400_000);
    expect((await stripe.events.list()).data).toEqual([]);
    await expect(stripe.events.retrieve(data[0]!.id)).rejects.toMatchObject({ code: 'resource_missing', statusCode: 404 });
  });

  test('a lost delivery is not sent again, and is in the list all the same', async () => {
    sandbox.addWebhook('http://127.0.0.1:9/hook', 'whsec_x');
    sandbox.loseWebhooks(1);
    await stripe.paymentIntents.create({ amount: 100, currency: 'cad' });
    await sandbox.flush();
    expect((await stripe.events.list()).data).toHaveLength(1);
  });

  test('constructEvent takes what the sandbox signs, and nothing else', async () => {
    await made(1);
    const body = JSON.stringify(sandbox.events()[0], null, 2);
    const at = Math.floor(world.clock.ms / 1000);
    const construct = (raw: string, header: string, secret = 'whsec_x') => stripe.webhooks.constructEvent(raw, header, secret, 300, undefined, world.clock.ms);
    expect(construct(body, signStripe('whsec_x', at, body))).toMatchObject({ type: 'payment_intent.created' });
    for (const [raw, header, secret] of [[body.replace('100', '900'), signStripe('whsec_x', at, body)], [body, signStripe('whsec_y', at, body)], [body, signStripe('whsec_x', at - 301, body)], [body, ''], [body, signStripe('  ', at, body), '  ']] as const) {
      expect(() => construct(raw, header, secret)).toThrow();
    }
  });
});

describe('errors as the SDK sorts them', () => {
  const meets = (status: number, error: object) => world.inject({ system: 'stripe', kind: 'status', status, body: { error } });
  test.each<[number, string, { readonly message: string; readonly code?: string; readonly type?: string }]>([
    [429, 'StripeRateLimitError', { code: 'rate_limit', message: 'Too many requests.' }], [403, 'StripePermissionError', { message: 'no' }], [500, 'StripeAPIError', { type: 'api_error', message: 'x' }],
    [409, 'StripeAPIError', { type: 'idempotency_error', code: 'idempotency_key_in_use', message: 'x' }],
  ])('%d is a %s', async (status, type, error) => {
    meets(status, error);
    await expect(stripe.customers.create()).rejects.toMatchObject({ type, statusCode: status, ...(error.code ? { code: error.code } : {}) });
    expect(sandbox.customers()).toEqual([]);
  });

  test('a reset connection, and an answer cut short, are connection errors', async () => {
    for (const kind of ['resetBefore', 'truncate'] as const) {
      world.inject({ system: 'stripe', kind, times: 2 }); // the SDK repeats a cut connection once, whatever it was told
      await expect(stripe.customers.list()).rejects.toMatchObject({ type: expect.stringMatching(/^Stripe(Connection|API)Error$/) });
      world.clearFaults();
    }
  });

  test('a charge and a refund by themselves', async () => {
    const { latest_charge } = await pay();
    expect(await stripe.charges.retrieve(String(latest_charge))).toMatchObject({ object: 'charge', captured: true, amount: 1_149 });
    const refund = await stripe.refunds.create({ charge: String(latest_charge), amount: 100, reason: 'duplicate' });
    expect(await stripe.refunds.retrieve(refund.id)).toMatchObject({ amount: 100, reason: 'duplicate', status: 'succeeded' });
    expect((await stripe.refunds.list({ charge: String(latest_charge) })).data).toHaveLength(1);
    sandbox.dispute(sandbox.intents()[0]!.id);
    await expect(stripe.refunds.create({ charge: String(latest_charge) })).rejects.toMatchObject({ code: 'charge_disputed' });
    await expect(stripe.charges.retrieve('ch_nobody')).rejects.toMatchObject({ code: 'resource_missing' });
  });
});
