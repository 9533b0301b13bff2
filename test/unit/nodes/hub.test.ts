import { FibreAvailability } from '../../../nodes/FibreAvailability/FibreAvailability.node.ts';
import { LeadlightHub } from '../../../nodes/LeadlightHub/LeadlightHub.node.ts';
import { Radius } from '../../../nodes/Radius/Radius.node.ts';
import { Voltha } from '../../../nodes/Voltha/Voltha.node.ts';
import { KEY, testHub, type TestHub } from '../../../packages/hub/test/hub.ts';
import { startAzure, type AzureSandbox } from '../../../packages/sandbox/src/azure/index.ts';
import { startStripe, type StripeSandbox } from '../../../packages/sandbox/src/stripe/index.ts';
import { World } from '../../../packages/sandbox/src/world.ts';
import { startFixture, type Fixture } from '../support/server.ts';
import { context, failed, only, pick, run } from '../support/n8n.ts';

const fibre = new FibreAvailability();
const hubNode = new LeadlightHub();
let hub: TestHub;
let credentials: Record<string, string>;
beforeAll(async () => {
  hub = await testHub();
  credentials = { baseUrl: hub.url, apiKey: KEY };
}, 120_000);
afterAll(() => hub.close());

describe('Fibre Availability', () => {
  test('[S1-020] Search and Qualify answer as the public may know; the pickers give premises and drops', async () => {
    const found = await only(fibre, { resource: 'address', operation: 'search', query: '12 rue Saint-Jean Huntingdon' }, credentials);
    expect(found['candidates']).toEqual(expect.arrayContaining([expect.objectContaining({ label: expect.stringContaining('Saint-Jean') })]));
    const qualified = await only(fibre, { resource: 'address', operation: 'qualify', address: '12 rue Saint-Jean, Huntingdon J0S 1H0' }, credentials);
    expect(qualified).toMatchObject({ type: 'qualified', availability: 'available', premises: { fibreId: 1 } });
    expect(JSON.stringify(qualified)).not.toMatch(/olt|172\.17/i);

    const around = context(fibre, { items: [{}], credentials });
    const premises = await fibre.methods.listSearch.searchPremises.call(around, '12 rue Saint-Jean');
    const byPick = await only(fibre, { resource: 'address', operation: 'qualify', qualifyBy: 'premises', premisesId: pick('list', String(premises.results[0]!.value)) }, credentials);
    expect(byPick).toMatchObject({ type: 'qualified' });
    expect((await fibre.methods.listSearch.searchDrops.call(around, '12 rue Saint-Jean')).results.map(({ value }) => value)).toContain('1');
    expect((await fibre.methods.listSearch.searchPremises.call(around, '12')).results).toEqual([]);
  });

  test('[S1-097] Port: Hold, Confirm, Occupy; another order is refused as data', async () => {
    const drop = pick('id', '6');
    const held = await only(fibre, { resource: 'port', operation: 'hold', fibreId: drop, orderId: 'ord_a', options: { holdSeconds: 600, downKbps: 0 } }, credentials);
    expect(held).toMatchObject({ type: 'held', drop: { fibreId: 6 }, until: '2026-04-01T13:10:00.000Z' });
    expect(await only(fibre, { resource: 'port', operation: 'hold', fibreId: drop, orderId: 'ord_b' }, credentials)).toMatchObject({ type: 'refused', code: 'portHeld', hint: expect.any(String) });
    const mine = { resource: 'port', fibreId: drop, orderId: 'ord_a', token: String(held['token']) };
    expect(await only(fibre, { ...mine, operation: 'confirm', options: { reserveDays: 10 } }, credentials)).toMatchObject({ type: 'confirmed' });
    expect(await only(fibre, { ...mine, operation: 'occupy', serial: 'RCMG19E01234' }, credentials)).toMatchObject({ type: 'occupied', drop: { state: 'occupied' } });
    expect(await only(fibre, { resource: 'drop', operation: 'get', fibreId: drop }, credentials)).toMatchObject({ fibreId: 6, state: 'occupied' });
  });

  test('[S1-098] [S1-021] an address that is not the drop’s, or a speed it has not, is refused; Release gives the port back', async () => {
    const drop = pick('id', '7');
    const hold = { resource: 'port', operation: 'hold', fibreId: drop, orderId: 'ord_c' };
    const wrong = { street: '1 rue Inconnue', city: 'Montréal', postalCode: 'H2X 1Y4' };
    expect(await only(fibre, { ...hold, options: { address: JSON.stringify(wrong) } }, credentials)).toMatchObject({ type: 'refused', code: 'addressMismatch' });
    expect(await only(fibre, { ...hold, options: { downKbps: 2_000_000 } }, credentials)).toMatchObject({ type: 'refused', code: 'speedTooHigh', facts: { maxDownMbps: 1500 } });
    const { token } = await only(fibre, { ...hold, options: { downKbps: 1_500_000 } }, credentials);
    expect(await only(fibre, { resource: 'port', operation: 'release', fibreId: drop, orderId: 'ord_c', token }, credentials)).toMatchObject({ type: 'released' });
    expect(await only(fibre, { ...hold, orderId: 'ord_d' }, credentials)).toMatchObject({ type: 'held' });
  });
});

