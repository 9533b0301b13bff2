import { accept, refuse, type Decision } from '../kernel/decision.ts';
import { compileProfile, type CompiledProfile, type CompileOptions, type CompileRefusal, type CpeParameter } from './compileProfile.ts';
import type { DesiredState, DeviceProfile, ParameterValue } from './deviceProfile.ts';
import { builtInProfiles } from './builtInProfiles.ts';
import { resolveModel, type CpeDevice, type ModelRefusal } from './resolveModel.ts';

/** The ONT's settings of the seed: NTP, voice marked AF31 and EF, UPnP off (S1-131, S1-139). */
export const defaultOntSettings: DesiredState = { 'ntp.server1': '0.ca.pool.ntp.org', 'ntp.server2': '1.ca.pool.ntp.org', 'ntp.timeZone': '-05:00', 'voip.dscp.sip': 26, 'voip.dscp.rtp': 46, 'upnp.enabled': false };

export interface CpeOptions extends Omit<CompileOptions, 'partial' | 'rewrite'> {
  /** Profiles besides the built-in ones; one of the same id takes its place. */
  readonly profiles?: readonly DeviceProfile[];
}

export interface CpeProfile extends Omit<CompiledProfile, 'parameters'> {
  readonly parameters: readonly (CpeParameter & { readonly value: ParameterValue })[];
}

/**
 * The parameters that bring a device to what is wanted, for a writer that looks each path up and compares before it writes (GenieACS
 * `applyProfile`): the profile of its model, compiled with the tree as far as it was read (`parameters` of the device). A model nobody described is refused, so is a wish its model has no parameter for: nothing is guessed, nothing left out in
 * silence (S1-131, S1-133, S1-139, S0-108).
 * @example cpeProfile({ productClass: 'Device2', modelName: 'XX230v' }, { 'upnp.enabled': false }).value.parameters[0] // { path: 'Device.NAT.X_TP_UPnPCfg.Enable', value: false, … }
 */
export function cpeProfile(device: CpeDevice, desired: DesiredState, { profiles = [], ...options }: CpeOptions = {}): Decision<CpeProfile, ModelRefusal | CompileRefusal | 'secretNotGiven'> {
  const model = resolveModel(device, withOwn(profiles));
  if (model.type === 'refused') return model;
  const compiled = compileProfile(model.value, desired, device.parameters ?? null, { ...options, partial: true, rewrite: true });
  if (compiled.type === 'refused') return compiled;
  const { parameters, ...rest } = compiled.value;
  const given = parameters.flatMap((one) => (one.value === null ? [] : [{ ...one, value: one.value }]));
  const absent = parameters.find(({ value }) => value === null);
  if (absent) return refuse('secretNotGiven', `The value of ${absent.cap} is in the hub.`, { path: `desired.${absent.cap}`, hint: 'Leave it out here: the provision leadlight-device-settings brings it.' });
  return accept({ ...rest, parameters: given }, ...compiled.because);
}

/** The built-in profiles with an operator's own; one of the same id takes the place of ours. @example withOwn([]).length // 9 */
export const withOwn = (own: readonly DeviceProfile[]): readonly DeviceProfile[] => [...builtInProfiles.filter(({ id }) => !own.some((one) => one.id === id)), ...own];
