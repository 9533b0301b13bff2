import { leavesOut } from '../src/acsMigration/leavesOut.ts';
import { pool } from '../src/acsMigration/pool.ts';
import { csvOf } from '../src/acsMigration/report.ts';
import { ConfigError, readConfig } from '../src/readConfig.ts';

const TAG = 'leadlight-migrating';

test.each<[string, boolean]>([
  ['Tags.leadlight-migrating IS NULL', true], ['DeviceID.ProductClass = "HT803G-W" AND Tags.leadlight-migrating is null', true], ['(a = 1 OR b = 2) AND Tags.leadlight-migrating IS NULL', true],
  ['', false], ['Tags.leadlight-migrating IS NOT NULL', false], ['Tags.other IS NULL', false], ['a = 1 OR b = 2 AND Tags.leadlight-migrating IS NULL', false], ['NOT (Tags.leadlight-migrating IS NULL)', false],
  ['a = "x AND Tags.leadlight-migrating IS NULL"', false], ["a = ' AND Tags.leadlight-migrating IS NULL AND '", false], ['(b = 1 AND Tags.leadlight-migrating IS NULL) OR c = 1', false], ['{"_tags": "x"}', false],
])('[acs-42] a preset with %j leaves migrating devices out: %p', (precondition, expected) => {
  expect(leavesOut(precondition, TAG)).toBe(expected);
});

test('a report cell is never a formula, and quotes are doubled', () => {
  const row = { deviceId: 'A-B-C', serial: '=cmd()', oui: 'A', productClass: 'x,"y"', olt: 'o', wave: null, stage: 'failed', moved: 'no', changedAt: '2026-04-01T13:00:00.000Z', code: null, message: 'line\nbreak', hint: null } as const;
  expect(csvOf([row]).split('\r\n')[1]).toBe(`A-B-C,'=cmd(),A,"x,""y""",o,,failed,no,2026-04-01T13:00:00.000Z,,"line\nbreak",`);
});

test('a pool lets so many in at a time, also after one failed', async () => {
  const lane = pool(2);
  let inside = 0;
  let most = 0;
  const job = (fails: boolean) => lane(async () => {
    most = Math.max(most, (inside += 1));
    await Promise.resolve();
    inside -= 1;
    if (fails) throw new Error('no');
  });
  const results = await Promise.allSettled(Array.from({ length: 9 }, (_, n) => job(n % 3 === 0)));
  expect([most, results.filter(({ status }) => status === 'rejected').length]).toEqual([2, 3]);
});

const least = { LEADLIGHT_API_KEYS: 'key-0123456789abcdef', LEADLIGHT_ACS_TOKEN: 'acs-0123456789abcdef', LEADLIGHT_VAULT_KEY: 'AB'.repeat(32) };
const both = { LEADLIGHT_GENIEACS_URL: 'http://nbi:7557/', LEADLIGHT_OKTOPUS_URL: 'http://oss:8000', LEADLIGHT_OKTOPUS_EMAIL: 'ops@example.ca', LEADLIGHT_OKTOPUS_PASSWORD: 'hidden-1' };
const to = { LEADLIGHT_ACS_MIGRATION_URL: 'http://oss.example:9292/acs/', LEADLIGHT_ACS_MIGRATION_CR_USERNAME: 'oktopus', LEADLIGHT_ACS_MIGRATION_CR_PASSWORD: 'hidden-2' };

test('the settings of a migration: the URL as it stands, both ACSes needed, no value in a complaint', () => {
  expect(readConfig({ ...least, ...both, ...to })).toMatchObject({ genieacs: { url: 'http://nbi:7557' }, oktopus: { url: 'http://oss:8000' }, acsMigration: { url: 'http://oss.example:9292/acs/', connectionRequestUsername: 'oktopus' } });
  const problems = (env: Record<string, string>): readonly string[] => {
    try {
      readConfig(env);
      return [];
    } catch (error) {
      return (error as ConfigError).problems;
    }
  };
  expect(problems({ ...least, ...to })).toEqual([expect.stringContaining('LEADLIGHT_ACS_MIGRATION_URL needs LEADLIGHT_GENIEACS_URL')]);
  expect(problems({ ...least, ...both, LEADLIGHT_ACS_MIGRATION_URL: to.LEADLIGHT_ACS_MIGRATION_URL }).join()).toMatch(/CR_USERNAME.*CR_PASSWORD/);
  expect(problems({ ...least, ...both, ...to, LEADLIGHT_ACS_MIGRATION_URL: 'hidden-3' }).join()).not.toMatch(/hidden/);
});
