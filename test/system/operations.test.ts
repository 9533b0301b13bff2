// After the unit tests: every operation a node offers was executed by one of them. What is offered is read from the built nodes, what was
// executed was written down while it ran (test/unit/support/executed.ts), so a new operation without an example fails here by itself.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { jestArgs } from '../../tools/jest.ts';
import { executedBy, keyOf } from '../unit/support/executed.ts';
import { nodes, operationsOf } from '../unit/support/pack.ts';

test('every operation of every node has an executed example', () => {
  const files = readdirSync('test/unit/nodes').filter((file) => file.endsWith('.test.ts')).map((file) => `test/unit/nodes/${file}`);
  const ran = new Set([...executedBy().values()].flat());
  const missing = files.filter((file) => !ran.has(file));
  // Run alone, or after a change: the node tests that have no record of their present text are run here. Some execute no operation.
  if (missing.length > 0) spawnSync(process.execPath, [...jestArgs, '--selectProjects', 'unit', '--runTestsByPath', ...missing], { stdio: 'ignore' });
  const executed = executedBy();
  const offered = nodes.flatMap(({ one }) => operationsOf(one)).map(({ node, resource, operation }) => keyOf(node, resource, operation));
  expect(offered.length).toBeGreaterThan(60);
  expect(offered.filter((key) => !executed.has(key))).toEqual([]);
}, 300_000);
