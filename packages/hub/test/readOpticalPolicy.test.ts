import { defaultOpticalPolicy } from '../../voltha/src/index.ts';
import { readOpticalPolicy } from '../src/readOpticalPolicy.ts';

test('[S0-105] what is left out keeps its default', () => {
  expect(readOpticalPolicy('{"version":"2026-03","limits":{"onu":{"warning":-24}},"trend":{"degradedByDb":2}}')).toEqual({
    ...defaultOpticalPolicy, version: '2026-03', limits: { onu: { high: -8, warning: -24, critical: -27 }, olt: defaultOpticalPolicy.limits.olt }, trend: { baselineSamples: 5, recentSamples: 3, degradedByDb: 2 },
  });
});
test.each([['{', 'not whole JSON'], ['{}', 'version'], ['{"version":"x","limits":{"onu":{"warn":-24}}}', 'additional'], ['{"version":"x","limits":{"onu":{"warning":-28}}}', 'rise'], ['{"version":"x","retention":{"keepAllDays":500}}', 'keepDailyDays'], ['{"version":"x","trend":{"degradedByDb":0}}', 'degradedByDb']])('%s is refused by name', (text, said) => {
  expect(readOpticalPolicy(text)).toEqual(expect.stringContaining(said));
});
