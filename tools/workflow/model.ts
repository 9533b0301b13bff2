/** The part of n8n's export that is ours to keep. */
export interface WorkflowNode {
  id?: string;
  name: string;
  type: string;
  typeVersion: number;
  position: [number, number];
  parameters: Record<string, unknown>;
  credentials?: Record<string, { name: string; id?: string }>;
  onError?: string;
  retryOnFail?: boolean;
  maxTries?: number;
  waitBetweenTries?: number;
  alwaysOutputData?: boolean;
  executeOnce?: boolean;
  webhookId?: string;
  notes?: string;
  disabled?: boolean;
}
export interface Link { node: string; type: string; index: number }
export interface Workflow {
  name: string;
  nodes: WorkflowNode[];
  connections: Record<string, { main?: (Link[] | null)[]; [kind: string]: (Link[] | null)[] | undefined }>;
  settings?: Record<string, unknown>;
}

export const isNote = (node: WorkflowNode) => node.type === 'n8n-nodes-base.stickyNote';
export const isTrigger = (node: WorkflowNode) => /(trigger|webhook)$/i.test(node.type) && !/respondToWebhook/i.test(node.type);

/** Every wire as [from, output, to]. */
export function wires(workflow: Workflow): readonly (readonly [string, number, string])[] {
  return Object.entries(workflow.connections).flatMap(([from, kinds]) => (kinds.main ?? []).flatMap((branch, output) => (branch ?? []).map((link) => [from, output, link.node] as const)));
}
