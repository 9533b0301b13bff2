import { NodeApiError, type INodeType } from 'n8n-workflow';
import { refuse, VendorError } from '../../../core/src/index.ts';
import { defineOperation, propertiesOf, type Resource } from '../../../nodes/shared/defineOperation.ts';
import { jsonField, numberField, optionsField, returnAllFields, textField } from '../../../nodes/shared/fields.ts';
import { perItem } from '../../../nodes/shared/perItem.ts';
import { sendWith } from '../../../nodes/shared/transport.ts';
import { startFixture, type Fixture } from '../support/server.ts';
import { context, failed, run } from '../support/n8n.ts';

const shared = textField('word', 'Word');
const op = (value: string, act: (word: string) => unknown) =>
  defineOperation<undefined>({ value, name: value, action: value, description: 'For this test', fields: [shared], run: ({ read }) => act(read.text('word')) });
const vendorError = new VendorError({ vendor: 'Acme', operation: 'make', kind: 'timedOut', status: 504, retryAfterMs: 1500, message: 'Acme did not answer.', hint: 'Look first.' });
const things: Resource<undefined> = {
  value: 'thing', name: 'Thing',
  operations: [
    op('say', (word) => ({ word })),
    op('list', (word) => [{ word }, { word: `${word}2` }]),
    op('none', () => undefined),
    op('number', () => 7),
    op('refuse', () => refuse('portHeld', 'The port is held.', { path: 'fibreId', hint: 'Offer another.' })),
    op('vendor', () => Promise.reject(vendorError)),
    op('bug', () => Promise.reject(new RangeError('money: 1.5 is not a whole number'))),
    defineOperation<undefined>({
      value: 'read', name: 'Read', action: 'Read', description: 'For this test',
      fields: [jsonField('data', 'Data', 'Some data'), numberField('count', 'Count', 1, 'How many'), optionsField([textField('note', 'Note'), jsonField('more', 'More', 'More')]), ...returnAllFields],
      run: ({ read }) => ({ data: read.object('data'), count: read.number('count'), note: read.options('options').text('note'), more: read.options('options').json('more'), all: read.flag('returnAll') }),
    }),
  ],
};
const node = {
  description: { name: 'test', displayName: 'Test', properties: propertiesOf([things]) },
  execute(this: Parameters<typeof perItem>[0]) {
    return perItem(this, [things], () => undefined);
  },
} as unknown as INodeType;
const one = (operation: string, more: object = {}) => ({ resource: 'thing', operation, word: 'x', ...more });

describe('perItem', () => {
  test('keeps the pair of each item, also when one gives many', async () => {
    const out = await run(node, { items: [one('say', { word: 'a' }), one('list', { word: 'b' }), one('none'), one('number')] });
    expect(out.map(({ json, pairedItem }) => [json, pairedItem])).toEqual([
      [{ word: 'a' }, { item: 0 }], [{ word: 'b' }, { item: 1 }], [{ word: 'b2' }, { item: 1 }], [{}, { item: 2 }], [{ value: 7 }, { item: 3 }],
    ]);
  });

  test('a refusal is data on the output, not a failure', async () => {
    const [item] = await run(node, { items: [one('refuse')] });
    expect(item).toEqual({ json: { type: 'refused', code: 'portHeld', message: 'The port is held.', path: 'fibreId', hint: 'Offer another.' }, pairedItem: { item: 0 } });
  });

  test('a vendor failure says what happened, what to do, and for which item; unknown outcomes are said so', async () => {
    const error = await failed(run(node, { items: [one('say'), one('vendor')] }));
    expect(error).toBeInstanceOf(NodeApiError);
    expect(error).toMatchObject({ message: 'Acme did not answer.', description: 'Look first. It is not known whether the request was carried out.', httpCode: '504', context: { itemIndex: 1 } });
  });

  test('with Continue On Fail the fields that decide what to do next leave on the item, and the rest goes on', async () => {
    const out = await run(node, { items: [one('vendor'), one('say'), one('bug')], continueOnFail: true });
    expect(out[0]!.json).toEqual({ error: 'Acme did not answer.', message: 'Acme did not answer.', details: { type: 'vendorError', vendor: 'Acme', operation: 'make', kind: 'timedOut', outcome: 'unknown', message: 'Acme did not answer.', hint: 'Look first.', status: 504, retryAfterMs: 1500 } });
    expect(out[1]!.json).toEqual({ word: 'x' });
    expect(out[2]).toMatchObject({ json: { error: 'money: 1.5 is not a whole number' }, pairedItem: { item: 2 } });
    // n8n tells failed items by these keys alone, and an `error` beside `json` would wipe them.
    for (const item of [out[0]!, out[2]!]) expect([Object.keys(item.json).sort(), item.error]).toEqual([['details', 'error', 'message'], undefined]);
  });

  test('[S1-103] with Retry On Fail a failure leaves first: n8n looks at the first item only to see whether to try again', async () => {
    const out = await run(node, { items: [one('say', { word: 'a' }), one('vendor'), one('say', { word: 'b' })], continueOnFail: true, retryOnFail: true });
    expect(out.map(({ json, pairedItem }) => [json['word'] ?? json['error'], pairedItem])).toEqual([['Acme did not answer.', { item: 1 }], ['a', { item: 0 }], ['b', { item: 2 }]]);
  });

  test('an operation that an expression made up is named', async () => {
    expect((await failed(run(node, { items: [one('explode')] }))).message).toContain('"explode"');
  });
});

