// What a real n8n with the reference workflows does with bad input, refusals, races and things told twice: a 4xx that says what to do, and
// nothing left behind in any system.
import { createHmac } from 'node:crypto';
import { axiosSend, systemClock } from '../../packages/http/src/send.ts';
import { oktopus } from '../../packages/oktopus/src/index.ts';
import { http, until } from '../../tools/drive.ts';
import { SANDBOX_KEYS } from '../../tools/stack.ts';
import { ALL_THREE, ONE_ORDER, startSystem, type Buyer, type Json, type Reply, type System } from './harness.ts';

jest.setTimeout(30_000);
let at: System;
beforeAll(async () => {
  at = await startSystem(15_000);
}, 240_000);
afterAll(() => at?.close(), 60_000);

const refusal = (code: unknown, path: unknown = expect.any(String)) => ({ type: 'refused', code, path, message: expect.any(String), hint: expect.any(String) });
const settled = (name: string) => until(`${name} to be still`, async () => (await at.executions(name)).every((one) => !['running', 'new', 'waiting'].includes(one.status)), 90);

describe('an order that cannot be', () => {
  let buyer: Buyer;
  beforeAll(async () => {
    buyer = await at.buyer();
  });
  const bad: readonly (readonly [string, (good: Json) => unknown, number, object])[] = [
    ['a text instead of an object', () => '"an order"', 422, refusal('badInput')],
    ['a list instead of an object', () => [], 422, refusal('badInput')],
    ['nothing', () => ({}), 422, refusal('badInput', 'address')],
    ['a fibre_id that is a text', (good) => ({ ...good, address: { ...good['address'], fibre_id: '12' } }), 422, refusal('badInput', 'address.fibre_id')],
    ['services that are no list', (good) => ({ ...good, services: { sku: 'FTTH150I' } }), 422, refusal('badInput', 'services')],
    ['a payment intent that is none', (good) => ({ ...good, stripe_payment_intent: 'pi_x_secret_y' }), 422, refusal('badInput', 'stripe_payment_intent')],
    ['an unknown SKU', (good) => ({ ...good, services: [{ sku: 'FTTH9000', type: 'internet' }] }), 422, refusal('unknownSku', 'services[0].sku')],
    ['a Saturday', (good) => ({ ...good, preferred_dates: [...good['preferred_dates'].slice(0, 2), saturday(good['preferred_dates'][0])] }), 422, refusal('dateOnWeekend', 'preferred_dates[2]')],
    ['a price that is not the server’s', (good) => ({ ...good, expected_total_minor: good['expected_total_minor'] - 1 }), 422, refusal('priceMismatch', 'expected_total_minor')],
    ['a card number', (good) => ({ ...good, customer: { ...good['customer'], name: 'Jean 4242 4242 4242 4242' } }), 422, refusal('cardDataRefused', 'customer.name')],
    ['a security code', (good) => ({ ...good, cvv: '123' }), 422, refusal('cardDataRefused', 'cvv')],
  ];
  test.each(bad)('[S1-075] %s is refused with code, path and hint, and leaves nothing', async (_what, change, status, expected) => {
    let reply: Reply | undefined;
    expect(await at.added(async () => { reply = await at.place(change(buyer.checkout)); })).toEqual({});
    expect(reply).toEqual({ status, body: expect.objectContaining(expected) });
    expect(JSON.stringify(reply)).not.toMatch(/4242|123"/);
    expect((await at.order(buyer.orderId))['type']).toBe('vendorError'); // was never opened
    expect((await at.drop(buyer.fibreId))['state']).toBe('free');
    expect((await at.intentOf(buyer.intent)).amount_received).toBe(0);
  });

  test('[S1-075] broken JSON is refused by n8n itself: 422 with message and hint, no execution, no stack trace', async () => {
    const before = (await at.executions('New Customer Order')).length;
    const reply = await at.hook('new-customer-order', '{"address":');
    expect(reply).toEqual({ status: 422, body: { code: 422, message: 'Failed to parse request body', hint: expect.any(String) } });
    expect((await at.executions('New Customer Order')).length).toBe(before);
  });

  test('[S1-081] [S1-098] [S1-021] a drop that is not at the address, is occupied, has no box or carries less than was ordered: 409, nothing written, the payment let go', async () => {
    let slow = await at.dropIn('free');
    while (slow['maxDownMbps'] >= 1500) slow = await at.dropIn('free');
    const cases: [string, Buyer, string][] = [
      ['addressMismatch', await at.buyer({ home: { ...(await at.dropIn('free')), street: '1 rue Ailleurs' } }), 'free'],
      ['portOccupied', await at.buyer({ home: await at.dropIn('occupied') }), 'occupied'],
      ['boxMissing', await at.buyer({ home: await at.dropIn('boxMissing') }), 'boxMissing'],
      ['speedTooHigh', await at.buyer({ home: slow, services: [{ sku: 'FTTH1500I', type: 'internet' }] }), 'free'],
    ];
    const added = await at.added(async () => {
      for (const [code, { checkout }] of cases) expect(await at.place(checkout)).toEqual({ status: 409, body: expect.objectContaining(refusal(code)) });
    });
    expect(added).toEqual({});
    for (const [, { intent, orderId, fibreId }, state] of cases) {
      expect(await at.intentOf(intent)).toMatchObject({ status: 'canceled', amount_received: 0 });
      expect(await at.order(orderId)).toMatchObject({ status: 'cancelled' });
      expect((await at.drop(fibreId))['state']).toBe(state);
    }
  });

  test('[S1-064] [S1-081] a payment of another amount, or unknown to Stripe: 402, no port, no document', async () => {
    const short = await at.buyer();
    const cheap = await at.pay(100);
    const added = await at.added(async () => {
      expect(await at.place({ ...short.checkout, stripe_payment_intent: cheap })).toEqual({ status: 402, body: expect.objectContaining(refusal('amountMismatch')) });
      expect(await at.place({ ...short.checkout, stripe_payment_intent: 'pi_neverHeardOf1' })).toEqual({ status: 402, body: expect.objectContaining(refusal('paymentUnknown')) });
    });
    expect(added).toEqual({});
    expect((await at.drop(short.fibreId))['state']).toBe('free');
    expect(await at.intentOf(cheap)).toMatchObject({ amount_received: 0 });
  });

  test('[S1-077] a payment that pays another order: 402; the same payment with other content: 409 orderConflict', async () => {
    const first = await at.buyer();
    const other = await at.buyer();
    await at.stripe.paymentIntents.update(other.intent, { metadata: { order_id: 'ord_somebodyElse' } });
    const added = await at.added(async () => {
      expect(await at.place(other.checkout)).toEqual({ status: 402, body: expect.objectContaining(refusal('orderMismatch')) });
    });
    expect(added).toEqual({});
    expect(await at.intentOf(other.intent)).toMatchObject({ status: 'requires_capture' }); // it is somebody else’s to take
    expect((await at.drop(other.fibreId))['state']).toBe('free');

    expect((await at.place(first.checkout)).status).toBe(201);
    await at.stepDone(first.orderId, 'orderConfirmed');
    expect(await at.added(async () => {
      const changed = { ...first.checkout, customer: { ...(first.checkout['customer'] as Json), phone: '+15145559999' } };
      expect(await at.place(changed)).toEqual({ status: 409, body: expect.objectContaining(refusal('orderConflict')) });
    })).toEqual({});
  });
});

const saturday = (day: string): string => {
  const date = new Date(`${day}T12:00:00Z`);
  date.setUTCDate(date.getUTCDate() + ((6 - date.getUTCDay() + 7) % 7));
  return date.toISOString().slice(0, 10);
};

describe('at the same moment', () => {
  test('[S1-097] [S1-098] ten buyers for one drop: one gets it, nine get 409 and their payments are let go', async () => {
    const home = await at.dropIn('free');
    const buyers: Buyer[] = [];
    for (let n = 0; n < 10; n += 1) buyers.push(await at.buyer({ home }));
    const replies: { buyer: Buyer; reply: Reply }[] = [];
    const added = await at.added(async () => {
      replies.push(...(await Promise.all(buyers.map(async (buyer) => ({ buyer, reply: await at.place(buyer.checkout) })))));
      const won = replies.filter(({ reply }) => reply.status === 201);
      expect(won).toHaveLength(1);
      await at.stepDone(won[0]!.buyer.orderId, 'orderConfirmed', 90);
      await settled('New Customer Order');
    });
    expect(added).toEqual(ONE_ORDER);
    const lost = replies.filter(({ reply }) => reply.status !== 201);
    expect(lost.map(({ reply }) => [reply.status, reply.body.code])).toEqual(Array.from({ length: 9 }, () => [409, 'portHeld']));
    for (const { buyer } of lost) expect(await at.intentOf(buyer.intent)).toMatchObject({ status: 'canceled', amount_received: 0 });
    expect((await at.drop(home['fibreId']))['state']).toBe('reserved');
  }, 120_000);

  test('[S1-077] [S1-103] the same order five times in parallel makes one of everything', async () => {
    const buyer = await at.buyer();
    const added = await at.added(async () => {
      const replies = await Promise.all(Array.from({ length: 5 }, () => at.place(buyer.checkout)));
      expect(replies.map(({ status, body }) => [status, body.orderId])).toEqual(Array.from({ length: 5 }, () => [201, buyer.orderId]));
      await at.stepDone(buyer.orderId, 'orderConfirmed', 90);
      await settled('New Customer Order');
    });
    expect(added).toEqual(ONE_ORDER);
    expect((await at.order(buyer.orderId))['fallout']).toEqual([]);
  }, 120_000);
});

describe('webhooks', () => {
  test('[S1-077] the Leadlight Trigger refuses what the hub did not sign, what is stale and what it had before; no execution', async () => {
    const [{ url }] = ((await at.hub('/v1/subscriptions')) as Json[]).filter((one) => one['types'].includes('device.bootstrap')) as [Json];
    const { results } = { results: await at.stack.n8n.rest<Json[]>('GET', '/rest/workflows') };
    const { id } = results.find((one) => one['name'] === 'Device Bootstrap')!;
    const { staticData } = await at.stack.n8n.rest<Json>('GET', `/rest/workflows/${id}`);
    const secret: string = Object.values(staticData as Json).map((one: any) => one.secret).find(Boolean);
    const serial = 'RCMG7E57AAAA';
    const body = JSON.stringify({ id: 1, type: 'device.bootstrap', stream: `device-${serial}`, at: new Date().toISOString(), data: { deviceId: `000E5E-HT803G%2DW-${serial}`, serial, oui: '000E5E', productClass: 'HT803G-W', event: '0 BOOTSTRAP', at: new Date().toISOString() } });
    const sign = (t: number, key: string) => `t=${t},v1=${createHmac('sha256', key).update(`${t}.${body}`).digest('hex')}`;
    const send = (signature?: string) => http(url, { method: 'POST', body, headers: signature ? { 'x-leadlight-signature': signature } : {} });
    const now = Math.floor(Date.now() / 1000);
    const before = (await at.executions('Device Bootstrap')).length;
    for (const signature of [undefined, 'nonsense', sign(now, 'not the secret'), sign(now - 301, secret)]) expect(await send(signature)).toEqual({ status: 401, body: expect.objectContaining({ type: 'refused', code: 'badSignature' }) });
    expect((await at.executions('Device Bootstrap')).length).toBe(before);
    expect((await send(sign(now, secret))).status).toBe(200);
    for (const copy of [sign(now, secret), sign(now, secret).toUpperCase().replace('T=', 't=').replace('V1=', 'v1=')]) expect(await send(copy)).toEqual({ status: 409, body: expect.objectContaining({ code: 'replayed' }) });
    await settled('Device Bootstrap');
    expect((await at.executions('Device Bootstrap')).length).toBe(before + 1);
  });

  test('[S1-064] Stripe’s webhook: unsigned, wrongly signed and stale are 400 and change nothing; told twice counts once', async () => {
    const buyer = await at.buyer();
    const url = `${at.stack.urls.hub}/v1/payments/webhooks/stripe`;
    const object = { ...(await at.intentOf(buyer.intent)), metadata: { order_id: buyer.orderId } };
    const payload = JSON.stringify({ id: 'evt_replayed1', object: 'event', type: 'payment_intent.canceled', api_version: '2025-01-01', created: Math.floor(Date.now() / 1000), livemode: false, data: { object } });
    const header = (secret: string, ageSeconds = 0) => at.stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp: Math.floor(Date.now() / 1000) - ageSeconds });
    const send = (signature?: string) => http(url, { method: 'POST', body: payload, headers: signature ? { 'stripe-signature': signature } : {} });
    // Stripe's own word of the authorisation may come in meanwhile; nothing else may.
    const told = async () => (await Promise.all([`order-${buyer.orderId}`, `payment-${buyer.intent}`].map((stream) => at.hub(`/v1/events/list?stream=${stream}&limit=50`)))).flat().filter((one: { type: string }) => one.type !== 'payment.authorised');
    for (const signature of [undefined, header('whsec_wrong'), header(SANDBOX_KEYS.stripeWebhook, 3600)]) expect(await send(signature)).toEqual({ status: 400, body: expect.objectContaining({ type: 'refused', hint: expect.any(String) }) });
    expect(await told()).toEqual([]);
    const first = await send(header(SANDBOX_KEYS.stripeWebhook));
    expect(first.status).toBe(200);
    const again = await send(header(SANDBOX_KEYS.stripeWebhook));
    expect(again).toEqual({ status: 200, body: { type: 'received', outcome: 'repeated' } });
    expect(await told()).toEqual([]);
    // What Stripe says counts, not what the message says: the payment is as it was.
    expect(await at.intentOf(buyer.intent)).toMatchObject({ status: 'requires_capture' });
  });

  test('[S2-090] all four providers are set up in `npm start`: a PayPal order is approved and taken, a marketplace purchase resolved and activated', async () => {
    expect((await at.hub('/v1/payments/providers')).providers).toMatchObject(['stripe', 'paypal', 'azure_marketplace', 'invoice'].map((provider) => ({ provider, on: true, hint: null })));
    const sandbox = (path: string, body: object) => http(`${at.stack.urls.sandbox}${path}`, { body });
    const order = { orderId: 'ord_paypal', amountMinor: 11_492, currency: 'CAD' };
    const { paymentIntent } = await at.hub('/v1/payments/paypal/orders', order);
    expect((await sandbox('/approve', { id: paymentIntent })).status).toBe(200);
    expect(await at.hub('/v1/payments/capture', { ...order, paymentIntent })).toMatchObject({ type: 'captured', status: 'succeeded' });
    const { body: bought } = await sandbox('/buy', { planId: 'gold' });
    const resolved = await at.hub('/v1/marketplace/resolve', { token: bought.token });
    expect(resolved).toMatchObject({ type: 'saasSubscription', id: bought.subscriptionId, planId: 'gold' });
    expect(await at.hub(`/v1/marketplace/subscriptions/${resolved.id}/activate`, { planId: 'gold' })).toMatchObject({ subscription: { status: 'Subscribed' } });
    // PayPal's own word of it, signed and verified there, came to the hub as well.
    await until('PayPal to tell of the approval', async () => (await at.hub('/v1/events/list?types=payment.authorised&limit=500')).some(({ data }: Json) => data['paymentIntent'] === paymentIntent));
  });

  test('[S1-137] device events need the token of the ACS; the field app its password', async () => {
    const event = { deviceId: '000E5E-X-RCMG00000009', serial: 'RCMG00000009', oui: '000E5E', productClass: 'X', event: '0 BOOTSTRAP', at: new Date().toISOString() };
    const before = (await at.executions('Device Bootstrap')).length;
    for (const headers of [{}, { authorization: 'Bearer nobody' }] as Record<string, string>[]) expect((await http(`${at.stack.urls.hub}/v1/device-events`, { body: event, headers })).status).toBe(401);
    for (const path of ['equipment-scanned', 'installation-done']) {
      for (const headers of [{}, { authorization: `Basic ${Buffer.from('field:wrong').toString('base64')}` }] as Record<string, string>[]) expect([401, 403]).toContain((await at.hook(path, { orderId: 'ord_1' }, headers)).status);
    }
    expect((await at.executions('Device Bootstrap')).length).toBe(before);
  });

  test('[S1-138] an unknown device told twice: one Issue "Unknown device …", one word to the NOC', async () => {
    const serial = 'RCMGDEAD0001';
    const tell = (when: string) => http(`${at.stack.urls.hub}/v1/device-events`, { headers: { authorization: `Bearer ${at.stack.secrets.acsToken}` }, body: { deviceId: `000E5E-HT803G%2DW-${serial}`, serial, oui: '000E5E', productClass: 'HT803G-W', event: '0 BOOTSTRAP', ip: '100.64.9.9', at: when } });
    const before = (await at.executions('Device Bootstrap')).length;
    const added = await at.added(async () => {
      for (const when of ['2026-11-20T10:00:00.000Z', '2026-11-20T10:00:00.000Z', '2026-11-20T10:05:00.000Z']) expect((await tell(when)).status).toBe(200);
      await until('both to be heard', async () => (await at.executions('Device Bootstrap')).filter((one) => one.status === 'success').length >= before + 2);
    });
    expect(added).toEqual({ Issue: 1, chat: 1 });
    expect((await at.executions('Device Bootstrap')).length).toBe(before + 2); // the exact copy was not an event at all
    expect(await at.erp('Issue', [['leadlight_id', '=', `acs:${serial}:unknown`]])).toMatchObject([{ subject: `Unknown device ${serial}`, status: 'Open' }]);
    expect((await at.sent()).chat.at(-1)).toMatchObject({ room: 'noc' });
  });
});

