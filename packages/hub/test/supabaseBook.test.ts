import type { HttpRequest, Send } from '../../../core/src/index.ts';
import { testHub, type TestHub } from './hub.ts';

/** PostgREST as an operator has it: trigrams propose the neighbour as readily as the house. */
const rows = ['10', '12', '13', '14'].map((civic) => ({ uuidadresse: `u-${civic}`, adresse: `${civic} rue Saint-Jean`, nom_municipalite: 'Huntingdon', code_postal: 'J0S1H0', latitude: 45.09, longitude: -74.17, similarity: 0.8 }));
let asked: HttpRequest[] = [];
let reply: { status: number; body: unknown } = { status: 200, body: rows };
const send: Send = async (request) => {
  asked.push(request);
  return { status: reply.status, reason: '', headers: { 'content-type': 'application/json' }, text: JSON.stringify(reply.body) };
};
let hub: TestHub;
beforeAll(async () => { hub = await testHub({ supabase: { url: 'http://supabase.test', key: 'service-key' } }, { sendTo: () => send, publicPerMinute: 600 }); }, 60_000);
afterAll(() => hub.close());
beforeEach(() => { asked = []; reply = { status: 200, body: rows }; });
const qualify = async (body: object) => (await hub.ask('POST', '/v1/availability/qualify', { body, key: null })).body as unknown as Record<string, unknown>;

test('[S1-020] search_addresses() proposes, our rules decide: the house is taken, the neighbour is not', async () => {
  expect(await qualify({ address: '12 r. St-Jean, Huntingdon' })).toMatchObject({ match: 'exact', availability: 'available', premises: { fibreId: 1 } });
  expect(asked[0]).toMatchObject({ method: 'POST', path: '/rest/v1/rpc/search_addresses', body: { q: '12 r. St-Jean, Huntingdon', max_results: 20 } });
  expect(await qualify({ address: '11 rue Saint-Jean, Huntingdon' })).toMatchObject({ match: 'streetOnly', candidates: [] });
  const { candidates } = await hub.client.availability.search('12 rue saint-jean huntingdon');
  expect(await qualify({ premisesId: candidates[0]!.premisesId })).toMatchObject({ premises: { fibreId: 1 } });
  // In the register, and no fibre there.
  expect(await qualify({ address: '10 rue Saint-Jean, Huntingdon' })).toMatchObject({ match: 'exact', availability: 'notCovered' });
});
test.each([[401, { code: 'PGRST301' }, 502, 'unauthorised'], [404, { code: 'PGRST202' }, 404, 'notFound'], [500, { code: '57014' }, 504, 'timedOut'], [503, { message: 'pool' }, 503, 'unavailable']] as const)('%d from PostgREST is told with what to do, and no key', async (status, body, answered, kind) => {
  reply = { status, body };
  const got = await hub.ask('GET', '/v1/availability/search?q=12%20rue', { key: null });
  expect([got.status, got.body]).toMatchObject([answered, { kind, hint: expect.any(String) }]);
  expect(got.text).not.toContain('service-key');
});
