import { isVendorError } from '../../../../core/src/index.ts';
import type { Device, GenieAcs, TaskOutcome } from '../../../genieacs/src/index.ts';
import type { AcsWriter } from './api.ts';
import { leavesOut } from './leavesOut.ts';
import type { DeviceRef, OldAcs, OldFacts, Root, Sent } from './ports.ts';

const ROOTS: readonly Root[] = ['InternetGatewayDevice', 'Device'];
const NAMES = ['ManagementServer.URL', 'ManagementServer.PeriodicInformInterval', 'ManagementServer.ConnectionRequestUsername', 'DeviceInfo.ModelName'] as const;
const SLIM = ROOTS.flatMap((root) => NAMES.map((name) => `${root}.${name}`));
const OURS = 'leadlight-acs:';
const MANY = 100_000;

const missing = (error: unknown): boolean => isVendorError(error) && error.kind === 'notFound';
const silent = (error: unknown): boolean => isVendorError(error) && error.kind === 'deviceSilent';

function factsOf(device: Device, openTasks: number, openFaults: number, sameSerial: number): OldFacts {
  const { parameters } = device;
  const root = ROOTS.find((one) => parameters[`${one}.ManagementServer.URL`] || parameters[`${one}.DeviceInfo.ModelName`]) ?? 'Device';
  const at = (name: string) => parameters[`${root}.${name}`];
  const text = (name: string): string | null => (typeof at(name)?.value === 'string' ? String(at(name)!.value) : null);
  const interval = at('ManagementServer.PeriodicInformInterval')?.value;
  return {
    deviceId: device.id, serial: device.serial, oui: device.oui, productClass: device.productClass, modelName: text('DeviceInfo.ModelName'), root, url: text('ManagementServer.URL') || null, urlWritable: at('ManagementServer.URL')?.writable === true,
    intervalSeconds: interval === undefined || interval === null || interval === '' ? null : Number(interval), connectionRequestUsername: text('ManagementServer.ConnectionRequestUsername'), lastInform: device.lastInform, openTasks, openFaults, sameSerial,
  };
}

/** What a task came to, for the migration: `notApplied` is settled by the look that follows. */
function sent(outcome: TaskOutcome): Sent {
  if (outcome.type === 'faulted') return { outcome: 'refused', problem: { code: outcome.fault.code, message: `The device refused it: ${outcome.fault.message}.`, hint: 'Look at the fault in GenieACS.' } };
  return { outcome: outcome.type === 'executed' ? 'applied' : outcome.type === 'queued' ? 'waiting' : 'unknown' };
}

/**
 * GenieACS as the ACS that devices leave. Nothing is ever sent twice by it: what was sent is looked for.
 * @example const old = oldGenieAcs(genieacs(send, clock));
 */
