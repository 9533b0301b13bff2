// Starts a real FreeRADIUS on a real PostgreSQL, throw-away, on free ports of loopback, never as root.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDb } from '../../journal/src/db.ts';
import { coaLog, radiusdConf } from './radiusdConf.ts';

export interface FreeRadius {
  readonly databaseUrl: string;
  readonly authPort: number;
  readonly acctPort: number;
  readonly coaPort: number;
  readonly secret: string;
  close(): Promise<void>;
}
const SQL = '/etc/freeradius/3.0/mods-config/sql/main/postgresql';

/** What of the machine's software is missing, or undefined when all is there. */
function missing(): string | undefined {
  if (!existsSync('/usr/sbin/freeradius')) return 'freeradius is not installed';
  if (!postgresBin()) return 'PostgreSQL is not installed';
  try {
    readFileSync(join(SQL, 'queries.conf'));
    readFileSync(join(SQL, 'schema.sql'));
  } catch {
    return `${SQL} cannot be read (freeradius-postgresql missing, or not for this user)`;
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
export async function startFreeRadius(): Promise<FreeRadius | null> {
  const lack = missing();
  if (lack) {
    if (process.env['LEADLIGHT_REQUIRE_SERVICES'] === '1') throw new Error(`FreeRADIUS is required here: ${lack}`);
    console.warn(`NOTICE: skipped, no real FreeRADIUS: ${lack}. \`apt-get install freeradius freeradius-postgresql postgresql\` runs these tests.`);
    return null;
  }
  const bin = postgresBin()!;
  const folder = mkdtempSync(join(tmpdir(), 'leadlight-radius-'));
  const root = process.getuid?.() === 0;
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }).trim());
  const as = root ? { uid: id('-u'), gid: id('-g') } : {};
  const children: ChildProcess[] = [];
  const kill = () => children.forEach((child) => child.kill('SIGKILL'));
  process.once('exit', kill);

  const close = async (): Promise<void> => {
    // FreeRADIUS first: it holds connections.
    for (const child of [...children].reverse()) await stop(child);
    process.removeListener('exit', kill);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const [pgPort, authPort, acctPort, coaPort] = [await freeTcp(), ...(await freeUdp(3))] as [number, number, number, number];
    const secret = 'testing123';
    if (root) chownSync(folder, as.uid!, as.gid!);
    execFileSync(join(bin, 'initdb'), ['-D', join(folder, 'pg'), '-U', 'radius', '--auth=trust', '--no-sync', '-E', 'UTF8', '--locale=C.UTF-8'], { ...as, cwd: folder, stdio: 'pipe' });
    children.push(
      spawn(join(bin, 'postgres'), ['-D', join(folder, 'pg'), '-p', String(pgPort), '-k', folder, '-c', 'listen_addresses=127.0.0.1', '-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off'], { ...as, cwd: folder, stdio: 'ignore' }),
    );
    const at = (name: string) => `postgres://radius@127.0.0.1:${pgPort}/${name}`;
    await until('PostgreSQL', () => onDb(at('postgres'), (db) => db.query('CREATE DATABASE radius')));
    const schema = readFileSync(join(SQL, 'schema.sql'), 'utf8');
    await onDb(at('radius'), (db) => db.script(schema));

    const conf = join(folder, 'raddb');
    mkdirSync(conf);
    const write = (name: string, text: string) => {
      writeFileSync(join(conf, name), text, { mode: 0o640 });
      if (root) chownSync(join(conf, name), as.uid!, as.gid!);
    };
    write('dictionary', '');
    write('queries.conf', readFileSync(join(SQL, 'queries.conf'), 'utf8'));
    write('access_reject', 'DEFAULT\n\tMessage-Authenticator =* ANY,\n\tReply-Message =* ANY,\n\tProxy-State =* ANY\n');
    write('radiusd.conf', radiusdConf({ folder, conf, pgPort, authPort, acctPort, coaPort, secret }));
    if (root) chownSync(conf, as.uid!, as.gid!);
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
    return { databaseUrl: at('radius'), authPort, acctPort, coaPort, secret, close };
  } catch (error) {
    await close();
    throw error;
  }
}

class Stopped extends Error {}

async function onDb(url: string, work: (db: Awaited<ReturnType<typeof openDb>>) => Promise<unknown>): Promise<void> {
  const db = await openDb(url);
  try {
    await work(db);
  } finally {
    await db.close();
  }
}

async function until(what: string, work: () => Promise<unknown>): Promise<void> {
  for (let look = 0; ; look += 1) {
    try {
      return void (await work());
    } catch (error) {
      if (error instanceof Stopped || look >= 100) throw new Error(`${what} did not start: ${(error as Error).message}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  const timer = setTimeout(() => child.kill('SIGKILL'), 5_000);
  child.kill('SIGINT');
  await gone;
  clearTimeout(timer);
}

async function freeTcp(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
async function freeUdp(count: number): Promise<number[]> {
  const sockets = Array.from({ length: count }, () => createSocket('udp4'));
  await Promise.all(sockets.map((socket) => new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))));
  const ports = sockets.map((socket) => socket.address().port);
  await Promise.all(sockets.map((socket) => new Promise<void>((resolve) => socket.close(() => resolve()))));
  return ports;
}

/** Random octets for tests that need real ones. */
export const random = (octets: number): Uint8Array => randomBytes(octets);
