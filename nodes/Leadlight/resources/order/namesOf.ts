import type { DocumentPlan } from '../../../../core/src/index.ts';

interface Made { readonly key?: string; readonly name?: string }

/**
 * Step → name, from what ERPNext answered: either given so, or a list of `{ key, name }`, matched by key. A list may hold what
 * `$('Node').all()` gives, and lists of it.
 * @example namesOf(documents, [{ key: 'ord_1:customer', name: 'CUST-7' }]) // { customer: 'CUST-7' }
 */
export function namesOf(documents: readonly DocumentPlan[], made: unknown): Readonly<Record<string, string>> {
  if (!Array.isArray(made)) return made as Readonly<Record<string, string>>;
  const rows = (made.flat() as { readonly json?: Made; readonly key?: string; readonly name?: string }[]).map((one) => one.json ?? one);
  const byKey = new Map(rows.map((one) => [one.key, one.name]));
  return Object.fromEntries(documents.flatMap(({ step, key }) => (byKey.get(key) ? [[step, byKey.get(key)!]] : [])));
}
