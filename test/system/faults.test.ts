// What a real n8n does when the systems behind it fail: at every acting step the order heals by itself, or stops where a person sees it and
// goes on when it is sent again. Nothing doubles, nobody is told half of it.
import { http, until } from '../../tools/drive.ts';
import { ONE_ORDER, startSystem, type Buyer, type Json, type System } from './harness.ts';

jest.setTimeout(120_000);
let at: System;
beforeAll(async () => {
  at = await startSystem(18_000);
}, 240_000);
afterAll(() => at?.close(), 60_000);
afterEach(() => at.heal());

const still = () => until('n8n to be still', async () => (await at.stack.n8n.executions({ limit: '20' })).every((one) => !['running', 'new', 'waiting'].includes(one.status)), 90);
const created = (doctype: string) => ({ system: 'erpnext', method: 'POST', path: `/api/resource/${doctype}$` });
const changed = (doctype: string) => ({ system: 'erpnext', method: 'PUT', path: `/api/resource/${doctype}/` });
const noticesOf = async (orderId: string) => Object.fromEntries(((await at.hub(`/v1/notices?subject=${orderId}`)) as Json[]).map((one) => [`${one['trigger']}/${one['channel']}`, [one['state'], one['reason']]]));
const open = async (orderId: string): Promise<Json[]> => ((await at.order(orderId))['fallout'] as Json[]).filter((one) => one['resolvedAt'] === null);
/** What Order Stopped does: the ticket, and a word to the customer. */
const careTaken = (orderId: string) => until(`a ticket and a word to the customer of ${orderId}`, async () => {
  const [{ id }] = (await open(orderId)) as [Json];
  return (await at.erp('Issue', [['leadlight_id', '=', id]])).length === 1 && ['queued', 'sent', 'delivered'].includes(String((await noticesOf(id))['orderDelayed/sms']?.[0]));
});
const told = async () => (await at.sent()).chat.filter((one) => one['room'] === 'noc').length;

describe('one fault at each step', () => {
  let buyer: Buyer;

  test('[S1-103] [S1-077] an order that meets a fault at every step is completed by the retries, with one of everything', async () => {
    buyer = await at.buyer();
    const faults = [
      { system: 'stripe', method: 'GET', path: `/v1/payment_intents/${buyer.intent}$`, kind: 'html' },
      { system: 'stripe', method: 'POST', path: '/capture$', kind: 'resetAfter' },
      { ...created('Customer'), kind: 'html' }, { ...created('Service Location'), kind: 'resetAfter' }, { ...created('Service Subscription'), kind: 'truncate' },
      { ...created('Service Equipment'), kind: 'htmlAfter', skip: 1 }, { ...created('Project'), kind: 'hangAfter' }, { ...created('Task'), kind: 'status', status: 500, skip: 3, times: 3 },
      { ...created('Dispatch Job'), kind: 'resetAfter' }, { ...created('Payment Entry'), kind: 'resetAfter' }, { system: 'erpnext', method: 'GET', path: '/api/resource/User$', kind: 'resetBefore' },
      { ...changed('Dispatch Job'), kind: 'resetAfter' },
    ];
    const added = await at.added(async () => {
      for (const one of faults) await at.fault(one);
      expect(await at.place(buyer.checkout)).toMatchObject({ status: 201 });
      await at.stepDone(buyer.orderId, 'orderConfirmed', 90);
      await still();
    });
    expect(await at.unmet()).toEqual([]);
    expect(added).toEqual(ONE_ORDER);
    expect(await at.intentOf(buyer.intent)).toMatchObject({ status: 'succeeded', amount_received: buyer.checkout['expected_total_minor'] });
    expect(await at.calls('stripe', 'POST', /capture$/)).toHaveLength(1);
    expect(await open(buyer.orderId)).toEqual([]);
  });

  test('[S1-103] [S1-118] its installation, with a fault at every step, ends live: one address, one subscriber, one invoice', async () => {
    const added = await at.added(async () => {
      await at.install(buyer, 0x0fa00001);
      const faults = [
        { system: 'netbox', method: 'POST', path: 'available-ips', kind: 'status', status: 500, body: { error: 'server error' } }, { system: 'netbox', method: 'POST', path: 'available-ips', kind: 'resetAfter' },
        { system: 'vgc', method: 'POST', path: '/services|/subscribers', kind: 'status', status: 200, body: '' },
        { ...changed('Service Location'), kind: 'html' }, { ...changed('Service Subscription'), kind: 'resetAfter' }, { ...changed('Service Equipment'), kind: 'truncate' }, { ...changed('Task'), kind: 'htmlAfter', skip: 2 },
        { ...created('Sales Invoice'), kind: 'resetAfter' },
      ];
      for (const one of faults) await at.fault(one);
      let reply = await at.reportDone(buyer.orderId);
      for (let again = 0; again < 2 && reply.status !== 200; again += 1) {
        expect([409, 503]).toContain(reply.status);
        reply = await at.reportDone(buyer.orderId);
      }
      expect(reply).toMatchObject({ status: 200, body: { type: 'live' } });
    });
    expect(await at.unmet()).toEqual([]);
    expect(added).toMatchObject({ addresses: 1, 'Sales Invoice': 1, sms: 1, emails: 1 });
    expect(await at.erp('Task', [['leadlight_id', 'like', `${buyer.orderId}:%`], ['status', '!=', 'Completed']])).toEqual([]);
    expect(await at.hub(`/v1/radius/subscribers/SVC-${buyer.orderId}`)).toMatchObject({ access: 'active' });
    expect(await at.order(buyer.orderId)).toMatchObject({ status: 'completed' });
    expect(await open(buyer.orderId)).toEqual([]);
  });
});

