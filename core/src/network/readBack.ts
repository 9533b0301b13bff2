import { accept, refuse, type Decision } from '../kernel/decision.ts';
import type { CompiledProfile } from './compileProfile.ts';
import type { DeviceFacts } from './deviceProfile.ts';
import { reads } from './wantedValue.ts';

export interface ReadBack {
  readonly applied: readonly string[];
  /** Taken by the device, but it never tells a secret. */
  readonly unreadable: readonly string[];
}

/**
 * Whether a device carries what was written, by its tree read afterwards. A 200 proves nothing: only this does. A parameter that was not read
 * counts as not applied.
 * @example readBack(compiled, { 'Device.NAT.X_TP_UPnPCfg.Enable': { value: '0' } }).value.applied // ['Device.NAT.X_TP_UPnPCfg.Enable']
 */
export function readBack({ parameters, verify }: CompiledProfile, facts: DeviceFacts): Decision<ReadBack, 'notApplied'> {
  const hidden = parameters.filter(({ secret, value }) => value === null || (secret && verify.skipSecret));
  const shown = parameters.filter((one) => !hidden.includes(one));
  const other = shown.filter(({ path, value, type }) => !reads({ value: value!, type }, Object.hasOwn(facts, path) ? facts[path]!.value : undefined));
  if (other.length > 0) {
    return refuse('notApplied', `${other.length} of ${shown.length} parameters do not read as they were written.`, { path: 'facts', hint: 'Refresh them on the device and read again; if they stay, the device did not take them.', facts: { paths: other.map(({ path }) => path) } });
  }
  return accept({ applied: shown.map(({ path }) => path), unreadable: hidden.map(({ path }) => path) }, `${shown.length} parameters read as they were written.`);
}
