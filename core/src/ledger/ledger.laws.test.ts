import fc from 'fast-check';
import { balance, decide, evolve, initial, statement } from './ledger.ts';
import type { LedgerCommand, LedgerEffect, LedgerEvent, LedgerState } from './ledgerState.ts';

/** What somebody tries, in some order; `pick` chooses among what there is, so that many hit and some miss. */
interface Wish { readonly what: string; readonly amountMinor: number; /** Of what it is about: a part, all, or one unit more. */ readonly share: (whole: number) => number; readonly pick: number; readonly day: string; readonly again: boolean; readonly net30: boolean }
const minor = fc.oneof(fc.constantFrom(0, 1, 4995, 2 ** 31), fc.integer({ min: 1, max: 300 }));
const wish: fc.Arbitrary<Wish> = fc.record({
  what: fc.constantFrom('invoice', 'invoice', 'invoice', 'payment', 'payment', 'payment', 'creditNote', 'creditNote', 'refund', 'refund', 'chargeback', 'dispute', 'dispute', 'won', 'lost', 'lost', 'writeOff', 'adjust', 'otherCurrency', 'conflict'),
  amountMinor: minor, share: fc.constantFrom((n) => Math.ceil(n / 3), (n) => Math.floor(n / 2), (n) => n, (n) => n + 1), pick: fc.nat(20), day: fc.constantFrom('2026-01-31', '2026-02-28', '2028-02-29', '2026-03-08', '2026-04-30'), again: fc.boolean(), net30: fc.boolean(),
});
const stories = fc.array(wish, { maxLength: 22, size: 'max' });

interface Step { readonly command: LedgerCommand; readonly before: LedgerState; readonly after: LedgerState; readonly events: readonly LedgerEvent[]; readonly effects: readonly LedgerEffect[]; readonly refused?: string }
const at = (i: number) => new Date(Date.UTC(2026, 0, 1) + i * 12 * 3_600_000).toISOString();

