import type { BulkItem } from './bulk.ts';
import { bulk } from './bulk.ts';
import type { Devices } from './devices.ts';
import { rejected } from './errors.ts';
import type { Files } from './files.ts';
import { HOLD_TAG, MIGRATING_TAG } from './provisioningSet.ts';
import type { DeviceFilter } from './query.ts';
import type { Device } from './read.ts';
import { versionOf, type Upgrade, type Upgrades } from './upgrade.ts';

export interface RolloutPlan {
  /** A firmware file stored in GenieACS, with its version. */
  readonly file: string;
  /** Which devices; the file's own OUI and product class narrow it further. */
  readonly filter?: DeviceFilter;
  /** Devices ordered per call; default 10. */
  readonly waveSize?: number;
  readonly concurrency?: number;
  /** No further wave once so many devices failed; default 3. */
  readonly stopAfterFailures?: number;
}
export interface Rollout {
  /** `running` call again later · `stopped` too many failed · `done` nobody is left. */
  readonly type: 'running' | 'stopped' | 'done';
  readonly file: string;
  readonly version: string;
  readonly counts: { readonly upgraded: number; readonly pending: number; readonly failed: number; readonly remaining: number };
  /** What this call saw or did, one per device. */
  readonly items: readonly { readonly deviceId: string; readonly serial: string; readonly type: Upgrade['type'] | BulkItem['type']; readonly because: string }[];
}

const PENDING = 'leadlight-firmware-pending-';
/** A device whose transfer failed; it is left out until somebody takes the tag off. */
export const FAILED_TAG = 'leadlight-firmware-failed';

/**
 * One step of a firmware rollout; call it on a schedule until it says `done`. It looks what became of the devices ordered before, then orders
 * the next wave. What is under way is kept as tags on the devices in GenieACS, so a restart forgets nothing and no device is ordered twice.
 * Devices with the tag `leadlight-firmware-hold` are left out. S0-109.
 * @throws VendorError notFound (no such file) | rejectedInput (the file has no version to prove success by)
 * @example await rollout(devices, files, upgrade, { file: 'fw-1.2.bin', filter: { productClass: 'HT803G-W' }, waveSize: 100 })
 */
export async function rollout(devices: Devices, files: Files, upgrade: Upgrades, plan: RolloutPlan): Promise<Rollout> {
  const { filter = {}, waveSize = 10, concurrency = 5, stopAfterFailures = 3 } = plan;
  const file = await files.get(plan.file);
  const { version } = file;
  if (version === null) throw rejected('rollout', `${plan.file} has no version.`, 'Upload it with the SoftwareVersion it brings; only that proves an upgrade.');
  const whose: DeviceFilter = { ...filter, ...(file.oui ? { oui: file.oui } : {}), ...(file.productClass ? { productClass: file.productClass } : {}) };
  const items: Rollout['items'][number][] = [];
  const counts = { upgraded: 0, pending: 0, failed: 0, remaining: 0 };
  const waiting: Device[] = [];

  for await (const device of devices.list({ ...whose, projection: upgrade.versionPaths })) {
    const tag = device.tags.find((one) => one.startsWith(PENDING));
    const clear = () => (tag === undefined ? undefined : devices.untag(device.id, tag));
    if (versionOf(device) === version) {
      counts.upgraded += 1;
      if (tag !== undefined) items.push({ deviceId: device.id, serial: device.serial, type: 'upgraded', because: `It reports ${version}.` });
      await clear();
    } else if (device.tags.includes(FAILED_TAG)) {
      counts.failed += 1;
    } else if (tag !== undefined) {
      const order = tag.slice(PENDING.length);
      const seen = await upgrade.confirm({ deviceId: device.id, taskId: /^[0-9a-f]{24}$/.test(order) ? order : null, file: plan.file, before: null, wanted: version });
      items.push({ deviceId: device.id, serial: device.serial, type: seen.type, because: seen.because });
      if (seen.type === 'failed') {
        await devices.tag(device.id, FAILED_TAG);
        await clear();
        counts.failed += 1;
      } else if (seen.type === 'upgraded') {
        await clear();
        counts.upgraded += 1;
      } else counts.pending += 1;
    } else if (!device.tags.includes(HOLD_TAG) && !device.tags.includes(MIGRATING_TAG)) waiting.push(device);
  }

  const stop = counts.failed >= stopAfterFailures;
  // Never more under way than one wave: a slow one must end before the next begins.
  const wave = stop ? [] : waiting.slice(0, Math.max(0, waveSize - counts.pending));
  const report = await bulk(devices, wave.map(({ id }) => ({ deviceId: id })), { repeatable: false, run: (id) => order(id) }, { concurrency, stopAfterFailures: stopAfterFailures - counts.failed });
  for (const [i, item] of report.items.entries()) items.push({ deviceId: wave[i]!.id, serial: wave[i]!.serial, type: item.type, because: item.because });
  counts.pending += report.items.filter((one) => ['accepted', 'queued', 'unknown'].includes(one.type)).length;
  const failed = report.items.filter((one) => one.type === 'failed').length;
  counts.failed += failed;
  counts.remaining = waiting.length - report.items.filter((one) => ['accepted', 'queued', 'unknown', 'failed', 'same'].includes(one.type)).length;
  const type = counts.failed >= stopAfterFailures ? 'stopped' : counts.pending + counts.remaining === 0 ? 'done' : 'running';
  return { type, file: plan.file, version, counts, items };

  // Tagged before it is ordered: whoever dies in between leaves a device to look at, never one that is ordered twice.
  async function order(id: string): Promise<Upgrade> {
    await devices.tag(id, `${PENDING}unknown`);
    let started: Upgrade;
    try {
      started = await upgrade.start(id, plan.file);
    } catch (error) {
      await devices.untag(id, `${PENDING}unknown`);
      throw error;
    }
    if (started.type === 'failed') await devices.tag(id, FAILED_TAG);
    else if (started.taskId !== null) await devices.tag(id, `${PENDING}${started.taskId}`);
    if (started.type !== 'unknown' || started.taskId !== null) await devices.untag(id, `${PENDING}unknown`);
    return started;
  }
}
