import { int, object, ppm } from '../kernel/shapes.ts';
import { hour, text } from '../subscription/words.ts';
import type { JsonSchema } from '../kernel/schema.ts';
import type { TrialPolicy } from './trialState.ts';

const plan = (resources: number, users: number, apiCalls: number, ...features: string[]) => ({ limits: { resources, users, apiCalls }, features });
/** Decisions 37 and 38, S2-070…079. Days count from the day of the start, which is day 0, or back from the day of the end. */
export const defaultTrialPolicy: TrialPolicy = {
  version: 'trial/1',
  minDays: 14,
  maxDays: 30,
  days: 14,
  extensions: 2,
  extensionDays: 14,
  graceDays: 3,
  hour: '09:00',
  campaigns: [
    { key: 'welcome', day: 1 },
    { key: 'getting_started', day: 3 },
    { key: 'feature_usage_low', day: 3, featuresBelow: 5, inApp: true },
    { key: 'feature_highlight', day: 7 },
    { key: 'offer_day_7', day: 7, offer: { months: 3, offPpm: 2e5 } },
    { key: 'expiring_soon', day: -3 },
    { key: 'last_chance', day: -1 },
    { key: 'offer_last_day', day: -1, offer: { months: 1, offPpm: 3e5 } },
    { key: 'first_login', on: 'login', inApp: true },
    { key: 'approaching_limit', on: 'usage', percent: 80, inApp: true },
  ],
  plans: {
    starter: plan(50, 3, 5e3),
    professional: plan(500, 10, 5e4, 'firewall'),
    enterprise: plan(1e3, 25, 1e5, 'firewall', 'domain'),
  },
  experiments: [],
};

const days = int(0, 366);
const flag: JsonSchema = { type: 'boolean' };
/** JSON Schema of `TrialPolicy`. */
export const trialPolicySchema: JsonSchema = object({
  version: text, minDays: int(1, 366), maxDays: days, days, extensions: days, extensionDays: days, graceDays: days, hour,
  campaigns: { type: 'array', items: object({ key: text }, { day: int(-366, 366), on: text, percent: days, featuresBelow: days, inApp: flag, offer: object({ months: days, offPpm: ppm }) }) },
  plans: { type: 'object' }, experiments: { type: 'array' },
});
