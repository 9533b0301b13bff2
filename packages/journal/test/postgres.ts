import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

export interface ThrowAway { readonly url: string; stop(): Promise<void> }

const binaries = (): string | undefined => {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
  return versions.map((version) => join(root, version, 'bin')).find((bin) => existsSync(join(bin, 'initdb')));
};
const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });

/**
 * Whether tests on PostgreSQL can run here. Says aloud when they cannot; with LEADLIGHT_REQUIRE_SERVICES=1 that is a failure.
 * @example (postgresIsHere() ? describe : describe.skip)('on PostgreSQL', …)
 */
export function postgresIsHere(): boolean {
  if (process.env['DATABASE_URL'] || binaries()) return true;
  if (process.env['LEADLIGHT_REQUIRE_SERVICES'] === '1') throw new Error('PostgreSQL is required (LEADLIGHT_REQUIRE_SERVICES=1) and is neither installed nor given by DATABASE_URL.');
  process.stderr.write('\nNOTICE: PostgreSQL is not installed and DATABASE_URL is not set: its tests are skipped.\n');
  return false;
}

/** A PostgreSQL for one test file: a fresh database on `DATABASE_URL`, or a server of its own from the installed binaries. */
export async function throwAwayPostgres(): Promise<ThrowAway> {
  const given = process.env['DATABASE_URL'];
  if (given) return freshDatabase(given);
  const bin = binaries()!;
  const folder = mkdtempSync(join(tmpdir(), 'leadlight-pg-'));
  // PostgreSQL refuses to run as root.
  const root = process.getuid?.() === 0;
  const idOf = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }).trim());
  const as = root ? { uid: idOf('-u'), gid: idOf('-g') } : {};
  const run = (command: string, args: readonly string[]): void => {
    const done = spawnSync(command, [...args], { ...as, cwd: folder, encoding: 'utf8' });
    if (done.status !== 0) throw new Error(`${command} failed: ${done.error?.message ?? done.stderr}`);
  };
  if (root) execFileSync('chown', ['postgres', folder]);
  chmodSync(folder, 0o755);
  const data = join(folder, 'data');
  const port = await freePort();
  run(join(bin, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync']);
  run(join(bin, 'pg_ctl'), ['-D', data, '-w', '-l', join(folder, 'log'), '-o', `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=60`, 'start']);
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    stop: async () => {
      run(join(bin, 'pg_ctl'), ['-D', data, '-m', 'immediate', 'stop']);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freshDatabase(given: string): Promise<ThrowAway> {
  const name = `leadlight_test_${process.pid}_${Date.now().toString(36)}`;
  const admin = async (sql: string): Promise<void> => {
    const client = new pg.Client({ connectionString: given });
    await client.connect();
    await client.query(sql).finally(() => client.end());
  };
  await admin(`CREATE DATABASE ${name}`);
  const url = new URL(given);
  url.pathname = `/${name}`;
  return { url: url.href, stop: () => admin(`DROP DATABASE ${name} WITH (FORCE)`) };
}
