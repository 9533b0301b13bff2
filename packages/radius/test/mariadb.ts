// Starts a real MariaDB with FreeRADIUS's stock tables, throw-away, on a free port of loopback.
import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRadiusDatabase } from '../src/index.ts';
import { freeTcp, runAs, stop, Stopped, until } from './throwaway.ts';

export const MYSQL_TABLES = '/etc/freeradius/3.0/mods-config/sql/main/mysql';
export interface MariaDb {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/** What of the machine's software is missing, or undefined when all is there. Throws instead when LEADLIGHT_REQUIRE_SERVICES=1. */
export function mariaDbMissing(): string | undefined {
  const lack = !existsSync('/usr/sbin/mariadbd') ? 'mariadb-server is not installed' : !existsSync(`${MYSQL_TABLES}/schema.sql`) ? 'freeradius-mysql is not installed' : undefined;
  if (lack && process.env['LEADLIGHT_REQUIRE_SERVICES'] === '1') throw new Error(`MariaDB is required here: ${lack}`);
  return lack;
}

export async function startMariaDb(): Promise<MariaDb> {
  const folder = mkdtempSync(join(tmpdir(), 'leadlight-mariadb-'));
  const as = runAs('mysql');
  if (as.uid !== undefined) chownSync(folder, as.uid, as.gid!);
  const data = join(folder, 'data');
  const port = await freeTcp();
  writeFileSync(join(folder, 'init.sql'), "CREATE DATABASE radius;\nCREATE USER radius@'127.0.0.1' IDENTIFIED BY 'radius';\nGRANT ALL ON radius.* TO radius@'127.0.0.1';\n", { mode: 0o644 });
  execFileSync('/usr/bin/mariadb-install-db', ['--no-defaults', `--datadir=${data}`, '--skip-test-db', '--auth-root-authentication-method=normal', '--skip-log-bin'], { ...as, cwd: folder, stdio: 'pipe' });
  const child = spawn(
    '/usr/sbin/mariadbd',
    ['--no-defaults', `--datadir=${data}`, `--port=${port}`, `--socket=${join(folder, 's')}`, '--bind-address=127.0.0.1', `--pid-file=${join(folder, 'pid')}`, `--init-file=${join(folder, 'init.sql')}`, '--innodb-flush-log-at-trx-commit=0', '--innodb-buffer-pool-size=32M', '--performance-schema=OFF', '--skip-log-bin', '--default-time-zone=-05:00'],
    { ...as, cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  let saidLast = '';
  for (const out of [child.stdout, child.stderr]) out?.on('data', (chunk) => (saidLast = (saidLast + chunk).slice(-2_000)));
  const close = async (): Promise<void> => {
    await stop(child, 'SIGTERM');
    process.removeListener('exit', kill);
    rmSync(folder, { recursive: true, force: true });
  };
  const url = `mariadb://radius:radius@127.0.0.1:${port}/radius`;
  try {
    const db = await openRadiusDatabase(url);
    await until('MariaDB', async () => {
      if (child.exitCode !== null) throw new Stopped(saidLast);
      await db.query('SELECT 1');
    });
    await db.script(readFileSync(`${MYSQL_TABLES}/schema.sql`, 'utf8'));
    await db.close();
    return { url, port, close };
  } catch (error) {
    await close();
    throw error;
  }
}
