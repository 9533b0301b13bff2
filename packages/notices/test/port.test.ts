import { noticeId, type NoticeDb, type NoticeOrder } from '../src/index.ts';
import { closeDb, portBench, type PortBench } from './support.ts';

let b: PortBench;
beforeEach(async () => void (b = await portBench()));
afterEach(() => b.close());
afterAll(closeDb);

const sms: NoticeOrder = { trigger: 'orderConfirmed', subject: 'ord_1', channel: 'sms', to: '+15145550123', language: 'fr', message: { text: 'Commande confirmée! Installation prévue le lundi 13 avril 2026.' } };
const email: NoticeOrder = { ...sms, channel: 'email', to: 'marie@example.ca', message: { subject: 'Votre commande ord_1 est confirmée', text: 'Bonjour Marie', html: '<p>Bonjour Marie</p>' } };
const chat: NoticeOrder = { ...sms, trigger: 'newInstallationJob', channel: 'chat', to: 'dispatch', message: { text: 'Nouvelle installation ord_1 à Gatineau' } };
const taken = () => b.twilio.sent().length + b.mailjet.sent().length + b.chat.sent().length;

test.each([['sms', sms], ['email', email], ['chat', chat]] as const)('[S0-129][S1-103] %s: twenty requests at once, over two hubs, are one message and one event', async (_channel, order) => {
  const hubs = [b.port, b.another()];
  const all = await Promise.all(Array.from({ length: 20 }, (_, i) => hubs[i % 2]!.send(order)));
  expect(taken()).toBe(1);
  expect(all.filter((one) => !one.repeated)).toHaveLength(1);
  expect(new Set(all.map((one) => one.id)).size).toBe(1);
  expect(await b.port.send(order)).toMatchObject({ state: 'sent', repeated: true });
  expect(b.told.map((event) => event.type)).toEqual(['notice.sent']);
});

test('[S0-129] once per trigger, subject and channel: another of any of them is another notice', async () => {
  await b.port.send(sms);
  await b.port.send({ ...sms, subject: 'ord_2' });
  await b.port.send({ ...sms, trigger: 'serviceActivated' });
  await b.port.send(email);
  expect(taken()).toBe(4);
  expect((await b.port.list('ord_1')).map((one) => `${one.trigger} ${one.channel} ${one.state}`)).toEqual(expect.arrayContaining(['orderConfirmed sms sent', 'serviceActivated sms sent', 'orderConfirmed email sent']));
  expect(noticeId('a', 'b:c', 'sms')).not.toBe(noticeId('a:b', 'c', 'sms'));
});

test('[S0-129] the time from asking to leaving is told', async () => {
  b.world.inject({ system: 'twilio', method: 'POST', kind: 'status', status: 503, body: { message: 'busy' } });
  await b.port.send(sms);
  expect(b.told[0]).toMatchObject({ type: 'notice.sent', data: { trigger: 'orderConfirmed', subject: 'ord_1', channel: 'sms', latencyMs: 500 } });
});

test('what is kept and told holds neither the text nor the number or address', async () => {
  await b.port.send(sms);
  await b.port.send(email);
  const traces = (await b.stored()) + JSON.stringify(b.told);
  expect(traces).not.toMatch(/5145550123|marie|Marie|Commande/);
  expect(traces).toContain('+1******0123');
});

describe('[S1-103] when the answer is lost', () => {
  test.each([
    ['sms', sms, 'twilio', 'resetAfter'], ['sms', sms, 'twilio', 'truncate'], ['sms', sms, 'twilio', 'htmlAfter'], ['sms', sms, 'twilio', 'hangAfter'],
    ['email', email, 'mailjet', 'resetAfter'], ['email', email, 'mailjet', 'truncate'], ['email', email, 'mailjet', 'htmlAfter'],
  ] as const)('%s: it is looked up at the vendor, not sent again (%#)', async (_channel, order, system, kind) => {
    b.world.inject({ system, method: 'POST', kind });
    const notice = await b.port.send(order);
    expect(taken()).toBe(1);
    expect(['sent', 'delivered']).toContain(notice.state);
    expect(notice.vendorId).toBeTruthy();
  });

  test.each([['sms', sms, 'twilio'], ['email', email, 'mailjet']] as const)('%s: a page that says nothing, with 200, is no reason to give up looking', async (_channel, order, system) => {
    b.world.inject({ system, method: 'POST', kind: 'htmlAfter', status: 200 });
    expect(['sent', 'delivered']).toContain((await b.port.send(order)).state);
    expect(taken()).toBe(1);
  });

  test.each([['sms', sms, 'twilio'], ['email', email, 'mailjet']] as const)('%s: cut before the vendor took it, it is seen not to be there and sent', async (_channel, order, system) => {
    b.world.inject({ system, method: 'POST', kind: 'resetBefore' });
    expect(['sent', 'delivered']).toContain((await b.port.send(order)).state);
    expect(taken()).toBe(1);
    expect(b.calls(new RegExp(`${system} GET`))).toBe(1);
  });

  test('while nobody can tell it stays queued and visible; the next request settles it without a second message', async () => {
    b.world.inject({ system: 'twilio', method: 'POST', kind: 'resetAfter' });
    b.world.inject({ system: 'twilio', method: 'GET', kind: 'status', status: 503, body: {}, times: 9 });
    expect(await b.port.send(sms)).toMatchObject({ state: 'queued', reason: 'outcomeUnknown' });
    expect(await b.port.list('ord_1')).toMatchObject([{ state: 'queued', reason: 'outcomeUnknown' }]);
    b.world.clearFaults();
    expect(['sent', 'delivered']).toContain((await b.port.send(sms)).state);
    expect(taken()).toBe(1);
  });

  test('a message that another notice stands for is not taken for this one', async () => {
    await b.port.send(sms);
    b.world.inject({ system: 'twilio', method: 'POST', kind: 'resetBefore' });
    expect(await b.port.send({ ...sms, subject: 'ord_2' })).toMatchObject({ state: 'sent' });
    expect(b.twilio.sent()).toHaveLength(2);
  });

  test('chat keeps nothing to look at: it counts as failed, visibly, and is not repeated', async () => {
    b.world.inject({ system: 'chat', kind: 'resetAfter' });
    expect(await b.port.send(chat)).toMatchObject({ state: 'failed', reason: 'outcomeUnknown' });
    expect(await b.port.send(chat)).toMatchObject({ state: 'failed', repeated: true });
    expect(b.chat.sent()).toHaveLength(1);
    expect(b.told.map((event) => event.type)).toEqual(['notice.failed']);
  });
});

