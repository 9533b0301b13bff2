import { readdirSync, readFileSync } from 'node:fs';
import { draw } from './draw.ts';
import { format } from './format.ts';
import { lint } from './lint.ts';
import type { Workflow, WorkflowNode } from './model.ts';

const node = (name: string, type: string, parameters: Record<string, unknown> = {}, more: Partial<WorkflowNode> = {}): WorkflowNode => ({ name, type, typeVersion: 1, position: [0, 0], parameters, ...more });
const title = node('Title', 'n8n-nodes-base.stickyNote', { content: '# Sound\n**Trigger:** public page\n**Needs:** nothing\nTested with n8n' });
const phase = node('Phase', 'n8n-nodes-base.stickyNote', { content: '## Phase' });
const hook = node('Order Comes In', 'n8n-nodes-base.webhook', { responseMode: 'responseNode' });
const answer = node('Say Yes', 'n8n-nodes-base.respondToWebhook');
const to = (name: string) => [[{ node: name, type: 'main', index: 0 }]];
const sound = (): Workflow => ({ name: 'Sound', nodes: [title, phase, hook, answer], connections: { 'Order Comes In': { main: to('Say Yes') } } });
const rules = (workflow: Workflow, file = '01-sound.json') => [...new Set(lint(workflow, file).map(({ rule }) => rule))];
const withNode = (extra: WorkflowNode, wired = true): Workflow => {
  const base = sound();
  return { ...base, nodes: [...base.nodes, extra], connections: { ...base.connections, ...(wired ? { 'Say Yes': { main: to(extra.name) } } : {}) } };
};

describe('the linter', () => {
  test('finds nothing in a sound workflow', () => expect(lint(sound(), '01-sound.json')).toEqual([]));

  test.each<[string, Workflow]>([
    ['W1', withNode(node('Left Alone', 'n8n-nodes-base.noOp'), false)],
    ['W1', { ...sound(), connections: { 'Order Comes In': { main: to('Nobody') } } }],
    ['W2', withNode(node('Think', 'n8n-nodes-base.code'))],
    ['W3', withNode(node('Add Up', 'n8n-nodes-base.set', { value: '={{ $json.a + $json.b }}' }))],
    ['W3', withNode(node('Choose', 'n8n-nodes-base.set', { value: '={{ $json.a ? 1 : 2 }}' }))],
    ['W5', withNode(node('Make Customer', 'n8n-nodes-leadlight.erpNext'))],
    ['W5', withNode(node('Make Customer', 'n8n-nodes-leadlight.erpNext', {}, { onError: 'continueErrorOutput' }))],
    ['W5', withNode(node('Make Customer', 'n8n-nodes-leadlight.erpNext', {}, { onError: 'continueRegularOutput' }))],
    ['W6', { ...sound(), nodes: [title, phase, hook, node('Go On', 'n8n-nodes-base.noOp')], connections: { 'Order Comes In': { main: to('Go On') } } }],
    ['W6', { ...sound(), nodes: [{ ...title, parameters: { content: '# Sound\nTrigger Needs Tested' } }, phase, hook, answer] }],
    ['W8', { ...sound(), nodes: [phase, hook, answer] }],
    ['W9', withNode(node('HTTP Request1', 'n8n-nodes-base.httpRequest', {}, { retryOnFail: true }))],
    ['W10', withNode(node('Ask', 'n8n-nodes-base.httpRequest', { url: 'https://erp.example.com' }, { retryOnFail: true }))],
    ['W10', withNode(node('Ask', 'n8n-nodes-leadlight.erpNext', {}, { retryOnFail: true, credentials: { leadlightErpNextApi: { id: '7', name: 'x' } } }))],
    ['W10', withNode(node('Pay', 'n8n-nodes-base.set', { key: 'sk_live_abc' }))],
    ['W14', { ...sound(), name: 'Something Else' }],
  ])('%s is found when planted', (rule, workflow) => expect(rules(workflow)).toContain(rule));
});

describe('the formatter', () => {
  const exported = { ...sound(), id: 'x1', versionId: 'v', meta: { instanceId: 'someone' }, pinData: { a: 1 }, nodes: [answer, { ...hook, id: 'their-id', credentials: { httpBasicAuth: { id: '12', name: 'Field App' } } }, title, phase] } as unknown as Workflow;

  test('drops what belongs to one instance and keeps names', () => {
    const text = format(exported);
    for (const gone of ['instanceId', 'versionId', 'pinData', 'their-id', '"12"']) expect(text).not.toContain(gone);
    expect(text).toContain('"Field App"');
  });
  test('changes nothing the second time, and not for the order of nodes', () => {
    expect(format(JSON.parse(format(exported)) as Workflow)).toBe(format(exported));
    expect(format({ ...exported, nodes: [...exported.nodes].reverse() })).toBe(format(exported));
  });
});

test('the painter shows every node by its name and escapes what would break the picture', () => {
  const svg = draw(withNode(node('Ask <ERP> & "wait"', 'n8n-nodes-base.noOp')));
  expect(svg).toContain('Order Comes In');
  expect(svg).toContain('Ask &lt;ERP&gt; &amp;');
});

const filesIn = (folder: string): string[] => readdirSync(folder).filter((file) => file.endsWith('.json')).map((file) => `${folder}/${file}`);
const read = (file: string): Workflow => JSON.parse(readFileSync(file, 'utf8')) as Workflow;

test('the reference workflows and the examples are linted, and no two share a name or a webhook path', () => {
  const files = [...filesIn('workflows'), ...filesIn('workflows/examples')];
  const workflows = files.map(read);
  expect(files.flatMap((file, index) => lint(workflows[index]!, file))).toEqual([]);
  const paths = workflows.flatMap(({ nodes }) => nodes.filter(({ type }) => type === 'n8n-nodes-base.webhook').map(({ parameters }) => parameters['path']));
  expect(new Set(paths).size).toBe(paths.length);
  expect(new Set(workflows.map(({ name }) => name)).size).toBe(files.length);
});

test('every node of the pack has an example, and each example a row in its README', () => {
  const { n8n } = JSON.parse(readFileSync('package.json', 'utf8')) as { n8n: { nodes: string[] } };
  const examples = filesIn('workflows/examples').map(read);
  const used = new Set(examples.flatMap(({ nodes }) => nodes.map(({ type }) => type.replace('n8n-nodes-leadlight.', '').toLowerCase())));
  expect(n8n.nodes.map((file) => /nodes\/(\w+)\//.exec(file)![1]!).filter((name) => !used.has(name.toLowerCase()))).toEqual([]);
  const rows = readFileSync('workflows/examples/README.md', 'utf8');
  for (const file of filesIn('workflows/examples')) expect(rows).toContain(`](${file.split('/').at(-1)})`);
});
