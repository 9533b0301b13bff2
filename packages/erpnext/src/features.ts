import type { SchemaField } from './schema.ts';

/** Where the releases differ, read from the site's own forms: backports and custom apps make version numbers a bad witness. */
export interface Features {
  /** Task dates: `Date` in 15, `Datetime` from 16 on. */
  readonly taskDates: 'date' | 'datetime';
  /** What a Lead says about where it came from: `source` in 15, `utm_source` from 16 on. */
  readonly leadOrigin: 'source' | 'utm_source' | null;
  readonly customerTypes: readonly string[];
  /** The deadline of an Issue: `resolution_by` in 15, `sla_resolution_by` from 16 on. */
  readonly issueDeadline: 'resolution_by' | 'sla_resolution_by' | null;
}

/** @example featuresOf({ Task: [{ fieldname: 'exp_start_date', fieldtype: 'Datetime', label: '' }], Lead: [], Customer: [], Issue: [] }).taskDates // 'datetime' */
export function featuresOf(forms: Readonly<Record<'Task' | 'Lead' | 'Customer' | 'Issue', readonly SchemaField[]>>): Features {
  const field = (doctype: keyof typeof forms, name: string) => forms[doctype].find((one) => one.fieldname === name);
  const first = <T extends string>(doctype: keyof typeof forms, names: readonly T[]): T | null => names.find((name) => field(doctype, name)) ?? null;
  return {
    taskDates: field('Task', 'exp_start_date')?.fieldtype === 'Datetime' ? 'datetime' : 'date',
    leadOrigin: first('Lead', ['utm_source', 'source']),
    customerTypes: (field('Customer', 'customer_type')?.options ?? '').split('\n').filter(Boolean),
    issueDeadline: first('Issue', ['sla_resolution_by', 'resolution_by']),
  };
}
