import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { golden } from '../golden.testkit.ts';
import type { Accepted, Decision } from '../kernel/decision.ts';
import { compileProfile, type CompiledProfile } from './compileProfile.ts';
import { deviceFacts } from './deviceFacts.fixture.ts';
import type { DesiredState } from './deviceProfile.ts';
import { flattenProfile } from './flattenProfile.ts';
import { genieAcsProvision } from './genieAcsProvision.ts';
import { builtInProfiles } from './builtInProfiles.ts';
import { genieAcsTasks, setParameterValues, uspSets, type GenieAcsTasks, type UspSet } from './profileTargets.ts';

interface Given { readonly profile: string; readonly desired: DesiredState; readonly target: 'parameters' | 'genieAcsTasks' | 'genieAcsProvision' | 'oktopusUsp' | 'oktopusCwmp' }

const value = <T>(decision: Decision<T>): T => {
  if (decision.type === 'refused') throw new Error(`${decision.code} ${decision.path} ${JSON.stringify(decision.facts)}`);
  return (decision as Accepted<T>).value;
};
function compiled({ profile, desired }: Given): CompiledProfile {
  const flat = value(flattenProfile(builtInProfiles.find(({ id }) => id === profile)!, builtInProfiles));
  return value(compileProfile(flat, desired, deviceFacts[profile]!, { allowUnverified: true, confirm: flat.danger }));
}
function decide(given: Given): unknown {
  const one = compiled(given);
  switch (given.target) {
    case 'parameters': return one;
    case 'genieAcsTasks': return value(genieAcsTasks(one));
    case 'genieAcsProvision': return value(genieAcsProvision(one)).split('\n');
    case 'oktopusUsp': return value(uspSets(one));
    case 'oktopusCwmp': return value(setParameterValues(one, 'll-1'));
  }
}

const folder = join(__dirname, 'golden');
const files = readdirSync(folder).filter((file) => file.endsWith('.golden.json'));
for (const file of files) golden(join(folder, file), decide);

test('every built-in profile has a golden file', () => {
  expect(files.map((file) => file.replace('.golden.json', '')).sort()).toEqual(builtInProfiles.map(({ id }) => id).sort());
});

type Pairs = Readonly<Record<string, string>>;
const unescape = (text: string): string => text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&apos;/g, "'").replace(/&amp;/g, '&');
/** What each target would set, read out of its own form. */
const readers: Readonly<Record<Exclude<Given['target'], 'parameters'>, (made: never, desired: DesiredState) => Pairs>> = {
  genieAcsTasks: ({ tasks }: GenieAcsTasks) => Object.fromEntries(tasks.flatMap(({ parameterValues }) => parameterValues.map(([path, one]) => [path, String(one)]))),
  genieAcsProvision: (script: readonly string[], desired) => {
    const set: Record<string, string> = {};
    const settings = { wifi: { password: desired['wifi.24.password'] }, voip: { password: desired['voip.1.password'] } };
    runInNewContext(script.join('\n'), {
      commit: () => undefined,
      ext: (...args: string[]) => (expect(args).toEqual(['leadlight', 'settings', 'SN1']), settings),
      declare: (path: string, _: unknown, wanted?: { value: unknown }) => (wanted && (set[path] = String(wanted.value)), { value: ['SN1'] }),
    });
    return set;
  },
  oktopusUsp: (sets: readonly UspSet[]) => Object.fromEntries(sets.flatMap(({ update_objs }) => update_objs.flatMap(({ obj_path, param_settings }) => param_settings.map(({ param, value: one }) => [obj_path + param, one])))),
  oktopusCwmp: (envelopes: readonly string[]) => Object.fromEntries(envelopes.flatMap((text) => [...text.matchAll(/<Name>(.*?)<\/Name><Value xsi:type="xsd:\w+">(.*?)<\/Value>/g)].map(([, name, one]) => [unescape(name!), unescape(one!)]))),
};

test.each(files)('[acs-43] [S1-131] [S1-132] [S1-133] the four targets of %s set the same values on the same paths', (file) => {
  const examples = JSON.parse(readFileSync(join(folder, file), 'utf8')) as readonly { given: Given; expected: unknown }[];
  const { given, expected } = examples.find((one) => one.given.target === 'parameters')!;
  const wanted = Object.fromEntries((expected as CompiledProfile).parameters.map(({ path, value: one }) => [path, String(one)]));
  expect(Object.keys(wanted)).toHaveLength(Object.keys(given.desired).length);
  for (const [target, read] of Object.entries(readers)) {
    const one = examples.find((example) => example.given.target === target)!;
    expect(one.given.desired).toEqual(given.desired);
    expect([target, read(one.expected as never, given.desired)]).toEqual([target, wanted]);
  }
});

test('[S1-132] no secret stands in a provision', () => {
  for (const file of files) {
    for (const { given, expected } of JSON.parse(readFileSync(join(folder, file), 'utf8')) as readonly { given: Given; expected: unknown }[]) {
      if (given.target !== 'genieAcsProvision') continue;
      const secrets = Object.entries(given.desired).filter(([name]) => /password/i.test(name)).map(([, one]) => String(one));
      expect(secrets.length).toBeGreaterThan(0);
      for (const secret of secrets) expect(JSON.stringify(expected)).not.toContain(secret);
    }
  }
});
