import { isVendorError } from '../../../core/src/index.ts';
import type { Nbi } from './call.ts';
import type { ParameterValue } from './checkTask.ts';
import type { Devices } from './devices.ts';
import { rejected } from './errors.ts';
import { postTask, type TaskOptions } from './postTask.ts';
import type { Device } from './read.ts';

/** What the ACS host saw when it pinged an address. `unavailable`: that host has no ping program, or may not use it. */
export interface HostPing {
  readonly type: 'answered' | 'silent' | 'unavailable';
  readonly host: string;
  readonly sent: number | null;
  readonly received: number | null;
  readonly avgMs: number | null;
  readonly because: string;
}

/**
 * Pings an address from the ACS host (three packets, one second). Silence proves little: many CPEs do not answer pings on their WAN.
 * @throws VendorError rejectedInput for what is no host name or address
 * @example (await pingHost(nbi, '10.20.0.10')).type // 'answered'
 */
export async function pingHost(nbi: Nbi, host: string): Promise<HostPing> {
  const operation = 'ping';
  const bare = host.replace(/^\[|\]$/g, '');
  if (!/^[A-Za-z0-9][A-Za-z0-9.:-]{0,252}$/.test(bare)) throw rejected(operation, `"${host.slice(0, 80)}" is no host name or address.`, 'Give e.g. 10.20.0.10 or cpe.example.net, without a port.');
  const reply = await nbi.ask(operation, { method: 'GET', path: `/ping/${bare}`, timeoutMs: 15_000 }, [200, 404, 500]);
  const none = { host: bare, sent: null, received: null, avgMs: null };
  if (reply.status === 200) {
    const counted = /(\d+) packets transmitted, (\d+) /.exec(reply.text);
    const times = /= [\d.]+\/([\d.]+)\//.exec(reply.text);
    const received = counted ? Number(counted[2]) : null;
    return { host: bare, type: received === 0 ? 'silent' : 'answered', sent: counted ? Number(counted[1]) : null, received, avgMs: times ? Number(times[1]) : null, because: received === null ? 'It answered.' : `${received} of ${counted![1]} packets came back.` };
  }
  // GenieACS 1.2 answers 500 both for silence and for a missing program; its words tell which.
  if (/not found|ENOENT|not permitted|Platform not supported/i.test(reply.text)) return { ...none, type: 'unavailable', because: 'The ACS host cannot ping.' };
  if (/^\s*</.test(reply.text) || !/Command failed|Error/i.test(reply.text)) return { ...none, type: 'unavailable', because: 'Something else than GenieACS answered.' };
  return { ...none, type: 'silent', because: 'No packet came back within a second.' };
}

export interface DevicePing {
  /** `completed` the CPE finished and reports numbers · `failed` the CPE says why not · `unsupported` it has no such diagnostic · `superseded` somebody else started another · `pending` not finished in time · else the outcome of the order. */
  readonly type: 'completed' | 'failed' | 'unsupported' | 'superseded' | 'pending' | 'queued' | 'faulted' | 'unknown';
  readonly deviceId: string;
  readonly host: string;
  readonly sent: number;
  readonly received: number | null;
  readonly lost: number | null;
  readonly minMs: number | null;
  readonly avgMs: number | null;
  readonly maxMs: number | null;
  readonly state: string | null;
  readonly because: string;
}
export interface DevicePingOptions extends TaskOptions {
  readonly repetitions?: number;
  readonly timeoutMs?: number;
  readonly bytes?: number;
  /** How long the CPE may take; default 60 000. */
  readonly finishMs?: number;
}

const OBJECTS = ['Device.IP.Diagnostics.IPPing', 'InternetGatewayDevice.IPPingDiagnostics'] as const;

/**
 * Has the CPE itself ping an address (TR-181 IPPing, TR-098 IPPingDiagnostics) and waits for its verdict: inputs and `Requested` in one
 * order, then the CPE is asked until its state is no longer `Requested`. Numbers of an earlier run are never taken for this one's.
 * S0-111. @throws VendorError rejectedInput | notFound
 * @example await pingFromDevice(nbi, devices, id, '192.0.2.10', { repetitions: 4 })
 */
