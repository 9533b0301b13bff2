import type { Clock } from '../../../core/src/index.ts';
import { dropMigrations, journalMigrations, loadDrops, migrate, openDb, portLeases, type FibreDrop } from '../src/index.ts';
import { postgresIsHere, throwAwayPostgres, type ThrowAway } from './postgres.ts';

const drop = (fibreId: number): FibreDrop => ({ fibreId, street: `${fibreId} rue Roy`, city: 'Elgin', postalCode: 'J0S 2E0', latitude: null, longitude: null, oltName: 'Elgin', oltIp: '172.17.0.2', frame: 0, slot: 1, port: Math.floor(fibreId / 64), ontId: fibreId % 64, sn: '', boxMissing: false, zone: '1', maxDownMbps: 1500 });
const clock: Clock = { now: () => '2026-04-01T13:00:00.000Z', sleep: async () => undefined };
const PORTS = Array.from({ length: 100 }, (_, i) => i + 1);

(postgresIsHere() ? describe : describe.skip)('on PostgreSQL, from many connections', () => {
  let server: ThrowAway;
  beforeAll(async () => {
    server = await throwAwayPostgres();
    const db = await openDb(server.url);
    await migrate(db, [...journalMigrations, ...dropMigrations]);
    await loadDrops(db, PORTS.map(drop));
    await db.close();
  }, 60_000);
  afterAll(async () => server?.stop());

  test('[S1-097] 1,000 orders on 100 ports end with exactly 100 owners, none lost when clients die midway', async () => {
    const desks = await Promise.all(Array.from({ length: 5 }, () => openDb(server.url)));
    let n = 0;
    const orders = Array.from({ length: 1000 }, (_, i) => `order-${i}`);
    const won = new Map<string, number>();
    const answered = new Set<string>();
    const claim = async (order: string, desk: number): Promise<void> => {
      const leases = portLeases(desks[desk]!, clock, () => `hold_${(n += 1)}`);
      // Each begins at another port, as buyers of one street do, and takes what is left.
      const from = Number(order.slice(6)) % PORTS.length;
      const got = await leases.holdAny([...PORTS.slice(from), ...PORTS.slice(0, from)].slice(0, 3), order);
      answered.add(order);
      if (got.type === 'held') won.set(order, got.drop.fibreId);
    };
    const first = await Promise.allSettled(orders.slice(0, 500).map((order, i) => claim(order, i % 5)));
    expect(first.find((one) => one.status === 'rejected')).toBeUndefined();
    // A client that dies in its claim leaves a whole claim or none: its statement is one transaction.
    // Killed by somebody else, who must not kill himself.
    const killer = await openDb(server.url);
    const { rows } = await killer.query<{ pid: number }>(`SELECT pid FROM pg_stat_activity WHERE application_name <> 'x' AND pid <> pg_backend_pid() AND datname = current_database() LIMIT 2`);
    const rest = Promise.allSettled(orders.slice(500).map((order, i) => claim(order, i % 5)));
    await Promise.all(rows.map(({ pid }) => killer.query('SELECT pg_terminate_backend($1)', [pid])));
    await rest;
    // Whoever got no answer asks again, as a resumed run does: the same order finds its own claim.
    for (const order of orders) if (!answered.has(order)) await claim(order, 1).catch(() => claim(order, 1));
    const { rows: held } = await desks[0]!.query<{ fibre_id: number; hold_order: string; events: number }>(
      `SELECT fibre_id, hold_order, (SELECT count(DISTINCT e.data->>'orderId')::integer FROM event e WHERE e.stream = 'drop-' || fibre_id AND e.type = 'port.held') AS events FROM fibre_drop WHERE hold_order IS NOT NULL`,
    );
    expect(held).toHaveLength(100);
    expect(new Set(held.map(({ hold_order }) => hold_order)).size).toBe(100);
    expect(held.every(({ events }) => events === 1)).toBe(true);
    for (const { fibre_id, hold_order } of held) expect(won.get(hold_order)).toBe(fibre_id);
    await Promise.all([killer, ...desks].map((one) => one.close()));
  }, 120_000);
});
