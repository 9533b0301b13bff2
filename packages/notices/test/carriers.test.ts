import { axiosSend } from '../../http/src/send.ts';
import { chatPost, mailjetEmail, mailjetState, maskRecipient, twilioSigned, twilioSms, twilioState } from '../src/index.ts';
import { basicAuth } from '../src/basicAuth.ts';
import { vendors, type Vendors } from './support.ts';

let v: Vendors;
beforeEach(async () => void (v = await vendors()));
afterEach(() => v.close());

const sms = { noticeId: 'ntc_1', to: '+15145550123', text: 'Service activé!' };
const email = { noticeId: 'ntc_2', to: 'marie@example.ca', subject: 'Votre commande', text: 'Bonjour é ç œ', html: '<p>Bonjour</p>' };

describe('twilio', () => {
  test('[S1-118] a French text arrives as it is, with its report address', async () => {
    expect(await v.sms.send({ ...sms, statusUrl: 'http://127.0.0.1:9/s' })).toMatchObject({ state: 'sent', vendorId: expect.stringMatching(/^SM[0-9a-f]{32}$/) });
    expect(v.twilio.sent()).toMatchObject([{ to: '+15145550123', from: '+15145550100', body: 'Service activé!', segments: 1, statusCallback: 'http://127.0.0.1:9/s' }]);
  });

  test.each([['+15005550001', 'invalidRecipient', 21211], ['+15005550009', 'invalidRecipient', 21614], ['+15005550004', 'optedOut', 21610]])('%s is refused as %s, without the number in the answer', async (to, code, twilio) => {
    const refused = await v.sms.send({ ...sms, to });
    expect(refused).toMatchObject({ type: 'refused', code, facts: { code: twilio } });
    expect(JSON.stringify(refused)).not.toContain(to.slice(1));
  });

  test('find gives the messages of this number and text, not older ones', async () => {
    await v.sms.send(sms);
    v.world.clock.advance(60_000);
    await v.sms.send({ ...sms, text: 'autre' });
    await v.sms.send({ ...sms, to: '+15145550124' });
    const sought = { noticeId: 'ntc_1', to: sms.to, isText: (text: string) => text === sms.text };
    expect(await v.sms.find!({ ...sought, since: '2026-04-01T13:00:00.900Z' })).toHaveLength(1);
    expect(await v.sms.find!({ ...sought, since: v.world.clock.now() })).toEqual([]);
  });

  test('a wrong token is `unauthorised`, and the failure holds neither it nor the number', async () => {
    const wrong = twilioSms({ send: axiosSend({ baseUrl: v.twilio.url }), accountSid: v.twilio.accountSid, authToken: 'wrong-token', from: '+15145550100' });
    const failure = await wrong.send(sms).catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'VendorError', vendor: 'twilio', kind: 'unauthorised', outcome: 'notApplied' });
    expect(JSON.stringify(failure) + String((failure as Error).stack)).not.toMatch(/wrong-token|5145550123/);
  });

  test('a proxy page after the message was taken is an unknown outcome, never "not sent"', async () => {
    v.world.inject({ system: 'twilio', method: 'POST', kind: 'htmlAfter' });
    await expect(v.sms.send(sms)).rejects.toMatchObject({ outcome: 'unknown', status: 502 });
    expect(v.twilio.sent()).toHaveLength(1);
  });

  test.each([['queued', undefined, 'sent'], ['sent', undefined, 'sent'], ['delivered', undefined, 'delivered'], ['undelivered', 30003, 'failed'], ['failed', undefined, 'failed']])('%s %s reads %s', (status, code, state) => {
    expect(twilioState(status, code).state).toBe(state);
  });
});

describe('[S2-092] the signature of a report (vectors of erp.md 6.4)', () => {
  const first = { authToken: '12345', url: 'https://mycompany.com/myapp.php?foo=1&bar=2', form: new URLSearchParams({ CallSid: 'CA1234567890ABCDE', Caller: '+14158675309', Digits: '1234', From: '+14158675309', To: '+18005551212' }), header: 'RSOYDt4T1cUTdK1PDd93/VVr8B8=' };
  const second = { authToken: '12345', url: 'https://n8n.example.ca/webhook/twilio-status', form: new URLSearchParams({ MessageSid: 'SM0123456789abcdef0123456789abcdef', MessageStatus: 'delivered', To: '+15145550123', From: '+15145550100' }), header: 'Ld75KHOah64jd85tSu0yyGfDuFo=' };
  test.each([first, second])('%#: fits', (callback) => expect(twilioSigned(callback)).toBe(true));
  test.each([
    ['another token', { authToken: '12346' }], ['another address', { url: 'https://n8n.example.ca/webhook/twilio-statuz' }], ['no header', { header: undefined }], ['a short header', { header: 'AAAA' }],
    ['a changed field', { form: new URLSearchParams({ ...Object.fromEntries(second.form), MessageStatus: 'failed' }) }], ['a field more', { form: new URLSearchParams({ ...Object.fromEntries(second.form), A: '1' }) }],
  ])('%s does not', (_name, change) => expect(twilioSigned({ ...second, ...change })).toBe(false));
  test('a blank token verifies nothing, not even its own signature', () => {
    const { createHmac } = jest.requireActual<typeof import('node:crypto')>('node:crypto');
    const header = createHmac('sha1', '').update('http://h/').digest('base64');
    expect(twilioSigned({ authToken: '', url: 'http://h/', form: new URLSearchParams(), header })).toBe(false);
  });
});

