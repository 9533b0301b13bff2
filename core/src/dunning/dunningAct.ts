import { addDays, daysBetween, type CivilDate, type Instant } from '../kernel/civil.ts';
import { accept, mustBe, refuse, type Refused } from '../kernel/decision.ts';
import { deriveId } from '../kernel/id.ts';
import { mulDiv } from '../kernel/money.ts';
import { civilDateIn } from '../kernel/zone.ts';
import type { DunningCase, DunningCommand, DunningDecision, DunningEffect, DunningEvent, DunningOpening, DunningRefusal, DunningOwed } from './dunningCase.ts';
import { checkDunningPolicy, type DunningPolicy } from './dunningPolicy.ts';
import { dueAt, isGate, nextAt } from './dunningTimes.ts';
import { faultOf } from './fault.ts';

/** Any command, its fields not yet looked at. */
export interface Told extends Required<DunningOpening> {
  readonly type: 'open' | DunningCommand['type'];
  readonly id: string;
  readonly amountMinor: number;
  readonly until: CivilDate;
  readonly instalments: readonly { readonly on: CivilDate; readonly amountMinor: number }[];
  readonly reason: string;
  readonly check: string;
  readonly outstandingMinor: number;
}
type Change = Partial<DunningCase> | Refused<DunningRefusal>;
/** First letters of the statuses in which a command is heard, its fields, what it changes, what follows when something is still owed. */
type Row = readonly [when: string, fields: string, change: () => Change, then?: () => void];
type Key = string | number;

const sum = (owed: readonly DunningOwed[]): number => owed.reduce((total, { amountMinor }) => total + amountMinor, 0);

