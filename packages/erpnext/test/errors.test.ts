import type { HttpReply, Send } from '../../../core/src/index.ts';
import { SendFailure } from '../../../core/src/index.ts';
import { echoDiff, erpnext, fieldsOf, fromSiteTime, toSiteTime } from '../src/index.ts';
import { redact } from '../src/redact.ts';
import { failure } from './site.ts';

const clock = { now: () => '2026-04-01T00:00:00Z', slept: [] as number[], async sleep(ms: number) { clock.slept.push(ms); } };
const reply = (status: number, text: string | object, headers: Record<string, string> = {}): HttpReply => ({ status, reason: '', headers, text: typeof text === 'string' ? text : JSON.stringify(text) });
const always = (answer: HttpReply | Error): Send & { times: number } => Object.assign(async () => { send.times += 1; if (answer instanceof Error) throw answer; return answer; }, { times: 0 }) as never as typeof send;
let send: Send & { times: number };
const client = (answer: HttpReply | Error) => erpnext((send = always(answer)), clock);
beforeEach(() => { clock.slept = []; });

test('[erp-4] a redirect is never followed: the error names where the site lives, without its query', async () => {
  const error = await failure(client(reply(301, '<html>', { location: 'https://u:p@erp.example.ca/api/resource/Item?sid=secret' })).documents.create('Item', {}));
  expect(error).toMatchObject({ kind: 'unexpectedReply', status: 301, detail: { location: 'https://erp.example.ca/api/resource/Item' } });
  expect([send.times, JSON.stringify(error).includes('secret')]).toEqual([1, false]);
});
test('[erp-25] Retry-After is honoured, but never beyond the policy; header budgets in microseconds are not read', async () => {
  const error = await failure(client(reply(429, { exc_type: 'TooManyRequestsError' }, { 'retry-after': '7', 'x-ratelimit-remaining': '12' })).documents.get('Item', 'X'));
  expect(error).toMatchObject({ kind: 'rateLimited', retryAfterMs: 7000 });
  expect(clock.slept).toEqual([7000, 7000, 7000]);
  clock.slept = [];
  await failure(client(reply(429, { exc_type: 'TooManyRequestsError' }, { 'retry-after': '86400' })).documents.get('Item', 'X'));
  expect(clock.slept).toEqual([30_000, 30_000, 30_000]);
});
test('[erp-26] a read repeats after silence; a write only when nothing arrived', async () => {
  await failure(client(new SendFailure('timeout', 'maybe', '')).documents.get('Item', 'X'));
  expect(send.times).toBe(4);
  expect(await failure(client(new SendFailure('timeout', 'maybe', '')).documents.create('Item', {}))).toMatchObject({ kind: 'timedOut', outcome: 'unknown' });
  expect(send.times).toBe(1);
  expect(await failure(client(new SendFailure('refused', 'no', '')).documents.create('Item', {}))).toMatchObject({ kind: 'unavailable', outcome: 'notApplied' });
  expect(send.times).toBe(4);
  await failure(client(new SendFailure('reset', 'maybe', '')).call('x.y'));
  expect(send.times).toBe(1);
});
test('[erp-1] a cookie offered by the site is not sent back; a method path that is no path is refused', async () => {
  const seen: unknown[] = [];
  const erp = erpnext(async (request) => (seen.push(request.headers), reply(200, { message: 'pong' }, { 'set-cookie': 'sid=1' })), clock);
  await erp.ping();
  await erp.ping();
  expect(seen).toEqual([{ accept: 'application/json' }, { accept: 'application/json' }]);
  expect(await failure(erp.call('../resource/User'))).toMatchObject({ kind: 'rejectedInput' });
  expect(await failure(client(reply(200, { message: 'Not a Frappe' })).ping())).toMatchObject({ kind: 'unexpectedReply' });
});
test('[erp-9] the echo: blanks agree, 1 is true, masks agree, rows are compared in order', () => {
  const got = { a: null, n: 0, f: 9.97, ok: 1, pw: '*******', t: 'x ', rows: [{ tag: 'A', name: 'r1' }], name: 'D' };
  expect(echoDiff({ a: '', n: null, f: 9.9700000001, ok: true, pw: 'secret!', t: 'x', rows: [{ tag: 'A' }], docstatus: 1 }, got)).toEqual({ unknown: [], changed: [] });
  expect(echoDiff({ b: 1, f: 9.98, rows: [{ tag: 'B', tg: 'C' }, { tag: 'Z' }] }, got)).toEqual({ unknown: ['b', 'rows[0].tg'], changed: ['f', 'rows[0].tag', 'rows[1]'] });
});
test('[erp-32] site time: zone crossed, gap and overlap handled, no zone designator', () => {
  expect(toSiteTime('2026-07-01T03:59:59Z', 'America/Toronto')).toBe('2026-06-30 23:59:59');
  expect(fromSiteTime('2026-03-08 02:30:00.123456', 'America/Toronto')).toBe('2026-03-08T07:30:00.000Z');
  expect(fromSiteTime('2026-11-01 01:30:00', 'America/Toronto')).toBe('2026-11-01T05:30:00.000Z');
  expect(() => fromSiteTime('tomorrow', 'America/Toronto')).toThrow(RangeError);
});
test('people and tokens are taken out, names of documents and days stay', () => {
  expect(redact('CUST-2026-00007 of 2026-04-09 10:30:00: marie.roy@example.ca, +1 (514) 555-0123, token abc:def', [])).toBe('CUST-2026-00007 of 2026-04-09 10:30:00: […], […], token […]');
});
test('fieldsOf: all of ours without layout, the custom ones of theirs', () => {
  const manifest = { doctypes: [{ name: 'A', fields: [{ fieldname: 'x', fieldtype: 'Data', label: 'X' }, { fieldname: 's', fieldtype: 'Section Break', label: '' }] }], child_doctypes: [], custom_fields: [{ dt: 'B', fieldname: 'y', fieldtype: 'Data', label: 'Y' }] };
  expect([fieldsOf(manifest, 'A').map((f) => f.fieldname), fieldsOf(manifest, 'B'), fieldsOf(manifest, 'C')]).toEqual([['x'], [{ fieldname: 'y', fieldtype: 'Data', label: 'Y' }], []]);
});