describe('Leadlight Hub', () => {
  test('Order: Open, Record, Open Fallout and Get; opened again it is resumed', async () => {
    const open = { resource: 'order', operation: 'open', orderId: 'ord_t', order: { orderId: 'ord_t', dueNowMinor: 11492 } };
    expect(await only(hubNode, open, credentials)).toMatchObject({ type: 'opened', state: 'new' });
    const record = { resource: 'order', operation: 'record', orderId: 'ord_t', step: 'createCustomer', system: 'erpnext', outcome: 'done', options: { readBack: '{"name": "CUST-1"}', status: 'inProgress', note: 'found again' } };
    expect(await only(hubNode, record, credentials)).toMatchObject({ type: 'recorded', status: 'inProgress' });
    await only(hubNode, { resource: 'order', operation: 'openFallout', orderId: 'ord_t', step: 'provision', owner: 'noc', message: 'No light.', hint: 'Look at the splice.' }, credentials);
    const view = await only(hubNode, { resource: 'order', operation: 'get', orderId: 'ord_t' }, credentials);
    expect(view['timeline']).toEqual(expect.arrayContaining([expect.objectContaining({ step: 'createCustomer', readBack: { name: 'CUST-1' }, note: 'found again' })]));
    expect(view['fallout']).toEqual([expect.objectContaining({ step: 'provision', owner: 'noc', hint: 'Look at the splice.' })]);
    expect(await only(hubNode, open, credentials)).toMatchObject({ state: 'resumed' });
  });

  test('Event: Publish is heard once per key', async () => {
    const publish = { resource: 'event', operation: 'publish', type: 'order.created', stream: 'order-ord_t', key: 'created', data: '{"city": "Lévis"}' };
    expect(await only(hubNode, publish, credentials)).toMatchObject({ repeated: false, event: { type: 'order.created', data: { city: 'Lévis' } } });
    expect(await only(hubNode, publish, credentials)).toMatchObject({ repeated: true });
  });

  test('Device: Set Settings never gives a password', async () => {
    const kept = await only(hubNode, { resource: 'device', operation: 'setSettings', serial: 'RCMG19E01234', orderId: 'ord_t', options: { wifiSsid: 'Maison' } }, credentials);
    expect(kept).toMatchObject({ type: 'deviceSettings', wifiSsid: 'Maison' });
    expect(JSON.stringify(kept)).not.toMatch(/password/i);
    expect(await only(hubNode, { resource: 'device', operation: 'markActivated', serial: 'RCMG19E01234', orderId: 'ord_t' }, credentials)).toMatchObject({ type: 'published', event: { type: 'device.activated' } });
  });

  test('SIP Account: Ensure of a hub without Routr passes over, without a password', async () => {
    const voip = JSON.stringify({ username: 'ord_t', domain: 'sip.example.ca', registrar: 'sip.example.ca' });
    await only(hubNode, { resource: 'device', operation: 'setSettings', serial: 'RCMG19E0F0F0', orderId: 'ord_t', options: { voip } }, credentials);
    const told = await only(hubNode, { resource: 'sipAccount', operation: 'ensure', serial: 'RCMG19E0F0F0' }, credentials);
    expect(told).toMatchObject({ type: 'sipAccount', state: 'notManaged', aor: 'sip:ord_t@sip.example.ca' });
    expect(JSON.stringify(told)).not.toMatch(/password/i);
  });

  test('a wrong key is told apart, with what to do', async () => {
    expect(await failed(run(hubNode, { items: [{ resource: 'order', operation: 'get', orderId: 'x' }], credentials: { ...credentials, apiKey: 'nope' } }))).toMatchObject({ name: 'NodeApiError', description: expect.stringMatching(/key/i) });
  });

  test('the credential test asks a route that needs the key', async () => {
    const { LeadlightHubApi } = await import('../../../credentials/LeadlightHubApi.credentials.ts');
    const { url, qs } = new LeadlightHubApi().test.request;
    const path = `${url}?${new URLSearchParams(qs as never).toString()}`;
    expect([(await hub.ask('GET', path)).status, (await hub.ask('GET', path, { key: 'nope' })).status]).toEqual([200, 401]);
  });
});

