import { WALLED_GARDEN } from './groups.ts';
import type { RadiusAttribute } from './rows.ts';

export type Access = 'active' | 'walledGarden' | 'rejected' | 'absent';
export interface GroupRow {
  readonly groupname: string;
  readonly priority: number;
  readonly check: readonly RadiusAttribute[];
  readonly reply: readonly RadiusAttribute[];
}

/**
 * What FreeRADIUS would answer from these rows: the user's own reply, then groups by priority until one that does not fall through.
 * A password row with another operator than `:=` means rejection (access reference 3.2).
 * @param groups in ascending priority.
 * @example readAccess([{ attribute: 'Cleartext-Password', op: ':=', value }], [], [plan]).access // 'active'
 */
export function readAccess(check: readonly RadiusAttribute[], reply: readonly RadiusAttribute[], groups: readonly GroupRow[]): { readonly access: Access; readonly attributes: Readonly<Record<string, string>> } {
  const password = check.find(({ attribute }) => /-Password$/.test(attribute));
  if (!password) return { access: 'absent', attributes: {} };
  const applied: GroupRow[] = [];
  for (const group of groups) {
    applied.push(group);
    if (!group.reply.some(({ attribute, value }) => attribute === 'Fall-Through' && /^(yes|1)$/i.test(value))) break;
  }
  const refused = [...check, ...applied.flatMap((group) => group.check)].some(({ attribute, value }) => attribute === 'Auth-Type' && value === 'Reject');
  if (refused || password.op !== ':=') return { access: 'rejected', attributes: {} };
  const attributes: Record<string, string> = {};
  for (const { attribute, op, value } of [...reply, ...applied.flatMap((group) => group.reply)]) {
    if (attribute === 'Fall-Through') continue;
    const there = attributes[attribute];
    if (there === undefined || op === ':=') attributes[attribute] = value;
    else if (op === '+=') attributes[attribute] = `${there}; ${value}`;
  }
  return { access: applied.some((group) => group.groupname === WALLED_GARDEN) ? 'walledGarden' : 'active', attributes };
}
