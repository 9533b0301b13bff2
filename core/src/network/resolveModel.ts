import { accept, refuse, type Decision } from '../kernel/decision.ts';
import type { DeviceFacts, DeviceProfile, FlatProfile } from './deviceProfile.ts';
import { flattenProfile } from './flattenProfile.ts';
import { builtInProfiles } from './builtInProfiles.ts';

/** What a device calls itself. `parameters`, its tree as read, gives the model name and firmware that are not named here. */
export interface CpeDevice {
  readonly productClass: string;
  readonly modelName?: string;
  readonly oui?: string;
  readonly manufacturer?: string;
  readonly serial?: string;
  readonly firmware?: string;
  readonly parameters?: DeviceFacts;
}
export type ModelRefusal = 'unknownModel' | 'ambiguousModel' | 'badProfile';

/**
 * The profile of a device: every condition holds, the firmware fits, the highest priority wins. Two equal ones are refused, so is a device
 * that none describes: nothing is guessed from a likeness. `Device2` alone says only "TP-Link, TR-181" and is not enough (acs.md 0.7).
 * @example resolveModel({ productClass: 'Device2', modelName: 'XX230v' }).value.id // 'tplink-xx230v'
 */
export function resolveModel(device: CpeDevice, profiles: readonly DeviceProfile[] = builtInProfiles): Decision<FlatProfile, ModelRefusal> {
  const who = identify(device);
  const fits = ({ match }: DeviceProfile, skip?: string): boolean =>
    match !== undefined && match.all.every(({ field, eq, regex }) => field === skip || (eq === undefined ? new RegExp(regex ?? '').test(who[field]) : who[field] === eq)) && (!match.firmware || new RegExp(match.firmware.regex).test(who.firmware));
  const matching = profiles.filter((one) => fits(one));
  const best = Math.max(...matching.map(({ match }) => match!.priority));
  const [first, second] = matching.filter(({ match }) => match!.priority === best);
  if (second) return refuse('ambiguousModel', `${first!.id} and ${second.id} both describe this device.`, { path: 'device', hint: 'Give one of them a higher priority, or a narrower match.', facts: { profiles: [first!.id, second.id] } });
  if (!first) {
    const byName = profiles.filter((one) => fits(one, 'modelName')).map(({ id }) => id);
    if (who.modelName === '' && byName.length > 0) {
      return refuse('unknownModel', 'Several models share this product class.', { path: 'device.modelName', hint: 'Read DeviceInfo.ModelName of the device and give it too.', facts: { profiles: byName } });
    }
    return refuse('unknownModel', 'No profile describes this model.', { path: 'device.productClass', hint: 'Read its parameter tree once, then write a device profile for it.' });
  }
  const flat = flattenProfile(first, profiles);
  return flat.type === 'refused' ? flat : accept(flat.value, `${first.id} describes this device.`, ...flat.because);
}

/** What is known of a device's identity, empty where it is not. @example identify({ productClass: 'Device2', parameters: { 'Device.DeviceInfo.ModelName': { value: 'XX230v' } } }).modelName // 'XX230v' */
export function identify(device: CpeDevice): Readonly<Record<'productClass' | 'modelName' | 'oui' | 'manufacturer' | 'serial' | 'firmware', string>> {
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  const read = (name: string): string => text(['Device', 'InternetGatewayDevice'].map((root) => device.parameters?.[`${root}.DeviceInfo.${name}`]?.value).find((value) => text(value) !== ''));
  return {
    productClass: text(device.productClass) || read('ProductClass'), modelName: text(device.modelName) || read('ModelName'), oui: text(device.oui) || read('ManufacturerOUI'),
    manufacturer: text(device.manufacturer) || read('Manufacturer'), serial: text(device.serial) || read('SerialNumber'), firmware: text(device.firmware) || read('SoftwareVersion'),
  };
}
