// The doctor as `npm run doctor` starts it: every system the environment names is examined, fit or not, and no other.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock } from '../../http/src/send.ts';
import { startAzure, type AzureSandbox } from '../../sandbox/src/azure/index.ts';
import { startPaypal, type PaypalSandbox } from '../../sandbox/src/paypal/index.ts';
import { startRoutr, type RoutrRunning } from '../../sandbox/src/routr/index.ts';
import { startTraccar, type TraccarSandbox } from '../../sandbox/src/traccar/index.ts';
import { World } from '../../sandbox/src/world.ts';
import { examineAll } from '../src/doctor/examineAll.ts';
import { examineRoutr } from '../src/doctor/moreChecks.ts';
import { folder } from './hub.ts';

const NOBODY = 'http://127.0.0.1:1';
const least = { LEADLIGHT_API_KEYS: 'key-0123456789abcdef', LEADLIGHT_ACS_TOKEN: 'acs-0123456789abcdef', LEADLIGHT_VAULT_KEY: 'ab'.repeat(32), LEADLIGHT_DATA_DIR: folder() };
const everywhere = (at: Record<'routr' | 'paypal' | 'azure' | 'supabase' | 'traccar' | 'n8n', string>) => ({
  ...least,
  LEADLIGHT_ERPNEXT_URL: NOBODY, LEADLIGHT_ERPNEXT_KEY: 'k', LEADLIGHT_ERPNEXT_SECRET: 'hidden-9', LEADLIGHT_NETBOX_URL: NOBODY, LEADLIGHT_GENIEACS_URL: NOBODY, LEADLIGHT_OKTOPUS_URL: NOBODY, LEADLIGHT_OKTOPUS_EMAIL: 'a@example.ca', LEADLIGHT_OKTOPUS_PASSWORD: 'hidden-1',
  LEADLIGHT_VOLTHA_ADDRESS: '127.0.0.1:1', LEADLIGHT_VGC_URL: NOBODY, LEADLIGHT_ROUTR_ADDRESS: at.routr, LEADLIGHT_STRIPE_SECRET_KEY: 'sk_test_hidden-2', LEADLIGHT_STRIPE_WEBHOOK_SECRET: 'whsec_x', LEADLIGHT_STRIPE_URL: NOBODY,
  LEADLIGHT_PAYPAL_CLIENT_ID: 'sandbox-client', LEADLIGHT_PAYPAL_CLIENT_SECRET: 'sandbox-paypal-secret', LEADLIGHT_PAYPAL_WEBHOOK_ID: 'WH', LEADLIGHT_PAYPAL_URL: at.paypal,
  LEADLIGHT_AZURE_MARKETPLACE_TENANT: '11111111-2222-3333-4444-555555555555', LEADLIGHT_AZURE_MARKETPLACE_CLIENT_ID: '66666666-7777-8888-9999-000000000000', LEADLIGHT_AZURE_MARKETPLACE_CLIENT_SECRET: 'sandbox-azure-secret', LEADLIGHT_AZURE_MARKETPLACE_URL: at.azure, LEADLIGHT_AZURE_MARKETPLACE_LOGIN_URL: at.azure,
  LEADLIGHT_TWILIO_ACCOUNT_SID: 'AC1', LEADLIGHT_TWILIO_AUTH_TOKEN: 'hidden-3', LEADLIGHT_TWILIO_FROM: '+15145550100', LEADLIGHT_TWILIO_URL: NOBODY, LEADLIGHT_MAILJET_API_KEY: 'mk', LEADLIGHT_MAILJET_API_SECRET: 'hidden-4', LEADLIGHT_MAILJET_FROM: 'a@example.ca', LEADLIGHT_MAILJET_URL: NOBODY,
  LEADLIGHT_RADIUS_SERVER: '127.0.0.1:1', LEADLIGHT_RADIUS_SECRET: 'hidden-5', LEADLIGHT_RADIUS_NAS_SECRETS: '127.0.0.1=hidden-6', LEADLIGHT_SUPABASE_URL: at.supabase, LEADLIGHT_SUPABASE_KEY: 'hidden-7', LEADLIGHT_TRACCAR_URL: at.traccar, LEADLIGHT_TRACCAR_TOKEN: 'hidden-8', LEADLIGHT_N8N_URL: at.n8n,
});
const EVERY = ['Azure Marketplace', 'ERPNext', 'GenieACS', 'Hub', 'Mailjet', 'NetBox', 'Oktopus', 'PayPal', 'RADIUS', 'Routr', 'Stripe', 'Supabase', 'Traccar', 'Twilio', 'VOLTHA', 'n8n'];

