import { createHmac } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { NetBoxTrigger } from '../../../nodes/NetBoxTrigger/NetBoxTrigger.node.ts';
import { netbox } from '../../../packages/netbox/src/index.ts';
import { axiosSend } from '../../../packages/http/src/send.ts';
import { SANDBOX_TOKEN, startNetbox } from '../../../packages/sandbox/src/netbox/index.ts';
import { World } from '../../../packages/sandbox/src/world.ts';
import { context, failed } from '../support/n8n.ts';

const node = new NetBoxTrigger();
const { default: methods } = node.webhookMethods;
interface Delivery { readonly headers: http.IncomingHttpHeaders; readonly raw: Buffer }
const OPS = 'nbt_ops.000102030405060708090a0b0c0d0e0f10111213';

let world: World;
let server: Awaited<ReturnType<typeof startNetbox>>;
let receiver: http.Server;
let url: string;
let deliveries: Delivery[];
beforeAll(async () => {
  // The trigger reads the machine's clock; deliveries must be of now.
  world = new World(new Date().toISOString(), true);
  server = await startNetbox(world, { tokens: [{ value: SANDBOX_TOKEN, user: 'n8n' }, { value: OPS, user: 'ops' }] });
  receiver = http.createServer(async (request, reply) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    deliveries.push({ headers: request.headers, raw: Buffer.concat(chunks) });
    reply.end('ok');
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/webhook/x`;
});
afterAll(async () => {
  receiver.closeAllConnections();
  receiver.close();
  await server.close();
});
beforeEach(() => void (deliveries = []));

const hooks = (parameters: object, memory: object, at = url, token = SANDBOX_TOKEN): IHookFunctions =>
  Object.assign(context(node, { items: [{ objectTypes: ['tenancy.tenant', 'custom'], customTypes: 'dcim.Site, tenancy.tenant', ...parameters } as never], credentials: { baseUrl: server.url, token } }), { getWorkflowStaticData: () => memory, getNodeWebhookUrl: () => at }) as never;
function webhook(memory: object, { headers, raw }: Delivery, parameters: Record<string, unknown> = {}): { readonly run: () => Promise<unknown>; readonly answered: { status?: number; body?: { code: string } } } {
  const answered: { status?: number; body?: { code: string } } = {};
  const reply = { status: (status: number) => ((answered.status = status), reply), json: (body: { code: string }) => void (answered.body = body) };
  const self = { getWorkflowStaticData: () => memory, getHeaderData: () => headers, getRequestObject: () => ({ rawBody: raw }), getResponseObject: () => reply, getNodeParameter: (name: string, fallback: unknown) => parameters[name] ?? fallback } as unknown as IWebhookFunctions;
  return { run: () => node.webhook.call(self), answered };
}
/** Somebody changes a tenant; the delivery that follows. */
async function change(token: string, slug: string): Promise<Delivery> {
  await netbox(axiosSend({ baseUrl: server.url }), world.clock, { token }).tenants.ensure({ slug, name: slug });
  await server.flush();
  return deliveries.at(-1)!;
}

test('activating subscribes once, deactivating ends it', async () => {
  const memory: Record<string, string> = {};
  const self = hooks({}, memory);
  expect(await methods.checkExists.call(self)).toBe(false);
  expect(await methods.create.call(self)).toBe(true);
  expect(await methods.checkExists.call(self)).toBe(true);
  expect(await methods.checkExists.call(hooks({ events: ['object_created'] }, memory))).toBe(false);
  expect(await methods.checkExists.call(hooks({}, memory, `${url}/moved`))).toBe(false);
  expect(server.data.all('extras/event-rules')).toMatchObject([{ object_types: ['tenancy.tenant', 'dcim.site'], event_types: ['object_created', 'object_updated', 'object_deleted'] }]);
  expect(memory).toMatchObject({ secret: expect.stringMatching(/^[0-9a-f]{64}$/), ownUser: 'n8n' });
  expect(await methods.delete.call(self)).toBe(true);
  expect(await methods.delete.call(self)).toBe(true);
  expect([server.data.all('extras/event-rules'), server.data.all('extras/webhooks'), memory]).toEqual([[], [], {}]);
});

test('[S0-113] a change becomes an item; altered, copied, unsigned or old it does not', async () => {
  const memory: Record<string, string> = {};
  await methods.create.call(hooks({}, memory));
  const delivery = await change(OPS, 'cust-é1'.replace('é', 'e'));
  const good = webhook(memory, delivery);
  expect(await good.run()).toMatchObject({ workflowData: [[{ json: { event: 'created', objectType: 'tenancy.tenant', user: 'ops', data: { slug: 'cust-e1' }, requestId: expect.any(String) } }]] });
  expect(good.answered).toEqual({});
  const body = JSON.parse(delivery.raw.toString('utf8')) as object;
  const signed = (raw: Buffer): Delivery => ({ headers: { 'x-hook-signature': createHmac('sha512', memory['secret']!).update(raw).digest('hex') }, raw });
  for (const [title, bad, status, code] of [
    ['the same again', delivery, 409, 'replayed'],
    ['one letter changed', { ...delivery, raw: Buffer.from(delivery.raw.toString('utf8').replace('cust-e1', 'cust-e2')) }, 401, 'badSignature'],
    ['written again', { ...delivery, raw: Buffer.from(JSON.stringify(body, null, 1)) }, 401, 'badSignature'],
    ['no signature', { ...delivery, headers: {} }, 401, 'badSignature'],
    ['a prefix', { ...delivery, headers: { 'x-hook-signature': `sha512=${String(delivery.headers['x-hook-signature'])}` } }, 401, 'badSignature'],
    ['of yesterday', signed(Buffer.from(JSON.stringify({ ...body, timestamp: new Date(Date.now() - 86_400_000).toISOString() }))), 401, 'stale'],
  ] as const) {
    const one = webhook(memory, bad);
    expect({ title, answer: await one.run(), answered: { status: one.answered.status, code: one.answered.body?.code } }).toEqual({ title, answer: { noWebhookResponse: true }, answered: { status, code } });
  }
  const other = webhook({}, delivery);
  await other.run();
  expect(other.answered.status).toBe(401);
  await methods.delete.call(hooks({}, memory));
});

test('changes of our own user do not start the workflow, unless asked for; nor those of users left out', async () => {
  const memory: Record<string, string> = {};
  await methods.create.call(hooks({}, memory));
  const own = webhook(memory, await change(SANDBOX_TOKEN, 'cust-own'));
  expect(await own.run()).toEqual({ noWebhookResponse: true });
  expect(own.answered).toMatchObject({ status: 200, body: { code: 'ownChange' } });
  const asked = webhook(memory, await change(SANDBOX_TOKEN, 'cust-asked'), { ignoreOwn: false });
  expect(await asked.run()).toMatchObject({ workflowData: [[{ json: { user: 'n8n' } }]] });
  const left = webhook(memory, await change(OPS, 'cust-left'), { options: { ignoreUsers: 'sync, ops' } });
  await left.run();
  expect(left.answered).toMatchObject({ status: 200, body: { code: 'ownChange' } });
  await methods.delete.call(hooks({}, memory));
});

test('nothing to listen for is said before anything is made; a wrong token too', async () => {
  expect(await failed(methods.create.call(hooks({ objectTypes: [] }, {})))).toMatchObject({ name: 'NodeOperationError', message: expect.stringContaining('Object Types') });
  expect(await failed(methods.create.call(hooks({ customTypes: 'device' }, {})))).toMatchObject({ message: expect.stringContaining("'device'") });
  expect(await failed(methods.create.call(hooks({}, {}, url, 'nbt_no.such')))).toMatchObject({ name: 'NodeApiError' });
  expect(server.data.all('extras/webhooks')).toEqual([]);
});
