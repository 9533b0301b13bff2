// GenieACS through its northbound interface (NBI, :7557), certified against 1.2.x. See README.md.
import { VendorError, type Clock, type Send } from '../../../core/src/index.ts';
import { deviceSettings, presetDocuments, provisionScripts } from './acsScripts.ts';
import { applyProfile, type ProfileOptions, type ProfileParameter, type ProfileResult } from './applyProfile.ts';
import { bulk, type BulkInput, type BulkOptions, type BulkReport } from './bulk.ts';
import { bulkWork, type BulkAction } from './bulkActions.ts';
import { nbi } from './call.ts';
import { connectionRequest } from './connectionRequest.ts';
import { devices } from './devices.ts';
import { diagnose, type Diagnosis } from './diagnose.ts';
import { VENDOR } from './errors.ts';
import { faults } from './faults.ts';
import { files } from './files.ts';
import { installSet, type InstalledSet, type InstallSetOptions } from './installSet.ts';
import { pingFromDevice, pingHost, type DevicePing, type DevicePingOptions } from './ping.ts';
import { pollEvents, type AcsEventType, type PollCursor, type PollOptions } from './poll.ts';
import type { TaskOptions } from './postTask.ts';
import type { ModelSet } from './provisioningSet.ts';
import { rollout, type Rollout, type RolloutPlan } from './rollout.ts';
import { presets, provisions, virtualParameters } from './scripts.ts';
import { tasks } from './tasks.ts';
import { upgrades } from './upgrade.ts';

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
  const ofFiles = files(wire);
  const ofUpgrades = upgrades(wire, ofDevices, ofFiles);
  const profile = (deviceId: string, parameters: readonly ProfileParameter[], options?: ProfileOptions): Promise<ProfileResult> => applyProfile(ofDevices, ofTasks, deviceId, parameters, options);
  return {
    devices: ofDevices,
    tasks: ofTasks,
    faults: faults(wire),
    presets: ofPresets,
    provisions: ofProvisions,
    virtualParameters: virtualParameters(wire),
    files: ofFiles,
    /** Firmware: order it, and later see what became of it. */
    upgrade: ofUpgrades,
    /** Writes Leadlight's own provisions and presets (and no others); the extension file must already lie on the ACS host, see README. */
    async install(): Promise<{ readonly provisions: readonly string[]; readonly presets: readonly string[] }> {
      for (const [name, script] of Object.entries(provisionScripts)) await ofProvisions.put(name, script);
      for (const [name, preset] of Object.entries(presetDocuments)) await ofPresets.put(name, preset);
      return { provisions: Object.keys(provisionScripts), presets: Object.keys(presetDocuments) };
    },
    /** Brings presets and provisions to the operator's set of models; sends nothing when all is so already. */
    installSet: (models: readonly ModelSet[], options?: InstallSetOptions): Promise<InstalledSet> => installSet({ presets: ofPresets, provisions: ofProvisions, files: ofFiles }, models, options),
    /** Brings a device to a profile and says for each parameter what became of it. */
    applyProfile: profile,
    /** The same on many devices, so many at a time; one answer per input, in its order. */
    bulk: (inputs: readonly BulkInput[], action: BulkAction, options: BulkOptions & { readonly task?: TaskOptions } = {}): Promise<BulkReport> =>
      bulk(ofDevices, inputs, bulkWork({ applyProfile: profile, tasks: ofTasks, devices: ofDevices, upgrade: ofUpgrades }, action, options.task), options),
    /** One step of a firmware rollout; call it again until it says `done`. */
    rollout: (plan: RolloutPlan): Promise<Rollout> => rollout(ofDevices, ofFiles, ofUpgrades, plan),
    /** What happened since the last poll. */
    poll: (types: readonly AcsEventType[], cursor?: PollCursor, options?: PollOptions) => pollEvents(wire, types, cursor, options),
    /** Why a device is in trouble, each part seen for itself. */
    diagnose: (deviceId: string, options?: DevicePingOptions & { readonly host?: string }): Promise<Diagnosis> => diagnose(wire, ofDevices, deviceId, options),
    /** The CPE pings an address. */
    pingFromDevice: (deviceId: string, host: string, options?: DevicePingOptions): Promise<DevicePing> => pingFromDevice(wire, ofDevices, deviceId, host, options),
    /** The ACS host pings an address. */
    pingHost: (host: string) => pingHost(wire, host),
    /** Asks the device to call in, without a task. @throws VendorError deviceSilent when it does not answer */
    connectionRequest: (deviceId: string, sessionTimeoutMs?: number) => connectionRequest(wire, deviceId, sessionTimeoutMs),
    /** A cheap read that proves address and credentials, and tells the version. @throws VendorError unexpectedReply when something else answers */
    async status(): Promise<{ readonly type: 'genieacs'; readonly version: string; readonly devices: number; readonly certified: boolean; readonly warnings: readonly string[] }> {
      const { total, version } = await wire.list('status', 'devices', { projection: ['_id'], sort: { _id: 1 }, limit: 1 });
      if (version === '') throw new VendorError({ vendor: VENDOR, operation: 'status', kind: 'unexpectedReply', message: 'Something answered, but it is not a GenieACS NBI.', hint: 'Use the NBI address (port 7557), not the UI (3000) or CWMP (7547).' });
      const certified = version.startsWith('1.2.');
      const warnings = certified ? [] : [`GenieACS ${version} is not the certified 1.2 line: presets bound to events may never fire, and provision arguments mean something else.`];
      return { type: 'genieacs', version, devices: total, certified, warnings };
    },
  };
}
export type GenieAcs = ReturnType<typeof genieacs>;

export { deviceSettings, presetDocuments, provisionScripts };
export type { BulkInput, BulkItem, BulkOptions, BulkReport } from './bulk.ts';
export type { BulkAction } from './bulkActions.ts';
export type { Diagnosis } from './diagnose.ts';
export type { FaultFilter } from './faults.ts';
export type { AcsFile, FileMetadata } from './files.ts';
export type { InstalledSet } from './installSet.ts';
export type { ObjectOutcome } from './objects.ts';
export type { DevicePing, DevicePingOptions, HostPing } from './ping.ts';
export type { AcsEvent, AcsEventType, PollCursor, PollOptions } from './poll.ts';
export { provisioningSet, HOLD_TAG, MIGRATING_TAG, SET_PREFIX, type ModelSet, type ProvisioningSet } from './provisioningSet.ts';
export { readPrecondition } from './precondition.ts';
export { FAILED_TAG, type Rollout, type RolloutPlan } from './rollout.ts';
export type { Removed, Script, Written } from './scripts.ts';
export type { TaskFilter, WaitingTask } from './taskQueue.ts';
export type { Upgrade, UpgradeOptions } from './upgrade.ts';
export type { ProfileOptions, ProfileParameter, ProfileResult, Verdict } from './applyProfile.ts';
export type { ParameterValue, Task } from './checkTask.ts';
export type { Preset, PresetConfiguration } from './checkPreset.ts';
export type { ListDevices } from './devices.ts';
export { deviceId, segment, type DeviceIdParts } from './ids.ts';
export type { QueuedReason, TaskOutcome } from './outcome.ts';
export type { TaskOptions } from './postTask.ts';
export type { DeviceFilter } from './query.ts';
export type { Device, Fault, Parameter } from './read.ts';
export { isSecretPath, redact } from './redact.ts';
export type { WantedValue } from './tasks.ts';
