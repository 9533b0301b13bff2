// The table of docs/erpnext-node.md, row by row: n8n's own ERPNext node, unmodified, and ours do the same task on the same sandbox.
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { IDataObject, IExecuteFunctions, ILoadOptionsFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';
import { ErpNext } from '../../../nodes/ErpNext/ErpNext.node.ts';
import { ErpNextTrigger } from '../../../nodes/ErpNextTrigger/ErpNextTrigger.node.ts';
import { erpnextKeys, startErpnext } from '../../../packages/sandbox/src/erpnext/index.ts';
import { World } from '../../../packages/sandbox/src/world.ts';
import { context as around, pick, run } from '../support/n8n.ts';

const root = join(__dirname, '../../..');
const document = readFileSync(join(root, 'docs/erpnext-node.md'), 'utf8');
const n8n = join(root, 'runtime/node_modules/n8n/package.json');
const here = existsSync(n8n) ? test : test.skip;
const ours = new ErpNext();
const person = { customer_type: 'Individual', customer_group: 'Résidentiel', territory: 'Canada' };
let theirs: INodeType;
let site: Awaited<ReturnType<typeof startErpnext>>;
beforeAll(async () => {
  site = await startErpnext(new World());
  if (!existsSync(n8n)) return;
  const load = createRequire(realpathSync(n8n));
  theirs = new (load('n8n-nodes-base/dist/nodes/ERPNext/ERPNext.node.js') as { ERPNext: new () => INodeType }).ERPNext();
});
afterAll(() => site.close());

/** What n8n's node sees of n8n: the old request helper, which throws on a bad status, and nothing encoded for it. */
async function builtIn(items: readonly Readonly<Record<string, unknown>>[], continueOnFail = false): Promise<readonly IDataObject[]> {
  const [out] = (await theirs.execute!.call(theirContext(items, continueOnFail) as IExecuteFunctions)) as INodeExecutionData[][];
  return out!.map(({ json }) => json);
}
function theirContext(items: readonly Readonly<Record<string, unknown>>[], continueOnFail = false): IExecuteFunctions & ILoadOptionsFunctions {
  return {
    getInputData: () => items.map(() => ({ json: {} })),
    getNode: () => ({ id: '1', name: 'ERPNext', type: 'n8n-nodes-base.erpNext', typeVersion: 1, position: [0, 0], parameters: {} }),
    getNodeParameter: (name: string, index: number) => items[index]![name],
    getCredentials: async () => ({ environment: 'selfHosted', domain: site.url }),
    continueOnFail: () => continueOnFail,
    helpers: {
      returnJsonArray: (data: IDataObject | IDataObject[]) => [data].flat().map((json) => ({ json })),
      constructExecutionMetaData: (data: INodeExecutionData[]) => data,
      async requestWithAuthentication(_name: string, options: { method: string; uri: string; qs?: Record<string, string>; body?: object; headers: Record<string, string> }) {
        const query = new URLSearchParams(Object.entries(options.qs ?? {}).map(([key, value]): [string, string] => [key, String(value)]));
        const reply = await fetch(`${options.uri}${query.size > 0 ? `?${query.toString()}` : ''}`, { method: options.method, headers: { ...options.headers, authorization: `token ${erpnextKeys.runtime.key}:${erpnextKeys.runtime.secret}` }, ...(options.body ? { body: JSON.stringify(options.body) } : {}) });
        if (!reply.ok) throw Object.assign(new Error(`${reply.status} - ${await reply.text()}`), { statusCode: reply.status });
        return (await reply.json()) as unknown;
      },
    },
  } as never;
}
const credentials = () => ({ baseUrl: site.url, apiKey: erpnextKeys.runtime.key, apiSecret: erpnextKeys.runtime.secret });
const own = async (items: readonly Readonly<Record<string, unknown>>[], continueOnFail = false) => (await run(ours, { items, credentials: credentials(), continueOnFail })).map(({ json }) => json);
const properties = (fields: object) => ({ customProperty: Object.entries(fields).map(([field, value]) => ({ field, value })) });
const ended = (work: Promise<unknown>) => work.then(() => 'it worked', (error: Error) => error.message);
/** The row of the document must say what was seen. */
const shown = new Set<string>();
const row = (task: string, builtInDid: string, oursDid: string) => {
  const line = `| ${task} | ${builtInDid} | ${oursDid} |`;
  shown.add(line);
  expect(document).toContain(line);
};
const offered = (node: INodeType, resource: string) => node.description.properties.filter(({ name, displayOptions }) => name === 'operation' && (displayOptions?.show?.['resource'] as string[] | undefined)?.includes(resource)).flatMap(({ options = [] }) => options.map((one) => one.name));
const resources = (node: INodeType) => node.description.properties.find(({ name }) => name === 'resource')!.options!.map((one) => one.name).sort();
/** How many ways a filter of a node can compare. */
function operators(node: INodeType): number {
  const seen = new Set<unknown>();
  JSON.stringify(node.description.properties, (_key, value: unknown) => {
    const field = value as { name?: string; options?: { value: unknown }[] } | null;
    if (field?.name === 'operator') for (const one of field.options ?? []) seen.add(one.value);
    return value;
  });
  return seen.size;
}

here('paging', async () => {
  for (let n = 0; n < 2500; n += 1) site.site.put('Service Location', { address_line: `rue ${n}`, city: 'X', connection_type: 'FTTH' });
  const counted = (rows: readonly IDataObject[]) => `${rows.length} items, ${rows.length - new Set(rows.map(({ name }) => name)).size} of them twice`;
  row('Return All over 2,500 documents', counted(await builtIn([{ resource: 'document', operation: 'getAll', docType: 'Service%20Location', returnAll: true, options: {} }])), counted(await own([{ resource: 'document', operation: 'getMany', docType: pick('name', 'Service Location'), returnAll: true }])));
}, 60_000);

here('filters', async () => {
  const { name } = site.site.put('Service Location', { address_line: '12 rue Saint-Jean', city: 'Huntingdon', connection_type: 'FTTH' });
  // What its list of DocTypes gives as the value of "Service Location".
  const message = await ended(builtIn([{ resource: 'document', operation: 'getAll', docType: 'Service%20Location', returnAll: false, limit: 10, options: { filters: { customProperty: [{ field: 'city', operator: 'is', value: 'Huntingdon' }] } } }]));
  expect(message).toMatch(/^404 .*DocType Service%20Location not found/);
  const found = await own([{ resource: 'document', operation: 'getMany', docType: pick('name', 'Service Location'), limit: 10, options: { filters: '[["city", "like", "Hunt%"]]' } }]);
  expect(found.map((one) => one['name'])).toEqual([name]);
  row('Filter a DocType with a space in its name', '404: DocType Service%20Location not found', 'the 1 document that matches');
});

here('several items', async () => {
  const [, second] = await builtIn([
    { resource: 'document', operation: 'create', docType: 'Customer', properties: properties({ ...person, customer_name: 'A', website: 'https://a.example' }) },
    { resource: 'document', operation: 'create', docType: 'Customer', properties: properties({ ...person, customer_name: 'B' }) },
  ]);
  const [, mine] = await own([{ website: 'https://a.example', customer_name: 'A' }, { customer_name: 'B' }].map((fields) => ({ resource: 'document', operation: 'create', docType: pick('name', 'Customer'), fields: { ...person, ...fields } })));
  expect([second!['website'], mine!['website'] ?? null]).toEqual(['https://a.example', null]);
  row('Create two customers, only the first with a website', 'the second gets the first one’s website', 'the second has none');
});

here('one bad item of three', async () => {
  const names = ['One', 'Two', 'Three'].map((name) => `${name} of three`);
  const fields = names.map((customer_name, index) => ({ ...person, customer_name, ...(index === 1 ? { customer_group: 'No Such Group' } : {}) }));
  const held = () => site.site.docs('Customer').filter((one) => names.includes(String(one['customer_name']))).length;
  const message = await ended(builtIn(fields.map((one) => ({ resource: 'document', operation: 'create', docType: 'Customer', properties: properties(one) })), true));
  expect([message.slice(0, 3), held()]).toEqual(['417', 1]);
  const out = await own(fields.map((one, index) => ({ resource: 'document', operation: 'ensure', docType: pick('name', 'Customer'), key: `three:${index}`, fields: one })), true);
  expect([out.length, held(), 'error' in out[1]!]).toEqual([3, 3, true]);
  row('Three items, the second wrong, Continue On Fail', 'stops: 1 made, none leaves the node', '2 made, 3 items leave, the wrong one with what to do');
});

here('the same run twice', async () => {
  const held = (name: string) => site.site.docs('Customer').filter((one) => one['customer_name'] === name).length;
  for (const _run of [1, 2]) {
    await builtIn([{ resource: 'document', operation: 'create', docType: 'Customer', properties: properties({ ...person, customer_name: 'Twice Theirs' }) }]);
    await own([{ resource: 'document', operation: 'ensure', docType: pick('name', 'Customer'), key: 'twice', fields: { ...person, customer_name: 'Twice Ours' } }]);
  }
  row('The same workflow run twice', `${held('Twice Theirs')} customers`, `${held('Twice Ours')} customer (Ensure)`);
});

here('names and child tables', async () => {
  site.site.put('Item', { item_code: 'A/B #1?x', item_group: 'Internet', stock_uom: 'Nos', is_stock_item: 0 });
  expect(await ended(builtIn([{ resource: 'document', operation: 'get', docType: 'Item', documentName: 'A/B #1?x' }]))).toMatch(/^404/);
  expect(await own([{ resource: 'document', operation: 'get', docType: pick('name', 'Item'), documentName: pick('name', 'A/B #1?x') }])).toMatchObject([{ name: 'A/B #1?x' }]);
  row('Get the item `A/B #1?x`', '404', 'the item');
  const value = theirs.description.properties.filter(({ name }) => name === 'properties').flatMap((one) => JSON.stringify(one).match(/"name":"value","type":"(\w+)"/)?.[1] ?? []);
  expect([...new Set(value)]).toEqual(['string']);
  row('Child tables and numbers', 'text values only', 'typed fields or JSON, links into rows');
});

here('starting by itself', () => {
  const load = createRequire(realpathSync(n8n));
  const manifest = load('n8n-nodes-base/package.json') as { n8n: { nodes: readonly string[] } };
  expect(manifest.n8n.nodes.filter((path) => /ERPNext.*Trigger/i.test(path))).toEqual([]);
  const mine = new ErpNextTrigger();
  row('A workflow that starts by itself', 'no trigger', `${mine.description.displayName}: ${[mine.description.webhooks && 'by webhook', mine.description.polling && 'by polling'].filter(Boolean).join(', ')}, or both`);
});

here('filters as a form, and finding one', async () => {
  row('Ways a filter can compare', String(operators(theirs)), String(operators(ours)));
  const { name } = site.site.put('Customer', { ...person, customer_name: 'Found', website: 'https://found.example' });
  const found = await builtIn([{ resource: 'document', operation: 'getAll', docType: 'Customer', returnAll: false, limit: 10, options: { filters: { customProperty: [{ field: 'website', operator: 'is', value: 'https://found.example' }] } } }]);
  const [mine] = await own([{ resource: 'document', operation: 'getByFilter', docType: pick('name', 'Customer'), conditions: { filter: [{ field: 'website', operator: '=', value: 'https://found.example' }] } }]);
  expect([found, mine]).toMatchObject([[{ name }], { name, customer_name: 'Found', customer_type: 'Individual' }]);
  expect(Object.keys(found[0]!)).toEqual(['name']);
  row('Find a customer by its website', 'a row with its name', 'the customer (Get by Filter)');
});

here('what a colleague saved meanwhile', async () => {
  const { name, modified } = site.site.put('Customer', { ...person, customer_name: 'Meanwhile' });
  const colleague = () => site.site.patch('Customer', name, { website: 'https://colleague.example' });
  colleague();
  await builtIn([{ resource: 'document', operation: 'update', docType: 'Customer', documentName: name, properties: properties({ website: 'https://theirs.example' }) }]);
  expect(site.site.doc('Customer', name)['website']).toBe('https://theirs.example');
  colleague();
  const [mine] = await own([{ resource: 'document', operation: 'update', docType: pick('name', 'Customer'), documentName: pick('name', name), fields: { website: 'https://ours.example' }, lock: true, modified }], true);
  expect([mine, site.site.doc('Customer', name)['website']]).toMatchObject([{ details: { kind: 'conflict', detail: { stale: true } } }, 'https://colleague.example']);
  row('Update what a colleague saved meanwhile', 'the colleague’s value is lost', 'refused (Optimistic Lock)');
});

here('choosing a DocType', async () => {
  // The key of a running integration: no System Manager.
  const message = await ended((theirs.methods!.loadOptions!['getDocTypes'] as (this: ILoadOptionsFunctions) => Promise<unknown>).call(theirContext([])));
  const { results } = await ours.methods.listSearch.searchDocTypes.call(around(ours, { items: [{}], credentials: credentials() }), '');
  expect(results.map(({ name }) => name)).toEqual(expect.arrayContaining(['Customer', 'Sales Invoice', 'Service Location']));
  row('Choose a DocType without System Manager', message, 'from the list');
});

here('files and prints', async () => {
  expect(offered(theirs, 'document').concat(resources(theirs)).filter((name) => /file|pdf|download|upload/i.test(name))).toEqual([]);
  const { name } = site.site.put('Customer', { ...person, customer_name: 'With a Photo' });
  const at = { docType: pick('name', 'Customer'), documentName: pick('name', name) };
  const bytes = Buffer.from([0x89, 0x50, 0, 255, 13, 10]);
  const [up] = await run(ours, { items: [{ resource: 'file', operation: 'upload', ...at, binaryPropertyName: 'photo', options: { fileName: 'photo.png' } }], credentials: credentials(), files: { photo: { fileName: 'photo.png', bytes } } });
  const [down] = await run(ours, { items: [{ resource: 'file', operation: 'download', file: up!.json['url'] }], credentials: credentials() });
  expect(Buffer.from(down!.binary!['data']!.data, 'base64')).toEqual(bytes);
  row('Attach a file and fetch it again', 'no operation', 'the same bytes (Upload, Download)');
  const [print] = await run(ours, { items: [{ resource: 'document', operation: 'downloadPdf', ...at }], credentials: credentials() });
  expect(Buffer.from(print!.binary!['data']!.data, 'base64').toString('latin1')).toMatch(/^%PDF-/);
  row('A document as PDF', 'no operation', 'on the item (Download PDF)');
});

here('operations and errors', async () => {
  row('Resources', resources(theirs).join(', '), resources(ours).join(', '));
  row('Operations on a document', offered(theirs, 'document').sort().join(', '), offered(ours, 'document').sort().join(', '));
  const mine = await own([{ resource: 'document', operation: 'delete', docType: pick('name', 'Customer'), documentName: pick('name', site.site.docs('Customer')[0]!.name) }], true);
  const message = await ended(builtIn([{ resource: 'document', operation: 'delete', docType: 'Customer', documentName: site.site.docs('Customer')[0]!.name }]));
  expect(mine[0]).toMatchObject({ details: { kind: 'unauthorised', hint: expect.stringContaining('role that may do this') } });
  row('Delete without the right to', message, 'unauthorised: give the integration user a role that may do this');
});

here('every row was run', () => {
  const [table = ''] = /^\| Task [\s\S]*?(?=\n\n)/m.exec(document) ?? [];
  const rows = table.split('\n').slice(2);
  expect(rows).toEqual(expect.arrayContaining([...shown]));
  expect(rows.filter((line) => !shown.has(line))).toEqual([]);
});
