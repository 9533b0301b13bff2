// Stands in for the operator's systems: the sandbox plays every vendor on loopback, the hub keeps its state in memory. With real systems
// this file goes away and `Addresses` is filled from your settings.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startHub } from '@leadlight/hub/server';
import { startSandbox } from '@leadlight/sandbox';
import type { Addresses } from './clients.ts';

const PORTS = ['sandbox', 'erpnext', 'genieacs', 'netbox', 'voltha', 'vgc', 'stripe', 'twilio', 'mailjet', 'chat', 'nas', 'hub'] as const;

async function freePorts(): Promise<Record<(typeof PORTS)[number], number>> {
  const servers = await Promise.all(PORTS.map(() => new Promise<ReturnType<typeof createServer>>((resolve) => { const server = createServer().listen(0, '127.0.0.1', () => resolve(server)); })));
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return Object.fromEntries(PORTS.map((name, index) => [name, ports[index]!])) as Record<(typeof PORTS)[number], number>;
}

/** Starts them in this process, on ports nobody uses. */
export async function startSystems(zone: string): Promise<{ readonly addresses: Addresses; close(): Promise<void> }> {
  const ports = await freePorts();
  const url = (name: (typeof PORTS)[number]) => `http://127.0.0.1:${ports[name]}`;
  const secret = () => randomBytes(20).toString('hex');
  const keys = { erpnext: { key: 'sandbox-key', secret: secret() }, netbox: secret(), stripe: 'sk_test_sandbox', stripeWebhook: `whsec_${secret()}`, twilio: { sid: `AC${'0'.repeat(32)}`, token: secret() }, mailjet: { key: 'sandbox', secret: secret() }, nas: secret() };
  const [hubKey, acsToken] = [secret(), secret()];
  const folder = mkdtempSync(join(tmpdir(), 'leadlight-example-'));
  const sandbox = await startSandbox({ ports, keys, hub: url('hub'), acsToken, dropsCsv: join(folder, 'drops.csv') });
  const hub = await startHub(
    {
      host: '127.0.0.1', port: ports.hub, publicUrl: url('hub'), database: 'memory://', apiKeys: [hubKey], acsToken, vaultKey: randomBytes(32).toString('hex'), dropsCsv: join(folder, 'drops.csv'), corsOrigins: [], zone,
      stripe: { secretKey: keys.stripe, webhookSecret: keys.stripeWebhook, baseUrl: url('stripe') },
      twilio: { accountSid: keys.twilio.sid, authToken: keys.twilio.token, from: '+15145550100', baseUrl: url('twilio') },
      mailjet: { apiKey: keys.mailjet.key, apiSecret: keys.mailjet.secret, from: { email: 'bonjour@gigafibre.example', name: 'Gigafibre' }, baseUrl: url('mailjet') },
      chat: Object.fromEntries(['dispatch', 'noc'].map((room) => [room, { kind: 'slack' as const, url: `${url('chat')}/services/T0LEADLIGHT/B0LEADLIGHT/${room}` }])),
      voltha: { address: `127.0.0.1:${ports.voltha}`, vgcUrl: `${url('vgc')}/vgc/v1` },
      radius: { nasSecrets: { '127.0.0.1': keys.nas }, coaPort: ports.nas },
    },
    { report: (line) => console.error(line) },
  );
  return {
    addresses: {
      hub: { url: url('hub'), key: hubKey }, erpnext: { url: url('erpnext'), ...keys.erpnext }, netbox: { url: url('netbox'), token: keys.netbox }, genieacs: { url: url('genieacs') }, stripe: { url: url('stripe'), key: keys.stripe }, world: { url: url('sandbox') },
    },
    close: async () => {
      await hub.close();
      await sandbox.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
