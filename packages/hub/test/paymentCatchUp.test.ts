import { VirtualClock, World } from '../../sandbox/src/world.ts';
import { startStripe, type StripeSandbox } from '../../sandbox/src/stripe/index.ts';
import { catchUpJob } from '../src/paymentCatchUp.ts';
import { testHub, until, type TestHub } from './hub.ts';

const nothing = { from: '', until: '', seen: 0, applied: 0, ignored: 0, repeated: 0, gap: false, readAgain: 0 };
function bench(everyMinutes: number) {
  const clock = new VirtualClock('2026-04-01T13:00:00.000Z');
  let fails = 0;
  let looks = 0;
  const missed = { run: async () => { looks += 1; if (fails-- > 0) throw new Error('away'); return nothing; }, state: async () => undefined };
  const job = catchUpJob(missed, clock, everyMinutes);
  return { clock, job, looks: () => looks, failNext: (times: number) => void (fails = times), turn: async () => { job.turn(); await job.idle(); } };
}

test('[S2-092] the first tick looks at once, later ones every ten minutes; two ticks at the same time are one look', async () => {
  const { clock, job, looks, turn } = bench(10);
  job.turn();
  job.turn();
  await job.idle();
  expect(looks()).toBe(1);
  clock.advance(9 * 60_000);
  await turn();
  expect(looks()).toBe(1);
  clock.advance(60_000);
  await turn();
  expect(looks()).toBe(2);
});

test('after a failure a minute later, and the failure is kept until a look succeeds', async () => {
  const { clock, job, looks, failNext, turn } = bench(10);
  failNext(1);
  await turn();
  expect(job.last()).toMatchObject({ found: null, failure: { kind: 'unavailable', at: '2026-04-01T13:00:00.000Z' } });
  clock.advance(59_000);
  await turn();
  expect(looks()).toBe(1);
  clock.advance(1_000);
  await turn();
  expect([looks(), job.last()]).toEqual([2, { found: nothing, failure: null }]);
});

test('0 minutes: only when asked', async () => {
  const { job, looks, turn } = bench(0);
  await turn();
  expect(looks()).toBe(0);
  await job.run();
  expect(looks()).toBe(1);
});

describe('on a hub', () => {
  let stripe: StripeSandbox;
  let hub: TestHub;
  const world = new World();
  beforeAll(async () => {
    stripe = await startStripe(world);
    hub = await testHub({ stripe: { secretKey: stripe.secretKey, webhookSecret: 'whsec_x', baseUrl: stripe.url } });
  }, 60_000);
  afterAll(async () => {
    await stripe.close();
    await hub.close();
  });
  const told = async (order: string) => (await hub.client.events.list({ stream: `order-${order}` })).map(({ type }) => type);
  const looks = () => world.calls.filter(({ path }) => path === '/v1/events').length;

  test('[S2-092] a tick settles what was paid while the hub was away; a Stripe that hangs holds no tick up', async () => {
    stripe.authorise({ amountMinor: 1_000, currency: 'CAD', orderId: 'ord_away', captureMethod: 'automatic' });
    await hub.tick();
    // Looks wait for one another: when this one is back, the tick's is done, and has left nothing to it.
    expect(await hub.client.payments.catchUp()).toMatchObject({ seen: 1, applied: 0, repeated: 1 });
    expect(await told('ord_away')).toEqual(['payment.captured']);
    const before = looks();
    await hub.tick();
    expect(looks()).toBe(before);

    world.inject({ system: 'stripe', path: '/v1/events', kind: 'hangBefore' });
    hub.clock.advance(10 * 60_000);
    await hub.tick();
    await until('the look that hangs', () => looks() > before);
    expect((await hub.ask('GET', '/health')).status).toBe(200);
  }, 60_000);
});
