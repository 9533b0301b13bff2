import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Lease } from '../src/api.ts';
import { ACS, folder, KEY, testHub } from './hub.ts';

const where = join(folder(), 'data');
afterAll(() => rmSync(where, { recursive: true, force: true }));

test('[S1-103] a hub that is closed and started again on its folder has lost nothing and repeats nothing', async () => {
  const first = await testHub({ database: where });
  await first.client.orders.open('o1', { order: { a: 1 } });
  const held = (await first.client.drops.hold(6, { orderId: 'o1' })) as Lease;
  await first.client.devices.settings('RCMG0001', { orderId: 'o1', wifi: { ssid: 'Maison' } });
  await first.client.subscriptions.create({ url: 'http://127.0.0.1:9/gone', types: ['later.*'], secret: '0123456789abcdef' });
  await first.client.events.publish({ type: 'later.one', stream: 'x', key: '1', data: {} });
  const secret = (await first.ask('GET', '/v1/devices/RCMG0001/provision', { key: ACS })).text;
  const events = await first.client.events.list();
  await first.close();
  await expect(first.ask('GET', '/health')).rejects.toThrow();

  const second = await testHub({ database: where });
  try {
    expect(await second.client.events.list()).toEqual(events);
    expect(await second.client.orders.open('o1', { order: { a: 1 } })).toMatchObject({ state: 'resumed' });
    expect(((await second.client.drops.hold(6, { orderId: 'o1' })) as Lease).token).toBe(held.token);
    expect((await second.ask('GET', '/v1/devices/RCMG0001/provision', { key: ACS })).text).toBe(secret);
    expect((await second.ask('GET', '/v1/system')).body).toMatchObject({ database: 'pglite', outbox: { pending: 1 } });
    expect((await second.client.events.publish({ type: 'order.next', stream: 'x', key: '2', data: {} })).event.id).toBeGreaterThan(events.at(-1)!.id);
  } finally {
    await second.close();
  }
}, 60_000);

test('another vault key does not open what was sealed, and says which variable is to blame', async () => {
  const reports: string[] = [];
  const hub = await testHub({ database: where, vaultKey: 'cd'.repeat(32) }, { report: (line) => reports.push(line) });
  try {
    const reply = await hub.ask('GET', '/v1/devices/RCMG0001/provision', { key: ACS });
    expect([reply.status, reply.body]).toMatchObject([500, { type: 'vendorError', kind: 'unavailable' }]);
    expect(reply.text).not.toContain('Maison');
    expect(reports).toHaveLength(1);
  } finally {
    await hub.close();
  }
}, 60_000);

test('a port that is taken is an error that names itself, and leaves nothing running', async () => {
  const first = await testHub();
  try {
    await expect(testHub({ port: Number(new URL(first.url).port) })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    expect((await first.ask('GET', '/health')).status).toBe(200);
  } finally {
    await first.close();
  }
}, 60_000);

test('the program: one line when it is up, a clean end on SIGTERM, and reasons that name the variable', async () => {
  const run = (env: Record<string, string>) => {
    const child = spawn(process.execPath, [join(__dirname, '../src/main.ts')], { env: { PATH: process.env['PATH'] ?? '', ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    const said = { out: '', err: '' };
    child.stdout.on('data', (chunk) => { said.out += chunk; if (said.out.includes('\n')) child.kill('SIGTERM'); });
    child.stderr.on('data', (chunk) => { said.err += chunk; });
    return new Promise<{ out: string; err: string; code: number | null }>((resolve) => child.on('close', (code) => resolve({ ...said, code })));
  };
  const good = { LEADLIGHT_API_KEYS: KEY, LEADLIGHT_ACS_TOKEN: ACS, LEADLIGHT_VAULT_KEY: 'ab'.repeat(32), LEADLIGHT_PORT: '0', DATABASE_URL: 'memory://' };
  expect(await run(good)).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/^Leadlight hub at http:\/\/127\.0\.0\.1:\d+, API at .*\/docs\n$/) });
  const bad = await run({ ...good, LEADLIGHT_VAULT_KEY: 'short-secret' });
  expect(bad.code).toBe(1);
  expect(bad.err).toContain('LEADLIGHT_VAULT_KEY must be 64 hex digits');
  expect(bad.err).not.toContain('short-secret');
}, 60_000);
