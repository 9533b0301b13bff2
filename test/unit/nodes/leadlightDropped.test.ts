// Every money operation as somebody meets it who drops the node, picks the operation and executes; and what happens when expressions give rubbish.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Leadlight } from '../../../nodes/Leadlight/Leadlight.node.ts';
import { at, dropped, type Data } from '../support/dropped.ts';
import { root } from '../support/pack.ts';

const node = new Leadlight();
const here = dropped(node);
beforeEach(() => at('2026-04-13T14:20:00.000Z'));
afterAll(() => jest.useRealTimers());

const money = ['account', 'billing', 'catalogue', 'dunning', 'lock', 'policy', 'quote', 'subscription', 'trial', 'usage'];
// These take what another node gives.
const piped = ['billing salesInvoice', 'billing creditNote', 'quote price'];
const examples = here.operations.filter(({ resource, operation }) => money.includes(resource) && !piped.includes(`${resource} ${operation}`)).map(({ resource, operation }) => [resource, operation] as const);

describe.each([
  ['2026-04-13T14:20:00Z', 'America/Toronto'], ['2028-02-29T03:30:00Z', 'America/Toronto'], ['2027-01-31T23:59:59Z', 'Pacific/Auckland'], ['2026-12-31T11:00:00Z', 'Pacific/Auckland'], ['2026-03-08T06:59:59Z', 'America/St_Johns'],
  ['2026-11-01T05:30:00Z', 'America/Havana'], ['2031-08-30T12:00:00Z', 'UTC'],
])('dropped at %s in %s', (now, zone) => {
  beforeEach(() => at(now));
  const there = dropped(node, zone);
  test.each(examples)('%s: %s says yes to its own example', async (resource, operation) => {
    const answer = await there.run(resource, operation);
    expect(answer).toMatchObject('because' in answer ? { type: 'accepted', value: expect.anything() } : {});
    expect(answer['type'] ?? 'accepted').toBe('accepted');
    expect(Object.keys(answer).length).toBeGreaterThan(0);
  });
});

test.each(examples)('%s: %s can be executed as it was dropped', (resource, operation) => {
  expect(here.issues(resource, operation)).toBeNull();
});

test.each(examples)('%s: %s answers, or names the field, whatever an expression gives', async (resource, operation) => {
  const { fields } = here.operations.find((one) => one.resource === resource && one.operation === operation)!;
  const shown = here.parameters(resource, operation);
  const every = here.parameters(resource, operation, {}, true);
  for (const { name, type, displayName, options } of fields.filter((field) => field.name in shown)) {
    for (const entry of type === 'collection' ? (options as { name: string; displayName: string }[]) : [undefined]) {
      for (const sent of [null, 7, 'x', {}, [null], [{}], { a: null }]) {
        const answer = await here.run(resource, operation, { ...(type === 'options' ? every : shown), [name]: entry ? { [entry.name]: sent } : sent }).catch((error: Error) => error.message);
        if (typeof answer === 'string') expect(answer).toMatch(new RegExp(`^'(${[displayName, entry?.name].join('|').replace(/[()]/g, '\\$&')})' must be `));
        else if (answer['type'] === 'refused') expect(answer).toMatchObject({ code: expect.any(String), message: expect.any(String) });
        else expect(['accepted', undefined]).toContain(answer['type']);
      }
    }
  }
});

describe('nodes/README.md', () => {
  const rows = readFileSync(join(root, 'nodes/README.md'), 'utf8').split('\n').flatMap((line) => {
    const [, name, filled, answers] = /^\| ([A-Z]\w+: [\w ]+) \| (–|`\{.*\}`) \| (.+) \|$/.exec(line) ?? [];
    return name ? [[name, filled!, answers!] as const] : [];
  });
  const menu = (name: string): Data[] => node.description.properties.filter((field) => field.name === name).flatMap(({ options, displayOptions }) => ((options ?? []) as Data[]).map((one) => ({ ...one, of: displayOptions?.show?.['resource']?.[0] })));

  test('has an example of every resource', () => {
    expect(new Set(rows.map(([name]) => name.split(':')[0]))).toEqual(new Set(menu('resource').map(({ name }) => name)));
  });

  test.each(rows)('%s', async (name, filled, answers) => {
    const [resourceName, operationName] = name.split(': ');
    const resource = menu('resource').find((one) => one['name'] === resourceName)!['value'] as string;
    const operation = menu('operation').find((one) => one['of'] === resource && one['name'] === operationName)!['value'] as string;
    const [answer] = await here.items(resource, operation, filled === '–' ? {} : JSON.parse(filled.slice(1, -1)) as object);
    const claims = [...answers.matchAll(/`([\w.]+)` is `([^`]+)`/g)];
    expect(claims.length).toBeGreaterThan(0);
    for (const [, path, said] of claims) expect([path, path!.split('.').reduce<unknown>((at, key) => (at as Data)[key], answer)]).toEqual([path, JSON.parse(said!)]);
  });
});
