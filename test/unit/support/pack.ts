import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { ICredentialType, INodeProperties, INodeType } from 'n8n-workflow';

export const root = join(__dirname, '..', '..', '..');
export const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  readonly n8n: { readonly nodes: readonly string[]; readonly credentials: readonly string[] };
  readonly [key: string]: unknown;
};

/** The source of a published file: dist/nodes/X/X.node.js is nodes/X/X.node.ts. */
export const sourceOf = (published: string): string => published.replace(/^dist\//, '').replace(/\.js$/, '.ts');

function load<T>(published: string): { readonly path: string; readonly name: string; readonly one: T } {
  const path = sourceOf(published);
  const name = basename(path).split('.')[0]!;
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const found = (require(join(root, path)) as Record<string, new () => T>)[name];
  if (!found) throw new Error(`${path} does not export ${name}`);
  return { path, name, one: new found() };
}

/** Everything the pack registers, built as n8n builds it. */
export const nodes = manifest.n8n.nodes.map((published) => load<INodeType>(published));
export const credentials = manifest.n8n.credentials.map((published) => load<ICredentialType>(published));

export interface BuiltOperation { readonly node: string; readonly resource: string; readonly operation: string; readonly name: string; readonly action: string; readonly description: string; readonly fields: readonly INodeProperties[] }

/** Every operation of a node with the fields n8n would show for it. */
export function operationsOf({ description }: INodeType): BuiltOperation[] {
  const { properties, name: node } = description;
  const shown = (field: INodeProperties, resource: string, operation: string): boolean => {
    const show = field.displayOptions?.show;
    return field.name !== 'resource' && field.name !== 'operation' && (show?.['resource'] as string[] | undefined)?.includes(resource) === true && (show?.['operation'] as string[] | undefined)?.includes(operation) === true;
  };
  const resources = (properties.find(({ name }) => name === 'resource')?.options ?? []) as { value: string }[];
  return resources.flatMap(({ value: resource }) => {
    const menu = properties.find((field) => field.name === 'operation' && (field.displayOptions?.show?.['resource'] as string[]).includes(resource));
    return ((menu?.options ?? []) as { value: string; name: string; action: string; description: string }[]).map(({ value, name, action, description: text }) => ({
      node, resource, operation: value, name, action, description: text, fields: properties.filter((field) => shown(field, resource, value)),
    }));
  });
}

/** Every parameter, also those inside collections. */
export function everyField(properties: readonly INodeProperties[]): INodeProperties[] {
  return properties.flatMap((field) => [
    field,
    ...(field.type === 'collection' ? everyField((field.options ?? []) as INodeProperties[]) : []),
    ...(field.type === 'fixedCollection' ? ((field.options ?? []) as { values: INodeProperties[] }[]).flatMap(({ values }) => everyField(values)) : []),
  ]);
}
