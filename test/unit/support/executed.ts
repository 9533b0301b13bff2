// Which operations were executed, by which tests: every run of a node writes it down beside the test file it came from. The last of all tests
// (test/system/operations.test.ts) compares that with the operations the built nodes have, so no list is kept by hand.
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { IDataObject, INodeType } from 'n8n-workflow';

const root = join(__dirname, '..', '..', '..');
const folder = join(root, '.leadlight', 'executed');
export const keyOf = (node: string, resource: unknown, operation: unknown): string => `${node} ${String(resource)}/${String(operation)}`;

// Jest loads this once per test file: a file that runs again starts its record anew, so what it no longer executes is forgotten.
const seen = new Set<string>();

/** An example counts when the node answered: not when it threw, was left out after an error, or did nothing but refuse. */
export function noteExecuted({ description: { name } }: INodeType, items: readonly Readonly<Record<string, unknown>>[], out: readonly IDataObject[]): void {
  const answered = out.length === 0 || out.some((json) => json['type'] !== 'refused' && !('error' in json && 'details' in json));
  const keys = items.map(({ resource, operation }) => keyOf(name, resource, operation)).filter((key) => answered && !seen.has(key));
  const { testPath } = expect.getState();
  if (keys.length === 0 || !testPath) return;
  for (const key of keys) seen.add(key);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${basename(testPath)}.json`), JSON.stringify({ testPath: testPath.slice(root.length + 1), executed: [...seen].sort() }));
}

/** What the last run of each test file executed: operation → test files. Files that are gone, or newer than their record, do not count. */
export function executedBy(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  const files = ((): string[] => {
    try {
      return readdirSync(folder);
    } catch {
      return [];
    }
  })();
  for (const file of files) {
    const { testPath, executed } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as { testPath: string; executed: readonly string[] };
    const written = statSync(join(root, testPath), { throwIfNoEntry: false });
    if (!written || written.mtimeMs > statSync(join(folder, file)).mtimeMs) continue;
    for (const key of executed) found.set(key, [...(found.get(key) ?? []), testPath]);
  }
  return found;
}
