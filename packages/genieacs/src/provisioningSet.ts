import type { Preset } from './checkPreset.ts';
import { checkPath, type ParameterValue } from './checkTask.ts';
import { rejected } from './errors.ts';
import { isSecretPath } from './redact.ts';

/** What every device of a model shall be, kept so by GenieACS itself at each inform. */
export interface ModelSet {
  /** Names our provisions and presets: lower-case letters, digits, hyphens. */
  readonly id: string;
  /** As the device names itself, e.g. `HT803G-W`. */
  readonly productClass: string;
  /** Where one class covers several models (TP-Link's `Device2`), the model name the device reports; `%` stands for anything. */
  readonly modelName?: string;
  /** Only devices with this tag. */
  readonly tag?: string;
  /** Values written wherever they differ. Secrets are refused: scripts can be read by anyone who reaches the NBI. */
  readonly parameters?: readonly { readonly path: string; readonly value: ParameterValue }[];
  /** Further paths to read anew every hour; `*` stands for each instance. */
  readonly refresh?: readonly string[];
  /** A file stored in GenieACS and the SoftwareVersion it brings; pushed to devices that report another. */
  readonly firmware?: { readonly file: string; readonly version: string };
}
export interface ProvisioningSet {
  readonly provisions: Readonly<Record<string, string>>;
  readonly presets: Readonly<Record<string, Omit<Preset, '_id'>>>;
}

/** Whatever begins so belongs to the set and may be replaced or removed by it; nothing else is touched. */
export const SET_PREFIX = 'leadlight-set-';
/** A device with this tag gets no firmware from the set. */
export const HOLD_TAG = 'leadlight-firmware-hold';
/** A device with this tag is left alone: another ACS is taking it over (acs.md 3.8). */
export const MIGRATING_TAG = 'leadlight-migrating';

const js = (value: unknown): string => JSON.stringify(value).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
const HOURLY = [
  'InternetGatewayDevice.DeviceInfo.HardwareVersion', 'InternetGatewayDevice.DeviceInfo.SoftwareVersion',
  'InternetGatewayDevice.WANDevice.*.WANConnectionDevice.*.WANIPConnection.*.ExternalIPAddress', 'InternetGatewayDevice.WANDevice.*.WANConnectionDevice.*.WANIPConnection.*.MACAddress',
  'InternetGatewayDevice.WANDevice.*.WANConnectionDevice.*.WANPPPConnection.*.ExternalIPAddress',
  'InternetGatewayDevice.LANDevice.*.Hosts.Host.*.HostName', 'InternetGatewayDevice.LANDevice.*.Hosts.Host.*.IPAddress', 'InternetGatewayDevice.LANDevice.*.Hosts.Host.*.MACAddress',
  'Device.DeviceInfo.HardwareVersion', 'Device.DeviceInfo.SoftwareVersion', 'Device.IP.Interface.*.IPv4Address.*.IPAddress', 'Device.Ethernet.Interface.*.MACAddress',
  'Device.Hosts.Host.*.HostName', 'Device.Hosts.Host.*.IPAddress', 'Device.Hosts.Host.*.PhysAddress',
];

// After a factory reset nothing that GenieACS remembers is true: forget the tree, then read what names the device.
const bootstrap = `const now = Date.now();
for (const root of ["Device", "InternetGatewayDevice"]) {
  clear(root, now);
  declare(root + ".DeviceInfo.*", { path: now, value: now });
  declare(root + ".ManagementServer.*", { path: now, value: now });
}
`;
const refresh = (paths: readonly string[]): string => `const hourly = Date.now(3600000);
for (const path of ${js(paths)}) declare(path, { path: hourly, value: hourly });
`;
const inform = ({ parameters = [], refresh: paths = [] }: ModelSet): string => `${refresh(paths)}for (const [path, value] of ${js(parameters.map((one) => [one.path, one.value]))}) declare(path, { path: hourly, value: hourly }, { value: value });
`;
// At most one order a day and device: a file that brings another version than promised must not be flashed in a loop.
const firmware = ({ file, version }: { readonly file: string; readonly version: string }): string => `const hourly = Date.now(3600000);
const running = ["Device", "InternetGatewayDevice"].map((root) => declare(root + ".DeviceInfo.SoftwareVersion", { path: hourly, value: hourly })).filter((one) => one.size && one.value)[0];
if (running && running.value[0] !== ${js(version)}) {
  const image = "Downloads.[FileType:1 Firmware Upgrade Image]";
  declare(image, { path: 1 }, { path: 1 });
  declare(image + ".FileName", { value: 1 }, { value: ${js(file)} });
  declare(image + ".Download", { value: 1 }, { value: Date.now(86400000) });
}
`;