/** One decision: the command first, so that a payment beats what falls due with it (decision 32), then all that is overdue, in order. */
export function act(c: DunningCase, told: Told, at: Instant, p: DunningPolicy): DunningDecision {
  const checked = checkDunningPolicy(p);
  if (checked.type === 'refused') return checked;
  const { type, id, method, code, until, reason, invoices, dueOn } = told;
  const events: DunningEvent[] = [];
  const effects: DunningEffect[] = [];
  const owed = (): number => sum(c.owed);
  const today = (days = 0): CivilDate => addDays(civilDateIn(at, (c ?? told).zone), days);
  const put = (type: DunningEvent['type'], on: Instant, set: Partial<DunningCase>, effect?: object | false, ...keys: readonly Key[]): void => {
    c = { ...c, ...set };
    events.push({ type, at: on, policy: p.version, set });
    if (effect) effects.push({ type, id: deriveId(c.caseId, type, ...keys), accountId: c.accountId, dueAt: on, ...effect } as DunningEffect);
  };
  const notice = (on: Instant, template: string, ...keys: readonly Key[]): void => put('notice', on, {}, {
    template, facts: { outstandingMinor: owed(), currency: c.currency, code: c.code, actionAt: dueAt(c, p, p.steps.slice(c.step).find(isGate)) },
  }, template, ...keys);
  /** Charges the first method, which then goes to the end of the row. */
  const charge = (on: Instant, ...keys: readonly Key[]): void => {
    const [method, ...rest] = c.methods;
    if (method) put('charge', on, { methods: [...rest, method] }, { method, amountMinor: owed() }, ...keys);
  };
  const fee = (type: 'lateFee' | 'reconnectionFee', on: Instant, amountMinor: number, of: string, ...keys: readonly Key[]): void => {
    if (amountMinor) put(type, on, { owed: [...c.owed, { id: deriveId(type, of, ...keys), amountMinor, of }] }, { of, amountMinor }, of, ...keys);
  };
  /** Nobody is cut off before a day. */
  const notBefore = (day: CivilDate): CivilDate => [c.from, day].sort()[1]!;
  /** The clock goes on where it stopped, by whole days; a check that was asked before is asked again on a later day, under another id. */
  const goOn = (on: Instant, day: CivilDate): Partial<DunningCase> =>
    ({ status: 'grace', plan: [], pausedAt: null, from: notBefore(day), shift: c.shift + Math.max(0, Math.ceil((Date.parse(on) - Date.parse(c.pausedAt!)) / 864e5)) });

  if (type !== 'tick') {
    const hard = p.hardDeclines.includes(code);
    const others = (all: readonly string[]): string[] => all.filter((one) => one !== method);
    const agree = (instalments: Told['instalments'], promises: number): Change => {
      let left = owed();
      let last = today(-1);
      const plan = instalments.map(({ on, amountMinor }) => {
        left -= on > last ? amountMinor : NaN;
        return { on: (last = on), leavesMinor: left };
      });
      return left === 0 ? { status: type as 'promised', plan, asked: null, pausedAt: at, promises } : mustBe(promises > c.promises ? 'until' : 'instalments');
    };
    const free = (): Change => ({ owed: [] });
    const rows: Readonly<Record<string, Row>> = {
      __proto__: null as never,
      open: ['n', `caseId accountId zone currency invoices methods ${dueOn ? 'dueOn' : 'failedAt method code'}`, () => {
        const { caseId, accountId, zone, currency, failedAt, methods } = told;
        const day0 = dueOn ? addDays(dueOn, 1) : civilDateIn(failedAt, zone);
        const elapsed = daysBetween(day0, today());
        const total = sum(invoices);
        return elapsed < 0 ? mustBe('now') : new Set(invoices.map((one) => one.id)).size < invoices.length || !(total > p.toleranceMinor && total <= 1e12) ? mustBe('invoices') : {
          caseId, accountId, zone, currency, status: 'grace', day0, shift: 0, step: p.steps.findIndex((one) => isGate(one) || one.day > elapsed), from: today(p.runwayDays + 1), asked: null,
          owed: invoices, methods: dueOn ? methods : hard ? others(methods) : [...others(methods), method], code: dueOn ? null : code, shields: [], pausedAt: null, plan: [], promises: 0, seen: [], wakeAt: null,
        };
      }, () => {
        if (!dueOn && c.methods[0] !== method) charge(at, 'open');
        notice(at, 'paymentFailed');
      }],
      paid: ['gpahst', 'id amountMinor', () => {
        let left = told.amountMinor;
        return { owed: c.owed.flatMap((one) => {
          const amountMinor = one.amountMinor - left;
          left = Math.max(0, -amountMinor);
          return amountMinor > 0 ? { ...one, amountMinor } : [];
        }) };
      }],
      chargeFailed: ['gpahs', 'id method code', () => ({ code, methods: hard ? others(c.methods) : c.methods })],
      methodAdded: ['gs', 'id method', () => ({ methods: [method, ...others(c.methods)] }), () => charge(at, type, id)],
      promised: ['g', 'id until', () => until > today(p.promiseDays) || c.promises >= p.promiseCount ? refuse('limit', `At most ${p.promiseCount} promises, of ${p.promiseDays} days.`, { path: 'until' }) : agree([{ on: until, amountMinor: owed() }], c.promises + 1)],
      arrangement: ['g', 'id instalments', () => agree(told.instalments, c.promises)],
      disputeOpened: ['gpa', 'id', () => ({ status: 'held', plan: [], asked: null, pausedAt: c.pausedAt ?? at })],
      disputeLost: ['h', 'id', () => goOn(at, today(1))],
      disputeWon: ['h', 'id', free],
      shield: ['gpahs', 'id reason until', () => ({ shields: [...c.shields.filter((one) => one.reason !== reason), { reason, until: until ?? null }], from: notBefore(today(1)) })],
      balanceRead: ['gpahs', 'id check outstandingMinor', () => (told.outstandingMinor > p.toleranceMinor ? { asked: null, from: notBefore(today()) } : free()), () => {
        const step = p.steps[c.step];
        const due = dueAt(c, p, step);
        if (due && due <= at && isGate(step!)) {
          const { does, day } = step as { does: 'suspend' | 'terminate'; day: number };
          const off = does === 'suspend';
          // What comes after keeps its distance.
          put(does, at, { status: off ? 'suspended' : 'terminated', step: c.step + 1, shift: Math.max(c.shift, daysBetween(c.day0, today()) - day) }, { reason: 'nonpayment' });
          if (off) fee('reconnectionFee', at, p.reconnectionMinor, c.caseId);
          notice(at, does);
        }
      }],
      release: ['gpahs', 'id', free],
      writeOff: ['t', 'id', () => ({}), () => put('writeOff', at, { status: 'writtenOff' }, { amountMinor: owed() })],
    };
    const [when, fields, change, then] = rows[type] ?? [];
    const fault = fields ? faultOf(told, fields) : mustBe('type');
    if (fault) return fault;
    const status = c?.status ?? 'none';
    const ignored = c?.seen.includes(id) || type === 'balanceRead' && told.check !== c.asked;
    if (ignored || !when!.includes(status[0]!)) return refuse(ignored ? 'ignored' : 'notExpected', `${type} changes nothing: the case is ${status}.`);
    const set = change!();
    if ('type' in set) return set;
    put(type, at, c ? { ...set, seen: [...c.seen, id] } : set);
    const off = c.status === 'suspended';
    if (owed() <= p.toleranceMinor) put(off ? 'resume' : 'recovered', at, { status: 'recovered', plan: [], asked: null, pausedAt: null }, off && { reason: 'nonpayment' });
    else then?.();
  }
  let on;
  while ((on = nextAt(c, p)) && on <= at) {
    const [first, ...plan] = c.plan;
    const step = p.steps[c.step]!;
    if (first) {
      const kept = plan[0] && owed() <= first.leavesMinor + p.toleranceMinor;
      put(kept ? 'kept' : 'broken', on, kept ? { plan } : goOn(on, addDays(first.on, 1)));
    } else if (isGate(step)) put('checkBalance', on, { asked: deriveId(c.caseId, 'checkBalance', on) }, {}, on);
    else {
      const { does, day } = step;
      put('step', on, { step: c.step + 1 });
      if (does === 'retry') charge(on, day);
      else if (does !== 'lateFee') notice(on, does, day);
      else for (const one of c.owed) {
        // A debt of this size is a mistake; a sum stays exact.
        if (one.amountMinor && !one.of && owed() < 1e12) fee(does, on, Math.max(p.lateFeeMinor, mulDiv(sum(c.owed.filter(({ id, of }) => id === one.id || p.lateFeeOnFees && of === one.id)), p.lateFeePpm, 1e6)), one.id, day);
      }
    }
  }
  if (on !== c.wakeAt) put('scheduled', at, { wakeAt: on });
  return accept({ state: c, events, effects }, ...events.map(({ type, at: on }) => `${type} at ${on} (${p.version})`));
}
