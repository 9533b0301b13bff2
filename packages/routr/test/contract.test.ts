import { isVendorError, type VendorError } from '../../../core/src/index.ts';
import { keyOf, methods, routrError, type SipWanted } from '../src/index.ts';
import { bench, DOMAIN, onSandbox, type Bench } from './bench.ts';

const run = `ll${Date.now().toString(36)}`;
let at: Bench;
let count = 0;
const made: SipWanted[] = [];
/** An account nobody has, by a name of this run. */
const line = (more: Partial<SipWanted> = {}): SipWanted => {
  count += 1;
  const one = { key: `${run}-order-${count}`, username: `${run}-${count}`, domain: DOMAIN, password: `p4ssw0rd-${count}-kept-secret`, ...more };
  made.push(one);
  return one;
};
const { ensure, get, suspend, resume, setPassword, remove } = new Proxy({} as Bench['client']['accounts'], { get: (_none, name: keyof Bench['client']['accounts']) => (...given: never[]) => (at.client.accounts[name] as (...all: never[]) => unknown)(...given) });
const credentialsOf = async (one: SipWanted) => (await at.raw.agents.named(one.username))?.credentials ?? undefined;
async function failure(work: Promise<unknown>): Promise<VendorError> {
  const outcome = await work.then((value) => ({ value }), (error: unknown) => ({ error }));
  if ('error' in outcome && isVendorError(outcome.error)) return outcome.error;
  throw new Error(`expected a VendorError, got ${JSON.stringify(outcome)}`);
}

beforeEach(async () => { at = await bench(); });
afterEach(async () => {
  at.world.clearFaults();
  for (const one of made.splice(0)) await remove(one).catch(() => undefined);
  await at.close();
});

describe('what is on the wire', () => {
  const UPDATE = methods['Agents.Update']!.request;
  test('false and zero are written when they are given, for Routr leaves alone what is not there', () => {
    expect([...UPDATE.encode({ ref: 'a', enabled: false, privacy: 'PRIVATE' })]).toEqual([0x0a, 1, 0x61, 0x18, 0, 0x20, 0]);
    expect(UPDATE.decodeSparse(UPDATE.encode({ ref: 'a', enabled: false }))).toEqual({ ref: 'a', enabled: false });
    expect([...UPDATE.encode({ ref: 'a' })]).toEqual([0x0a, 1, 0x61]);
  });
  test('a field and a privacy of a later release are skipped, not fatal', () => {
    const { response } = methods['Agents.Get']!;
    expect(response.decode(new Uint8Array([...response.encode({ ref: 'a', username: 'u' }), 0x28, 9, 0xf8, 0x07, 1]))).toMatchObject({ ref: 'a', username: 'u', privacy: 9, enabled: false, domain: null });
  });
});

describe('one account per key', () => {
  test('made once, read back, and found the second time without a write', async () => {
    const one = line();
    expect(await ensure(one)).toEqual({ ref: expect.any(String), username: one.username, domain: DOMAIN, aor: `sip:${one.username}@${DOMAIN}`, state: 'active', created: true, changed: true });
    expect(at.writes()).toEqual(['Credentials.Create', 'Agents.Create']);
    at.sent.length = 0;
    expect(await ensure(one)).toMatchObject({ created: false, changed: false, state: 'active' });
    expect(at.writes()).toEqual([]);
    expect(await get(one)).toMatchObject({ state: 'active' });
    expect(await credentialsOf(one)).toMatchObject({ username: one.username, password: one.password });
    expect(keyOf((await at.raw.agents.named(one.username))!)).toBe(one.key);
  });
  test('ten at once make one, and leave no second set of credentials', async () => {
    const one = line();
    const all = await Promise.all(Array.from({ length: 10 }, () => ensure(one)));
    expect(new Set(all.map(({ ref }) => ref)).size).toBe(1);
    expect(all.filter(({ created }) => created)).toHaveLength(1);
    expect(await at.raw.credentials.madeFor(one.key)).toHaveLength(1);
  });
  test('the name of another account, and of an agent somebody made by hand, is a conflict and stays as it is', async () => {
    const first = line();
    await ensure(first);
    const other = { ...line(), username: first.username };
    const error = await failure(ensure(other));
    expect(error).toMatchObject({ kind: 'conflict', outcome: 'notApplied', detail: { cause: 'accountOfAnother' }, hint: expect.stringContaining('unique') });
    expect(await credentialsOf(first)).toMatchObject({ password: first.password });
    for (const work of [suspend({ ...other, parked: 'x'.repeat(32) }), resume(other), setPassword(other), remove(other), get(other)]) expect(await failure(work)).toMatchObject({ kind: 'conflict' });
  });
  test('a domain Routr does not have is said at once; nothing is made', async () => {
    const one = line({ domain: 'nowhere.leadlight-contract.example' });
    expect(await failure(ensure(one))).toMatchObject({ kind: 'notFound', detail: { cause: 'noDomain' } });
    expect(at.writes()).toEqual([]);
  });
  test('a user name Routr could not keep is refused before anything is sent', async () => {
    for (const username of ['', 'ab', 'a b', 'a@b', 'x'.repeat(61)]) expect(await failure(ensure({ ...line(), username }))).toMatchObject({ kind: 'rejectedInput' });
    expect(at.sent).toEqual([]);
  });
  onSandbox('another domain is planted')('an account in another domain is not moved', async () => {
    const one = line();
    await ensure(one);
    await at.client.ensureDomain('other.leadlight-contract.example');
    expect(await failure(ensure({ ...one, domain: 'other.leadlight-contract.example' }))).toMatchObject({ kind: 'conflict', detail: { cause: 'otherDomain' } });
  });
  onSandbox('an older release')('somebody faster, told as INVALID_ARGUMENT by an older release: looked at all the same', async () => {
    const one = line();
    const [home] = at.sim.tables.Domains;
    const call = at.channel.call.bind(at.channel);
    Object.assign(at.channel, {
      call: (operation: string, request: object, write?: boolean) => {
        if (operation === 'Agents.Create') at.sim.tables.Agents.push({ ref: 'faster', at: 0, name: 'x', username: one.username, privacy: 'NONE', enabled: true, maxContacts: -1, expires: 0, domainRef: home!.ref, credentialsRef: null, extended: { fields: { leadlightKey: { stringValue: one.key } } } });
        return call(operation, request, write);
      },
    });
    at.fault('Agents.Create', 'status', { status: 3, body: 'entity already exist for field: username' });
    expect(await ensure(one)).toMatchObject({ created: false, state: 'active', ref: 'faster' });
    expect([at.sim.tables.Agents.length, at.sim.tables.Credentials.length]).toEqual([1, 1]);
  });
});

