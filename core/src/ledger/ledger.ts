import { int, misfit, object } from '../kernel/shapes.ts';
import { dayNumber, dayText, isInstant, type Instant } from '../kernel/civil.ts';
import { accept, deny, mustBe, refuse, type Decision } from '../kernel/decision.ts';
import { deriveId } from '../kernel/id.ts';
import type { JsonSchema } from '../kernel/schema.ts';
import { dated, word } from '../usage/meter.ts';
import { defaultLedgerPolicy, ledgerPolicySchema, type LedgerCommand, type LedgerEvent, type LedgerLine, type LedgerOutcome, type LedgerPolicy, type LedgerRefusal, type LedgerState } from './ledgerState.ts';
import { tally } from './tally.ts';

export { balance, outstanding } from './outstanding.ts';
export { statement } from './statement.ts';

type Account = LedgerLine['account'];
const named = { id: word, type: word };
const reason = { by: word, why: word };
const money = { ...named, amountMinor: int(-1e11, 1e11), currency: word };
const document = { ...money, taxMinor: int(0, 1e11), number: word, on: dated };
const ofPayment = { ...money, payment: word };
/** What each command must say. */
const shapes: Readonly<Record<LedgerCommand['type'], Readonly<Record<string, JsonSchema>>>> = {
  issueInvoice: document, issueCreditNote: { ...document, invoice: word }, recordPayment: money, refund: { ...ofPayment, ...reason }, openDispute: ofPayment, chargeback: ofPayment,
  resolveDispute: { ...named, payment: word, dispute: word, outcome: { enum: ['won', 'lost'] } }, writeOff: { ...named, ...reason, invoice: word }, adjust: { ...money, ...reason, on: dated },
};
/** All that a command may say, to be read by its type. */
type Said = { readonly type: LedgerCommand['type']; readonly amountMinor: number; readonly taxMinor: number } & Readonly<Record<'id' | 'currency' | 'on' | 'dueOn' | 'method' | 'invoice' | 'payment' | 'dispute' | 'outcome', string>>;

/** An account without entries. @example initial('acc_1', 'CAD').journal // [] */
export const initial = (accountId: string, currency: string): LedgerState => ({ accountId, currency, journal: [] });
/** Folds what was recorded. @example evolve(initial('acc_1', 'CAD'), { lines: [] }).journal.length // 1 */
export const evolve = (state: LedgerState, event: LedgerEvent): LedgerState => ({ ...state, journal: [...state.journal, event] });
/** Time alone changes nothing here. @example wakeAt(initial('acc_1', 'CAD')) // null */
export const wakeAt = (_state: LedgerState): Instant | null => null;

/**
 * Money in and out of one account, as double entry (S2-093, S2-096, S0-117; decisions 17, 31, 42, 43). Whatever is paid becomes credit, and
 * credit pays what is open, the earliest due first. A credit note is capped by what its invoice charged less the credits given; what had been
 * paid of it is credit again. A refund, dispute or chargeback is capped by what is left of its payment (Lago, Flexprice); what it had paid is
 * open again. Other currencies are refused, never converted. The same command again changes nothing.
 * @example decide(initial('acc_1', 'CAD'), { type: 'refund', id: 'r1', payment: 'p1', amountMinor: 0, currency: 'CAD', by: 'ann', why: 'gift' }, '2026-04-03T14:00:00Z') // refused badInput, amountMinor
 */
