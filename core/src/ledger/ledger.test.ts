import { Ajv2020 } from 'ajv/dist/2020.js';
import { balance, decide, evolve, initial, outstanding, statement, wakeAt } from './ledger.ts';
import { defaultLedgerPolicy, ledgerPolicySchema, type LedgerCommand, type LedgerPolicy, type LedgerState } from './ledgerState.ts';

const now = '2026-04-13T14:00:00Z';
const CAD = { currency: 'CAD' } as const;
const invoice = (id: string, amountMinor: number, on = '2026-04-01', more: object = {}): LedgerCommand => ({ type: 'issueInvoice', id, amountMinor, taxMinor: 0, ...CAD, number: `N-${id}`, on, method: 'stripe', ...more } as LedgerCommand);
const creditNote = (id: string, of: string, amountMinor: number, taxMinor = 0): LedgerCommand => ({ type: 'issueCreditNote', id, amountMinor, taxMinor, ...CAD, number: `N-${id}`, on: '2026-04-10', invoice: of });
const payment = (id: string, amountMinor: number): LedgerCommand => ({ type: 'recordPayment', id, amountMinor, ...CAD });
const refund = (id: string, of: string, amountMinor: number): LedgerCommand => ({ type: 'refund', id, amountMinor, ...CAD, payment: of, by: 'ann', why: 'moved away' });
const dispute = (id: string, of: string, amountMinor: number): LedgerCommand => ({ type: 'openDispute', id, amountMinor, ...CAD, payment: of });
const resolve = (id: string, of: string, outcome: 'won' | 'lost'): LedgerCommand => ({ type: 'resolveDispute', id, payment: 'p', dispute: of, outcome });
const adjust = (id: string, amountMinor: number): LedgerCommand => ({ type: 'adjust', id, amountMinor, ...CAD, on: '2026-04-10', by: 'ann', why: 'an outage' });
const writeOff = (id: string, of: string): LedgerCommand => ({ type: 'writeOff', id, invoice: of, by: 'ann', why: 'bankrupt' });

const no = (state: LedgerState, command: LedgerCommand, policy?: LedgerPolicy) => {
  const answer = decide(state, command, now, policy);
  return answer.type === 'refused' ? [answer.code, answer.path ?? answer.facts] : answer.type;
};
const after = (...commands: readonly LedgerCommand[]): LedgerState => commands.reduce((state, command) => {
  const answer = decide(state, command, now);
  if (answer.type === 'refused') throw new Error(`${command.id}: ${answer.code} ${answer.message}`);
  return answer.value.state;
}, initial('acc_1', 'CAD'));
/** What is open, left of payments, and credit, by id; zeros left out. */
const books = (state: LedgerState): Readonly<Record<string, object>> => {
  const sums = statement(state).map(({ id, openMinor, leftMinor, creditMinor }) => [id, Object.fromEntries(Object.entries({ openMinor, leftMinor, creditMinor }).filter(([, minor]) => minor !== 0))] as const);
  return Object.fromEntries(sums.filter(([, some]) => Object.keys(some).length > 0));
};

