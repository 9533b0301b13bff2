// Against a real account in test mode: LEADLIGHT_STRIPE_URL (https://api.stripe.com) and LEADLIGHT_STRIPE_SECRET_KEY (sk_test_… or rk_test_…).
// What needs the bank or the network to misbehave is left out there.
import Stripe from 'stripe';
import { isVendorError } from '../../../core/src/index.ts';
import { startStripe, type StripeSandbox } from '../../sandbox/src/stripe/index.ts';
import { World } from '../../sandbox/src/world.ts';
import { heardEvents, stripeEvents, stripePayments, stripeVault } from '../src/index.ts';

const REAL = process.env['LEADLIGHT_STRIPE_URL'];
const KEY = process.env['LEADLIGHT_STRIPE_SECRET_KEY'] ?? '';
if (REAL && !/^[sr]k_test_/.test(KEY)) throw new Error('The contract moves money: LEADLIGHT_STRIPE_SECRET_KEY must be a key of test mode (sk_test_…).');
const onSandbox = REAL ? test.skip : test;
if (REAL) jest.setTimeout(60_000);
const unique = `ll-${process.pid}-${Date.now().toString(36)}`;
const CURRENCY = 'CAD';

let world: World;
let sandbox: StripeSandbox;
let sdk: Stripe;
let started: string;
let n = 0;
const systemClock = { now: () => new Date().toISOString(), sleep: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)) };
const options = (secretKey = REAL ? KEY : sandbox.secretKey) => ({ secretKey, clock: REAL ? systemClock : world.clock, baseUrl: REAL ?? sandbox.url, timeoutMs: REAL ? 30_000 : 400 });
const client = () => stripePayments(options());
const vault = () => stripeVault(options());
const customers: string[] = [];
beforeAll(async () => {
  world = new World();
  sandbox = await startStripe(world);
  const at = new URL(options().baseUrl);
  sdk = new Stripe(options().secretKey, { host: at.hostname, port: at.port || 443, protocol: at.protocol === 'http:' ? 'http' : 'https', maxNetworkRetries: 2, telemetry: false });
  started = new Date(Date.parse(options().clock.now()) - 60_000).toISOString();
});
afterAll(async () => {
  for (const id of customers) await sdk.customers.del(id).catch(() => undefined);
  await sandbox.close();
});

/** As a checkout page leaves it: confirmed with a test card, waiting for capture. A declined card leaves it unpaid. */
async function pay(paymentMethod = 'pm_card_visa', more: Partial<Stripe.PaymentIntentCreateParams> = {}) {
  const orderId = `${unique}-${(n += 1)}`;
  const { id } = await sdk.paymentIntents.create({ amount: 1_149, currency: CURRENCY.toLowerCase(), capture_method: 'manual', automatic_payment_methods: { enabled: true, allow_redirects: 'never' }, ...more });
  await sdk.paymentIntents.confirm(id, { payment_method: paymentMethod }).catch((error: unknown) => { if ((error as { statusCode?: number }).statusCode !== 402) throw error; });
  return { orderId, paymentIntent: id, amountMinor: 1_149, currency: CURRENCY };
}
async function taken() {
  const paid = await pay();
  expect(await client().capture(paid)).toMatchObject({ type: 'accepted' });
  return paid;
}
const cards = { visa: 'tok_visa', mastercard: 'tok_mastercard', failsLater: 'tok_chargeCustomerFail' } as const;
const card = async (kind: keyof typeof cards = 'visa'): Promise<string> => (await sdk.paymentMethods.create({ type: 'card', card: { token: cards[kind] } })).id;
async function account(): Promise<{ accountId: string; customer: string }> {
  const accountId = `${unique}-acc-${(n += 1)}`;
  const customer = await vault().createCustomer(accountId);
  customers.push(customer);
  return { accountId, customer };
}