function tell(wishes: readonly Wish[], currency = 'CAD'): readonly Step[] {
  let state = initial('acc_1', currency);
  const steps: Step[] = [];
  const done: Record<string, string[]> = {};
  const some = (what: string, pick: number): string => { const ids = done[what] ?? []; return ids.length === 0 ? 'nobody' : ids[pick % ids.length]!; };
  const worth = (id: string): number => state.journal.flatMap(({ command }) => (command.id === id && 'amountMinor' in command ? [command.amountMinor] : []))[0] ?? 10;
  const disputed = (id: string): string => state.journal.flatMap(({ command }) => (command.id === id && 'payment' in command ? [command.payment] : []))[0] ?? 'nobody';
  wishes.forEach(({ what, amountMinor: any, share, pick, day, again, net30 }, i) => {
    const id = `${what}_${i}`;
    const about = what === 'creditNote' ? 'invoice' : /refund|charge|dispute/.test(what) ? 'payment' : '';
    const amountMinor = about ? share(worth(some(about, pick))) : any;
    const money = { id, amountMinor, currency };
    const taxMinor = Math.floor(amountMinor / 8);
    const reason = { by: 'ann', why: 'asked for' };
    const of = { payment: some('payment', pick) };
    const command: LedgerCommand = what === 'invoice' ? { type: 'issueInvoice', ...money, taxMinor, number: id, on: day, method: net30 ? 'invoice' : 'stripe' }
      : what === 'creditNote' ? { type: 'issueCreditNote', ...money, taxMinor, number: id, on: day, invoice: some('invoice', pick) }
      : what === 'payment' ? { type: 'recordPayment', ...money }
      : what === 'refund' ? { type: 'refund', ...money, ...of, ...reason }
      : what === 'chargeback' ? { type: 'chargeback', ...money, ...of }
      : what === 'dispute' ? { type: 'openDispute', ...money, ...of }
      : what === 'won' || what === 'lost' ? { type: 'resolveDispute', id, dispute: some('dispute', pick), payment: disputed(some('dispute', pick)), outcome: what }
      : what === 'writeOff' ? { type: 'writeOff', id, invoice: some('invoice', pick), ...reason }
      : what === 'adjust' ? { type: 'adjust', ...money, amountMinor: pick % 2 ? amountMinor : -amountMinor || 5, on: day, ...reason }
      : what === 'conflict' ? { type: 'recordPayment', id: some('payment', pick), amountMinor: 123_456, currency }
      : { type: 'recordPayment', ...money, currency: 'XXX' };
    for (let times = again ? 2 : 1; times > 0; times -= 1) {
      const answer = decide(state, command, at(i));
      const value = answer.type === 'accepted' ? answer.value : { state, events: [], effects: [] };
      steps.push({ command, before: state, after: value.state, events: value.events, effects: value.effects, ...(answer.type === 'refused' && { refused: answer.code }) });
      if (value.events.length > 0) (done[what] ??= []).push(id);
      state = value.state;
    }
  });
  return steps;
}
/** The commands that were carried out, each once: the facts from which the naive model counts again. */
const facts = (steps: readonly Step[]) => steps.filter(({ events }) => events.length > 0);
const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
const amounts = (steps: readonly Step[], type: string, match: object = {}) => steps.filter(({ command }) => command.type === type && Object.entries(match).every(([key, value]) => (command as never)[key] === value)).map(({ command }) => ('amountMinor' in command ? command.amountMinor : 0));
const lost = (steps: readonly Step[]) => steps.flatMap(({ command }) => (command.type === 'resolveDispute' && command.outcome === 'lost' ? steps.filter((one) => one.command.id === command.dispute).map((one) => one.command as LedgerCommand & { amountMinor: number; payment: string }) : []));
const lines = (steps: readonly Step[], account: string) => steps.flatMap(({ events }) => events.flatMap((event) => event.lines.filter((line) => line.account === account)));
const runs = { numRuns: 40 };

test('[inv-43] balance = invoices - credit notes - payments + refunds and chargebacks ± adjustments - write-offs, at every step', () => {
  fc.assert(fc.property(stories, (wishes) => {
    const steps = tell(wishes);
    steps.forEach(({ after }, i) => {
      const told = facts(steps.slice(0, i + 1));
      const of = (type: string) => sum(amounts(told, type));
      expect(balance(after)).toBe(of('issueInvoice') - of('issueCreditNote') - of('recordPayment') + of('refund') + of('chargeback') + sum(lost(told).map((one) => one.amountMinor)) + of('adjust') - sum(lines(told, 'writeOff').map((line) => line.minor)));
    });
  }), runs);
});

test('[inv-24] credits never exceed what an invoice charged, net and tax; refunds, disputes and chargebacks never what was paid', () => {
  fc.assert(fc.property(stories, (wishes) => {
    const told = facts(tell(wishes));
    for (const { command } of told) {
      if (command.type === 'issueInvoice') {
        const notes = told.flatMap((one) => (one.command.type === 'issueCreditNote' && one.command.invoice === command.id ? [one.command] : []));
        expect(sum(notes.map((note) => note.taxMinor))).toBeLessThanOrEqual(command.taxMinor);
        expect(sum(notes.map((note) => note.amountMinor - note.taxMinor))).toBeLessThanOrEqual(command.amountMinor - command.taxMinor);
      }
      if (command.type === 'recordPayment') {
        const open = told.filter((one) => one.command.type === 'openDispute' && !told.some(({ command: other }) => other.type === 'resolveDispute' && other.dispute === one.command.id));
        const gone = sum(amounts(told, 'refund', { payment: command.id })) + sum(amounts(told, 'chargeback', { payment: command.id })) + sum(lost(told).filter((one) => one.payment === command.id).map((one) => one.amountMinor));
        expect(gone + sum(amounts(open, 'openDispute', { payment: command.id }))).toBe(command.amountMinor - statement(told.at(-1)!.after).find((entry) => entry.id === command.id)!.leftMinor);
        expect(statement(told.at(-1)!.after).find((entry) => entry.id === command.id)!.leftMinor).toBeGreaterThanOrEqual(0);
      }
    }
  }), runs);
});

