import { isVendorError, VendorError } from '../../../core/src/index.ts';
import type { SchemaField } from './schema.ts';
import type { Wire } from './wire.ts';

/** A doctype's form: the first is the doctype itself, its child tables follow. */
export interface DoctypeFields {
  readonly name: string;
  readonly fields: readonly SchemaField[];
}

const FRESH_MS = 300_000;

/**
 * Forms as Desk loads them, without System Manager, remembered for five minutes. Where a site has no such method, the newer API's.
 * @example await forms(wire)('Dispatch Job') // [{ name: 'Dispatch Job', fields: […] }, { name: 'Dispatch Job Date', … }]
 */
export function forms(wire: Wire): (doctype: string) => Promise<readonly DoctypeFields[]> {
  const known = new Map<string, { readonly until: number; readonly docs: readonly DoctypeFields[] }>();
  return async (doctype) => {
    const now = Date.parse(wire.clock.now());
    const kept = known.get(doctype);
    if (kept && now < kept.until) return kept.docs;
    const docs = await load(wire, doctype);
    known.set(doctype, { until: now + FRESH_MS, docs });
    return docs;
  };
}

async function load(wire: Wire, doctype: string): Promise<readonly DoctypeFields[]> {
  const operation = `read the fields of ${doctype}`;
  try {
    const { body } = await wire.ask({ method: 'GET', path: '/api/method/frappe.desk.form.load.getdoctype', query: { doctype }, operation, safety: 'read' });
    if (Array.isArray(body['docs'])) return body['docs'] as unknown as DoctypeFields[];
  } catch (error) {
    // 417: the method is gone. A doctype that is not there is 404 and stays one.
    if (!isVendorError(error) || error.status !== 417) throw error;
  }
  const { body } = await wire.ask({ method: 'GET', path: `/api/v2/doctype/${encodeURIComponent(doctype)}/meta`, operation, safety: 'read' });
  const meta = body['data'] as unknown as DoctypeFields | undefined;
  if (!Array.isArray(meta?.fields)) throw new VendorError({ vendor: 'ERPNext', operation, kind: 'unexpectedReply', message: 'ERPNext answered fields in an unknown shape.', hint: 'Is this a Frappe site of version 15 or later?' });
  return [meta];
}
