import { randomUUID } from 'node:crypto';
import { axiosSend } from '../../http/src/send.ts';
import { startAzure, type AzureSandbox } from '../../sandbox/src/azure/index.ts';
import { World } from '../../sandbox/src/world.ts';
import { azureWebhook, azureWire, saasSubscriptions, saasUsage, signingKeys, type SaasUsage } from '../src/index.ts';
import { planted } from './plant.ts';

// Against a real publisher: LEADLIGHT_AZURE_MARKETPLACE_URL, _LOGIN_URL, _TENANT, _CLIENT_ID, _CLIENT_SECRET. Nobody buys there, so what needs a purchase is left out.
const env = (name: string): string | undefined => process.env[`LEADLIGHT_AZURE_MARKETPLACE_${name}`];
const REAL = env('URL');
const onSandbox = REAL ? test.skip : test;
let world: World;
let azure: AzureSandbox;
let way: ReturnType<typeof planted>;
const systemClock = { now: () => new Date().toISOString(), sleep: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)) };
const clock = () => (REAL ? systemClock : world.clock);
const login = () => axiosSend({ baseUrl: REAL ? (env('LOGIN_URL') ?? 'https://login.microsoftonline.com') : azure.url });
const wire = (secret?: string) => azureWire({
  send: way.send, login: login(), clock: clock(), requestId: randomUUID, tenantId: REAL ? env('TENANT')! : azure.tenantId, clientId: REAL ? env('CLIENT_ID')! : azure.clientId, clientSecret: secret ?? (REAL ? env('CLIENT_SECRET')! : azure.clientSecret),
});
const saas = () => saasSubscriptions(wire(), clock());
beforeEach(async () => {
  world = new World();
  azure = await startAzure(world);
  way = planted(axiosSend({ baseUrl: REAL ?? azure.url }));
});
afterEach(() => azure.close());
async function active(planId = 'basic', quantity?: number): Promise<string> {
  const { subscriptionId } = azure.buy(planId, quantity);
  await saas().activate(subscriptionId, planId, quantity);
  return subscriptionId;
}

describe('Azure Marketplace subscriptions', () => {
  onSandbox('[S2-090] resolve takes the token as it stands in the address, once encoded, and with its + turned to spaces (sandbox only: a purchase)', async () => {
    const { token, subscriptionId } = azure.buy('gold', 5);
    for (const given of [token, encodeURIComponent(token), token.replace(/\+/g, ' ')]) {
      expect(await saas().resolve(given)).toMatchObject({ type: 'accepted', value: { id: subscriptionId, planId: 'gold', quantity: 5, status: 'PendingFulfillmentStart' } });
    }
    world.clock.advance(25 * 3_600_000);
    expect(await saas().resolve(token)).toMatchObject({ code: 'tokenUnknown', hint: expect.stringContaining('day') });
  });

  test('tokens and ids that are none', async () => {
    for (const token of ['', 'nonsense-token-000', 'a\r\nx-evil: 1']) expect(await saas().resolve(token)).toMatchObject({ code: 'tokenUnknown' });
    for (const id of ['../plans', randomUUID()]) expect(await saas().activate(id, 'basic')).toMatchObject({ code: 'subscriptionUnknown' });
    expect(Array.isArray(await saas().list())).toBe(true);
  });

  onSandbox('[S2-090] activate: once, what was bought, within thirty days; read back (sandbox only: a purchase)', async () => {
    const { subscriptionId } = azure.buy('gold', 5);
    expect(await saas().activate(subscriptionId, 'basic')).toMatchObject({ code: 'planMismatch', facts: { planId: 'gold' } });
    way.plant(/POST .*activate/, 'resetAfter');
    expect(await saas().activate(subscriptionId, 'gold', 5)).toMatchObject({ value: { repeated: false, subscription: { status: 'Subscribed' } } });
    expect(await saas().activate(subscriptionId, 'gold', 5)).toMatchObject({ value: { repeated: true } });
    expect(way.count(/POST .*activate/)).toBe(1);
    const late = azure.buy('basic').subscriptionId;
    world.clock.advance(31 * 86_400_000);
    expect(await saas().activate(late, 'basic')).toMatchObject({ code: 'notActive' });
  });

  onSandbox('list gives every subscription, over pages; plans (sandbox only: purchases)', async () => {
    for (let i = 0; i < 130; i += 1) azure.buy('basic');
    const all = await saas().list();
    expect(new Set(all.map(({ id }) => id)).size).toBe(130);
    expect(await saas().plans(all[0]!.id)).toEqual([{ planId: 'basic', name: 'Basic' }, { planId: 'gold', name: 'Gold' }]);
  });

  onSandbox('a change of plan or quantity runs as an operation to its end; the same again changes nothing (sandbox only: a purchase)', async () => {
    const id = await active('basic', 3);
    expect(await saas().change(id, { planId: 'gold' })).toMatchObject({ value: { repeated: false, operationId: expect.any(String), subscription: { planId: 'gold' } } });
    expect(await saas().change(id, { planId: 'gold' })).toMatchObject({ value: { repeated: true } });
    way.plant(/PATCH/, 'hangAfter');
    expect(await saas().change(id, { quantity: 7 })).toMatchObject({ value: { subscription: { quantity: 7 } } });
    expect(way.count(/PATCH/)).toBe(2);
    expect(await saas().change(id, { quantity: 0 })).toMatchObject({ code: 'badInput' });
    expect(await saas().change(id, { planId: 'none' })).toMatchObject({ code: 'badInput' });
    expect(await saas().cancel(id)).toMatchObject({ value: { repeated: false, subscription: { status: 'Unsubscribed' } } });
    expect(await saas().cancel(id)).toMatchObject({ value: { repeated: true } });
    expect(await saas().change(id, { quantity: 9 })).toMatchObject({ code: 'notActive' });
  });

  test('a wrong secret is `unauthorised` and is not in the failure', async () => {
    const failure = await wire('wrong-secret')('x', 'GET', '/api/saas/subscriptions').catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'VendorError', kind: 'unauthorised', hint: expect.stringContaining('Partner Center') });
    expect(JSON.stringify(failure)).not.toMatch(/wrong-secret|AADSTS/);
  });
});

