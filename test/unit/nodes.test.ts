// n8n's lints read source and cannot see descriptions that are put together from operations; this walks what was built.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Icon, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { lintBuilt, ruleCount } from './support/builtLint.ts';
import { credentials, everyField, nodes, operationsOf, root } from './support/pack.ts';

const named = nodes.map((found) => [found.name, found] as const);
const operations = nodes.flatMap(({ one }) => operationsOf(one));
const eachOperation = operations.map((one) => [`${one.node} ${one.resource}/${one.operation}`, one] as const);
/** What one of n8n's rules says of a parameter and we mean otherwise, with the reason. */
const MEANT: readonly RegExp[] = [
  /password-missing.*\(token: /, // the token of a lease is given by the node before, and is seen there: hiding it here helps nobody
  /action-miscased.*action: "[^"]*\b(ONU|OLT)s"/, // n8n's sentence case does not know the plural of an acronym
  /plural-option.*"Many Devices"/, // many devices at once are what the resource is about
];
const sorted = (names: readonly string[]): string[] => [...names].sort((a, b) => a.localeCompare(b, 'en'));

function iconFiles(icon: Icon | undefined, from: string): string[] {
  const { light, dark } = icon as { light: string; dark: string };
  expect(light).not.toBe(dark);
  return [light, dark].map((file) => join(root, dirname(from), file.replace(/^file:/, '')));
}