export function oldGenieAcs(acs: GenieAcs): OldAcs {
  const readTask = async (device: DeviceRef, uniqueKey: string, names: readonly string[]) =>
    acs.tasks.getParameterValues(device.deviceId, names.map((name) => `${device.root}.${name}`), { uniqueKey, failIfOffline: true, waitMs: 6_000 });
  const open = async (deviceId: string) => (await acs.tasks.list({ deviceId })).filter(({ uniqueKey }) => !uniqueKey?.startsWith(OURS)).length;

  return {
    async inventory({ tag, productClass, serials }) {
      const devices: Device[] = [];
      for await (const device of acs.devices.list({ projection: SLIM, ...(tag ? { tag } : {}), ...(productClass ? { productClass } : {}), ...(serials ? { serials } : {}) })) devices.push(device);
      const count = (ids: readonly string[]): ReadonlyMap<string, number> => ids.reduce((sums, id) => sums.set(id, (sums.get(id) ?? 0) + 1), new Map<string, number>());
      const tasks = count((await acs.tasks.list({}, MANY)).filter(({ uniqueKey }) => !uniqueKey?.startsWith(OURS)).map(({ deviceId }) => deviceId));
      const faults = count((await acs.faults.list({}, MANY)).map(({ deviceId }) => deviceId));
      // A serial is doubled across the whole ACS, not only within the scope.
      const everyone: string[] = [];
      if (tag || productClass || serials) for await (const { serial } of acs.devices.list(serials ? { serials } : {})) everyone.push(serial);
      else everyone.push(...devices.map(({ serial }) => serial));
      const same = count(everyone);
      return devices.map((device) => factsOf(device, tasks.get(device.id) ?? 0, faults.get(device.id) ?? 0, same.get(device.serial) ?? 1));
    },

    async facts(ref) {
      try {
        let device = await acs.devices.get(ref.deviceId, SLIM);
        if (!factsOf(device, 0, 0, 1).url) {
          for (const root of ROOTS) await acs.tasks.getParameterValues(ref.deviceId, [`${root}.ManagementServer.URL`], { uniqueKey: `${OURS}read`, failIfOffline: true, waitMs: 6_000 }).catch((error: unknown) => { if (!silent(error)) throw error; });
          device = await acs.devices.get(ref.deviceId, SLIM);
        }
        const faults = await acs.faults.list({ deviceId: ref.deviceId });
        return factsOf(device, await open(ref.deviceId), faults.length, await acs.devices.count({ serials: [device.serial] }));
      } catch (error) {
        if (missing(error)) return null;
        throw error;
      }
    },

    async writers(tag) {
      const scripts = new Map((await acs.provisions.list()).map(({ name, script }) => [name, script]));
      const found: AcsWriter[] = [];
      for (const preset of await acs.presets.list()) {
        const touches = preset.configurations.flatMap((one) => {
          if (one.type === 'provision') return /ManagementServer/.test(scripts.get(one.name) ?? '') ? [`its provision ${one.name} names ManagementServer`] : [];
          return 'name' in one && one.type === 'value' && /ManagementServer/.test(one.name) ? [`it sets ${one.name}`] : [];
        });
        const now = typeof preset.precondition === 'string' ? preset.precondition.trim() : '';
        if (touches.length === 0 || leavesOut(now, tag)) continue;
        const absent = `Tags.${tag} IS NULL`;
        const old = now.startsWith('{');
        found.push({ preset: String(preset._id), because: `${touches.join(', ')}${old ? '; its precondition has the old JSON form and must be rewritten as an expression' : ''}.`, precondition: now === '' || old ? absent : `(${now}) AND ${absent}` });
      }
      return found;
    },

    async prepare(device, key, tag, settings) {
      await acs.devices.tag(device.deviceId, tag);
      const at = (name: string) => `${device.root}.ManagementServer.${name}`;
      const outcome = await acs.tasks.setParameterValues(device.deviceId, [
        { path: at('PeriodicInformInterval'), value: settings.intervalSeconds },
        { path: at('ConnectionRequestUsername'), value: settings.connectionRequestUsername },
        { path: at('ConnectionRequestPassword'), value: settings.connectionRequestPassword, secret: true },
        ...(settings.username === undefined ? [] : [{ path: at('Username'), value: settings.username }]),
        ...(settings.password === undefined ? [] : [{ path: at('Password'), value: settings.password, secret: true }]),
      ], { uniqueKey: key });
      // A faulted task would run again by itself, much later.
      if (outcome.type === 'faulted') await acs.tasks.delete(outcome.taskId);
      return sent(outcome);
    },

    async confirm(device, key) {
      try {
        const { outcome, device: read } = await readTask(device, key, NAMES.slice(0, 3));
        if (outcome.type !== 'executed') return null;
        const { url, intervalSeconds, connectionRequestUsername } = factsOf(read, 0, 0, 1);
        return { url: url ?? '', intervalSeconds, connectionRequestUsername: connectionRequestUsername ?? '' };
      } catch (error) {
        if (silent(error)) return null;
        throw error;
      }
    },

    // Marked secret only so that nobody asks the CPE to confirm: it is gone, and the question would wait for it.
    switchUrl: async (device, key, url) => sent(await acs.tasks.setParameterValues(device.deviceId, [{ path: `${device.root}.ManagementServer.URL`, value: url, secret: true }], { uniqueKey: key, waitMs: 0 })),

    async whereabouts(device, switchKey) {
      const tasks = await acs.tasks.list({ deviceId: device.deviceId, uniqueKey: switchKey });
      const faults = tasks.length === 0 ? [] : await acs.faults.list({ deviceId: device.deviceId });
      const fault = faults.find(({ channel }) => tasks.some(({ id }) => channel === `task_${id}`));
      try {
        const read = await acs.devices.get(device.deviceId, SLIM);
        return { waiting: tasks.length > 0, fault: fault ? { code: fault.code, message: fault.message } : null, url: factsOf(read, 0, 0, 1).url, oldInformAt: read.lastInform };
      } catch (error) {
        if (missing(error)) return { waiting: false, fault: null, url: null, oldInformAt: null };
        throw error;
      }
    },

    async cancel(device, switchKey) {
      let any = false;
      for (const { id } of await acs.tasks.list({ deviceId: device.deviceId, uniqueKey: switchKey })) any = (await acs.tasks.delete(id)).deleted || any;
      return any;
    },

    async restore(device, key, tag, before) {
      try {
        for (const { id, uniqueKey } of await acs.tasks.list({ deviceId: device.deviceId })) if (uniqueKey?.startsWith(OURS)) await acs.tasks.delete(id);
        // Best effort: what waits runs at the next inform. The password cannot be put back; the presets write their own once the tag is gone.
        if (before?.intervalSeconds != null) await acs.tasks.setParameterValues(device.deviceId, [{ path: `${device.root}.ManagementServer.PeriodicInformInterval`, value: before.intervalSeconds }], { uniqueKey: key, waitMs: 0 });
        await acs.tasks.getParameterValues(device.deviceId, [`${device.root}.ManagementServer.URL`], { uniqueKey: `${key}:read`, waitMs: 0 });
        await acs.devices.untag(device.deviceId, tag);
      } catch (error) {
        if (!missing(error)) throw error;
      }
    },

    async forget(device, since) {
      try {
        const { lastInform } = await acs.devices.get(device.deviceId);
        if (lastInform !== null && Date.parse(lastInform) > Date.parse(since)) return 'cameBack';
        await acs.devices.delete(device.deviceId);
      } catch (error) {
        if (!missing(error)) throw error;
      }
      return 'deleted';
    },
  };
}
