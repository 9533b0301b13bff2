import { VirtualClock } from '../../sandbox/src/world.ts';
import { dropMigrations, journalMigrations, loadDrops, migrate, openDb, type Db, type FibreDrop } from '../src/index.ts';
import { postgresIsHere, throwAwayPostgres } from './postgres.ts';

export const drop = (fibreId: number, more: Partial<FibreDrop> = {}): FibreDrop => ({
  fibreId, street: `${fibreId} rue Principale`, city: 'Huntingdon', postalCode: 'J0S 1H0', latitude: 45.09, longitude: -74.17, oltName: 'Huntingdon 1', oltIp: '172.17.128.2',
  frame: 0, slot: 1, port: Math.floor(fibreId / 64), ontId: fibreId % 64, sn: '', boxMissing: false, zone: '1', maxDownMbps: 1500, ...more,
});
/** 1 … 40 free, 41 connected, 42 without a box. */
export const register = [...Array.from({ length: 40 }, (_, i) => drop(i + 1)), drop(41, { sn: 'RCMG10000001' }), drop(42, { boxMissing: true })];

export interface Bench { readonly db: Db; readonly clock: VirtualClock; close(): Promise<void> }

/** Runs a suite on each database this machine has. */
export function onBoth(name: string, suite: (kind: 'pglite' | 'postgresql') => void): void {
  describe(`${name} on pglite`, () => suite('pglite'));
  (postgresIsHere() ? describe : describe.skip)(`${name} on postgresql`, () => suite('postgresql'));
}

/** A fresh database with the journal's tables and a small register. */
export async function bench(kind: 'pglite' | 'postgresql'): Promise<Bench> {
  const server = kind === 'postgresql' ? await throwAwayPostgres() : { url: 'memory://', stop: async () => undefined };
  const db = await openDb(server.url);
  await migrate(db, [...journalMigrations, ...dropMigrations]);
  await loadDrops(db, register);
  return { db, clock: new VirtualClock('2026-04-01T13:00:00.000Z'), close: async () => { await db.close(); await server.stop(); } };
}
