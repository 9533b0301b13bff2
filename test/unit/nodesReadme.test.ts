// The table of nodes is what people choose by: it names what was built, no more and no less.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodePropertyOptions, INodeType } from 'n8n-workflow';
import { nodes, operationsOf, root } from './support/pack.ts';

const table = readFileSync(join(root, 'nodes/README.md'), 'utf8').split('\n').filter((line) => /^\| \*\*/.test(line)).map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()));
const byName = (a: string, b: string): number => a.localeCompare(b, 'en');

/** `Resource: Operation, Operation · Resource: …`, as the menus show them. */
function operationsInWords(one: INodeType): string {
  const menu = one.description.properties.find(({ name }) => name === 'resource')?.options as INodePropertyOptions[] | undefined;
  const operations = operationsOf(one);
  const words = (menu ?? []).map(({ name, value }) => `${name}: ${operations.filter(({ resource }) => resource === value).map((of) => of.name).sort(byName).join(', ')}`);
  return words.sort(byName).join(' · ');
}

test('nodes/README.md has a row for every node', () => {
  expect(table.map(([name]) => name!.replace(/\*\*([^*]+)\*\*.*/, '$1')).sort(byName)).toEqual(nodes.map(({ one }) => one.description.displayName).sort(byName));
});

test.each(nodes.map(({ one }) => [one.description.displayName, one] as const))('nodes/README.md names the operations of %s', (name, one) => {
  const words = operationsInWords(one);
  if (words === '') return;
  expect(table.find(([cell]) => cell!.startsWith(`**${name}**`))?.[2]).toBe(words);
});
