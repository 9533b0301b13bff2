import type { SimReply, SimRequest } from '../http.ts';
import type { World } from '../world.ts';
import type { Acs } from './acs.ts';
import { Crash } from './mongo.ts';
import type { AcsDevice, AcsTask } from './state.ts';

const ONLINE_THRESHOLD_MS = 4_000;
const text = (status: number, body: string, reason?: string): SimReply => ({ status, body, ...(reason ? { reason } : {}) });
const answer = (status: number, reason: string | undefined, task: AcsTask): SimReply => ({ status, ...(reason ? { reason } : {}), headers: { 'content-type': 'application/json' }, body: JSON.stringify(task) });
let counter = 0;

/** `POST /devices/<id>/tasks`: stores a task, perhaps wakes the device, and says how far it got by its status line (acs.md 1.4). */
export async function postTask(world: World, acs: Acs, id: string, request: SimRequest): Promise<SimReply> {
  const { state } = acs;
  const device = state.devices.get(id);
  if (!device) return text(404, 'No such device');
  const wake = request.query.has('connection_request');
  if (request.text.trim() === '') {
    if (!wake) return text(400, '');
    return device.online ? { status: 200 } : text(504, 'Device is offline', 'Device is offline');
  }
  let body: Record<string, unknown> | unknown[];
  try {
    body = JSON.parse(request.text) as Record<string, unknown>;
  } catch (error) {
    return text(400, `SyntaxError: ${(error as Error).message}`);
  }
  if (body === null) return text(400, "TypeError: Cannot set properties of null (setting 'device')");
  if (Array.isArray(body)) {
    // Stored one by one without a device: orphans that never run.
    for (const one of body) state.tasks.push({ ...(one as object), _id: objectId(world), name: String((one as AcsTask).name), timestamp: world.clock.now() });
    return text(202, JSON.stringify(body), 'Accepted');
  }
  checkShape(body);
  const task: AcsTask = { ...body, name: String(body['name']), _id: objectId(world), device: id, timestamp: world.clock.now(), ...(body['expiry'] === undefined ? {} : { expiry: expiry(body['expiry'], world) }) };
  if (task['uniqueKey']) state.tasks = state.tasks.filter((one) => !(one.device === id && one['uniqueKey'] === task['uniqueKey']));
  state.tasks.push(task);
  if (!wake) return answer(202, undefined, task);
  if (!device.lastInform) throw new Crash("Cannot read properties of undefined (reading 'getTime')");
  return session(world, acs, device, task, Number(request.query.get('timeout')) || ONLINE_THRESHOLD_MS);
}

async function session(world: World, acs: Acs, device: AcsDevice, task: AcsTask, timeoutMs: number): Promise<SimReply> {
  if (!device.online) return answer(202, 'Device is offline', task);
  if (device.inSession) return answer(202, 'Task queued but not processed', task);
  if (device.sessionDelayMs > timeoutMs) {
    device.dueAt = world.clock.ms + device.sessionDelayMs;
    return answer(202, 'Task queued but not processed', task);
  }
  const crashes = acs.state.cwmpCrashes;
  await acs.session(device, {});
  if (acs.state.faults.has(`${device.id}:task_${task._id}`)) return answer(202, 'Task faulted', task);
  if (acs.state.cwmpCrashes > crashes) return answer(202, 'Task queued but not processed', task);
  return answer(200, undefined, task);
}

/** Bodies the real NBI stores or checks outside its error handling: each costs a worker. */
function checkShape(task: Record<string, unknown>): void {
  const list = (name: string): void => {
    if (!Array.isArray(task[name]) || (task[name] as unknown[]).length === 0) throw new Crash(`Missing '${name}' property`);
  };
  switch (task['name']) {
    case 'setParameterValues':
      list('parameterValues');
      for (const row of task['parameterValues'] as unknown[][]) if (!Array.isArray(row) || typeof row[0] !== 'string' || !['string', 'number', 'boolean'].includes(typeof row[1])) throw new Crash('Invalid parameter value');
      return;
    case 'getParameterValues': return list('parameterNames');
    case 'provisions': return list('provisions');
    case 'refreshObject': case 'addObject': case 'deleteObject':
      if (typeof task['objectName'] !== 'string') throw new Crash("Missing 'objectName' property");
      return;
    case 'download':
      if (!task['file'] && !(task['fileType'] && task['fileName'])) throw new Crash("Missing 'fileType' or 'fileName' property");
      return;
    case 'reboot': case 'factoryReset': return;
    default: throw new Crash('Invalid task name');
  }
}

function expiry(value: unknown, world: World): string {
  return typeof value === 'number' ? new Date(world.clock.ms + value * 1_000).toISOString() : String(value);
}

function objectId(world: World): string {
  counter += 1;
  return Math.floor(world.clock.ms / 1_000).toString(16).padStart(8, '0') + counter.toString(16).padStart(16, '0');
}
