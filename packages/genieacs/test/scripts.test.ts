import { bench, failure, type Bench } from './harness.ts';

let b: Bench;
beforeEach(async () => { b = await bench(); });
afterEach(() => b.close());
const good = { weight: 0, channel: 'leadlight', precondition: 'DeviceID.ProductClass = "HT803G-W" AND Tags.voip IS NULL', events: { '0 BOOTSTRAP': true }, configurations: [{ type: 'provision' as const, name: 'p' }] };

test('[acs-24] a preset GenieACS could not read is refused before it is sent; unknown fields of an existing one are kept', async () => {
  const bad = [
    { ...good, precondition: 'DeviceID.ProductClass = ' }, { ...good, precondition: '((' }, { ...good, precondition: '{"x":' },
    { ...good, configurations: undefined }, { ...good, configurations: [{ type: 'magic', name: 'x' }] }, { ...good, configurations: [{ type: 'provision', name: '' }] },
    { ...good, configurations: [{ type: 'provision', name: 'p', args: [5] }] }, { ...good, weight: '0' },
  ];
  for (const preset of bad) expect(await failure(b.client.presets.put('leadlight-x', preset as never))).toMatchObject({ kind: 'rejectedInput' });
  expect(b.sent).toHaveLength(0);
  b.acs.state.presets.set('leadlight-x', { _id: 'leadlight-x', weight: 5, channel: 'old', precondition: '', configurations: [], note: 'kept' });
  await b.client.presets.put('leadlight-x', good);
  expect(b.acs.state.presets.get('leadlight-x')).toEqual({ _id: 'leadlight-x', note: 'kept', ...good });
  for (const precondition of ['', 'Tags.a IS NOT NULL OR NOT (DeviceID.OUI <> "00AA")', 'DeviceID.SerialNumber LIKE "RCMG%"']) await b.client.presets.put('leadlight-y', { ...good, precondition });
  expect(await b.client.presets.list()).toHaveLength(2);
  await b.client.presets.delete('leadlight-y');
  await b.client.presets.delete('leadlight-y');
  expect((await b.client.presets.list()).map((one) => one._id)).toEqual(['leadlight-x']);
});

test('[acs-25] a script that does not compile comes back with GenieACS\' own words; a good one is listed as written', async () => {
  const error = await failure(b.client.provisions.put('leadlight-x', 'const = 1;'));
  expect(error).toMatchObject({ kind: 'rejectedInput', status: 400 });
  expect(error.message).toContain('SyntaxError');
  await b.client.provisions.put('leadlight x.1', 'log("é");');
  expect(await b.client.provisions.list()).toEqual([{ name: 'leadlight x.1', script: 'log("é");' }]);
  await b.client.provisions.delete('leadlight x.1');
  expect(await b.client.provisions.list()).toEqual([]);
});