describe('a system that stays down', () => {
  test('[S1-099] [S1-100] [S1-102] a number that answered STOP, a refused mail and a silent chat are states to see; the order is confirmed all the same', async () => {
    const buyer = await at.buyer();
    await at.fault({ system: 'twilio', method: 'POST', kind: 'status', status: 400, body: { code: 21610, message: 'Attempt to send to unsubscribed recipient', status: 400 } });
    await at.fault({ system: 'chat', path: 'dispatch', kind: 'status', status: 500, body: 'server_error' });
    await at.fault({ system: 'mailjet', method: 'POST', kind: 'status', status: 400, body: { ErrorMessage: 'Malformed', StatusCode: 400 } });
    const added = await at.added(async () => {
      expect((await at.place(buyer.checkout)).status).toBe(201);
      await at.stepDone(buyer.orderId, 'orderConfirmed');
      await still();
    });
    const { sms: _sms, emails: _emails, chat: _chat, ...rest } = ONE_ORDER;
    expect(added).toEqual(rest);
    const notices = await noticesOf(buyer.orderId);
    expect(notices).toMatchObject({ 'orderConfirmed/sms': ['suppressed', 'optedOut:21610'], 'orderConfirmed/email': ['failed', expect.any(String)], 'newInstallationJob/chat': ['failed', expect.any(String)] });
  });

  test.each([
    ['the project', created('Project'), 0],
    ['the fifth of seven tasks', created('Task'), 4],
  ])('[S1-103] ERPNext refuses %s after the payment: a person is called, the customer hears of a delay only; sent again it is completed once', async (_what, where, skip) => {
    const buyer = await at.buyer();
    const before = await told();
    const added = await at.added(async () => {
      await at.fault({ ...where, kind: 'status', status: 500, times: 1000, skip, body: { exc_type: 'InternalError' } });
      expect((await at.place(buyer.checkout)).status).toBe(201);
      await until('a person to be called', async () => (await open(buyer.orderId)).length > 0);
      await careTaken(buyer.orderId);
      await still();
      expect(await open(buyer.orderId)).toMatchObject([{ owner: 'support', hint: expect.stringContaining('send the same order again') }]);
      expect(await told()).toBe(before + 1);
      expect(await noticesOf(buyer.orderId)).toEqual({ 'fallout/chat': ['sent', undefined] });
      expect(await at.order(buyer.orderId)).not.toMatchObject({ status: 'completed' });
      await at.heal();
      expect(await at.place(buyer.checkout)).toMatchObject({ status: 201, body: { orderId: buyer.orderId } });
      await at.stepDone(buyer.orderId, 'orderConfirmed');
      await still();
    });
    expect(added).toEqual({ ...ONE_ORDER, chat: 2, Issue: 1, sms: 2 });
    expect(await open(buyer.orderId)).toEqual([]);
  });

  test('[S1-081] Stripe silent: 503 "send it again", no money, no document; sent again it is completed once', async () => {
    const buyer = await at.buyer();
    const added = await at.added(async () => {
      await at.fault({ system: 'stripe', path: '/v1/payment_intents', kind: 'html', status: 503, times: 1000 });
      expect(await at.place(buyer.checkout)).toMatchObject({ status: 503, body: { type: 'refused', code: 'tryAgain', hint: expect.any(String) } });
      expect(await at.erp('Customer', [['leadlight_id', '=', `${buyer.orderId}:customer`]])).toEqual([]);
      await at.heal();
      expect((await at.intentOf(buyer.intent)).amount_received).toBe(0);
      expect((await at.place(buyer.checkout)).status).toBe(201);
      await at.stepDone(buyer.orderId, 'orderConfirmed');
      await still();
    });
    expect(added).toEqual(ONE_ORDER);
  });

  test('[S1-081] [S1-103] Stripe silent at the capture: 503, and a person is called because money may have moved; sent again it is completed once', async () => {
    const buyer = await at.buyer();
    const before = await told();
    const added = await at.added(async () => {
      await at.fault({ system: 'stripe', method: 'POST', path: '/capture$', kind: 'html', status: 503, times: 1000 });
      expect(await at.place(buyer.checkout)).toMatchObject({ status: 503, body: { code: 'tryAgain' } });
      await until('a person to be called', async () => (await open(buyer.orderId)).length > 0 && (await told()) === before + 1);
      await careTaken(buyer.orderId);
      await still();
      await at.heal();
      expect((await at.place(buyer.checkout)).status).toBe(201);
      await at.stepDone(buyer.orderId, 'orderConfirmed');
      await still();
    });
    expect(added).toEqual({ ...ONE_ORDER, chat: 2, Issue: 1, sms: 2 });
    expect(await open(buyer.orderId)).toEqual([]);
  });

  test('[S1-081] [S1-098] a card declined at capture: 402, the port is free again, nothing written', async () => {
    const buyer = await at.buyer();
    const added = await at.added(async () => {
      await at.fault({ system: 'stripe', method: 'POST', path: '/capture$', kind: 'status', status: 402, body: { error: { type: 'card_error', code: 'card_declined', decline_code: 'insufficient_funds', message: 'Your card was declined.' } } });
      expect(await at.place(buyer.checkout)).toMatchObject({ status: 402, body: { type: 'refused', code: 'declined', hint: expect.any(String) } });
    });
    expect(added).toEqual({});
    expect((await at.drop(buyer.fibreId))['state']).toBe('free');
  });

  test('[S1-103] [S1-119] during installation: a CPE gone dark is "not yet live", NetBox down calls the NOC; then the same report ends live once', async () => {
    const buyer = await at.buyer();
    expect((await at.place(buyer.checkout)).status).toBe(201);
    await at.stepDone(buyer.orderId, 'orderConfirmed');
    const before = await told();
    const added = await at.added(async () => {
      const { ont } = await at.install(buyer, 0x0fa00002, { dark: true }); // GenieACS answers 202 "Device is offline" from now on
      await until('the NOC to hear of the device', async () => (await told()) === before + 1);
      expect(await at.reportDone(buyer.orderId)).toMatchObject({ status: 409, body: { type: 'refused', code: 'notYetLive', path: 'cpe.profile', hint: expect.any(String) } });
      await http(`${at.stack.urls.sandbox}/cpe`, { body: { serial: ont, oui: '000E5E', productClass: 'HT803G-W', event: '1 BOOT' } });

      await at.fault({ system: 'netbox', kind: 'status', status: 503, times: 1000, body: '' });
      expect(await at.reportDone(buyer.orderId)).toMatchObject({ status: 503, body: { type: 'refused', code: 'tryAgain' } });
      expect(await open(buyer.orderId)).toMatchObject([{ owner: 'noc', step: 'live' }]);
      expect(await told()).toBe(before + 2);
      await careTaken(buyer.orderId);
      for (const doctype of ['Service Location', 'Service Subscription']) expect((await at.erp(doctype, [['leadlight_id', 'like', `${buyer.orderId}:%`]], ['status'])).map((row) => row['status'])).not.toContain('Active');
      await at.heal();
      expect(await at.reportDone(buyer.orderId)).toMatchObject({ status: 200, body: { type: 'live', repeated: false } });
    });
    expect(added).toEqual({ addresses: 1, 'Sales Invoice': 1, sms: 2, emails: 1, chat: 2, Issue: 1 });
    expect(await open(buyer.orderId)).toEqual([]);
  });
});