describe('a payment of the checkout', () => {
  test('[S1-064][S1-081] the right one is accepted; another amount, currency or order, and one nobody made, are refused', async () => {
    const paid = await pay();
    expect(await client().verify(paid)).toMatchObject({ type: 'accepted', value: { status: 'requires_capture', amountMinor: 1_149, capturedMinor: 0, currency: CURRENCY, livemode: false } });
    expect(await client().verify({ ...paid, amountMinor: 1_148 })).toMatchObject({ code: 'amountMismatch' });
    expect(await client().verify({ ...paid, currency: 'USD' })).toMatchObject({ code: 'currencyMismatch' });
    expect(await client().verify({ ...paid, paymentIntent: 'pi_3Nobody0Made0This0One00' })).toMatchObject({ code: 'paymentUnknown' });
    expect(await client().bind(paid)).toMatchObject({ orderId: paid.orderId });
    expect(await client().verify({ ...paid, orderId: 'another' })).toMatchObject({ code: 'orderMismatch' });
    await client().cancel(paid);
  });

  test('[S1-074][S1-103] captured once; asked again it is found captured', async () => {
    const paid = await pay();
    expect(await client().capture(paid)).toMatchObject({ type: 'accepted', value: { repeated: false, view: { status: 'succeeded', capturedMinor: 1_149 } } });
    expect(await client().capture(paid)).toMatchObject({ type: 'accepted', value: { repeated: true } });
    expect(await client().cancel(paid)).toMatchObject({ code: 'notPayable', hint: 'Refund it instead.' });
  });

  test('an authorisation let go, once; then it pays nothing', async () => {
    const paid = await pay();
    expect(await client().cancel(paid)).toMatchObject({ value: { repeated: false, view: { status: 'canceled' } } });
    expect(await client().cancel(paid)).toMatchObject({ value: { repeated: true } });
    expect(await client().capture(paid)).toMatchObject({ code: 'notPayable', facts: { status: 'canceled' } });
    expect(await client().refund({ ...paid, reference: 'a' })).toMatchObject({ code: 'notPayable' });
  });

  test.each([
    ['pm_card_visa_chargeDeclinedInsufficientFunds', 'insufficient_funds', 'retryLater', 'insufficient_funds'], ['pm_card_chargeDeclinedExpiredCard', 'expired_card', 'updateCard', 'expired_card'],
    ['pm_card_chargeDeclinedIncorrectCvc', 'incorrect_cvc', 'updateCard', 'incorrect_cvc'], ['pm_card_visa_chargeDeclinedStolenCard', 'stolen_card', 'stop', 'generic_decline'], ['pm_card_visa_chargeDeclinedLostCard', 'lost_card', 'stop', 'generic_decline'],
  ])('[S0-82] %s: declined as %s, which asks for %s', async (token, declineCode, action, customerReason) => {
    expect(await client().verify(await pay(token))).toMatchObject({ type: 'refused', code: 'declined', facts: { declineCode, action, customerReason } });
  });

  test('a card whose bank wants to see the customer is not paid yet', async () => {
    expect(await client().verify(await pay('pm_card_threeDSecure2Required'))).toMatchObject({ code: 'notPayable', facts: { status: 'requires_action' } });
  });

  onSandbox('a challenge that was passed pays, one that was not does not (sandbox only: nobody answers it)', async () => {
    const [passed, failed] = [await pay('pm_card_authenticationRequired'), await pay('pm_card_authenticationRequired')];
    sandbox.answerChallenge(passed.paymentIntent, true);
    sandbox.answerChallenge(failed.paymentIntent, false);
    expect(await client().verify(passed)).toMatchObject({ type: 'accepted' });
    expect(await client().verify(failed)).toMatchObject({ code: 'declined', facts: { declineCode: 'payment_intent_authentication_failure', action: 'updateCard' } });
  });

  onSandbox.each(['resetBefore', 'resetAfter', 'htmlAfter', 'truncate'] as const)('[S1-103] the answer to a capture was lost (%s): taken once (sandbox only: a planted fault)', async (kind) => {
    const paid = await pay();
    world.inject({ system: 'stripe', method: 'POST', path: '/capture', kind });
    expect(await client().capture(paid)).toMatchObject({ type: 'accepted' });
    expect(sandbox.charges().filter((charge) => charge.payment_intent === paid.paymentIntent && charge.captured)).toHaveLength(1);
  });

  onSandbox('an authorisation nobody captures is gone after seven days (sandbox only: a week passes)', async () => {
    const paid = await pay();
    world.clock.advance(7 * 86_400_000);
    expect(await client().capture(paid)).toMatchObject({ code: 'notPayable' });
  });
});