/**
 * The chain of the operator's ACS as scripts and presets: bootstrap clears and re-reads the tree, default reads address, MAC, hosts and
 * firmware hourly, one inform per model keeps its values, one firmware rule per model pushes on mismatch. Plain 1.2 dialect, no arguments.
 * S1-130. Pure.
 * @throws VendorError rejectedInput for a secret, a bad path, two models of one id
 * @example Object.keys(provisioningSet([]).presets) // ['leadlight-set-bootstrap', 'leadlight-set-default']
 */
export function provisioningSet(models: readonly ModelSet[]): ProvisioningSet {
  const provisions: Record<string, string> = { [`${SET_PREFIX}bootstrap`]: bootstrap, [`${SET_PREFIX}default`]: refresh(HOURLY) };
  const rule = (weight: number, name: string, precondition: string, events: Record<string, boolean> = {}): Omit<Preset, '_id'> => ({ weight, channel: name, precondition, events, schedule: '', configurations: [{ type: 'provision', name }] });
  const settled = `Tags.${MIGRATING_TAG} IS NULL`;
  const presets: Record<string, Omit<Preset, '_id'>> = {
    [`${SET_PREFIX}bootstrap`]: rule(0, `${SET_PREFIX}bootstrap`, settled, { '0 BOOTSTRAP': true }),
    [`${SET_PREFIX}default`]: rule(10, `${SET_PREFIX}default`, settled),
  };
  for (const model of models) {
    check(model, models);
    const whose = preconditionOf(model);
    if (model.parameters?.length || model.refresh?.length) {
      const name = `${SET_PREFIX}model-${model.id}`;
      provisions[name] = inform(model);
      presets[name] = rule(20, name, `${whose} AND ${settled}`);
    }
    if (model.firmware) {
      const name = `${SET_PREFIX}firmware-${model.id}`;
      provisions[name] = firmware(model.firmware);
      presets[name] = rule(30, name, `${whose} AND ${settled} AND Tags.${HOLD_TAG} IS NULL`);
    }
  }
  return { provisions, presets };
}

function preconditionOf({ productClass, modelName, tag }: ModelSet): string {
  const named = modelName === undefined ? [] : [`(Device.DeviceInfo.ModelName LIKE ${JSON.stringify(modelName)} OR InternetGatewayDevice.DeviceInfo.ModelName LIKE ${JSON.stringify(modelName)})`];
  return [`DeviceID.ProductClass = ${JSON.stringify(productClass)}`, ...named, ...(tag ? [`Tags.${tag} IS NOT NULL`] : [])].join(' AND ');
}

function check(model: ModelSet, all: readonly ModelSet[]): void {
  const operation = 'provisioningSet';
  const no = (message: string, hint: string): never => {
    throw rejected(operation, message, hint);
  };
  if (!/^[a-z0-9][a-z0-9-]*$/.test(model.id)) no(`"${model.id}" is no id for a model.`, 'Use lower-case letters, digits and hyphens, e.g. ht803g-w.');
  if (all.filter((one) => one.id === model.id).length > 1) no(`Two models are called ${model.id}.`, 'Give each its own id.');
  if (typeof model.productClass !== 'string' || model.productClass === '') no(`${model.id} has no product class.`, 'Give the class the device reports, e.g. HT803G-W.');
  if (model.tag !== undefined && !/^[A-Za-z0-9_-]+$/.test(model.tag)) no(`The tag ${model.tag} cannot stand in a precondition.`, 'Use letters, digits, hyphens and underscores.');
  for (const { path, value } of model.parameters ?? []) {
    checkPath(operation, path);
    if (!['string', 'number', 'boolean'].includes(typeof value)) no(`The value for ${path} is no text, number or flag.`, 'Give a plain value.');
    if (isSecretPath(path)) no(`${path} is a secret.`, 'Scripts can be read by anyone who reaches the NBI. Let the device fetch its secrets: run the provision leadlight-device-settings.');
  }
  for (const path of model.refresh ?? []) checkPath(operation, path.replaceAll('*', '1'));
  if (model.firmware && (!model.firmware.file || !model.firmware.version)) no(`The firmware of ${model.id} needs a file and a version.`, 'Give the name of the stored file and the SoftwareVersion it brings.');
}
