import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addressSearch, openSnapshot, readRegisterCsv, readSnapshot, registerBuilder, writeSnapshot, type CsvReport, type Register } from '../src/index.ts';

const HEAD = 'numero_municipal,numero_unite,odonyme_recompose_court,nom_municipalite,code_postal,latitude,longitude';
async function* chunks(text: string | Uint8Array, size = 37): AsyncGenerator<Uint8Array> {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
async function read(text: string | Uint8Array, size?: number): Promise<{ report: CsvReport; register: Register }> {
  const builder = registerBuilder();
  const report = await readRegisterCsv(chunks(text, size), builder);
  return { report, register: builder.finish({ source: 'test', licence: 'CC BY 4.0', date: '2026-11-01' }, [['Cazaville', 'Saint-Anicet']]) };
}
const rows = ['12,,rue Principale,Saint-Anicet,J0S 1M0,45.1,-74.3', '12A,,rue Principale,Saint-Anicet,J0S 1M0,45.1,-74.3', '14,1,rue Principale,Saint-Anicet,J0S 1M0,45.1,-74.3', '14,2,rue Principale,Saint-Anicet,J0S 1M0,45.1,-74.3', '7,,"chemin de l\'Érable",Elgin,J0S 2E0,45.02,-74.27'];
let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'leadlight-snapshot-')); });
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a register from CSV', () => {
  test('[S1-020] columns as the ministry names them; units of one door are one building', async () => {
    const { report, register } = await read([HEAD, ...rows].join('\n'));
    expect(report).toMatchObject({ rows: 5, taken: 5, faults: { civic: 0, street: 0, town: 0 }, swapped: 0, outside: 0, encoding: 'utf-8' });
    expect(register.about).toMatchObject({ addresses: 5, buildings: 4, streets: 2, towns: ['Saint-Anicet', 'Elgin'] });
    const { search } = addressSearch(register);
    expect(search('14 Principale app 2, Cazaville').candidates[0]).toMatchObject({ label: '14 rue Principale, Saint-Anicet J0S 1M0', units: ['1', '2'], unit: '2', latitude: 45.1 });
    expect(search("7 ch. Erable elgin")).toMatchObject({ match: 'exact', candidates: [{ street: "chemin de l'Érable" }] });
  });
  test('[S1-020] columns as OpenAddresses names them, semicolons, byte order mark, CRLF, quotes', async () => {
    const { register } = await read('\uFEFFLON;LAT;NUMBER;STREET;UNIT;CITY;POSTCODE\r\n-74.3;45.1;12;"rue ""du"" Lac";;"Saint-Anicet";J0S1M0\r\n');
    expect(addressSearch(register).search('12 rue du Lac St-Anicet').candidates[0]).toMatchObject({ town: 'Saint-Anicet', postalCode: 'J0S 1M0', longitude: -74.3 });
  });
  test('Windows-1252 is read as such', async () => {
    const { report, register } = await read(Uint8Array.from([HEAD, rows[4]].join('\n'), (c) => c.charCodeAt(0)), 4096);
    expect([report.encoding, addressSearch(register).search('7 chemin de l’érable, Elgin').candidates[0]!.street]).toEqual(['windows-1252', "chemin de l'Érable"]);
  });
  test('swapped and unsigned coordinates are mended, foreign ones dropped, bad rows counted, doubles said once', async () => {
    const { report, register } = await read([HEAD, '1,,rue A,Elgin,,-74.3,45.1', '2,,rue A,Elgin,,45.1,74.3', '3,,rue A,Elgin,,48.85,2.35', 'x,,rue A,Elgin,,45,-74', '4,,,Elgin,,45,-74', '5,,rue A,,,45,-74', '1,,rue A,Elgin,,45.1,-74.3'].join('\n'));
    expect(report).toMatchObject({ rows: 7, taken: 4, swapped: 2, outside: 1, faults: { civic: 1, street: 1, town: 1 } });
    expect(report.examples[0]).toBe('row 4: no house number');
    expect(register.about.addresses).toBe(3);
    const { search } = addressSearch(register);
    expect([search('1 rue A, Elgin').candidates[0]!.longitude, search('2 rue A, Elgin').candidates[0]!.longitude, search('3 rue A, Elgin').candidates[0]!.longitude]).toEqual([-74.3, -74.3, null]);
  });
  test.each([
    ['', 'The file is empty.'], ['a,b,c\n1,2,3', 'a column for the house number (numero_municipal or number)'], [HEAD, 'None of its 0 rows'], [`${HEAD}\nx,,y,z,,,`, 'None of its 1 rows'],
    ['\u0000\u0001binary', 'UTF-16 or no text'],
  ])('%j is refused with what is missing', async (text, message) => {
    await expect(read(text)).rejects.toThrow(message);
  });
});

describe('a snapshot file', () => {
  test('[S1-020] is written beside and renamed, read into shared memory, and answers as what it was built from', async () => {
    const { register } = await read([HEAD, ...rows].join('\n'));
    const path = join(folder, 'addresses');
    const { bytes, sha256 } = writeSnapshot(path, register);
    const block = readSnapshot(path);
    expect(block).toBeInstanceOf(SharedArrayBuffer);
    const opened = openSnapshot(block);
    expect([bytes, sha256.length, opened.about]).toEqual([readFileSync(path).length, 64, register.about]);
    for (const typed of ['12 rue Principale, Saint-Anicet', '14 Principale cazaville', '7 Erable Road, Elgin', '99 rue Principale, Saint-Anicet']) expect(addressSearch(opened).search(typed)).toEqual(addressSearch(register).search(typed));
    const found = addressSearch(opened).search('12A rue Principale, Saint-Anicet').candidates[0]!;
    expect(addressSearch(register).find(found.addressId)).toMatchObject({ label: found.label });
    expect([addressSearch(opened).find('zzz-12'), addressSearch(opened).find("'; DROP"), addressSearch(opened).find(found.addressId.replace('12a', '13a'))]).toEqual([undefined, undefined, undefined]);
  });
  test('damaged, cut, older or foreign files are refused with what to do', async () => {
    const { register } = await read([HEAD, ...rows].join('\n'));
    const path = join(folder, 'addresses');
    writeSnapshot(path, register);
    const good = readFileSync(path);
    const changed = (edit: (bytes: Buffer) => Buffer): (() => unknown) => () => {
      writeFileSync(path, edit(Buffer.from(good)));
      return openSnapshot(readSnapshot(path));
    };
    expect(changed((b) => { b[b.length - 40]! ^= 1; return b; })).toThrow('checksum differs');
    expect(changed((b) => b.subarray(0, b.length - 64))).toThrow('cut off');
    expect(changed((b) => b.subarray(0, 8))).toThrow('cut off. Build it again');
    expect(changed((b) => Buffer.from(b.toString('latin1').replace('"format":1', '"format":0'), 'latin1'))).toThrow('has format 0, this version reads 1. Build it again');
    expect(changed(() => Buffer.from('numero_municipal,nom\n12345,rue X\n'))).toThrow('no address snapshot');
    expect(changed((b) => { b[16] = 0x21; return b; })).toThrow('head of the address snapshot is damaged');
    expect(changed((b) => Buffer.from(b.toString('latin1').replace('"Elgin"', '"Eglin"'), 'latin1'))).toThrow('checksum differs');
  });
});
