import fc from 'fast-check';
import { accept, refuse } from './decision.ts';
import { deriveId, shortHash } from './id.ts';
import * as parse from './parse.ts';
import { isSendFailure, SendFailure } from './port.ts';
import { fromSendFailure, readJson } from './reply.ts';
import { afterFailure, defaultRetry } from './retry.ts';
import { isVendorError, VendorError, type Outcome, type VendorErrorKind } from './vendorError.ts';

describe('ids', () => {
  const part = fc.string({ minLength: 1, maxLength: 8, unit: fc.constantFrom('a', 'B', '0', ':', '%', '/', ' ', 'é', '~', '*', '.', '_', '-', '光', '😀', "'") });
  test('different parts never give the same id, the same always do', () => {
    fc.assert(fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), fc.array(part, { minLength: 1, maxLength: 4 }), (a, b) => {
      expect(deriveId(...a) === deriveId(...b)).toBe(JSON.stringify(a) === JSON.stringify(b));
      expect(deriveId(...a)).toMatch(/^[A-Za-z0-9._:%-]+$/);
    }), { numRuns: 1000 });
    expect(deriveId('a:b', 'c')).not.toBe(deriveId('a', 'b:c'));
    expect(deriveId('ord_123', 'task', 1)).toBe('ord_123:task:1');
  });
  test('an empty part and half a character are refused, for they would collide', () => {
    for (const bad of ['', '\ud800', 'a\udc00']) expect(() => deriveId('ord', bad)).toThrow(RangeError);
  });
  test('the digest is short, safe in any case, and 50,000 neighbours do not collide', () => {
    const seen = new Set<string>();
    for (let n = 0; n < 50_000; n += 1) seen.add(shortHash(`client${n}@example.ca`));
    expect(seen.size).toBe(50_000);
    for (const one of [...seen].slice(0, 500)) expect(one).toMatch(/^[0-9a-z]{11}$/);
    expect(new Set(['', 'a', 'b', 'ab', 'ba', 'aa', 'é', 'e']).size).toBe(new Set(['', 'a', 'b', 'ab', 'ba', 'aa', 'é', 'e'].map(shortHash)).size);
  });
});

describe('parse', () => {
  const order = parse.record({
    name: parse.text(10), count: parse.whole(1, 5), rate: parse.optional(parse.decimal(0, 1)), on: parse.optional(parse.civilDate), ok: parse.optional(parse.flag),
    kind: parse.optional(parse.oneOf('a', 'b')), code: parse.optional(parse.matching(/^[A-Z]{2}$/, 'two capitals')), rows: parse.list(parse.record({ sku: parse.text() }), 0, 2),
  });
  const good = { name: ' Zoé ', count: 2, rows: [{ sku: 'X' }] };
  test('gives back what it was asked for, trimmed, and nothing else', () => {
    expect(parse.parse(order, { ...good, extra: 1, rate: null })).toEqual({ name: 'Zoé', count: 2, rows: [{ sku: 'X' }] });
  });
  test.each<[object, string]>([
    [{ name: 7 }, 'name'], [{ name: '   ' }, 'name'], [{ name: 'a\u0000b' }, 'name'], [{ name: 'x'.repeat(11) }, 'name'], [{ count: 1.5 }, 'count'], [{ count: '2' }, 'count'], [{ count: 6 }, 'count'], [{ rate: NaN }, 'rate'], [{ on: '2026-02-30' }, 'on'],
    [{ ok: 'true' }, 'ok'], [{ kind: 'toString' }, 'kind'], [{ code: 'CAD' }, 'code'], [{ rows: {} }, 'rows'], [{ rows: [{ sku: 'X' }, {}] }, 'rows[1].sku'], [{ rows: [null] }, 'rows[0]'], [{ rows: [{ sku: 'X' }, { sku: 'X' }, { sku: 'X' }] }, 'rows'],
  ])('%j is refused at %s, and what was sent is not repeated', (change, path) => {
    const answer = parse.parse(order, { ...good, ...change });
    expect(answer).toMatchObject({ type: 'refused', code: 'badInput', path });
    expect(JSON.stringify(answer)).not.toMatch(/xxxxx|toString/);
  });
  test.each([null, undefined, 7, 'x', []])('%p is no object', (input) => {
    expect(parse.parse(order, input, 'body')).toMatchObject({ type: 'refused', path: 'body' });
  });
  test('any JSON is accepted or refused with a path, never a throw', () => {
    fc.assert(fc.property(fc.jsonValue(), (input) => {
      const answer = parse.parse(order, input);
      expect(answer === null || typeof answer === 'object').toBe(true);
    }));
  });
  test('a mistake of the reader itself is not swallowed', () => {
    expect(() => parse.parse(() => { throw new TypeError('bug'); }, {})).toThrow(TypeError);
  });
});

