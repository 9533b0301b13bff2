// GenieACS through its northbound interface (NBI, :7557), certified against 1.2.x. See README.md.
import { VendorError, type Clock, type Send } from '../../../core/src/index.ts';
import { deviceSettings, presetDocuments, provisionScripts } from './acsScripts.ts';
import { applyProfile, type ProfileOptions, type ProfileParameter, type ProfileResult } from './applyProfile.ts';
import { nbi } from './call.ts';
import { connectionRequest } from './connectionRequest.ts';
import { devices } from './devices.ts';
import { VENDOR } from './errors.ts';
import { faults } from './faults.ts';
import { presets, provisions } from './scripts.ts';
import { tasks } from './tasks.ts';

/**
 * A GenieACS client. `send` points at the NBI; whatever guards it (Basic, header, client certificate) is in `send` too.
 * @example const acs = genieacs(axiosSend({ baseUrl: 'http://127.0.0.1:7557' }), systemClock);
 */
export function genieacs(send: Send, clock: Clock) {
  const wire = nbi(send, clock);
  const ofDevices = devices(wire);
  const ofTasks = tasks(wire, ofDevices);
  const ofProvisions = provisions(wire);
  const ofPresets = presets(wire);
  return {
    devices: ofDevices,
    tasks: ofTasks,
    faults: faults(wire),
    presets: ofPresets,
    provisions: ofProvisions,
    /** Writes Leadlight's own provisions and presets (and no others); the extension file must already lie on the ACS host, see README. */
    async install(): Promise<{ readonly provisions: readonly string[]; readonly presets: readonly string[] }> {
      for (const [name, script] of Object.entries(provisionScripts)) await ofProvisions.put(name, script);
      for (const [name, preset] of Object.entries(presetDocuments)) await ofPresets.put(name, preset);
      return { provisions: Object.keys(provisionScripts), presets: Object.keys(presetDocuments) };
    },
    /** Brings a device to a profile and says for each parameter what became of it. */
    applyProfile: (deviceId: string, parameters: readonly ProfileParameter[], options?: ProfileOptions): Promise<ProfileResult> => applyProfile(ofDevices, ofTasks, deviceId, parameters, options),
    /** Asks the device to call in, without a task. @throws VendorError deviceSilent when it does not answer */
    connectionRequest: (deviceId: string, sessionTimeoutMs?: number) => connectionRequest(wire, deviceId, sessionTimeoutMs),
    /** A cheap read that proves address and credentials, and tells the version. @throws VendorError unexpectedReply when something else answers */
    async status(): Promise<{ readonly type: 'genieacs'; readonly version: string; readonly devices: number; readonly warnings: readonly string[] }> {
      const { total, version } = await wire.list('status', 'devices', { projection: ['_id'], sort: { _id: 1 }, limit: 1 });
      if (version === '') throw new VendorError({ vendor: VENDOR, operation: 'status', kind: 'unexpectedReply', message: 'Something answered, but it is not a GenieACS NBI.', hint: 'Use the NBI address (port 7557), not the UI (3000) or CWMP (7547).' });
      const warnings = version.startsWith('1.2.') ? [] : [`GenieACS ${version} is not the certified 1.2 line: presets bound to events may never fire, and provision arguments mean something else.`];
      return { type: 'genieacs', version, devices: total, warnings };
    },
  };
}
export type GenieAcs = ReturnType<typeof genieacs>;

export { deviceSettings, presetDocuments, provisionScripts };
export type { ProfileOptions, ProfileParameter, ProfileResult, Verdict } from './applyProfile.ts';
export type { ParameterValue } from './checkTask.ts';
export type { Preset, PresetConfiguration } from './checkPreset.ts';
export type { ListDevices } from './devices.ts';
export { deviceId, segment, type DeviceIdParts } from './ids.ts';
export type { QueuedReason, TaskOutcome } from './outcome.ts';
export type { TaskOptions } from './postTask.ts';
export type { DeviceFilter } from './query.ts';
export type { Device, Fault, Parameter } from './read.ts';
export { isSecretPath, redact } from './redact.ts';
export type { WantedValue } from './tasks.ts';
