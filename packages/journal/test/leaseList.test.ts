import { leaseListMigrations, listLeases, migrate, portLeases, type PortLease } from '../src/index.ts';
import { bench, onBoth, type Bench } from './world.ts';

onBoth('the list of leases', (kind) => {
  let at: Bench;
  let n = 0;
  const leases = () => portLeases(at.db, at.clock, () => `token-${(n += 1)}`);
  const listed = async (filter = {}) => (await listLeases(at.db, filter, at.clock.now())).map(({ drop, state, orderId, until }) => [drop.fibreId, state, orderId, until.slice(11, 16)]);
  beforeAll(async () => {
    at = await bench(kind);
    await migrate(at.db, leaseListMigrations);
  }, 60_000);
  afterAll(async () => at?.close());

  test('[S1-098] what is held and reserved, what ran out before and after the sweep, and nothing of what is free, connected or leased again', async () => {
    await leases().hold(1, 'A', 60);
    const two = (await leases().hold(2, 'B')) as PortLease;
    await leases().confirm(2, { orderId: 'B', token: two.token }, 1);
    await leases().hold(3, 'C');
    const four = (await leases().hold(4, 'D')) as PortLease;
    await leases().occupy(4, { orderId: 'D', token: four.token }, 'RCMG20000004');
    const five = (await leases().hold(5, 'E')) as PortLease;
    await leases().release(5, { orderId: 'E', token: five.token });
    expect(await listed()).toEqual([[1, 'held', 'A', '13:01'], [2, 'reserved', 'B', '13:00'], [3, 'held', 'C', '13:15']]);
    at.clock.advance(61_000);
    expect(await listed({ state: 'expired' })).toEqual([[1, 'expired', 'A', '13:01']]);
    await leases().sweep();
    expect(await listed()).toEqual([[1, 'expired', 'A', '13:01'], [2, 'reserved', 'B', '13:00'], [3, 'held', 'C', '13:15']]);
    expect(await listed({ state: 'held' })).toEqual([[3, 'held', 'C', '13:15']]);
    expect([await listed({ oltIp: '10.0.0.1' }), await listed({ after: 2 }), await listed({ limit: 1 })]).toEqual([[], [[3, 'held', 'C', '13:15']], [[1, 'expired', 'A', '13:01']]]);
    await leases().hold(1, 'F');
    expect(await listed({ state: 'expired' })).toEqual([]);
  });
  test('[S1-098] a week later what ran out is history', async () => {
    at.clock.advance(86_400_000);
    await leases().sweep();
    expect(await listed({ state: 'expired' })).toHaveLength(3);
    at.clock.advance(7 * 86_400_000 + 1000);
    expect(await listed()).toEqual([]);
  });
});
