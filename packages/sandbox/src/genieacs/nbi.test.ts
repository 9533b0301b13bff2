// The wire as measured on GenieACS 1.2.16, seen without our client in between.
import http from 'node:http';
import { World } from '../world.ts';
import { startGenieacs } from './index.ts';

type Server = Awaited<ReturnType<typeof startGenieacs>>;
const ID = '000E5E-HT803G%252DW-RCMG1';
let world: World;
let server: Server;

beforeEach(async () => {
  world = new World();
  server = await startGenieacs(world);
  await world.emit('cpe.informs', { serial: 'RCMG1', oui: '000E5E', productClass: 'HT803G-W', event: '0 BOOTSTRAP' });
});
afterEach(() => server.close());

interface Reply { status: number; reason: string; headers: http.IncomingHttpHeaders; text: string }
function call(method: string, path: string, body?: unknown, patienceMs = 0): Promise<Reply | 'nothing'> {
  return new Promise((resolve, reject) => {
    const request = http.request(`${server.url}${path}`, { method }, async (response) => {
      let text = '';
      for await (const part of response) text += part;
      resolve({ status: response.statusCode!, reason: response.statusMessage!, headers: response.headers, text });
    });
    if (patienceMs > 0) setTimeout(() => { resolve('nothing'); request.destroy(); }, patienceMs);
    request.on('error', (error) => (patienceMs > 0 ? resolve('nothing') : reject(error)));
    request.end(body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body));
  });
}
const query = (collection: string, where: object, more = '') => call('GET', `/${collection}/?query=${encodeURIComponent(JSON.stringify(where))}${more}`);

test('routes, their verbs and their plain-text errors', async () => {
  expect(await call('GET', `/devices/${ID}`)).toMatchObject({ status: 405, headers: { allow: 'DELETE' } });
  expect(await call('GET', '/presets/x')).toMatchObject({ status: 405 });
  expect(await call('POST', '/devices/')).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
  expect(await call('PUT', '/config/x', {})).toMatchObject({ status: 404, text: '404 Not Found' });
  expect(await call('GET', '/nothing/')).toMatchObject({ status: 404, text: '404 Not Found' });
  expect(await call('GET', '/devices/?query=%7Bx')).toMatchObject({ status: 400, text: expect.stringMatching(/^SyntaxError: /) });
  const unknown = await call('POST', '/devices/x/tasks', { name: 'reboot' });
  expect(unknown).toMatchObject({ status: 404, text: 'No such device' });
  expect((unknown as Reply).headers['content-type']).toBeUndefined();
  expect(await call('POST', '/devices/000E5E-HT803G%2DW-RCMG1/tasks', { name: 'reboot' })).toMatchObject({ status: 404 });
  expect(await call('POST', `/devices/${ID}/tags/a.b`)).toMatchObject({ status: 404, text: '404 Not Found' });
  expect(await call('POST', `/devices/${ID}/tags/a%2Eb`)).toMatchObject({ status: 200, text: '' });
  expect(await call('DELETE', '/devices/nobody')).toMatchObject({ status: 200 });
  expect(await call('DELETE', `/tasks/${'a'.repeat(24)}`)).toMatchObject({ status: 404, text: 'Task not found' });
});

test('lists: total of the query, a slice by limit, HEAD without a body, a limit that is no number ignored', async () => {
  for (const serial of ['B', 'C']) await world.emit('cpe.informs', { serial, oui: '00AA', productClass: 'Device2', event: '0 BOOTSTRAP' });
  const page = (await query('devices', {}, '&limit=1&projection=_id')) as Reply;
  expect([page.headers['total'], page.headers['genieacs-version'], page.headers['content-type']]).toEqual(['3', '1.2.16', 'application/json']);
  expect(JSON.parse(page.text)).toHaveLength(1);
  expect(await call('HEAD', '/devices/')).toMatchObject({ status: 200, text: '', headers: { total: '3' } });
  expect(JSON.parse(((await query('devices', {}, '&limit=abc')) as Reply).text)).toHaveLength(3);
});

test('devices are matched the GenieACS way: values, wildcards, regular expressions, numbers in texts', async () => {
  const hits = async (where: object) => Number(((await query('devices', where)) as Reply).headers['total']);
  const root = 'InternetGatewayDevice';
  expect(await hits({ [`${root}.DeviceInfo.SoftwareVersion`]: '5.00.21' })).toBe(1);
  expect(await hits({ '_deviceId._SerialNumber': 'RC*' })).toBe(1);
  expect(await hits({ '_deviceId._SerialNumber': '/^rcmg/i' })).toBe(1);
  expect(await hits({ [`${root}.ManagementServer.PeriodicInformInterval`]: '300' })).toBe(1);
  expect(await hits({ [`${root}.ManagementServer.PeriodicInformInterval`]: { $gt: 300 } })).toBe(0);
  expect(await hits({ $or: [{ _tags: 'x' }, { _lastInform: { $lte: '2026-04-01T13:00:00.000Z' } }] })).toBe(1);
});

