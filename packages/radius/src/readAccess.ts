import { defaultGroups, isGarden, type GroupNames } from './groups.ts';
import type { RadiusAttribute } from './rows.ts';

export type Access = 'active' | 'walledGarden' | 'rejected' | 'absent';
export interface GroupRow {
  readonly groupname: string;
  readonly priority: number;
  readonly check: readonly RadiusAttribute[];
  readonly reply: readonly RadiusAttribute[];
}
export interface AccessRead {
  readonly access: Access;
  /** Whether the speed is that of a throttle. */
  readonly throttled: boolean;
  /** What an Access-Accept would carry, in order; repeated ones repeat. */
  readonly answer: readonly (readonly [attribute: string, value: string])[];
  /** The same for reading, repeated ones joined by `; `. */
  readonly attributes: Readonly<Record<string, string>>;
}

/**
 * What FreeRADIUS would answer from these rows: the user's own reply, then groups by priority until one that does not fall through.
 * A password row with another operator than `:=` means rejection (access reference 3.2); of several the first decides.
 * @param groups in ascending priority.
 * @example readAccess([{ attribute: 'Cleartext-Password', op: ':=', value }], [], [plan]).access // 'active'
 */
export function readAccess(check: readonly RadiusAttribute[], reply: readonly RadiusAttribute[], groups: readonly GroupRow[], names: GroupNames = defaultGroups): AccessRead {
  const nothing = { throttled: false, answer: [], attributes: {} };
  const password = check.find(({ attribute }) => /-Password$/.test(attribute));
  if (!password) return { access: 'absent', ...nothing };
  const applied: GroupRow[] = [];
  for (const group of groups) {
    applied.push(group);
    if (!group.reply.some(({ attribute, value }) => attribute === 'Fall-Through' && /^(yes|1)$/i.test(value))) break;
  }
  const refused = [...check, ...applied.flatMap((group) => group.check)].some(({ attribute, value }) => attribute === 'Auth-Type' && value === 'Reject');
  if (refused || password.op !== ':=') return { access: 'rejected', ...nothing };
  let answer: (readonly [string, string])[] = [];
  for (const { attribute, op, value } of [...reply, ...applied.flatMap((group) => group.reply)]) {
    if (attribute === 'Fall-Through') continue;
    const there = answer.some(([name]) => name === attribute);
    if (op === ':=') answer = answer.filter(([name]) => name !== attribute);
    if (op === ':=' || op === '+=' || !there) answer.push([attribute, value]);
  }
  const attributes: Record<string, string> = {};
  for (const [name, value] of answer) attributes[name] = name in attributes ? `${attributes[name]}; ${value}` : value;
  const fenced = applied.some((group) => isGarden(group.groupname, names));
  return { access: fenced ? 'walledGarden' : 'active', throttled: !fenced && applied.some((group) => group.groupname.startsWith(names.throttle)), answer, attributes };
}
