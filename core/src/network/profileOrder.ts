import type { FlatProfile } from './deviceProfile.ts';

/**
 * The order caps are written in: as the profile's patterns say, then as it lists them, members of an atomic group together, whatever may cut
 * the device off last. The order of the wish does not matter.
 * @example inOrder(router, ['wifi.5.ssid', 'ntp.server1', 'voip.1.username']) // ['voip.1.username', 'wifi.5.ssid', 'ntp.server1']
 */
export function inOrder(profile: FlatProfile, names: readonly string[]): readonly string[] {
  const listed = Object.keys(profile.caps);
  const group = (name: string): readonly string[] => profile.atomic.find((one) => one.includes(name)) ?? [name];
  const rank = (name: string): readonly number[] => {
    // A whole name says more than the beginning of one.
    const exact = profile.order.indexOf(name);
    const pattern = exact >= 0 ? exact : profile.order.findIndex((one) => one.endsWith('*') && name.startsWith(one.slice(0, -1)));
    return [group(name).some((one) => profile.danger.includes(one)) ? 1 : 0, pattern < 0 ? profile.order.length : pattern, listed.indexOf(name)];
  };
  const before = (a: readonly number[], b: readonly number[]): number => a.map((one, i) => one - b[i]!).find((difference) => difference !== 0) ?? 0;
  const sorted = [...names].sort((a, b) => before(rank(a), rank(b)));
  return [...new Set(sorted.flatMap((name) => sorted.filter((one) => group(name).includes(one))))];
}
