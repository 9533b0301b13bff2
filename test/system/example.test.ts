// The example as a developer runs it: a program of its own under plain Node, core by name, systems that outlive a killed run.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, existsSync, rmSync, appendFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildCore } from '../../tools/example.ts';

const root = resolve(__dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'leadlight-example-test-'));
const at = join(folder, 'systems.json');
let systems: ChildProcess;

interface Ended { readonly code: number | null; readonly signal: NodeJS.Signals | null; readonly out: string; readonly last: any }
const program = (args: readonly string[]) => spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(root, 'examples/lead-to-live/src/main.ts'), ...args], { cwd: folder, env: { PATH: process.env['PATH'] } });
const run = (...args: string[]) =>
  new Promise<Ended>((done) => {
    const child = program(args);
    let out = '';
    child.stdout.on('data', (chunk) => (out += chunk));
    child.stderr.on('data', (chunk) => (out += chunk));
    child.on('close', (code, signal) => {
      const line = out.trim().split('\n').at(-1) ?? '';
      done({ code, signal, out, last: line.startsWith('{') ? JSON.parse(line) : null });
    });
  });
const world = async (path: string, body?: object, method = body ? 'POST' : 'GET') => (await fetch(`${JSON.parse(readFileSync(at, 'utf8')).world.url}${path}`, { method, ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }) })).json() as Promise<any>;
const apart = (name: string, address: string) => ['--at', at, '--journal', join(folder, `${name}.jsonl`), '--address', address];
/** Calls a vendor carried out, by what they wrote. */
const writes = async (system: string, path: RegExp, orderId: string) =>
  ((await world(`/calls?system=${system}`)) as { method: string; path: string; body: string; status: number }[]).filter((call) => call.method === 'POST' && path.test(call.path) && `${call.path}${call.body}`.includes(orderId) && call.status >= 200 && call.status < 300);

const DOCUMENTS = {
  Customer: ['customer'],
  'Service Location': ['location'],
  'Service Subscription': ['sub:FTTH150I', 'sub:TELEPMENS', 'sub:TVBSTANDARD'],
  'Service Equipment': ['eq:ata', 'eq:deco', 'eq:ont', 'eq:stb'],
  Project: ['project'],
  Task: ['task:assign_technician', 'task:confirm_service', 'task:install_on_site', 'task:olt_activate', 'task:prepare_equipment', 'task:verify_ont_signal', 'task:voip_config', 'task:wifi_config'],
  'Dispatch Job': ['dispatch'],
  'Sales Invoice': ['inv:first'],
};
const ORDER_STEPS = ['verifyPayment', 'holdPort', 'capturePayment', 'confirmPort', 'createCustomer', 'createLocation', 'createSubscriptions', 'assignEquipment', 'createProject', 'createDispatchJob', 'recordPrepayment', 'smsOrderConfirmed', 'emailOrderConfirmed', 'announceNewOrder', 'chatNewInstallationJob'];
const INSTALLATION_STEPS = ['occupyPort', 'allocateIp', 'createSubscriber', 'provisionOnu', 'applyProfile', 'gate', 'activateDocuments', 'firstInvoice', 'notifyActivated', 'announceActivated'];
const NOTICES = ['newInstallationJob/chat', 'orderConfirmed/email', 'orderConfirmed/sms', 'serviceActivated/email', 'serviceActivated/sms'];

/** Everything of one order, there once, read back after the program's end. */
function expectLive({ last }: Ended): void {
  const { readBack, orderId } = last;
  const { 'Payment Entry': prepayments, ...documents } = readBack.documents;
  expect(documents).toEqual(DOCUMENTS);
  expect(prepayments).toEqual([`pay:pi_${orderId.slice('ord_'.length)}`]);
  expect(readBack).toMatchObject({ status: 'completed', fallout: [], payment: { status: 'succeeded', dueMinor: 25242, receivedMinor: 25242 }, invoice: { submitted: true, total: 252.42, outstanding: 0 }, subscriber: { access: 'active' }, onu: { ready: true } });
  expect(readBack.address).toBe(`${readBack.subscriber.framedIp}/22`);
  expect(readBack.notices.map((one: string) => one.split(' ')[0])).toEqual(NOTICES);
}

