import { defaultOpticalPolicy, deviceChanges, nextStep, opticalTrend, seenOnu, type DeviceSeen, type OpticalSample } from '../src/index.ts';

const day = (n: number): string => new Date(Date.UTC(2026, 0, 1) + n * 86_400_000).toISOString();
const samples = (levels: readonly (number | null)[], olt: readonly (number | null)[] = levels): OpticalSample[] => levels.map((rxPowerDbm, index) => ({ at: day(index), rxPowerDbm, oltRxPowerDbm: olt[index] ?? null }));
const steady = [-20, -20.1, -19.9, -20, -20];

describe('[S0-105] the trend of an ONU against its own normal', () => {
  test.each<[string, OpticalSample[], string]>([
    ['no sample', [], 'tooFewSamples'],
    ['baseline and now must be different samples', samples([...steady, -24, -24]), 'tooFewSamples'],
    ['the same', samples([...steady, -20, -20, -20]), 'steady'],
    ['3 dB exactly is not more than 3 dB', samples([...steady, -23, -23, -23]), 'steady'],
    ['more than 3 dB', samples([...steady, -23.1, -23.2, -23.1]), 'degrading'],
    ['one bad reading proves nothing', samples([...steady, -20, -27, -20]), 'steady'],
    ['stronger', samples([...steady, -16, -16, -16]), 'improving'],
    ['only the way up', samples([...steady, -20, -20, -20], [...steady, -24, -24, -24]), 'degrading'],
    ['an OLT that does not measure', samples([...steady, -24, -24, -24], [null]), 'degrading'],
    ['no readings do not count', samples([null, null, ...steady, null, -24, null, -24, -24]), 'degrading'],
  ])('%s', (_name, given, trend) => {
    expect(opticalTrend(given).trend).toBe(trend);
    expect(opticalTrend([...given].reverse())).toEqual(opticalTrend(given));
  });
  test('says how much, against what, under which policy', () => {
    expect(opticalTrend(samples([...steady, -24, -24, -24], [null]))).toEqual({
      trend: 'degrading', baselineDbm: -20, recentDbm: -24, policyVersion: '2026-01',
      because: ['At the ONT -24.00 dBm now, -20.00 dBm at first: 4.00 dB weaker.', 'Too few readings at the OLT: 8 are needed.'],
    });
  });
  test('how much is the operator’s', () => {
    const policy = { ...defaultOpticalPolicy, version: 'strict', trend: { baselineSamples: 2, recentSamples: 1, degradedByDb: 0.5 } };
    expect(opticalTrend(samples([-20, -20, -20.6]), policy)).toMatchObject({ trend: 'degrading', policyVersion: 'strict' });
  });
});

describe('what changed between two looks', () => {
  const onu = (more: Partial<DeviceSeen> = {}): DeviceSeen => ({ deviceId: 'u1', kind: 'onu', serial: 'ALPHe3d1cfab', oltDeviceId: 'o1', ponPort: 3, adminState: 'ENABLED', operStatus: 'ACTIVE', connectStatus: 'REACHABLE', reason: '', up: true, ...more });
  const olt = (up = true): DeviceSeen => onu({ deviceId: 'o1', kind: 'olt', serial: 'OLT1', oltDeviceId: '', up });
  const types = (before: DeviceSeen[], after: DeviceSeen[]) => deviceChanges(before, after).map((one) => `${one.type} ${one.device.deviceId}`);
  test.each<[string, DeviceSeen[], DeviceSeen[], string[]]>([
    ['nothing', [olt(), onu()], [olt(), onu()], []],
    ['plugged in', [olt()], [olt(), onu({ up: false })], ['onu.discovered u1']],
    ['plugged in and up', [olt()], [olt(), onu()], ['onu.discovered u1', 'onu.up u1']],
    ['dark', [olt(), onu()], [olt(), onu({ up: false })], ['onu.down u1']],
    ['the OLT fell: one cause, one event', [olt(), onu()], [olt(false), onu({ up: false })], ['olt.down o1']],
    ['moved to another PON', [olt(), onu()], [olt(), onu({ deviceId: 'u2', serial: 'ALPHE3D1CFAB', ponPort: 4, up: false })], ['onu.moved u2']],
    ['deleted', [olt(), onu()], [olt()], ['onu.removed u1']],
  ])('%s', (_name, before, after, told) => expect(types(before, after)).toEqual(told));
  test('up needs all three signals', () => expect(seenOnu({ ...onu(), operStatus: 'ACTIVATING', firmware: '', ready: false }).up).toBe(false));
});

test.each([['DOWNLOAD_STARTED', 'IMAGE_UNKNOWN', 'wait'], ['DOWNLOAD_SUCCEEDED', 'IMAGE_INACTIVE', 'activate'], ['DOWNLOAD_SUCCEEDED', 'IMAGE_ACTIVE', 'commit'], ['DOWNLOAD_UNKNOWN', 'IMAGE_COMMITTED', 'done'], ['DOWNLOAD_UNKNOWN', 'IMAGE_UNKNOWN', 'download']])('after %s, %s: %s', (download, image, next) => expect(nextStep(download, image)).toBe(next));
