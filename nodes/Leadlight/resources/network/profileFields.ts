import { checkDeviceProfile, refuse, withOwn, type CompileOptions, type DeviceProfile, type Refused } from '../../../../core/src/index.ts';
import { jsonField } from '../../../shared/fields.ts';
import type { Options } from '../../../shared/inputs.ts';

/** Profiles besides the built-in ones, for every operation that chooses one. */
export const profilesOption = jsonField('profiles', 'Own Profiles', 'A list of device profiles besides the built-in ones; one of the same ID takes the place of ours', { default: '[]' });
export const confirmOption = jsonField('confirm', 'Confirm', 'Names of dangerous capabilities that are meant, such as wan.bridge or acs.url: they can cut the device off for good', { default: '["wan.bridge"]' });
export const varsOption = jsonField('vars', 'Instance Numbers', 'Instance numbers that go before what is found in the device, by name', { default: '{"wan": 2}' });
export const unverifiedOption = { displayName: 'Allow Unverified Paths', name: 'allowUnverified', type: 'boolean', default: false, description: 'Whether to write to paths that come from documents and that no device has proven yet' } as const;

/** The own profiles of an option, each of them checked, or what is wrong with the first that cannot be used. */
export function readProfiles(given: unknown): readonly DeviceProfile[] | Refused {
  if (given === undefined) return [];
  if (!Array.isArray(given)) return refuse('badProfile', 'The own profiles are no list.', { path: 'profiles', hint: 'Give a list of device profiles.' });
  for (const [i, one] of given.entries()) {
    const checked = checkDeviceProfile(one, withOwn(given as DeviceProfile[]));
    if (checked.type === 'refused') return { ...checked, path: `profiles[${i}]${checked.path ? `.${checked.path}` : ''}` };
  }
  return given as DeviceProfile[];
}

/** What a person allows, as the rules take it, or what is wrong with it. */
export function readPermissions(options: Options): Pick<CompileOptions, 'allowUnverified' | 'confirm' | 'vars'> | Refused {
  const [confirm, vars] = [options.json('confirm') ?? [], options.json('vars') ?? {}];
  if (!Array.isArray(confirm) || confirm.some((one) => typeof one !== 'string')) return refuse('badInput', 'Confirm is no list of names.', { path: 'confirm', hint: 'Give ["wan.bridge"], for example.' });
  if (typeof vars !== 'object' || vars === null || Array.isArray(vars)) return refuse('badInput', 'The instance numbers are no object.', { path: 'vars', hint: 'Give {"wan": 2}, for example.' });
  return { allowUnverified: options.flag('allowUnverified') ?? false, confirm: confirm as string[], vars: vars as Record<string, number> };
}
