import { multiInstance, type CpeParameter, type CpeValue } from './models.ts';
import type { AcsDevice, AcsTask } from './state.ts';

const DIAGNOSTIC_MS = 2_000;

export interface CpeFault { readonly code: string; readonly message: string; readonly detail?: object }

/** GetParameterValues: GenieACS' copy becomes what the CPE reports; a path the CPE lacks is passed over without a word. */
export function readFromCpe(device: AcsDevice, paths: readonly string[], at: string): void {
  for (const wanted of paths) {
    for (const [path, parameter] of device.tree) {
      if (wanted === '' || path === wanted || path.startsWith(`${wanted}.`)) device.known.set(path, { value: parameter.hidden ? '' : parameter.value, type: parameter.type, writable: parameter.writable, at });
    }
  }
}

/**
 * SetParameterValues through GenieACS: an unknown or read-only path is left out without a fault; otherwise the value takes the CPE's own
 * type. Afterwards GenieACS' copy holds what was *sent*, in clear, whatever the CPE made of it.
 */
export function writeToCpe(device: AcsDevice, path: string, sent: CpeValue, at: string): CpeFault | null {
  const parameter = device.tree.get(path);
  if (!parameter || !parameter.writable) return null;
  const value = cast(sent, parameter);
  if (value === undefined) return rejected(path, '9006', 'Invalid parameter type');
  if (/\.SSID$/.test(path) && new TextEncoder().encode(String(value)).length > 32) return rejected(path, '9007', 'Invalid parameter value');
  if (!device.stubborn.has(path)) parameter.value = value;
  if (path.endsWith('.DiagnosticsState') && value === 'Requested') device.diagnostic = { object: path.slice(0, -'.DiagnosticsState'.length), dueAt: Date.parse(at) + DIAGNOSTIC_MS };
  device.known.set(path, { value, type: parameter.type, writable: true, at });
  return null;
}

function cast(sent: CpeValue, { type }: CpeParameter): CpeValue | undefined {
  if (type === 'xsd:boolean') return sent === true || sent === 'true' || sent === '1' || sent === 1 ? true : sent === false || sent === 'false' || sent === '0' || sent === 0 ? false : undefined;
  if (type === 'xsd:unsignedInt' || type === 'xsd:int') return Number.isInteger(Number(sent)) && String(sent).trim() !== '' ? Number(sent) : undefined;
  return String(sent);
}

const rejected = (path: string, faultCode: string, faultString: string): CpeFault => ({
  code: 'cwmp.9003', message: 'Invalid arguments', detail: { faultCode: '9003', faultString: 'Invalid arguments', setParameterValuesFault: [{ parameterName: path, faultCode, faultString }] },
});

/** What a session does for one task; `provisions` is the caller's, since it needs the ACS' scripts. */
export function runTask(device: AcsDevice, task: AcsTask, at: string): CpeFault | null {
  if (device.failNext) {
    const fault = device.failNext;
    device.failNext = null;
    return fault;
  }
  switch (task.name) {
    case 'setParameterValues': {
      // All or nothing, as TR-069 wants: check on a copy first.
      const rows = (task['parameterValues'] as [string, CpeValue][]).flatMap(([path, value]) => expandStar(device, path).map((one) => [one, value] as const));
      const trial: AcsDevice = { ...device, tree: new Map([...device.tree].map(([path, one]) => [path, { ...one }])), known: new Map() };
      for (const [path, value] of rows) {
        const fault = writeToCpe(trial, path, value, at);
        if (fault) return fault;
      }
      for (const [path, value] of rows) writeToCpe(device, path, value, at);
      return null;
    }
    case 'getParameterValues':
      readFromCpe(device, task['parameterNames'] as string[], at);
      return null;
    case 'refreshObject':
      // A refresh also learns what is gone.
      for (const path of [...device.known.keys()]) if ((task['objectName'] === '' || path.startsWith(`${String(task['objectName'])}.`)) && !device.tree.has(path)) device.known.delete(path);
      readFromCpe(device, [task['objectName'] as string], at);
      return null;
    case 'addObject':
      return addInstance(device, String(task['objectName']), (task['parameterValues'] ?? []) as [string, CpeValue][], at);
    case 'deleteObject': {
      const path = String(task['objectName']);
      if (!multiInstance[path.split('.').slice(0, -1).join('.')] || device.stubborn.has(path)) return null;
      for (const map of [device.tree, device.known]) for (const key of [...map.keys()]) if (key.startsWith(`${path}.`)) map.delete(key);
      return null;
    }
    default:
      return null;
  }
}

/** A path that cannot grow is passed over without a word, as GenieACS does. */
function addInstance(device: AcsDevice, objectName: string, values: readonly (readonly [string, CpeValue])[], at: string): CpeFault | null {
  const template = multiInstance[objectName];
  if (!template || ![...device.tree.keys()].some((path) => path.split('.')[0] === objectName.split('.')[0])) return null;
  const number = (device.instances.get(objectName) ?? 0) + 1;
  device.instances.set(objectName, number);
  const paths = Object.entries(template).map(([key, value]) => {
    device.tree.set(`${objectName}.${number}.${key}`, { value, type: typeof value === 'boolean' ? 'xsd:boolean' : typeof value === 'number' ? 'xsd:unsignedInt' : 'xsd:string', writable: true });
    return `${objectName}.${number}.${key}`;
  });
  readFromCpe(device, paths, at);
  for (const [key, value] of values) {
    const fault = writeToCpe(device, `${objectName}.${number}.${key}`, value, at);
    if (fault) return fault;
  }
  return null;
}

/** What the CPE finds out: documentation addresses never answer, `.invalid` never resolves. */
export function finishDiagnostic(device: AcsDevice): void {
  const object = device.diagnostic!.object;
  device.diagnostic = null;
  const set = (key: string, value: CpeValue): void => {
    const parameter = device.tree.get(`${object}.${key}`);
    if (parameter) parameter.value = value;
  };
  const host = String(device.tree.get(`${object}.Host`)?.value ?? '');
  const repetitions = Number(device.tree.get(`${object}.NumberOfRepetitions`)?.value ?? 0);
  if (/\.invalid$/.test(host)) return set('DiagnosticsState', 'Error_CannotResolveHostName');
  const answers = !/^203\.0\.113\./.test(host);
  for (const [key, value] of Object.entries({ SuccessCount: answers ? repetitions : 0, FailureCount: answers ? 0 : repetitions, MinimumResponseTime: answers ? 9 : 0, AverageResponseTime: answers ? 11 : 0, MaximumResponseTime: answers ? 14 : 0 })) set(key, value);
  // TR-098 devices say Complete, newer ones Completed.
  set('DiagnosticsState', object.startsWith('Device.') ? 'Completed' : 'Complete');
}

function expandStar(device: AcsDevice, path: string): string[] {
  if (!path.includes('*')) return [path];
  const test = new RegExp(`^${path.split('.').map((part) => (part === '*' ? '[^.]+' : part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))).join('\\.')}$`);
  return [...device.tree.keys()].filter((one) => test.test(one));
}
