import { isVendorError } from '../../../core/src/index.ts';
import type { Nbi } from './call.ts';
import { checkPath, type ParameterValue, type Task } from './checkTask.ts';
import type { Devices } from './devices.ts';
import { addObject, deleteObject, type ObjectOutcome } from './objects.ts';
import type { TaskOutcome } from './outcome.ts';
import { postTask, type TaskOptions } from './postTask.ts';
import type { Device } from './read.ts';
import { isSecretPath } from './redact.ts';
import { runAll, type RunAllOptions, type RunAllResult } from './runAll.ts';
import { sameValue } from './sameValue.ts';
import { taskQueue } from './taskQueue.ts';

/** A value to write. `secret` keeps it from being shown or verified; names such as KeyPassphrase are secret by themselves. */
export interface WantedValue {
  readonly path: string;
  readonly value: ParameterValue;
  readonly secret?: boolean;
}

/** What a device is asked to do; each answer says truthfully what became of it. @example await tasks(nbi, devices(nbi)).reboot(deviceId) */
export function tasks(nbi: Nbi, devices: Devices) {
  /** Asks the CPE itself for the values: right after a set, GenieACS' own copy only repeats what was sent. */
  async function readBack(deviceId: string, wanted: readonly WantedValue[], options: TaskOptions): Promise<{ readonly asked: TaskOutcome; readonly device: Device }> {
    const asked = await postTask(nbi, 'tasks.getParameterValues', deviceId, { name: 'getParameterValues', parameterNames: wanted.map((one) => one.path) }, pickWake(options));
    return { asked, device: await devices.get(deviceId, wanted.map((one) => one.path)) };
  }

  async function verify(set: Extract<TaskOutcome, { type: 'executed' }>, wanted: readonly WantedValue[], options: TaskOptions): Promise<TaskOutcome> {
    const readable = wanted.filter((one) => !one.secret && !isSecretPath(one.path));
    const unverifiable = wanted.filter((one) => !readable.includes(one)).map((one) => one.path);
    if (readable.length === 0) return { ...set, unverifiable, because: 'The device took the values; secrets cannot be read back.' };
    const { asked, device } = await readBack(set.deviceId, readable, options);
    if (asked.type !== 'executed') return { type: 'unknown', deviceId: set.deviceId, taskId: set.taskId, because: `The set was carried out, but the read-back is ${asked.type}: ${asked.because}`, hint: 'Read the parameters back when the device answers again.' };
    const paths = readable.filter((one) => !sameValue(one.value, device.parameters[one.path])).map((one) => one.path);
    if (paths.length > 0) return { type: 'notApplied', deviceId: set.deviceId, taskId: set.taskId, paths, because: 'GenieACS reported success, but these parameters do not exist, cannot be written, or kept another value.' };
    return { ...set, verified: readable.map((one) => one.path), unverifiable, because: 'Read back from the device.' };
  }

  return {
    /**
     * Writes parameters and reads them back from the CPE. `executed` means read back and equal; secrets are listed as `unverifiable`.
     * S0-108, S1-115. @throws VendorError rejectedInput (nothing sent) | notFound | unavailable
     * @example await acs.tasks.setParameterValues(id, [{ path: 'Device.WiFi.SSID.1.SSID', value: 'Maison' }], { uniqueKey: 'wifi' })
     */
    async setParameterValues(deviceId: string, values: readonly WantedValue[], options: TaskOptions = {}): Promise<TaskOutcome> {
      const rows = Array.isArray(values) ? values.map((one) => [one?.path, one?.value] as const) : [];
      const set = await postTask(nbi, 'tasks.setParameterValues', deviceId, { name: 'setParameterValues', parameterValues: rows }, options);
      if (set.type === 'executed') return verify(set, values, options);
      if (set.type !== 'unknown' || set.taskId !== null) return set;
      // Silence: whatever happened, the device may already hold what was wanted. GenieACS' copy is asked, the device is not woken.
      const readable = values.filter((one) => !one.secret && !isSecretPath(one.path));
      if (readable.length < values.length || readable.length === 0) return set;
      try {
        const device = await devices.get(deviceId, readable.map((one) => one.path));
        if (!readable.every((one) => sameValue(one.value, device.parameters[one.path]))) return set;
        return { type: 'executed', deviceId, taskId: null, verified: readable.map((one) => one.path), unverifiable: [], because: 'GenieACS did not answer, but holds every value as wanted.' };
      } catch (error) {
        if (isVendorError(error)) return set;
        throw error;
      }
    },

    /** Reads parameters from the CPE now; `device` carries them when it answered. */
    async getParameterValues(deviceId: string, paths: readonly string[], options: TaskOptions = {}): Promise<{ readonly outcome: TaskOutcome; readonly device: Device }> {
      const outcome = await postTask(nbi, 'tasks.getParameterValues', deviceId, { name: 'getParameterValues', parameterNames: paths }, options);
      return { outcome, device: await devices.get(deviceId, paths) };
    },

    /** Re-reads a part of the tree from the CPE; `''` means all of it (slow). */
    refreshObject: (deviceId: string, objectName: string, options: TaskOptions = {}) =>
      postTask(nbi, 'tasks.refreshObject', deviceId, { name: 'refreshObject', objectName: objectName.replace(/\.+$/, '') }, options),

    /** S0-110. `executed` means that the device took the order; its `1 BOOT` inform tells that it came back. */
    reboot: (deviceId: string, options: TaskOptions = {}) => postTask(nbi, 'tasks.reboot', deviceId, { name: 'reboot' }, { uniqueKey: 'leadlight-reboot', ...options }),

    /** `executed` means that the device took the order; its `0 BOOTSTRAP` inform tells that it came back. */
    factoryReset: (deviceId: string, options: TaskOptions = {}) => postTask(nbi, 'tasks.factoryReset', deviceId, { name: 'factoryReset' }, { uniqueKey: 'leadlight-factory-reset', ...options }),

    /** Runs provisions stored in GenieACS by name, without arguments; how settings with secrets reach a device without passing through here. */
    runProvisions: (deviceId: string, names: readonly string[], options: TaskOptions = {}) =>
      postTask(nbi, 'tasks.provisions', deviceId, { name: 'provisions', provisions: names.map((name) => [name]) }, { uniqueKey: `leadlight-${names.join('+')}`, ...options }),

    /** Adds an instance of an object and says which one it became. */
    addObject: (deviceId: string, objectName: string, values?: Readonly<Record<string, ParameterValue>>, options?: TaskOptions): Promise<ObjectOutcome> => addObject(nbi, devices, deviceId, objectName, values, options),
    /** Removes an instance and looks that it is gone. */
    deleteObject: (deviceId: string, path: string, options?: TaskOptions): Promise<ObjectOutcome> => deleteObject(nbi, devices, deviceId, path, options),

    /** Several tasks for one device, one POST after the other; says what became of each. */
    runAll: (deviceId: string, list: readonly Task[], options?: RunAllOptions): Promise<RunAllResult> => runAll(nbi, deviceId, list, options),

    ...taskQueue(nbi),

    /** Whether a path may be sent at all. @throws VendorError rejectedInput */
    checkPath: (path: string): void => checkPath('tasks.checkPath', path),
  };
}
export type Tasks = ReturnType<typeof tasks>;

function pickWake({ sessionTimeoutMs, waitMs, pollMs }: TaskOptions): TaskOptions {
  return { uniqueKey: 'leadlight-read-back', ...(sessionTimeoutMs === undefined ? {} : { sessionTimeoutMs }), ...(waitMs === undefined ? {} : { waitMs }), ...(pollMs === undefined ? {} : { pollMs }) };
}
