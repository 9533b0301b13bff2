import type { CpeParameter, CpeValue } from './models.ts';
import type { AcsDevice, AcsTask } from './state.ts';

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
      readFromCpe(device, [task['objectName'] as string], at);
      return null;
    default:
      return null;
  }
}

function expandStar(device: AcsDevice, path: string): string[] {
  if (!path.includes('*')) return [path];
  const test = new RegExp(`^${path.split('.').map((part) => (part === '*' ? '[^.]+' : part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))).join('\\.')}$`);
  return [...device.tree.keys()].filter((one) => test.test(one));
}