export function decide(state: LedgerState, command: LedgerCommand, now: Instant, policy: LedgerPolicy = defaultLedgerPolicy): Decision<LedgerOutcome, LedgerRefusal> {
  const { type, id, amountMinor = 0, taxMinor = 0, currency, on, dueOn, method, invoice, payment, dispute, outcome } = Object(command) as Said;
  const { journal } = state;
  const bad = shapes[type] ? misfit(object(shapes[type], { ...reason, dueOn: dated, method: word }), command) ?? misfit(ledgerPolicySchema, policy) : mustBe('type', 'known');
  if (bad) return bad;
  if (!isInstant(now)) return mustBe('now', 'an instant');
  const content = JSON.stringify(command, Object.keys(command).sort());
  const same = journal.find((event) => event.command.id === id);
  if (same) return JSON.stringify(same.command) === content ? accept({ state, events: [], effects: [] }, `${id} stands`) : deny('idTaken', 'id', `${id} is something else.`);
  if (currency && currency !== state.currency) return deny('otherCurrency', 'currency', `The account is in ${state.currency}.`);
  const due = dayNumber(dueOn ?? on) + (dueOn || type !== 'issueInvoice' ? 0 : policy.terms[method]!);
  if (on && !(Number.isInteger(due) && due >= dayNumber(on) && due < 29e5)) return mustBe('dueOn', 'a day not before on, given or by terms');
  if (type === 'adjust' ? !amountMinor : currency && amountMinor < (taxMinor || (type === 'issueInvoice' ? 0 : 1))) return mustBe('amountMinor', 'at least 1 and its tax');

  const { sum, add } = tally(journal);
  const lines: LedgerLine[] = [];
  const post = (account: Account, of: string, minor: number, by = id): void => {
    if (minor) add(lines[lines.push({ account, of, by, minor }) - 1]!);
  };
  const net = amountMinor - taxMinor;
  const paid = sum('cash', payment);
  const held = sum('disputed', payment, dispute);
  const open = sum('receivable', invoice);
  const back = [paid, ['credit', payment, amountMinor], ['cash', payment, -amountMinor]] as const;
  /** What is left to do it with, and the entry. */
  const [left, ...entry] = ({
    issueInvoice: [Infinity, ['receivable', id, amountMinor], ['revenue', id, -net], ['tax', id, -taxMinor]],
    issueCreditNote: [Math.min(sum('receivable', invoice, invoice), taxMinor - sum('revenue', invoice), net - sum('tax', invoice)), ['receivable', invoice, -amountMinor, invoice], ['revenue', invoice, net], ['tax', invoice, taxMinor]],
    recordPayment: [Infinity, ['cash', id, amountMinor], ['credit', id, -amountMinor]],
    refund: back,
    chargeback: back,
    openDispute: [paid, ['disputed', payment, amountMinor], ['cash', payment, -amountMinor]],
    resolveDispute: [held, [outcome === 'won' ? 'cash' : 'credit', payment, held], ['disputed', payment, -held, dispute]],
    writeOff: [open, ['writeOff', invoice, open], ['receivable', invoice, -open, invoice]],
    adjust: [Infinity, [amountMinor > 0 ? 'receivable' : 'credit', id, amountMinor], ['adjustment', id, -amountMinor]],
  } as const satisfies Record<LedgerCommand['type'], readonly [number, ...(readonly [Account, string, number, string?])[]]>)[type];
  if (left < (amountMinor || 1)) return refuse('tooMuch', `${left} is left.`, { facts: { left } });
  for (const line of entry) post(...line as readonly [Account, string, number]);

  const apply = (payment: string, document: string, minor: number): void => {
    post('credit', payment, minor);
    post('receivable', document, -minor, payment);
  };
  // Money that is gone, and money for what was credited, is taken off what it paid, the latest first.
  for (const { account, of, by } of journal.flatMap((event) => event.lines).reverse()) {
    const minor = account === 'receivable' && by !== of ? Math.min(Math.max(sum('credit', by), -sum(account, of)), -sum(account, of, by)) : 0;
    if (minor > 0) apply(by, of, -minor);
  }
  const recorded = { type: 'recorded', at: new Date(now).toISOString(), policyVersion: policy.version, command: JSON.parse(content) as LedgerCommand, ...(on && !invoice && { dueOn: dayText(due) }), lines } as const;
  const all = [...journal, recorded];
  const credits = all.flatMap((event) => event.lines);
  for (const { command } of all.filter((event) => event.dueOn).sort((a, b) => dayNumber(a.dueOn) - dayNumber(b.dueOn))) {
    for (const { account, of } of credits) {
      const minor = account === 'credit' ? Math.min(-sum(account, of), sum('receivable', command.id)) : 0;
      if (minor > 0) apply(of, command.id, minor);
    }
  }
  const effects = type === 'refund' ? [{ type: 'refundPayment', id: deriveId(id, type), payment, amountMinor, currency } as const] : [];
  return accept({ state: evolve(state, recorded), events: [recorded], effects }, `${type} ${id} (${policy.version})`);
}