describe('lists of payments, as the hub answers them', () => {
  let world: World;
  let azure: AzureSandbox;
  let stripe: StripeSandbox;
  let paying: TestHub;
  beforeAll(async () => {
    world = new World();
    [azure, stripe] = [await startAzure(world), await startStripe(world)];
    paying = await testHub({ stripe: { secretKey: stripe.secretKey, webhookSecret: 'whsec_x', baseUrl: stripe.url }, azureMarketplace: { tenantId: azure.tenantId, clientId: azure.clientId, clientSecret: azure.clientSecret, baseUrl: azure.url, loginUrl: azure.url } });
  }, 120_000);
  afterAll(async () => { for (const one of [azure, stripe, paying]) await one?.close(); });

  test('Payment Method Get Many; a card number is refused as data', async () => {
    const given = { baseUrl: paying.url, apiKey: KEY };
    await only(hubNode, { resource: 'paymentMethod', operation: 'add', accountId: 'acc_1', token: 'pm_card_visa' }, given);
    expect(await only(hubNode, { resource: 'paymentMethod', operation: 'getMany', accountId: 'acc_1', returnAll: true }, given)).toMatchObject({ brand: 'visa', last4: '4242', isDefault: true });
    expect(await only(hubNode, { resource: 'paymentMethod', operation: 'add', accountId: 'acc_1', token: '4242424242424242' }, given)).toMatchObject({ type: 'refused', code: 'cardDataRefused', path: 'token' });
    const around = context(hubNode, { items: [{}], credentials: given });
    Object.assign(around, { getCurrentNodeParameter: () => 'acc_1' });
    expect((await hubNode.methods.listSearch.searchPaymentMethods.call(around)).results).toMatchObject([{ name: 'visa •••• 4242 (default)' }]);
  });

  test('Marketplace Subscription Get Many and Report Usage; the picker finds by plan', async () => {
    const given = { baseUrl: paying.url, apiKey: KEY };
    const { subscriptionId } = azure.buy('gold');
    expect(await only(hubNode, { resource: 'marketplace', operation: 'getMany', returnAll: false, limit: 1 }, given)).toMatchObject({ id: subscriptionId, planId: 'gold' });
    const report = { resource: 'marketplace', operation: 'reportUsage', subscription: pick('id', subscriptionId), planId: 'gold', dimension: 'devices', units: 2, at: '2026-04-01T12:00:00Z' };
    expect(await only(hubNode, report, given)).toMatchObject({ type: 'refused', code: 'notActive' });
    await only(hubNode, { resource: 'marketplace', operation: 'activate', subscription: pick('id', subscriptionId), planId: 'gold' }, given);
    expect(await only(hubNode, report, given)).toMatchObject({ type: 'taken', quantity: 2 });
    const around = context(hubNode, { items: [{}], credentials: given });
    expect((await hubNode.methods.listSearch.searchMarketplaceSubscriptions.call(around, 'GOLD')).results).toMatchObject([{ value: subscriptionId }]);
  });
});

