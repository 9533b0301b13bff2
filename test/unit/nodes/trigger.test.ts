import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { LeadlightTrigger } from '../../../nodes/LeadlightTrigger/LeadlightTrigger.node.ts';
import { verifySignature } from '../../../nodes/LeadlightTrigger/signature.ts';
import { signWebhook } from '../../../packages/hub/src/webhooks.ts';
import { KEY, testHub, until, type TestHub } from '../../../packages/hub/test/hub.ts';
import { VirtualClock } from '../../../packages/sandbox/src/world.ts';
import { context, failed } from '../support/n8n.ts';

const node = new LeadlightTrigger();
interface Delivery { readonly headers: http.IncomingHttpHeaders; readonly raw: Buffer }

/** n8n around the trigger: the workflow's memory and the address it listens at. */
function hooks(parameters: object, credentials: object, memory: object, url = 'http://n8n.test/webhook/1'): IHookFunctions {
  return Object.assign(context(node, { items: [parameters as never], credentials: credentials as never }), { getWorkflowStaticData: () => memory, getNodeWebhookUrl: () => url }) as never;
}
function webhook(memory: object, { headers, raw }: Delivery): { readonly run: () => Promise<unknown>; readonly answered: { status?: number; body?: unknown } } {
  const answered: { status?: number; body?: unknown } = {};
  const reply = { status: (status: number) => ((answered.status = status), reply), json: (body: unknown) => void (answered.body = body) };
  const self = {
    getWorkflowStaticData: () => memory, getHeaderData: () => headers, getBodyData: () => JSON.parse(raw.toString('utf8')),
    getRequestObject: () => ({ rawBody: raw }), getResponseObject: () => reply,
  } as unknown as IWebhookFunctions;
  return { run: () => node.webhook.call(self), answered };
}

describe('on a real hub', () => {
  let hub: TestHub;
  let receiver: http.Server;
  let url: string;
  const deliveries: Delivery[] = [];
  beforeAll(async () => {
    hub = await testHub({}, { clock: new VirtualClock('2026-04-01T13:00:00.000Z', true) });
    receiver = http.createServer(async (request, reply) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      deliveries.push({ headers: request.headers, raw: Buffer.concat(chunks) });
      reply.end('ok');
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/webhook/x`;
  }, 30_000);
  afterAll(async () => {
    receiver.closeAllConnections();
    receiver.close();
    await hub.close();
  });
  const { default: methods } = node.webhookMethods;

  test('activating subscribes once, a delivery becomes an item, deactivating ends it', async () => {
    const memory: Record<string, string> = {};
    const self = hooks({ events: ['order.opened', 'custom'], customEvents: 'installation.*, order.opened' }, { baseUrl: hub.url, apiKey: KEY }, memory, url);
    expect(await methods.checkExists.call(self)).toBe(false);
    expect(await methods.create.call(self)).toBe(true);
    expect(await methods.checkExists.call(self)).toBe(true);
    expect(await hub.client.subscriptions.list()).toEqual([{ id: memory['id'], url, types: ['installation.*', 'order.opened'] }]);
    expect(JSON.stringify(await hub.client.subscriptions.list())).not.toContain(memory['secret']);

    await hub.client.events.publish({ type: 'installation.completed', stream: 'order-1', key: 'done', data: { city: 'Lévis' } });
    await hub.tick();
    await until('the delivery', () => deliveries.length > 0);
    const good = webhook(memory, deliveries[0]!);
    expect(await good.run()).toMatchObject({ workflowData: [[{ json: { type: 'installation.completed', stream: 'order-1', data: { city: 'Lévis' } } }]] });
    expect(good.answered).toEqual({});

    const copy = webhook(memory, deliveries[0]!);
    expect(await copy.run()).toEqual({ noWebhookResponse: true });
    expect(copy.answered).toMatchObject({ status: 409, body: { code: 'replayed' } });

    const altered = webhook(memory, { ...deliveries[0]!, raw: Buffer.from(deliveries[0]!.raw.toString('utf8').replace('Lévis', 'Laval')) });
    expect(await altered.run()).toEqual({ noWebhookResponse: true });
    expect(altered.answered).toMatchObject({ status: 401, body: { code: 'badSignature' } });

    expect(await methods.delete.call(self)).toBe(true);
    expect(await hub.client.subscriptions.list()).toEqual([]);
    expect(memory).toEqual({});
    expect(await methods.delete.call(self)).toBe(true);
  });

  test('other events or another address subscribe anew; one that is gone on the hub is not believed', async () => {
    const memory: Record<string, string> = {};
    const as = (events: string[], to = url) => hooks({ events }, { baseUrl: hub.url, apiKey: KEY }, memory, to);
    await methods.create.call(as(['order.opened']));
    expect(await methods.checkExists.call(as(['order.completed']))).toBe(false);
    expect(await methods.checkExists.call(as(['order.opened'], `${url}2`))).toBe(false);
    await hub.client.subscriptions.create({ url: `${url}3`, types: ['order.opened'], secret: 'x'.repeat(32) });
    await hub.client.subscriptions.delete(memory['id']!);
    expect(await methods.checkExists.call(as(['order.opened']))).toBe(false);
    expect(await methods.delete.call(as(['order.opened']))).toBe(true);
  });

  test('no event, or a hub that refuses, stops the activation with words', async () => {
    const none = await failed(methods.create.call(hooks({ events: [] }, { baseUrl: hub.url, apiKey: KEY }, {}, url)));
    expect(none).toMatchObject({ name: 'NodeOperationError', message: expect.stringContaining("'Events'") });
    const key = await failed(methods.create.call(hooks({ events: ['order.opened'] }, { baseUrl: hub.url, apiKey: 'nope' }, {}, url)));
    expect(key).toMatchObject({ name: 'NodeApiError', description: expect.stringMatching(/key/i) });
    const address = await failed(methods.create.call(hooks({ events: ['order.opened'] }, { baseUrl: hub.url, apiKey: KEY }, {}, 'ftp://n8n')));
    expect(address).toMatchObject({ name: 'NodeOperationError', message: expect.stringContaining('url') });
  });
});

describe('the signature', () => {
  const secret = 's'.repeat(64);
  const raw = Buffer.from('{"a":"é"}');
  const at = 1_775_048_400;
  const good = signWebhook(secret, raw.toString('utf8'), at);
  const now = at * 1000;
  test.each([
    ['as the hub signs', good, raw, secret, now, 'good'],
    ['five minutes early', good, raw, secret, now + 300_000, 'good'],
    ['a replay after five minutes', good, raw, secret, now + 301_000, 'stale'],
    ['from the future', good, raw, secret, now - 301_000, 'stale'],
    ['one byte changed', good, Buffer.from('{"a":"e"}'), secret, now, 'wrong'],
    ['another secret', good, raw, `${secret}x`, now, 'wrong'],
    ['the time moved', good.replace(String(at), String(at + 1)), raw, secret, now, 'wrong'],
    ['no header', undefined, raw, secret, now, 'missing'],
    ['half a header', 't=1', raw, secret, now, 'missing'],
    ['too short a digest', `t=${at},v1=ab`, raw, secret, now, 'missing'],
    ['no secret kept', good, raw, '', now, 'missing'],
  ] as const)('%s: %#', (_title, header, body, key, nowMs, verdict) => {
    expect(verifySignature(header, body, key, nowMs)).toBe(verdict);
  });
});
