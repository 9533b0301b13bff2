import type { VendorError } from '../../../core/src/index.ts';
import type { Channel } from './channel.ts';
import { DEADLINES, type Device } from './device.ts';
import { failed, type Lookup } from './lookup.ts';

/**
 * Deletes a device's record and confirms by the list (contract 8): NOT_FOUND alone proves nothing, the core also says so when its store
 * fails. The deadline is 120 s, which the core hands on to its adapters.
 * @returns the devices listed after it was gone; `changed: false` when somebody else had deleted it.
 * @throws VendorError unexpectedReply with `detail.cause: 'removalNotConfirmed'` when it is still listed.
 * @example await removeDevice(channel, find)(device, 'onus.remove')
 */
export function removeDevice(channel: Channel, { list }: Lookup) {
  return async function remove(device: Device, operation: string): Promise<{ readonly changed: boolean; readonly left: readonly Device[] }> {
    let lost: VendorError | undefined;
    try {
      await channel.call('DeleteDevice', { id: device.id }, { deadlineMs: DEADLINES.remove, write: true });
    } catch (error) {
      lost = error as VendorError;
      if (lost.kind !== 'notFound' && lost.outcome !== 'unknown') throw error;
    }
    for (let look = 0; look < 10; look += 1) {
      const left = await list();
      if (!left.some((one) => one.id === device.id)) return { changed: lost?.kind !== 'notFound', left };
      if (lost) throw lost;
      await channel.clock.sleep(3_000);
    }
    throw failed(operation, {
      kind: 'unexpectedReply',
      outcome: 'unknown',
      message: `VOLTHA accepted the deletion of ${device.id} but still lists it.`,
      hint: 'Its adapter may be slow or gone. List the devices again in a minute; force the deletion with voltctl only when it stays.',
      detail: { cause: 'removalNotConfirmed', deviceId: device.id },
    });
  };
}
