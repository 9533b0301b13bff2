import { fork, spawn } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';

const KEY = 'key-of-the-bench-0123456789';
const SECONDS = 8;
const CONNECTIONS = 16;

export interface HubLoad { readonly perSecond: number; readonly p99Ms: number; readonly workers: number }
const freePort = (): Promise<number> => new Promise((resolve) => { const probe = createServer().listen(0, '127.0.0.1', () => { const { port } = probe.address() as AddressInfo; probe.close(() => resolve(port)); }); });

/** Searches a second that a running hub answers, asked by another process over as many connections as a busy site holds. */
export async function loadHub(snapshot: string, asked: readonly string[], workers = 0): Promise<HubLoad> {
  const port = await freePort();
  const hub = fork('packages/hub/src/main.ts', {
    execArgv: ['--disable-warning=ExperimentalWarning'], stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...process.env, LEADLIGHT_PORT: String(port), LEADLIGHT_API_KEYS: KEY, LEADLIGHT_ACS_TOKEN: 'acs-of-the-bench-0123456789', LEADLIGHT_VAULT_KEY: 'ab'.repeat(32), DATABASE_URL: 'memory://', LEADLIGHT_ADDRESS_SNAPSHOT: snapshot, LEADLIGHT_SEARCH_WORKERS: String(workers) },
  });
  try {
    await new Promise<void>((resolve, reject) => { hub.once('message', () => resolve()); hub.once('exit', (code) => reject(new Error(`the hub ended with ${code}`))); });
    const client = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'bench/address/ask.ts', String(port), KEY, String(CONNECTIONS), String(SECONDS)], { stdio: ['pipe', 'pipe', 'inherit'] });
    client.stdin.end(JSON.stringify(asked));
    let out = '';
    client.stdout.on('data', (chunk: Buffer) => { out += chunk.toString(); });
    await new Promise((resolve) => client.once('close', resolve));
    const { answered, p99Ms } = JSON.parse(out) as { answered: number; p99Ms: number };
    return { perSecond: Math.round(answered / SECONDS), p99Ms, workers };
  } finally {
    hub.kill('SIGTERM');
    await new Promise((resolve) => (hub.exitCode === null ? hub.once('exit', resolve) : resolve(undefined)));
  }
}