describe('money in', () => {
  test('a payment pays what is due earliest, in part where it must, and the rest is credit', () => {
    const three = [invoice('a', 100, '2026-04-03'), invoice('b', 100, '2026-04-01'), invoice('c', 100, '2026-04-03')];
    expect(books(after(...three, payment('p', 150)))).toEqual({ a: { openMinor: 50 }, c: { openMinor: 100 }, p: { leftMinor: 150 } });
    expect(books(after(...three, payment('p', 250), payment('q', 90)))).toEqual({ p: { leftMinor: 250 }, q: { leftMinor: 90, creditMinor: 40 } });
    expect(statement(after(...three, payment('p', 150))).at(-1)!.applied.map(({ of, minor }) => [of, minor])).toEqual([['b', -100], ['a', -50]]);
  });

  test('the checkout’s prepayment is credit that the first invoice uses, and what is left the second (decision 17)', () => {
    const first = after(payment('pi_1', 25242), invoice('inv_1', 21000));
    expect(books(first)).toEqual({ pi_1: { leftMinor: 25242, creditMinor: 4242 } });
    expect(balance(first)).toBe(-4242);
    expect(books(after(payment('pi_1', 25242), invoice('inv_1', 21000), invoice('inv_2', 17199, '2026-05-01')))).toEqual({ pi_1: { leftMinor: 25242 }, inv_2: { openMinor: 12957 } });
  });

  test('[S2-096] another currency is refused, never converted', () => {
    expect(no(after(invoice('a', 100)), { ...payment('p', 100), currency: 'USD' } as LedgerCommand)).toEqual(['otherCurrency', 'currency']);
    expect(no(initial('acc_2', 'EUR'), invoice('a', 100))).toEqual(['otherCurrency', 'currency']);
    expect(decide(initial('acc_2', 'EUR'), { ...payment('p', 100), currency: 'EUR' } as LedgerCommand, now).type).toBe('accepted');
  });

  test('[S2-090] terms belong to the way of paying: a card at once, an invoice in 30 days, or the day the bill says', () => {
    const due = (more: object) => {
      const answer = decide(initial('acc_1', 'CAD'), invoice('a', 100, '2028-02-28', more), now);
      return answer.type === 'accepted' ? answer.value.events[0]!.dueOn : [answer.code, answer.path];
    };
    expect(['stripe', 'paypal', 'azureMarketplace', 'invoice'].map((method) => due({ method }))).toEqual(['2028-02-28', '2028-02-28', '2028-02-28', '2028-03-29']);
    expect(due({ method: 'invoice', dueOn: '2028-02-29' })).toBe('2028-02-29');
    for (const bad of [{ method: 'cheque' }, { method: undefined }, { method: 'constructor' }, { dueOn: '2028-02-27' }, { dueOn: '2028-02-30' }, { dueOn: '9999-12-31' }]) expect(due(bad)).toEqual(['badInput', 'dueOn']);
    expect(no(initial('acc_1', 'CAD'), invoice('a', 1, '2028-02-28'), { version: 'x', terms: { stripe: 1e9 } })).toEqual(['badInput', 'dueOn']);
    expect(no(initial('acc_1', 'CAD'), invoice('a', 1, '2028-02-28'), { version: 'x', terms: { stripe: 0.5 } })).toEqual(['badInput', 'dueOn']);
  });

  test('outstanding: overdue is what was due on a day before, and of which day the oldest is', () => {
    const state = after(invoice('a', 100, '2026-04-01'), invoice('b', 50, '2026-04-01', { method: 'invoice' }), payment('p', 30));
    const ask = (on: string) => { const answer = outstanding(state, on); return answer.type === 'accepted' ? answer.value : [answer.code, answer.path]; };
    expect(ask('2026-04-01')).toEqual({ overdueMinor: 0, oldestDue: null });
    expect(ask('2026-04-02')).toEqual({ overdueMinor: 70, oldestDue: '2026-04-01' });
    expect(ask('2026-05-01')).toEqual({ overdueMinor: 70, oldestDue: '2026-04-01' });
    expect(ask('2026-05-02')).toEqual({ overdueMinor: 120, oldestDue: '2026-04-01' });
    expect(ask('2026-02-30')).toEqual(['badInput', 'on']);
    // The day of the oldest that is open, whatever was paid or issued before it.
    const later = outstanding(after(invoice('a', 100, '2026-03-01'), payment('p', 100), invoice('b', 50, '2026-04-03'), invoice('c', 50, '2026-04-02')), '2026-04-04');
    expect(later).toMatchObject({ value: { overdueMinor: 100, oldestDue: '2026-04-02' } });
    expect(balance(state)).toBe(120);
  });
});

describe('credit notes', () => {
  test('reduce what is open; what had been paid is credit again, and pays the next', () => {
    expect(books(after(invoice('a', 100), payment('p', 30), creditNote('cn', 'a', 50)))).toEqual({ a: { openMinor: 20 }, p: { leftMinor: 30 } });
    expect(books(after(invoice('a', 100), payment('p', 30), creditNote('cn', 'a', 90)))).toEqual({ p: { leftMinor: 30, creditMinor: 20 } });
    expect(books(after(invoice('a', 100), invoice('b', 100, '2026-04-02'), payment('p', 130), creditNote('cn', 'a', 40)))).toEqual({ b: { openMinor: 30 }, p: { leftMinor: 130 } });
  });
  test('are capped by what was charged less the credits given, net and tax apart', () => {
    const state = after(invoice('a', 115, '2026-04-01', { taxMinor: 15 }), creditNote('cn', 'a', 23, 3));
    expect(no(state, creditNote('x', 'a', 93, 12))).toEqual(['tooMuch', { left: 92 }]);
    expect(no(state, creditNote('x', 'a', 92, 13))).toEqual(['tooMuch', { left: 91 }]);
    expect(no(state, creditNote('x', 'a', 92, 11))).toEqual(['tooMuch', { left: 91 }]);
    expect(no(state, creditNote('x', 'a', 92, 12))).toBe('accepted');
    expect(no(state, creditNote('x', 'nobody', 1))).toEqual(['tooMuch', { left: 0 }]);
    expect(no(state, creditNote('x', 'cn', 1))).toEqual(['tooMuch', { left: 0 }]);
    expect(statement(state).at(-1)).toEqual({ ...creditNote('cn', 'a', 23, 3), openMinor: 0, leftMinor: 0, creditMinor: 0, applied: [] });
  });
  test('cannot credit what was written off as well', () => {
    const state = after(invoice('a', 100), payment('p', 30), writeOff('w', 'a'));
    expect(no(state, creditNote('x', 'a', 31))).toEqual(['tooMuch', { left: 30 }]);
    expect(no(after(invoice('a', 100), creditNote('cn', 'a', 60), writeOff('w', 'a')), creditNote('x', 'a', 1))).toEqual(['tooMuch', { left: 0 }]);
    expect(books(after(invoice('a', 100), payment('p', 30), writeOff('w', 'a'), creditNote('x', 'a', 30)))).toEqual({ p: { leftMinor: 30, creditMinor: 30 } });
  });
});

