import fc from 'fast-check';
import { importStep, planEquipmentImport, type EquipmentRow, type KeptSettings } from './equipmentImport.ts';
import { deviceKey, readVoipRow, readWifiRow } from './legacyRow.ts';

const piece = (name: string, serialNumber: string | null, more: Partial<EquipmentRow> = {}): EquipmentRow => ({ name, serialNumber, macAddress: null, status: 'Actif', wifiSsid: null, sipUsername: null, sipDomain: null, ...more });
const deco = piece('SEQ-1', '403F8C000001', { macAddress: '40:3F:8C:00:00:01' });
const ont = piece('SEQ-2', 'RCMG19E0AAAA', { macAddress: '00:0E:5E:00:00:02' });
const plan = (wifi: object[], voip: object[] = [], equipment = [deco, ont]) => planEquipmentImport(equipment, { wifi, voip } as never, { domain: 'sip.example.ca' });
const net = { ssid: 'Maison', password: 'soleil-2026' };
const line = { username: '4505551234', password: 's3cret' };

test.each([
  ['40-3f-8c-00-00-01', '403F8C000001'], ['40:3F:8C:00:00:01', '403F8C000001'], ['403f.8c00.0001', '403F8C000001'], [' 403f8c000001 ', '403F8C000001'], ['MAC: 40 3f 8c 00 00 01', '403F8C000001'],
  ['rcmg19e0aaaa', 'RCMG19E0AAAA'], ['S/N:RCMG-19E0AAAA', 'RCMG19E0AAAA'], ['52434D4719E0AAAA', 'RCMG19E0AAAA'], ['ＲＣＭＧ19E0AAAA', 'RCMG19E0AAAA'],
  ['', null], ['n/a', null], ['000000000000', null], ['x', null], ['désolé', null],
])('[S1-161] the device %j is %j', (text, key) => {
  expect(deviceKey(text)).toBe(key);
});

test('[S1-161] Wi-Fi by MAC or serial, in any spelling', () => {
  const { items, counts } = plan([{ mac: '40-3f-8c-00-00-01', ...net }, { SERIAL: 'rcmg19e0aaaa', ssid: 'Chalet', passphrase: 'soleil-2027' }]);
  expect(items).toEqual([{ equipment: deco, serial: '403F8C000001', wifi: net }, { equipment: ont, serial: 'RCMG19E0AAAA', wifi: { ssid: 'Chalet', password: 'soleil-2027' } }]);
  expect(counts).toMatchObject({ rows: 2, matched: 2 });
  expect(plan([{ mac: '000E5E000002', ...net }]).items[0]!.equipment.name).toBe('SEQ-2');
});

test('[S1-162] voice by serial alone; the domain from the row, from the registrar, or from the command', () => {
  expect(plan([], [{ serial: 'RCMG19E0AAAA', ...line }]).items).toEqual([{ equipment: ont, serial: 'RCMG19E0AAAA', voip: { ...line, domain: 'sip.example.ca', registrar: 'sip.example.ca' } }]);
  expect(plan([], [{ serial: '000E5E000002', ...line }]).problems).toEqual([{ table: 'voip', row: 1, reason: 'unmatched', key: '000E5E000002' }]);
  expect(readVoipRow({ sn: 'RCMG19E0AAAA', ...line, server: 'reg.example.ca:5060' })).toMatchObject({ domain: 'reg.example.ca:5060', registrar: 'reg.example.ca:5060' });
  expect(readVoipRow({ sn: 'RCMG19E0AAAA', ...line })).toMatchObject({ code: 'domainMissing', hint: expect.stringContaining('--sip-domain') });
  expect(readVoipRow({ sn: 'RCMG19E0AAAA', user: 4505551234, pass: 'x' }, { domain: 'd.example', registrar: 'r.example' })).toMatchObject({ username: '4505551234', domain: 'd.example', registrar: 'r.example' });
});

test.each([
  [{ ...net }, 'keyMissing'], [{ mac: '?', ...net }, 'keyUnreadable'], [{ mac: '403F8C000001', ssid: '  ', password: 'x'.repeat(8) }, 'ssidEmpty'], [{ mac: '403F8C000001', ssid: null, password: 'x'.repeat(8) }, 'ssidEmpty'],
  [{ mac: '403F8C000001', ssid: 'é'.repeat(17), password: 'x'.repeat(8) }, 'ssidTooLong'], [{ mac: '403F8C000001', ssid: 'Caf\ufffd', password: 'x'.repeat(8) }, 'ssidUnreadable'], [{ mac: '403F8C000001', ssid: 'a\u0000', password: 'x'.repeat(8) }, 'ssidUnreadable'],
  [{ mac: '403F8C000001', ssid: 'a' }, 'passwordEmpty'], [{ mac: '403F8C000001', ssid: 'a', password: 's3cret7' }, 'passwordBad'], [{ mac: '403F8C000001', ssid: 'a', password: 'x'.repeat(64) }, 'passwordBad'], [{ mac: '403F8C000001', ssid: 'a', password: 'motdepassé' }, 'passwordBad'],
])('[S1-161] the row %j is refused as %s, without a value of it', (row, code) => {
  const answer = readWifiRow(row);
  expect(answer).toMatchObject({ type: 'refused', code });
  if ('password' in row && row.password) expect(JSON.stringify(answer)).not.toContain(row.password);
});

