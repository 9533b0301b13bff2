import { deviceSetup, isVendorError, refuse, type DeviceFacts, type OrderedSettings, type Refused } from '../../../core/src/index.ts';
import type { Oktopus } from '../../oktopus/src/index.ts';
import type { DeviceSetUp, DeviceSetUpRequest } from './api.ts';

/** Oktopus runs no scripts of ours and cannot fetch secrets, so the hub carries them to the device itself (acs.md 3.7). */
const IN_FORCE = ['applied', 'same', 'written', 'pendingReboot'];

/**
 * Brings wishes and settings to a device of Oktopus and reads back what can be read. Secrets go from the vault to the device and nowhere else.
 * @throws VendorError when Oktopus or the device fails
 * @example await setUpDevice(oss, 'XX230V0001234', { wifi: { ssid: 'Maison', password } }, { 'upnp.enabled': false })
 */
export async function setUpDevice(oss: Oktopus, serial: string, settings: OrderedSettings, wishes: DeviceSetUpRequest['wanted'] = {}): Promise<DeviceSetUp | Refused> {
  const { productClass, model: modelName } = await oss.devices.get(serial);
  const setup = deviceSetup({ productClass, modelName, parameters: await readTree(oss, serial) }, settings, wishes);
  if (setup.type === 'refused') return setup;
  const { model, parameters, leftOut } = setup.value;
  if (parameters.length === 0) return { type: 'deviceSetUp', serial, model, needsReboot: false, parameters: [], leftOut };
  const set = await oss.parameters.set(serial, parameters.map(({ path, value, type, secret }) => ({ path, value, type, secret })));
  const verdicts = set.parameters.map(({ path, verdict }) => ({ path, verdict }));
  const lost = verdicts.filter(({ verdict }) => !IN_FORCE.includes(verdict));
  if (lost.length > 0) return refuse('settingsNotTaken', `The device did not take ${lost.length} of ${verdicts.length} parameters.`, { path: lost[0]!.path, hint: 'See each verdict in the facts; restart the device and send it again.', facts: { parameters: lost } });
  return { type: 'deviceSetUp', serial, model, needsReboot: set.needsReboot, parameters: verdicts, leftOut };
}

/** The tree of a device as it is now; which of the two roots it has is seen by asking. */
async function readTree(oss: Oktopus, serial: string): Promise<DeviceFacts> {
  const read = async (root: string): Promise<DeviceFacts> => Object.fromEntries(Object.entries((await oss.parameters.get(serial, [root])).values).map(([path, value]) => [path, { value }]));
  try {
    const tree = await read('Device.');
    if (Object.keys(tree).length > 0) return tree;
  } catch (error) {
    if (!isVendorError(error) || error.kind !== 'notFound') throw error;
  }
  return read('InternetGatewayDevice.');
}