describe('after silence, look before you repeat', () => {
  for (const call of ['Credentials.Create', 'Agents.Create']) {
    for (const kind of ['hangAfter', 'resetAfter'] as const) {
      onSandbox('a planted fault')(`${call} done, its answer lost (${kind}): found, not sent again`, async () => {
        const one = line();
        at.fault(call, kind);
        expect(await ensure(one)).toMatchObject({ created: true, state: 'active' });
        expect(at.sent.filter((name) => name === call)).toHaveLength(1);
        expect([at.sim.tables.Agents.length, at.sim.tables.Credentials.length]).toEqual([1, 1]);
      });
    }
    onSandbox('a planted fault')(`${call} lost on its way: unknown, never a success; sent again it makes one`, async () => {
      const one = line();
      at.fault(call, 'hangBefore');
      expect(await failure(ensure(one))).toMatchObject({ kind: 'timedOut', outcome: 'unknown' });
      expect(await ensure(one)).toMatchObject({ state: 'active' });
      expect([at.sim.tables.Agents.length, at.sim.tables.Credentials.length]).toEqual([1, 1]);
    });
  }
  onSandbox('a planted fault')('a password whose answer got lost is read; a suspension likewise', async () => {
    const one = line();
    await ensure(one);
    const other = { ...one, password: 'another-password-1' };
    at.fault('Credentials.Update', 'resetAfter');
    expect(await setPassword(other)).toMatchObject({ changed: true });
    expect(await credentialsOf(one)).toMatchObject({ password: 'another-password-1' });
    at.fault('Agents.Update', 'hangAfter');
    expect(await suspend({ ...other, parked: 'z'.repeat(32) })).toMatchObject({ state: 'suspended', changed: true });
  });
  onSandbox('a yes without a deed')('a yes to a deletion that did not happen is not believed', async () => {
    const one = line();
    await ensure(one);
    at.swallow('Agents.Delete');
    expect(await failure(remove(one))).toMatchObject({ kind: 'unexpectedReply', outcome: 'unknown', detail: { cause: 'changeNotConfirmed' } });
    expect(at.sim.tables.Credentials).toHaveLength(1);
  });
  onSandbox('a yes without a deed')('nor a yes to a password or a suspension', async () => {
    const one = line();
    await ensure(one);
    at.swallow('Credentials.Update');
    expect(await failure(setPassword({ ...one, password: 'another-password-2' }))).toMatchObject({ detail: { cause: 'changeNotConfirmed' } });
    at.swallow('Agents.Update');
    expect(await failure(suspend({ ...one, parked: 'z'.repeat(32) }))).toMatchObject({ detail: { cause: 'changeNotConfirmed' } });
  });
});

