// Starts a real FreeRADIUS on a real PostgreSQL or MariaDB, throw-away, on free ports of loopback, never as root.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRadiusDatabase } from '../src/index.ts';
import { startMariaDb, type MariaDb } from './mariadb.ts';
import { coaLog, radiusdConf } from './radiusdConf.ts';
import { freeTcp, freeUdp, runAs, stop, Stopped, until } from './throwaway.ts';

export { random } from './throwaway.ts';
export type Store = 'postgresql' | 'mysql';
export interface FreeRadius {
  readonly databaseUrl: string;
  readonly authPort: number;
  readonly acctPort: number;
  readonly coaPort: number;
  readonly secret: string;
  close(): Promise<void>;
}
const SQL = (kind: Store) => `/etc/freeradius/3.0/mods-config/sql/main/${kind}`;
const PACKAGES = { postgresql: 'freeradius freeradius-postgresql postgresql', mysql: 'freeradius freeradius-mysql mariadb-server' } as const;

/** What of the machine's software is missing, or undefined when all is there. */
function missing(kind: Store): string | undefined {
  if (!existsSync('/usr/sbin/freeradius')) return 'freeradius is not installed';
  if (kind === 'postgresql' && !postgresBin()) return 'PostgreSQL is not installed';
  if (kind === 'mysql' && !existsSync('/usr/sbin/mariadbd')) return 'MariaDB is not installed';
  try {
    for (const name of ['queries.conf', 'schema.sql']) readFileSync(join(SQL(kind), name));
  } catch {
    return `${SQL(kind)} cannot be read (freeradius-${kind} missing, or not for this user)`;
  }
  return undefined;
}
function postgresBin(): string | undefined {
  const base = '/usr/lib/postgresql';
  const newest = existsSync(base) ? readdirSync(base).sort((a, b) => Number(b) - Number(a))[0] : undefined;
  return newest && existsSync(join(base, newest, 'bin/initdb')) ? join(base, newest, 'bin') : undefined;
}

/**
 * Null, with a notice, when the software is missing; throws instead when LEADLIGHT_REQUIRE_SERVICES=1.
 * Clients must send Message-Authenticator: `require_message_authenticator = yes`.
 */
export async function startFreeRadius(kind: Store = 'postgresql'): Promise<FreeRadius | null> {
  const lack = missing(kind);
  if (lack) {
    if (process.env['LEADLIGHT_REQUIRE_SERVICES'] === '1') throw new Error(`FreeRADIUS is required here: ${lack}`);
    console.warn(`NOTICE: skipped, no real FreeRADIUS on ${kind}: ${lack}. \`apt-get install ${PACKAGES[kind]}\` runs these tests.`);
    return null;
  }
  const folder = mkdtempSync(join(tmpdir(), 'leadlight-radius-'));
  const as = runAs('postgres');
  const own = (path: string) => as.uid !== undefined && chownSync(path, as.uid, as.gid!);
  const children: ChildProcess[] = [];
  let maria: MariaDb | undefined;
  const kill = () => children.forEach((child) => child.kill('SIGKILL'));
  process.once('exit', kill);

  const close = async (): Promise<void> => {
    // FreeRADIUS first: it holds connections.
    for (const child of [...children].reverse()) await stop(child);
    await maria?.close();
    process.removeListener('exit', kill);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const [authPort, acctPort, coaPort] = (await freeUdp(3)) as [number, number, number];
    const secret = 'testing123';
    own(folder);
    if (kind === 'mysql') maria = await startMariaDb();
    const database = maria ?? (await startPostgres(folder, as, children));

    const conf = join(folder, 'raddb');
    mkdirSync(conf);
    const write = (name: string, text: string) => {
      writeFileSync(join(conf, name), text, { mode: 0o640 });
      own(join(conf, name));
    };
    write('dictionary', '');
    write('queries.conf', readFileSync(join(SQL(kind), 'queries.conf'), 'utf8'));
    write('access_reject', 'DEFAULT\n\tMessage-Authenticator =* ANY,\n\tReply-Message =* ANY,\n\tProxy-State =* ANY\n');
    write('radiusd.conf', radiusdConf({ folder, conf, kind, dbPort: database.port, authPort, acctPort, coaPort, secret }));
    own(conf);
    const radius = spawn('/usr/sbin/freeradius', ['-f', '-D', '/usr/share/freeradius', '-d', conf, '-n', 'radiusd', '-l', coaLog(folder)], { ...as, cwd: folder, stdio: 'pipe' });
    children.push(radius);
    let said = '';
    radius.stdout?.on('data', (chunk) => (said += chunk));
    radius.stderr?.on('data', (chunk) => (said += chunk));
    await until('FreeRADIUS', async () => {
      const log = existsSync(coaLog(folder)) ? readFileSync(coaLog(folder), 'utf8') : '';
      if (radius.exitCode !== null) throw new Stopped(`FreeRADIUS stopped: ${said}${log}`.slice(0, 2_000));
      if (!log.includes('Ready to process requests')) throw new Error('not ready');
    });
    return { databaseUrl: database.url, authPort, acctPort, coaPort, secret, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function startPostgres(folder: string, as: ReturnType<typeof runAs>, children: ChildProcess[]): Promise<{ readonly url: string; readonly port: number }> {
  const bin = postgresBin()!;
  const port = await freeTcp();
  execFileSync(join(bin, 'initdb'), ['-D', join(folder, 'pg'), '-U', 'radius', '--auth=trust', '--no-sync', '-E', 'UTF8', '--locale=C.UTF-8'], { ...as, cwd: folder, stdio: 'pipe' });
  children.push(
    spawn(join(bin, 'postgres'), ['-D', join(folder, 'pg'), '-p', String(port), '-k', folder, '-c', 'listen_addresses=127.0.0.1', '-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off'], { ...as, cwd: folder, stdio: 'ignore' }),
  );
  const at = (name: string) => `postgres://radius@127.0.0.1:${port}/${name}`;
  const onDb = async (name: string, sql: string) => {
    const db = await openRadiusDatabase(at(name));
    await db.script(sql).finally(() => db.close());
  };
  await until('PostgreSQL', () => onDb('postgres', 'CREATE DATABASE radius'));
  await onDb('radius', readFileSync(join(SQL('postgresql'), 'schema.sql'), 'utf8'));
  return { url: at('radius'), port };
}
