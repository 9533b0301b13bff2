import type { DeviceFacts, FlatProfile, Where } from './deviceProfile.ts';

/** Instance number by name, or why there is none. */
export type VarReader = (name: string) => { readonly number: number; readonly from: 'given' | 'fixed' | 'found' | 'default' } | { readonly lost: string };

/**
 * Reads the `${vars}` of a profile out of a device's tree: a network's band through its LowerLayers, an access point through its
 * SSIDReference. Where several fit the lowest is the subscriber's. What is not found is lost, unless the tree of the model was seen on a
 * device and says a default; `given` numbers go before everything.
 * @example profileVars(router, { 'Device.WiFi.SSID.3.LowerLayers': { value: 'Device.WiFi.Radio.2.' }, 'Device.WiFi.Radio.2.OperatingFrequencyBand': { value: '5GHz' } })('wifi5') // { number: 3, from: 'found' }
 */
export function profileVars(profile: FlatProfile, facts: DeviceFacts | null, given: Readonly<Record<string, number>> = {}): VarReader {
  const known = new Map<string, ReturnType<VarReader>>();
  const read: VarReader = (name) => {
    const before = known.get(name);
    if (before) return before;
    known.set(name, { lost: `${name} stands on itself.` });
    const now = work(name);
    known.set(name, now);
    return now;
  };
  const work = (name: string): ReturnType<VarReader> => {
    if (Object.hasOwn(given, name)) return { number: given[name]!, from: 'given' };
    const one = Object.hasOwn(profile.vars, name) ? profile.vars[name]! : undefined;
    if (one?.fixed !== undefined) return { number: one.fixed, from: 'fixed' };
    const found = one?.find && facts ? search(one.find.object, one.find.where, read, facts, profile.root) : undefined;
    if (found !== undefined) return { number: found, from: 'found' };
    if (one?.default !== undefined && one.confidence === 'dump') return { number: one.default, from: 'default' };
    return { lost: facts ? `No ${one?.find?.object ?? name} of this device fits.` : `The tree of the device is needed to find ${one?.find?.object ?? name}.` };
  };
  return read;
}

/** Fills `${vars}` into a path; the name of the first that is lost otherwise. @example fillIn('WiFi.SSID.${wifi5}.SSID', () => ({ number: 3, from: 'found' })) // { path: 'WiFi.SSID.3.SSID' } */
export function fillIn(template: string, read: VarReader): { readonly path: string } | { readonly name: string; readonly lost: string } {
  let failed: { readonly name: string; readonly lost: string } | undefined;
  const path = template.replace(/\$\{(\w+)\}/g, (_, name: string) => {
    const one = read(name);
    if ('number' in one) return String(one.number);
    failed ??= { name, lost: one.lost };
    return '?';
  });
  return failed ?? { path };
}

function search(object: string, where: Where, read: VarReader, facts: DeviceFacts, root: string): number | undefined {
  const at = fillIn(object, read);
  return 'path' in at ? fitting(at.path, where, read, facts, root)[0] : undefined;
}

/** The instances of an object that fit, lowest first. */
function fitting(object: string, where: Where, read: VarReader, facts: DeviceFacts, root: string): readonly number[] {
  const prefix = `${root}.${object}.`;
  const numbers = new Set<number>();
  for (const path of Object.keys(facts)) {
    const number = path.startsWith(prefix) ? /^\d+/.exec(path.slice(prefix.length))?.[0] : undefined;
    if (number !== undefined) numbers.add(Number(number));
  }
  const bare = (text: string): string => text.trim().replace(/\.$/, '').replace(new RegExp(`^${root}\\.`), '');
  const fits = (number: number, [parameter, must]: [string, Where[string]]): boolean => {
    const value = facts[`${prefix}${number}.${parameter}`]?.value;
    if (value === undefined || value === null || typeof value === 'object') return false;
    if (typeof must !== 'string' && 'regex' in must) return new RegExp(must.regex).test(String(value));
    const words = String(value).split(',').map(bare);
    if (typeof must !== 'string') return fitting(must.ref, must.where, read, facts, root).some((one) => words.includes(`${must.ref}.${one}`));
    const filled = fillIn(must, read);
    return 'path' in filled && words.includes(bare(filled.path));
  };
  return [...numbers].sort((a, b) => a - b).filter((number) => Object.entries(where).every((one) => fits(number, one as [string, Where[string]])));
}
