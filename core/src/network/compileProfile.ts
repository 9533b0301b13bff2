import { accept, refuse, type Decision, type Refused } from '../kernel/decision.ts';
import type { Confidence, DesiredState, DeviceFacts, FlatProfile, ParameterType, ParameterValue } from './deviceProfile.ts';
import { inOrder } from './profileOrder.ts';
import { fillIn, profileVars } from './profileVars.ts';
import { inType, reads, wantedValue } from './wantedValue.ts';

/** One parameter to write: what every target is made of. */
export interface CpeParameter {
  readonly path: string;
  /** `null`: a secret the hub holds; only a script of the ACS can fetch it. */
  readonly value: ParameterValue | null;
  readonly type: ParameterType;
  /** Reads back empty on real devices: never verified by value, never logged. */
  readonly secret: boolean;
  /** Parameters of the same group are written in one call; `settings` may be split. */
  readonly group: string;
  readonly cap: string;
  /** Where the ACS finds a secret, e.g. `wifi.password`. */
  readonly secretFrom?: string;
}
export interface CompiledProfile {
  readonly model: string;
  readonly confidence: Confidence;
  readonly root: string;
  readonly parameters: readonly CpeParameter[];
  /** Wanted, and already so. */
  readonly unchanged: readonly string[];
  /** True where a path comes from documents or likeness, not from a device. */
  readonly unverified: boolean;
  /** Each path was found in the device's tree and can be written. Without it the writer must look first. */
  readonly checked: boolean;
  readonly verify: { readonly skipSecret: boolean; readonly afterMs: number };
}
export interface CompileOptions {
  /** Write to paths no device has proven yet. */
  readonly allowUnverified?: boolean;
  /** Dangerous caps, by name, that are meant. */
  readonly confirm?: readonly string[];
  /** Instance numbers that go before what would be found, e.g. `{ wan: 2 }`. */
  readonly vars?: Readonly<Record<string, number>>;
  /** Write also what the device already has. */
  readonly rewrite?: boolean;
  /** The tree was read in part: a path it lacks may still be there, and the result is not `checked`. For a writer that looks itself. */
  readonly partial?: boolean;
}
export type CompileRefusal = 'badInput' | 'unsupported' | 'unverified' | 'needsConfirmation' | 'varUnresolved' | 'pathMissing' | 'notWritable' | 'typeMismatch';

/**
 * What to write so that a device becomes what is wanted: paths in its own tree, values in its own types, in the order and groups of its
 * profile. With the tree as read (`facts`) every path must exist and be writable, and what is already so is left out; a set on a path that
 * is not there is a silent nothing on real systems. Without it the result is not `checked` and no target but a looking writer takes it.
 * @example compileProfile(ont, { 'upnp.enabled': false }, null) // refused unverified, desired
 */