describe('refunds', () => {
  test('[S0-117][S2-093] in parts up to what was taken and not a cent more; the same reference is the same refund', async () => {
    const paid = await taken();
    expect(await client().refund({ ...paid, amountMinor: 500, reference: 'a' })).toMatchObject({ value: { repeated: false, refund: { amountMinor: 500 }, view: { refundedMinor: 500 } } });
    expect(await client().refund({ ...paid, amountMinor: 500, reference: 'a' })).toMatchObject({ value: { repeated: true } });
    expect(await client().refund({ ...paid, amountMinor: 650, reference: 'b' })).toMatchObject({ code: 'amountMismatch', facts: { leftMinor: 649 } });
    expect(await client().refund({ ...paid, amountMinor: 649, reference: 'b' })).toMatchObject({ value: { view: { refundedMinor: 1_149 } } });
    expect((await sdk.refunds.list({ payment_intent: paid.paymentIntent })).data.map(({ amount }) => amount)).toEqual([649, 500]);
    expect(await client().verify(paid)).toMatchObject({ code: 'notPayable', message: 'The payment was refunded.' });
  });

  test.each([[0, CURRENCY, 'amountMismatch'], [-1, CURRENCY, 'amountMismatch'], [1_150, CURRENCY, 'amountMismatch'], [100, 'USD', 'currencyMismatch']])('[S2-093] %d %s of 11.49 CAD is refused and gives nothing back', async (amountMinor, currency, code) => {
    const paid = await taken();
    expect(await client().refund({ ...paid, amountMinor, currency, reference: 'r' })).toMatchObject({ type: 'refused', code });
    expect((await sdk.refunds.list({ payment_intent: paid.paymentIntent })).data).toEqual([]);
  });

  onSandbox('[S1-103] the answer to a refund was lost: found, not paid twice (sandbox only: a planted fault)', async () => {
    const paid = await taken();
    world.inject({ system: 'stripe', method: 'POST', path: '/refunds', kind: 'resetAfter' });
    expect(await client().refund({ ...paid, reference: 'a' })).toMatchObject({ type: 'accepted' });
    expect(sandbox.refunds().filter(({ payment_intent }) => payment_intent === paid.paymentIntent)).toHaveLength(1);
  });
});

describe('stored cards', () => {
  test('[S0-115][S0-118][S2-091] the first is the default; the newest first; removing the default promotes the other; a removed one stays removed', async () => {
    const { customer } = await account();
    const [visa, master] = [await card(), await card('mastercard')];
    expect(await vault().add(customer, visa)).toMatchObject({ type: 'accepted', value: { id: visa, repeated: false } });
    expect(await vault().add(customer, visa)).toMatchObject({ value: { repeated: true } });
    expect(await vault().add(customer, master)).toMatchObject({ type: 'accepted' });
    const stored = await vault().methods(customer);
    expect(stored.map(({ id, isDefault, last4 }) => [id, isDefault, last4]).sort()).toEqual([[visa, true, '4242'], [master, false, '4444']].sort());
    expect(stored[0]!.expires).toMatch(/^\d{4}-\d{2}$/);
    expect(await vault().setDefault(customer, master)).toMatchObject({ value: { repeated: false } });
    expect(await vault().remove(customer, master)).toMatchObject({ value: { promoted: visa } });
    expect(await vault().remove(customer, master)).toMatchObject({ value: { repeated: true } });
    expect(await vault().add(customer, master)).toMatchObject({ code: 'methodUnknown' });
    expect(await vault().methods(customer)).toMatchObject([{ id: visa, isDefault: true }]);
  });

  test('[S2-091] another account\'s card, and one nobody made', async () => {
    const [mine, theirs] = [await account(), await account()];
    const visa = await card();
    await vault().add(theirs.customer, visa);
    for (const work of [vault().add(mine.customer, visa), vault().setDefault(mine.customer, visa), vault().remove(mine.customer, visa), vault().add(mine.customer, 'pm_1Nobody0Made0This0One00')]) expect(await work).toMatchObject({ code: 'methodUnknown' });
    expect(await vault().methods(mine.customer)).toEqual([]);
  });

  test('[S0-116] charged while the customer is away, under one key once, and found by that key', async () => {
    const { accountId, customer } = await account();
    const paymentMethod = await card();
    await vault().add(customer, paymentMethod);
    const command = { accountId, customer, paymentMethod, invoiceId: `${unique}-inv-${(n += 1)}`, chargeKey: `${unique}-key-${n}`, amountMinor: 1_149, currency: CURRENCY, group: 1 };
    const first = await vault().charge(command);
    expect(first).toMatchObject({ type: 'accepted', value: { repeated: false, view: { status: 'succeeded', capturedMinor: 1_149, orderId: command.invoiceId, chargeKey: command.chargeKey } } });
    const id = first.type === 'accepted' ? first.value.view.paymentIntent : '';
    expect(await vault().charge(command)).toMatchObject({ value: { view: { paymentIntent: id } } });
    // Stripe may have forgotten its key by then.
    expect(await vault().charge({ ...command, group: 2, lookSince: started })).toMatchObject({ value: { repeated: true, view: { paymentIntent: id } } });
    expect((await sdk.paymentIntents.list({ customer })).data.map((one) => one.id)).toEqual([id]);
  });

  test('[S0-82] declined while the customer is away: no money, and what helps', async () => {
    const { accountId, customer } = await account();
    const paymentMethod = await card('failsLater');
    await vault().add(customer, paymentMethod);
    const declined = await vault().charge({ accountId, customer, paymentMethod, invoiceId: `${unique}-inv-${(n += 1)}`, chargeKey: `${unique}-key-${n}`, amountMinor: 1_149, currency: CURRENCY, group: 1 });
    expect(declined).toMatchObject({ type: 'refused', code: 'declined', chargeId: expect.stringMatching(/^ch_/), facts: { declineCode: 'generic_decline' } });
    expect(JSON.stringify(declined)).not.toMatch(/0341|visa/);
  });

  test('[S2-096] an amount that no card is charged is a no that names the field', async () => {
    const { accountId, customer } = await account();
    const paymentMethod = await card();
    await vault().add(customer, paymentMethod);
    const charge = (more: object) => vault().charge({ accountId, customer, paymentMethod, invoiceId: 'x', chargeKey: `${unique}-key-${(n += 1)}`, amountMinor: 1_149, currency: CURRENCY, group: 1, ...more });
    expect(await charge({ amountMinor: 1 })).toMatchObject({ type: 'refused', code: 'amountMismatch', path: 'amountMinor' });
    expect(await charge({ currency: 'XXQ' })).toMatchObject({ type: 'refused', code: 'currencyMismatch', path: 'currency' });
  });

  onSandbox('[S1-103] the answer to a charge was lost: found, not charged again (sandbox only: a planted fault)', async () => {
    const { accountId, customer } = await account();
    const paymentMethod = await card();
    await vault().add(customer, paymentMethod);
    world.inject({ system: 'stripe', method: 'POST', path: '/v1/payment_intents', kind: 'resetAfter' });
    expect(await vault().charge({ accountId, customer, paymentMethod, invoiceId: 'lost', chargeKey: 'lost', amountMinor: 1_149, currency: CURRENCY, group: 1 })).toMatchObject({ type: 'accepted' });
    expect((await sdk.paymentIntents.list({ customer })).data).toHaveLength(1);
  });
});