/** What each vendor really carried out for an order, whatever the program says. */
async function expectOnce(orderId: string): Promise<void> {
  const intent = `pi_${orderId.slice('ord_'.length)}`;
  const keys = (await writes('erpnext', /^\/api\/resource\/[^/]+$/, `${orderId}:`)).map(({ body }) => JSON.parse(body).leadlight_id as string);
  expect(new Set(keys).size).toBe(keys.length);
  expect(keys).toHaveLength(Object.values(DOCUMENTS).flat().length + 1);
  expect(await writes('stripe', /\/capture$/, intent)).toHaveLength(1);
  expect(await writes('netbox', /available-ips/, `${orderId}:ip`)).toHaveLength(1);
}
/** How many messages customers and staff have received. */
async function received(): Promise<{ readonly sms: number; readonly emails: number; readonly chat: number }> {
  const { sms, emails, chat } = await world('/sent');
  return { sms: sms.length, emails: emails.length, chat: chat.length };
}

beforeAll(async () => {
  buildCore(root);
  systems = program(['--serve', at]);
  let log = '';
  systems.stdout!.on('data', (chunk) => (log += chunk));
  systems.stderr!.on('data', (chunk) => (log += chunk));
  for (let look = 0; !existsSync(at); look += 1) {
    if (systems.exitCode !== null || look > 400) throw new Error(`The systems did not start:\n${log}`);
    await new Promise((tick) => setTimeout(tick, 100));
  }
}, 60_000);
afterAll(async () => {
  const gone = new Promise((done) => systems.once('exit', done));
  systems.kill('SIGTERM');
  await gone;
  rmSync(folder, { recursive: true, force: true });
}, 30_000);

test('alone, on ports of its own, it takes a typed address to a live service and says what it read back', async () => {
  const ended = await run();
  expect([ended.code, ended.last?.ok, ended.last?.reason]).toEqual([0, true, undefined]);
  expect(ended.last.example).toBe('lead-to-live');
  expectLive(ended);
  expect(ended.last.steps).toEqual([...ORDER_STEPS, ...INSTALLATION_STEPS].map((step) => ({ step, by: 'reply' })));
}, 90_000);

// Each dies after the vendor has done the work and before the program knows: the worst moment.
test.each([
  ['capturePayment', '258 montée Legault, Saint-Anicet J0S 1M0', [...ORDER_STEPS.slice(2), ...INSTALLATION_STEPS]],
  ['allocateIp', '584 croissant Thibault, Saint-Anicet J0S 1M0', INSTALLATION_STEPS.slice(1)],
  ['firstInvoice', '18 montée Quenneville, Saint-Anicet J0S 1M0', INSTALLATION_STEPS.slice(7)],
])('[S1-103] killed after %s, a second run looks, goes on and doubles nothing', async (step, address, left) => {
  const sent = await received();
  const killed = await run(...apart(step, address), '--crash-after', step);
  expect(killed.signal).toBe('SIGKILL');
  const before = readFileSync(join(folder, `${step}.jsonl`), 'utf8');
  expect(before.trim().split('\n').at(-1)).toContain(`"type":"begun","step":"${step}","act":"do"`);
  // As a program that dies while writing leaves it.
  appendFileSync(join(folder, `${step}.jsonl`), '{"name":"saga order","val');

  const resumed = await run(...apart(step, address));
  expect([resumed.code, resumed.last?.ok, resumed.last?.reason]).toEqual([0, true, undefined]);
  expect(resumed.last.steps[0]).toEqual({ step, by: 'look' });
  expect(resumed.last.steps.map((one: { step: string }) => one.step)).toEqual(left);
  expectLive(resumed);
  await expectOnce(resumed.last.orderId);

  const third = await run(...apart(step, address));
  expect([third.code, third.last.steps]).toEqual([0, []]);
  await expectOnce(resumed.last.orderId);
  expect(await received()).toEqual({ sms: sent.sms + 2, emails: sent.emails + 2, chat: sent.chat + 1 });
}, 120_000);

