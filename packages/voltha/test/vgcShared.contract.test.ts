// What holds on any VOLTHA Go controller, with faults planted between it and the client. Ports and profiles have made-up names and are
// taken away again; no ONU is touched.
import type { HttpRequest } from '../../../core/src/index.ts';
import { meterProfile } from '../src/index.ts';
import { controllerBench, type ControllerBench } from './bench.ts';

let bench: ControllerBench;
let made: string[];
beforeEach(async () => {
  bench = await controllerBench();
  made = [];
});
afterEach(async () => {
  const { subscribers, profiles } = bench.controller();
  try {
    for (const port of [bench.port, `${bench.port}0`]) await subscribers.deprovision(port);
    for (const id of made) await profiles.remove(id);
  } finally {
    await bench.close();
  }
});
const wanted = () => {
  made.push(`${bench.mark}P_u`, `${bench.mark}P_d`);
  return { sVlan: 3901, cVlan: 3902, downKbps: 150_000, upKbps: 20_000, profileBase: `${bench.mark}P` };
};
const to = (method: string, path: string) => (request: HttpRequest) => request.method === method && request.path.startsWith(path);
const sent = (method: string, path: string) => bench.sent.filter(to(method, path));
/** No ONU is behind the port, so its flows never come: provisioning ends unconfirmed, with the service in the controller. */
const provisioned = async (port: string, cVlan = 3902) => expect(await bench.controller().subscribers.provision(port, { ...wanted(), cVlan }).catch((error: unknown) => error)).toMatchObject({ kind: 'unexpectedReply', outcome: 'unknown', detail: { cause: 'provisioningNotConfirmed' } });

test('[access-15] [S0-104] a service whose flows do not come is never a success, and ends within the cap', async () => {
  const start = Date.parse(bench.clock.now());
  const error = await bench.controller({ withinMs: 4_000, everyMs: 500 }).subscribers.provision(bench.port, wanted()).catch((one: unknown) => one);
  expect(error).toMatchObject({ kind: 'unexpectedReply', outcome: 'unknown', detail: { cause: 'provisioningNotConfirmed', observed: expect.stringMatching(/stays NO_FLOWS|stays NOT_IN|stays DISABLED/) } });
  expect(Date.parse(bench.clock.now()) - start).toBeLessThan(15_000);
});

test('[access-15] a 200 that created nothing is noticed', async () => {
  bench.plant(to('POST', '/subscribers/'), 'before', { status: 200, text: '' });
  await expect(bench.controller().subscribers.provision(bench.port, wanted())).rejects.toMatchObject({ kind: 'unexpectedReply', outcome: 'unknown', detail: { cause: 'provisioningNotConfirmed', observed: 'is not listed by it' } });
  expect(await bench.controller().subscribers.flowStatus(bench.port)).toBe('NOT_IN_CONTROLLER');
});

test('[access-15] the controller itself says 200 to a service on a profile it does not have', async () => {
  const body = { id: bench.port, nasPortId: bench.port, uniTagList: [{ uniTagMatch: 4096, ponCTag: 3902, ponSTag: 3901, technologyProfileId: 64, upstreamBandwidthProfile: `${bench.mark}none`, downstreamBandwidthProfile: `${bench.mark}none`, serviceName: 'FTTH_SUBSCRIBER_TRAFFIC', isDhcpRequired: true, isIgmpRequired: false, isPppoeRequired: false, enableMacLearning: false }] };
  expect((await bench.controller().call.send('contract', { method: 'POST', path: `/subscribers/${bench.port}`, body })).status).toBe(200);
  expect(await bench.controller().subscribers.flowStatus(bench.port)).toBe('NOT_IN_CONTROLLER');
});

test('[access-15] a cut connection after the service was added: looked after, added once', async () => {
  bench.plant(to('POST', '/subscribers/'), 'after');
  await provisioned(bench.port);
  expect(sent('POST', '/subscribers/')).toHaveLength(1);
  expect(await bench.controller().subscribers.flowStatus(bench.port)).not.toBe('NOT_IN_CONTROLLER');
});

