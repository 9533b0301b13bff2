// Oktopus through its controller's REST (:8000): USP and CWMP devices. See README.md.
import { inTurns, readJson, type Clock, type Send } from '../../../core/src/index.ts';
import { bulk, type BulkOptions, type BulkOutcome, type BulkTask } from './bulk.ts';
import { wire as connect, type Login } from './call.ts';
import { cwmp } from './cwmp.ts';
import { devices } from './devices.ts';
import { VENDOR } from './errors.ts';
import { parameters } from './parameters.ts';
import { usp } from './usp.ts';

/**
 * An Oktopus client. `send` points at the controller, without `/api`. One client keeps one token, one USP request per device and one CWMP
 * request in all; two clients know nothing of each other.
 * @example const oss = oktopus(axiosSend({ baseUrl: 'http://127.0.0.1:8000' }), systemClock, { email: 'ops@example.ca', password });
 */
export function oktopus(send: Send, clock: Clock, login: Login) {
  const wire = connect(send, clock, login);
  // Replies over USP are matched by serial alone and all CWMP calls go through one callback (acs.md 3.3, 3.4): a second call in flight gets the first one's answer.
  const run = inTurns();
  const ofDevices = devices(wire);
  const ofUsp = usp(wire, run);
  const ofCwmp = cwmp(wire, run);
  return {
    devices: ofDevices,
    usp: ofUsp,
    cwmp: ofCwmp,
    parameters: parameters(ofDevices, ofUsp, ofCwmp),
    /** Tasks one after the other; devices that are away come again later and are reported as held, never lost. */
    bulk: <T>(tasks: readonly BulkTask<T>[], options?: BulkOptions<T>): Promise<readonly BulkOutcome<T>[]> => bulk(clock, tasks, options),
    /** A cheap read that proves address and login, and that the services behind the controller answer. */
    async status(): Promise<{ readonly type: 'oktopus'; readonly online: number; readonly offline: number }> {
      const body = readJson(await wire.read('status', '/api/info/status', undefined), VENDOR, 'status');
      const counts = Object.fromEntries(Object.entries((body ?? {}) as Record<string, unknown>).map(([name, count]) => [name.toLowerCase(), Number(count)]));
      return { type: 'oktopus', online: counts['online'] ?? 0, offline: counts['offline'] ?? 0 };
    },
  };
}
export type Oktopus = ReturnType<typeof oktopus>;

export type { BulkOptions, BulkOutcome, BulkTask } from './bulk.ts';
export type { Login } from './call.ts';
export type { CwmpDownload } from './cwmp.ts';
export type { DeviceFilter, DeviceList, ListOptions, OktopusDevice, Presence } from './devices.ts';
export { reasonOf, type Reason } from './errors.ts';
export { protocolOf, type Protocol, type ProtocolOptions } from './parameters.ts';
export { isSecretPath } from './redact.ts';
export { readSignal, type DeviceSignal, type Signal, type SignalReading } from './signals.ts';
export type { Mtp, ObjectAdded, ObjectDeleted, Operated, UspOptions, UspSetOptions } from './usp.ts';
export type { ParametersRead, ParameterValue, ParameterVerdict, SetResult, Verdict, WantedParameter, XsdType } from './values.ts';
