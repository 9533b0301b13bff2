import { defaultDunningPolicy, dunning, type DunningCommand, type DunningOpening } from '../../../../core/src/index.ts';
import { jsonField } from '../../../shared/fields.ts';
import type { Inputs } from '../../../shared/inputs.ts';
import { moving, valueOf } from '../../examples.ts';
import { policyChangesOption, policyOf } from '../../fields.ts';
import { withWakeAt } from '../../lifecycle.ts';
import { list, record, shaped, text } from '../../shaped.ts';

export const opening: DunningOpening = {
  caseId: 'dun_1', accountId: 'acc_1', zone: 'America/Toronto', currency: 'CAD', invoices: [{ id: 'inv_1', amountMinor: 17199 }], methods: ['pm_1', 'pm_2'],
  failedAt: '2026-04-02T14:00:00.000Z', method: 'pm_1', code: 'insufficient_funds',
};
const opened = valueOf(dunning.open(opening, '2026-04-02T14:00:00.000Z', defaultDunningPolicy)).state;
const failedFiveDaysAgo = { '2026-04-02': '$now.minus({ days: 5 }).toISODate()', [opened.from]: '$now.minus({ days: 1 }).toISODate()', [String(opened.wakeAt)]: '$now.minus({ days: 2 }).toUTC().toISO()' };

export const caseField = jsonField('case', 'Case', 'The case as Open, Record or Tick left it: the state of their answer', { default: moving(opened, failedFiveDaysAgo) });
export const policyField = { ...policyChangesOption, description: 'What differs from the built-in dunning policy, with a version of its own, e.g. {"version": "dunning/2", "reconnectionMinor": 2500}' };
/** Decides one command on the case that was given. */
export const decided = (read: Inputs, command: () => DunningCommand): unknown =>
  shaped(read, { case: record(['caseId', 'accountId', 'zone', 'status', 'day0', 'shift', 'step', 'from', 'promises', 'owed', 'methods', 'shields', 'plan', 'seen'], { owed: list(record()), methods: list(text), shields: list(record()), plan: list(record()), seen: list(text) }) }, ({ case: it }) =>
    withWakeAt(dunning.decide(it, command(), read.text('now'), policyOf(read.options('options'), defaultDunningPolicy)), dunning.wakeAt));
