import { accept, refuse, type Decision } from '../kernel/decision.ts';
import { compileProfile, type CompileRefusal, type CpeParameter } from './compileProfile.ts';
import { withOwn, type CpeOptions } from './cpeProfile.ts';
import type { ParameterValue } from './deviceProfile.ts';
import { resolveModel, type CpeDevice, type ModelRefusal } from './resolveModel.ts';

/** What an order wants on a device, secrets included. */
export interface OrderedSettings {
  readonly wifi?: { readonly ssid: string; readonly password: string };
  readonly voip?: { readonly username: string; readonly password: string; readonly domain: string; readonly registrar: string };
  readonly vlan?: number;
}
export interface DeviceSetup {
  readonly model: string;
  readonly parameters: readonly (CpeParameter & { readonly value: ParameterValue })[];
  /** Wanted, and this model has no parameter for it. */
  readonly leftOut: readonly string[];
}

/**
 * All that a device takes over in one go, for an ACS that runs no scripts of ours: the wishes of its model and the settings of its order,
 * for a writer that looks each path up. What the model lacks is left out and named; a password it cannot be told is refused, for then the
 * customer has no service.
 * @example deviceSetup({ productClass: 'XX230v', modelName: 'XX230v' }, { wifi: { ssid: 'Maison', password: 'secret-word' } }).value.parameters.length // 6
 */
export function deviceSetup(device: CpeDevice, settings: OrderedSettings, wishes: Readonly<Record<string, ParameterValue>> = {}, { profiles = [] }: Pick<CpeOptions, 'profiles'> = {}): Decision<DeviceSetup, ModelRefusal | CompileRefusal> {
  const model = resolveModel(device, withOwn(profiles));
  if (model.type === 'refused') return model;
  const wanted: Record<string, ParameterValue> = { ...wishes, ...ordered(settings) };
  const has = (name: string): boolean => Object.hasOwn(model.value.caps, name);
  const lost = [...(settings.wifi ? [['wifi.24.password', 'wifi.5.password']] : []), ...(settings.voip ? [['voip.1.password']] : [])].find((names) => !names.some(has));
  if (lost) return refuse('unsupported', `${model.value.id} has no parameter for ${lost[0]}.`, { path: `settings.${lost[0]!.split('.')[0]}`, hint: 'Another device of the order carries it, or the profile lacks it.' });
  const possible = Object.fromEntries(Object.entries(wanted).filter(([name]) => has(name)));
  if (Object.keys(possible).length === 0) return accept({ model: model.value.id, parameters: [], leftOut: Object.keys(wanted) }, 'Nothing is wanted that this model has.');
  const compiled = compileProfile(model.value, possible, device.parameters ?? null, { allowUnverified: true, partial: true, rewrite: true, confirm: ['wan.vlan'] });
  if (compiled.type === 'refused') return compiled;
  return accept({ model: model.value.id, parameters: compiled.value.parameters as DeviceSetup['parameters'], leftOut: Object.keys(wanted).filter((name) => !has(name)) }, ...compiled.because);
}

function ordered({ wifi, voip, vlan }: OrderedSettings): Record<string, ParameterValue> {
  return {
    ...(wifi ? Object.fromEntries(['24', '5'].flatMap((band) => [[`wifi.${band}.ssid`, wifi.ssid], [`wifi.${band}.password`, wifi.password], [`wifi.${band}.enabled`, true]])) : {}),
    ...(voip ? { 'voip.1.registrar': voip.registrar, 'voip.1.domain': voip.domain, 'voip.1.username': voip.username, 'voip.1.password': voip.password, 'voip.1.uri': `sip:${voip.username}@${voip.domain}`, 'voip.1.enabled': true } : {}),
    ...(vlan === undefined ? {} : { 'wan.vlan': vlan }),
  };
}
