import { eventLog, findDrops, dropState, portLeases, type PortLease } from '../src/index.ts';
import { bench, onBoth, type Bench } from './world.ts';

onBoth('port leases', (kind) => {
  let at: Bench;
  let n = 0;
  const leases = () => portLeases(at.db, at.clock, () => `token-${(n += 1)}`);
  const held = async (fibreId: number, orderId: string): Promise<PortLease> => {
    const lease = await leases().hold(fibreId, orderId);
    if (lease.type === 'refused') throw new Error(lease.code);
    return lease;
  };
  const codeOf = (result: { type: string }): string => ('code' in result ? String(result.code) : result.type);
  const stateOf = async (fibreId: number) => dropState((await findDrops(at.db, [fibreId]))[0]!, at.clock.now());

  beforeAll(async () => { at = await bench(kind); }, 60_000);
  afterAll(async () => at?.close());

  test('[S1-097] of many orders that claim the same ports at once, exactly one wins each, and the log names it', async () => {
    const ports = [30, 31, 32, 33, 34];
    const racers = Array.from({ length: 16 }, (_, i) => `racer-${i}`);
    const results = await Promise.all(racers.flatMap((orderId) => ports.map(async (fibreId) => ({ fibreId, orderId, result: await leases().hold(fibreId, orderId) }))));
    for (const fibreId of ports) {
      const winners = results.filter((one) => one.fibreId === fibreId && one.result.type === 'held');
      expect(winners).toHaveLength(1);
      const losers = results.filter((one) => one.fibreId === fibreId && one.result.type === 'refused');
      expect(new Set(losers.map(({ result }) => codeOf(result)))).toEqual(new Set(['portHeld']));
      const log = await eventLog(at.db, at.clock).stream(`drop-${fibreId}`);
      expect(log.map(({ type, data }) => [type, data['orderId']])).toEqual([['port.held', winners[0]!.orderId]]);
      expect((await findDrops(at.db, [fibreId]))[0]!.sn).toBe('');
    }
  });

  test('[S1-097] the same order finds its own hold again, extended, with one event', async () => {
    const first = await held(1, 'A');
    at.clock.advance(600_000);
    const again = await held(1, 'A');
    expect(again.token).toBe(first.token);
    expect(again.drop.holdUntil! > first.drop.holdUntil!).toBe(true);
    expect(await eventLog(at.db, at.clock).stream('drop-1')).toHaveLength(1);
    expect(codeOf(await leases().hold(1, 'B'))).toBe('portHeld');
  });

  test('[S1-097] a connected drop, one without a box, and one that is not there are refused each by name', async () => {
    expect(codeOf(await leases().hold(41, 'A'))).toBe('portOccupied');
    expect(codeOf(await leases().hold(42, 'A'))).toBe('boxMissing');
    expect(codeOf(await leases().hold(99_999, 'A'))).toBe('dropUnknown');
    expect(await eventLog(at.db, at.clock).list({ stream: 'drop-41' })).toEqual([]);
  });

  test('[S1-098] a hold that runs out is anybody’s; its old owner can neither confirm nor release the new one', async () => {
    const old = await held(2, 'A');
    at.clock.advance(900_001);
    expect(await stateOf(2)).toBe('free');
    expect(codeOf(await leases().confirm(2, { orderId: 'A', token: old.token }))).toBe('leaseExpired');
    const fresh = await held(2, 'B');
    expect(codeOf(await leases().confirm(2, { orderId: 'A', token: old.token }))).toBe('leaseNotYours');
    expect(codeOf(await leases().release(2, { orderId: 'A', token: old.token }))).toBe('leaseNotYours');
    expect(codeOf(await leases().release(2, { orderId: 'B', token: 'guessed' }))).toBe('leaseNotYours');
    expect((await findDrops(at.db, [2]))[0]!.holdToken).toBe(fresh.token);
  });

  test('[S1-098] the sweeper frees what has run out, says so once, and leaves reservations alone', async () => {
    const kept = await held(3, 'A');
    await leases().confirm(3, { orderId: 'A', token: kept.token });
    await held(4, 'A');
    at.clock.advance(900_001);
    expect(await leases().sweep()).toBeGreaterThanOrEqual(1);
    expect(await leases().sweep()).toBe(0);
    expect((await findDrops(at.db, [4]))[0]!.holdOrder).toBeNull();
    expect((await eventLog(at.db, at.clock).stream('drop-4')).map((event) => event.type)).toEqual(['port.held', 'port.expired']);
    expect(await stateOf(3)).toBe('reserved');
    at.clock.advance(31 * 86_400_000);
    await leases().sweep();
    expect(await stateOf(3)).toBe('free');
  });

  test('[S1-098] hold, confirm, connect, give back: each may be repeated and each is in the log once', async () => {
    const { token } = await held(5, 'A');
    const owner = { orderId: 'A', token };
    const types: string[] = [];
    for (const step of [
      () => leases().confirm(5, owner), () => leases().confirm(5, owner), () => leases().hold(5, 'A'), () => leases().occupy(5, owner, 'RCMG0000AAAA'), () => leases().occupy(5, owner, 'RCMG0000AAAA'),
      () => leases().hold(5, 'A'), () => leases().confirm(5, owner), () => leases().release(5, owner), () => leases().release(5, owner, 'RCMG0000AAAA'), () => leases().release(5, owner, 'RCMG0000AAAA'),
    ]) types.push(codeOf(await step()));
    expect(types).toEqual(['confirmed', 'confirmed', 'confirmed', 'occupied', 'occupied', 'occupied', 'occupied', 'portOccupied', 'released', 'released']);
    expect((await eventLog(at.db, at.clock).stream('drop-5')).map((event) => event.type)).toEqual(['port.held', 'port.confirmed', 'port.occupied', 'port.released']);
    expect(await stateOf(5)).toBe('free');
  });

  test('[S1-097] one serial number cannot be on two drops', async () => {
    const [six, seven] = [await held(6, 'A'), await held(7, 'B')];
    await leases().occupy(6, { orderId: 'A', token: six.token }, 'RCMG0000BBBB');
    expect(codeOf(await leases().occupy(7, { orderId: 'B', token: seven.token }, 'RCMG0000BBBB'))).toBe('serialInUse');
    expect(await stateOf(7)).toBe('held');
  });
});
