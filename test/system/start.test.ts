// `npm start` as a person runs it: to live and out, after a killed run, and with a port taken.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { busyPorts, freeOffset, portsAt } from '../../tools/ports.ts';

const home = mkdtempSync(join(tmpdir(), 'leadlight-start-'));
let offset: number;

function start(...args: string[]): { child: ChildProcess; ended: Promise<{ code: number | null; out: string }>; said(text: string): Promise<void> } {
  const child = spawn('node', ['tools/leadlight.mjs', 'start', ...args], { env: { ...process.env, LEADLIGHT_HOME: home, LEADLIGHT_PORT_OFFSET: String(offset) }, stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  const listeners: (() => void)[] = [];
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (chunk) => ((out += chunk), listeners.forEach((look) => look())));
  return {
    child,
    ended: new Promise((resolve) => child.once('exit', (code) => resolve({ code, out }))),
    said: (text) =>
      new Promise((resolve, reject) => {
        listeners.push(() => out.includes(text) && resolve());
        child.once('exit', (code) => reject(new Error(`ended with ${code} before saying "${text}":\n${out}`)));
      }),
  };
}

beforeAll(async () => {
  offset = await freeOffset(14_000);
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

test('--once reaches live, shows what was read back and where to look, and leaves nothing running', async () => {
  const { code, out } = await start('--once').ended;
  expect(out).toContain('LIVE');
  for (const shown of ['ERPNext', 'NetBox', 'RADIUS', 'VOLTHA', 'GenieACS', 'Stripe', 'n8n editor', 'hub API', 'paypal http']) expect(out).toContain(shown);
  const figures = JSON.parse(out.trim().split('\n').findLast((line) => line.startsWith('{'))!);
  expect(figures).toMatchObject({ start: 'live', ok: true });
  expect(code).toBe(0);
  expect(await busyPorts(portsAt(offset))).toEqual([]);
}, 180_000);

test('stays up until interrupted and then ends with 0', async () => {
  const run = start();
  await run.said('Live. Ctrl-C stops everything.');
  expect((await busyPorts(portsAt(offset))).length).toBeGreaterThan(5);
  run.child.kill('SIGINT');
  expect((await run.ended).code).toBe(0);
  expect(await busyPorts(portsAt(offset))).toEqual([]);
}, 180_000);

test('starts over what a killed run left behind, on the same data', async () => {
  const killed = start();
  await killed.said('n8n, hub and sandbox are up');
  killed.child.kill('SIGKILL');
  await killed.ended;
  const { code, out } = await start('--once').ended;
  expect(out).toContain('LIVE');
  expect(code).toBe(0);
}, 240_000);

test('a taken port is named, and nothing is started', async () => {
  const squatter = net.createServer();
  await new Promise<void>((resolve) => squatter.listen(portsAt(offset).hub, '127.0.0.1', resolve));
  const { code, out } = await start('--once').ended;
  squatter.close();
  expect(out).toContain(`${portsAt(offset).hub} (hub)`);
  expect(out).toContain('LEADLIGHT_PORT_OFFSET');
  expect(code).toBe(1);
}, 60_000);