describe('Azure Marketplace usage', () => {
  const event = (subscriptionId: string, more: Partial<SaasUsage> = {}): SaasUsage => ({ subscriptionId, planId: 'basic', dimension: 'devices', quantity: 5, at: '2026-04-01T12:10:00Z', ...more });
  const usage = () => saasUsage(wire(), world.clock);

  onSandbox('one event per clock hour: a duplicate is a success and says what Microsoft holds (sandbox only: a purchase)', async () => {
    const id = await active();
    expect(await usage().report(event(id))).toMatchObject({ value: { repeated: false, quantity: 5, differs: false } });
    expect(await usage().report(event(id, { at: '2026-04-01T12:59:00Z' }))).toMatchObject({ type: 'accepted', value: { repeated: true, quantity: 5, differs: false } });
    expect(await usage().report(event(id, { quantity: 6 }))).toMatchObject({ type: 'accepted', value: { repeated: true, quantity: 5, differs: true } });
    expect(await usage().list('2026-04-01')).toEqual([{ day: '2026-04-01', subscriptionId: id, dimension: 'devices', planId: 'basic', quantity: 5 }]);
  });

  for (const kind of ['resetBefore', 'resetAfter', 'htmlAfter'] as const) {
    onSandbox(`usage that meets ${kind} is sent again and counted once (sandbox only: a purchase)`, async () => {
      const id = await active();
      way.plant(/usageEvent/, kind);
      expect(await usage().report(event(id))).toMatchObject({ type: 'accepted', value: { quantity: 5 } });
      expect(azure.usage()).toHaveLength(1);
    });
  }

  onSandbox.each([
    ['expired', { at: '2026-03-31T12:00:00Z' }], ['invalidDimension', { dimension: 'cats' }], ['invalidQuantity', { quantity: 0 }], ['subscriptionUnknown', { subscriptionId: randomUUID() }], ['badInput', { at: 'yesterday' }],
  ])('%s is a refusal (sandbox only: a purchase)', async (code, more) => {
    expect(await usage().report(event(await active(), more))).toMatchObject({ type: 'refused', code, hint: expect.any(String) });
    expect(azure.usage()).toEqual([]);
  });

  onSandbox('sixty at once go 25 at a time; each has its own verdict, in order (sandbox only: a purchase)', async () => {
    const id = await active();
    const sleeping = azure.buy('basic').subscriptionId;
    const events = Array.from({ length: 60 }, (_one, i) => event(id, { at: new Date(Date.parse('2026-04-01T12:00:00Z') - (i % 20) * 3_600_000).toISOString(), dimension: i < 20 ? 'devices' : i < 40 ? 'events' : 'devices', ...(i === 3 ? { dimension: 'cats' } : {}), ...(i === 59 ? { subscriptionId: sleeping } : {}) }));
    const verdicts = await usage().reportMany(events);
    expect(verdicts.map((one) => (one.type === 'refused' ? one.code : one.value.repeated ? 'duplicate' : 'taken'))).toEqual(events.map((_one, i) => (i === 3 ? 'invalidDimension' : i === 59 ? 'notActive' : i < 40 || i === 43 ? 'taken' : 'duplicate')));
    expect(way.count(/batchUsageEvent/)).toBe(3);
    expect(azure.usage()).toHaveLength(40);
  });
});

