import { sameOnt, VendorError } from '../../../core/src/index.ts';
import type { Channel } from './channel.ts';
import { DEADLINES, type Device, type DevicePort } from './device.ts';
import { VENDOR } from './failures.ts';
import { FAILED_REASONS, readOnu, type Onu } from './onu.ts';

/** What a change did, with the ONU read back afterwards. */
export interface OnuChange {
  readonly onu: Onu;
  /** False when it was already so. */
  readonly changed: boolean;
}
export type Onus = ReturnType<typeof onus>;

/** ONUs of one VOLTHA. They are never created from here: the OLT discovers them when light arrives (S0-104, S0-106, S0-107). */
export function onus(channel: Channel) {
  const list = async (): Promise<readonly Device[]> => (await channel.call<{ items: Device[] }>('ListDevices', {}, { deadlineMs: DEADLINES.list })).items;
  const fail = (operation: string, fields: Omit<ConstructorParameters<typeof VendorError>[0], 'vendor' | 'operation'>) => new VendorError({ vendor: VENDOR, operation, ...fields });

  async function find(serial: string, operation: string): Promise<Device> {
    const devices = await list();
    const all = devices.filter((device) => !device.root);
    const found = all.filter((device) => sameOnt(device.serial_number, serial));
    const lit = found.filter((device) => device.connect_status === 'REACHABLE' && device.oper_status === 'ACTIVE');
    const one = found.length === 1 ? found[0] : lit.length === 1 ? lit[0] : undefined;
    if (one) return one;
    if (found.length === 0) {
      throw fail(operation, {
        kind: 'notFound',
        message: `No ONU with serial ${serial} among the ${all.length} VOLTHA knows.`,
        hint: 'Is the ONT powered and the fibre connected to the right OLT? Compare the serial on its label.',
        detail: { cause: 'onuNotFound', serial, scanned: all.length },
      });
    }
    throw fail(operation, {
      kind: 'conflict',
      message: `${found.length} ONUs carry serial ${serial}.`,
      hint: 'It was moved between PON ports. Delete the one that is no longer there.',
      detail: { serial, deviceIds: found.map((device) => device.id) },
    });
  }

  async function state(device: Device): Promise<Onu> {
    const { items } = await channel.call<{ items: DevicePort[] }>('ListDevicePorts', { id: device.id }, { deadlineMs: DEADLINES.read });
    return readOnu(device, items);
  }
  const reread = async (deviceId: string): Promise<Device> => channel.call<Device>('GetDevice', { id: deviceId }, { deadlineMs: DEADLINES.read });

  async function findBySerial(serial: string): Promise<Onu> {
    return state(await find(serial, 'onus.findBySerial'));
  }

  /**
   * Waits, by the clock, until the ONU is ready and shows its UNI.
   * @param reason wait on until VOLTHA gives this reason, e.g. `omci-flows-pushed` after a service was put on.
   * @throws VendorError notFound when it never appeared, deviceSilent when it appeared and did not get that far.
   */
  async function ensureReady(serial: string, { withinMs = 180_000, everyMs = 2_000, reason }: { readonly withinMs?: number; readonly everyMs?: number; readonly reason?: string } = {}): Promise<Onu> {
    const until = Date.parse(channel.clock.now()) + withinMs;
    let seen: Onu | undefined;
    for (;;) {
      let missing: unknown;
      try {
        // Once known, it is asked for alone: a list of everything is megabytes on a real network.
        seen = await state(seen ? await reread(seen.deviceId) : await find(serial, 'onus.ensureReady'));
      } catch (error) {
        if ((error as VendorError).kind !== 'notFound') throw error;
        missing = error;
        seen = undefined;
      }
      if (seen?.ready && seen.uni && (reason === undefined || seen.reason === reason)) return seen;
      const hopeless = seen !== undefined && FAILED_REASONS.has(seen.reason);
      if (!hopeless && Date.parse(channel.clock.now()) < until) {
        await channel.clock.sleep(everyMs);
        continue;
      }
      if (!seen) throw missing;
      const cause = !seen.ready ? 'onuNotReady' : !seen.uni ? 'uniNotReady' : 'reasonNotReached';
      throw fail('onus.ensureReady', {
        kind: 'deviceSilent',
        message: `ONU ${seen.serial} is not ${reason === undefined ? 'ready' : `at ${reason}`}: ${seen.adminState}, ${seen.operStatus}, ${seen.connectStatus}, ${seen.reason || 'no reason given'}${cause === 'uniNotReady' ? ', no UNI yet' : ''}.`,
        hint: seen.connectStatus === 'REACHABLE' ? 'It answers but did not finish. Read its optical level; reboot it once.' : 'No light or no power: check the drop fibre and the ONT.',
        detail: { cause, reason: seen.reason, operStatus: seen.operStatus, connectStatus: seen.connectStatus, adminState: seen.adminState },
      });
    }
  }

  /** Sends an asynchronous change and reads the admin state back until it agrees. */
  async function change(call: 'EnableDevice' | 'DisableDevice', serial: string): Promise<OnuChange> {
    const operation = call === 'EnableDevice' ? 'onus.enable' : 'onus.disable';
    const wanted = call === 'EnableDevice' ? 'ENABLED' : 'DISABLED';
    const device = await find(serial, operation);
    if (device.admin_state === wanted) return { onu: await state(device), changed: false };
    let raced = false;
    try {
      await channel.call(call, { id: device.id }, { deadlineMs: DEADLINES.change, write: true });
    } catch (error) {
      // Somebody may have been faster, or the answer got lost: the state decides, never the error text.
      const { status, outcome } = error as VendorError;
      if (status !== 9 && outcome !== 'unknown') throw error;
      if ((await reread(device.id)).admin_state !== wanted) throw error;
      raced = status === 9;
    }
    for (let look = 0; look < 10; look += 1) {
      const now = await reread(device.id);
      if (now.admin_state === wanted) return { onu: await state(now), changed: !raced };
      await channel.clock.sleep(1_000);
    }
    throw fail(operation, {
      kind: 'unexpectedReply',
      outcome: 'unknown',
      message: `VOLTHA accepted ${call} but the ONU did not become ${wanted}.`,
      hint: 'Read the ONU again in a minute; then look at the adapter.',
      detail: { cause: 'changeNotConfirmed', deviceId: device.id },
    });
  }

  /** Sent exactly once: a reboot whose answer got lost may be under way (access reference 1.5). */
  async function reboot(serial: string): Promise<OnuChange> {
    const device = await find(serial, 'onus.reboot');
    await channel.call('RebootDevice', { id: device.id }, { deadlineMs: DEADLINES.change, write: true });
    return { onu: await state(await reread(device.id)), changed: true };
  }

  /** Deletes the record. NOT_FOUND counts only when the list agrees: the core also says so when its store fails. A lit ONU comes back. */
  async function remove(serial: string): Promise<{ readonly changed: boolean }> {
    const gone = async () => !(await list()).some((device) => !device.root && sameOnt(device.serial_number, serial));
    if (await gone()) return { changed: false };
    const device = await find(serial, 'onus.remove');
    let changed = true;
    try {
      await channel.call('DeleteDevice', { id: device.id }, { deadlineMs: DEADLINES.remove, write: true });
    } catch (error) {
      const { kind, outcome } = error as VendorError;
      if ((kind !== 'notFound' && outcome !== 'unknown') || (await list()).some((one) => one.id === device.id)) throw error;
      changed = kind !== 'notFound';
    }
    return { changed };
  }

  return {
    /** @throws VendorError notFound (none; `detail.scanned` says among how many) or conflict (several, ids in `detail`). */
    findBySerial,
    ensureReady,
    /** Already enabled is success with `changed: false`. @example await voltha.onus.enable('ALPHe3d1cfab') */
    enable: (serial: string) => change('EnableDevice', serial),
    disable: (serial: string) => change('DisableDevice', serial),
    reboot,
    remove,
  };
}
