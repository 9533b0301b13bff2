import { readTable } from '../src/readTable.ts';

test.each([
  ['commas', 'mac,ssid\n40:3f,Maison\n'], ['semicolons', 'mac;ssid\n40:3f;Maison'], ['tabs, CRLF, BOM', '\uFEFFMAC\tSSID \r\n40:3f\tMaison\r\n\r\n'], ['quotes', '"mac","ssid"\n"40:3f","Maison"\n'],
  ['JSON', '[{"mac":"40:3f","ssid":"Maison"}]'], ['data', '{"data":[{"mac":"40:3f","ssid":"Maison"}]}'], ['lines', '{"mac":"40:3f","ssid":"Maison"}\n'],
  ['phpMyAdmin', '[{"type":"header"},{"type":"database","name":"genieacs"},{"type":"table","name":"wifi","data":[{"mac":"40:3f","ssid":"Maison"}]}]'],
])('[S1-164] reads %s', (_, text) => {
  expect(readTable(text)).toEqual([{ mac: '40:3f', ssid: 'Maison' }]);
});

test('[S1-164] MariaDB’s own export: no header, tabs, backslashes, nulls', () => {
  expect(readTable('40:3f\tChez\\tLéo\\\\\tx\n41:3f\t\\N\ty', { columns: ['mac', 'ssid', 'password'] })).toEqual([{ mac: '40:3f', ssid: 'Chez\tLéo\\', password: 'x' }, { mac: '41:3f', ssid: null, password: 'y' }]);
  expect(readTable('"40:3f","Chez \\"Léo\\"","a,b"\n', { columns: ['mac', 'ssid', 'password'] })).toEqual([{ mac: '40:3f', ssid: 'Chez "Léo"', password: 'a,b' }]);
});

test('a backslash in an ordinary CSV is a backslash; quotes hold line ends and doubled quotes; NULL is none, "NULL" a name', () => {
  expect(readTable('ssid,password\n"a ""b""\nc",p\\w\nNULL,"NULL"')).toEqual([{ ssid: 'a "b"\nc', password: 'p\\w' }, { ssid: null, password: 'NULL' }]);
});

test('what is no table is refused by its line, never by its content', () => {
  for (const text of ['', 'just words\nmore', 'a,b\n1,2,s3cret', 'a,b\n"s3cret,2', '[1]', '{"a":1}\n{s3cret', '{"a": "s3cret'] as const) {
    const failure = ((): string => { try { return JSON.stringify(readTable(text)); } catch (error) { return (error as Error).message; } })();
    expect(failure).not.toContain('s3cret');
    if (text !== '') expect(failure).toMatch(/[Rr]ow|[Ll]ine|columns|quote|objects/);
  }
});
