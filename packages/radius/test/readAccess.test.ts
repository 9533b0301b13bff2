import { readAccess, type GroupRow } from '../src/index.ts';

const password = { attribute: 'Cleartext-Password', op: ':=', value: 'x' } as const;
const group = (groupname: string, priority: number, reply: GroupRow['reply'], check: GroupRow['check'] = []): GroupRow => ({ groupname, priority, reply, check });
const rate = (value: string) => ({ attribute: 'Mikrotik-Rate-Limit', op: ':=', value }) as const;

test('no password, no account', () => expect(readAccess([], [rate('1M/1M')], [])).toEqual({ access: 'absent', throttled: false, answer: [], attributes: {} }));
test('an account without a plan gets in with its own attributes', () => expect(readAccess([password], [rate('1M/1M')], [])).toMatchObject({ access: 'active', attributes: { 'Mikrotik-Rate-Limit': '1M/1M' } }));
test('the first group ends the search', () => {
  expect(readAccess([password], [], [group('walled-garden', 1, [rate('512k/512k')]), group('plan:X', 10, [rate('20M/150M')])])).toMatchObject({ access: 'walledGarden', attributes: { 'Mikrotik-Rate-Limit': '512k/512k' } });
});
test('unless it falls through, which is not an attribute anybody gets', () => {
  const through = { attribute: 'Fall-Through', op: '=', value: 'Yes' } as const;
  const { access, attributes } = readAccess([password], [], [group('vip', 1, [through, { attribute: 'Class', op: ':=', value: 'vip' }]), group('plan:X', 10, [rate('20M/150M')])]);
  expect({ access, attributes }).toEqual({ access: 'active', attributes: { Class: 'vip', 'Mikrotik-Rate-Limit': '20M/150M' } });
});
test('a rejecting group rejects only where it is reached', () => {
  const blocked = group('blocked', 0, [], [{ attribute: 'Auth-Type', op: ':=', value: 'Reject' }]);
  expect(readAccess([password], [], [blocked, group('plan:X', 10, [])]).access).toBe('rejected');
  expect(readAccess([password], [], [group('plan:X', 0, []), blocked]).access).toBe('active');
});
test('+= adds one more, = does not replace, := does', () => {
  const pair = (op: '+=' | '=' | ':=', value: string) => ({ attribute: 'Cisco-AVPair', op, value });
  expect(readAccess([password], [pair('+=', 'a')], [group('g', 1, [pair('+=', 'b'), pair('=', 'c')])]).attributes).toEqual({ 'Cisco-AVPair': 'a; b' });
  expect(readAccess([password], [pair('+=', 'a')], [group('g', 1, [pair(':=', 'b')])]).attributes).toEqual({ 'Cisco-AVPair': 'b' });
});
test('a password compared instead of set lets nobody in', () => expect(readAccess([{ ...password, op: '==' }], [], []).access).toBe('rejected'));
test('another reason is the garden too; a group that only begins like it is not', () => {
  expect(readAccess([password], [], [group('walled-garden:abuse', 1, []), group('plan:X', 10, [])]).access).toBe('walledGarden');
  expect(readAccess([password], [], [group('walled-gardeners', 1, [])]).access).toBe('active');
});
test('a throttle is said, unless the customer is fenced in anyway', () => {
  const slow = group('fup:SLOW2:0', 5, [rate('1M/2M')]);
  expect(readAccess([password], [], [slow, group('plan:X', 10, [rate('20M/150M')])])).toMatchObject({ access: 'active', throttled: true, answer: [['Mikrotik-Rate-Limit', '1M/2M']] });
  expect(readAccess([password], [], [group('walled-garden', 1, []), slow])).toMatchObject({ access: 'walledGarden', throttled: false });
});
test('repeated attributes stay apart in the answer', () => {
  const pair = (value: string) => ({ attribute: 'Cisco-AVPair', op: '+=', value }) as const;
  expect(readAccess([password], [], [group('g', 1, [pair('a'), pair('b')])]).answer).toEqual([['Cisco-AVPair', 'a'], ['Cisco-AVPair', 'b']]);
});
