import type { Cwmp } from './cwmp.ts';
import type { Devices, OktopusDevice } from './devices.ts';
import { failure } from './errors.ts';
import type { Mtp, ObjectAdded, ObjectDeleted, Operated, Usp, UspSetOptions } from './usp.ts';
import type { ParametersRead, SetResult, WantedParameter } from './values.ts';

/** `auto` asks Oktopus how the device is connected and prefers USP. */
export type Protocol = 'auto' | 'usp' | 'cwmp';
export interface ProtocolOptions { readonly protocol?: Protocol; readonly mtp?: Mtp }

/**
 * How a device can be spoken to now: `any` never chooses CWMP, and answers nothing for a device that has only that (acs.md 3.3).
 * @throws VendorError deviceSilent when it is offline or still associating
 * @example protocolOf(device) // 'cwmp'
 */
export function protocolOf({ transports, status }: OktopusDevice): 'usp' | 'cwmp' {
  if ([transports.mqtt, transports.websockets, transports.stomp].includes('online')) return 'usp';
  if (transports.cwmp === 'online') return 'cwmp';
  throw failure('device.protocol', { kind: 'deviceSilent', reason: status === 'associating' ? 'associating' : 'offline', message: status === 'associating' ? 'The device is still associating.' : 'The device is offline.', hint: 'Oktopus keeps no queue: repeat when it is back (event device.online).' });
}

/** The same few verbs over either protocol. */
export function parameters(devices: Devices, usp: Usp, cwmp: Cwmp) {
  const choose = async (serial: string, { protocol = 'auto' }: ProtocolOptions): Promise<'usp' | 'cwmp'> => (protocol === 'auto' ? protocolOf(await devices.get(serial)) : protocol);
  const over = ({ mtp }: ProtocolOptions): { mtp?: Mtp } => (mtp === undefined ? {} : { mtp });
  return {
    /** Reads parameters and branches; secrets come as null. */
    get: async (serial: string, paths: readonly string[], options: ProtocolOptions = {}): Promise<ParametersRead> => ((await choose(serial, options)) === 'usp' ? usp.get(serial, paths, over(options)) : cwmp.getParameterValues(serial, paths)),
    /** Writes parameters and reads them back; a verdict for each. */
    set: async (serial: string, wanted: readonly WantedParameter[], options: ProtocolOptions & UspSetOptions = {}): Promise<SetResult> =>
      (await choose(serial, options)) === 'usp' ? usp.set(serial, wanted, { ...over(options), ...(options.allowPartial === undefined ? {} : { allowPartial: options.allowPartial }) }) : cwmp.setParameterValues(serial, wanted),
    /** Makes an object in a table. Not repeatable. */
    add: async (serial: string, table: string, values: readonly { readonly name: string; readonly value: WantedParameter['value'] }[] = [], options: ProtocolOptions = {}): Promise<ObjectAdded> => ((await choose(serial, options)) === 'usp' ? usp.add(serial, table, values, over(options)) : cwmp.addObject(serial, table, values)),
    /** Deletes an object; one that is not there is fine. */
    delete: async (serial: string, object: string, options: ProtocolOptions = {}): Promise<ObjectDeleted> => ((await choose(serial, options)) === 'usp' ? usp.delete(serial, object, over(options)) : cwmp.deleteObject(serial, object)),
    /** Restarts the device; sent once. */
    reboot: async (serial: string, options: ProtocolOptions = {}): Promise<Operated> => ((await choose(serial, options)) === 'usp' ? usp.operate(serial, 'Device.Reboot()', {}, over(options)) : cwmp.reboot(serial)),
    /** Puts the device back to what it was made with; sent once. */
    factoryReset: async (serial: string, options: ProtocolOptions = {}): Promise<Operated> => ((await choose(serial, options)) === 'usp' ? usp.operate(serial, 'Device.FactoryReset()', {}, over(options)) : cwmp.factoryReset(serial)),
  };
}
export type Parameters = ReturnType<typeof parameters>;
