import { isVendorError, VendorError, type JsonObject } from '../../../core/src/index.ts';
import { list } from './read.ts';
import type { Wire } from './wire.ts';

export interface AssignOptions {
  readonly description?: string;
  readonly priority?: 'High' | 'Medium' | 'Low';
  /** A day of the site. */
  readonly dueOn?: string;
}
export interface Assigned {
  readonly user: string;
  /** Of the ToDo document. */
  readonly todo: string;
  /** False: it was on the user's list already. */
  readonly created: boolean;
}

/**
 * Puts a document on the lists of users, once: who has it open already keeps it. After a lost reply the lists are read before anything is said.
 * @throws VendorError `rejectedInput` for a user that does not exist
 * @example assign(wire, 'Issue', 'ISS-2026-00001', ['luc@gigafibre.example'], { description: 'Cable on the ground' })
 */
export async function assign(wire: Wire, doctype: string, name: string, users: readonly string[], options: AssignOptions = {}): Promise<readonly Assigned[]> {
  const operation = `assign ${doctype}`;
  const wanted = [...new Set(users.map((user) => user.trim()).filter(Boolean))];
  if (wanted.length === 0) throw new VendorError({ vendor: 'ERPNext', operation, kind: 'rejectedInput', message: 'Nobody was named.', hint: 'Give the e-mail addresses of users.' });
  const before = await open(wire, doctype, name);
  const missing = wanted.filter((user) => !before.has(key(user)));
  if (missing.length > 0) {
    const { description, priority, dueOn } = options;
    const body = { assign_to: JSON.stringify(missing), doctype, name, ...(description ? { description } : {}), ...(priority ? { priority } : {}), ...(dueOn ? { date: dueOn } : {}) };
    try {
      await wire.ask({ method: 'POST', path: '/api/method/frappe.desk.form.assign_to.add', body, operation, safety: 'once' });
    } catch (error) {
      if (!isVendorError(error) || error.outcome !== 'unknown' || error.detail?.['cancelled'] === true) throw error;
      const there = await open(wire, doctype, name);
      if (missing.some((user) => !there.has(key(user)))) throw error;
    }
  }
  const after = missing.length > 0 ? await open(wire, doctype, name) : before;
  return wanted.map((user) => {
    const todo = after.get(key(user));
    if (todo === undefined) throw new VendorError({ vendor: 'ERPNext', operation, kind: 'unexpectedReply', message: `ERPNext accepted ${operation}, but a user does not have it.`, hint: 'Check that the user is enabled and may see the document.', detail: { missing: wanted.filter((one) => !after.has(key(one))).length } });
    return { user, todo, created: !before.has(key(user)) };
  });
}

const key = (user: unknown): string => String(user ?? '').toLowerCase();
async function open(wire: Wire, doctype: string, name: string): Promise<ReadonlyMap<string, string>> {
  const rows: readonly JsonObject[] = await list(wire, 'ToDo', { fields: ['name', 'allocated_to'], filters: [['reference_type', '=', doctype], ['reference_name', '=', name], ['status', '=', 'Open']], limit: 1000 });
  return new Map(rows.map((row) => [key(row['allocated_to']), String(row['name'])]));
}