export async function pingFromDevice(nbi: Nbi, devices: Devices, deviceId: string, host: string, options: DevicePingOptions = {}): Promise<DevicePing> {
  const operation = 'devices.ping';
  const { repetitions = 4, timeoutMs = 2_000, bytes = 64, finishMs = 60_000, pollMs = 3_000, ...rest } = options;
  if (!/^[A-Za-z0-9][A-Za-z0-9.:-]{0,252}$/.test(host)) throw rejected(operation, `"${host.slice(0, 80)}" is no host name or address.`, 'Give e.g. 192.0.2.10 or www.example.net.');
  for (const [name, value, most] of [['repetitions', repetitions, 100], ['timeoutMs', timeoutMs, 60_000], ['bytes', bytes, 65_535]] as const) if (!Number.isInteger(value) || value < 1 || value > most) throw rejected(operation, `${name} must be a whole number from 1 to ${most}.`, 'Leave it out for the default.');
  const answer = (type: DevicePing['type'], because: string, more: Partial<DevicePing> = {}): DevicePing => ({ type, deviceId, host, sent: repetitions, received: null, lost: null, minMs: null, avgMs: null, maxMs: null, state: null, because, ...more });
  const ask = (name: string) => postTask(nbi, operation, deviceId, { name: 'refreshObject', objectName: name }, { uniqueKey: 'leadlight-diagnostics-read', ...rest });

  const object = await objectOf();
  if (typeof object !== 'string') return object;
  const inputs: (readonly [string, ParameterValue])[] = [['Host', host], ['NumberOfRepetitions', repetitions], ['Timeout', timeoutMs], ['DataBlockSize', bytes], ['DiagnosticsState', 'Requested']];
  const ordered = await postTask(nbi, operation, deviceId, { name: 'setParameterValues', parameterValues: inputs.map(([key, value]) => [`${object}.${key}`, value] as const) }, { uniqueKey: 'leadlight-ping', ...rest });
  if (ordered.type !== 'executed') return answer(ordered.type === 'notApplied' ? 'unknown' : ordered.type, ordered.because);

  const until = Date.parse(nbi.clock.now()) + finishMs;
  for (;;) {
    await nbi.clock.sleep(pollMs);
    const asked = await ask(object).catch((error: unknown) => {
      if (isVendorError(error)) return undefined;
      throw error;
    });
    const late = Date.parse(nbi.clock.now()) >= until;
    if (asked?.type === 'executed') {
      const { parameters } = await devices.get(deviceId, [object]);
      const state = text(parameters, object, 'DiagnosticsState');
      if (text(parameters, object, 'Host') !== host) return answer('superseded', 'The device holds another host now: somebody else started a diagnostic.', { state });
      if (/^Complete/i.test(state ?? '')) return completed(parameters, state!);
      if (/^Error/i.test(state ?? '')) return answer('failed', `The device says ${state}.`, { state });
      if (state === 'None') return answer('superseded', 'The diagnostic was cancelled on the device.', { state });
    }
    if (late) return answer('pending', asked?.type === 'executed' ? 'The device has not finished yet.' : 'The device took the order but cannot be asked just now.');
  }

  function completed(parameters: Device['parameters'], state: string): DevicePing {
    const number = (key: string): number | null => {
      const value = Number(parameters[`${object as string}.${key}`]?.value ?? Number.NaN);
      return Number.isFinite(value) ? value : null;
    };
    const [received, lost] = [number('SuccessCount'), number('FailureCount')];
    const counts = { received, lost, minMs: number('MinimumResponseTime'), avgMs: number('AverageResponseTime'), maxMs: number('MaximumResponseTime') };
    return answer('completed', received === null ? 'The device finished without numbers.' : `${received} of ${repetitions} packets came back.`, { state, ...counts });
  }

  /** Which diagnostic the device has, by GenieACS' copy; if it never read it, by asking the device. */
  async function objectOf(): Promise<string | DevicePing> {
    for (const looked of [false, true]) {
      const { parameters } = await devices.get(deviceId, [...OBJECTS, 'Device.DeviceInfo.SoftwareVersion', 'InternetGatewayDevice.DeviceInfo.SoftwareVersion']);
      const known = OBJECTS.find((one) => `${one}.DiagnosticsState` in parameters);
      if (known) return known;
      if (looked) break;
      const likely = 'Device.DeviceInfo.SoftwareVersion' in parameters ? OBJECTS[0] : OBJECTS[1];
      const asked = await ask(likely);
      if (asked.type !== 'executed') return answer(asked.type === 'notApplied' ? 'unknown' : asked.type, asked.because);
    }
    return answer('unsupported', 'The device has no ping diagnostic.');
  }
}

function text(parameters: Device['parameters'], object: string, key: string): string | null {
  const value = parameters[`${object}.${key}`]?.value;
  return typeof value === 'string' ? value : null;
}