export function compileProfile(profile: FlatProfile, desired: DesiredState, facts: DeviceFacts | null, options: CompileOptions = {}): Decision<CompiledProfile, CompileRefusal> {
  const { allowUnverified = false, confirm = [], rewrite = false, partial = false } = options;
  const names = typeof desired === 'object' && desired !== null && !Array.isArray(desired) ? Object.keys(desired) : [];
  if (names.length === 0) return refuse('badInput', 'Nothing is wanted.', { path: 'desired', hint: 'Name at least one capability and its value.' });
  const all = (code: CompileRefusal, message: string, hint: string, path: string, list: readonly string[]): Refused<CompileRefusal> | undefined => (list.length > 0 ? refuse(code, message, { path, hint, facts: { [path === 'facts' ? 'paths' : 'caps']: list } }) : undefined);
  const stranger = names.filter((name) => !Object.hasOwn(profile.caps, name));
  const oddVar = Object.entries(options.vars ?? {}).find(([name, number]) => !Object.hasOwn(profile.vars, name) || !Number.isInteger(number) || number < 1 || number > 65_535)?.[0];
  const stop =
    all('unsupported', `${profile.id} has no parameter for ${stranger.join(', ')}.`, 'Leave it out for this model, or add it to the profile.', stranger.length === 1 ? `desired.${stranger[0]}` : 'desired', stranger) ??
    (oddVar === undefined ? undefined : refuse('badInput' as const, `${oddVar} is not a var of ${profile.id}, or no instance number.`, { path: `vars.${oddVar}`, hint: `Its vars are ${Object.keys(profile.vars).join(', ')}.` })) ??
    all('needsConfirmation', `${names.filter((name) => profile.danger.includes(name)).join(', ')} can cut the device off for good.`, 'Name it under confirm when it is meant.', 'confirm', names.filter((name) => profile.danger.includes(name) && !confirm.includes(name))) ??
    (allowUnverified ? undefined : all('unverified', `${profile.id} holds paths no device has proven.`, 'Try one device with allowUnverified, read it back, then write the others.', 'desired', names.filter((name) => profile.caps[name]!.confidence !== 'dump')));
  if (stop) return stop;

  const read = profileVars(profile, facts, options.vars);
  const problems: { missing: string[]; readOnly: string[]; mismatch: string[] } = { missing: [], readOnly: [], mismatch: [] };
  const parameters: CpeParameter[] = [];
  for (const name of inOrder(profile, names)) {
    const cap = profile.caps[name]!;
    const wish = desired[name]!;
    if (wish === null && !cap.secret) return refuse('badInput', `${name} has no value.`, { path: `desired.${name}`, hint: 'Only a secret may be left to the hub.' });
    const wanted = wish === null ? { value: null } : wantedValue(name, cap, wish);
    if ('type' in wanted) return wanted;
    const filled = cap.path.map((one) => fillIn(one, read));
    const lost = filled.find((one) => 'lost' in one);
    if (lost && 'lost' in lost) return refuse('varUnresolved', `${name}: ${lost.lost}`, { path: `vars.${lost.name}`, hint: facts ? 'Refresh the object on the device and read it again, or give the number.' : 'Give the parameters of the device, or the number.' });
    const paths = filled.map((one) => `${profile.root}.${'path' in one ? one.path : ''}`);
    const path = (facts && paths.find((one) => Object.hasOwn(facts, one) && facts[one]!.object !== true)) || paths[0]!;
    const fact = facts && Object.hasOwn(facts, path) ? facts[path]! : undefined;
    if (!fact || fact.object === true) {
      if (facts && !partial) problems.missing.push(path);
    } else if (fact.writable !== true && !(partial && fact.writable === undefined)) problems.readOnly.push(path);
    const type = typeOf(fact?.type) ?? cap.type;
    const value = wanted.value === null ? null : inType(wanted.value, type);
    if (value === undefined) problems.mismatch.push(path);
    else parameters.push({ path, value, type, secret: cap.secret === true, group: profile.atomic.find((group) => group.includes(name))?.[0] ?? 'settings', cap: name, ...(cap.secretFrom ? { secretFrom: cap.secretFrom } : {}) });
  }
  const wrong =
    all('pathMissing', `${problems.missing.length} of ${names.length} parameters are not on this device.`, 'Refresh the tree and read it again; then correct the profile.', 'facts', problems.missing) ??
    all('notWritable', `${problems.readOnly.length} of ${names.length} parameters cannot be written, as far as the device says.`, 'Read the names (GetParameterNames), which say what is writable; then correct the profile.', 'facts', problems.readOnly) ??
    all('typeMismatch', 'The device has another type than the profile can write.', 'Correct type or map in the profile.', 'facts', problems.mismatch);
  if (wrong) return wrong;
  const same = (one: CpeParameter): boolean => !rewrite && !one.secret && one.value !== null && reads({ value: one.value, type: one.type }, facts?.[one.path]?.value);
  const write = parameters.filter((one) => !same(one) || (one.group !== 'settings' && parameters.some((other) => other.group === one.group && !same(other))));
  const unverified = names.some((name) => profile.caps[name]!.confidence !== 'dump');
  return accept(
    { model: profile.id, confidence: profile.confidence, root: profile.root, parameters: write, unchanged: parameters.filter((one) => !write.includes(one)).map(({ path }) => path), unverified, checked: facts !== null && !partial, verify: profile.verify },
    `${write.length} parameters to write for ${profile.id}, ${parameters.length - write.length} as they are.`,
    ...(unverified ? ['Paths come from documents or likeness: no device has proven them.'] : []),
    ...(facts && !partial ? [] : ['The whole tree of the device was not given: look each path up before it is written.']),
  );
}

const typeOf = (reported: string | undefined): ParameterType | undefined => {
  const bare = reported?.replace(/^xsd:/, '') ?? '';
  return ({ string: 'string', boolean: 'boolean', unsignedInt: 'unsignedInt', unsignedLong: 'unsignedInt', int: 'int', long: 'int' } as const)[bare as 'string'];
};