test('[inv-44] applied and credit make what is left of a payment, no invoice gets more than it owes, and nothing is open while there is credit', () => {
  fc.assert(fc.property(stories, (wishes) => {
    for (const { after } of tell(wishes)) {
      const entries = statement(after);
      const held = (id: string) => sum(after.journal.flatMap((event) => event.lines).filter((line) => line.account === 'disputed' && line.of === id).map((line) => line.minor));
      for (const entry of entries) {
        expect(entry.openMinor).toBeGreaterThanOrEqual(0);
        expect(entry.creditMinor).toBeGreaterThanOrEqual(0);
        if (entry.type === 'recordPayment') expect(entry.creditMinor - sum(entry.applied.map((line) => line.minor))).toBe(entry.leftMinor + held(entry.id));
        for (const of of new Set(entry.applied.map((line) => line.of))) expect(sum(entry.applied.filter((line) => line.of === of).map((line) => line.minor))).toBeLessThanOrEqual(0);
      }
      expect(entries.some((entry) => entry.creditMinor > 0) && entries.some((entry) => entry.openMinor > 0)).toBe(false);
    }
  }), runs);
});

const invoices = fc.array(fc.record({ amountMinor: minor, day: fc.constantFrom('2026-01-31', '2026-02-28', '2026-03-01') }), { minLength: 1, maxLength: 6 });
const issue = ({ amountMinor, day }: { amountMinor: number; day: string }, i: number): LedgerCommand => ({ type: 'issueInvoice', id: `i${i}`, amountMinor, taxMinor: 0, currency: 'CAD', number: `${i}`, on: day, method: 'stripe' });
const pay = (amountMinor: number, i: number): LedgerCommand => ({ type: 'recordPayment', id: `p${i}`, amountMinor, currency: 'CAD' });
const carry = (commands: readonly LedgerCommand[]) => commands.reduce((state, command) => { const answer = decide(state, command, at(0)); return answer.type === 'accepted' ? answer.value.state : state; }, initial('acc_1', 'CAD'));
const open = (state: LedgerState) => statement(state).flatMap((entry) => (entry.dueOn ? [[entry.id, entry.openMinor] as const] : [])).sort();

test('[inv-44] oldest first, those of one day in the order of issue', () => {
  fc.assert(fc.property(invoices, fc.array(minor.filter((n) => n > 0), { maxLength: 5 }), (bills, payments) => {
    let rest = sum(payments);
    const naive = bills.map((bill, i) => ({ ...bill, i })).sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.i - b.i)).map(({ amountMinor, i }) => {
      const paid = Math.min(rest, amountMinor);
      rest -= paid;
      return [`i${i}`, amountMinor - paid] as const;
    });
    expect(open(carry([...bills.map(issue), ...payments.map(pay)]))).toEqual(naive.sort());
  }), runs);
});

test('[inv-54] partial payments commute: whatever their order, the same is open in the end, of each invoice', () => {
  fc.assert(fc.property(invoices, fc.array(minor.filter((n) => n > 0), { maxLength: 6 }), fc.nat(), (bills, payments, seed) => {
    const commands = payments.map(pay);
    const turned = [...commands].map((one, i) => [((i + 1) * (seed % 97 + 1)) % 101, one] as const).sort(([a], [b]) => a - b).map(([, one]) => one);
    const [a, b] = [carry([...bills.map(issue), ...commands]), carry([...bills.map(issue), ...turned])];
    expect(open(a)).toEqual(open(b));
    expect(balance(a)).toBe(balance(b));
    // The one that settles it settles it in any order of those before.
    if (commands.length > 1) {
      const [last, ...others] = [commands.at(-1)!, ...commands.slice(0, -1)];
      expect(balance(carry([...bills.map(issue), ...others]))).toBe(balance(carry([...bills.map(issue), ...[...others].reverse()])));
      expect(open(carry([...bills.map(issue), ...others, last]))).toEqual(open(carry([...bills.map(issue), ...[...others].reverse(), last])));
    }
  }), runs);
});