describe('before there is an order', () => {
  const ask = (address?: string) => http(`${at.stack.urls.editor}/webhook/check-availability${address === undefined ? '' : `?${new URLSearchParams({ address })}`}`);
  const typed = (home: Json) => `${home['street']}, ${home['city']} ${home['postalCode']}`;

  test('[S1-001] [S1-002] [S1-003] available, occupied, unknown and empty addresses; never a word of port, device or neighbours', async () => {
    const [free, occupied] = [await at.dropIn('free'), await at.dropIn('occupied')];
    const yes = await ask(typed(free));
    expect(yes).toMatchObject({ status: 200, body: { qualification: { availability: 'available' }, offerings: expect.arrayContaining([expect.objectContaining({ sku: 'FTTH150I' })]), installationDates: expect.any(Array) } });
    const taken = await ask(typed(occupied));
    expect(taken).toMatchObject({ status: 200, body: { qualification: { availability: 'contactUs' } } });
    const nowhere = await ask('12345 boulevard Nulle Part, Tombouctou');
    expect(nowhere).toMatchObject({ status: 200, body: { qualification: { availability: 'notCovered', message: { fr: expect.stringContaining('pas encore disponible') } } } });
    expect(nowhere.body.offerings).toBeUndefined();
    for (const nothing of [undefined, '', '   ', 'x'.repeat(500)]) expect(await ask(nothing)).toEqual({ status: 422, body: expect.objectContaining(refusal('badInput', 'address')) });
    for (const { body } of [yes, taken, nowhere]) expect(JSON.stringify(body)).not.toMatch(/olt|"port"|"slot"|"frame"|ontId|serial|occupied|neighbour|RCMG|TPLG|172\.17\./i);
  });

  const person = (n: number) => ({ name: `Marie Côté ${n}`, email: `marie.${n}@example.ca`, phone: '+15145550142', address: { rue: `${n} chemin du Lac`, ville: 'Ormstown', zip: 'J0S 1K0' }, language: 'fr' });
  test.each([
    ['[S1-150] [S1-153] [S1-154] to be told', { ...person(10), choice: 'notify' }, { Lead: 1, emails: 2 }, { interest: 'Fibre Waitlist' }],
    ['[S1-151] for a telephone alone', { ...person(11), choice: 'phoneOnly' }, { Lead: 1, emails: 1 }, { interest: 'Phone Anywhere' }],
    ['[S1-152] [S1-155] for a business', { ...person(12), company: 'Verger Côté', choice: 'business' }, { Lead: 1, Issue: 1, emails: 2 }, { interest: 'Business Fibre' }],
  ] as const)('%s: one Lead though the button is pressed twice', async (_title, form, expected, fields) => {
    const added = await at.added(async () => {
      for (let press = 0; press < 2; press += 1) {
        const reply = await at.hook('lead', form);
        expect(reply).toMatchObject({ status: 201, body: { type: 'leadKept', choice: form.choice } });
        expect(reply.body.phoneOfferings.map((one: Json) => one['sku'])).toContain('TELEPMENS');
      }
      await settled('Lead Funnel');
    });
    expect(added).toEqual(expected);
    const [lead] = await at.erp('Lead', [['email_id', '=', form.email]], ['name', 'interest', 'city', '_user_tags']);
    expect(lead).toMatchObject({ ...fields, city: 'Ormstown' });
    expect(lead!['_user_tags']).toMatch(/Ormstown/);
    expect(lead!['_user_tags']).toMatch(/J0S/);
    // Both presses are one wish on the map of demand, and no house.
    const { rows } = await at.hub('/v1/coverage/demand?by=street');
    expect(rows).toEqual(expect.arrayContaining([expect.objectContaining({ municipality: 'Ormstown', street: 'chemin du Lac', waiting: Number(form.address.rue.slice(0, 2)) - 9 })]));
    if (form.choice === 'business') expect(await at.erp('Issue', [['raised_by', '=', form.email]])).toMatchObject([{ subject: expect.stringContaining('Soumission fibre entreprise - 12 chemin du Lac') }]);
  });

  test('[S1-153] a lead nobody can be reached by, of wrong types or with a card number is refused and not kept', async () => {
    const { email: _email, phone: _phone, ...nobody } = person(13);
    const added = await at.added(async () => {
      for (const [form, expected] of [
        [{ ...nobody, choice: 'notify' }, refusal('contactMissing')], [{ ...person(13), choice: 'gold' }, refusal('badInput', 'choice')], ['"hello"', refusal('badInput')],
        [{ ...person(13), choice: 'notify', message: 'ma carte 4242424242424242' }, refusal('cardDataRefused', 'message')],
      ] as const) expect(await at.hook('lead', form)).toEqual({ status: 422, body: expect.objectContaining(expected) });
    });
    expect(added).toEqual({});
  });

  test('[S1-060] a selection that cannot be sold is refused with its path', async () => {
    for (const [selection, path] of [[[1], ''], ['"x"', ''], [{ services: [{ sku: 'NOPE', type: 'tv' }] }, 'services[0].sku'], [{ services: [] }, 'services']] as const) {
      expect(await at.hook('price-checkout', selection)).toEqual({ status: 422, body: expect.objectContaining({ type: 'refused', path, hint: expect.any(String) }) });
    }
  });
});

