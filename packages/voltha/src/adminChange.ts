import type { VendorError } from '../../../core/src/index.ts';
import type { Channel } from './channel.ts';
import { DEADLINES, type Device } from './device.ts';
import { failed, type Lookup } from './lookup.ts';

export interface AdminWanted {
  readonly call: string;
  /** Default `{ id }` of the device. */
  readonly request?: object;
  readonly state: 'ENABLED' | 'DISABLED';
  readonly operation: string;
}

/**
 * Sends a change of the admin state once and reads it back until it agrees (contract 7). Being so already, somebody faster, and a lost
 * answer are all settled by the state, never by the text of an error.
 * @throws VendorError conflict when VOLTHA refuses, unexpectedReply with `detail.cause: 'changeNotConfirmed'` when it accepts and nothing changes.
 * @example await adminChange(channel, find)(device, { call: 'EnableDevice', state: 'ENABLED', operation: 'onus.enable' })
 */
export function adminChange(channel: Channel, { reread }: Lookup) {
  return async function change(device: Device, { call, request, state, operation }: AdminWanted): Promise<{ readonly device: Device; readonly changed: boolean }> {
    if (device.admin_state === state && device.oper_status !== 'FAILED') return { device, changed: false };
    let raced = false;
    try {
      await channel.call(call, request ?? { id: device.id }, { deadlineMs: DEADLINES.change, write: true });
    } catch (error) {
      const { status, outcome } = error as VendorError;
      if (status !== 9 && outcome !== 'unknown') throw error;
      if ((await reread(device.id)).admin_state !== state) throw error;
      raced = status === 9;
    }
    for (let look = 0; look < 10; look += 1) {
      const now = await reread(device.id);
      if (now.admin_state === state) return { device: now, changed: !raced };
      await channel.clock.sleep(1_000);
    }
    throw failed(operation, {
      kind: 'unexpectedReply',
      outcome: 'unknown',
      message: `VOLTHA accepted ${call} but the device did not become ${state}.`,
      hint: 'Read it again in a minute; then look at the adapter.',
      detail: { cause: 'changeNotConfirmed', deviceId: device.id },
    });
  };
}
