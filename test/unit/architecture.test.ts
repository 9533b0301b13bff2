import { join } from 'node:path';
import { checkArchitecture, reachedSources, readSources } from '../../tools/architecture.ts';

const root = join(__dirname, '..', '..');
const sources = readSources(root);

test('the house keeps its rules', () => {
  expect(sources.length).toBeGreaterThan(200);
  expect(checkArchitecture(sources)).toEqual([]);
});

test('the pack reaches core and the clients, never a program with sockets', () => {
  const reached = reachedSources(sources);
  expect(reached).toEqual(expect.arrayContaining(['core/src/index.ts', 'packages/erpnext/src/client.ts', 'packages/hub/src/client.ts', 'nodes/shared/transport.ts']));
  expect(reached.filter((path) => /^packages\/(sandbox|journal|payments|availability|voltha|radius|http)\//.test(path))).toEqual([]);
});

describe('a planted violation is found', () => {
  const house: Record<string, string> = {
    'core/src/index.ts': "export * from './rule.ts';\n",
    'core/src/rule.ts': 'export const rule = (at: string): number => Date.parse(at);\n',
    'packages/acme/package.json': '{"name":"@leadlight/acme","dependencies":{"axios":"1"}}',
    'packages/acme/src/client.ts': "import { rule } from '../../../core/src/index.ts';\nexport const client = rule;\n",
    'packages/other/package.json': '{"name":"@leadlight/other"}',
    'packages/other/src/index.ts': 'export const other = 1;\n',
    'packages/hub/src/server.ts': "import { other } from '../../other/src/index.ts';\nexport const hub = other;\n",
    'nodes/Acme/Acme.node.ts': "import { client } from '../../packages/acme/src/client.ts';\nimport { sleep } from 'n8n-workflow';\nimport { one } from '../shared/one.ts';\nexport const Acme = [client, sleep, one];\n",
    'nodes/Other/Other.node.ts': 'export const Other = 1;\n',
    'nodes/shared/one.ts': 'export const one = 1;\n',
    'credentials/AcmeApi.credentials.ts': "import type { ICredentialType } from 'n8n-workflow';\nexport class AcmeApi { name: ICredentialType['name'] = 'acmeApi'; }\n",
  };
  const check = (planted: Record<string, string> = {}) => checkArchitecture(Object.entries({ ...house, ...planted }).map(([path, text]) => ({ path, text }))).map(({ path, rule }) => `${path} ${rule}`);
  const long = (lines: number) => `${'// one line\n'.repeat(lines)}export {};\n`;

  test('not in the house as it stands', () => expect(check()).toEqual([]));

  test.each<[string, Record<string, string>, string]>([
    ['core imports a node module', { 'core/src/rule.ts': "import { readFileSync } from 'node:fs';\nexport const rule = readFileSync;\n" }, 'core/src/rule.ts layers'],
    ['core imports a package', { 'core/src/rule.ts': "export { other as rule } from '../../packages/other/src/index.ts';\n" }, 'core/src/rule.ts layers'],
    ['core imports only a type of a library', { 'core/src/rule.ts': "import type { Foo } from 'foo';\nexport const rule = (x: Foo) => x;\n" }, 'core/src/rule.ts layers'],
    ['core imports by import()', { 'core/src/rule.ts': "export const rule = () => import('node:os');\n" }, 'core/src/rule.ts layers'],
    ['core reads the clock', { 'core/src/rule.ts': 'export const rule = () => Date.now();\n' }, 'core/src/rule.ts pureCore'],
    ['core reads the clock, the other way', { 'core/src/rule.ts': 'export const rule = () => new Date();\n' }, 'core/src/rule.ts pureCore'],
    ['core rolls dice', { 'core/src/rule.ts': 'export const rule = () => Math.random();\n' }, 'core/src/rule.ts pureCore'],
    ['core logs', { 'core/src/rule.ts': "export const rule = () => console.log('x');\n" }, 'core/src/rule.ts pureCore'],
    ['core fetches', { 'core/src/rule.ts': "export const rule = () => fetch('http://x');\n" }, 'core/src/rule.ts pureCore'],
    ['a package looks sideways', { 'packages/acme/src/client.ts': "export { other as client } from '../../other/src/index.ts';\n" }, 'packages/acme/src/client.ts layers'],
    ['a package imports a node', { 'packages/other/src/index.ts': "export { one as other } from '../../../nodes/shared/one.ts';\n" }, 'packages/other/src/index.ts layers'],
    ['ours by name', { 'packages/other/src/index.ts': "export { rule as other } from '@leadlight/core';\n" }, 'packages/other/src/index.ts layers'],
    ['a library nobody declared', { 'packages/other/src/index.ts': "export { default as other } from 'left-pad';\n" }, 'packages/other/src/index.ts undeclared'],
    ['a node imports another node', { 'nodes/Acme/Acme.node.ts': "export { Other as Acme } from '../Other/Other.node.ts';\n" }, 'nodes/Acme/Acme.node.ts layers'],
    ['a node imports a library', { 'nodes/Acme/Acme.node.ts': "export { default as Acme } from 'axios';\n" }, 'nodes/Acme/Acme.node.ts layers'],
    ['a credential imports ours', { 'credentials/AcmeApi.credentials.ts': "export { one as AcmeApi } from '../nodes/shared/one.ts';\n" }, 'credentials/AcmeApi.credentials.ts layers'],
    ['a client the pack reaches imports a socket', { 'packages/acme/src/client.ts': "import { connect } from 'node:net';\nexport const client = connect;\n" }, 'packages/acme/src/client.ts cloud'],
    ['a client the pack reaches imports a library it declares', { 'packages/acme/src/client.ts': "import axios from 'axios';\nexport const client = axios;\n" }, 'packages/acme/src/client.ts cloud'],
    ['a client the pack reaches waits by itself', { 'packages/acme/src/client.ts': 'export const client = () => setTimeout(() => 1, 5);\n' }, 'packages/acme/src/client.ts cloud'],
    ['a client the pack reaches reads the environment', { 'packages/acme/src/client.ts': "export const client = process.env['X'];\n" }, 'packages/acme/src/client.ts cloud'],
    ['files in a circle', { 'core/src/rule.ts': "export { rule as also } from './index.ts';\nexport const rule = 1;\n" }, 'core/src/rule.ts cycle'],
    ['an import that leads nowhere', { 'core/src/index.ts': "export * from './rule';\n" }, 'core/src/index.ts unresolved'],
    ['a test of core that needs a package', { 'core/src/rule.test.ts': "import '../../packages/other/src/index.ts';\n" }, 'core/src/rule.test.ts layers'],
    ['a test that uses a program', { 'packages/acme/test/a.test.ts': "import '../../hub/src/server.ts';\n" }, 'packages/acme/test/a.test.ts layers'],
    ['a long file', { 'packages/other/src/index.ts': long(251) }, 'packages/other/src/index.ts size'],
    ['a long node file', { 'nodes/Other/Other.node.ts': long(61) }, 'nodes/Other/Other.node.ts size'],
    ['a core of long files', { 'core/src/rule.ts': long(130), 'core/src/index.ts': long(130) }, 'core/src size'],
  ])('%s', (_title, planted, found) => expect(check(planted)).toContain(found));

  test('but not where it is allowed', () => {
    expect(check({
      'core/src/rule.ts': "/** process, setTimeout: only words */\nexport const rule = (x: { process: string }, console = 1) => [x.process, new Date(0), { setTimeout: 1 }, console];\n",
      'core/src/rule.test.ts': "import fc from 'fast-check';\nimport { rule } from './rule.ts';\nsetTimeout(() => [fc, rule], 1);\n",
      'packages/acme/test/a.test.ts': "import '../../sandbox/src/world.ts';\n",
      'packages/sandbox/src/world.ts': "import '../../hub/src/server.ts';\nexport const now = () => Date.now();\n",
      'packages/other/src/index.ts': "import { connect } from 'node:net';\nexport const other = () => setTimeout(connect, 1);\n",
      'nodes/Acme/types.ts': "import type { other } from '../../packages/other/src/index.ts';\nexport type Other = typeof other;\n",
    })).toEqual([]);
  });
});
