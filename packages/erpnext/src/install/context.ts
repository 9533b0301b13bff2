import { isVendorError, VendorError } from '../../../../core/src/index.ts';
import type { ErpNext } from '../client.ts';
import type { Doc } from '../doc.ts';
import type { Change, Difference } from './report.ts';

/** What every step works on. */
export interface Context {
  readonly erp: ErpNext;
  readonly dryRun: boolean;
  readonly changes: Change[];
  readonly differences: Map<string, Difference>;
  readonly missing: Set<string>;
  same: number;
  /** Where the run is, for the report of a failure. */
  at: string;
}
/** Something to write. */
export interface Todo {
  readonly change: Change;
  write(): Promise<unknown>;
}

/**
 * One step: looks, writes what is lacking, looks again. A write that failed may have been done all the same (a lost reply, an ALTER TABLE
 * that committed half of it): what is there decides.
 * @throws VendorError when the site does not end as it should
 */
export async function take(context: Context, at: string, look: () => Promise<Todo | undefined>): Promise<void> {
  context.at = at;
  const first = await look();
  if (!first) {
    context.same += 1;
    return;
  }
  for (let todo: Todo | undefined = first; todo && !context.dryRun; ) {
    const lost = await todo.write().then(() => undefined, (error: unknown) => ({ error }));
    if (lost && !isVendorError(lost.error)) throw lost.error;
    const left: Todo | undefined = await look().catch((error: unknown) => {
      throw lost ? lost.error : error;
    });
    // Of several writes the first ones may stand: what is left is less, and goes on from there.
    const less = left !== undefined && left.change.what.length < todo.change.what.length;
    if (left && lost && !(less && (lost.error as VendorError).outcome === 'unknown')) throw lost.error;
    if (left && !lost) throw new VendorError({ vendor: 'ERPNext', operation: `install ${at}`, kind: 'unexpectedReply', outcome: 'applied', message: `ERPNext accepted ${at}, but still lacks ${left.change.what.join(', ')}.`, hint: 'Run the installer again; if it stays, compare the document in Desk.' });
    todo = left;
  }
  context.changes.push(first.change);
}

/** A document, or undefined where there is none (or not even its doctype). */
export async function find(erp: ErpNext, doctype: string, name: string): Promise<Doc | undefined> {
  try {
    return await erp.documents.get(doctype, name);
  } catch (error) {
    if (isVendorError(error) && error.kind === 'notFound') return undefined;
    throw error;
  }
}

/** Makes a document when it is not there; one that is there is left as it is. */
export function ensureNamed(context: Context, object: Change['object'], doctype: string, name: string, fields: Readonly<Record<string, unknown>>): Promise<void> {
  return take(context, `${doctype} "${name}"`, async () =>
    (await find(context.erp, doctype, name)) ? undefined : { change: { object, name: object === 'Master' ? `${doctype} ${name}` : name, action: 'create', what: [] }, write: () => context.erp.documents.create(doctype, fields as never) });
}

/** Says once that the site has something of ours in another form. */
export function differs(context: Context, difference: Difference): void {
  context.differences.set(`${difference.at} ${difference.field}`, difference);
}
