import { wallClock } from '../kernel/zone.ts';
import { decide, evolve, open, wakeAt } from './dunning.ts';
import type { DunningCommand, DunningOpening } from './dunningCase.ts';
import { defaultDunningPolicy } from './dunningPolicy.ts';
import { addLock, removeLock, serviceOn } from './locks.ts';
import { Play, seedOpening, value, type Said } from './play.testkit.ts';

const notices = (play: Play) => play.effects.flatMap((effect) => (effect.type === 'notice' ? [`${wallClock(effect.dueAt, play.state.zone).slice(0, 16).replace('T', ' ')} ${effect.template}`] : []));
const types = (play: Play) => play.effects.map(({ type }) => type);
const day = (n: number) => `2026-04-${String(1 + n).padStart(2, '0')}`;
const after = new Play().at('2026-05-01 00:00');

test('[S0-80] a declined card opens a case on the day of the charge in the zone of the account (decision 28)', () => {
  expect(new Play({ failedAt: '2026-04-02T03:59:59.000Z' }).state).toMatchObject({ status: 'grace', day0: '2026-04-01' });
  expect(new Play({ failedAt: '2026-04-02T04:00:00.000Z' }).state.day0).toBe('2026-04-02');
  expect(new Play({ failedAt: '2026-04-02T04:00:00.000Z', zone: 'Asia/Kathmandu' }).state.day0).toBe('2026-04-02');
});

test('[S0-81] at once the next stored method is charged, once, and never the one that failed (decision 35)', () => {
  expect(new Play().effects).toContainEqual({ type: 'charge', id: 'd1:charge:open', accountId: 'a1', dueAt: seedOpening.failedAt, method: 'pm_2', amountMinor: 17199 });
  expect(types(new Play({ methods: ['pm_1'] }))).toEqual(['notice']);
  expect(types(new Play({ methods: [] }))).toEqual(['notice']);
});

test('[S0-82] the notice goes out at once, with the reason, the amount in minor units with its currency, and the end of grace', () => {
  expect(new Play().effects).toContainEqual({
    type: 'notice', id: 'd1:notice:paymentFailed', accountId: 'a1', dueAt: seedOpening.failedAt, template: 'paymentFailed',
    facts: { outstandingMinor: 17199, currency: 'CAD', code: 'insufficient_funds', actionAt: '2026-04-09T14:00:00.000Z' },
  });
});

test('[S0-83] seven days of grace: until day 8 at 10:00 nothing is shut', () => {
  const play = new Play();
  play.until(play.at(`${day(8)} 10:00`));
  expect(play.state.status).toBe('grace');
  expect(types(play)).not.toContain('suspend');
});

test('[S0-84] reminders on days 3, 5, 7 at 09:00, each exactly once however often it is ticked', () => {
  const play = new Play();
  for (let hour = 0; hour < 24 * 12; hour += 1) {
    const now = new Date(Date.parse(seedOpening.failedAt!) + hour * 3_600_000).toISOString();
    play.send({ type: 'tick' }, now);
    play.send({ type: 'tick' }, now);
  }
  expect(notices(play).filter((one) => one.endsWith('reminder'))).toEqual([3, 5, 7].map((n) => `${day(n)} 09:00 reminder`));
});

test.each([1, 3, 4, 6, 7])('[S0-84] [S0-86] none after payment on day %i', (n) => {
  const play = new Play();
  play.until(play.at(`${day(n)} 08:30`)).say({ type: 'paid', amountMinor: 17199 }, play.at(`${day(n)} 08:30`));
  const so = play.effects.length;
  play.until(after);
  play.send({ type: 'tick' }, after);
  expect(play.state.status).toBe('recovered');
  expect(play.effects).toHaveLength(so);
});

test('[S0-84] a payment that comes with an overdue reminder stops it', () => {
  const play = new Play();
  play.say({ type: 'paid', amountMinor: 17199 }, play.at(`${day(3)} 12:00`));
  expect(notices(play)).toEqual([`${day(0)} 10:00 paymentFailed`]);
});

test('[S0-85] the reminder of day 7 goes before suspension, also when both are due at once', () => {
  const steps = defaultDunningPolicy.steps.slice(0, 6);
  for (const policy of [{}, { steps: [...steps, { day: 7, time: '09:00', does: 'suspend' as const }] }]) {
    const play = new Play({}, policy);
    play.send({ type: 'tick' }, play.at(`${day(8)} 10:00`));
    expect(types(play)).toEqual(['charge', 'notice', 'charge', 'notice', 'charge', 'notice', 'charge', 'notice', 'checkBalance', 'suspend', 'notice']);
    expect(notices(play).at(-2)).toBe(`${day(7)} 09:00 reminder`);
  }
});