test('a task is told apart by the status line only, and keeps waiting where it should', async () => {
  const device = server.acs.find('RCMG1')!;
  const path = `/devices/${ID}/tasks`;
  expect(await call('POST', path, { name: 'reboot' })).toMatchObject({ status: 202, reason: 'Accepted' });
  expect(await call('POST', `${path}?connection_request`, { name: 'refreshObject', objectName: '' })).toMatchObject({ status: 200, reason: 'OK' });
  device.online = false;
  expect(await call('POST', `${path}?connection_request`, { name: 'reboot' })).toMatchObject({ status: 202, reason: 'Device is offline' });
  expect(await call('POST', `${path}?connection_request`)).toMatchObject({ status: 504, reason: 'Device is offline', text: 'Device is offline' });
  device.online = true;
  device.sessionDelayMs = 5_000;
  expect(await call('POST', `${path}?connection_request&timeout=3000`, { name: 'reboot' })).toMatchObject({ status: 202, reason: 'Task queued but not processed' });
  device.sessionDelayMs = 0;
  device.failNext = { code: 'cwmp.9001', message: 'Request denied' };
  server.acs.state.tasks = [];
  const faulted = (await call('POST', `${path}?connection_request`, { name: 'reboot' })) as Reply;
  expect(faulted).toMatchObject({ status: 202, reason: 'Task faulted' });
  const { _id } = JSON.parse(faulted.text) as { _id: string };
  expect(JSON.parse(((await query('faults', { _id: `${device.id}:task_${_id}` })) as Reply).text)).toMatchObject([{ code: 'cwmp.9001', retries: 0 }]);
  expect(await call('POST', path)).toMatchObject({ status: 400, text: '' });
});

test('a list of tasks is accepted and becomes orphans that never run; a null is an error', async () => {
  expect(await call('POST', `/devices/${ID}/tasks?connection_request`, [{ name: 'reboot' }])).toMatchObject({ status: 202 });
  expect(server.acs.state.tasks).toMatchObject([{ name: 'reboot' }]);
  expect(server.acs.state.tasks[0]!.device).toBeUndefined();
  expect(server.acs.find('RCMG1')!.reboots).toBe(0);
  expect(await call('POST', `/devices/${ID}/tasks`, 'null')).toMatchObject({ status: 400, text: expect.stringMatching(/^TypeError/) });
});

test('a faulted task is tried again after five minutes, then ten', async () => {
  const device = server.acs.find('RCMG1')!;
  device.failNext = { code: 'cwmp.9002', message: 'Internal error' };
  await call('POST', `/devices/${ID}/tasks?connection_request`, { name: 'setParameterValues', parameterValues: [['InternetGatewayDevice.Time.NTPServer1', 'ntp']] });
  const informs = () => world.emit('cpe.informs', { serial: 'RCMG1', oui: '000E5E', productClass: 'HT803G-W', event: '2 PERIODIC' });
  world.clock.advance(299_000);
  device.failNext = { code: 'cwmp.9002', message: 'Internal error' };
  await informs();
  expect([...server.acs.state.faults.values()]).toMatchObject([{ retries: 0 }]);
  world.clock.advance(2_000);
  await informs();
  expect([...server.acs.state.faults.values()]).toMatchObject([{ retries: 1 }]);
  world.clock.advance(601_000);
  await informs();
  expect(server.acs.state.faults.size).toBe(0);
  expect(device.tree.get('InternetGatewayDevice.Time.NTPServer1')!.value).toBe('ntp');
});

test('requests that kill a worker are never answered', async () => {
  const tasks = `/devices/${ID}/tasks`;
  const deadly: readonly (readonly [string, string, unknown?])[] = [
    ['POST', tasks, { name: 'nonsense' }], ['POST', tasks, { name: 'setParameterValues', parameterValues: [] }], ['POST', tasks, { name: 'setParameterValues', parameterValues: [['A', null]] }],
    ['POST', tasks, { name: 'getParameterValues' }], ['POST', tasks, { name: 'refreshObject' }], ['DELETE', '/tasks/zzz'], ['POST', '/tasks/zzz/retry'], ['POST', `/tasks/${'a'.repeat(24)}/retry`],
    ['GET', `/tasks/?query=${encodeURIComponent('{"_id":"zzz"}')}`], ['GET', `/devices/?query=${encodeURIComponent('{"_id":{"$foo":1}}')}`], ['GET', `/devices/?query=${encodeURIComponent('{"$and":{}}')}`], ['DELETE', '/devices/%E0%A4%A'],
  ];
  const replies = await Promise.all(deadly.map(([method, path, body]) => call(method, path, body, 400)));
  expect(replies).toEqual(deadly.map(() => 'nothing'));
  expect(server.acs.state.crashes).toBe(deadly.length);
  server.acs.find('RCMG1')!.lastInform = null;
  expect(await call('POST', `${tasks}?connection_request`, { name: 'reboot' }, 400)).toBe('nothing');
  expect(server.acs.state.tasks).toMatchObject([{ name: 'reboot' }]); // stored before it died
});
