import { drops, testHub, type TestHub } from './hub.ts';

let hub: TestHub;
beforeAll(async () => { hub = await testHub({}, { publicPerMinute: 60 }); }, 60_000);
afterAll(async () => hub.close());
beforeEach(() => hub.clock.advance(120_000)); // every test starts with a full bucket
const qualify = async (body: object) => (await hub.ask('POST', '/v1/availability/qualify', { body, key: null })).body as unknown as Record<string, unknown>;
const at = (rue: string, ville = 'Huntingdon') => ({ address: `${rue}, ${ville}` });

test('[S1-025] available, box to come, or ask us: each address gets its answer, in two languages', async () => {
  expect(await qualify(at('12 rue Saint-Jean'))).toMatchObject({ type: 'qualified', availability: 'available', match: 'exact', maxDownMbps: 1500, zone: '1', premises: { fibreId: 1 }, message: { fr: expect.stringContaining('disponible'), en: expect.stringContaining('available') } });
  expect(await qualify(at('16 rue Saint-Jean'))).toMatchObject({ availability: 'availableNeedsBox', premises: { fibreId: 3 } });
  expect(await qualify(at('14 rue Saint-Jean'))).toMatchObject({ availability: 'contactUs', match: 'exact' });
  expect(await qualify({ address: '99 Yonge Street, Toronto' })).toMatchObject({ availability: 'notCovered', match: 'none', candidates: [] });
});

test('[S1-020] what people type is found: accents, short forms, slips, a picked token', async () => {
  for (const address of ['12 r. st-jean huntingdon', '12 RUE SAINT JEAN, HUNTINGDON QC J0S1H0', '12, rue Saint-Jaen, Huntingdon', 'Huntingdon, 12 Saint-Jean Street']) expect([address, (await qualify({ address }))['premises']]).toMatchObject([address, { fibreId: 1 }]);
  const [first] = (await hub.client.availability.search('12 rue saint-jean huntingdon')).candidates;
  expect(first).toMatchObject({ label: '12 rue Saint-Jean, Huntingdon J0S 1H0' });
  expect(await qualify({ premisesId: first!.premisesId })).toMatchObject({ availability: 'available', premises: { fibreId: 1 } });
});

test('[S1-025] a number that is not in the register, or the wrong town, is never answered with a neighbour', async () => {
  expect(await qualify(at('13 rue Saint-Jean'))).toMatchObject({ match: 'streetOnly', availability: 'contactUs', candidates: [] });
  expect(await qualify({ address: 'rue Saint-Jean, Huntingdon' })).toMatchObject({ match: 'streetOnly', candidates: [] });
  const wrongTown = await qualify(at('12 rue Saint-Jean', 'Ormstown'));
  expect(wrongTown).not.toHaveProperty('premises');
  expect(wrongTown['match']).not.toBe('exact');
});

test('[S1-021] of two drops at one address the free one is offered; held ports are not', async () => {
  expect(await qualify(at('20 rue Saint-Jean'))).toMatchObject({ availability: 'available', premises: { fibreId: 5 } });
  await hub.client.drops.hold(5, { orderId: 'A', holdSeconds: 600 });
  expect(await qualify(at('20 rue Saint-Jean'))).not.toHaveProperty('premises');
});

test('[S1-025] the public answer tells no OLT, port, serial or occupancy: connected, held and unclear read alike', async () => {
  await hub.client.drops.hold(6, { orderId: 'A', holdSeconds: 600 });
  const answers = [await qualify(at('14 rue Saint-Jean')), await qualify(at('60 chemin de la Rivière', 'Ormstown'))];
  const shape = (one: Record<string, unknown>) => ({ ...one, candidates: (one['candidates'] as object[]).map((candidate) => Object.keys(candidate).sort()) });
  expect(shape(answers[0]!)).toEqual(shape(answers[1]!));
  const all: string[] = [];
  for (const { rue, ville } of drops) all.push((await hub.ask('GET', `/v1/availability/search?q=${encodeURIComponent(`${rue} ${ville}`)}`, { key: null })).text, JSON.stringify(await qualify(at(rue, ville))));
  expect(all.join('')).not.toMatch(/olt|172\.17|frame|slot|"port"|ontid|RCMG|TPLG|"sn"|fibreIds|occupied|"held|reserved|boxMissing/i);
});

test('a caller without a key is slowed down; one with a key is not; time heals', async () => {
  const ask = (key: string | null) => hub.ask('GET', '/v1/availability/search?q=rue', { key });
  const statuses = (await Promise.all(Array.from({ length: 70 }, () => ask(null)))).map(({ status }) => status);
  expect(statuses.filter((status) => status === 200)).toHaveLength(60);
  const slowed = await ask(null);
  expect([slowed.status, slowed.headers.get('retry-after'), slowed.body]).toMatchObject([429, '1', { type: 'vendorError', kind: 'rateLimited', retryAfterMs: 1000 }]);
  expect((await hub.client.availability.search('rue')).match).toBe('none');
  hub.clock.advance(1_000);
  expect((await ask(null)).status).toBe(200);
  expect((await ask(null)).status).toBe(429);
});

test('only the sites that are listed may ask from a browser', async () => {
  const origin = async (name: string, method = 'GET') => (await fetch(`${hub.url}/v1/availability/search?q=rue`, { method, headers: { origin: name } })).headers.get('access-control-allow-origin');
  expect(await origin('https://www.example.ca')).toBe('https://www.example.ca');
  expect(await origin('https://www.example.ca', 'OPTIONS')).toBe('https://www.example.ca');
  expect(await origin('https://evil.example')).toBeNull();
});

test('[S1-025] whatever is typed is answered, and never with a place: emoji, SQL, a lone number, another country, far too much', async () => {
  for (const address of ['🏠'.repeat(40), "'; DROP TABLE fibre_drop; --", '123', '12 rue de Rivoli, Paris, France', 'rue saint '.repeat(19), '%00%0a', '{"$gt":""}']) {
    const answer = await qualify({ address });
    expect([address, answer]).toEqual([address, expect.objectContaining({ type: 'qualified', match: expect.stringMatching(/^(none|streetOnly|choose)$/) })]);
    expect(answer).not.toHaveProperty('premises');
  }
  for (const address of ['x'.repeat(10_000), '', '12 rue\u0007Saint-Jean']) expect(await hub.ask('POST', '/v1/availability/qualify', { body: { address }, key: null })).toMatchObject({ status: 400, body: { code: 'badInput', path: 'address', hint: expect.any(String) } });
  expect(await hub.ask('GET', `/v1/availability/search?q=${'x'.repeat(10_000)}`, { key: null })).toMatchObject({ status: 400, body: { path: 'q' } });
});

test('bad questions are named', async () => {
  expect(await hub.ask('GET', '/v1/availability/search', { key: null })).toMatchObject({ status: 400, body: { code: 'badInput', path: 'q' } });
  expect(await hub.ask('GET', '/v1/availability/search?q=a&limit=99', { key: null })).toMatchObject({ status: 400, body: { path: 'limit' } });
  expect(await qualify({})).toMatchObject({ type: 'refused', code: 'badInput', path: 'address' });
  expect(await qualify({ address: 'x', premisesId: 'y' })).toMatchObject({ code: 'badInput' });
  expect(await qualify({ premisesId: 'prm_nothing' })).toMatchObject({ code: 'badInput', path: 'premisesId' });
  expect(await qualify({ address: 'a\u0000b' })).toMatchObject({ code: 'badInput', path: 'address' });
});
