import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import type { JsonObject as Row } from '../../core/src/index.ts';
import { fromSiteTime, toSiteTime, type ErpNext, type Filter } from '../../packages/erpnext/src/index.ts';
import { clock } from '../shared/clock.ts';
import { connectErpNext } from '../shared/erpNext.ts';
import { toNodeError } from '../shared/toNodeError.ts';
import { readAsked, type Asked } from './asked.ts';
import { keptBy, recall, remember, type Kept } from './memory.ts';
import { lastTold, note, nothingTold } from './told.ts';

/** ERPNext tries a delivery three times within about half a minute; until then the webhook has the first word. */
const WEBHOOK_MS = 60_000;
const HOUR_MS = 3_600_000;

/**
 * One poll: what was saved since the last one, or, beside webhooks, what none of them told. The first only remembers where the site stands.
 * A test run in the editor shows the document saved last and remembers nothing.
 */
export async function poll(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
  const asked = readAsked(context);
  try {
    const erp = await connectErpNext(context);
    if (context.getMode() === 'manual') return items(asked, await newest(erp, asked, ['name', ...columns(asked)]), () => 'saved');
    const kept = keptBy(context);
    if (asked.notice === 'webhook' && (!asked.reconcile || asked.events.every((event) => event === 'on_trash'))) return null;
    const question = JSON.stringify([asked.notice, asked.docType, asked.filters]);
    if (!kept.mark || kept.asked !== question) {
      await begin(erp, asked, kept, question);
      return null;
    }
    // n8n makes webhooks and polls at the same time: without webhooks there is nothing they could have lost.
    return asked.notice === 'webhook' && !kept.name ? null : await news(erp, asked, kept);
  } catch (error) {
    throw toNodeError(context.getNode(), error, 0).error;
  }
}

const columns = ({ fields }: Asked): string[] => [...new Set(['modified', 'creation', 'docstatus', ...fields])];
const newest = (erp: ErpNext, { docType, filters }: Asked, fields: readonly string[]): Promise<readonly Row[]> => erp.documents.list(docType, { fields, filters, orderBy: 'modified desc, name desc', limit: 1 });

/** Where the site stands, by its own clock, for clocks need not agree; saves of the last minutes count as told. */
async function begin(erp: ErpNext, asked: Asked, kept: Kept, question: string): Promise<void> {
  const zone = await erp.zone();
  const [last] = await newest(erp, { ...asked, filters: [] }, ['modified']);
  const modified = String(last?.['modified'] ?? '1970-01-01 00:00:00');
  const { next } = await erp.documents.reconcile({ doctype: asked.docType, zone, since: { modified, told: [] }, filters: asked.filters, overlapMs: asked.lookBackMs });
  // Names of another DocType mean other documents.
  if (kept.asked !== undefined) remember(kept, nothingTold);
  Object.assign(kept, { asked: question, zone, from: modified, mark: next } satisfies Kept);
}

async function news(erp: ErpNext, asked: Asked, kept: Kept): Promise<INodeExecutionData[][] | null> {
  const [zone, mark, from] = [kept.zone!, kept.mark!, kept.from ?? ''];
  const settled: readonly Filter[] = asked.notice === 'webhook' ? [['modified', '<=', toSiteTime(new Date(Date.parse(clock.now()) - WEBHOOK_MS).toISOString(), zone)]] : [];
  const { rows, next } = await erp.documents.reconcile({ doctype: asked.docType, zone, since: { modified: mark.modified, told: [...mark.told] }, fields: columns(asked), filters: [...asked.filters, ...settled], overlapMs: asked.lookBackMs });
  // What was made before this was seen by a poll before.
  const window = toSiteTime(new Date(Date.parse(fromSiteTime(mark.modified, zone)) - asked.lookBackMs - 2 * HOUR_MS).toISOString(), zone);
  // Read after the waiting: a webhook may have come meanwhile.
  let told = recall(kept);
  const found: (readonly [Row, string])[] = [];
  for (const row of rows) {
    const [name, modified, creation] = [String(row['name']), String(row['modified']), String(row['creation'])];
    const made = asked.events.includes('after_insert') && creation > from && creation >= window && told.docs[name]?.['after_insert'] === undefined;
    if (!made && (!fits(asked, row) || modified <= (lastTold(told, name) ?? ''))) continue;
    // This save is told, by whatever event a late webhook calls it.
    told = note(made ? note(told, name, 'after_insert', modified) : told, name, 'saved', modified);
    found.push([row, made ? 'after_insert' : 'saved']);
  }
  kept.mark = next;
  remember(kept, told);
  return items(asked, found.map(([row]) => row), (index) => found[index]![1]);
}

/** Whether a document in this state may be one of the events asked for. */
function fits({ events }: Asked, row: Row): boolean {
  const of = (...some: readonly Asked['events'][number][]): boolean => some.some((event) => events.includes(event));
  if (row['docstatus'] === 2) return of('on_cancel', 'on_change');
  return row['docstatus'] === 1 ? of('on_submit', 'on_update', 'on_update_after_submit', 'on_change') : of('on_update', 'on_change');
}

function items({ docType, fields }: Asked, rows: readonly Row[], eventOf: (index: number) => string): INodeExecutionData[][] | null {
  if (rows.length === 0) return null;
  return [rows.map((row, index) => ({ json: { doctype: docType, name: row['name'], event: eventOf(index), modified: row['modified'], found: 'polling', doc: Object.fromEntries([...new Set(fields)].map((field) => [field, row[field] ?? null])) } as IDataObject }))];
}
