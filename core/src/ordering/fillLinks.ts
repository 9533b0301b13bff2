import { accept, refuse, type Decision } from '../kernel/decision.ts';
import type { Json } from '../kernel/json.ts';
import type { DocumentPlan } from './documentPlan.ts';

const put = (value: Json, path: readonly string[], name: string): Json => {
  const [head, ...rest] = path;
  if (head === undefined) return name;
  if (Array.isArray(value)) return value.map((one: Json, index) => (String(index) === head ? put(one, rest, name) : one));
  const from = (typeof value === 'object' && value !== null ? value : {}) as Record<string, Json>;
  return { ...from, [head]: put(from[head] ?? {}, rest, name) };
};

/**
 * The fields of a planned document with the names of the documents it refers to. `names` maps step → the name the back office gave.
 * @example fillLinks(project, { customer: 'CUST-2026-00007', location: 'SLOC-2026-00003' }).value.customer // 'CUST-2026-00007'
 */
export function fillLinks(document: DocumentPlan, names: Readonly<Record<string, string>>): Decision<Readonly<Record<string, Json>>, 'linkUnknown'> {
  let fields: Json = document.fields;
  for (const [field, step] of Object.entries(document.links)) {
    const name = Object.prototype.hasOwnProperty.call(names, step) ? names[step] : undefined;
    if (!name) return refuse('linkUnknown', `${document.step} needs the document of ${step}, which is not known yet.`, { path: field, hint: `Create ${step} first.` });
    fields = put(fields, field.split('.'), name);
  }
  return accept(fields as Readonly<Record<string, Json>>);
}
