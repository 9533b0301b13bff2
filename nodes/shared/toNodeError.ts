import { NodeApiError, NodeOperationError, type IDataObject, type INode, type JsonObject } from 'n8n-workflow';
import { isVendorError } from '../../core/src/index.ts';

/** What n8n shows in red, and what leaves on the error output. n8n knows a failed item by having no keys but `error`, `message` and `details`. */
export interface NodeFailure {
  readonly error: NodeApiError | NodeOperationError;
  readonly json: IDataObject;
}

/**
 * A vendor's failure says what happened (message) and how to go on (description); `details.kind`, `details.outcome` and `details.detail`
 * stay readable for workflows that branch on them (`outcome: 'unknown'` means: look before repeating).
 * @example const { error } = toNodeError(this.getNode(), caught, index);
 */
export function toNodeError(node: INode, caught: unknown, itemIndex: number): NodeFailure {
  if (isVendorError(caught)) {
    const { vendor, operation, kind, message, hint, outcome, status, retryAfterMs, detail } = caught;
    const error = new NodeApiError(node, { message, vendor, operation, kind, outcome } as JsonObject, {
      message,
      description: outcome === 'unknown' ? `${hint} It is not known whether the request was carried out.` : hint,
      itemIndex,
      ...(status === undefined ? {} : { httpCode: String(status) }),
    });
    const failure: IDataObject = { type: 'vendorError', vendor, operation, kind, message, hint, outcome };
    if (status !== undefined) failure['status'] = status;
    if (retryAfterMs !== undefined) failure['retryAfterMs'] = retryAfterMs;
    // What the vendor named: its sentences, the fields at fault, the document that is there.
    if (detail !== undefined) failure['detail'] = detail as IDataObject;
    return { error, json: { error: message, message, details: failure } };
  }
  if (caught instanceof NodeApiError || caught instanceof NodeOperationError) {
    caught.context['itemIndex'] ??= itemIndex;
    return { error: caught, json: plain(caught) };
  }
  const error = new NodeOperationError(node, caught instanceof Error ? caught : String(caught), { itemIndex });
  return { error, json: plain(error) };
}

const plain = ({ message, description }: NodeApiError | NodeOperationError): IDataObject => ({ error: message, message, details: { hint: description ?? '' } });
