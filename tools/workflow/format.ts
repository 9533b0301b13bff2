import { createHash } from 'node:crypto';
import { isNote, type Workflow, type WorkflowNode } from './model.ts';

/** A stable UUID made of names, so that an export from anybody's instance gives the same file. */
function idOf(...parts: string[]): string {
  const hex = createHash('sha256').update(parts.join('\0')).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const snap = (value: number) => Math.round(value / 16) * 16;

/**
 * The canonical form of an exported workflow: fixed key order, no ids of anyone's instance, names instead of credential ids,
 * nodes left to right, one line for what fits on one line. Formatting twice changes nothing.
 */
export function format(input: Workflow): string {
  const nodes = input.nodes.map((node) => canonicalNode(input.name, node)).sort((a, b) => Number(isNote(a)) - Number(isNote(b)) || a.position[0] - b.position[0] || a.position[1] - b.position[1] || a.name.localeCompare(b.name));
  const order = new Map(nodes.map((node, index) => [node.name, index]));
  const connections = Object.fromEntries(Object.entries(input.connections).sort(([a], [b]) => (order.get(a) ?? 0) - (order.get(b) ?? 0)));
  const { executionOrder: _, ...settings } = input.settings ?? {};
  return `${print({ name: input.name, nodes, connections, settings: { executionOrder: 'v1', ...settings } })}\n`;
}

function canonicalNode(workflow: string, node: WorkflowNode): WorkflowNode {
  const out: WorkflowNode = { parameters: node.parameters ?? {}, id: idOf(workflow, node.name), name: node.name, type: node.type, typeVersion: node.typeVersion, position: [snap(node.position[0]), snap(node.position[1])] } as WorkflowNode;
  if (node.webhookId !== undefined || node.type === 'n8n-nodes-base.webhook' || /Trigger$/.test(node.type)) out.webhookId = idOf(workflow, node.name, 'webhook');
  if (node.credentials) out.credentials = Object.fromEntries(Object.entries(node.credentials).map(([type, { name }]) => [type, { name }]));
  for (const key of ['onError', 'retryOnFail', 'maxTries', 'waitBetweenTries', 'alwaysOutputData', 'executeOnce', 'notes', 'disabled'] as const) if (node[key] !== undefined) (out as unknown as Record<string, unknown>)[key] = node[key];
  return out;
}

function print(value: unknown, indent = ''): string {
  const flat = JSON.stringify(value);
  if (typeof value !== 'object' || value === null || indent.length + flat.length <= 110) return indent.length + flat.length <= 110 || typeof value !== 'object' || value === null ? spaced(value) : flat;
  const inner = `${indent}  `;
  if (Array.isArray(value)) return `[\n${value.map((entry) => inner + print(entry, inner)).join(',\n')}\n${indent}]`;
  return `{\n${Object.entries(value).filter(([, v]) => v !== undefined).map(([key, v]) => `${inner}${JSON.stringify(key)}: ${print(v, inner)}`).join(',\n')}\n${indent}}`;
}

function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, v]) => v !== undefined);
    return entries.length === 0 ? '{}' : `{ ${entries.map(([key, v]) => `${JSON.stringify(key)}: ${spaced(v)}`).join(', ')} }`;
  }
  return JSON.stringify(value);
}