test('[S0-10] after grace the service is suspended and the customer told; the lock shuts the service', () => {
  const play = new Play();
  play.until(after);
  expect(play.state.status).toBe('suspended');
  const suspend = play.effects.find(({ type }) => type === 'suspend')!;
  expect(suspend).toMatchObject({ id: 'd1:suspend', reason: 'nonpayment', dueAt: '2026-04-09T14:00:05.000Z' });
  expect(notices(play)).toContain(`${day(8)} 10:00 suspend`);
  expect(serviceOn('active', value(addLock([], { reason: 'nonpayment', since: suspend.dueAt, by: 'dunning' })))).toBe(false);
});

test('[S0-11] [S0-86] nothing but full payment resumes, and it lifts only the lock of nonpayment', () => {
  const play = new Play({}, { reconnectionMinor: 2500 });
  play.until(after);
  play.say({ type: 'paid', amountMinor: 17199 }, after);
  expect(play.state.status).toBe('suspended');
  play.say({ type: 'paid', amountMinor: 2500 }, after);
  expect(play.effects.at(-1)).toMatchObject({ type: 'resume', id: 'd1:resume', reason: 'nonpayment' });
  const lock = { since: after, by: 'x' };
  expect(value(removeLock([{ reason: 'voluntary', ...lock }, { reason: 'nonpayment', ...lock }], 'nonpayment', 'payment'))).toEqual([{ reason: 'voluntary', ...lock }]);
});

test('the balance is read again at the moment of suspension, and what was paid elsewhere ends the case', () => {
  const play = new Play();
  play.balance = () => 0;
  play.until(after);
  expect(play.state.status).toBe('recovered');
  expect(types(play).slice(-1)).toEqual(['checkBalance']);
});

test('nothing is suspended while the answer is out, and an old answer is ignored', () => {
  const play = new Play();
  play.balance = () => null;
  play.until(after);
  expect(play.state).toMatchObject({ status: 'grace', wakeAt: null });
  const check = play.state.asked!;
  play.say({ type: 'promised', until: '2026-05-02' }, after);
  play.until('2026-06-01T00:00:00.000Z');
  expect(play.state.asked).not.toBe(check);
  expect(play.say({ type: 'balanceRead', check, outstandingMinor: 17199 }, '2026-06-01T00:00:00.000Z')).toMatchObject({ type: 'refused', code: 'ignored' });
});

test('a dispute that comes while the balance is being read stops it; lost the same day, it is asked again on the next, under another id', () => {
  const play = new Play({ failedAt: '2026-04-03T14:00:00.000Z' });
  play.balance = () => null;
  play.until(play.at('2026-04-13 10:01'));
  const check = play.state.asked!;
  play.say({ type: 'disputeOpened' }, play.at('2026-04-13 11:00'));
  expect(play.state).toMatchObject({ status: 'held', asked: null, wakeAt: null });
  play.say({ type: 'disputeLost' }, play.at('2026-04-13 12:00'));
  expect(play.state).toMatchObject({ status: 'grace', wakeAt: play.at('2026-04-14 10:00') });
  play.until(play.at('2026-04-14 10:01'));
  expect(play.state.asked).not.toBe(check);
});

test('an answer that comes on a day that has been closed since waits for the next open day and asks again', () => {
  const play = new Play();
  play.balance = () => null;
  play.until(play.at('2026-04-10 00:00'));
  const check = play.state.asked!;
  play.say({ type: 'balanceRead', check, outstandingMinor: 17199 }, play.at('2026-04-11 11:00'));
  expect(play.state).toMatchObject({ status: 'grace', asked: null, wakeAt: play.at('2026-04-13 10:00') });
});

test('a shield set while the balance is being read holds', () => {
  const play = new Play();
  play.balance = () => null;
  play.until(play.at('2026-04-10 00:00'));
  play.say({ type: 'shield', reason: 'outage' }, play.at('2026-04-10 08:00'));
  play.say({ type: 'balanceRead', check: play.state.asked!, outstandingMinor: 17199 }, play.at('2026-04-10 11:00'));
  expect(play.state).toMatchObject({ status: 'grace', wakeAt: null });
});

test('payments go to the oldest invoice first, fees last (inv-44)', () => {
  const play = new Play({ invoices: [{ id: 'old', amountMinor: 100 }, { id: 'new', amountMinor: 100 }] });
  play.say({ type: 'paid', amountMinor: 150 }, seedOpening.failedAt!);
  expect(play.state.owed).toEqual([{ id: 'new', amountMinor: 50 }]);
});

