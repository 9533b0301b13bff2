// Everything `npm start` and the tests run: sandbox, hub, n8n with this pack, credentials and workflows. Loopback only.
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { children, tail } from './children.ts';
import { n8nReady, startN8n, type N8n } from './n8n.ts';
import { busyPorts, portsAt, type Ports } from './ports.ts';

export interface StackOptions {
  readonly root: string;
  /** Where databases, logs and generated secrets live; kept between starts. */
  readonly dir: string;
  readonly portOffset: number;
  readonly say: (line: string) => void;
  /** A FreeRADIUS/PostgreSQL to use instead of the hub's own tables. */
  readonly radiusDatabase?: string;
  readonly onDeath?: (name: string, log: string) => void;
}
export interface Stack {
  readonly ports: Ports;
  readonly secrets: Secrets;
  readonly urls: Readonly<Record<'editor' | 'hub' | 'docs' | 'sandbox' | 'erpnext' | 'genieacs' | 'netbox' | 'oktopus' | 'vgc' | 'stripe' | 'paypal' | 'azure' | 'twilio' | 'mailjet' | 'chat', string>>;
  readonly n8n: N8n;
  readonly seconds: Readonly<Record<string, number>>;
  /** kill -9 of one program, and the same program started again on the same data. */
  crash(name: 'hub' | 'n8n'): Promise<void>;
  revive(name: 'hub' | 'n8n'): Promise<void>;
  stop(): Promise<void>;
}
export interface Secrets { readonly ownerPassword: string; readonly n8nKey: string; readonly hubKey: string; readonly acsToken: string; readonly vaultKey: string; readonly webhookPassword: string }

export const OWNER = 'ops@leadlight.local';
export const ZONE = 'America/Toronto';
/** What the simulated systems accept; of no use anywhere else. */
export const SANDBOX_KEYS = { erpnext: { key: 'sandbox-key', secret: 'sandbox-secret' }, netbox: 'sandbox-netbox-token', oktopus: { email: 'leadlight@sandbox.example', password: 'sandbox-oktopus' }, stripe: 'sk_test_sandbox', stripeWebhook: 'whsec_sandbox', paypal: { clientId: 'sandbox-client', clientSecret: 'sandbox-paypal-secret', webhookId: 'SANDBOX-WEBHOOK' }, azure: { tenantId: '11111111-2222-3333-4444-555555555555', clientId: '66666666-7777-8888-9999-000000000000', clientSecret: 'sandbox-azure-secret' }, twilio: { sid: 'AC00000000000000000000000000000000', token: 'sandbox-twilio' }, mailjet: { key: 'sandbox-mailjet', secret: 'sandbox-mailjet-secret' }, nas: 'sandbox-nas-secret' } as const;

/** Whose invoices the demonstration issues. */
const BRAND = { version: '1', name: 'Gigafibre', address: ['1 rue Châteauguay', 'Huntingdon (Québec) J0S 1H0'], taxNumbers: [{ tax: 'TPS/GST', number: '000000000 RT0001' }, { tax: 'TVQ/QST', number: '0000000000 TQ0001' }], colour: '#0b6e4f', email: 'bonjour@gigafibre.example', footer: { fr: 'Merci de votre confiance.', en: 'Thank you for your trust.' } } as const;

export class StackError extends Error {}

