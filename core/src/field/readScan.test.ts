import fc from 'fast-check';
import { readScan } from './readScan.ts';

const scan = (text: unknown, expected?: 'ont' | 'deco' | 'stb') => {
  const said = readScan(text, expected);
  return said.type === 'refused' ? said.code : said.value;
};

test.each([
  ['RCMG19E01234', 'RCMG19E01234', 'Raisecom'], ['tplg0a1b2c3d', 'TPLG0A1B2C3D', 'TP-Link'], [' S/N: RCMG-19E0 1234 ', 'RCMG19E01234', 'Raisecom'], ['GPON SN:RCMG19E01234', 'RCMG19E01234', 'Raisecom'], ['52434D4719E01234', 'RCMG19E01234', 'Raisecom'],
])('[S1-111] %s is an ONT', (text, serialNumber, vendor) => {
  expect(scan(text, 'ont')).toEqual({ kind: 'ont', equipmentType: 'ONT', vendor, serialNumber });
});

test.each([['403F8C0A1B2C'], ['40:3f:8c:0a:1b:2c'], ['MAC: 40-3F-8C-0A-1B-2C'], ['403f.8c0a.1b2c']])('[S1-112] %s is a Deco', (text) => {
  expect(scan(text, 'deco')).toEqual({ kind: 'deco', equipmentType: 'Routeur', vendor: 'TP-Link', serialNumber: '403F8C0A1B2C', macAddress: '40:3F:8C:0A:1B:2C' });
});

test('[S1-113] any other MAC is a TV box', () => {
  expect(scan('00:1A:79:00:00:1F')).toEqual({ kind: 'stb', equipmentType: 'Décodeur TV', vendor: 'Infomir', serialNumber: '001A7900001F', macAddress: '00:1A:79:00:00:1F' });
});

test.each([[''], ['RCMG'], ['RCMG19E0XXXX'], ['RCMG19E0123'], ['RCMG19E012345'], ['HWTC19E01234'], ['000000000000'], ['FFFFFFFFFFFF'], ['0123456789AB0'], ['013F8C0A1B2C'], ['https://example.ca/ont'], [null], [12], ['A'.repeat(5000)]])('%p is refused with a hint', (text) => {
  expect(readScan(text)).toMatchObject({ type: 'refused', code: 'scanUnreadable', path: 'scan', hint: expect.stringContaining('Scan ') });
});

test('a letter read for a digit is named', () => {
  expect(readScan('RCMG19EOl234')).toMatchObject({ type: 'refused', hint: expect.stringContaining('RCMG19E01234') });
});

test('the right label on the wrong box is told apart', () => {
  expect(readScan('403F8C0A1B2C', 'ont')).toMatchObject({ type: 'refused', code: 'scanUnexpected', message: expect.stringContaining('Routeur') });
  expect(scan('001A7900001F', 'deco')).toBe('scanUnexpected');
});

test('reading is stable: what was read reads the same again, whatever is thrown at it', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.mixedCase(fc.constantFrom('RCMG19E01234', '403F8C0A1B2C', '001A7900001F'))), (text) => {
    const said = readScan(text);
    if (said.type === 'accepted') expect(readScan(said.value.serialNumber)).toEqual(said);
  }));
});