test('do_not_honor is soft, fraudulent is hard, and which are hard is policy', () => {
  const charged = (code: string, hardDeclines?: readonly string[]) => {
    const play = new Play({ code, methods: ['pm_1'] }, hardDeclines && { hardDeclines });
    play.until(after);
    return types(play).includes('charge');
  };
  expect([charged('do_not_honor'), charged('fraudulent'), charged('fraudulent', []), charged('do_not_honor', ['do_not_honor'])]).toEqual([true, false, true, false]);
});

test('[S2-130] on terms the first day is the one after the due day, and the case cannot be opened before', () => {
  const { failedAt: _at, ...rest } = seedOpening;
  const onTerms = { ...rest, dueOn: '2026-04-30' };
  expect(value(open(onTerms, '2026-05-01T04:00:00Z')).state).toMatchObject({ day0: '2026-05-01', code: null, methods: ['pm_1', 'pm_2'] });
  expect(open(onTerms, '2026-05-01T03:59:59Z')).toMatchObject({ type: 'refused', code: 'badInput', path: 'now' });
});

test('the same words say the same: an instant without milliseconds, and the policy of each decision', () => {
  const { state } = value(open(seedOpening, '2026-04-01T14:00:00Z'));
  expect(decide(state, { type: 'tick' }, '2026-04-04T12:00:00Z')).toEqual(decide(state, { type: 'tick' }, '2026-04-04T12:00:00.000Z'));
  const told = decide(state, { type: 'tick' }, '2026-04-04T12:00Z', { ...defaultDunningPolicy, version: 'mine/7' });
  expect(value(told).events.every(({ policy }) => policy === 'mine/7')).toBe(true);
  expect(told).toMatchObject({ because: expect.arrayContaining(['charge at 2026-04-04T12:00:00.000Z (mine/7)']) });
});

test('a policy that came into force since moves what is to come', () => {
  const play = new Play();
  const { events, state } = value(decide(play.state, { type: 'tick' }, play.state.wakeAt!, { ...defaultDunningPolicy, version: 'mine/8', steps: defaultDunningPolicy.steps.map((one) => ({ ...one, time: '11:00' })) }));
  expect(events).toEqual([{ type: 'scheduled', at: play.state.wakeAt, policy: 'mine/8', set: { wakeAt: play.at(`${day(3)} 11:00`) } }]);
  expect(evolve(play.state, events[0]!)).toEqual(state);
  expect(wakeAt(state)).toBe(state.wakeAt);
});

const opened = value(open(seedOpening, seedOpening.failedAt!)).state;
test.each<[string, Partial<Record<keyof DunningOpening, unknown>>]>([
  ['caseId', { caseId: '' }], ['caseId', { caseId: '\ud800' }], ['accountId', { accountId: 7 }], ['zone', { zone: 'Mars/Olympus' }], ['currency', { currency: 'cad' }],
  ['invoices', { invoices: [] }], ['invoices', { invoices: {} }], ['invoices', { invoices: [{ id: 'a', amountMinor: 1.5 }] }], ['invoices', { invoices: [{ id: 'a', amountMinor: -1 }] }], ['invoices', { invoices: [{ id: 'a', amountMinor: NaN }] }],
  ['invoices', { invoices: [{ id: 'a', amountMinor: 1e12 + 1 }] }], ['invoices', { invoices: [{ id: 'a', amountMinor: 1e12 }, { id: 'b', amountMinor: 1 }] }], ['invoices', { invoices: [{ id: 'a', amountMinor: 0 }] }], ['invoices', { invoices: [{ id: 'a', amountMinor: 1 }, { id: 'a', amountMinor: 1 }] }], ['invoices', { invoices: [null] }],
  ['methods', { methods: ['4242 4242 4242 4242'] }], ['methods', { methods: 'pm_1' }], ['method', { method: '4242424242424242' }], ['code', { code: undefined }],
  ['failedAt', { failedAt: '2026-02-30T10:00:00Z' }], ['failedAt', { failedAt: '2026-04-01' }], ['dueOn', { dueOn: '2026-04-31' }], ['now', { failedAt: '2026-04-03T14:00:00Z' }],
])('an opening is refused at %s: %j', (path, change) => {
  expect(open({ ...seedOpening, ...change } as DunningOpening, '2026-04-02T00:00:00Z')).toMatchObject({ type: 'refused', code: 'badInput', path });
});

