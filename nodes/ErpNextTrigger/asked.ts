import { NodeOperationError, type IDataObject, type INode } from 'n8n-workflow';
import type { DocEvent, Filter } from '../../packages/erpnext/src/index.ts';
import { listOf } from '../shared/listOf.ts';

/** What the node's parameters ask for. */
export interface Asked {
  readonly notice: 'webhook' | 'polling';
  readonly docType: string;
  readonly events: readonly DocEvent[];
  readonly fields: readonly string[];
  readonly filters: readonly Filter[];
  readonly lookBackMs: number;
  /** Whether a poll looks for what the webhooks lost. */
  readonly reconcile: boolean;
}
/** Every context of a trigger reads parameters like this. */
interface Parameters {
  getNode(): INode;
  getNodeParameter(name: string, fallback?: unknown, options?: { extractValue?: boolean }): unknown;
}

/** @throws NodeOperationError naming the parameter that cannot be used */
export function readAsked(context: Parameters): Asked {
  const complain = (message: string, description: string): never => {
    throw new NodeOperationError(context.getNode(), message, { description });
  };
  const options = (context.getNodeParameter('options', {}) ?? {}) as IDataObject;
  const docType = String(context.getNodeParameter('docType', '', { extractValue: true }) ?? '').trim();
  if (docType === '') complain("'DocType' must be chosen", 'Choose a kind of document, such as Payment Entry.');
  const events = context.getNodeParameter('events', []) as DocEvent[];
  if (events.length === 0) complain("'Events' must name at least one event", 'Tick an event, such as Created.');
  const notice = context.getNodeParameter('notice', 'webhook') === 'polling' ? 'polling' : 'webhook';
  if (notice === 'polling' && events.every((event) => event === 'on_trash')) complain('Polling cannot see that a document was deleted', "Choose another event, or start 'Instantly by Webhook'.");
  const { lookBackMinutes, reconcile } = options;
  return {
    notice,
    docType,
    events,
    fields: listOf(String(context.getNodeParameter('fields', '') ?? '')),
    filters: readFilters(options['filters']) ?? complain("'Filters' must be a JSON list of [field, operator, value]", 'For example [["status", "=", "Open"]].'),
    lookBackMs: (typeof lookBackMinutes === 'number' ? lookBackMinutes : 5) * 60_000,
    reconcile: reconcile !== false,
  };
}

function readFilters(given: unknown): readonly Filter[] | undefined {
  let value: unknown = given ?? [];
  if (typeof value === 'string') {
    try {
      value = value.trim() === '' ? [] : (JSON.parse(value) as unknown);
    } catch {
      return undefined;
    }
  }
  return Array.isArray(value) && value.every((one) => Array.isArray(one) && (one.length === 3 || one.length === 4)) ? (value as Filter[]) : undefined;
}