test('[inv-66] every entry adds up to 0, and so do all books of a year, in each currency', () => {
  fc.assert(fc.property(fc.array(fc.tuple(fc.constantFrom('CAD', 'USD', 'EUR', 'GBP'), stories), { maxLength: 3 }), (accounts) => {
    const totals: Record<string, number> = {};
    for (const [currency, wishes] of accounts) {
      const steps = tell(wishes, currency);
      for (const { events } of steps) for (const event of events) expect(sum(event.lines.map((line) => line.minor))).toBe(0);
      totals[currency] = (totals[currency] ?? 0) + sum((steps.at(-1)?.after ?? initial('a', currency)).journal.flatMap((event) => event.lines.map((line) => line.minor)));
      expect(steps.every(({ command, refused }) => !('currency' in command) || command.currency === currency || refused === 'otherCurrency')).toBe(true);
    }
    expect(Object.values(totals).every((total) => total === 0)).toBe(true);
  }), { numRuns: 30 });
});

test('[inv-41] what was recorded never changes; every correction is another entry that names the first', () => {
  fc.assert(fc.property(stories, (wishes) => {
    for (const { before, after, command, events } of tell(wishes)) {
      const was = JSON.stringify(before.journal);
      expect(JSON.stringify(after.journal.slice(0, before.journal.length))).toBe(was);
      expect(after.journal.length).toBe(before.journal.length + events.length);
      if (command.type === 'issueCreditNote' && events.length > 0) expect(before.journal.some((event) => event.command.id === command.invoice)).toBe(true);
    }
    const frozen = (value: unknown): unknown => { if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(frozen); return value; };
    // A decision on a state nobody can write to is the same decision.
    tell(wishes).forEach(({ before, command, after }, i) => { if (i % 5 === 0) { const answer = decide(frozen(JSON.parse(JSON.stringify(before))) as LedgerState, command, after.journal.at(-1)?.at ?? at(0)); expect(['accepted', 'refused']).toContain(answer.type); } });
  }), runs);
});

test('[inv-67] replaying the log from empty gives the same state, deciding again the same effects', () => {
  fc.assert(fc.property(stories, (wishes) => {
    const [once, twice] = [tell(wishes), tell(wishes)];
    const state = once.at(-1)?.after ?? initial('acc_1', 'CAD');
    expect(once.flatMap((step) => step.events).reduce(evolve, initial('acc_1', 'CAD'))).toStrictEqual(state);
    expect(JSON.stringify(twice)).toBe(JSON.stringify(once));
    const ids = once.flatMap((step) => step.effects.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
  }), runs);
});

test('[inv-68] state, events and effects survive JSON', () => {
  fc.assert(fc.property(stories, (wishes) => {
    const steps = tell(wishes);
    expect(JSON.parse(JSON.stringify(steps))).toStrictEqual(steps);
    const state = steps.at(-1)?.after;
    if (state) expect(JSON.parse(JSON.stringify(statement(state)))).toStrictEqual(statement(state));
  }), runs);
});

test('[inv-45] a command heard twice changes nothing the second time', () => {
  fc.assert(fc.property(stories, (wishes) => {
    for (const { command, after, events } of tell(wishes)) {
      if (events.length === 0) continue;
      const answer = decide(after, command, at(99));
      expect(answer).toMatchObject({ type: 'accepted', value: { events: [], effects: [] } });
      expect(answer.type === 'accepted' && answer.value.state).toBe(after);
    }
  }), runs);
});
