import { startChat, type ChatSandbox } from '../../sandbox/src/chat/index.ts';
import { startMailjet, type MailjetSandbox } from '../../sandbox/src/mailjet/index.ts';
import { signTwilio, startTwilio, type TwilioSandbox } from '../../sandbox/src/twilio/index.ts';
import { World } from '../../sandbox/src/world.ts';
import { noticeRoutes } from '../src/routes/notices.ts';
import { closeDb, routeBench, type RouteBench } from './routeBench.ts';

let world: World;
let twilio: TwilioSandbox;
let mailjet: MailjetSandbox;
let chat: ChatSandbox;
let b: RouteBench;
beforeEach(async () => {
  world = new World();
  [twilio, mailjet, chat] = await Promise.all([startTwilio(world), startMailjet(world), startChat(world)]);
  b = await routeBench(world, noticeRoutes, {
    twilio: { accountSid: twilio.accountSid, authToken: twilio.authToken, from: '+15145550100', baseUrl: twilio.url },
    mailjet: { apiKey: mailjet.apiKey, apiSecret: mailjet.apiSecret, from: { email: 'service@example.ca', name: 'Service' }, baseUrl: mailjet.url },
    chat: { dispatch: { kind: 'slack', url: chat.webhook('slack', 'dispatch') }, noc: { kind: 'teams', url: chat.webhook('teams', 'noc') } },
  }, ['notice']);
});
afterEach(() => Promise.all([b.app.close(), twilio.close(), mailjet.close(), chat.close()]));
afterAll(closeDb);

const confirmed = { trigger: 'orderConfirmed', subject: 'ord_1', channel: 'sms', to: '+15145550123', language: 'fr', facts: { orderId: 'ord_1', installOn: '2026-04-13' } };
const send = (change: object = {}) => b.call('POST', '/v1/notices', { ...confirmed, ...change });

test('[S1-099] the SMS says in French that the order is confirmed and when', async () => {
  expect(await send()).toMatchObject({ status: 200, body: { type: 'notice', trigger: 'orderConfirmed', channel: 'sms', state: 'sent', repeated: false, vendorId: twilio.sent()[0]!.sid } });
  expect(twilio.sent()[0]!.body).toMatch(/^Commande confirmée! Installation prévue le lundi 13 avril 2026/);
});

test('[S1-100] the e-mail carries the order summary', async () => {
  const facts = { ...confirmed.facts, customerName: 'Marie Côté', address: '1 rue <Principale>', currency: 'CAD', lines: [{ label: 'FTTH 150M', amountMinor: 9_995, charge: 'mrc' }], taxMinor: 1_497, totalMinor: 11_492 };
  expect((await send({ channel: 'email', to: 'marie@example.ca', facts })).body).toMatchObject({ state: 'sent' });
  const [mail] = mailjet.sent();
  expect(mail).toMatchObject({ to: 'marie@example.ca', subject: 'Votre commande ord_1 est confirmée' });
  expect(mail!.text).toContain('Marie Côté');
  expect(mail!.text).toMatch(/114,92/);
  expect(mail!.html).not.toContain('<Principale>');
});

test('[S1-102] dispatch reads the new job', async () => {
  const facts = { orderId: 'ord_1', city: 'Gatineau', summary: 'FTTH 150M + TV Standard + Phone', preferredDates: ['2026-04-13'] };
  expect((await send({ trigger: 'newInstallationJob', channel: 'chat', to: 'dispatch', facts })).body).toMatchObject({ state: 'sent' });
  expect(chat.sent()).toMatchObject([{ room: 'dispatch', text: expect.stringContaining('FTTH 150M + TV Standard + Phone') }]);
});

test.each([['S1-114', 'technicianEnRoute', { orderId: 'ord_1', etaMinutes: 20 }, /Technicien en route/], ['S1-118', 'serviceActivated', { orderId: 'ord_1' }, /^Service activé!/]])('[%s] %s by SMS', async (_id, trigger, facts, words) => {
  expect((await send({ trigger, facts })).body).toMatchObject({ state: 'sent' });
  expect(twilio.sent()[0]!.body).toMatch(words);
});

test('[S0-129][S1-103] twenty requests at once are one SMS and one event', async () => {
  const all = await Promise.all(Array.from({ length: 20 }, () => send()));
  expect(all.filter(({ body }) => !body.repeated)).toHaveLength(1);
  expect(twilio.sent()).toHaveLength(1);
  expect(await b.types()).toEqual(['notice.sent']);
});

