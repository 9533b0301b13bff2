// The back office's documents of an order: each is found by its key or made, and linked to the others by the names ERPNext gave.
import { decomposeOrder, documentsOf, fillLinks, gigafibreErp, type DropFacts, type JsonObject, type ProductOrder, type Refused } from '@leadlight/core';
import type { ErpNext } from '@leadlight/erpnext';
import type { Given, StepWork } from './runSaga.ts';

export type Names = Readonly<Record<string, string>>;
/** The names that earlier steps answered, all together. */
export const namesIn = (given: Given): Names => Object.assign({}, ...Object.values(given).map(({ names }) => names ?? {})) as Names;

/** The step that puts some of the order's documents there. `prefixes` are those of core's decomposition: `customer`, `sub`, `eq`, … */
export function documentStep(erp: ErpNext, order: ProductOrder, dropOf: (given: Given) => DropFacts, ...prefixes: readonly string[]): StepWork {
  const planned = (given: Given) => {
    const all = decomposeOrder(order, dropOf(given), { erp: gigafibreErp });
    return prefixes.flatMap((prefix) => documentsOf(all, prefix));
  };
  return {
    async do(given): Promise<JsonObject | Refused> {
      const made: Record<string, string> = {};
      for (const document of planned(given)) {
        const fields = fillLinks(document, { ...namesIn(given), ...made });
        if (fields.type === 'refused') return fields;
        made[document.step] = (await erp.documents.ensure(document.doctype, document.key, fields.value)).name;
      }
      return { names: made };
    },
    // Some of them is not all of them: then the step is done again, and finds those that are there.
    async observe(given) {
      const seen: Record<string, string> = {};
      for (const { step, doctype, key } of planned(given)) {
        const [found] = await erp.documents.list(doctype, { filters: [['leadlight_id', '=', key]] });
        if (!found) return null;
        seen[step] = String(found['name']);
      }
      return { names: seen };
    },
  };
}