test('[S1-103] killed during the look for a lost step, a later run looks again', async () => {
  const address = '194 chemin Ridge, Saint-Anicet J0S 1M0';
  const args = apart('twice', address);
  expect((await run(...args, '--crash-after', 'createCustomer')).signal).toBe('SIGKILL');
  const journal = join(folder, 'twice.jsonl');
  // What a run leaves that dies between the intent to look and the answer.
  const until = new Date(Date.now() + 300_000).toISOString();
  appendFileSync(journal, `${JSON.stringify({ name: 'saga order', value: [{ type: 'doubtful', step: 'createCustomer' }, { type: 'begun', step: 'createCustomer', act: 'observe', about: 'do', until }] })}\n`);
  const resumed = await run(...args);
  expect([resumed.code, resumed.last?.reason]).toEqual([0, undefined]);
  expect(resumed.last.steps[0]).toEqual({ step: 'createCustomer', by: 'look' });
  await expectOnce(resumed.last.orderId);
}, 120_000);

test('what cannot be served ends with the reason and nothing charged', async () => {
  const before = (await world('/calls?system=stripe')).length;
  const ended = await run(...apart('nowhere', '1 rue de Nulle-Part, Tokyo'));
  expect([ended.code, ended.last.ok]).toEqual([1, false]);
  expect(ended.last.reason).toContain('Tokyo');
  expect((await world('/calls?system=stripe')).length).toBe(before);
}, 60_000);

test('an address whose port an order has is not offered a second time', async () => {
  const ended = await run(...apart('neighbour', '258 montée Legault, Saint-Anicet J0S 1M0'));
  expect([ended.code, ended.last.ok, ended.last.reason]).toEqual([1, false, expect.stringContaining('258 montée Legault')]);
}, 60_000);

test('[S1-103] refused at the capture, everything before the money is taken back', async () => {
  await world('/faults', { system: 'stripe', method: 'POST', path: '/capture$', times: 9, kind: 'status', status: 402, body: { error: { type: 'card_error', code: 'card_declined', decline_code: 'insufficient_funds', message: 'Your card has insufficient funds.' } } });
  const refused = await run(...apart('declined', '475 8e Avenue, Saint-Anicet J0S 1M0'));
  await world('/faults', undefined, 'DELETE');
  expect([refused.code, refused.last.reason]).toEqual([1, expect.stringMatching(/^The order ended undone: capturePayment: /)]);
  const [, intent] = /(pi_\w+): requires_capture/.exec(refused.out)!;
  expect((await writes('stripe', /\/cancel$/, intent!)).length).toBe(1);
  expect(await writes('erpnext', /Customer/, intent!.slice(3))).toEqual([]);
  // Free again: somebody else can have it.
  const { hub } = JSON.parse(readFileSync(at, 'utf8'));
  expect((await (await fetch(`${hub.url}/v1/drops/14`, { headers: { authorization: `Bearer ${hub.key}` } })).json()) as object).toMatchObject({ street: '475 8e Avenue', state: 'free' });
}, 60_000);

test('[S1-103] after the money a person is called; once it is repaired, a second run goes on from there', async () => {
  const args = apart('fallout', '488 rue Beaulieu, Saint-Anicet J0S 1M0');
  await world('/faults', { system: 'netbox', method: 'POST', path: 'available-ips', times: 9, kind: 'status', status: 403, body: { detail: 'You do not have permission to perform this action.' } });
  const stopped = await run(...args);
  await world('/faults', undefined, 'DELETE');
  expect([stopped.code, stopped.last.reason]).toEqual([1, expect.stringMatching(/^The installation ended fallout: allocateIp: .*\(noc was called\)$/)]);
  const resumed = await run(...args);
  expect([resumed.code, resumed.last?.reason]).toEqual([0, undefined]);
  expect(resumed.last.steps[0].step).toBe('allocateIp');
  expectLive(resumed);
  await expectOnce(resumed.last.orderId);
}, 60_000);

test('a crash asked for where nothing would outlive it is refused with the way to do it', async () => {
  const ended = await run('--crash-after', 'capturePayment');
  expect([ended.code, ended.last.reason]).toEqual([1, '--crash-after needs --at and --journal: the systems and the journal must outlive this program.']);
}, 60_000);