describe('money back', () => {
  test('[S2-093] [S0-117] full and partial refunds, each with who and why; 0, less and more are refused', () => {
    const state = after(payment('p', 100), payment('q', 50));
    for (const minor of [0, -1, 0.5, NaN, 2 ** 53]) expect(no(state, refund('r', 'p', minor))).toEqual(['badInput', 'amountMinor']);
    expect(no(state, refund('r', 'p', 101))).toEqual(['tooMuch', { left: 100 }]);
    expect(no(state, refund('r', 'nobody', 1))).toEqual(['tooMuch', { left: 0 }]);
    expect(no(state, { ...refund('r', 'p', 1), why: undefined } as never)).toEqual(['badInput', 'why']);
    const part = decide(state, refund('r', 'p', 40), now);
    if (part.type === 'refused') throw new Error(part.code);
    expect(part.value.effects).toEqual([{ type: 'refundPayment', id: 'r:refund', payment: 'p', amountMinor: 40, currency: 'CAD' }]);
    expect(part.value.events[0]).toMatchObject({ at: '2026-04-13T14:00:00.000Z', policyVersion: 'ledger/1', command: { by: 'ann', why: 'moved away' } });
    expect(books(part.value.state)).toEqual({ p: { leftMinor: 60, creditMinor: 60 }, q: { leftMinor: 50, creditMinor: 50 } });
    // Ids that run into one another stay apart.
    expect(books(after(payment('p', 100), payment('pq', 50), refund('q', 'p', 30)))).toEqual({ p: { leftMinor: 70, creditMinor: 70 }, pq: { leftMinor: 50, creditMinor: 50 } });
    expect(no(part.value.state, refund('r2', 'p', 61))).toEqual(['tooMuch', { left: 60 }]);
    expect(no(part.value.state, refund('r2', 'p', 60))).toBe('accepted');
  });
  test('a refund takes credit first, then what it had paid, the latest first, which is open again', () => {
    const paid = [invoice('a', 100, '2026-04-01'), invoice('b', 100, '2026-04-02'), payment('p', 230)];
    expect(books(after(...paid, refund('r', 'p', 30)))).toEqual({ p: { leftMinor: 200 } });
    expect(books(after(...paid, refund('r', 'p', 80)))).toEqual({ b: { openMinor: 50 }, p: { leftMinor: 150 } });
    expect(books(after(...paid, refund('r', 'p', 150)))).toEqual({ a: { openMinor: 20 }, b: { openMinor: 100 }, p: { leftMinor: 80 } });
    expect(books(after(...paid, payment('q', 25), refund('r', 'p', 80)))).toEqual({ b: { openMinor: 25 }, p: { leftMinor: 150 }, q: { leftMinor: 25 } });
  });
  test('a dispute holds the money: won, all is as before; lost, the invoice is open again; meanwhile it is not refunded', () => {
    const before = [invoice('a', 100), payment('p', 100)];
    const held = after(...before, dispute('d', 'p', 70));
    expect(books(held)).toEqual({ p: { leftMinor: 30 } });
    expect(no(held, refund('r', 'p', 31))).toEqual(['tooMuch', { left: 30 }]);
    expect(no(held, dispute('d2', 'p', 31))).toEqual(['tooMuch', { left: 30 }]);
    const [won, lost] = [after(...before, dispute('d', 'p', 70), resolve('x', 'd', 'won')), after(...before, dispute('d', 'p', 70), resolve('x', 'd', 'lost'))];
    expect(books(won)).toEqual(books(after(...before)));
    expect(books(lost)).toEqual({ a: { openMinor: 70 }, p: { leftMinor: 30 } });
    for (const state of [won, lost, after(...before)]) expect(no(state, resolve('y', 'd', 'lost'))).toEqual(['tooMuch', { left: 0 }]);
    expect(books(after(...before, { ...dispute('c', 'p', 100), type: 'chargeback' } as LedgerCommand))).toEqual({ a: { openMinor: 100 } });
  });
});