export async function startStack(options: StackOptions): Promise<Stack> {
  const { root, dir, say } = options;
  mkdirSync(dir, { recursive: true });
  const ports = portsAt(options.portOffset);
  const secrets = keepSecrets(join(dir, 'secrets.json'));
  const began = Date.now();
  const seconds: Record<string, number> = {};
  const timed = async <T>(name: string, work: Promise<T>): Promise<T> => {
    const from = Date.now();
    const value = await work;
    seconds[name] = Math.round((Date.now() - from) / 100) / 10;
    return value;
  };
  const kids = children(join(dir, 'run'), (name, log) => (options.onDeath ?? defaultDeath)(name, log));

  const busy = await busyPorts(ports);
  if (busy.length > 0) throw new StackError(`These ports of 127.0.0.1 are taken: ${busy.join(', ')}.\n  Stop what uses them, or move all of Leadlight: LEADLIGHT_PORT_OFFSET=1000 npm start`);

  const url = (port: number) => `http://127.0.0.1:${port}`;
  const urls = { editor: url(ports.n8n), hub: url(ports.hub), docs: `${url(ports.hub)}/docs`, sandbox: url(ports.sandbox), erpnext: url(ports.erpnext), genieacs: url(ports.genieacs), netbox: url(ports.netbox), oktopus: url(ports.oktopus), vgc: url(ports.vgc), stripe: url(ports.stripe), paypal: url(ports.paypal), azure: url(ports.azure), twilio: url(ports.twilio), mailjet: url(ports.mailjet), chat: url(ports.chat) };
  const plainEnv = { PATH: process.env['PATH'], HOME: process.env['HOME'], TZ: 'UTC' };
  const fallen = (what: string, name: string) => (error: Error) => {
    throw new StackError(`${what} did not start: ${error.message}\n${tail(kids.logOf(name))}`);
  };

  try {
    const dropsCsv = join(dir, 'drops.csv');
    const sandbox = timed('sandbox', kids.start('sandbox', join(root, 'packages/sandbox/src/main.ts'), [], {
      ...plainEnv,
      LEADLIGHT_SANDBOX: JSON.stringify({ ports, dropsCsv, hub: urls.hub, acsToken: secrets.acsToken, keys: SANDBOX_KEYS }),
    }, { ready: 'message' }).catch(fallen('The sandbox', 'sandbox')));
    const pack = timed('pack', buildPack(root, dir, say));
    await sandbox;
    const hub = timed('hub', kids.start('hub', join(root, 'packages/hub/src/main.ts'), [], {
      ...plainEnv,
      LEADLIGHT_PORT: String(ports.hub), LEADLIGHT_PUBLIC_URL: urls.hub, LEADLIGHT_DATA_DIR: join(dir, 'hub'), LEADLIGHT_API_KEYS: secrets.hubKey, LEADLIGHT_ACS_TOKEN: secrets.acsToken, LEADLIGHT_VAULT_KEY: secrets.vaultKey, LEADLIGHT_DROPS_CSV: dropsCsv, LEADLIGHT_ZONE: ZONE, LEADLIGHT_CORS_ORIGINS: urls.editor, LEADLIGHT_BRAND: JSON.stringify(BRAND),
      LEADLIGHT_STRIPE_SECRET_KEY: SANDBOX_KEYS.stripe, LEADLIGHT_STRIPE_WEBHOOK_SECRET: SANDBOX_KEYS.stripeWebhook, LEADLIGHT_STRIPE_URL: urls.stripe,
      LEADLIGHT_PAYPAL_CLIENT_ID: SANDBOX_KEYS.paypal.clientId, LEADLIGHT_PAYPAL_CLIENT_SECRET: SANDBOX_KEYS.paypal.clientSecret, LEADLIGHT_PAYPAL_WEBHOOK_ID: SANDBOX_KEYS.paypal.webhookId, LEADLIGHT_PAYPAL_URL: urls.paypal,
      LEADLIGHT_AZURE_MARKETPLACE_TENANT: SANDBOX_KEYS.azure.tenantId, LEADLIGHT_AZURE_MARKETPLACE_CLIENT_ID: SANDBOX_KEYS.azure.clientId, LEADLIGHT_AZURE_MARKETPLACE_CLIENT_SECRET: SANDBOX_KEYS.azure.clientSecret, LEADLIGHT_AZURE_MARKETPLACE_URL: urls.azure, LEADLIGHT_AZURE_MARKETPLACE_LOGIN_URL: urls.azure,
      LEADLIGHT_TWILIO_ACCOUNT_SID: SANDBOX_KEYS.twilio.sid, LEADLIGHT_TWILIO_AUTH_TOKEN: SANDBOX_KEYS.twilio.token, LEADLIGHT_TWILIO_FROM: '+15145550100', LEADLIGHT_TWILIO_URL: urls.twilio,
      LEADLIGHT_MAILJET_API_KEY: SANDBOX_KEYS.mailjet.key, LEADLIGHT_MAILJET_API_SECRET: SANDBOX_KEYS.mailjet.secret, LEADLIGHT_MAILJET_FROM: 'bonjour@gigafibre.example', LEADLIGHT_MAILJET_FROM_NAME: 'Gigafibre', LEADLIGHT_MAILJET_URL: urls.mailjet,
      LEADLIGHT_CHAT: `dispatch=slack:${urls.chat}/services/T0LEADLIGHT/B0LEADLIGHT/dispatch,sales=slack:${urls.chat}/services/T0LEADLIGHT/B0LEADLIGHT/sales,noc=teams:${urls.chat}/workflows/noc`,
      LEADLIGHT_VOLTHA_ADDRESS: `127.0.0.1:${ports.voltha}`, LEADLIGHT_VGC_URL: `${urls.vgc}/vgc/v1`, LEADLIGHT_ROUTR_ADDRESS: `127.0.0.1:${ports.routr}`,
      LEADLIGHT_OKTOPUS_URL: urls.oktopus, LEADLIGHT_OKTOPUS_EMAIL: SANDBOX_KEYS.oktopus.email, LEADLIGHT_OKTOPUS_PASSWORD: SANDBOX_KEYS.oktopus.password,
      LEADLIGHT_OKTOPUS_NATS_URL: `nats://127.0.0.1:${ports.oktopusNats}`, LEADLIGHT_OKTOPUS_MQTT_URL: `mqtt://127.0.0.1:${ports.oktopusMqtt}`,
      LEADLIGHT_RADIUS_NAS_SECRETS: `127.0.0.1=${SANDBOX_KEYS.nas}`, LEADLIGHT_RADIUS_COA_PORT: String(ports.nas), ...(options.radiusDatabase ? { LEADLIGHT_RADIUS_DATABASE: options.radiusDatabase } : {}),
    }, { ready: 'message' }).catch(fallen('The hub', 'hub')));
    await pack;
    const [n8n] = await Promise.all([
      timed('n8n', startN8n(kids, { root, dir: join(dir, 'n8n'), ports, owner: { email: OWNER, password: secrets.ownerPassword }, encryptionKey: secrets.n8nKey, zone: ZONE })),
      hub,
    ]);
    say('n8n, hub and sandbox are up');
    await timed('workflows', (async () => {
      const ids = await n8n.keepCredentials([
        { name: 'Leadlight Hub', type: 'leadlightHubApi', data: { baseUrl: urls.hub, apiKey: secrets.hubKey } },
        { name: 'Leadlight ERPNext', type: 'leadlightErpNextApi', data: { baseUrl: urls.erpnext, apiKey: SANDBOX_KEYS.erpnext.key, apiSecret: SANDBOX_KEYS.erpnext.secret } },
        { name: 'Leadlight GenieACS', type: 'leadlightGenieAcsApi', data: { baseUrl: urls.genieacs, authentication: 'none' } },
        { name: 'Leadlight NetBox', type: 'leadlightNetBoxApi', data: { baseUrl: urls.netbox, token: SANDBOX_KEYS.netbox } },
        { name: 'Leadlight Oktopus', type: 'leadlightOktopusApi', data: { baseUrl: urls.oktopus, ...SANDBOX_KEYS.oktopus } },
        { name: 'Field App', type: 'httpBasicAuth', data: { user: 'field', password: secrets.webhookPassword } },
      ]);
      await n8n.keepWorkflows(join(root, 'workflows'), ids);
    })());
    seconds['stack'] = Math.round((Date.now() - began) / 100) / 10;
    const revive = async (name: 'hub' | 'n8n') => {
      await kids.revive(name);
      if (name === 'n8n') await n8nReady(urls.editor);
    };
    return { ports, secrets, urls, n8n, seconds, crash: kids.crash, revive, stop: () => kids.stop() };
  } catch (error) {
    await kids.stop();
    throw error;
  }
}

