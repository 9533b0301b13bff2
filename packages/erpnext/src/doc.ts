import type { Json, JsonObject } from '../../../core/src/index.ts';

/** A document as Frappe gives it back: every column, child tables inline. `modified` is kept byte for byte (microseconds). */
export interface Doc extends JsonObject {
  readonly name: string;
  readonly modified: string;
  /** 0 draft (or not submittable), 1 submitted, 2 cancelled. */
  readonly docstatus: 0 | 1 | 2;
}
/** What is written: field name → value; a list of objects is a child table. */
export type Fields = Readonly<Record<string, Json | undefined>>;

export type Operator =
  | '=' | '!=' | '<' | '>' | '<=' | '>=' | 'like' | 'not like' | 'in' | 'not in' | 'between' | 'is' | 'timespan'
  | 'descendants of' | 'ancestors of' | 'not descendants of' | 'not ancestors of';
/** `[field, operator, value]`, or with the (child) doctype in front. */
export type Filter = readonly [string, Operator, Json] | readonly [string, string, Operator, Json];

/** The columns the server owns; they are never part of what is written or compared. */
export const systemFields: readonly string[] = [
  'name', 'doctype', 'owner', 'creation', 'modified', 'modified_by', 'docstatus', 'idx', 'parent', 'parentfield', 'parenttype', 'amended_from',
];

/** Whether a value is a child table: a list of rows. */
export function isRows(value: unknown): value is readonly JsonObject[] {
  return Array.isArray(value) && value.every((row) => typeof row === 'object' && row !== null && !Array.isArray(row));
}
