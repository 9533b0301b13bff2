import { postgresIsHere, throwAwayPostgres, type ThrowAway } from '../../journal/test/postgres.ts';
import { KEY, testHub, until, type TestHub } from './hub.ts';

(postgresIsHere() ? describe : describe.skip)('two hubs on one PostgreSQL', () => {
  let server: ThrowAway;
  let [one, two]: TestHub[] = [];
  beforeAll(async () => {
    server = await throwAwayPostgres();
    [one, two] = await Promise.all([testHub({ database: server.url }), testHub({ database: server.url })]);
  }, 60_000);
  afterAll(async () => {
    await one?.close();
    await two?.close();
    await server?.stop();
  });

  test('[S1-097] started together they made one schema and one register; of orders at both doors one gets the port', async () => {
    expect((await one!.deps.db.query('SELECT count(*) AS n FROM fibre_drop')).rows).toEqual([{ n: 9 }]);
    const results = await Promise.all(Array.from({ length: 30 }, (_, i) => (i % 2 ? one! : two!).client.drops.hold(6, { orderId: `o${i}` })));
    expect(results.filter(({ type }) => type === 'held')).toHaveLength(1);
    expect(await one!.client.events.list({ stream: 'drop-6' })).toHaveLength(1);
  });

  test('[S1-101] what one records, a reader of the other sees at once', async () => {
    const stop = new AbortController();
    const reply = await fetch(`${two!.url}/v1/events`, { signal: stop.signal, headers: { authorization: `Bearer ${KEY}` } });
    let seen = '';
    void (async () => { for await (const chunk of reply.body!.pipeThrough(new TextDecoderStream())) seen += chunk; })().catch(() => undefined);
    await until('open', () => seen.includes('retry'));
    await one!.client.orders.open('o1', { order: { a: 1 } });
    await until('the event', () => seen.includes('"order.opened"'));
    stop.abort();
  });

  test('[S1-103] an order opened at both doors at once is new at one of them', async () => {
    const results = await Promise.all([one!, two!, one!, two!].map(({ client }) => client.orders.open('o2', { order: { b: 1 } })));
    expect(results.map((result) => (result.type === 'opened' ? result.state : result.type)).sort()).toEqual(['new', 'resumed', 'resumed', 'resumed']);
  });
});