describe('password, suspension, removal', () => {
  test('another password is written; what else stands in the agent survives', async () => {
    const one = line();
    await ensure(one);
    const before = (await at.raw.agents.named(one.username))!;
    await at.channel.call('Agents.Update', { ref: before.ref, name: before.name, privacy: 'PRIVATE', enabled: true, domainRef: before.domain!.ref, credentialsRef: before.credentials!.ref, maxContacts: 2, expires: 300 }, true);
    expect(await ensure({ ...one, password: 'another-password-3' })).toMatchObject({ changed: true, created: false });
    await suspend({ ...one, password: 'another-password-3', parked: 'z'.repeat(32) });
    expect(await at.raw.agents.named(one.username)).toMatchObject({ privacy: 'PRIVATE', maxContacts: 2, expires: 300, enabled: false, domain: { domainUri: DOMAIN } });
  });
  test('a suspended account opens to nobody, stays so when it is ensured, and comes back with its password', async () => {
    const one = line();
    await ensure(one);
    const parked = 'z'.repeat(32);
    expect(await suspend({ ...one, parked })).toMatchObject({ state: 'suspended', changed: true });
    expect((await credentialsOf(one))!.password).toBe(parked);
    at.sent.length = 0;
    expect(await suspend({ ...one, parked: 'y'.repeat(32) })).toMatchObject({ state: 'suspended', changed: false });
    expect(await ensure(one)).toMatchObject({ state: 'suspended', changed: false });
    expect(await setPassword(one)).toMatchObject({ state: 'suspended', changed: false });
    expect(at.writes()).toEqual([]);
    expect(await resume(one)).toMatchObject({ state: 'active', changed: true });
    expect(await credentialsOf(one)).toMatchObject({ password: one.password });
    expect(await resume(one)).toMatchObject({ changed: false });
  });
  onSandbox('no telephone here')('[S1-170] the telephone registers, is turned away while suspended, and registers again', async () => {
    const one = line();
    await ensure(one);
    const registers = (password = one.password) => at.sim.registers(one.username, DOMAIN, password);
    expect([registers(), registers('guessed')]).toEqual([200, 401]);
    await suspend({ ...one, parked: 'z'.repeat(32) });
    expect(registers()).toBe(401);
    await resume(one);
    expect(registers()).toBe(200);
    await remove(one);
    expect(registers()).toBe(403);
  });
  onSandbox('a planted fault')('a suspension that broke off half-way is finished by the next, and so is a resumption', async () => {
    const one = line();
    await ensure(one);
    at.fault('Agents.Update', 'status', { status: 14, body: 'No connection established' });
    await failure(suspend({ ...one, parked: 'z'.repeat(32) }));
    expect([(await get(one))!.state, at.sim.registers(one.username, DOMAIN, one.password)]).toEqual(['active', 401]);
    expect(await suspend({ ...one, parked: 'z'.repeat(32) })).toMatchObject({ state: 'suspended' });
    at.fault('Credentials.Update', 'status', { status: 14, body: 'No connection established' });
    await failure(resume(one));
    expect(at.sim.registers(one.username, DOMAIN, one.password)).toBe(401);
    expect(await resume(one)).toMatchObject({ state: 'active' });
    expect(at.sim.registers(one.username, DOMAIN, one.password)).toBe(200);
  });
  onSandbox('no telephone here')('an agent without credentials opens to "undefined": it is told, and repaired', async () => {
    const one = line();
    await ensure(one);
    await at.raw.credentials.delete((await credentialsOf(one))!.ref);
    expect([(await get(one))!.state, at.sim.registers(one.username, DOMAIN, 'undefined')]).toEqual(['unprotected', 200]);
    expect(await at.client.look()).toEqual({ domains: [DOMAIN], accounts: 1, unprotected: [one.username] });
    expect(await ensure(one)).toMatchObject({ state: 'active', changed: true });
    expect([at.sim.registers(one.username, DOMAIN, 'undefined'), at.sim.registers(one.username, DOMAIN, one.password)]).toEqual([401, 200]);
    expect((await at.client.look()).unprotected).toEqual([]);
  });
  test('removed: the agent first, then its credentials; again is fine', async () => {
    const one = line();
    await ensure(one);
    at.sent.length = 0;
    expect(await remove(one)).toEqual({ changed: true });
    expect(at.writes()).toEqual(['Agents.Delete', 'Credentials.Delete']);
    expect(await get(one)).toBeUndefined();
    expect(await at.raw.credentials.madeFor(one.key)).toEqual([]);
    expect(await remove(one)).toEqual({ changed: false });
    for (const work of [suspend({ ...one, parked: 'x'.repeat(32) }), resume(one), setPassword(one)]) expect(await failure(work)).toMatchObject({ kind: 'notFound', detail: { cause: 'noAccount' } });
  });
  onSandbox('four hundred sets of credentials')('credentials an earlier try left behind are found behind hundreds of others, over pages', async () => {
    const one = line();
    await at.raw.credentials.create({ key: one.key, username: one.username, password: 'of-the-first-try', name: 'left behind' });
    for (let n = 0; n < 400; n += 1) at.sim.tables.Credentials.push({ ref: `c${n}`, at: at.world.clock.ms + 1000 + n, name: 'x', username: 'x', password: 'x' });
    expect(await ensure(one)).toMatchObject({ created: true });
    expect(at.writes()).toEqual(['Credentials.Create', 'Agents.Create', 'Credentials.Update']);
    expect(at.sent.filter((call) => call === 'Credentials.List')).toHaveLength(3);
    expect(at.sim.registers(one.username, DOMAIN, one.password)).toBe(200);
  });
});

