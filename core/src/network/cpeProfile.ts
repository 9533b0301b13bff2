import { accept, refuse, type Decision } from '../kernel/decision.ts';
import { cpeModels, type CpeModel } from './cpeModels.ts';

export interface CpeDevice {
  readonly productClass: string;
  readonly modelName?: string;
}

/** What the CPE shall be; what is left out is left as it is. */
export interface CpeWanted {
  /** `wan`: which WANConnectionDevice. Turning the one that carries TR-069 into a bridge can strand the device: `confirmed` says it does not, or that it is meant. */
  readonly bridge?: { readonly wan: number; readonly vlanId: number; readonly confirmed?: boolean };
  readonly ntp?: { readonly servers: readonly string[]; /** `-05:00` */ readonly localTimeZone?: string };
  readonly dscp?: { readonly sip?: number; readonly rtp?: number };
  readonly upnp?: boolean;
  readonly wifi?: { readonly ssid: string; readonly password: string };
  readonly voip?: { readonly username: string; readonly password: string; readonly registrar: string; readonly domain: string };
}

export interface CpeParameter {
  readonly path: string;
  readonly value: string | number | boolean;
  readonly type: 'string' | 'boolean' | 'unsignedInt';
  /** Reads back empty on real devices: never verified by value, never logged. */
  readonly secret: boolean;
}
export interface CpeProfile {
  readonly model: string;
  readonly parameters: readonly CpeParameter[];
  /** True where the paths come from documents, not from a device: look that each exists before writing. */
  readonly unverified: boolean;
}

export type CpeRefusal = 'unknownModel' | 'unsupported' | 'badInput' | 'confirmBridge';

/** The ONT's settings of the seed: NTP, voice marked EF and AF31, UPnP off (S1-131, S1-139). */
export const defaultOntSettings: CpeWanted = { ntp: { servers: ['0.ca.pool.ntp.org', '1.ca.pool.ntp.org'], localTimeZone: '-05:00' }, dscp: { sip: 26, rtp: 46 }, upnp: false };

/**
 * The parameters that bring a CPE to what is wanted, in the tree of its model (acs.md 1.8, 5; S1-131, S1-139). A model nobody described is
 * refused, so is a wish its model has no parameter for: nothing is guessed and nothing left out in silence.
 * @example cpeProfile({ productClass: 'HT803G-W' }, { upnp: false }).value.parameters[0] // { path: 'InternetGatewayDevice.DeviceInfo.X_CT-COM_UPNP.Enable', value: false, … }
 */
export function cpeProfile(device: CpeDevice, wanted: CpeWanted): Decision<CpeProfile, CpeRefusal> {
  const model = cpeModels.find((one) => new RegExp(one.productClass).test(device.productClass) && (!one.modelName || new RegExp(one.modelName).test(device.modelName ?? '')));
  if (!model) return refuse('unknownModel', 'No profile describes this model.', { path: 'device.productClass', hint: 'Read its parameter tree once, then add it to the device models.' });
  const bad = complaint(wanted);
  if (bad) return bad;
  const parameters: CpeParameter[] = [];
  for (const [capability, value] of wishes(wanted)) {
    const how = model.capabilities[capability];
    if (!how) return refuse('unsupported', `${model.id} has no parameter for ${capability}.`, { path: `wanted.${capability}`, hint: 'Leave it out for this model, or find its parameter.' });
    parameters.push({
      path: `${model.root}.${how.path.replace('{wan}', String(wanted.bridge?.wan ?? 1))}`,
      value: how.map && typeof value === 'boolean' ? how.map[value ? 'true' : 'false'] : value,
      type: how.type,
      secret: how.secret === true,
    });
  }
  const unverified = model.confidence !== 'dump';
  return accept({ model: model.id, parameters, unverified }, `${parameters.length} parameters for ${model.id}.`, unverified ? 'Its paths come from documents: each is looked up before it is written.' : 'Its paths were seen on a device.');
}

function wishes({ bridge, ntp, dscp, upnp, wifi, voip }: CpeWanted): readonly (readonly [keyof CpeModel['capabilities'], string | number | boolean])[] {
  const list: (readonly [string, string | number | boolean | undefined])[] = [
    // Voice and Wi-Fi first, the bridge last: what may cut the line comes when all else is in.
    ...(voip ? ([['voip.registrar', voip.registrar], ['voip.domain', voip.domain], ['voip.username', voip.username], ['voip.password', voip.password], ['voip.enable', true]] as const) : []),
    ...(wifi ? ([['wifi.24.ssid', wifi.ssid], ['wifi.24.password', wifi.password], ['wifi.5.ssid', wifi.ssid], ['wifi.5.password', wifi.password]] as const) : []),
    ...(ntp ? ([['ntp.server1', ntp.servers[0]], ['ntp.server2', ntp.servers[1]], ['ntp.localTimeZone', ntp.localTimeZone]] as const) : []),
    ['dscp.sip', dscp?.sip], ['dscp.rtp', dscp?.rtp], ['upnp', upnp],
    ...(bridge ? ([['wan.vlan', bridge.vlanId], ['wan.connectionType', 'IP_Bridged']] as const) : []),
  ];
  return list.flatMap(([capability, value]) => (value === undefined ? [] : [[capability, value] as const]));
}

function complaint({ bridge, ntp, dscp, wifi }: CpeWanted): Decision<never, CpeRefusal> | undefined {
  const bad = (path: string, message: string) => refuse('badInput' as const, message, { path: `wanted.${path}` });
  const whole = (value: number, min: number, max: number) => Number.isInteger(value) && value >= min && value <= max;
  for (const kind of ['sip', 'rtp'] as const) {
    if (dscp?.[kind] !== undefined && !whole(dscp[kind], 0, 63)) return bad(`dscp.${kind}`, 'A DSCP mark is a whole number from 0 to 63.');
  }
  if (ntp && (ntp.servers.length < 1 || ntp.servers.length > 2)) return bad('ntp.servers', 'One or two time servers.');
  if (ntp?.localTimeZone !== undefined && !/^[+-]\d{2}:\d{2}$/.test(ntp.localTimeZone)) return bad('ntp.localTimeZone', 'A time zone is written -05:00.');
  if (wifi && !/^[\x20-\x7e]{8,63}$/.test(wifi.password)) return bad('wifi.password', 'A Wi-Fi password has 8 to 63 plain characters.');
  if (wifi) {
    const bytes = encodeURIComponent(wifi.ssid).replace(/%../g, 'x').length;
    if (bytes < 1 || bytes > 32) return bad('wifi.ssid', 'A network name has 1 to 32 bytes.');
  }
  if (!bridge) return undefined;
  if (!whole(bridge.vlanId, 1, 4094)) return bad('bridge.vlanId', 'A VLAN is a whole number from 1 to 4094.');
  if (!whole(bridge.wan, 1, 8)) return bad('bridge.wan', 'A WAN connection is a whole number from 1 to 8.');
  if (bridge.wan === 1 && bridge.confirmed !== true) {
    return refuse('confirmBridge', 'The first WAN connection usually carries TR-069; as a bridge the device may never be reached again.', { path: 'wanted.bridge.confirmed', hint: 'Bridge another WAN connection, or confirm that management runs elsewhere.' });
  }
  return undefined;
}
