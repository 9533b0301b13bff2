import type { AcsEventType, PollCursor } from '../src/index.ts';
import { anywhere, bench, failure, rig, sandboxOnly, unique, withDevice, type Bench, type Rig } from './harness.ts';

let r: Rig;
beforeEach(async () => { r = await rig(); });
afterEach(() => r.close());
const ALL: readonly AcsEventType[] = ['registered', 'bootstrap', 'boot', 'inform', 'fault'];

anywhere('[acs-31] the first poll is silent and remembers; its memory is plain JSON', async () => {
  if (r.bench) await r.bench.plug();
  const first = await r.client.poll(ALL);
  expect(first).toMatchObject({ events: [], first: true });
  expect(Object.keys(first.cursor)).toEqual(ALL);
  const again = await r.client.poll(['registered', 'bootstrap'], JSON.parse(JSON.stringify(first.cursor)) as PollCursor);
  expect(again).toMatchObject({ events: [], first: false });
});

withDevice('[acs-31] [acs-23] an inform and a fault are told once, also after a restart; the same fault with a newer time is told again', async () => {
  const { id, serial } = await r.device();
  const name = unique('faulty');
  await r.client.provisions.put(name, 'throw new Error("leadlight meant it");');
  let { cursor } = await r.client.poll(ALL);
  const next = async () => {
    const polled = await r.client.poll(ALL, JSON.parse(JSON.stringify(cursor)) as PollCursor);
    cursor = polled.cursor;
    return polled.events.filter((event) => event.deviceId === id);
  };
  r.bench?.world.clock.advance(1_000);
  const outcome = await r.client.tasks.runProvisions(id, [name], { waitMs: 30_000 });
  try {
    const events = await next();
    expect(events.map((event) => event.type).filter((type) => type === 'fault' || type === 'inform').sort()).toEqual(['fault', 'inform']);
    const fault = events.find((event) => event.type === 'fault')!;
    expect(fault).toMatchObject({ source: 'genieacs', serial, fault: { code: 'script.Error' }, dedupeKey: `genieacs:fault:${id}:task_${outcome.taskId!}:${fault.at}` });
    expect((await next()).filter((event) => event.type === 'fault')).toEqual([]);
    r.bench?.world.clock.advance(1_000);
    await r.client.tasks.retry(outcome.taskId!);
    await r.client.tasks.getParameterValues(id, [(await r.device()).parameter]);
    expect((await next()).filter((event) => event.type === 'fault').map((event) => event.at > fault.at)).toEqual([true]);
  } finally {
    await r.client.tasks.delete(outcome.taskId!);
    await r.client.provisions.delete(name);
  }
});

anywhere('[acs-31] a poll that fails leaves the old memory good', async () => {
  const { cursor } = await r.client.poll(['inform']);
  r.plant({ method: 'GET', kind: 'truncate', times: 3 });
  expect(await failure(r.client.poll(['inform'], cursor))).toMatchObject({ kind: 'unavailable' });
  expect((await r.client.poll(['inform'], cursor)).first).toBe(false);
});

describe('with devices made for it', () => {
  let b: Bench;
  beforeEach(async () => { b = await bench(); });
  afterEach(() => b.close());
  const why = 'devices cannot be made on a real server';
  const informs = (n: number, event: '0 BOOTSTRAP' | '1 BOOT' | '2 PERIODIC' = '2 PERIODIC') => b.acs.inform({ serial: `S${String(n).padStart(5, '0')}`, oui: '00AA', productClass: n % 2 ? 'Odd' : 'Even', event });

  sandboxOnly(why, '[acs-31] of 7,550 devices only those that changed are fetched', async () => {
    for (let n = 0; n < 7_549; n += 1) await informs(n, '0 BOOTSTRAP');
    b.world.clock.advance(3_600_000);
    await informs(7_549, '0 BOOTSTRAP');
    const { cursor } = await b.client.poll(['registered', 'bootstrap', 'inform']);
    b.world.clock.advance(3_600_000);
    for (const n of [5, 700, 7_549]) await informs(n);
    await informs(8_000, '0 BOOTSTRAP');
    b.sent.length = 0;
    b.world.calls.length = 0;
    const { events } = await b.client.poll(['registered', 'bootstrap', 'inform'], cursor);
    const of = (type: string) => events.filter((event) => event.type === type).map((event) => event.serial).sort();
    expect([of('registered'), of('bootstrap'), of('inform')]).toEqual([['S08000'], ['S08000'], ['S00005', 'S00700', 'S07549', 'S08000']]);
    expect(b.sent.every((one) => String(one.query!['projection']).startsWith('_id') && !('skip' in one.query!))).toBe(true);
    expect(b.sent.every((one) => String(one.query!['query']).includes('$gt'))).toBe(true);
  });

  sandboxOnly(why, '[acs-31] pages of one stamp, a cap, a late document and a device that goes on informing: each once, none lost', async () => {
    await informs(99_999, '0 BOOTSTRAP');
    let { cursor } = await b.client.poll(['inform']);
    b.world.clock.advance(10_000);
    for (let n = 0; n < 1_200; n += 1) await informs(n, '0 BOOTSTRAP'); // all stamped alike: more than two pages
    const told: string[] = [];
    const next = async (most?: number) => {
      const polled = await b.client.poll(['inform'], JSON.parse(JSON.stringify(cursor)) as PollCursor, most ? { most } : {});
      cursor = polled.cursor;
      told.push(...polled.events.map((event) => event.dedupeKey));
      return polled.events.length;
    };
    expect(await next(600)).toBe(999);
    expect(await next(600)).toBe(201);
    expect(await next()).toBe(0);
    // Written at the end of a long session, stamped at its beginning, a minute before what was told last.
    const late = b.acs.find('S00007')!;
    b.world.clock.advance(30_000);
    await informs(8);
    await next();
    late.lastInform = new Date(b.world.clock.ms - 20_000).toISOString();
    expect(await next()).toBe(1);
    expect(new Set(told).size).toBe(told.length);
    expect(told).toHaveLength(1_202);
    b.world.clock.advance(600_000);
    await informs(1);
    await next();
    expect(Object.keys(cursor['inform']!.seen)).toEqual(['00AA-Odd-S00001']); // the memory does not grow
  });

  sandboxOnly(why, '[acs-31] an ACS that was empty tells its first device; a filter keeps others out, faults too', async () => {
    let { cursor } = await b.client.poll(['registered', 'fault'], {}, { filter: { productClass: 'Odd' } });
    await informs(1, '0 BOOTSTRAP');
    await informs(2, '0 BOOTSTRAP');
    for (const n of [1, 2]) {
      b.acs.find(`S0000${n}`)!.failNext = { code: 'cwmp.9002', message: 'Internal error' };
      await b.client.tasks.reboot(b.acs.find(`S0000${n}`)!.id);
    }
    const polled = await b.client.poll(['registered', 'fault'], cursor, { filter: { productClass: 'Odd' } });
    expect(polled.events.map((event) => [event.type, event.serial])).toEqual([['registered', 'S00001'], ['fault', 'S00001']]);
    cursor = polled.cursor;
    expect((await b.client.poll(['registered', 'fault'], cursor, { filter: { productClass: 'Odd' } })).events).toEqual([]);
  });
});
