import { accept, refuse, type Decision } from '../kernel/decision.ts';
import type { DeviceProfile, FlatProfile } from './deviceProfile.ts';

/**
 * Folds a profile's parents into it: the child's vars and caps replace those of the same name, dangers add up, `unsupported` takes away.
 * Every var and cap keeps the confidence of the profile it was written in, so a path from a standard does not become proven by inheritance.
 * @example flattenProfile(builtInProfiles.find(({ id }) => id === 'tplink-xx530v'), builtInProfiles).value.lineage // ['tplink-xx530v', 'tplink-xx230v', 'tr181-base']
 */
export function flattenProfile(profile: DeviceProfile, library: readonly DeviceProfile[]): Decision<FlatProfile, 'badProfile'> {
  const chain: DeviceProfile[] = [profile];
  for (let last = profile; last.extends !== undefined; last = chain.at(-1)!) {
    const parent = library.find(({ id }) => id === last.extends);
    if (!parent) return refuse('badProfile', `${last.id} extends ${last.extends}, which is not there.`, { path: 'extends', hint: 'Give the parent among the profiles, or correct its id.' });
    if (chain.some(({ id }) => id === parent.id)) return refuse('badProfile', `${profile.id} extends itself by way of ${last.id}.`, { path: 'extends', hint: 'Break the circle.' });
    chain.push(parent);
  }
  const root = chain.find((one) => one.root)?.root;
  if (!root) return refuse('badProfile', `Neither ${profile.id} nor a parent says the root of its tree.`, { path: 'root', hint: 'InternetGatewayDevice (TR-098) or Device (TR-181).' });
  const nearest = <K extends keyof DeviceProfile>(key: K): DeviceProfile[K] | undefined => chain.find((one) => one[key] !== undefined)?.[key];
  const vars: Record<string, FlatProfile['vars'][string]> = {};
  const caps: Record<string, FlatProfile['caps'][string]> = {};
  for (const one of [...chain].reverse()) {
    for (const [name, value] of Object.entries(one.vars ?? {})) vars[name] = { ...value, confidence: one.confidence };
    for (const [name, value] of Object.entries(one.caps ?? {})) caps[name] = { ...value, confidence: value.confidence ?? one.confidence };
    for (const name of one.unsupported ?? []) delete caps[name];
  }
  const flat: FlatProfile = {
    id: profile.id, lineage: chain.map(({ id }) => id), confidence: profile.confidence, root, vars, caps, order: nearest('order') ?? [],
    atomic: chain.flatMap((one) => one.groups?.atomic ?? []), verify: nearest('verify') ?? { skipSecret: true, afterMs: 2000 },
    danger: [...new Set(chain.flatMap((one) => one.danger ?? []))], actions: Object.assign({}, ...[...chain].reverse().map((one) => one.actions ?? {})),
  };
  return accept(flat, flat.lineage.length > 1 ? `${flat.id} stands on ${flat.lineage.slice(1).join(', ')}.` : `${flat.id} stands alone.`);
}