function defaultDeath(name: string, log: string): never {
  console.error(`\n${name} ended unexpectedly. The end of its log (${log}):\n${tail(log)}`);
  process.exit(1);
}

function keepSecrets(file: string): Secrets {
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Secrets;
  const hex = (bytes: number) => randomBytes(bytes).toString('hex');
  const made: Secrets = { ownerPassword: `Light-${hex(5)}`, n8nKey: hex(24), hubKey: `llh_${hex(20)}`, acsToken: `acs_${hex(20)}`, vaultKey: hex(32), webhookPassword: hex(12) };
  writeFileSync(file, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 });
  return made;
}

/** Compiles the pack into dist/ when a source is newer than the last build. */
export async function buildPack(root: string, dir: string, say: (line: string) => void): Promise<void> {
  const stamp = join(dir, 'pack.stamp');
  const hash = createHash('sha256');
  const visit = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => a.name.localeCompare(b.name))) {
      if (entry.name === 'node_modules' || entry.name === 'dist' || entry.name === 'test') continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) visit(path);
      else if (/\.(ts|json|svg)$/.test(entry.name) && !/\.test\.ts$/.test(entry.name)) {
        const { mtimeMs, size } = statSync(path);
        hash.update(`${path}:${mtimeMs}:${size}\n`);
      }
    }
  };
  for (const folder of ['core', 'packages', 'nodes', 'credentials', 'icons']) visit(join(root, folder));
  const now = hash.digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === now && existsSync(join(root, 'dist', 'nodes'))) return;
  say('building the node pack');
  await new Promise<void>((resolve, reject) => {
    const build = spawn(process.execPath, [join(root, 'tools', 'build-pack.mjs')], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    build.stdout.on('data', (chunk) => (out += chunk));
    build.stderr.on('data', (chunk) => (out += chunk));
    build.on('exit', (code) => (code === 0 ? resolve() : reject(new StackError(`The pack does not build:\n${out}`))));
  });
  writeFileSync(stamp, now);
}