describe('events', () => {
  /** On the real account an event may take a moment to be listed. */
  async function told(paymentIntent: string, types: readonly string[]): Promise<readonly string[]> {
    for (let i = 0; ; i += 1) {
      const seen = (await stripeEvents(options()).since(started)).filter(({ event }) => event.paymentIntent === paymentIntent).map(({ event }) => event.type);
      if (types.every((type) => seen.includes(type)) || !REAL || i > 9) return seen;
      await systemClock.sleep(2_000);
    }
  }

  test('[S2-092] what happened to a payment is in the list of events, the oldest first, whether its webhook came or not', async () => {
    const paid = await taken();
    await client().refund({ ...paid, amountMinor: 500, reference: 'a' });
    const wanted = ['payment_intent.amount_capturable_updated', 'payment_intent.succeeded', 'refund.created'];
    const seen = await told(paid.paymentIntent, wanted);
    expect(seen.filter((type) => wanted.includes(type))).toEqual(wanted);
    expect(seen.every((type) => (heardEvents as readonly string[]).includes(type))).toBe(true);
  });
});

describe('failures', () => {
  test('a wrong key is `unauthorised`, and neither it nor anything sent is in the failure', async () => {
    const failure = await stripePayments(options('sk_test_wrongsecret')).verify({ orderId: 'o', paymentIntent: 'pi_1', amountMinor: 1, currency: CURRENCY }).catch((error: unknown) => error);
    expect(isVendorError(failure) && [failure.kind, failure.outcome]).toEqual(['unauthorised', 'notApplied']);
    expect(JSON.stringify(failure) + String((failure as Error).stack)).not.toMatch(/wrongsecret/);
  });

  onSandbox.each([['429', 'rateLimited'], ['503', 'unavailable']])('%s to a question is `%s` (sandbox only: a planted fault)', async (status, kind) => {
    const paid = await pay();
    world.inject({ system: 'stripe', method: 'GET', path: '/v1/payment_intents', kind: 'status', status: Number(status), body: { error: { message: 'x' } } });
    await expect(client().verify(paid)).rejects.toMatchObject({ name: 'VendorError', kind, outcome: 'notApplied' });
  });
});
