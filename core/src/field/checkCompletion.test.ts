import fc from 'fast-check';
import { checkCompletion, requiredChecks, type CompletionReport } from './checkCompletion.ts';

const access = { sku: 'FTTH150I', downKbps: 150_000, upKbps: 150_000, lineProfile: 'LP:102' };
const all = { hasInternet: true, hasTv: true, hasPhone: true, access };
const good = { speedTest: { downMbps: 148, upMbps: 151 }, wifi24: true, wifi5: true, tvChannels: true, dialTone: true };
const gaps = (report: CompletionReport, order: Parameters<typeof checkCompletion>[1] = all) => {
  const said = checkCompletion(report, order);
  return said.type === 'accepted' ? 'closed' : [said.code, ...['missing', 'failed'].map((list) => (said.facts?.[list] as { check: string }[]).map((one) => one.check).join(' '))];
};

test('[S1-117] everything ordered is checked, nothing else is asked', () => {
  expect(gaps(good)).toBe('closed');
  expect(requiredChecks({ hasInternet: true, hasTv: false, hasPhone: false })).toEqual(['speedTest', 'wifi24', 'wifi5']);
  expect(gaps({ speedTest: good.speedTest, wifi24: true, wifi5: true }, { ...all, hasTv: false, hasPhone: false })).toBe('closed');
  expect(gaps({ dialTone: true }, { hasInternet: false, hasTv: false, hasPhone: true })).toBe('closed');
});

test('[S1-119] a job with a check missing is not closed, and the missing ones are listed', () => {
  expect(gaps({})).toEqual(['checksMissing', 'speedTest wifi24 wifi5 tvChannels dialTone', '']);
  expect(gaps({ ...good, wifi5: null, tvChannels: undefined } as CompletionReport)).toEqual(['checksMissing', 'wifi5 tvChannels', '']);
  expect(gaps({ ...good, speedTest: { downMbps: NaN, upMbps: 1 } })).toEqual(['checksMissing', 'speedTest', '']);
  expect(checkCompletion({}, all)).toMatchObject({ path: 'report.speedTest', facts: { missing: [{ label: { fr: 'Test de vitesse Internet' } }, {}, {}, {}, {}] } });
});

test.each([undefined, null, 'done', 7, [true]])('[S1-119] %j is no report', (report) => {
  expect(checkCompletion(report as never, all)).toMatchObject({ type: 'refused', code: 'badInput', path: 'report', hint: expect.any(String) });
});

test('[S1-119] a failed check does not close either', () => {
  expect(gaps({ ...good, dialTone: false })).toEqual(['checksFailed', '', 'dialTone']);
  expect(gaps({ ...good, speedTest: { downMbps: 119.9, upMbps: 150 } })).toEqual(['checksFailed', '', 'speedTest']);
  expect(gaps({ ...good, speedTest: { downMbps: 120, upMbps: 120 } })).toBe('closed');
  expect(gaps({ ...good, wifi24: 'yes' as never })).toEqual(['checksMissing', 'wifi24', '']);
});

test('[S1-119] one check taken away from a good report always keeps the job open', () => {
  fc.assert(fc.property(fc.constantFrom(...requiredChecks(all)), fc.constantFrom(undefined, null, false), (check, value) => {
    expect(gaps({ ...good, [check]: value })).not.toBe('closed');
  }));
});
