import fc from 'fast-check';
import { misfit } from '../kernel/shapes.ts';
import { maxSpeed, type LineFacts } from './maxSpeed.ts';
import { qualifyService } from './qualifyService.ts';
import { defaultSpeedPolicy, speedPolicySchema, type SpeedPolicy } from './speedPolicy.ts';

const line = (more: Partial<LineFacts> = {}): LineFacts => ({ technology: 'gpon', split: 64, taken: 0, ...more });
const speed = (ownMaxDownMbps: number, facts: LineFacts | null, policy: SpeedPolicy = defaultSpeedPolicy) => maxSpeed({ ownMaxDownMbps, line: facts }, policy);
const anyGrade: SpeedPolicy = { ...defaultSpeedPolicy, grades: [] };

test('[S1-021] nothing is known of the OLT: the column of the drop counts, and it is said', () => {
  expect(speed(1000, null)).toEqual({ type: 'maxSpeed', downMbps: 1000, upMbps: null, limitedBy: 'drop', policy: 'speed/1', because: ["the OLT's capacity is not known; the drop itself allows 1000 Mb/s"] });
});

test.each<[string, number, LineFacts, SpeedPolicy, number, number, string]>([
  ['an empty GPON line carries the fastest that is sold', 1500, line(), defaultSpeedPolicy, 1500, 1000, 'grades'],
  ['the drop itself is the ceiling', 500, line(), defaultSpeedPolicy, 500, 500, 'drop'],
  ['a column between two grades gives the lower', 1000, line(), defaultSpeedPolicy, 500, 500, 'drop'],
  ['GPON has no room for 5 Gb/s', 10_000, line(), anyGrade, 2114, 1057, 'line'],
  ['XGS-PON has', 10_000, line({ technology: 'xgsPon' }), anyGrade, 8460, 8460, 'line'],
  ['what is sold already is not sold again', 1500, line({ taken: 60, sold: { downMbps: 98_900, upMbps: 10_000 } }), defaultSpeedPolicy, 500, 500, 'sold'],
  ['the upload may be what is short', 1500, line({ taken: 60, sold: { downMbps: 10_000, upMbps: 49_300 } }), defaultSpeedPolicy, 150, 150, 'sold'],
  ['without figures each taken port counts as assumed', 1500, line({ taken: 63 }), { ...defaultSpeedPolicy, ponTimes: 26 }, 500, 500, 'sold'],
  ['a narrow uplink', 1500, line({ uplink: { mbps: 1000, taken: 0 } }), defaultSpeedPolicy, 500, 500, 'uplink'],
  ['an uplink that is sold out', 1500, line({ uplink: { mbps: 1000, taken: 2000, sold: { downMbps: 79_900, upMbps: 40_000 } } }), defaultSpeedPolicy, 80, 80, 'uplinkSold'],
  ['a full splitter', 1500, line({ split: 32, taken: 32 }), defaultSpeedPolicy, 0, 0, 'split'],
  ['nothing left', 1500, line({ taken: 5, sold: { downMbps: 200_000, upMbps: 200_000 } }), defaultSpeedPolicy, 0, 0, 'sold'],
])('[S1-021] %s', (_, own, facts, policy, downMbps, upMbps, limitedBy) => {
  expect(speed(own, facts, policy)).toMatchObject({ downMbps, upMbps, limitedBy, policy: 'speed/1' });
});

test('[S1-021] the reasons name line, what is taken and assumed, and what is unknown', () => {
  const { because } = speed(1500, line({ taken: 12 }));
  expect(because).toEqual([
    'the drop itself allows 1500 Mb/s', 'GPON of 2488/1244 Mb/s: one customer may have 2114/1057', 'GPON, sold 40 times over: 93520/43760 Mb/s are left with 12 ports taken and 6000/6000 sold (assumed)',
    'the uplink is not known', 'the highest grade within that is 1500/1000',
  ]);
});

test('[S1-021] never above the drop, never rising with what is taken or sold, always a grade or nothing', () => {
  const sold = fc.record({ downMbps: fc.nat(200_000), upMbps: fc.nat(100_000) });
  fc.assert(fc.property(fc.constantFrom('gpon' as const, 'xgsPon' as const), fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 1, max: 128 }), fc.nat(128), fc.option(sold, { nil: undefined }), fc.option(fc.integer({ min: 1, max: 100_000 })), (technology, own, split, taken, known, uplink) => {
    const at = (n: number) => speed(own, { technology, split, taken: n, ...(known ? { sold: known } : {}), ...(uplink ? { uplink: { mbps: uplink, taken: n * 4 } } : {}) });
    const here = at(taken);
    expect(here.downMbps).toBeLessThanOrEqual(own);
    expect(at(taken + 1).downMbps).toBeLessThanOrEqual(here.downMbps);
    expect(here.downMbps === 0 || defaultSpeedPolicy.grades.some((one) => one.downMbps === here.downMbps && one.upMbps === here.upMbps)).toBe(true);
  }));
});

test('[S1-021] [S1-025] what is qualified is what the line carries; a line that carries nothing more is as good as taken, and the public reads no reason', () => {
  const drop = { state: 'free', maxDownMbps: 1500, zone: 'A' } as const;
  expect(qualifyService({ drop, speed: speed(1500, line({ uplink: { mbps: 1000, taken: 0 } })) })).toMatchObject({ availability: 'available', maxDownMbps: 500 });
  expect(qualifyService({ drop, speed: speed(1500, null) })).toMatchObject({ maxDownMbps: 1500, because: ['the drop is free', expect.stringContaining('not known')] });
  for (const state of ['free', 'boxMissing'] as const) {
    expect(qualifyService({ drop: { ...drop, state }, speed: speed(1500, line({ split: 8, taken: 8 })) })).toMatchObject({ availability: 'occupied', publicAvailability: 'contactUs', canOrder: false, because: ['all 8 ports of the PON are taken'] });
  }
});

test('the policy fits its schema; one without lines does not', () => {
  expect(misfit(speedPolicySchema, defaultSpeedPolicy)).toBeUndefined();
  expect(misfit(speedPolicySchema, { ...defaultSpeedPolicy, lines: { gpon: { downMbps: 0, upMbps: 1 } } })).toMatchObject({ type: 'refused' });
});
