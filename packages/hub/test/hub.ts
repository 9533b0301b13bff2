import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { axiosSend } from '../../http/src/send.ts';
import { dropsCsv, type SandboxDrop } from '../../sandbox/src/drops.ts';
import { VirtualClock } from '../../sandbox/src/world.ts';
import { hubClient, type HubClient } from '../src/client.ts';
import type { HubConfig } from '../src/config.ts';
import { startHub, type HubOptions, type RunningHub } from '../src/server.ts';

export const KEY = 'key-for-tests-0123456789';
export const ACS = 'acs-for-tests-0123456789';

const sandboxDrop = (id: number, rue: string, more: Partial<SandboxDrop> = {}): SandboxDrop => ({
  id, rue, ville: 'Huntingdon', zip: 'J0S 1H0', latitude: 45.09, longitude: -74.17, oltName: 'Huntingdon 1', oltIp: '172.17.128.2', frame: 0, slot: 1, port: 3, ontid: id, sn: '', boitierPasInstall: false, zone: '1', maxDownMbps: 1500, ...more,
});
/** 1 free; 2 connected; 3 without a box; 4 and 5 one building, 4 connected; 6…9 free. */
export const drops: readonly SandboxDrop[] = [
  sandboxDrop(1, '12 rue Saint-Jean'), sandboxDrop(2, '14 rue Saint-Jean', { sn: 'RCMG1000AAAA' }), sandboxDrop(3, '16 rue Saint-Jean', { boitierPasInstall: true }),
  sandboxDrop(4, '20 rue Saint-Jean', { sn: 'TPLG1000BBBB' }), sandboxDrop(5, '20 rue Saint-Jean'),
  ...[6, 7, 8, 9].map((id) => sandboxDrop(id, `${id * 10} chemin de la Rivière`, { ville: 'Ormstown', zip: 'J0S 1K0' })),
];
export const folder = (): string => mkdtempSync(join(process.env['LEADLIGHT_TEST_FOLDER'] ?? tmpdir(), 'hub-'));

export interface TestHub extends RunningHub {
  readonly clock: VirtualClock;
  readonly client: HubClient;
  /** One raw call; a string body goes out as it is. */
  ask(method: string, path: string, more?: { body?: unknown; key?: string | null; headers?: Record<string, string> }): Promise<{ status: number; body: Record<string, never>; headers: Headers; text: string }>;
}

/** A hub in this process on a free port, an empty database and a virtual clock; nothing runs by itself but what a commit wakes. */
export async function testHub(config: Partial<HubConfig> = {}, options: HubOptions = {}): Promise<TestHub> {
  const csv = join(folder(), 'drops.csv');
  writeFileSync(csv, dropsCsv(drops));
  const clock = new VirtualClock('2026-04-01T13:00:00.000Z');
  const hub = await startHub(
    { host: '127.0.0.1', port: 0, publicUrl: 'http://hub.test', database: 'memory://', apiKeys: [KEY, 'another-key-0123456789'], acsToken: ACS, vaultKey: 'ab'.repeat(32), dropsCsv: csv, corsOrigins: ['https://www.example.ca'], zone: 'America/Toronto', ...config },
    { clock, tickMs: 0, ...options },
  );
  return {
    ...hub,
    clock,
    client: hubClient(axiosSend({ baseUrl: hub.url, headers: { authorization: `Bearer ${KEY}` } })),
    ask: async (method, path, { body, key = KEY, headers = {} } = {}) => {
      const reply = await fetch(hub.url + path, {
        method, headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...(key === null ? {} : { authorization: `Bearer ${key}` }), ...headers },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const text = await reply.text();
      return { status: reply.status, headers: reply.headers, text, body: text.startsWith('{') ? JSON.parse(text) : ({} as never) };
    },
  };
}

/** Waits for something that real sockets bring about; fails with `what` after five seconds. */
export async function until(what: string, holds: () => boolean): Promise<void> {
  for (let i = 0; i < 1000 && !holds(); i += 1) await new Promise((resolve) => setTimeout(resolve, 5));
  if (!holds()) throw new Error(`did not happen: ${what}`);
}
