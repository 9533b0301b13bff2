import {
  defaultDunningPolicy, defaultLedgerPolicy, defaultSubscriptionPolicy, defaultTrialPolicy, dunning, dunningPolicySchema, ledger, ledgerPolicySchema, subscription, subscriptionPolicySchema, trial, trialPolicySchema,
  type Decide, type JsonSchema, type Recorded,
} from '../../../../core/src/index.ts';
import { opening } from '../dunning/fields.ts';
import { plans } from '../subscription/fields.ts';

/** A lifecycle that can be replayed, with a case of it and a policy to compare the usual one with. */
export interface Replayable {
  readonly name: string;
  readonly decide: Decide<never, never, never>;
  readonly schema: JsonSchema;
  readonly cases: readonly Recorded<unknown, unknown>[];
  readonly before: object;
  readonly after: object;
}
const at = (day: string, command: object) => ({ at: `${day}T14:00:00.000Z`, command });
const usual = { ...defaultSubscriptionPolicy, plans };
const invoice = { type: 'issueInvoice', id: 'inv_1', number: 'INV-202604-0001', on: '2026-04-01', amountMinor: 11492, taxMinor: 1497, currency: 'CAD', method: 'invoice' };

/** By the key under which it is chosen. */
export const lifecycles: Readonly<Record<string, Replayable>> = {
  dunning: {
    name: 'Dunning', decide: dunning.decide as Replayable['decide'], schema: dunningPolicySchema, before: defaultDunningPolicy,
    after: { ...defaultDunningPolicy, version: 'dunning/2', graceDays: 14, steps: defaultDunningPolicy.steps.map((step) => (step.does === 'suspend' ? { ...step, day: 15 } : step)) },
    cases: [{ id: 'dun_1', initial: null, journal: [at('2026-04-02', { ...opening, type: 'open' }), at('2026-04-10', { type: 'tick' }), at('2026-04-13', { type: 'paid', id: 'evt_1', amountMinor: 17199 })] }],
  },
  ledger: {
    name: 'Ledger', decide: ledger.decide as Replayable['decide'], schema: ledgerPolicySchema, before: defaultLedgerPolicy, after: { ...defaultLedgerPolicy, version: 'ledger/2', terms: { ...defaultLedgerPolicy.terms, invoice: 15 } },
    cases: [{ id: 'acc_1', initial: ledger.initial('acc_1', 'CAD'), journal: [at('2026-04-01', invoice), at('2026-04-10', { type: 'recordPayment', id: 'pay_1', amountMinor: 11492, currency: 'CAD' })] }],
  },
  subscription: {
    name: 'Subscription', decide: subscription.decide as Replayable['decide'], schema: subscriptionPolicySchema, before: usual, after: { ...usual, version: 'subscription/2', cancel: 'now' },
    cases: [{ id: 'sub_1', initial: subscription.initial('sub_1'), journal: [at('2026-04-01', { type: 'create', plan: 'basic', zone: 'America/Toronto' }), at('2026-04-01', { type: 'activate' }), at('2026-04-20', { type: 'cancel' })] }],
  },
  trial: {
    name: 'Trial', decide: trial.decide as Replayable['decide'], schema: trialPolicySchema, before: defaultTrialPolicy, after: { ...defaultTrialPolicy, version: 'trial/2', graceDays: 7 },
    cases: [{ id: 'trial_1', initial: trial.initial('trial_1'), journal: [at('2026-04-01', { type: 'start', tenant: 'acme', plan: 'starter', zone: 'America/Toronto' }), at('2026-04-19', { type: 'tick' })] }],
  },
};