describe.each(named)('%s', (name, { path, one }) => {
  const { description, methods, webhookMethods } = one;
  const fields = everyField(description.properties);

  test("passes n8n's own rules for parameters as it was built", () => {
    expect(lintBuilt(name, one).filter((finding) => !MEANT.some((meant) => meant.test(finding)))).toEqual([]);
  });

  test('says in the editor what it is: one main way in and out, a subtitle of what was chosen, its own name by default', () => {
    const trigger = description.group.includes('trigger');
    expect(description).toMatchObject({ inputs: trigger ? [] : ['main'], outputs: ['main'], defaults: { name: description.displayName }, subtitle: expect.stringMatching(/^=.*\$parameter/) });
    expect([description.version].flat().every((version) => version >= 1)).toBe(true);
    expect(description.displayName).toMatch(/^[A-Z]/);
    expect(description.displayName).not.toMatch(/node|n8n|\p{Extended_Pictographic}/iu);
    expect(description.description).toMatch(/^[A-Z].{19,158}[^.]$/);
  });

  test('stands in a folder, file and class of its name, with a codex beside it', () => {
    expect(path).toBe(`nodes/${name}/${name}.node.ts`);
    expect(description.name.toLowerCase()).toBe(name.toLowerCase());
    const codex = JSON.parse(readFileSync(join(root, 'nodes', name, `${name}.node.json`), 'utf8'));
    expect(codex).toMatchObject({ node: `n8n-nodes-leadlight.${description.name}`, codexVersion: '1.0' });
    expect(codex.alias.length).toBeGreaterThan(3);
    for (const category of codex.categories) expect(['Communication', 'Development', 'Finance & Accounting', 'Miscellaneous', 'Sales', 'Utility']).toContain(category);
  });

  test('has different light and dark icons', () => {
    const [light, dark] = iconFiles(description.icon as Icon, path).map((file) => readFileSync(file, 'utf8'));
    expect(light).toMatch(/^<svg /);
    expect(dark).toMatch(/^<svg /);
    expect(light).not.toBe(dark);
  });

  test('declares credentials of this pack only, and at most one', () => {
    const ours = credentials.map(({ one }) => one.name);
    const used = (description.credentials ?? []).map((one) => one.name);
    expect(used.length).toBeLessThanOrEqual(1);
    for (const one of used) expect(ours).toContain(one);
  });

  test('can be an AI tool, unless it is a trigger', () => {
    if (description.polling) expect(typeof one.poll).toBe('function');
    if (description.group.includes('trigger') && (description.webhooks || !description.polling)) expect(Object.keys(webhookMethods?.default ?? {}).sort()).toEqual(['checkExists', 'create', 'delete']);
    else expect([webhookMethods, description.usableAsTool]).toEqual([undefined, description.polling ? undefined : true]);
  });

  test('sorts every list and says what it means', () => {
    for (const field of fields.filter(({ type }) => type === 'options' || type === 'multiOptions')) {
      const names = (field.options as INodePropertyOptions[]).map((option) => option.name);
      expect({ field: field.name, names }).toEqual({ field: field.name, names: sorted(names) });
      expect((field.options as INodePropertyOptions[]).map(({ value }) => value)).toEqual([...new Set((field.options as INodePropertyOptions[]).map(({ value }) => value))]);
      if (field.type === 'options') expect((field.options as INodePropertyOptions[]).map(({ value }) => value)).toContain(field.default);
    }
    for (const field of fields.filter(({ type }) => type === 'collection')) expect(sorted((field.options as INodeProperties[]).map(({ displayName }) => displayName))).toEqual((field.options as INodeProperties[]).map(({ displayName }) => displayName));
  });

  test('labels in title case, describes beyond the label, asks "Whether" for yes and no', () => {
    for (const { name: field, displayName, description: text, type, displayOptions, placeholder, default: byDefault } of fields) {
      const at = `${name}.${field}`;
      expect({ at, displayName }).toEqual({ at, displayName: expect.stringMatching(/^[A-Z]/) });
      for (const word of displayName.split(/[\s()/-]+/).filter((one) => one.length > 3)) expect({ at, word }).toEqual({ at, word: expect.stringMatching(/^[A-Z]/) });
      if (field !== 'resource' && field !== 'operation' && type !== 'collection') {
        expect({ at, text }).toEqual({ at, text: expect.stringMatching(/.{8,}[^.]$/) });
        expect({ at, text: text?.toLowerCase() }).not.toEqual({ at, text: displayName.toLowerCase() });
      }
      if (type === 'boolean') expect({ at, text, byDefault }).toEqual({ at, text: expect.stringMatching(/^Whether /), byDefault: expect.any(Boolean) });
      if (type === 'string' && placeholder) expect({ at, placeholder }).toEqual({ at, placeholder: expect.stringMatching(/^e\.g\. /) });
      for (const shown of [displayOptions?.show, displayOptions?.hide]) if (shown) expect({ at, keys: Object.keys(shown).length, empty: Object.values(shown).some((one) => (one as unknown[]).length === 0) }).toEqual({ at, keys: expect.any(Number), empty: false });
    }
  });

  test('picks from a list first, or by what is known of it; every list has its search', () => {
    for (const field of fields.filter(({ type }) => type === 'resourceLocator')) {
      const [list, ...others] = field.modes ?? [];
      expect(list).toMatchObject({ displayName: 'From List', name: 'list', type: 'list', placeholder: expect.any(String), typeOptions: { searchable: true } });
      expect(field.default).toMatchObject({ mode: 'list', value: expect.any(String) });
      expect(Object.keys(methods?.listSearch ?? {})).toContain(list!.typeOptions!.searchListMethod);
      expect(others.length).toBeGreaterThan(0);
      for (const other of others) expect({ field: field.name, other }).toEqual({ field: field.name, other: expect.objectContaining({ type: 'string', displayName: expect.stringMatching(/^(By )?[A-Z]/), placeholder: expect.stringMatching(/^e\.g\. /) }) });
      expect(new Set(field.modes!.map((mode) => mode.name)).size).toBe(field.modes!.length);
    }
  });

  test('is written as n8n writes: no "please", no markup but links and code, collections say what is added', () => {
    for (const { name: field, displayName, description: text = '', hint = '', type, placeholder } of fields) {
      const at = `${name}.${field}`;
      expect({ at, words: `${displayName} ${text} ${hint}`.match(/\bplease\b/i) }).toEqual({ at, words: null });
      expect({ at, html: /<(?!\/?(a|b|br|code|em|strong)\b)[a-z]/i.test(text) }).toEqual({ at, html: false });
      if (type === 'collection' || type === 'fixedCollection') expect({ at, placeholder }).toEqual({ at, placeholder: expect.stringMatching(/^Add [a-z]/i) });
    }
  });

  test('reaches every field by some operation; resource and operation take no expressions', () => {
    if (description.group.includes('trigger')) return;
    const reached = new Set(operationsOf({ description } as never).flatMap((one) => one.fields));
    const loose = description.properties.filter((field) => field.name !== 'resource' && field.name !== 'operation' && !reached.has(field));
    expect(loose.map((field) => field.name)).toEqual([]);
    for (const menu of description.properties.filter((field) => field.name === 'resource' || field.name === 'operation')) expect(menu.noDataExpression).toBe(true);
  });
});

