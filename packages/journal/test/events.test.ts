import { eventLog, journalMigrations, migrate, VersionConflict } from '../src/index.ts';
import { bench, onBoth, type Bench } from './world.ts';

onBoth('the event log', (kind) => {
  let at: Bench;
  const log = () => eventLog(at.db, at.clock);
  beforeAll(async () => { at = await bench(kind); }, 60_000);
  afterAll(async () => at?.close());

  test('[S1-103] the same key in a stream is recorded once, also when told at the same time; the first content stays', async () => {
    const tellings = await Promise.all(Array.from({ length: 12 }, (_, i) => log().publish({ type: 'order.opened', stream: 'order-1', key: 'opened', data: { told: i } })));
    expect(tellings.filter(({ repeated }) => !repeated)).toHaveLength(1);
    expect(new Set(tellings.map(({ event }) => event.id)).size).toBe(1);
    expect(await log().stream('order-1')).toHaveLength(1);
    const later = await log().publish({ type: 'order.opened', stream: 'order-1', key: 'opened', data: { told: 'later' } });
    expect(later.event.data).toEqual(tellings.find(({ repeated }) => !repeated)!.event.data);
  });

  test('append refuses a stream that moved on, and of concurrent ones at one version only one gets in', async () => {
    const results = await Promise.allSettled(Array.from({ length: 6 }, (_, i) => log().append({ type: 'case.opened', stream: 'case-1', key: `k${i}`, data: {} }, 0)));
    expect(results.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    for (const one of results) if (one.status === 'rejected') expect(one.reason).toBeInstanceOf(VersionConflict);
    await expect(log().append({ type: 'case.closed', stream: 'case-1', key: 'later', data: {} }, 5)).rejects.toThrow('version 1, not 5');
    expect((await log().append({ type: 'case.closed', stream: 'case-1', key: 'later', data: {} }, 1)).event.version).toBe(2);
  });

  test('a transaction that fails leaves no event; listeners hear only of commits', async () => {
    let heard = 0;
    const stop = await at.db.listen('leadlight_event', () => { heard += 1; });
    await expect(at.db.transaction(async (tx) => {
      await log().publish({ type: 'order.opened', stream: 'order-9', key: 'opened', data: {} }, tx);
      throw new Error('changed my mind');
    })).rejects.toThrow('changed my mind');
    expect(await log().stream('order-9')).toEqual([]);
    expect(heard).toBe(0);
    await log().publish({ type: 'order.opened', stream: 'order-9', key: 'opened', data: {} });
    for (let i = 0; i < 200 && heard === 0; i += 1) await at.db.query('SELECT 1');
    expect(heard).toBe(1);
    await stop();
  });

  test('readers that resume after a position see every event once, however writers overlap', async () => {
    const from = await log().head();
    const seen: number[] = [];
    let after = from;
    const read = async (): Promise<void> => {
      for (const event of await log().list({ after, types: 'race.*' })) { seen.push(event.id); after = event.id; }
    };
    await Promise.all([
      ...Array.from({ length: 20 }, (_, i) => at.db.transaction(async (tx) => {
        await log().publish({ type: 'race.run', stream: `race-${i}`, key: 'one', data: {} }, tx);
        for (let j = 0; j < i % 4; j += 1) await tx.query('SELECT pg_sleep(0.001)');
      })),
      (async () => { for (let i = 0; i < 30; i += 1) await read(); })(),
    ]);
    await read();
    expect(seen).toHaveLength(20);
    expect([...seen].sort((a, b) => a - b)).toEqual(seen);
  });

  test('lists by type pattern and stream; a wildcard is not a regular expression', async () => {
    await log().publish({ type: 'port.held', stream: 'drop-900', key: 'a', data: { orderId: 'X' } });
    await log().publish({ type: 'portfolio.held', stream: 'drop-900', key: 'b', data: {} });
    const types = async (pattern: string) => (await log().list({ stream: 'drop-900', types: pattern })).map((event) => event.type);
    expect(await types('port.*')).toEqual(['port.held']);
    expect(await types('port*')).toEqual(['port.held', 'portfolio.held']);
    expect(await types('p_rt.held')).toEqual([]);
    expect(await types('nothing.*, portfolio.held')).toEqual(['portfolio.held']);
    expect((await log().list({ stream: 'drop-900', limit: 1 }))[0]).toMatchObject({ type: 'port.held', at: at.clock.now(), data: { orderId: 'X' } });
  });

  test('migrations run once, also when programs start together', async () => {
    const more = [...journalMigrations, { name: `extra-${kind}`, statements: ['CREATE TABLE extra (n integer)', 'INSERT INTO extra VALUES (1)'] }];
    const applied = await Promise.all([migrate(at.db, more), migrate(at.db, more), migrate(at.db, more)]);
    expect(applied.flat()).toEqual([`extra-${kind}`]);
    const { rows } = await at.db.query('SELECT * FROM extra');
    expect(rows).toEqual([{ n: 1 }]);
    await expect(migrate(at.db, [{ name: 'broken', statements: ['CREATE TABLE half (n integer)', 'NOT SQL'] }])).rejects.toThrow();
    expect((await at.db.query(`SELECT to_regclass('half') AS made`)).rows).toEqual([{ made: null }]);
  });
});
