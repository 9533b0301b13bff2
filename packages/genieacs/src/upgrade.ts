import type { Nbi } from './call.ts';
import type { Devices } from './devices.ts';
import { rejected } from './errors.ts';
import { FIRMWARE, type Files } from './files.ts';
import { isTaskId } from './ids.ts';
import { lookAtTask } from './outcome.ts';
import { postTask, type TaskOptions } from './postTask.ts';
import type { Device, Fault } from './read.ts';

/**
 * How far an upgrade got: `same` the device had the version, nothing was sent · `queued` the order waits · `accepted` the CPE took the order,
 * the file may still be on its way · `upgraded` the device reports the version · `otherVersion` it reports another one than before, but
 * not the wanted one · `failed` the transfer failed, perhaps minutes later · `unknown` no reply came.
 */
export interface Upgrade {
  readonly type: 'same' | 'queued' | 'accepted' | 'upgraded' | 'otherVersion' | 'failed' | 'unknown';
  readonly deviceId: string;
  readonly taskId: string | null;
  readonly file: string;
  readonly before: string | null;
  /** The version that proves it; null when nobody said which: then any change does. */
  readonly wanted: string | null;
  readonly version: string | null;
  readonly fault?: Fault;
  readonly because: string;
}
export interface UpgradeOptions extends TaskOptions {
  /** The SoftwareVersion the device reports afterwards; default the file's own `version`. */
  readonly version?: string;
  /** Sends the file though it is made for another OUI or product class. A wrong image can end a device. */
  readonly anyModel?: boolean;
}

const VERSIONS = ['Device.DeviceInfo.SoftwareVersion', 'InternetGatewayDevice.DeviceInfo.SoftwareVersion'];
/** What a device says it runs; null when it never said. @example versionOf({ parameters: {} }) // null */
export function versionOf({ parameters }: Pick<Device, 'parameters'>): string | null {
  for (const path of VERSIONS) {
    const value = parameters[path]?.value;
    if (typeof value === 'string' && value !== '') return value;
  }
  return null;
}

/** Firmware by TR-069 Download. S0-109. @example await upgrades(nbi, devices, files).start(id, 'fw-1.2.bin') */
export function upgrades(nbi: Nbi, devices: Devices, files: Files) {
  return {
    /** The version paths to project when a list of devices shall tell their firmware. */
    versionPaths: VERSIONS,

    /**
     * Orders a device to fetch a file stored in GenieACS. The file is looked up first: with one that is missing GenieACS would send the
     * device nowhere. `accepted` is not yet success; `confirm` says what became of it.
     * @throws VendorError notFound (no such file or device) | rejectedInput (made for another model)
     */
    async start(deviceId: string, fileName: string, options: UpgradeOptions = {}): Promise<Upgrade> {
      const operation = 'upgrade.start';
      const { version, anyModel = false, ...taskOptions } = options;
      const file = await files.get(fileName);
      const device = await devices.get(deviceId, VERSIONS);
      if (file.fileType !== FIRMWARE) throw rejected(operation, `${fileName} is of type "${file.fileType ?? ''}".`, `Firmware is uploaded with the type "${FIRMWARE}".`);
      if (!anyModel && ((file.oui && file.oui !== device.oui) || (file.productClass && file.productClass !== device.productClass))) {
        throw rejected(operation, `${fileName} is made for ${[file.oui, file.productClass].filter(Boolean).join(' ')}, the device is ${device.oui} ${device.productClass}.`, 'Choose the file of this model. A wrong image can end a device.');
      }
      const before = versionOf(device);
      const wanted = version ?? file.version;
      const facts = { deviceId, file: fileName, before, wanted };
      if (wanted !== null && before === wanted) return { ...facts, type: 'same', taskId: null, version: before, because: `The device already runs ${wanted}.` };
      const outcome = await postTask(nbi, operation, deviceId, { name: 'download', file: fileName }, { uniqueKey: 'leadlight-firmware', ...taskOptions });
      const told = { ...facts, taskId: outcome.taskId, version: before };
      switch (outcome.type) {
        case 'executed': return { ...told, type: 'accepted', because: 'The device took the order. Its version, or a fault, will tell.' };
        case 'faulted': return { ...told, type: 'failed', fault: outcome.fault, because: outcome.because };
        case 'queued': return { ...told, type: 'queued', because: outcome.because };
        default: return { ...told, type: 'unknown', because: outcome.because };
      }
    },

    /**
     * What became of an upgrade: the version decides, then a fault, which may come minutes after the device took the order. Looks once, or
     * until `waitMs` is over. Needs nothing but what `start` gave, so it survives a restart.
     * @example await acs.upgrade.confirm(started, { waitMs: 600_000, pollMs: 15_000 })
     */
    async confirm(started: Pick<Upgrade, 'deviceId' | 'taskId' | 'file' | 'before' | 'wanted'>, options: { readonly waitMs?: number; readonly pollMs?: number } = {}): Promise<Upgrade> {
      const { waitMs = 0, pollMs = 15_000 } = options;
      const until = Date.parse(nbi.clock.now()) + waitMs;
      if (started.taskId !== null && !isTaskId(started.taskId)) throw rejected('upgrade.confirm', 'That is not a task id.', 'Give what Upgrade Firmware answered.');
      for (;;) {
        const seen = await look(started);
        if (!['accepted', 'queued', 'unknown'].includes(seen.type) || Date.parse(nbi.clock.now()) + pollMs > until) return seen;
        await nbi.clock.sleep(pollMs);
      }
    },
  };

  async function look({ deviceId, taskId, file, before, wanted }: Pick<Upgrade, 'deviceId' | 'taskId' | 'file' | 'before' | 'wanted'>): Promise<Upgrade> {
    const version = versionOf(await devices.get(deviceId, VERSIONS));
    const facts = { deviceId, taskId, file, before, wanted, version };
    if (wanted !== null && version === wanted) return { ...facts, type: 'upgraded', because: `The device reports ${version}.` };
    if (version !== null && before !== null && version !== before) {
      return wanted === null ? { ...facts, type: 'upgraded', because: `The device reports ${version} instead of ${before}.` } : { ...facts, type: 'otherVersion', because: `The device reports ${version}, wanted was ${wanted}.` };
    }
    if (taskId === null) return { ...facts, type: 'unknown', because: 'Nobody knows whether the order arrived; the version has not changed.' };
    const task = await lookAtTask(nbi, deviceId, taskId);
    if (task.at === 'faulted') return { ...facts, type: 'failed', fault: task.fault, because: `${task.fault.code}: ${task.fault.message}` };
    if (task.at === 'waiting') return { ...facts, type: 'queued', because: 'The order still waits in GenieACS.' };
    return { ...facts, type: 'accepted', because: 'The device took the order; it still reports its old version.' };
  }
}
export type Upgrades = ReturnType<typeof upgrades>;