describe('on site', () => {
  let one: Buyer;
  let two: Buyer;
  beforeAll(async () => {
    one = await at.buyer({ services: ALL_THREE });
    two = await at.buyer();
    for (const { checkout } of [one, two]) expect((await at.place(checkout)).status).toBe(201);
    for (const { orderId } of [one, two]) await at.stepDone(orderId, 'orderConfirmed', 90);
  }, 120_000);
  const scan = (orderId: unknown, code: unknown) => at.field('equipment-scanned', { orderId, scan: code });
  const equipment = (orderId: string) => at.erp('Service Equipment', [['leadlight_id', 'like', `${orderId}:eq:%`]], ['equipment_type', 'serial_number', 'status']);

  test('[S1-111] [S1-112] garbage, an unknown order and the ONT of another customer are refused; the same scan twice is one', async () => {
    for (const code of ['HELLO', '', { a: 1 }, 'RCMG12', '"; DROP TABLE']) expect(await scan(one.orderId, code)).toEqual({ status: 422, body: expect.objectContaining({ code: expect.any(String), hint: expect.any(String) }) });
    for (const orderId of ['ord_nobody1', '', 7, null]) expect(await scan(orderId, 'RCMG0BADF00D')).toEqual({ status: expect.any(Number), body: expect.objectContaining(refusal(expect.any(String))) });
    expect((await equipment(one.orderId)).filter((row) => row['serial_number'])).toEqual([]);
    for (let again = 0; again < 2; again += 1) expect(await scan(one.orderId, 'S/N: rcmg0badf00d')).toMatchObject({ status: 200, body: { kind: 'ont', serial: 'RCMG0BADF00D' } });
    expect(await scan(two.orderId, 'RCMG0BADF00D')).toEqual({ status: 409, body: expect.objectContaining(refusal('conflict', 'scan')) });
    expect(await scan(one.orderId, 'RCMG0BADF00E')).toEqual({ status: 409, body: expect.objectContaining(refusal('notInOrder', 'scan')) });
    expect((await equipment(one.orderId)).filter((row) => row['serial_number'])).toMatchObject([{ equipment_type: 'ONT', serial_number: 'RCMG0BADF00D' }]);
    expect((await equipment(two.orderId)).filter((row) => row['serial_number'])).toEqual([]);
  });

  test('[S1-170] Routr away while an ONT with a telephone line is scanned: 409 with what to do; scanned again, the line has its one account', async () => {
    await at.fault({ system: 'routr', kind: 'status', status: 14, times: 50 });
    expect(await scan(one.orderId, 'RCMG0BADF00D')).toEqual({ status: 409, body: expect.objectContaining(refusal('unavailable', 'scan')) });
    await at.heal();
    expect(await scan(one.orderId, 'RCMG0BADF00D')).toMatchObject({ status: 200, body: { kind: 'ont' } });
    expect(await at.hub('/v1/devices/RCMG0BADF00D/sip-account')).toMatchObject({ type: 'sipAccount', state: 'active', orderId: one.orderId });
  });

  test('[S1-117] [S1-119] a report without its checks is refused by name; nothing is provisioned', async () => {
    const whole = { ...at.report, tvChannels: true, dialTone: true };
    const { dialTone: _silent, ...missing } = whole;
    const added = await at.added(async () => {
      expect(await at.field('installation-done', { orderId: one.orderId, report: missing })).toMatchObject({ status: 422, body: { ...refusal('checksMissing', 'report.dialTone'), hint: expect.stringContaining('Phone dial tone') } });
      expect(await at.field('installation-done', { orderId: one.orderId, report: { ...whole, wifi5: false } })).toMatchObject({ status: 422, body: refusal('checksFailed', 'report.wifi5') });
      for (const report of [undefined, null, 'done', [true], {}]) expect(await at.field('installation-done', { orderId: one.orderId, report })).toMatchObject({ status: 422, body: refusal(expect.any(String)) });
      for (const orderId of ['ord_nobody1', undefined]) expect(await at.field('installation-done', { orderId, report: whole })).toEqual({ status: 404, body: expect.objectContaining(refusal('orderUnknown', 'orderId')) });
      expect(await at.field('installation-done', { orderId: two.orderId, report: whole })).toMatchObject({ status: 422, body: refusal('ontNotScanned') });
    });
    expect(added).toEqual({});
    expect((await at.drop(one.fibreId))['state']).toBe('reserved');
    expect(await at.hub(`/v1/radius/subscribers/SVC-${one.orderId}`)).toMatchObject({ access: 'absent' });
  });

  test('[S0-105] [S1-093] weak light: 409 notYetLive naming the reading; nothing active, nothing billed, nobody told', async () => {
    const added = await at.added(async () => {
      await at.install(two, 0x0badcafe, { rxPowerDbm: -29.5 });
      expect(await at.reportDone(two.orderId)).toEqual({ status: 409, body: expect.objectContaining(refusal('notYetLive', 'optical.rxPowerDbm')) });
    });
    expect(added).toEqual({ addresses: 1 });
    for (const [doctype, like] of [['Service Location', 'location'], ['Service Subscription', 'sub:%']] as const) {
      expect((await at.erp(doctype, [['leadlight_id', 'like', `${two.orderId}:${like}`]], ['status'])).map((row) => row['status'])).not.toContain('Active');
    }
    expect(await at.order(two.orderId)).toMatchObject({ status: 'inProgress', fallout: [] });
  }, 90_000);
});

