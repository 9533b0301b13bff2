import { outbox, Undeliverable } from '../src/index.ts';
import { bench, onBoth, type Bench } from './world.ts';

onBoth('the outbox', (kind) => {
  let at: Bench;
  const policy = { attempts: 3, firstDelayMs: 1_000, maxDelayMs: 60_000, claimMs: 30_000 };
  const box = () => outbox(at.db, at.clock, policy);
  beforeAll(async () => { at = await bench(kind); }, 60_000);
  afterAll(async () => at?.close());

  test('[S0-129] one effect per topic, target and key; nothing leaves a transaction that failed', async () => {
    expect(await box().put({ topic: 'once', target: 'a', key: '1', body: {} })).toEqual({ repeated: false });
    expect(await box().put({ topic: 'once', target: 'a', key: '1', body: { other: true } })).toEqual({ repeated: true });
    await at.db.transaction(async (tx) => { await box().put({ topic: 'once', target: 'b', key: '1', body: {} }, tx); throw new Error('no'); }).catch(() => undefined);
    const delivered: string[] = [];
    expect(await box().runDue('once', async ({ target }) => void delivered.push(target))).toEqual({ delivered: 1, failed: 0, dead: 0 });
    expect(await box().runDue('once', async ({ target }) => void delivered.push(target))).toEqual({ delivered: 0, failed: 0, dead: 0 });
    expect(delivered).toEqual(['a']);
  });

  test('a failure waits, twice as long each time, then is dead, visible, and can be revived', async () => {
    await box().put({ topic: 'retry', target: 'a', key: '1', body: { n: 1 } });
    let tries = 0;
    const fail = async (): Promise<void> => { tries += 1; throw new Error('the receiver answered 503'); };
    await box().runDue('retry', fail);
    at.clock.advance(999);
    await box().runDue('retry', fail);
    expect(tries).toBe(1);
    at.clock.advance(1);
    await box().runDue('retry', fail);
    at.clock.advance(1_999);
    await box().runDue('retry', fail);
    expect(tries).toBe(2);
    at.clock.advance(1);
    expect(await box().runDue('retry', fail)).toEqual({ delivered: 0, failed: 0, dead: 1 });
    at.clock.advance(86_400_000);
    await box().runDue('retry', fail);
    expect(tries).toBe(3);
    const [dead] = await box().list({ state: 'dead', target: 'a' });
    expect(dead).toMatchObject({ attempts: 3, lastError: 'the receiver answered 503', deliveredAt: null });
    expect((await box().counts()).dead).toBeGreaterThanOrEqual(1);
    expect(await box().revive(dead!.id)).toBe(true);
    expect(await box().revive(dead!.id)).toBe(false);
    expect((await box().runDue('retry', async () => undefined)).delivered).toBe(1);
  });

  test('workers that run together deliver each effect once; one that dies loses its claim in time', async () => {
    for (let i = 0; i < 30; i += 1) await box().put({ topic: 'shared', target: 't', key: String(i), body: {} });
    const seen: string[] = [];
    await Promise.all(Array.from({ length: 5 }, () => box().runDue('shared', async ({ key }) => void seen.push(key), 10)));
    expect(seen).toHaveLength(30);
    expect(new Set(seen).size).toBe(30);
    await box().put({ topic: 'lost', target: 't', key: 'x', body: {} });
    void box().runDue('lost', () => new Promise(() => undefined));
    for (let i = 0; i < 20; i += 1) await at.db.query('SELECT 1');
    expect((await box().runDue('lost', async () => undefined)).delivered).toBe(0);
    at.clock.advance(30_001);
    expect((await box().runDue('lost', async () => undefined)).delivered).toBe(1);
  });

  test('what cannot be delivered is dead at once', async () => {
    await box().put({ topic: 'gone', target: 't', key: '1', body: {} });
    expect((await box().runDue('gone', async () => { throw new Undeliverable('410'); })).dead).toBe(1);
  });
});