describe('kill -9', () => {
  test('[S1-103] of the hub while the payment is taken: sent again, the order is completed with one of everything', async () => {
    const buyer = await at.buyer();
    const added = await at.added(async () => {
      await at.fault({ system: 'stripe', method: 'POST', path: '/capture$', kind: 'hangAfter' }); // taken, and the hub does not know it
      const first = at.place(buyer.checkout);
      await until('the capture', async () => (await at.calls('stripe', 'POST', new RegExp(`${buyer.intent}/capture$`))).length > 0);
      await at.stack.crash('hub');
      expect(await first).toMatchObject({ status: 503, body: { code: 'tryAgain' } });
      expect((await at.intentOf(buyer.intent)).status).toBe('succeeded');
      await still(); // nobody can be told while the hub is down: the resend alone must do
      await at.stack.revive('hub');
      expect(await at.place(buyer.checkout)).toMatchObject({ status: 201, body: { orderId: buyer.orderId } });
      await at.stepDone(buyer.orderId, 'orderConfirmed');
      await still();
    });
    expect(added).toEqual(ONE_ORDER);
    expect(await at.calls('stripe', 'POST', new RegExp(`${buyer.intent}/capture$`))).toHaveLength(1);
  });

  test('[S1-103] of n8n between two documents: the NOC is told, and sent again the order is completed with one of everything', async () => {
    const buyer = await at.buyer();
    const before = await told();
    const attempts = (await at.calls('erpnext', 'POST', /Dispatch Job$/)).length;
    const added = await at.added(async () => {
      await at.fault({ ...created('Dispatch Job'), kind: 'hangAfter' }); // written, and n8n does not know it
      expect((await at.place(buyer.checkout)).status).toBe(201);
      await until('the job', async () => (await at.erp('Dispatch Job', [['leadlight_id', 'like', `${buyer.orderId}:%`]], ['name'])).length > 0);
      await at.stack.crash('n8n');
      expect((await at.order(buyer.orderId))['timeline'] as Json[]).not.toContainEqual(expect.objectContaining({ step: 'orderConfirmed' }));
      await at.stack.revive('n8n');
      expect((await at.place(buyer.checkout)).status).toBe(201);
      await at.stepDone(buyer.orderId, 'orderConfirmed');
      await until('n8n to tell of the execution that died', async () => (await told()) > before);
    });
    expect(added).toEqual({ ...ONE_ORDER, chat: 2 });
    expect(await at.calls('erpnext', 'POST', /Dispatch Job$/)).toHaveLength(attempts + 1);
    expect(at.died).toEqual([]);
  });
});