describe('operations', () => {
  test('are many, and none is there twice', () => {
    const keys = eachOperation.map(([key]) => key);
    expect(keys.length).toBeGreaterThan(60);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test.each(eachOperation)('%s reads well', (_key, { name, action, description, fields }) => {
    expect(action).toMatch(/^[A-Z][^A-Z]*( [A-Za-z]+)*$/);
    expect(action).not.toMatch(/\b(a|an|the)\b/i);
    expect(action.split(' ').slice(1).filter((word) => /^[A-Z][a-z]/.test(word))).toEqual([]);
    expect(description.toLowerCase()).not.toBe(name.toLowerCase());
    expect(description.length).toBeGreaterThan(name.length + 10);
    expect(description).not.toMatch(/\.$/);
    expect(description).not.toMatch(/\b(error|problem|failure|mistake)s?\b/i);
    const seen = fields.map((field) => field.name);
    expect(seen).toEqual([...new Set(seen)]);
  });

  test.each(eachOperation)('%s asks for what it must have before what it may have, and pairs Return All with Limit', (key, { name, operation, fields }) => {
    const optional = fields.map(({ type }) => type === 'collection');
    expect({ key, optional }).toEqual({ key, optional: [...optional].sort((a, b) => Number(a) - Number(b)) });
    const by = (wanted: string): INodeProperties | undefined => fields.find((field) => field.name === wanted);
    const pair = [by('returnAll'), by('limit')];
    expect({ key, many: name === 'Get Many', named: operation === 'getMany' }).toEqual({ key, many: operation === 'getMany', named: name === 'Get Many' });
    if (operation === 'getMany' || pair.some(Boolean)) {
      expect({ key, pair }).toEqual({
        key, pair: [
          expect.objectContaining({ type: 'boolean', default: false, displayName: 'Return All' }),
          expect.objectContaining({ type: 'number', default: 50, displayName: 'Limit', typeOptions: expect.objectContaining({ minValue: 1 }), displayOptions: { show: expect.objectContaining({ returnAll: [false] }) } }),
        ],
      });
    }
    const simplify = by('simplify');
    if (simplify) expect({ key, simplify }).toEqual({ key, simplify: expect.objectContaining({ type: 'boolean', default: true, displayName: 'Simplify' }) });
    // What can be undone by nobody is not called by a soft word.
    if (/delete/i.test(operation)) expect({ key, name }).toEqual({ key, name: expect.stringMatching(/^Delete/) });
  });

  test('the same label is not used for two parameters of one operation', () => {
    for (const { fields } of operations) expect(fields.map(({ displayName }) => displayName)).toEqual([...new Set(fields.map(({ displayName }) => displayName))]);
  });
});

test("n8n's rules see a fault that is planted in a built description", () => {
  expect(ruleCount).toBeGreaterThan(70);
  const planted = (property: object): readonly string[] => lintBuilt('Planted', { description: { displayName: 'Planted', name: 'planted', properties: [property] } } as never).map((finding) => finding.split(':')[0]!);
  expect(planted({ displayName: 'Wake', name: 'wake', type: 'boolean', default: false, description: 'Wake the device' })).toEqual(['n8n-nodes-base/node-param-description-boolean-without-whether']);
  expect(planted({ displayName: 'Limit', name: 'limit', type: 'number', default: 10, typeOptions: { minValue: 1 }, description: 'Max number of results to return' })).toEqual(['n8n-nodes-base/node-param-default-wrong-for-limit']);
  expect(planted({ displayName: 'wake device', name: 'wake', type: 'string', default: '', description: 'Which device to wake' })).toEqual(['n8n-nodes-base/node-param-display-name-miscased']);
  expect(planted({ displayName: 'Wake', name: 'wake', type: 'string', default: '', description: 'Which device to wake' })).toEqual([]);
});

describe.each(credentials.map((found) => [found.name, found] as const))('%s', (name, { path, one }) => {
  test('is tested by a request, hides what is secret, and has icons and documentation', () => {
    expect(path).toBe(`credentials/${name}.credentials.ts`);
    expect(one.test?.request).toMatchObject({ baseURL: '={{$credentials.baseUrl}}', url: expect.stringMatching(/^\//) });
    expect(one.authenticate).toBeDefined();
    expect(one.documentationUrl).toMatch(/^https:\/\//);
    for (const file of iconFiles(one.icon as Icon, path)) expect(existsSync(file)).toBe(true);
    const secret = one.properties.filter((field) => /key|secret|token|password/i.test(field.name));
    expect(secret.length).toBeGreaterThan(0);
    for (const field of secret) expect({ field: field.name, hidden: field.typeOptions?.password }).toEqual({ field: field.name, hidden: true });
  });
});
