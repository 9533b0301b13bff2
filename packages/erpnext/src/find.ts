import { VendorError } from '../../../core/src/index.ts';
import type { Doc, Filter } from './doc.ts';
import { get, list } from './read.ts';
import type { Wire } from './wire.ts';

export interface FindOptions {
  /** Which of several: default they are refused, for any of them would be a guess. */
  readonly several?: 'refuse' | 'first';
  /** Which is the first; default the oldest. */
  readonly orderBy?: string;
}

/**
 * The one document that matches, with its child tables; undefined when there is none.
 * @throws VendorError `conflict` when several match and none was to be chosen
 * @example find(wire, 'Service Equipment', [['serial_number', '=', 'TPLG00000001']])
 */
export async function find(wire: Wire, doctype: string, filters: readonly Filter[], { several = 'refuse', orderBy }: FindOptions = {}): Promise<Doc | undefined> {
  const operation = `find ${doctype}`;
  if (filters.length === 0) throw new VendorError({ vendor: 'ERPNext', operation, kind: 'rejectedInput', message: 'There is nothing to find it by.', hint: 'Give at least one filter.' });
  const rows = await list(wire, doctype, { filters, limit: 2, ...(orderBy ? { orderBy } : {}) });
  if (rows.length > 1 && several === 'refuse') throw new VendorError({ vendor: 'ERPNext', operation, kind: 'conflict', message: `More than one ${doctype} matches.`, hint: 'Narrow the filters, or take the first by an order.', detail: { names: rows.map((row) => String(row['name'])) } });
  return rows[0] ? get(wire, doctype, String(rows[0]['name'])) : undefined;
}
