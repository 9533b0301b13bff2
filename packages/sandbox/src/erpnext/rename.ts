import { invalid } from './fault.ts';
import { load } from './documents.ts';
import { demand, isTable, type Site } from './site.ts';
import type { Row } from './store.ts';

/** `rename_doc`: another name, or merged into one that is there; links everywhere follow, names held elsewhere do not. */
export function rename(site: Site, doctype: string, from: string, to: string, merge: boolean): string {
  demand(site, doctype, 'write');
  const row = load(site, doctype, from);
  const there = site.store.find(doctype, to) !== undefined;
  if (there && !merge) throw invalid(`Another ${doctype} with name ${to} exists, select another name`);
  if (!there && merge) throw invalid(`${doctype} ${to} does not exist, select a new target to merge`);
  site.store.drop(doctype, from);
  if (!merge) site.store.put(doctype, { ...row, name: to, modified: site.stamp() });
  for (const meta of site.metas.values()) {
    if (meta.istable) continue;
    for (const one of [...site.store.rows(meta.name).values()]) {
      const next = structuredClone(one);
      const touch = (target: Row, owner: string): boolean => site.meta(owner).fields.reduce((changed, field) => {
        if (isTable(field)) return ((target[field.fieldname] ?? []) as Row[]).map((child) => touch(child, field.options!)).some(Boolean) || changed;
        const points = field.fieldtype === 'Link' ? field.options === doctype : field.fieldtype === 'Dynamic Link' && target[field.options!] === doctype;
        if (!points || target[field.fieldname] !== from) return changed;
        target[field.fieldname] = to;
        return true;
      }, false);
      if (touch(next, meta.name)) site.store.put(meta.name, next);
    }
  }
  return to;
}
