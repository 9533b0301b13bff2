// n8n's own lint rules read source text and see nothing of a description that is put together from operations. So the description, as
// built, is written out as source, and n8n's rules read that.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Linter } from 'eslint';
import type { INodeType } from 'n8n-workflow';
import { root } from './pack.ts';

const ofCli = createRequire(createRequire(join(root, 'package.json')).resolve('@n8n/node-cli/eslint'));
const unwrapped = <T>(found: T | { default: T }): T => (found !== null && typeof found === 'object' && 'default' in found ? found.default : (found as T));
const plugin = unwrapped(ofCli('eslint-plugin-n8n-nodes-base') as { rules: object; configs: { nodes: { rules: Record<string, unknown> } } });
const { parser } = unwrapped(ofCli('typescript-eslint') as { parser: unknown });
/** Rules for one parameter or option; those for files, classes and `execute` read the source itself, in the gate. */
const OFF = [
  'node-param-type-options-max-value-present', // off in n8n's own CLI, too
  // Descriptions and placeholders name keys, columns, expressions and capabilities as they are written: id, $json, acs.url.
  'node-param-description-miscased-id', 'node-param-description-miscased-json', 'node-param-description-miscased-url', 'node-param-placeholder-miscased-id',
];
const rules = Object.fromEntries(Object.keys(plugin.configs.nodes.rules).map((name) => [name, name.includes('/node-param-') && !OFF.some((off) => name.endsWith(`/${off}`)) ? 'error' : 'off']));

/** How many of n8n's rules are looked at. */
export const ruleCount = Object.values(rules).filter((level) => level === 'error').length;

function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'undefined';
  return `{ ${Object.entries(value).filter(([, one]) => one !== undefined).map(([name, one]) => `${/^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name)}: ${literal(one)}`).join(', ')} }`;
}

/** What n8n's rules say about a node's description as it was built, one line each: rule, message, parameter, what stands there and what n8n would write. */
export function lintBuilt(name: string, { description }: INodeType): readonly string[] {
  const source = `import type { INodeType, INodeTypeDescription } from 'n8n-workflow';\nexport class ${name} implements INodeType {\n  description: INodeTypeDescription = ${literal(description)};\n}\n`;
  const found = new Linter({ configType: 'flat', cwd: root }).verify(source, [{ files: ['**/*.ts'], plugins: { 'n8n-nodes-base': plugin }, languageOptions: { parser }, rules }] as never, { filename: join(root, 'nodes', name, `${name}.node.ts`) });
  const lines = source.split('\n');
  // The rules point at one property of a parameter: that one, what they would put there, and the parameter it belongs to.
  return found.map(({ ruleId, message, line, column, endColumn, fix }) => {
    const text = lines[line - 1]!;
    const of = [...text.slice(0, column + 40).matchAll(/ name: "([^"]+)"/g)].at(-1)?.[1] ?? '';
    return `${ruleId ?? 'parser'}: ${message} (${of}: ${text.slice(column - 1, endColumn === undefined ? column + 80 : endColumn - 1).slice(0, 300)}${fix ? ` -> ${fix.text.slice(0, 300)}` : ''})`;
  });
}