describe('mailjet', () => {
  test('[S1-100][S1-026] an e-mail leaves with subject, text, HTML and our id, and is found by it', async () => {
    const sent = await v.email.send(email);
    expect(v.mailjet.sent()).toMatchObject([{ to: email.to, subject: email.subject, text: email.text, html: email.html, customId: 'ntc_2', from: { Email: 'service@example.ca' } }]);
    expect(await v.email.find!({ noticeId: 'ntc_2', to: email.to, since: '', isText: () => true })).toEqual([{ vendorId: (sent as { vendorId: string }).vendorId, state: 'delivered' }]);
    expect(await v.email.find!({ noticeId: 'ntc_3', to: email.to, since: '', isText: () => true })).toEqual([]);
  });

  test('the status of the message decides, and its error does not repeat the address', async () => {
    const refused = await v.email.send({ ...email, to: 'marie@nowhere' });
    expect(refused).toMatchObject({ type: 'refused', code: 'invalidRecipient', facts: { code: 'mj-0013' } });
    expect(JSON.stringify(refused)).not.toContain('marie');
  });

  test('a wrong secret is `unauthorised`; a bounce reads failed', async () => {
    const wrong = mailjetEmail({ send: axiosSend({ baseUrl: v.mailjet.url }), apiKey: v.mailjet.apiKey, apiSecret: 'no', from: { email: 'a@b.ca', name: 'A' } });
    await expect(wrong.send(email)).rejects.toMatchObject({ kind: 'unauthorised', outcome: 'notApplied' });
    await v.email.send(email);
    v.mailjet.becomes('ntc_2', 'bounce');
    expect(await v.email.find!({ noticeId: 'ntc_2', to: email.to, since: '', isText: () => true })).toMatchObject([{ state: 'failed', reason: 'mailjet:bounce' }]);
    expect(mailjetState('queued').state).toBe('sent');
  });
});

describe('chat', () => {
  test.each(['slack', 'teams'] as const)('[S1-102] %s: the room sees the words, markup and all', async (kind) => {
    expect(await v[kind].send({ ...sms, text: 'Installation <ord_1> & co' })).toEqual({ state: 'sent' });
    expect(v.chat.sent()).toMatchObject([{ kind, room: 'dispatch', text: 'Installation <ord_1> & co' }]);
  });

  test.each(['slack', 'teams'] as const)('%s: a revoked webhook says so without its address', async (kind) => {
    v.chat.revoke('dispatch');
    const failure = await v[kind].send(sms).catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'VendorError', vendor: kind, outcome: 'notApplied' });
    expect(JSON.stringify(failure)).not.toMatch(/T0LEADLIGHT|sig=/);
  });

  test('429 carries how long to wait', async () => {
    const slow = chatPost({ kind: 'slack', path: '/x', send: async () => ({ status: 429, reason: '', headers: { 'retry-after': '7' }, text: '' }) });
    await expect(slow.send(sms)).rejects.toMatchObject({ kind: 'rateLimited', retryAfterMs: 7_000 });
  });

  test('Teams answers 202 to a body its flow cannot use, and nobody sees anything', async () => {
    const send = axiosSend({ baseUrl: v.chat.url });
    expect((await send({ method: 'POST', path: '/workflows/dispatch/x', body: { text: 'old connector shape' } })).status).toBe(202);
    expect(v.chat.sent()).toEqual([]);
  });
});

test('basicAuth agrees with Buffer for every length', () => {
  for (const secret of ['', 'a', 'ab', 'abc', 'é:ç', 'x'.repeat(50)]) expect(basicAuth('u', secret)).toBe(`Basic ${Buffer.from(`u:${secret}`).toString('base64')}`);
});
test('a masked recipient can be recognised, not reached', () => {
  expect([maskRecipient('+15145550123'), maskRecipient('marie@example.ca'), maskRecipient('dispatch')]).toEqual(['+1******0123', 'm****@example.ca', 'dispatch']);
});