let world: World;
let routr: RoutrRunning;
let paypal: PaypalSandbox;
let azure: AzureSandbox;
let traccar: TraccarSandbox;
/** PostgREST and n8n as far as the doctor asks. */
let plain: Server;
let rpc: { status: number; body: string };
let asked: string[];
beforeAll(async () => {
  world = new World(undefined, true);
  [routr, paypal, azure, traccar] = [await startRoutr(world, { domains: ['sip.gigafibre.example'] }), await startPaypal(world), await startAzure(world), await startTraccar(world)];
  plain = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const { status, body } = request.url === '/healthz' ? { status: 200, body: '{"status":"ok"}' } : rpc;
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  });
  await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
}, 60_000);
beforeEach(() => {
  [rpc, asked] = [{ status: 200, body: '[]' }, []];
  world.clearFaults();
});
afterAll(async () => {
  for (const one of [routr, paypal, azure, traccar]) await one?.close();
  await new Promise((done) => plain.close(done));
});
const here = () => { const url = `http://127.0.0.1:${(plain.address() as AddressInfo).port}`; return { routr: routr.address, paypal: paypal.url, azure: azure.url, supabase: url, traccar: `${traccar.url}/api`, n8n: url }; };
const away = { routr: '127.0.0.1:1', paypal: NOBODY, azure: NOBODY, supabase: NOBODY, traccar: NOBODY, n8n: NOBODY };
const found = async (env: Record<string, string>) => Object.fromEntries((await examineAll(env, { ...systemClock, sleep: async () => undefined })).map(({ system, findings }) => [system, findings.map(({ code }) => code)]));

test('[S1-170] every system the environment names is examined; away, each says so, and no secret is repeated', async () => {
  const all = await examineAll(everywhere(away), { ...systemClock, sleep: async () => undefined });
  expect(all.map(({ system }) => system).sort()).toEqual(EVERY);
  expect(all.filter(({ system, findings }) => system !== 'Hub' && !findings.some(({ code }) => /unreachable|timedOut/.test(code))).map(({ system, findings }) => [system, findings])).toEqual([]);
  expect(JSON.stringify(all)).not.toMatch(/hidden-\d|azure-secret|paypal-secret|0123456789abcdef/);
  for (const { findings } of all) for (const { fix } of findings) expect(fix.length).toBeGreaterThan(5);
}, 60_000);

test('a key of ERPNext that cannot be one is a finding, not the end of the doctor', async () => {
  expect(await found({ ...least, LEADLIGHT_ERPNEXT_URL: NOBODY })).toMatchObject({ ERPNext: ['unauthorised'], Hub: [] });
});

test('[S1-170] a system that is not named is not examined', async () => {
  expect(Object.keys(await found(least))).toEqual(['Hub']);
});

test('Routr, PayPal, Azure, Supabase, Traccar and n8n in order have nothing to put right', async () => {
  const told = await found({ ...everywhere(here()), LEADLIGHT_TRACCAR_TOKEN: traccar.token });
  for (const system of ['Routr', 'PayPal', 'Azure Marketplace', 'Supabase', 'Traccar', 'n8n']) expect([system, told[system]]).toEqual([system, []]);
  expect(asked.sort()).toEqual(['GET /healthz', 'POST /rest/v1/rpc/search_addresses']);
}, 60_000);

test('wrong keys and a missing function are told apart', async () => {
  rpc = { status: 404, body: '{"code":"PGRST202","message":"Could not find the function"}' };
  const told = await found({ ...everywhere(here()), LEADLIGHT_PAYPAL_CLIENT_SECRET: 'wrong', LEADLIGHT_AZURE_MARKETPLACE_CLIENT_SECRET: 'wrong' });
  expect(told).toMatchObject({ PayPal: ['unauthorised'], 'Azure Marketplace': ['unauthorised'], Traccar: ['unauthorised'], Supabase: ['function'] });
  for (const [body, code] of [[{ status: 401, body: '{"code":"PGRST301"}' }, 'unauthorised'], [{ status: 500, body: '{"code":"57014"}' }, 'slow'], [{ status: 503, body: '' }, 'unreachable']] as const) {
    rpc = body;
    expect((await found({ ...least, LEADLIGHT_SUPABASE_URL: here().supabase, LEADLIGHT_SUPABASE_KEY: 'k' }))['Supabase']).toEqual([code]);
  }
}, 60_000);

test('Routr: an agent anybody may use, no domain at all, and passwords in plain text over a network', async () => {
  const clock = { ...systemClock, sleep: async () => undefined };
  const codes = async (address: string, tls = false) => (await examineRoutr({ address, tls, clock, deadlineMs: 500 })).findings.map(({ code }) => code);
  const home = routr.tables.Domains[0]!;
  routr.tables.Agents.push({ ref: 'x', at: 0, name: 'x', username: 'front-desk', privacy: 'NONE', enabled: true, maxContacts: -1, expires: 0, domainRef: home.ref, credentialsRef: null });
  expect(await codes(routr.address)).toEqual(['unprotected']);
  routr.tables.Agents.length = 0;
  routr.tables.Domains.length = 0;
  expect(await codes(routr.address)).toEqual(['noDomain']);
  expect(await codes('routr.invalid:51908')).toEqual(['unreachable', 'plainText']);
  routr.tables.Domains.push(home);
});