describe('retry', () => {
  const kinds: readonly VendorErrorKind[] = ['unauthorised', 'notFound', 'conflict', 'exhausted', 'rejectedInput', 'rateLimited', 'unavailable', 'timedOut', 'unexpectedReply', 'deviceSilent'];
  test('[S0-91] waits double up to the cap, then a person', () => {
    const delays = [1, 2, 3, 4].map((attempt) => afterFailure({ kind: 'unavailable', outcome: 'notApplied' }, attempt));
    expect(delays.map((one) => ('delayMs' in one ? one.delayMs : one.type))).toEqual([500, 1000, 2000, 'callPerson']);
    expect(afterFailure({ kind: 'unavailable', outcome: 'notApplied' }, 20, { ...defaultRetry, attempts: 99 })).toMatchObject({ delayMs: 30_000 });
    expect(afterFailure({ kind: 'rateLimited', outcome: 'notApplied', retryAfterMs: 7000 }, 1)).toMatchObject({ type: 'repeat', delayMs: 7000 });
  });
  test('an unknown outcome is always looked at, and only what passes by itself is repeated', () => {
    fc.assert(fc.property(fc.constantFrom(...kinds), fc.constantFrom<Outcome>('unknown', 'notApplied'), fc.integer({ min: 1, max: 9 }), (kind, outcome, attempt) => {
      const next = afterFailure({ kind, outcome }, attempt);
      if (outcome === 'unknown') expect(next.type).toBe('observe');
      else if (['unauthorised', 'notFound', 'conflict', 'exhausted', 'rejectedInput', 'unexpectedReply'].includes(kind) || attempt >= defaultRetry.attempts) expect(next.type).toBe('callPerson');
      else expect(next.type).toBe('repeat');
    }));
  });
});

describe('port', () => {
  test('a lost answer to a write is unknown, to a read it is not; what never arrived is safe to repeat', () => {
    const reset = new SendFailure('reset', 'maybe', 'reset');
    expect(fromSendFailure(reset, 'NetBox', 'ips.allocate', true)).toMatchObject({ kind: 'timedOut', outcome: 'unknown' });
    expect(fromSendFailure(reset, 'NetBox', 'ips.list', false)).toMatchObject({ kind: 'unavailable', outcome: 'notApplied' });
    expect(fromSendFailure(new SendFailure('refused', 'no', 'refused'), 'NetBox', 'ips.allocate', true)).toMatchObject({ kind: 'unavailable', outcome: 'notApplied' });
    expect(isSendFailure(reset) && !isVendorError(reset)).toBe(true);
  });
  test('a web page or a cut answer is a failure with a hint, not a crash; after a write that was accepted it is unknown', () => {
    const reply = (status: number, text: string) => ({ status, text, reason: '', headers: {} });
    const thrown = (run: () => unknown): VendorError => { try { run(); } catch (error) { return error as VendorError; } throw new Error('did not throw'); };
    expect(thrown(() => readJson(reply(200, ' <html>'), 'ERPNext', 'get'))).toMatchObject({ kind: 'unexpectedReply', outcome: 'notApplied', hint: expect.stringContaining('proxy') });
    expect(thrown(() => readJson(reply(502, ' <html>'), 'ERPNext', 'get'))).toMatchObject({ kind: 'unavailable', outcome: 'notApplied', hint: expect.stringContaining('proxy') });
    expect(thrown(() => readJson(reply(504, ' <html>'), 'ERPNext', 'insert', true))).toMatchObject({ kind: 'unavailable', outcome: 'unknown' });
    expect(thrown(() => readJson(reply(200, '{"a":'), 'ERPNext', 'insert', true))).toMatchObject({ outcome: 'unknown' });
    expect(thrown(() => readJson(reply(200, '[{"a":'), 'GenieACS', 'list'))).toMatchObject({ kind: 'unavailable', outcome: 'notApplied' });
    expect(thrown(() => readJson(reply(200, 'OK'), 'GenieACS', 'list'))).toMatchObject({ kind: 'unexpectedReply', outcome: 'notApplied' });
    expect(readJson(reply(200, '{"a":1}'), 'ERPNext', 'get')).toEqual({ a: 1 });
  });
  test('a VendorError is known by its shape and goes out as plain JSON', () => {
    const error = new VendorError({ vendor: 'X', operation: 'y', kind: 'timedOut', message: 'm', hint: 'h' });
    expect(error.outcome).toBe('unknown');
    expect(isVendorError(Object.assign(new Error('m'), { name: 'VendorError', kind: 'timedOut' }))).toBe(true);
    expect(JSON.parse(JSON.stringify(error))).toEqual({ type: 'vendorError', vendor: 'X', operation: 'y', kind: 'timedOut', message: 'm', hint: 'h', outcome: 'unknown' });
  });
});

test('a decision is plain data', () => {
  expect(accept(1, 'a', 'b')).toEqual({ type: 'accepted', value: 1, because: ['a', 'b'] });
  expect(refuse('no', 'No.', { path: 'x' })).toEqual({ type: 'refused', code: 'no', message: 'No.', path: 'x' });
});
