import { ACS, KEY, testHub, type TestHub } from './hub.ts';

let hub: TestHub;
beforeAll(async () => { hub = await testHub({}, { publicPerMinute: 1000 }); }, 60_000);
afterAll(async () => hub.close());

describe('who may come in', () => {
  const routes: readonly (readonly [string, string, object?])[] = [
    ['GET', '/v1/system'], ['GET', '/v1/deliveries'], ['GET', '/v1/events'], ['GET', '/v1/events/list'], ['POST', '/v1/events', {}], ['GET', '/v1/subscriptions'], ['POST', '/v1/subscriptions', {}], ['DELETE', '/v1/subscriptions/x'],
    ['GET', '/v1/drops/1'], ['POST', '/v1/drops/1/hold', { orderId: 'A' }], ['POST', '/v1/orders/o1/open', { order: {} }], ['GET', '/v1/orders/o1'], ['POST', '/v1/device-events', {}], ['GET', '/v1/devices/RCMG1/provision'], ['POST', '/v1/devices/RCMG1/settings', {}],
    ['POST', '/v1/payments/verify', {}], ['POST', '/v1/notices', {}], ['POST', '/v1/radius/subscribers', {}], ['GET', '/v1/voltha/onus/RCMG1'], ['GET', '/nothing-here'],
  ];
  test.each(routes.map(([method, path, body]) => [method, path, body] as const))('%s %s needs a key; a wrong, empty or nearly right one is no key', async (method, path, body) => {
    for (const key of [null, '', 'wrong', `${KEY}x`, KEY.slice(0, -1)]) {
      const reply = await hub.ask(method, path, { body, key });
      expect(reply.status).toBe(401);
      expect(reply.body).toMatchObject({ type: 'vendorError', kind: 'unauthorised', code: 'unauthorised' });
      expect(reply.text).not.toContain(KEY.slice(0, 8));
    }
  });

  test('each of several keys opens; the ACS token opens only what is the ACS’s, and only it opens the secrets', async () => {
    expect((await hub.ask('GET', '/v1/system', { key: 'another-key-0123456789' })).status).toBe(200);
    expect((await hub.ask('GET', '/v1/system', { key: ACS })).status).toBe(403);
    expect((await hub.ask('GET', '/v1/devices/RCMG1/provision', { key: KEY })).status).toBe(403);
    expect((await hub.ask('GET', '/v1/devices/RCMG1/provision', { key: ACS })).status).toBe(404);
  });

  test('health and documentation are open; the document is OpenAPI 3.1 and names the routes of every chapter', async () => {
    expect((await hub.ask('GET', '/health', { key: null })).body).toEqual({ status: 'ok' });
    expect((await hub.ask('GET', '/docs', { key: null })).status).toBe(200);
    const { body } = await hub.ask('GET', '/docs/json', { key: null });
    const document = body as unknown as { openapi: string; paths: Record<string, unknown> };
    expect(document.openapi).toBe('3.1.0');
    for (const path of ['/health', '/v1/events', '/v1/events/list', '/v1/subscriptions/{id}', '/v1/availability/search', '/v1/availability/qualify', '/v1/drops/{fibreId}/hold', '/v1/orders/{orderId}/open', '/v1/devices/{serial}/provision', '/v1/device-events', '/v1/payments/capture', '/v1/notices', '/v1/radius/subscribers', '/v1/voltha/onus/{serial}/provision']) expect(document.paths).toHaveProperty([path]);
  });

  test('a request id is given, and a plain one is kept', async () => {
    expect((await hub.ask('GET', '/health')).headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect((await hub.ask('GET', '/health', { headers: { 'x-request-id': 'order-7' } })).headers.get('x-request-id')).toBe('order-7');
    expect((await hub.ask('GET', '/health', { headers: { 'x-request-id': 'a b;c' } })).headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('the client meets a wrong key as VendorError, never as an answer', async () => {
    const { hubClient } = await import('../src/client.ts');
    const { axiosSend } = await import('../../http/src/send.ts');
    await expect(hubClient(axiosSend({ baseUrl: hub.url })).events.list()).rejects.toMatchObject({ name: 'VendorError', kind: 'unauthorised' });
  });
});

describe('what is refused at the door', () => {
  const bad = async (path: string, body: unknown, status: number, expected: object): Promise<void> => {
    const reply = await hub.ask('POST', path, { body });
    expect([reply.status, reply.body]).toMatchObject([status, { type: 'refused', ...expected }]);
    expect(String(reply.body['message'])).not.toBe('');
    expect(String(reply.body['hint'])).not.toBe('');
  };
  test('malformed, empty and oversized JSON', async () => {
    await bad('/v1/events', '{"type":', 400, { code: 'badInput', path: '' });
    await bad('/v1/events', '', 400, { code: 'badInput' });
    await bad('/v1/events', `"${'x'.repeat(1_100_000)}"`, 413, { code: 'bodyTooLarge' });
    const text = await hub.ask('POST', '/v1/events', { body: 'hello', headers: { 'content-type': 'text/plain' } });
    expect([text.status, text.body]).toMatchObject([415, { type: 'refused', code: 'badInput' }]);
  });
  test('wrong types, missing, unknown and out-of-range fields are named by their path', async () => {
    await bad('/v1/drops/6/hold', {}, 400, { code: 'badInput', path: 'orderId' });
    await bad('/v1/drops/6/hold', { orderId: 7 }, 400, { code: 'badInput', path: 'orderId' });
    await bad('/v1/drops/6/hold', { orderId: 'A', holdSeconds: '60' }, 400, { code: 'badInput', path: 'holdSeconds' });
    await bad('/v1/drops/6/hold', { orderId: 'A', holdSeconds: -1 }, 400, { code: 'badInput', path: 'holdSeconds' });
    await bad('/v1/drops/6/hold', { orderId: 'A', address: { street: 'x', city: 'y' } }, 400, { code: 'badInput', path: 'address.postalCode' });
    await bad('/v1/drops/6/hold', { orderId: 'A', ordreId: 'B' }, 400, { code: 'badInput', path: 'ordreId' });
    await bad('/v1/drops/sept/hold', { orderId: 'A' }, 400, { code: 'badInput', path: 'fibreId' });
    await bad('/v1/subscriptions', { url: 'https://x.test/a', types: ['order.*', 'a b'], secret: '0123456789abcdef' }, 400, { code: 'badInput', path: 'types[1]' });
    await bad('/v1/orders/o9/open', [1], 400, { code: 'badInput' });
    expect((await hub.client.drops.get(6)) as object).toMatchObject({ state: 'free' });
  });
  test('card data anywhere in a body, by name or by look, is refused, not kept and not repeated', async () => {
    await bad('/v1/orders/card-1/open', { order: { payment: { cards: [{ note: '4242 4242 4242 4242' }] } } }, 422, { code: 'cardDataRefused', path: 'order.payment.cards[0].note' });
    await bad('/v1/orders/card-1/open', { order: { payment: { CVV: '123' } } }, 422, { code: 'cardDataRefused', path: 'order.payment.CVV' });
    await bad('/v1/orders/card-1/open', { order: { pan: 5555555555554444 } }, 422, { code: 'cardDataRefused', path: 'order.pan' });
    expect((await hub.ask('POST', '/v1/orders/card-1/open', { body: { order: { a: '4242424242424242' } } })).text).not.toContain('4242');
    expect((await hub.ask('GET', '/v1/orders/card-1')).status).toBe(404);
    expect((await hub.ask('POST', '/v1/orders/card-2/open', { body: { order: { phone: '15145551234', intent: 'pi_4242424242424242', imei: '490154203237518', big: '4242424242424241' } } })).status).toBe(200);
  });
  test('an unknown address is 404 in the same shape', async () => {
    expect(await hub.ask('GET', '/v2/everything')).toMatchObject({ status: 404, body: { type: 'vendorError', kind: 'notFound' } });
  });
});