describe('what the hub is asked for, route by route', () => {
  let echo: Fixture;
  beforeAll(async () => { echo = await startFixture(); });
  afterAll(() => echo.close());
  const asked = async (node: Voltha | Radius | LeadlightHub, parameters: object): Promise<[string, unknown]> => {
    const { url, body } = (await only(node, parameters as never, { baseUrl: echo.url, apiKey: 'k' })) as unknown as { url: string; body: string };
    return [url, body ? JSON.parse(body) : undefined];
  };
  const onu = (operation: string, more: object = {}) => asked(new Voltha(), { resource: 'onu', operation, serial: 'RCMG19E01234', ...more });
  const subscriber = (operation: string, more: object = {}) => asked(new Radius(), { resource: 'subscriber', operation, username: 'a/b@isp', ...more });

  test.each([['get', ''], ['deprovision', '/deprovision'], ['enable', '/enable'], ['disable', '/disable'], ['reboot', '/reboot'], ['readOpticalPower', '/optical']])('VOLTHA %s', async (operation, tail) => {
    expect((await onu(operation))[0]).toBe(`/v1/voltha/onus/RCMG19E01234${tail}`);
  });
  test('VOLTHA provision', async () => {
    expect(await onu('provision', { sVlan: 121, cVlan: 107, downKbps: 150_000, upKbps: 150_000, profileBase: 'FTTH150I', options: { techProfileId: 65 } })).toEqual([
      '/v1/voltha/onus/RCMG19E01234/provision', { sVlan: 121, cVlan: 107, downKbps: 150_000, upKbps: 150_000, profileBase: 'FTTH150I', techProfileId: 65 },
    ]);
  });
  test.each([['get', ''], ['suspend', '/suspend'], ['resume', '/resume'], ['disconnect', '/disconnect'], ['remove', '/remove']])('RADIUS %s', async (operation, tail) => {
    expect((await subscriber(operation))[0]).toBe(`/v1/radius/subscribers/a%2Fb%40isp${tail}`);
  });
  test('RADIUS ensure', async () => {
    expect(await subscriber('ensure', { planSku: 'FTTH150I', downKbps: 150_000, upKbps: 150_000, options: { framedIp: '100.64.16.9' } })).toEqual([
      '/v1/radius/subscribers', { username: 'a/b@isp', planSku: 'FTTH150I', downKbps: 150_000, upKbps: 150_000, nasVendor: 'mikrotik', framedIp: '100.64.16.9' },
    ]);
  });
  test.each(['verify', 'capture', 'cancel', 'refund'])('Payment %s', async (operation) => {
    const payment = { orderId: 'ord_1', paymentIntent: 'pi_1', amountMinor: 11492, currency: 'cad' };
    expect(await asked(new LeadlightHub(), { resource: 'payment', operation, ...payment })).toEqual([`/v1/payments/${operation}`, { ...payment, currency: 'CAD' }]);
  });
  test('Payment refund with a reference', async () => {
    const payment = { orderId: 'ord_1', paymentIntent: 'pi_1', amountMinor: 500, currency: 'CAD' };
    expect(await asked(new LeadlightHub(), { resource: 'payment', operation: 'refund', ...payment, options: { reference: 'router' } })).toEqual(['/v1/payments/refund', { ...payment, reference: 'router' }]);
  });
  test('[S0-116] Payment charge, terms, PayPal order', async () => {
    const price = { amountMinor: 4_599, currency: 'CAD' };
    expect(await asked(new LeadlightHub(), { resource: 'payment', operation: 'charge', accountId: 'acc_1', invoiceId: 'INV-1', ...price, options: { attempt: 2, paymentMethod: 'pm_1' } })).toEqual(['/v1/payments/charge', { accountId: 'acc_1', invoiceId: 'INV-1', ...price, attempt: 2, paymentMethod: 'pm_1' }]);
    expect(await asked(new LeadlightHub(), { resource: 'payment', operation: 'recordTerms', orderId: 'ord_1', ...price, invoicedOn: '2026-04-01', netDays: 30 })).toEqual(['/v1/payments/terms', { orderId: 'ord_1', ...price, invoicedOn: '2026-04-01', netDays: 30 }]);
    expect(await asked(new LeadlightHub(), { resource: 'payment', operation: 'createPaypalOrder', orderId: 'ord_1', ...price, options: {} })).toEqual(['/v1/payments/paypal/orders', { orderId: 'ord_1', ...price }]);
  });
  test('[S0-118] Payment Method add, set default, remove', async () => {
    const of = { resource: 'paymentMethod', accountId: 'a:1' };
    expect(await asked(new LeadlightHub(), { ...of, operation: 'add', token: 'pm_1', options: { asDefault: true } })).toEqual(['/v1/payments/accounts/a%3A1/methods', { token: 'pm_1', asDefault: true }]);
    for (const [operation, tail] of [['setDefault', '/default'], ['remove', '']]) expect((await asked(new LeadlightHub(), { ...of, operation, method: pick('id', 'pm_1') }))[0]).toBe(`/v1/payments/accounts/a%3A1/methods/pm_1${tail}`);
  });
  test('Marketplace Subscription resolve, activate, change, cancel, answer', async () => {
    const id = '37f9dea2-4345-438f-b0bd-03d40d28c7e0';
    const one = (operation: string, more: object) => asked(new LeadlightHub(), { resource: 'marketplace', operation, subscription: pick('id', id), ...more });
    expect(await one('resolve', { token: 'a+/b=' })).toEqual(['/v1/marketplace/resolve', { token: 'a+/b=' }]);
    expect(await one('activate', { planId: 'gold', options: { quantity: 5 } })).toEqual([`/v1/marketplace/subscriptions/${id}/activate`, { planId: 'gold', quantity: 5 }]);
    expect(await one('change', { what: 'quantity', quantity: 7 })).toEqual([`/v1/marketplace/subscriptions/${id}/change`, { quantity: 7 }]);
    expect(await one('change', { what: 'plan', planId: 'gold' })).toEqual([`/v1/marketplace/subscriptions/${id}/change`, { planId: 'gold' }]);
    expect((await one('cancel', {}))[0]).toBe(`/v1/marketplace/subscriptions/${id}/cancel`);
    expect(await one('answer', { operationId: 'op', success: false })).toEqual([`/v1/marketplace/subscriptions/${id}/operations/op/answer`, { success: false }]);
  });
  test.each([['ensure', ''], ['get', ''], ['suspend', '/suspend'], ['resume', '/resume'], ['remove', '']])('[S1-170] SIP Account %s', async (operation, tail) => {
    expect((await asked(new LeadlightHub(), { resource: 'sipAccount', operation, serial: 'RCMG19E01234' }))[0]).toBe(`/v1/devices/RCMG19E01234/sip-account${tail}`);
  });
  test('Notice send', async () => {
    const notice = { trigger: 'serviceActivated', subject: 'ord_1', channel: 'sms', to: '+15145550123', language: 'fr' };
    expect(await asked(new LeadlightHub(), { resource: 'notice', operation: 'send', ...notice, facts: '{"orderId": "ord_1"}' })).toEqual(['/v1/notices', { ...notice, facts: { orderId: 'ord_1' } }]);
  });
});
