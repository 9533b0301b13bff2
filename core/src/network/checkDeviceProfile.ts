import { refuse, type Decision, type Refused } from '../kernel/decision.ts';
import { misfit } from '../kernel/shapes.ts';
import type { DeviceProfile, FlatProfile, ProfileVar, Where } from './deviceProfile.ts';
import { deviceProfileSchema } from './deviceProfileSchema.ts';
import { flattenProfile } from './flattenProfile.ts';

/**
 * Whether a profile can be used: it has the form of `leadlight.device-profile/1`, its parents are there, every pattern can be read, every
 * `${var}` is known and none stands on itself, and groups, dangers and what is taken away name caps that exist. The answer is the profile
 * with its parents folded in. A profile that was checked never fails while it is compiled.
 * @example checkDeviceProfile({ schema: 'leadlight.device-profile/1', id: 'acme-x1', confidence: 'published', extends: 'tr181-base', caps: { 'wifi.24.ssid': { path: ['WiFi.SSID.*.SSID'], type: 'string' } } }, builtInProfiles) // refused badProfile, caps.wifi.24.ssid.path[0]
 */
export function checkDeviceProfile(profile: unknown, library: readonly DeviceProfile[]): Decision<FlatProfile, 'badProfile'> {
  const wrong = misfit(deviceProfileSchema, profile, 'badProfile' as const);
  if (wrong) return wrong;
  const given = profile as DeviceProfile;
  const others = library.filter(({ id }) => id !== given.id);
  const own = complaint(given);
  if (own) return own;
  const flat = flattenProfile(given, others);
  return flat.type === 'refused' ? flat : (dangling(given, flat.value, others) ?? flat);
}

const no = (path: string, message: string, hint: string): Refused<'badProfile'> => refuse('badProfile', message, { path, hint });

function complaint({ match, vars, caps }: DeviceProfile): Refused<'badProfile'> | undefined {
  for (const [part, names] of [['vars', Object.keys(vars ?? {})], ['caps', Object.keys(caps ?? {})]] as const) {
    const odd = names.find((name) => !/^[a-z][A-Za-z0-9]*(\.[A-Za-z0-9]+)*$/.test(name) || name in {});
    if (odd !== undefined) return no(`${part}.${odd}`, 'A name is small words joined by dots.', 'Write it like wifi.24.ssid.');
  }
  for (const [i, one] of (match?.all ?? []).entries()) {
    if ((one.eq === undefined) === (one.regex === undefined)) return no(`match.all[${i}]`, 'A condition has either eq or regex.', 'Give one of the two.');
  }
  for (const [name, { find, fixed, default: fallback }] of Object.entries(vars ?? {})) {
    if ((find === undefined) === (fixed === undefined)) return no(`vars.${name}`, `${name} is either found or fixed.`, 'Give find or fixed, not both.');
    if (fixed !== undefined && fallback !== undefined) return no(`vars.${name}.default`, `${name} is fixed, so a default says nothing.`, 'Leave one out.');
  }
  for (const [name, cap] of Object.entries(caps ?? {})) {
    if (cap.secretFrom !== undefined && cap.secret !== true) return no(`caps.${name}.secretFrom`, `${name} is no secret, so the hub holds none for it.`, 'Set secret, or leave secretFrom out.');
    for (const key of ['utf8Bytes', 'ascii', 'range'] as const) {
      const [from, to] = cap.check?.[key] ?? [0, 0];
      if (from! > to!) return no(`caps.${name}.check.${key}`, 'From is larger than to.', 'Write the smaller number first.');
    }
  }
  const unreadable = patterns({ match, vars, caps }).find(([, pattern]) => !readable(pattern));
  return unreadable && no(unreadable[0], 'The pattern cannot be read.', 'Write it as a JavaScript regular expression.');
}

function patterns({ match, vars, caps }: { readonly match: DeviceProfile['match'] | undefined; readonly vars: DeviceProfile['vars'] | undefined; readonly caps: DeviceProfile['caps'] | undefined }): (readonly [string, string])[] {
  const of = (path: string, pattern: string | undefined): (readonly [string, string])[] => (pattern === undefined ? [] : [[path, pattern]]);
  const inWhere = (path: string, where: Where): (readonly [string, string])[] =>
    Object.entries(where).flatMap(([key, must]) => (typeof must === 'string' ? [] : 'regex' in must ? of(`${path}.${key}.regex`, must.regex) : inWhere(`${path}.${key}.where`, must.where)));
  return [
    ...of('match.firmware.regex', match?.firmware?.regex),
    ...(match?.all ?? []).flatMap((one, i) => of(`match.all[${i}].regex`, one.regex)),
    ...Object.entries(vars ?? {}).flatMap(([name, { find }]) => (find ? inWhere(`vars.${name}.find.where`, find.where) : [])),
    ...Object.entries(caps ?? {}).flatMap(([name, { check }]) => of(`caps.${name}.check.regex`, check?.regex)),
  ];
}

function readable(pattern: string): boolean {
  try {
    return new RegExp(pattern) instanceof RegExp;
  } catch {
    return false;
  }
}

/** Names used that nobody defined. */
function dangling(given: DeviceProfile, flat: FlatProfile, others: readonly DeviceProfile[]): Refused<'badProfile'> | undefined {
  for (const [name, { path }] of Object.entries(flat.caps)) {
    const lost = namesIn(path.join(' ')).find((one) => !Object.hasOwn(flat.vars, one));
    if (lost) return no(`caps.${name}.path`, `\${${lost}} is not among the vars.`, 'Define it, or write the number.');
  }
  for (const name of Object.keys(flat.vars)) {
    const lost = needs(flat.vars[name]!).find((one) => !Object.hasOwn(flat.vars, one));
    if (lost) return no(`vars.${name}.find.where`, `\${${lost}} is not among the vars.`, 'Define it, or write the number.');
    if (reaches(name, name, flat.vars, [])) return no(`vars.${name}.find.where`, `${name} stands on itself.`, 'Break the circle.');
  }
  const parent = given.extends === undefined ? undefined : others.find(({ id }) => id === given.extends);
  const inherited = parent ? flattenProfile(parent, others) : undefined;
  const known = (name: string): boolean => Object.hasOwn(flat.caps, name);
  const [at, lost] = [
    ...(given.unsupported ?? []).map((name, i) => [`unsupported[${i}]`, inherited?.type === 'accepted' && Object.hasOwn(inherited.value.caps, name) ? undefined : name] as const),
    ...(given.danger ?? []).map((name, i) => [`danger[${i}]`, known(name) ? undefined : name] as const),
    ...(given.groups?.atomic ?? []).flatMap((group, i) => group.map((name, j) => [`groups.atomic[${i}][${j}]`, known(name) ? undefined : name] as const)),
  ].find(([, name]) => name !== undefined) ?? [];
  return at === undefined ? undefined : no(at, `${lost} is not among the caps.`, 'Correct the name, or leave it out.');
}

const namesIn = (text: string): string[] => [...text.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name!);
const needs = ({ find }: ProfileVar): string[] => (find ? namesIn(JSON.stringify([find.object, find.where])) : []);
function reaches(from: string, to: string, vars: FlatProfile['vars'], seen: readonly string[]): boolean {
  return !seen.includes(from) && needs(vars[from] ?? {}).some((one) => one === to || reaches(one, to, vars, [...seen, from]));
}
