import type { HubEvent } from '../src/api.ts';
import { KEY, testHub, until, type TestHub } from './hub.ts';

let hub: TestHub;
beforeAll(async () => { hub = await testHub({}, { heartbeatMs: 40 }); }, 60_000);
afterAll(async () => hub.close());

interface Reader { readonly events: HubEvent[]; readonly ids: number[]; text: string; readonly status: number; stop(): void }
async function follow(query: string, headers: Record<string, string> = {}, key: string | null = KEY): Promise<Reader> {
  const stop = new AbortController();
  const reply = await fetch(`${hub.url}/v1/events${query}`, { signal: stop.signal, headers: { ...(key ? { authorization: `Bearer ${key}` } : {}), ...headers } });
  const reader: Reader = { events: [], ids: [], text: '', status: reply.status, stop: () => stop.abort() };
  void (async () => {
    for await (const chunk of reply.body!.pipeThrough(new TextDecoderStream())) {
      reader.text += chunk;
      const frames = reader.text.split('\n\n').slice(0, -1).filter((frame) => frame.startsWith('id:'));
      reader.events.splice(0, Infinity, ...frames.map((frame) => JSON.parse(frame.split('data: ')[1]!) as HubEvent));
      reader.ids.splice(0, Infinity, ...frames.map((frame) => Number(/^id: (\d+)/.exec(frame)![1])));
    }
  })().catch(() => undefined);
  return reader;
}
let n = 0;
const publish = async (type: string) => (await hub.client.events.publish({ type, stream: 'test', key: `k${(n += 1)}`, data: { n } })).event;

test('[S1-101] a new order reaches Ops while they watch, and nothing from before', async () => {
  await publish('order.old');
  const ops = await follow('');
  await until('stream open', () => ops.text.includes('retry:'));
  await hub.client.orders.open('o1', { order: { a: 1 } });
  await until('the order event', () => ops.events.length === 1);
  expect(ops.events[0]).toMatchObject({ type: 'order.opened', stream: 'order-o1', data: { orderId: 'o1' } });
  expect(Object.keys(ops.events[0]!).sort()).toEqual(['at', 'data', 'id', 'stream', 'type']);
  ops.stop();
});

test('[S1-101] a reader that was cut off resumes after its last event: none missed, none twice', async () => {
  const ops = await follow('?after=0');
  await until('history', () => ops.events.length > 0);
  const last = ops.ids.at(-1)!;
  ops.stop();
  const missed = [await publish('order.a'), await publish('port.b'), await publish('order.c')];
  const back = await follow('', { 'last-event-id': String(last) });
  await until('the missed ones', () => back.events.length === 3);
  const live = await publish('order.d');
  await until('and the live one', () => back.events.length === 4);
  expect(back.ids).toEqual([...missed, live].map(({ id }) => id));
  back.stop();
});

test('types may be listed and may end in a wildcard', async () => {
  const from = (await publish('x.y')).id;
  const orders = await follow(`?types=order.*,port.held&after=${from}`);
  for (const type of ['order.a', 'orders.b', 'port.held', 'port.released', 'order.z']) await publish(type);
  await until('three', () => orders.events.length === 3);
  expect(orders.events.map(({ type }) => type)).toEqual(['order.a', 'port.held', 'order.z']);
  orders.stop();
});

test('hundreds of events at once reach many readers whole and in order', async () => {
  const from = (await publish('x.y')).id;
  const readers = await Promise.all(Array.from({ length: 5 }, () => follow(`?types=burst.*&after=${from}`)));
  await Promise.all(Array.from({ length: 450 }, () => publish('burst.one')));
  await until('all', () => readers.every(({ events }) => events.length === 450));
  for (const reader of readers) {
    expect(new Set(reader.ids).size).toBe(450);
    expect([...reader.ids].sort((a, b) => a - b)).toEqual(reader.ids);
    reader.stop();
  }
}, 60_000);

test('a quiet stream is kept alive; a browser may give its key in the address; a wrong key sees nothing', async () => {
  const quiet = await follow(`?key=${KEY}&types=never.*`, {}, null);
  expect(quiet.status).toBe(200);
  await until('two heartbeats', () => quiet.text.split(': still here').length > 2);
  quiet.stop();
  expect((await follow('?key=wrong', {}, null)).status).toBe(401);
  expect((await hub.ask('GET', `/v1/events/list?key=${KEY}`, { key: null })).status).toBe(401);
});

test('readers that leave are forgotten', async () => {
  const reader = await follow('');
  reader.stop();
  for (let i = 0; i < 100; i += 1) if (((await hub.ask('GET', '/v1/system')).body['eventStreams'] as unknown) === 0) return;
  throw new Error('a follower stayed');
});