test.each<[string, unknown]>([
  ['type', undefined], ['type', null], ['type', 'tick'], ['type', {}], ['type', { type: 'constructor', id: 'x' }], ['type', { type: '__proto__', id: 'x' }], ['id', { type: 'release' }], ['id', { type: 'release', id: 5 }],
  ['amountMinor', { type: 'paid', id: 'x', amountMinor: -1 }], ['amountMinor', { type: 'paid', id: 'x', amountMinor: 0.5 }], ['amountMinor', { type: 'paid', id: 'x', amountMinor: '5' }], ['amountMinor', { type: 'paid', id: 'x', amountMinor: Infinity }],
  ['until', { type: 'promised', id: 'x', until: '2026-02-30' }], ['until', { type: 'promised', id: 'x' }], ['until', { type: 'promised', id: 'x', until: '2026-03-31' }], ['until', { type: 'shield', id: 'x', reason: 'outage', until: 'soon' }],
  ['instalments', { type: 'arrangement', id: 'x', instalments: [] }], ['instalments', { type: 'arrangement', id: 'x', instalments: [{ on: '2026-04-10', amountMinor: 1 }] }],
  ['instalments', { type: 'arrangement', id: 'x', instalments: [{ on: '2026-04-10', amountMinor: 10000 }, { on: '2026-04-10', amountMinor: 7199 }] }],
  ['outstandingMinor', { type: 'balanceRead', id: 'x', check: 'y', outstandingMinor: NaN }], ['method', { type: 'methodAdded', id: 'x', method: '4242-4242-4242-4242' }],
])('a command is refused at %s: %j', (path, command) => {
  expect(decide(opened, command as DunningCommand, '2026-04-02T00:00:00Z')).toMatchObject({ type: 'refused', code: 'badInput', path });
});

test.each(['', 'now', '2026-02-30T00:00:00.000Z', '2026-04-02', '2026-04-02T00:00:00+02:00', 5, undefined, '9999-12-31T00:00:00.000Z'])('%p is no moment', (now) => {
  expect(decide(opened, { type: 'tick' }, now as string)).toMatchObject({ code: 'badInput', path: 'now' });
  expect(open(seedOpening, now as string)).toMatchObject({ code: 'badInput', path: 'now' });
});

test('a contradictory policy is refused by every decision', () => {
  const policy = { ...defaultDunningPolicy, graceDays: 20 };
  expect(open(seedOpening, seedOpening.failedAt!, policy)).toMatchObject({ code: 'badPolicy', path: 'steps' });
  expect(decide(opened, { type: 'release', id: 'x' }, seedOpening.failedAt!, policy)).toMatchObject({ code: 'badPolicy' });
});

test('[inv-56] what a closed case still hears', () => {
  const ends: Record<string, (play: Play) => void> = {
    recovered: (play) => void play.say({ type: 'release' }, after),
    terminated: (play) => void play.until('2026-07-01T00:00:00.000Z'),
    writtenOff: (play) => void play.until('2026-07-01T00:00:00.000Z').say({ type: 'writeOff' }, '2026-07-01T00:00:00.000Z'),
  };
  const hears: Record<string, readonly string[]> = { recovered: [], terminated: ['paid', 'writeOff'], writtenOff: [] };
  const all: readonly Said[] = [
    { type: 'paid', amountMinor: 1 }, { type: 'chargeFailed', method: 'pm_1', code: 'x' }, { type: 'methodAdded', method: 'pm_9' }, { type: 'promised', until: '2026-07-02' }, { type: 'arrangement', instalments: [{ on: '2026-07-02', amountMinor: 17199 }] },
    { type: 'disputeOpened' }, { type: 'disputeLost' }, { type: 'disputeWon' }, { type: 'shield', reason: 'outage' }, { type: 'balanceRead', check: 'x', outstandingMinor: 5 }, { type: 'release' }, { type: 'writeOff' },
  ];
  for (const [status, bring] of Object.entries(ends)) {
    const play = new Play();
    bring(play);
    expect(play.state).toMatchObject({ status, wakeAt: null });
    const heard = all.filter((said, i) => decide(play.state, { ...said, id: `late${i}` } as DunningCommand, '2026-07-01T12:00:00Z').type === 'accepted');
    expect(heard.map(({ type }) => type)).toEqual(hears[status]);
    expect(value(decide(play.state, { type: 'tick' }, '2027-01-01T00:00:00Z'))).toEqual({ state: play.state, events: [], effects: [] });
  }
});

test('paid after termination: recovered, and nothing is resumed', () => {
  const play = new Play();
  play.until('2026-07-01T00:00:00.000Z').say({ type: 'paid', amountMinor: 17199 }, '2026-07-01T00:00:00.000Z');
  expect(play.state.status).toBe('recovered');
  expect(types(play)).not.toContain('resume');
});