test('what cannot leave is a state with 200, visible in the list, without the number', async () => {
  const { status, body } = await send({ to: '+15005550001' });
  expect([status, body]).toMatchObject([200, { state: 'failed', reason: 'invalidRecipient:21211' }]);
  const listed = await b.call('GET', '/v1/notices?subject=ord_1');
  expect(listed.body).toMatchObject([{ state: 'failed', trigger: 'orderConfirmed' }]);
  expect(JSON.stringify([body, listed.body, await b.deps.events.list({})])).not.toContain('15005550001');
  expect(await b.types()).toEqual(['notice.failed']);
});

test.each([
  ['a number without country', { to: '5145550123' }, 400, 'badInput', 'to'], ['an unknown room', { trigger: 'newInstallationJob', channel: 'chat', to: 'nowhere' }, 400, 'badInput', 'to'],
  ['two addresses in one', { channel: 'email', to: 'a@b.ca,c@d.ca' }, 400, 'badInput', 'to'], ['another language', { language: 'de' }, 400, 'badInput', 'language'],
  ['an unknown trigger', { trigger: 'birthday' }, 409, 'unknownTrigger', 'trigger'], ['a missing fact', { facts: { orderId: 'ord_1' } }, 409, 'factMissing', undefined],
])('%s is refused, and nothing leaves or is kept', async (_name, change, status, code, path) => {
  const reply = await send(change);
  expect(reply).toMatchObject({ status, body: { type: 'refused', code, ...(path ? { path } : {}) } });
  expect(twilio.sent().length + mailjet.sent().length + chat.sent().length).toBe(0);
  expect((await b.deps.db.query('SELECT * FROM notice')).rows).toEqual([]);
});

describe('delivery reports', () => {
  const report = (id: string, params: Record<string, string>, signature?: string) => {
    const url = `/v1/notices/status/twilio?notice=${id}`;
    return b.app.inject({ method: 'POST', url, headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': signature ?? signTwilio(twilio.authToken, `http://hub.test${url}`, params) }, payload: new URLSearchParams(params).toString() });
  };

  test('signed reports move it on and never back; each state is told once', async () => {
    const { body } = await send();
    const params = (MessageStatus: string) => ({ MessageSid: body.vendorId as string, MessageStatus, To: '+15145550123' });
    expect((await report(body.id, params('delivered'))).json()).toEqual({ type: 'received', outcome: 'applied' });
    for (const late of ['sent', 'queued', 'failed', 'delivered']) expect((await report(body.id, params(late))).json()).toMatchObject({ outcome: 'ignored' });
    expect((await b.call('GET', '/v1/notices?subject=ord_1')).body).toMatchObject([{ state: 'delivered' }]);
    expect(await b.types()).toEqual(['notice.sent', 'notice.delivered']);
  });

  test('[S2-092] forged, altered or unsigned reports are 403 and change nothing', async () => {
    const { body } = await send();
    const params = { MessageSid: body.vendorId as string, MessageStatus: 'delivered' };
    const good = signTwilio(twilio.authToken, `http://hub.test/v1/notices/status/twilio?notice=${body.id}`, params);
    expect((await report(body.id, params, signTwilio('guess', 'http://hub.test/', params))).statusCode).toBe(403);
    expect((await report(body.id, { ...params, MessageStatus: 'failed' }, good)).statusCode).toBe(403);
    expect((await report(`ntc_${'0'.repeat(24)}`, params, good)).statusCode).toBe(403);
    expect((await report(body.id, params, '')).statusCode).toBe(403);
    expect((await b.call('GET', '/v1/notices?subject=ord_1')).body).toMatchObject([{ state: 'sent' }]);
  });

  test('the simulated network reports by itself as its clock moves', async () => {
    await b.app.listen({ port: 0, host: '127.0.0.1' });
    const publicUrl = `http://127.0.0.1:${(b.app.server.address() as { port: number }).port}`;
    Object.assign(b.deps.config, { publicUrl });
    await send();
    await twilio.flush();
    expect((await b.call('GET', '/v1/notices?subject=ord_1')).body).toMatchObject([{ state: 'sent' }]);
    world.clock.advance(3_000);
    await twilio.flush();
    expect((await b.call('GET', '/v1/notices?subject=ord_1')).body).toMatchObject([{ state: 'delivered' }]);
  });
});

test('a hub without vendors suppresses, visibly, and the order goes on; without a key nothing is told', async () => {
  const off = await routeBench(world, noticeRoutes, {}, ['notice']);
  expect(await off.call('POST', '/v1/notices', confirmed)).toMatchObject({ status: 200, body: { state: 'suppressed', reason: 'notConfigured' } });
  expect((await off.call('GET', '/v1/notices?subject=ord_1', undefined, {})).status).toBe(401);
  await off.app.close();
});
