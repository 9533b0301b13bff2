import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { isNote, type Workflow } from './model.ts';

interface Property { readonly name: string; readonly type: string; readonly options?: readonly { readonly name: string; readonly value?: unknown }[]; readonly typeOptions?: { readonly loadOptionsMethod?: string }; readonly allowArbitraryValues?: boolean }
interface Description { readonly name: string; readonly version: number | readonly number[]; readonly polling?: boolean; readonly properties: readonly Property[]; readonly credentials?: readonly { readonly name: string }[] }

/** What n8n itself would refuse or ignore: unknown types, versions, parameters, options and credentials. Reads n8n's own list and our built pack. */
export function typeChecker(root: string): (workflow: Workflow) => readonly string[] {
  const byName = new Map<string, Description[]>();
  const keep = (name: string, description: Description) => byName.set(name, [...(byName.get(name) ?? []), description]);
  const base = createRequire(join(realpathSync(join(root, 'runtime/node_modules/n8n')), 'package.json')).resolve('n8n-nodes-base/package.json').replace('package.json', 'dist/types/nodes.json');
  for (const description of JSON.parse(readFileSync(base, 'utf8')) as Description[]) keep(`n8n-nodes-base.${description.name}`, description);
  const pack = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { n8n: { nodes: string[] } };
  const require = createRequire(join(root, 'package.json'));
  for (const file of pack.n8n.nodes) {
    if (!existsSync(join(root, file))) continue;
    const made = Object.values(require(join(root, file)) as Record<string, new () => { description: Description }>)[0]!;
    const { description } = new made();
    keep(`n8n-nodes-leadlight.${description.name}`, description);
  }
  return (workflow) => {
    const errors: string[] = [];
    for (const node of workflow.nodes.filter((n) => !isNote(n))) {
      const versions = byName.get(node.type);
      const found = versions?.find((d) => [d.version].flat().includes(node.typeVersion));
      if (!found) {
        errors.push(`"${node.name}": ${versions ? `version ${node.typeVersion}` : 'type'} ${node.type} is unknown`);
        continue;
      }
      for (const [key, value] of Object.entries(node.parameters)) {
        const properties = found.properties.filter((p) => p.name === key);
        // n8n itself adds it to every node that polls.
        if (key === 'pollTimes' && found.polling) continue;
        if (properties.length === 0) errors.push(`"${node.name}": unknown parameter ${key}`);
        const choices = properties.filter((p) => p.type === 'options' && p.options && !p.typeOptions?.loadOptionsMethod && !p.allowArbitraryValues);
        if (properties.length > 0 && choices.length === properties.length && typeof value === 'string' && !value.startsWith('=') && !choices.some((p) => p.options!.some((o) => o.value === value))) errors.push(`"${node.name}": ${key} = ${value} is not an option`);
      }
      for (const credential of Object.keys(node.credentials ?? {})) if (!found.credentials?.some((c) => c.name === credential)) errors.push(`"${node.name}": does not declare credential ${credential}`);
    }
    return errors;
  };
}