describe('corrections', () => {
  test('a write-off closes what is open, once, and a later payment is credit', () => {
    const state = after(invoice('a', 100), payment('p', 30), writeOff('w', 'a'));
    expect(balance(state)).toBe(0);
    expect(no(state, writeOff('w2', 'a'))).toEqual(['tooMuch', { left: 0 }]);
    expect(no(state, writeOff('w2', 'nobody'))).toEqual(['tooMuch', { left: 0 }]);
    expect(books(after(invoice('a', 100), writeOff('w', 'a'), payment('p', 100)))).toEqual({ p: { leftMinor: 100, creditMinor: 100 } });
  });
  test('an adjustment gives credit or asks for more, with who and why', () => {
    expect(books(after(invoice('a', 100), adjust('x', -30)))).toEqual({ a: { openMinor: 70 } });
    expect(books(after(adjust('x', -30)))).toEqual({ x: { creditMinor: 30 } });
    expect(books(after(adjust('x', 30), payment('p', 10)))).toEqual({ x: { openMinor: 20 }, p: { leftMinor: 10 } });
    expect(no(initial('acc_1', 'CAD'), adjust('x', 0))).toEqual(['badInput', 'amountMinor']);
    expect(no(initial('acc_1', 'CAD'), { ...adjust('x', 1), by: '' } as LedgerCommand)).toEqual(['badInput', 'by']);
    // Goodwill was never paid, so it is not paid out.
    expect(no(after(adjust('x', -30)), refund('r', 'x', 1))).toEqual(['tooMuch', { left: 0 }]);
  });
  test('the same command again changes nothing, in whatever order its fields stand; another under its id is refused', () => {
    const state = after(invoice('a', 100), payment('p', 30));
    const again = decide(state, Object.fromEntries(Object.entries({ ...payment('p', 30), why: undefined }).reverse()) as never, now);
    expect(again).toMatchObject({ type: 'accepted', value: { events: [], effects: [] } });
    expect(again.type === 'accepted' && again.value.state).toBe(state);
    expect(no(state, payment('p', 31))).toEqual(['idTaken', 'id']);
    expect(no(state, payment('a', 100))).toEqual(['idTaken', 'id']);
  });
});

test.each<[string, object | null, string]>([
  ['nothing', null, 'type'],
  ['a name every object has', { ...payment('p', 1), type: 'constructor' }, 'type'],
  ['a payment of 0', payment('p', 0), 'amountMinor'],
  ['a payment of half a cent', payment('p', 0.5), 'amountMinor'],
  ['a payment beyond all invoices', payment('p', 1e11 + 1), 'amountMinor'],
  ['a negative invoice', invoice('a', -1), 'amountMinor'],
  ['more tax than there is amount', invoice('a', 10, '2026-04-01', { taxMinor: 11 }), 'amountMinor'],
  ['an invoice without a number', invoice('a', 10, '2026-04-01', { number: undefined }), 'number'],
  ['a day that is not', invoice('a', 10, '2026-02-30'), 'dueOn'],
  ['no currency', { ...payment('p', 1), currency: undefined }, 'currency'],
  ['an id of half a character', payment('\ud800', 1), 'id'],
  ['an id of two lines', payment('a\nb', 1), 'id'],
  ['a field of another command', { ...payment('p', 1), invoice: 'a' }, 'invoice'],
  ['an outcome that is none', { type: 'resolveDispute', id: 'x', payment: 'p', dispute: 'd', outcome: 'drawn' }, 'outcome'],
])('%s is refused', (_name, command, path) => {
  expect(no(initial('acc_1', 'CAD'), command as never)).toEqual(['badInput', path]);
});

test('no instant and no policy are refused', () => {
  expect(decide(initial('acc_1', 'CAD'), payment('p', 1), '2026-04-13')).toMatchObject({ code: 'badInput', path: 'now' });
  expect(no(initial('acc_1', 'CAD'), payment('p', 1), {} as LedgerPolicy)).toEqual(['badInput', 'version']);
  expect(new Ajv2020({ strict: false }).compile(ledgerPolicySchema)(defaultLedgerPolicy)).toBe(true);
});

test('an invoice of nothing is an invoice; time alone does nothing; an empty account owes nothing', () => {
  expect(books(after(invoice('a', 0)))).toEqual({});
  expect(wakeAt(initial('acc_1', 'CAD'))).toBeNull();
  expect(balance(initial('acc_1', 'CAD'))).toBe(0);
  expect(evolve(initial('acc_1', 'CAD'), after(payment('p', 1)).journal[0]!)).toEqual(after(payment('p', 1)));
});
