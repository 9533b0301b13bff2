import { addDays, billingDays, civilDateIn, dunning, formatMoney, instantIn, nextBill, canadaTaxTable, type BillLine, type DunningCase, type DunningCommand, type DunningDecision, type DunningPolicy } from '@leadlight/core';
import { account, declines, paysByHand, subscription } from './household.ts';

export interface Entry {
  readonly day: string;
  /** One letter for the month's grid. */
  readonly mark: string;
  readonly text: string;
}
const money = (minor: number): string => formatMoney({ minor, currency: account.currency });

/** Plays the year 2026 day by day and keeps what happens. Nothing waits: time is an argument. */
export function playYear(policy: DunningPolicy): readonly Entry[] {
  const entries: Entry[] = [];
  const billed: BillLine[] = [];
  let owed = 0;
  let creditMinor = 0;
  let open: DunningCase | undefined;
  let commands = 0;
  const declined = (day: string) => declines.find(({ from, until }) => from <= day && day < until)?.code;

  function hear(answer: DunningDecision): void {
    if (answer.type === 'refused') throw new Error(`${answer.code}: ${answer.message}`);
    open = answer.value.state;
    for (const effect of answer.value.effects) {
      const day = civilDateIn(effect.dueAt, account.zone);
      const say = (mark: string, text: string) => entries.push({ day, mark, text });
      const command = (rest: object) => hear(dunning.decide(open!, { id: `c${(commands += 1)}`, ...rest } as DunningCommand, effect.dueAt, policy));
      if (effect.type === 'notice') say(effect.template === 'reminder' ? 'R' : 'N', `${effect.template}: ${money(effect.facts.outstandingMinor)} is owed`);
      else if (effect.type === 'charge') {
        const code = declined(day);
        say(code ? 'x' : 'P', code ? `charged again: ${code}` : `charged again: ${money(effect.amountMinor)} paid`);
        if (code) command({ type: 'chargeFailed', method: effect.method, code });
        else { owed -= effect.amountMinor; command({ type: 'paid', amountMinor: effect.amountMinor }); }
      } else if (effect.type === 'checkBalance') command({ type: 'balanceRead', check: effect.id, outstandingMinor: owed });
      else if (effect.type === 'suspend') say('S', 'suspended for nonpayment');
      else if (effect.type === 'resume') say('L', 'paid: the light is on again');
      else if (effect.type === 'terminate') say('T', 'terminated');
      else if (effect.type === 'lateFee' || effect.type === 'reconnectionFee') { owed += effect.amountMinor; say('F', `${effect.type}: ${money(effect.amountMinor)}`); }
    }
  }
  const alive = () => open !== undefined && !['recovered', 'writtenOff', 'terminated'].includes(open.status);

  const bills = new Set(billingDays(subscription, '2025-12-31', '2026-12-31'));
  // Changes are billed on the day they are made.
  for (const { terms } of subscription.items) for (const { from } of terms) bills.add(from);
  for (let day = '2026-01-01'; day <= '2026-12-31'; day = addDays(day, 1)) {
    if (bills.has(day)) {
      const known = { ...subscription, items: subscription.items.map((item) => ({ ...item, terms: item.terms.filter(({ from }) => from <= day) })).filter(({ terms }) => terms.length > 0), pauses: subscription.pauses!.filter(({ from }) => from <= day) };
      const made = nextBill({ account, subscriptions: [known], asOf: day, billed, creditMinor }, { taxTable: canadaTaxTable });
      if (made.type === 'refused') throw new Error(made.message);
      if (made.value) {
        const { lines, totalMinor, dueMinor, creditLeftMinor } = made.value;
        billed.push(...lines);
        creditMinor = creditLeftMinor + Math.max(0, -dueMinor);
        const code = declined(day);
        entries.push({ day, mark: 'I', text: `${made.value.kind} ${money(totalMinor)}: ${lines.map((line) => `${line.sku} ${money(line.amountMinor)} (${line.because})`).join(', ')}` });
        if (dueMinor > 0 && (code || alive())) {
          owed += dueMinor;
          entries.push({ day, mark: 'x', text: `card declined: ${code ?? 'an older bill is open'}` });
          if (!alive()) hear(dunning.open({ caseId: `case-${day}`, accountId: account.id, zone: account.zone, currency: account.currency, invoices: [{ id: made.value.id, amountMinor: dueMinor }], methods: ['pm_1'], failedAt: instantIn(day, '06:00', account.zone), method: 'pm_1', code: code! }, instantIn(day, '06:00', account.zone), policy));
        } else if (dueMinor > 0) entries.push({ day, mark: 'P', text: `${money(dueMinor)} paid by card` });
      }
    }
    const noon = instantIn(day, '12:00', account.zone);
    if (alive() && paysByHand.includes(day)) {
      entries.push({ day, mark: 'P', text: `${money(owed)} paid by hand` });
      const amountMinor = owed;
      owed = 0;
      hear(dunning.decide(open!, { id: `c${(commands += 1)}`, type: 'paid', amountMinor }, noon, policy));
    }
    const night = instantIn(addDays(day, 1), '00:00', account.zone);
    while (alive() && open!.wakeAt !== null && open!.wakeAt < night) hear(dunning.decide(open!, { type: 'tick' }, open!.wakeAt, policy));
  }
  return entries;
}
