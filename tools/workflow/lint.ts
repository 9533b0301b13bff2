import { isNote, isTrigger, wires, type Workflow, type WorkflowNode } from './model.ts';

export interface Finding { readonly rule: string; readonly node?: string; readonly message: string }

const LOGIC = new Set(['n8n-nodes-base.code', 'n8n-nodes-base.function', 'n8n-nodes-base.functionItem', 'n8n-nodes-base.executeCommand']);
const PURE = /\.(stickyNote|if|switch|noOp|merge|respondToWebhook|set|filter|splitOut|wait|webhook|errorTrigger|stopAndError|leadlight|leadlightTrigger|formTrigger|limit|aggregate)$/;
const SECRET = /(sk_(live|test)_|Bearer\s+[A-Za-z0-9._-]{12,}|password"\s*:\s*"[^"=]+|whsec_|xox[bp]-)/i;
const DEFAULT_NAME = /^(HTTP Request|Webhook|Set|Edit Fields|If|Switch|Merge|Wait|No Operation.*|Respond to Webhook|Leadlight|ERPNext|NetBox|GenieACS|VOLTHA|RADIUS)( ?\d+)?$/;

/** The house rules for a workflow that wires and never decides. One finding per broken rule and node. */
export function lint(workflow: Workflow, fileName: string): readonly Finding[] {
  const found: Finding[] = [];
  const say = (rule: string, message: string, node?: WorkflowNode) => found.push({ rule, message, ...(node ? { node: node.name } : {}) });
  const notes = workflow.nodes.filter(isNote);
  const nodes = workflow.nodes.filter((node) => !isNote(node));
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const links = wires(workflow);

  if (byName.size !== nodes.length) say('W1', 'two nodes share one name');
  for (const [from, , to] of links) {
    if (!byName.has(from)) say('W1', `a connection starts at "${from}", which is not a node`);
    if (!byName.has(to)) say('W1', `a connection ends at "${to}", which is not a node`);
  }
  const reached = new Set(nodes.filter(isTrigger).map((node) => node.name));
  for (let size = -1; size !== reached.size; ) {
    size = reached.size;
    for (const [from, , to] of links) if (reached.has(from)) reached.add(to);
  }
  for (const node of nodes) {
    if (!reached.has(node.name)) say('W1', 'cannot be reached from a trigger', node);
    if (LOGIC.has(node.type)) say('W2', 'holds logic; put the decision into core and call it with the Leadlight node', node);
    for (const expression of expressionsOf(node.parameters)) lintExpression(expression, node, say);
    if (!PURE.test(node.type) && !isTrigger(node) && node.onError === undefined && !node.retryOnFail) say('W5', 'acts, but has neither an error output nor a retry', node);
    if (node.onError === 'continueErrorOutput' && !links.some(([from, output]) => from === node.name && output > 0)) say('W5', 'has an error output that leads nowhere', node);
    if (node.onError === 'continueRegularOutput') say('W5', 'continues after an error as if nothing had happened', node);
    if (DEFAULT_NAME.test(node.name)) say('W9', `is still called "${node.name}"; say what it does for the business`, node);
    if (SECRET.test(JSON.stringify(node.parameters))) say('W10', 'seems to hold a secret', node);
    if (/https?:\/\/(?!127\.0\.0\.1)/.test(JSON.stringify(node.parameters))) say('W10', 'names a host; hosts belong into credentials', node);
    for (const credential of Object.values(node.credentials ?? {})) if (credential.id) say('W10', 'carries a credential id of one instance', node);
    if (typeof node.typeVersion !== 'number') say('W12', 'has no pinned version', node);
  }
  for (const node of nodes.filter((n) => n.type === 'n8n-nodes-base.webhook' && n.parameters['responseMode'] === 'responseNode')) {
    if (!nodes.some((n) => n.type === 'n8n-nodes-base.respondToWebhook')) say('W6', 'waits for a response node that is not there', node);
  }
  for (const node of nodes.filter((n) => n.type === 'n8n-nodes-base.webhook')) {
    if ((node.parameters['authentication'] ?? 'none') === 'none' && !notes.some((n) => /public/i.test(String(n.parameters['content'])))) say('W6', 'is open to anyone; authenticate it, or say in a note why it is public', node);
  }
  const title = notes.find((note) => /^# /.test(String(note.parameters['content'])));
  if (!title) say('W8', 'has no title note (a note that starts with "# ")');
  else for (const word of ['Trigger', 'Needs', 'Tested']) if (!String(title.parameters['content']).includes(word)) say('W8', `title note lacks "${word}"`);
  if (notes.length < 2) say('W8', 'has no note per phase');
  const slug = workflow.name.toLowerCase().normalize('NFD').replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
  if (!fileName.endsWith(`${slug}.json`)) say('W14', `file name and workflow name disagree: expected …${slug}.json`);
  return found;
}

function* expressionsOf(value: unknown): Generator<string> {
  if (typeof value === 'string' && value.startsWith('=')) yield value;
  else if (Array.isArray(value)) for (const entry of value) yield* expressionsOf(entry);
  else if (typeof value === 'object' && value !== null) for (const entry of Object.values(value)) yield* expressionsOf(entry);
}

function lintExpression(expression: string, node: WorkflowNode, say: (rule: string, message: string, node: WorkflowNode) => void): void {
  for (const [, inner = ''] of expression.matchAll(/\{\{(.*?)\}\}/gs)) {
    const code = inner.trim();
    if (code.replace(/\$\((['"]).*?\1\)/g, '$node').length > 90) say('W3', `has a long expression: ${code.slice(0, 60)}…`, node);
    const bare = code.replace(/\$\((['"]).*?\1\)/g, '$node').replace(/(['"`]).*?\1/g, '""').replace(/\?\./g, '.');
    if (/[+*/%]|=>|&&|\?[^.?]|\bfunction\b|(?<!\|)\|(?!\|)/.test(bare.replace(/\?\?/g, ''))) say('W3', `computes in an expression: ${code}`, node);
  }
}
