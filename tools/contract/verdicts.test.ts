import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { settingsOf, systems } from './systems.ts';
import { belongs, verdicts, type Told } from './verdicts.ts';

const told = (title: string, status = 'passed', more: Partial<Told> = {}): Told => ({ file: 'packages/genieacs/test/a.test.ts', fullName: title, title, status, ...more });
const system = { numbered: { tag: 'acs', numbers: [1, 2, 3, 12] } } as const;

test('one line per number, in order: holds, fails with the first words, skipped with why, untested', () => {
  const shown = verdicts(system, [
    told('[acs-12] silence is unknown'), told('[acs-1] ids are encoded twice'), told('[acs-1] and in tags', 'failed', { failureMessages: ['\u001b[31mError: expected 404\u001b[39m\n    at x'] }),
    told('[acs-2] on a device (needs LEADLIGHT_GENIEACS_SERIAL)', 'pending'), told('[acs-120] another'), told('no number', 'failed'),
  ], false);
  expect(shown).toEqual([
    { number: '[acs-1]', title: 'and in tags (and 1 more)', state: 'failed', why: 'Error: expected 404 at x' },
    { number: '[acs-2]', title: 'on a device (needs LEADLIGHT_GENIEACS_SERIAL)', state: 'skipped', why: 'needs LEADLIGHT_GENIEACS_SERIAL' },
    { number: '[acs-3]', title: '', state: 'untested', why: 'no test carries this number' },
    { number: '[acs-12]', title: 'silence is unknown', state: 'passed', why: '' },
  ]);
});

test('partly skipped is said; a skip without a reason of its own is explained by where it ran', () => {
  const [, , , partly] = verdicts(system, [told('[acs-12] a'), told('[acs-12] b', 'pending')], true);
  expect(partly).toMatchObject({ state: 'passed', why: '1 of 2 skipped: shown on the sandbox only' });
  expect(verdicts(system, [told('[acs-12] b', 'pending')], false)[3]).toMatchObject({ state: 'skipped', why: expect.stringContaining('real server') });
});

test('systems without numbers are told apart by what their tests speak of', () => {
  const about = (file: string, fullName: string) => Object.keys(systems).filter((name) => belongs(systems[name]!, { file, fullName }));
  expect(about('packages/payments/test/webhook.test.ts', 'a forged event is refused')).toEqual(['stripe']);
  expect(about('packages/payments/test/paypal.test.ts', 'a capture sent twice is one')).toEqual(['paypal']);
  expect(about('packages/payments/test/ledger.test.ts', 'Azure Marketplace: resolve')).toEqual(['azure-marketplace']);
  expect(about('packages/radius/test/contract.test.ts', '[access-31] forty at once')).toEqual(['radius']);
  expect(about('packages/hub/test/radius.test.ts', '[access-19] [access-45] sockets')).toEqual(['voltha', 'radius']);
});

test('the numbers of all systems are all there are, each once', () => {
  const of = (tag: string) => Object.values(systems).flatMap(({ numbered }) => (numbered?.tag === tag ? numbered.numbers : [])).sort((a, b) => a - b);
  const upTo = (last: number) => Array.from({ length: last }, (_one, index) => index + 1);
  expect([of('acs'), of('access'), of('erp')]).toEqual([upTo(43), upTo(45), upTo(40)]);
});

test('a behaviour that is left out on a real server says why at the end of its title', () => {
  const files = readdirSync('packages/payments/test').filter((file) => file.endsWith('.contract.test.ts'));
  expect(files.length).toBeGreaterThanOrEqual(3);
  for (const file of files) {
    const [, ...behaviours] = readFileSync(join('packages/payments/test', file), 'utf8').split(/\bonSandbox\b(?! =)/);
    const titles = behaviours.map((text) => /\((['`])(.+?)\1, async/.exec(text)?.[2]);
    expect(titles.length).toBeGreaterThan(0);
    for (const title of titles) expect(`${file}: ${title}`).toMatch(/\(sandbox only: [^()]+\)$/);
  }
});

test('on a real server only files that speak to it are run', () => {
  const speaks = (file: string) => systems['stripe']!.tests!.real!.test(file);
  expect([speaks('packages/payments/test/stripe.contract.test.ts'), speaks('packages/payments/test/ledger.test.ts')]).toEqual([true, false]);
});

test('settings are found by the name of the system, the address first', () => {
  expect(settingsOf('azure-marketplace', { LEADLIGHT_AZURE_MARKETPLACE_TENANT: 'x', LEADLIGHT_AZURE_MARKETPLACE_URL: 'y', LEADLIGHT_AZURE_URL: 'z', LEADLIGHT_AZURE_MARKETPLACE_SECRET: '' })).toEqual(['LEADLIGHT_AZURE_MARKETPLACE_URL', 'LEADLIGHT_AZURE_MARKETPLACE_TENANT']);
});