describe('a router that calls Oktopus', () => {
  const agent = (serial: string) => http(`${at.stack.urls.sandbox}/agent`, { body: { serial, oui: '1C61B4', productClass: 'XX230v', over: 'mqtt' } });
  const activated = async (serial: string): Promise<number> => (await at.hub(`/v1/events/list?types=device.activated&stream=device-${serial}&limit=5`)).length;
  async function scanned(serial: string): Promise<void> {
    const buyer = await at.buyer();
    expect((await at.place(buyer.checkout)).status).toBe(201);
    await at.stepDone(buyer.orderId, 'orderConfirmed', 90);
    expect(await at.field('equipment-scanned', { orderId: buyer.orderId, scan: serial })).toMatchObject({ status: 200 });
  }

  test('[S1-133] [S1-136] [S1-137] gets profile and settings by Oktopus, is read back and activated; GenieACS is not asked, n8n sees no password', async () => {
    const serial = '403F8C0C7001';
    await scanned(serial);
    await agent(serial);
    await until(`activation of ${serial}`, async () => (await activated(serial)) > 0);
    const oss = oktopus(axiosSend({ baseUrl: at.stack.urls.oktopus }), systemClock, SANDBOX_KEYS.oktopus);
    const { values } = await oss.parameters.get(serial, ['Device.']);
    expect(['Device.WiFi.SSID.1.SSID', 'Device.WiFi.SSID.3.SSID', 'Device.Time.NTPServer1', 'Device.NAT.X_TP_UPnPCfg.Enable'].map((path) => values[path])).toEqual(['Gigafibre-7001', 'Gigafibre-7001', '0.ca.pool.ntp.org', 'false']);
    expect(await at.erp('Service Equipment', [['serial_number', '=', serial]], ['status', 'acs_device_id'])).toEqual([{ status: 'Connected', acs_device_id: serial }]);
    expect((await at.calls('genieacs', 'POST', /tasks/)).filter(({ path }) => String(path).includes(serial))).toEqual([]);
    const { body: { wifi } } = await http(`${at.stack.urls.hub}/v1/devices/${serial}/provision`, { headers: { authorization: `Bearer ${at.stack.secrets.acsToken}` } });
    await settled('Device Bootstrap');
    const seen = JSON.stringify(await Promise.all((await at.executions('Device Bootstrap')).map(({ id }) => at.stack.n8n.execution(id))));
    expect(seen).toContain(serial);
    expect(seen).not.toContain(wifi.password);
  }, 90_000);

  test('[S1-133] that is gone again at once is not activated, and the NOC hears of it', async () => {
    const serial = '403F8C0C7002';
    await scanned(serial);
    await agent(serial);
    await http(`${at.stack.urls.sandbox}/unplug`, { body: { serial } });
    await until('the NOC to hear of it', async () => (await at.sent()).chat.some((one) => one['room'] === 'noc' && JSON.stringify(one).includes(serial)));
    expect(await activated(serial)).toBe(0);
  }, 90_000);
});