describe('Azure Marketplace webhook', () => {
  const hear = () => azureWebhook({ subscriptions: saas(), keys: signingKeys(login(), world.clock, azure.tenantId), clock: world.clock, tenantId: azure.tenantId, clientId: azure.clientId });

  onSandbox('[S2-092] the token is checked, the operation read at Microsoft, and answered; asked again it is answered before (sandbox only: a purchase)', async () => {
    const id = await active();
    const asked = azure.portal(id, 'ChangePlan', { planId: 'gold' });
    const { body, authorization } = azure.told()[0]!;
    expect(await hear()(Buffer.from(body), authorization)).toMatchObject({ type: 'accepted', value: { answerNeeded: true, operation: { id: asked.id, action: 'ChangePlan', planId: 'gold', status: 'InProgress' } } });
    way.plant(/PATCH/, 'resetAfter');
    expect(await saas().answer(id, asked.id, true)).toMatchObject({ value: { repeated: false, operation: { status: 'Succeeded' } } });
    expect(await saas().answer(id, asked.id, true)).toMatchObject({ value: { repeated: true } });
    expect(await saas().answer(id, asked.id, false)).toMatchObject({ code: 'operationFailed' });
    expect(await hear()(Buffer.from(body), authorization)).toMatchObject({ value: { answerNeeded: false } });
    expect((await saas().get(id))!.planId).toBe('gold');
    azure.portal(id, 'Suspend');
    expect(await hear()(Buffer.from(azure.told()[1]!.body), authorization)).toMatchObject({ value: { answerNeeded: false, operation: { action: 'Suspend' } } });
  });

  onSandbox.each<[string, () => string]>([
    ['no token', () => ''], ['another audience', () => azure.webhookToken({ aud: 'other' })], ['another tenant', () => azure.webhookToken({ tid: 'x', iss: 'https://sts.windows.net/x/' })], ['an issuer of one tenant and the id of ours', () => azure.webhookToken({ iss: 'https://sts.windows.net/x/' })],
    ['another application', () => azure.webhookToken({ appid: 'x' })], ['ended', () => azure.webhookToken({ exp: 1 })], ['not begun', () => azure.webhookToken({ nbf: 4_000_000_000 })], ['a key nobody has', () => azure.webhookToken({}, { kid: 'other' })],
    ['no algorithm', () => azure.webhookToken({}, { alg: 'none' })], ['an HMAC', () => azure.webhookToken({}, { alg: 'HS256' })], ['one letter changed', () => azure.webhookToken().replace(/.$/, (last) => (last === 'A' ? 'Q' : 'A')).replace(/\.(.)/, (_all, letter: string) => `.${letter}A`)],
  ])('[S2-092] a token with %s is refused before anything is asked (sandbox only: its key)', async (_name, token) => {
    const id = await active();
    azure.portal(id, 'ChangePlan', { planId: 'gold' });
    const before = way.sent.length;
    const refused = await hear()(Buffer.from(azure.told()[0]!.body), `Bearer ${token()}`);
    expect(refused).toMatchObject({ type: 'refused', code: 'badSignature' });
    expect(way.sent.length).toBe(before);
  });

  onSandbox('[S2-092] a body that Microsoft did not write: another operation, another action, one byte changed (sandbox only: its key)', async () => {
    const id = await active();
    const asked = azure.portal(id, 'ChangePlan', { planId: 'gold' });
    const { body, authorization } = azure.told()[0]!;
    for (const text of [body.replace('"action":"ChangePlan"', '"action":"Unsubscribe"'), body.replaceAll(asked.id, randomUUID())]) expect(await hear()(Buffer.from(text), authorization)).toMatchObject({ code: 'operationUnknown' });
    // What is not asked back is not believed either.
    expect(await hear()(Buffer.from(body.replace('"planId":"gold"', '"planId":"free"')), authorization)).toMatchObject({ value: { operation: { planId: 'gold' } } });
    expect(await hear()(Buffer.from('[]'), authorization)).toMatchObject({ code: 'badInput' });
  });
});