test('[S1-164] what fits several, and rows that disagree, are told and left; the same row twice is one', () => {
  const twin = piece('SEQ-3', 'TPLG00000003', { macAddress: '40-3F-8C-00-00-01' });
  expect(plan([{ mac: '403f8c000001', ...net }], [], [deco, twin])).toMatchObject({ items: [], problems: [{ reason: 'severalEquipments' }], counts: { ambiguous: 1 } });
  expect(plan([{ mac: '403f8c000001', ...net }, { mac: '40:3f:8c:00:00:01', ...net }])).toMatchObject({ items: [{ wifi: net }], counts: { rows: 2, matched: 1, repeated: 1 } });
  expect(plan([{ mac: '403f8c000001', ...net }, { mac: '403f8c000001', ...net, ssid: 'Autre' }])).toMatchObject({ items: [], counts: { rows: 2, matched: 0, ambiguous: 2 }, problems: [{ row: 1, reason: 'rowsDisagree' }, { row: 2, reason: 'rowsDisagree' }] });
});

test('[S1-164] equipment that came back is not fitted out again; a piece without a serial is named', () => {
  expect(plan([{ mac: '403f8c000001', ...net }], [], [{ ...deco, status: 'Returned' }])).toMatchObject({ items: [], counts: { unmatched: 1 }, problems: [{ reason: 'returned' }] });
  expect(plan([{ mac: '403f8c000001', ...net }], [], [{ ...deco, status: 'Defective' }, { ...deco, name: 'SEQ-9', serialNumber: 'NEW00001' }])).toMatchObject({ items: [{ serial: 'NEW00001' }] });
  expect(plan([{ mac: '403f8c000001', ...net }], [], [{ ...deco, serialNumber: null }])).toMatchObject({ problems: [{ reason: 'equipmentWithoutSerial' }], counts: { invalid: 1 } });
});

test('[S1-164] every row is counted exactly once, and the order of the equipment does not matter', () => {
  const key = fc.constantFrom('403F8C000001', '40-3f-8c-00-00-01', 'RCMG19E0AAAA', 'rcmg19e0aaaa', 'RCMG00000000', '', '?');
  const row = fc.record({ mac: key, ssid: fc.constantFrom('Maison', 'Chalet', ''), password: fc.constantFrom('soleil-2026', 'court') });
  fc.assert(fc.property(fc.array(row, { maxLength: 12 }), fc.array(row, { maxLength: 6 }), (wifi, voip) => {
    const made = plan(wifi, voip);
    const { rows, matched, repeated, unmatched, ambiguous, invalid } = made.counts;
    expect(matched + repeated + unmatched + ambiguous + invalid).toBe(rows);
    expect(rows).toBe(wifi.length + voip.length);
    expect(plan(wifi, voip, [ont, deco])).toEqual(made);
    expect(JSON.stringify(made.problems)).not.toMatch(/soleil|court|Maison|Chalet/);
  }));
});

describe('[S1-164] what is done for one piece', () => {
  const item = (now: Partial<EquipmentRow> = {}) => ({ equipment: { ...deco, ...now }, serial: deco.serialNumber!, wifi: net });
  test.each<[KeptSettings, Partial<EquipmentRow>, object]>([
    ['absent', {}, { verdict: 'write', hub: true, fields: { wifi_ssid: 'Maison' } }],
    ['absent', { wifiSsid: 'Maison' }, { verdict: 'write', hub: true, fields: {} }],
    ['absent', { wifiSsid: 'Renommée' }, { verdict: 'kept', hub: false, fields: {} }],
    ['same', { wifiSsid: 'Maison' }, { verdict: 'unchanged', hub: false, fields: {} }],
    ['same', {}, { verdict: 'write', hub: false, fields: { wifi_ssid: 'Maison' } }],
    ['same', { wifiSsid: 'Renommée' }, { verdict: 'kept', hub: false, fields: {} }],
    ['differs', { wifiSsid: 'Ancienne' }, { verdict: 'write', hub: true, fields: { wifi_ssid: 'Maison' } }],
    ['order', {}, { verdict: 'kept', hub: false, fields: {} }], ['order', { wifiSsid: 'Maison' }, { verdict: 'kept', hub: false, fields: {} }],
  ])('the hub has %s, the ERP %j: %j', (kept, now, step) => {
    expect(importStep(item(now), kept)).toEqual(step);
  });
});