describe('an order that stops', () => {
  test('[S0-90] Order Stopped: one ticket with the reasons, one SMS in the customer’s language without them, however often it is told', async () => {
    const orderId = `ord_stopped_${at.stack.ports.n8n}`;
    const phone = '+15145557788';
    const stop = () => at.hub(`/v1/orders/${orderId}/fallout`, { step: 'allocateIp', owner: 'noc', message: 'The pool 100.64.16.0/22 is full.', hint: 'Widen it.' });
    await at.hub(`/v1/orders/${orderId}/open`, { order: { language: 'en', customer: { name: 'Jeanne Tremblay', phone } } });
    const fallout = (await stop()) as Json;
    await until('the customer to be told', async () => (await at.sent()).sms.some((one) => JSON.stringify(one).includes(orderId)));
    await until('the ticket', async () => (await at.erp('Issue', [['leadlight_id', '=', fallout['id']]])).length > 0);
    expect(((await stop()) as Json)['id']).toBe(fallout['id']);
    // The incident is in the log with its reasons, told once.
    const log: Json[] = await at.hub(`/v1/events/list?stream=order-${orderId}&types=order.fallout`);
    expect(log).toMatchObject([{ data: { falloutId: fallout['id'], step: 'allocateIp', message: expect.stringContaining('full'), hint: 'Widen it.' } }]);
    expect(await at.erp('Issue', [['subject', 'like', `%${orderId}%`]])).toMatchObject([{ subject: `Order ${orderId} stopped at allocateIp`, status: 'Open', priority: 'High', description: expect.stringContaining('Widen it.') }]);
    const told = (await at.sent()).sms.map((one) => JSON.stringify(one)).filter((text) => text.includes(orderId));
    expect(told).toEqual([expect.stringMatching(/is delayed\. We are working on it/)]);
    expect(told[0]).toContain(phone.slice(1));
    expect(told[0]).not.toMatch(/pool|100\.64/);
  }, 90_000);
});