describe('inputs', () => {
  const ask = (more: object) => run(node, { items: [one('read', { data: '{"a":1}', ...more })] });
  test('JSON may be text or a value, options may be left out', async () => {
    expect((await ask({}))[0]!.json).toEqual({ data: { a: 1 }, count: 1, note: undefined, more: undefined, all: false });
    expect((await ask({ data: { b: 2 }, count: '3', options: { note: ' hi ', more: '{}' } }))[0]!.json).toEqual({ data: { b: 2 }, count: 3, note: 'hi', more: undefined, all: false });
  });
  test.each([[{ data: '{' }, "'Data' must be valid JSON"], [{ data: '[1]' }, "'Data' must be a JSON object"], [{ count: 'many' }, "'Count' must be a number"]])('%j names the label: %s', async (more, message) => {
    expect(await failed(ask(more))).toMatchObject({ name: 'NodeOperationError', message, context: { itemIndex: 0 } });
  });
  test('a text left empty is named', async () => {
    expect((await failed(run(node, { items: [one('say', { word: '  ' })] }))).message).toBe("'Word' must be filled in");
  });
});

describe('propertiesOf', () => {
  test('a field several operations share appears once, so that its entry survives a change of operation', () => {
    const found = propertiesOf([things]).filter(({ name }) => name === 'word');
    expect(found).toHaveLength(1);
    expect(found[0]!.displayOptions!.show).toEqual({ resource: ['thing'], operation: ['say', 'list', 'none', 'number', 'refuse', 'vendor', 'bug'] });
  });
  test('a field with a condition of its own keeps it', () => {
    expect(propertiesOf([things]).find(({ name }) => name === 'limit')!.displayOptions!.show).toEqual({ resource: ['thing'], operation: ['read'], returnAll: [false] });
  });
});

describe('transport', () => {
  let server: Fixture;
  beforeAll(async () => { server = await startFixture(); });
  afterAll(() => server.close());
  const send = async (request: Parameters<Awaited<ReturnType<typeof sendWith>>>[0], baseUrl = `${server.url}/`) =>
    (await sendWith(context(node, { items: [one('say')], credentials: { baseUrl, apiKey: 'k' } }), 'leadlightHubApi'))(request);

  test('every status is a reply, with its reason phrase, its headers in lower case and its text as it came', async () => {
    expect(await send({ method: 'POST', path: '/echo?', body: {} })).toMatchObject({ status: 202, reason: 'Task faulted', headers: { 'x-total-count': '3' }, text: expect.stringContaining('"body":"{}"') });
    expect(await send({ method: 'GET', path: '/teapot' })).toMatchObject({ status: 418, text: '<html>' });
  });
  test('redirects are not followed', async () => {
    expect(await send({ method: 'GET', path: '/moved' })).toMatchObject({ status: 302, headers: { location: '/login' } });
  });
  test('signs with the credential and sends text as text', async () => {
    const { text } = await send({ method: 'PUT', path: '/echo', body: 'const a = 1;', headers: { 'content-type': 'text/plain' }, query: { q: 'é &', gone: undefined } });
    expect(JSON.parse(text)).toMatchObject({ url: '/echo?q=%C3%A9+%26', body: 'const a = 1;', headers: { 'content-type': 'text/plain', authorization: 'Bearer k' } });
  });
  test.each([['/reset', 'reset', 'maybe'], ['/silent', 'timeout', 'maybe']])('%s: no reply is a SendFailure (%s), and may have arrived', async (path, reason, arrived) => {
    await expect(send({ method: 'POST', path, body: {}, timeoutMs: 100 })).rejects.toMatchObject({ name: 'SendFailure', reason, arrived });
  });
  test('a closed port has certainly not arrived', async () => {
    await expect(send({ method: 'POST', path: '/', body: {} }, 'http://127.0.0.1:9')).rejects.toMatchObject({ reason: 'refused', arrived: 'no' });
  });
  test('an address without http is blamed on the credential', async () => {
    await expect(send({ method: 'GET', path: '/' }, 'hub.example')).rejects.toMatchObject({ name: 'NodeOperationError', message: expect.stringContaining("'Base URL'") });
  });
});