test('[access-16] same rates, same profile; other rates, a new name; the old one keeps its rates', async () => {
  const { profiles } = bench.controller();
  const id = `${bench.mark}P_d`;
  made.push(id, `${id}_v2`);
  expect(await profiles.ensure(meterProfile(id, 100_000))).toEqual({ id, created: true });
  expect(await profiles.ensure(meterProfile(id, 100_000))).toEqual({ id, created: false });
  expect(await profiles.ensure(meterProfile(id, 150_000))).toEqual({ id: `${id}_v2`, created: true });
  expect(await profiles.ensure(meterProfile(id, 150_000))).toEqual({ id: `${id}_v2`, created: false });
  expect((await profiles.get(id))?.pir).toBe(100_000);
  expect(sent('POST', '/profiles/')).toHaveLength(2);
});

test('[access-17] what is deleted for …-1 leaves …-10 alone; the path ends in _<port>- and a JSON body goes along', async () => {
  await provisioned(bench.port);
  await provisioned(`${bench.port}0`, 3903);
  expect(await bench.controller().subscribers.deprovision(bench.port)).toMatchObject({ changed: true, flowStatus: 'NOT_IN_CONTROLLER' });
  expect(await bench.controller().subscribers.flowStatus(`${bench.port}0`)).not.toBe('NOT_IN_CONTROLLER');
  for (const { path, body } of sent('DELETE', '/subscribers/')) {
    expect(path.endsWith(`_${bench.port}-`)).toBe(true);
    expect(body).toEqual({ id: expect.stringMatching(new RegExp(`_${bench.port}-$`)) });
  }
  expect(await bench.controller().subscribers.deprovision(bench.port)).toMatchObject({ changed: false });
});

test('[access-18] 409 with an empty body is "no such profile"; a profile in use is not deleted', async () => {
  const { profiles } = bench.controller();
  expect(await profiles.get(`${bench.mark}none`)).toBeUndefined();
  expect(await profiles.remove(`${bench.mark}none`)).toBe(false);
  await provisioned(bench.port);
  await expect(profiles.remove(`${bench.mark}P_d`)).rejects.toMatchObject({ kind: 'conflict', detail: { cause: 'profileInUse' } });
});

describe('[access-18] its way of saying no, and what stands in front of it', () => {
  const ask = () => bench.controller().subscribers.flowStatus(bench.port);
  test.each([
    ['plain text is quoted, never parsed', { status: 400, text: 'Invalid request {not json' }, { kind: 'rejectedInput', message: expect.stringContaining('Invalid request {not json') }],
    ['a proxy’s page is named as one, also with 200', { status: 200, text: '<html><body>Login</body></html>' }, { kind: 'unexpectedReply', hint: expect.stringContaining('proxy') }],
    ['half an answer is not an answer', { status: 200, text: '{"FlowProv' }, { outcome: 'notApplied' }],
    ['a 5xx is "away"', { status: 503, text: '' }, { kind: 'unavailable' }],
  ])('%s', async (_name, reply, told) => {
    bench.plant(to('GET', '/flow-status/'), 'before', reply);
    await expect(ask()).rejects.toMatchObject({ name: 'VendorError', ...told });
  });
  test('a cut connection: a read did nothing, a write may have, with a hint to look', async () => {
    bench.plant(to('GET', '/flow-status/'), 'before');
    await expect(ask()).rejects.toMatchObject({ kind: 'unavailable', outcome: 'notApplied' });
    bench.plant(to('POST', '/profiles/'), 'before');
    await expect(bench.controller().profiles.ensure(meterProfile(`${bench.mark}P_d`, 1_000))).rejects.toMatchObject({ kind: 'timedOut', outcome: 'unknown', hint: expect.stringContaining('Read') });
  });
});

test('[S0-104] a service is suspended and resumed, and both are seen; a port without one has nothing to suspend', async () => {
  const { subscribers } = bench.controller();
  await expect(subscribers.suspend(bench.port)).rejects.toMatchObject({ kind: 'notFound', detail: { cause: 'noService' } });
  await provisioned(bench.port);
  expect(await subscribers.suspend(bench.port)).toMatchObject({ changed: true, active: false, flowStatus: 'DISABLED_IN_CONTROLLER' });
  expect(await subscribers.suspend(bench.port)).toMatchObject({ changed: false, active: false });
  expect(await subscribers.resume(bench.port, { awaitFlows: false })).toMatchObject({ changed: true, active: true, flowing: false });
});