describe('failures', () => {
  test.each([
    [2, 'unexpectedReply', 'unknown'], [3, 'rejectedInput', 'notApplied'], [4, 'timedOut', 'unknown'], [5, 'notFound', 'notApplied'], [6, 'conflict', 'notApplied'], [7, 'unauthorised', 'notApplied'],
    [12, 'unexpectedReply', 'notApplied'], [13, 'unexpectedReply', 'unknown'], [14, 'unavailable', 'unknown'], [16, 'unauthorised', 'notApplied'], [99, 'unexpectedReply', 'notApplied'],
  ] as const)('gRPC code %d is %s, and of a write %s', (code, kind, outcome) => {
    expect(routrError('Agents.Create', { code, details: '' }, 'routr:51908', true)).toMatchObject({ kind, outcome, status: code, hint: expect.stringMatching(/.{10}/) });
    expect(routrError('Agents.Get', { code, details: '' }, 'routr:51908', false).outcome).toBe('notApplied');
  });
  onSandbox('a database that refuses')('a password never stands in a failure, though Routr repeats the whole request in its own', async () => {
    const one = line({ password: `s3cret-${'x'.repeat(300)}` });
    const error = await failure(ensure(one));
    expect(error).toMatchObject({ kind: 'unexpectedReply', operation: 'Credentials.Create' });
    expect(JSON.stringify([error.message, error.toJSON()])).not.toContain('s3cret');
    expect(JSON.stringify(at.world.calls)).not.toContain('s3cret');
  });
  onSandbox('a planted fault')('Routr away: a read is asked three times, a write once; a server that takes no writes says so', async () => {
    const one = line();
    at.fault('Domains.FindBy', 'status', { status: 14, body: 'Service unavailable', times: 2 });
    expect(await ensure(one)).toMatchObject({ state: 'active' });
    at.fault('Agents.FindBy', 'status', { status: 14, body: 'Service unavailable', times: 3 });
    expect(await failure(get(one))).toMatchObject({ kind: 'unavailable' });
    at.fault('Credentials.Create', 'status', { status: 12, body: 'This operation is not supported/enabled in this data api implementation.' });
    expect(await failure(ensure(line()))).toMatchObject({ kind: 'unexpectedReply', hint: expect.stringContaining('simpledata') });
    at.fault('Agents.FindBy', 'status', { status: 16, body: 'no' });
    expect(await failure(get(one))).toMatchObject({ kind: 'unauthorised' });
  });
  onSandbox('its own rules')('what Routr refuses, the simulated one refuses', async () => {
    const create = (call: string, request: object) => failure(at.channel.call(call, request, true));
    expect(await create('Domains.Create', { name: 'x', domainUri: 'localhost' })).toMatchObject({ kind: 'rejectedInput' });
    expect(await create('Domains.Create', { name: 'x', domainUri: DOMAIN })).toMatchObject({ kind: 'conflict' });
    expect(await create('Agents.Create', { name: 'x', username: 'a b' })).toMatchObject({ kind: 'rejectedInput' });
    expect(await create('Agents.Create', { name: 'x', username: 'abc', credentialsRef: 'none' })).toMatchObject({ kind: 'rejectedInput' });
    expect(await create('Agents.Create', { name: 'x'.repeat(61), username: 'abc' })).toMatchObject({ kind: 'rejectedInput' });
    expect(await create('Agents.Update', { ref: 'none', name: 'x' })).toMatchObject({ kind: 'notFound' });
    expect(await create('Agents.Update', { ref: 'none' })).toMatchObject({ kind: 'unexpectedReply' });
    expect(await create('Agents.FindBy', { fieldName: 'password', fieldValue: 'x' })).toMatchObject({ kind: 'unexpectedReply' });
    await expect(at.channel.call('Agents.Delete', { ref: 'none' }, true)).resolves.toEqual({});
    await expect(at.channel.call('Credentials.FindBy', {})).rejects.toThrow(RangeError);
  });
});
