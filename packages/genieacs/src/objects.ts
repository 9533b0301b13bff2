import { isVendorError, shortHash } from '../../../core/src/index.ts';
import type { Nbi } from './call.ts';
import type { ParameterValue } from './checkTask.ts';
import type { Devices } from './devices.ts';
import type { TaskOutcome } from './outcome.ts';
import { postTask, type TaskOptions } from './postTask.ts';
import type { Device } from './read.ts';
import { isSecretPath } from './redact.ts';
import { sameValue } from './sameValue.ts';

/** A task outcome with the instance it is about; `instance` is null while nobody knows its number. */
export type ObjectOutcome = TaskOutcome & { readonly objectName: string; readonly instance: number | null };

/** Numbers of the instances under an object. @example instancesOf({ 'Device.NAT.PortMapping.3': {} }, 'Device.NAT.PortMapping') // [3] */
export function instancesOf(parameters: Device['parameters'] | Readonly<Record<string, object>>, objectName: string): readonly number[] {
  const found = Object.keys(parameters).flatMap((path) => (path.startsWith(`${objectName}.`) ? [Number(path.slice(objectName.length + 1).split('.')[0])] : []));
  return [...new Set(found.filter((one) => Number.isInteger(one) && one > 0))].sort((a, b) => a - b);
}

/**
 * Adds an instance and says which one: GenieACS does not tell, so the instances before and after are compared, and the values are read
 * back from the CPE. Never sent twice: two posts make two instances. A path that cannot have instances ends as `notApplied`.
 * @throws VendorError rejectedInput (nothing sent) | notFound
 * @example await addObject(nbi, devices, id, 'Device.NAT.PortMapping', { ExternalPort: 8080 })
 */
export async function addObject(nbi: Nbi, devices: Devices, deviceId: string, objectName: string, values: Readonly<Record<string, ParameterValue>> = {}, options: TaskOptions = {}): Promise<ObjectOutcome> {
  const name = objectName.replace(/\.+$/, '');
  const rows = Object.entries(values);
  const look = async (): Promise<readonly number[]> => instancesOf((await devices.get(deviceId, name === '' ? [] : [name])).parameters, name);
  let before = await look();
  if (before.length === 0 && name !== '' && (options.connectionRequest ?? true)) {
    // GenieACS may never have read this object; then instances that were there all along would look new.
    await postTask(nbi, 'tasks.refreshObject', deviceId, { name: 'refreshObject', objectName: name }, { uniqueKey: 'leadlight-read-back' });
    before = await look();
  }
  const added = await postTask(nbi, 'tasks.addObject', deviceId, { name: 'addObject', objectName: name, parameterValues: rows }, { uniqueKey: `leadlight-add-${shortHash(JSON.stringify([name, rows]))}`, ...options });
  if (added.type !== 'executed') return { ...added, objectName: name, instance: null };
  const fresh = (await look()).filter((one) => !before.includes(one));
  const common = { deviceId, taskId: added.taskId, objectName: name };
  if (fresh.length === 0) return { ...common, type: 'notApplied', paths: [name], instance: null, because: 'GenieACS reported success, but no new instance is there: the device has no such object, or does not let it grow.' };
  if (fresh.length > 1) return { ...common, type: 'unknown', instance: null, because: `${fresh.length} instances are new; nobody can tell which is this one.`, hint: 'Read the object and compare its values.' };
  const instance = fresh[0]!;
  const at = (key: string): string => `${name}.${instance}.${key}`;
  const readable = rows.filter(([key]) => !isSecretPath(key)).map(([key, value]) => ({ path: at(key), value }));
  const unverifiable = rows.filter(([key]) => isSecretPath(key)).map(([key]) => at(key));
  if (readable.length === 0) return { ...added, ...common, instance, unverifiable, because: `Instance ${instance} is there.` };
  const asked = await postTask(nbi, 'tasks.getParameterValues', deviceId, { name: 'getParameterValues', parameterNames: readable.map((one) => one.path) }, { uniqueKey: 'leadlight-read-back' });
  if (asked.type !== 'executed') return { ...common, type: 'unknown', instance, because: `Instance ${instance} was added, but the read-back is ${asked.type}.`, hint: 'Read its values when the device answers again.' };
  const device = await devices.get(deviceId, readable.map((one) => one.path));
  const paths = readable.filter((one) => !sameValue(one.value, device.parameters[one.path])).map((one) => one.path);
  if (paths.length > 0) return { ...common, type: 'notApplied', paths, instance, because: `Instance ${instance} was added, but these values are not as wanted.` };
  return { ...added, ...common, instance, verified: readable.map((one) => one.path), unverifiable, because: `Instance ${instance} was added and read back from the device.` };
}

/**
 * Removes an instance and asks the CPE whether it is gone. One that was gone already ends the same way.
 * @throws VendorError rejectedInput (nothing sent) | notFound
 * @example await deleteObject(nbi, devices, id, 'Device.NAT.PortMapping.3')
 */
export async function deleteObject(nbi: Nbi, devices: Devices, deviceId: string, path: string, options: TaskOptions = {}): Promise<ObjectOutcome> {
  const name = path.replace(/\.+$/, '');
  const parent = name.split('.').slice(0, -1).join('.');
  const instance = Number(name.split('.').at(-1));
  const common = { deviceId, objectName: parent, instance: Number.isInteger(instance) ? instance : null };
  const gone = await postTask(nbi, 'tasks.deleteObject', deviceId, { name: 'deleteObject', objectName: name }, { uniqueKey: `leadlight-delete-${shortHash(name)}`, ...options });
  if (gone.type !== 'executed') return { ...gone, ...common };
  try {
    const asked = await postTask(nbi, 'tasks.refreshObject', deviceId, { name: 'refreshObject', objectName: parent }, { uniqueKey: 'leadlight-read-back' });
    if (asked.type !== 'executed') return { ...common, type: 'unknown', taskId: gone.taskId, because: `The delete was carried out, but the look afterwards is ${asked.type}.`, hint: 'Refresh the object when the device answers again.' };
    const still = instancesOf((await devices.get(deviceId, [parent])).parameters, parent).includes(instance);
    if (still) return { ...common, type: 'notApplied', taskId: gone.taskId, paths: [name], because: 'GenieACS reported success, but the instance is still there: the device does not let it go.' };
    return { ...gone, ...common, verified: [name], because: 'The device no longer has it.' };
  } catch (error) {
    if (!isVendorError(error)) throw error;
    return { ...common, type: 'unknown', taskId: gone.taskId, because: `The delete was carried out, but could not be looked at (${error.kind}).`, hint: 'Refresh the object when GenieACS answers again.' };
  }
}
