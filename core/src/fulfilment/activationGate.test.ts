import { activationGate } from './activationGate.ts';
import { defaultActivationPolicy, type ActivationEvidence } from './activationPolicy.ts';

const policy = { ...defaultActivationPolicy, cpe: { 'Device.WiFi.SSID.1.SSID': 'Maison' } };
const good: ActivationEvidence = {
  optical: { rxPowerDbm: -19.4, oltRxPowerDbm: -21 },
  flowStatus: 'ALL_FLOWS_PROVISIONED',
  session: null,
  radius: { access: 'accept', ip: '100.64.0.7' },
  cpe: { parameters: { 'Device.WiFi.SSID.1.SSID': 'Maison' } },
  checklist: { speedTest: true, wifi24: true, wifi5: true },
  serial: { scanned: 'RCMG19E01234', seen: 'RCMG19e01234' },
  allocatedIp: '100.64.0.7/32',
};
const missing = (evidence: ActivationEvidence, with_ = policy): readonly string[] => {
  const answer = activationGate(evidence, with_);
  if (answer.type === 'accepted') return [];
  expect(answer.code).toBe('notYetLive');
  return (answer.facts!['missing'] as readonly { proof: string; hint: string }[]).map(({ proof, hint }) => {
    expect(hint).not.toBe('');
    return proof;
  });
};

test('[S1-118] live when everything was read back, and it says by which policy', () => {
  expect(activationGate(good, policy)).toMatchObject({ type: 'accepted', value: { live: true, policyVersion: 'activation/1' } });
});

test.each<[string, Partial<ActivationEvidence>, string]>([
  ['no light reading', { optical: { rxPowerDbm: null, oltRxPowerDbm: -21 } }, 'optical.rxPowerDbm'],
  ['too little light', { optical: { rxPowerDbm: -27.1, oltRxPowerDbm: -21 } }, 'optical.rxPowerDbm'],
  ['too much light', { optical: { rxPowerDbm: -7.9, oltRxPowerDbm: -21 } }, 'optical.rxPowerDbm'],
  ['not a number', { optical: { rxPowerDbm: NaN, oltRxPowerDbm: -21 } }, 'optical.rxPowerDbm'],
  ['OLT does not see it', { optical: { rxPowerDbm: -19, oltRxPowerDbm: null } }, 'optical.oltRxPowerDbm'],
  ['flows half in', { flowStatus: 'FLOWS_PROVISIONED_PARTIALLY' }, 'flowStatus'],
  ['AAA rejects', { radius: { access: 'reject', ip: '100.64.0.7' } }, 'session'],
  ['another address', { radius: { access: 'accept', ip: '100.64.0.8' } }, 'ip'],
  ['another ONT', { serial: { scanned: 'RCMG19E01234', seen: 'RCMG19E09999' } }, 'serial'],
  ['nothing scanned', { serial: { scanned: null, seen: 'RCMG19E01234' } }, 'serial'],
  ['CPE reads otherwise', { cpe: { parameters: { 'Device.WiFi.SSID.1.SSID': 'Autre' } } }, 'cpe.Device.WiFi.SSID.1.SSID'],
  ['CPE not read', { cpe: null }, 'cpe.Device.WiFi.SSID.1.SSID'],
])('[S0-105] [S1-117] %s: not yet live', (_, change, proof) => {
  expect(missing({ ...good, ...change })).toEqual([proof]);
});

test('[S1-119] a check that is missing, false or unknown keeps it closed', () => {
  for (const checklist of [{ speedTest: true, wifi24: true } as Record<string, boolean | null>, { speedTest: true, wifi24: true, wifi5: false }, { speedTest: true, wifi24: true, wifi5: null }]) {
    expect(missing({ ...good, checklist })).toEqual(['checklist.wifi5']);
  }
  expect(missing({ ...good, checklist: { speedTest: true, wifi24: true, wifi5: true } }, { ...policy, checks: [...policy.checks, 'dialTone'] })).toEqual(['checklist.dialTone']);
});

test('with no evidence everything is missing, never fine', () => {
  expect(missing({})).toEqual(['optical.rxPowerDbm', 'optical.oltRxPowerDbm', 'flowStatus', 'session', 'ip', 'serial', 'cpe.Device.WiFi.SSID.1.SSID', 'checklist.speedTest', 'checklist.wifi24', 'checklist.wifi5']);
});

test('evidence of the wrong shape is unknown, not a crash', () => {
  expect(missing({ ...good, serial: { scanned: 7, seen: {} }, radius: { access: 'accept', ip: 9 }, cpe: {} } as never)).toEqual(['ip', 'serial', 'cpe.Device.WiFi.SSID.1.SSID']);
});

test('an edge of the range still counts; a live session is asked for where the policy asks', () => {
  expect(missing({ ...good, optical: { rxPowerDbm: -27, oltRxPowerDbm: -8 } })).toEqual([]);
  expect(missing(good, { ...policy, requireSession: true })).toEqual(['session']);
  expect(missing({ ...good, session: { active: true, ip: '100.64.0.7' } }, { ...policy, requireSession: true })).toEqual([]);
  expect(missing({ ...good, optical: { rxPowerDbm: -19, oltRxPowerDbm: null } }, { ...policy, oltRxPowerDbm: null })).toEqual([]);
});

test('[S0-105] a light nobody read is unknown even where zero would do', () => {
  const wide = { ...policy, rxPowerDbm: { min: -40, max: 5 }, oltRxPowerDbm: { min: -40, max: 5 } };
  expect(missing({ ...good, optical: { rxPowerDbm: null, oltRxPowerDbm: null } }, wide)).toEqual(['optical.rxPowerDbm', 'optical.oltRxPowerDbm']);
});