test('[S1-103] a hub killed between the message and its record: the next request finds the message, once the claim has lapsed', async () => {
  const dying: NoticeDb = { query: (sql, params) => b.db.query(sql, params), transaction: async () => Promise.reject(new Error('killed')) };
  await expect(b.another({ db: dying }).send(sms)).rejects.toThrow('killed');
  expect(b.twilio.sent()).toHaveLength(1);
  expect(await b.another().send(sms)).toMatchObject({ state: 'queued', repeated: true });
  b.world.clock.advance(121_000);
  // By then it may have arrived.
  expect(await b.another().send(sms)).toMatchObject({ state: expect.stringMatching(/^(sent|delivered)$/), vendorId: b.twilio.sent()[0]!.sid });
  expect(b.twilio.sent()).toHaveLength(1);
});

describe('a notice that cannot leave is a state, never an exception', () => {
  test('a number that is none fails; the corrected one is tried', async () => {
    expect(await b.port.send({ ...sms, to: '+15005550001' })).toMatchObject({ state: 'failed', reason: 'invalidRecipient:21211' });
    expect(await b.port.send({ ...sms, to: '+15005550001' })).toMatchObject({ state: 'failed', repeated: true });
    expect(b.calls(/twilio POST/)).toBe(1);
    expect(b.told).toMatchObject([{ type: 'notice.failed', data: { reason: 'invalidRecipient:21211' } }]);
    expect(await b.port.send(sms)).toMatchObject({ state: 'sent', repeated: false });
  });

  test('a customer who answered STOP is left in peace', async () => {
    b.twilio.optOut(sms.to);
    expect(await b.port.send(sms)).toMatchObject({ state: 'suppressed', reason: 'optedOut:21610' });
    await b.port.send(sms);
    expect(b.calls(/twilio POST/)).toBe(1);
  });

  test('a vendor that is down: tried three times, then failed; a later request tries again', async () => {
    b.world.inject({ system: 'mailjet', kind: 'status', status: 429, body: {}, times: 3 });
    expect(await b.port.send(email)).toMatchObject({ state: 'failed', reason: 'mailjet:rateLimited' });
    expect(b.calls(/mailjet POST/)).toBe(3);
    expect(await b.port.send(email)).toMatchObject({ state: 'sent', repeated: false });
    expect(b.told.map((event) => event.type)).toEqual(['notice.failed', 'notice.sent']);
  });

  test('a way out that is not set up suppresses, says so once, and is used once it is there', async () => {
    const off = b.another({ off: true });
    expect(await off.send(sms)).toMatchObject({ state: 'suppressed', reason: 'notConfigured' });
    expect(await off.send(sms)).toMatchObject({ state: 'suppressed', repeated: true });
    expect(b.told).toHaveLength(1);
    expect(await b.port.send(sms)).toMatchObject({ state: 'sent' });
  });
});

describe('reports never take a notice back', () => {
  test('delivered stays delivered, whatever comes after, and is told once', async () => {
    const { id, vendorId } = await b.port.send(sms);
    const report = (state: 'sent' | 'delivered' | 'failed') => b.port.report(id, { state, vendorId: vendorId! });
    expect(await report('delivered')).toBe(true);
    expect(await report('sent')).toBe(false);
    expect(await report('failed')).toBe(false);
    expect(await report('delivered')).toBe(false);
    expect(await b.port.list('ord_1')).toMatchObject([{ state: 'delivered' }]);
    expect(b.told.map((event) => event.type)).toEqual(['notice.sent', 'notice.delivered']);
  });

  test('a report about another message, or about no notice, changes nothing', async () => {
    const { id } = await b.port.send(sms);
    expect(await b.port.report(id, { state: 'delivered', vendorId: 'SMother' })).toBe(false);
    expect(await b.port.report('ntc_none', { state: 'delivered' })).toBe(false);
  });

  test('a report settles a notice whose answer was lost', async () => {
    b.world.inject({ system: 'twilio', method: 'POST', kind: 'resetAfter' });
    b.world.inject({ system: 'twilio', method: 'GET', kind: 'status', status: 503, body: {}, times: 9 });
    const { id } = await b.port.send(sms);
    expect(await b.port.report(id, { state: 'delivered', vendorId: b.twilio.sent()[0]!.sid })).toBe(true);
    expect(await b.port.send(sms)).toMatchObject({ state: 'delivered', repeated: true });
    expect(b.told.map((event) => event.type)).toEqual(['notice.sent', 'notice.delivered']);
    expect(taken()).toBe(1);
  });

  test('an SMS the network did not deliver is failed with its code, and is not sent again', async () => {
    const { id, vendorId } = await b.port.send(sms);
    await b.port.report(id, { state: 'failed', reason: 'twilio:30003', vendorId: vendorId! });
    expect(await b.port.send(sms)).toMatchObject({ state: 'failed', reason: 'twilio:30003', repeated: true });
    expect(taken()).toBe(1);
  });
});
