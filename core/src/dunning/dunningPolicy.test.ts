import { quebecHolidays } from '../field/quebecHolidays.ts';
import { schemaComplaint } from '../kernel/schema.ts';
import { checkDunningPolicy, defaultDunningPolicy as fine, dunningPolicySchema, type DunningPolicy, type DunningStep } from './dunningPolicy.ts';

const step = (day: number, does: DunningStep['does'], time = '09:00'): DunningStep => ({ day, time, does });
const end = [step(8, 'suspend', '10:00'), step(45, 'finalNotice'), step(60, 'terminate')];

test('the default policy, one with holidays and one with every option can be followed, and conform to the schema', () => {
  const full: DunningPolicy = { ...fine, version: 'mine/3', holidays: quebecHolidays(2026), exclusions: [{ from: '12-20', until: '01-05' }], lateFeePpm: 20_000, lateFeeMinor: 500, lateFeeOnFees: true, reconnectionMinor: 2500, steps: [...fine.steps.slice(0, 7), step(30, 'lateFee')] };
  for (const policy of [fine, full, JSON.parse(JSON.stringify(full))]) {
    expect(checkDunningPolicy(policy)).toMatchObject({ type: 'accepted', value: policy });
    expect(schemaComplaint(dunningPolicySchema, policy)).toBeNull();
  }
});

test.each<[string, unknown, string, RegExp]>([
  ['nothing at all', undefined, '', /object/],
  ['no version', { ...fine, version: undefined }, 'version', /present/],
  ['a field nobody knows', { ...fine, suspendDays: 8 }, 'suspendDays', /no such field/],
  ['half a day', { ...fine, graceDays: 1.5 }, 'graceDays', /integer/],
  ['a negative amount', { ...fine, toleranceMinor: -1 }, 'toleranceMinor', /at least 0/],
  ['25 o\'clock', { ...fine, steps: [step(8, 'suspend', '25:00')] }, 'steps[0].time', /HH:MM/],
  ['a step nobody knows', { ...fine, steps: [{ day: 8, time: '09:00', does: 'forgive' }] }, 'steps[0].does', /one of/],
  ['Sunday as 0', { ...fine, closedWeekdays: [0] }, 'closedWeekdays[0]', /at least 1/],
  ['a holiday on 30 February', { ...fine, holidays: ['2026-02-30'] }, 'holidays', /real days/],
  ['a 13th month', { ...fine, exclusions: [{ from: '13-01', until: '01-05' }] }, 'exclusions[0].from', /MM-DD/],
  ['reminder days that do not rise', { ...fine, steps: [step(5, 'reminder'), step(3, 'reminder'), ...end] }, 'steps', /rising/],
  ['two reminders on one day', { ...fine, steps: [step(5, 'reminder', '08:00'), step(5, 'reminder'), ...end] }, 'steps', /rising/],
  ['a retry after the reminder of its day', { ...fine, steps: [step(3, 'retry', '10:00'), step(3, 'reminder'), ...end] }, 'steps', /rising/],
  ['a reminder on the day of termination', { ...fine, steps: [...end, step(60, 'reminder')] }, 'steps', /last, terminate/],
  ['a reminder after termination', { ...fine, steps: [...end, step(61, 'reminder')] }, 'steps', /last, terminate/],
  ['termination without a final notice', { ...fine, steps: [end[0], end[2]] }, 'steps', /finalNotice/],
  ['termination on the day of the final notice', { ...fine, steps: [end[0], step(60, 'finalNotice', '08:00'), end[2]] }, 'steps', /rising/],
  ['termination without suspension', { ...fine, steps: end.slice(1) }, 'steps', /one suspend/],
  ['two suspensions', { ...fine, steps: [step(7, 'suspend'), ...end] }, 'steps', /one suspend/],
  ['suspension before the end of grace', { ...fine, graceDays: 9 }, 'steps', /graceDays/],
  ['a runway longer than the way to suspension', { ...fine, runwayDays: 8 }, 'steps', /runwayDays/],
  ['all weekdays closed', { ...fine, closedWeekdays: [1, 2, 3, 4, 5, 6, 7] }, 'closedWeekdays', /open/],
  ['all the year excluded', { ...fine, exclusions: [{ from: '01-01', until: '12-31' }, { from: '12-31', until: '01-01' }] }, 'closedWeekdays', /open/],
])('%s is refused with its place and reason', (_what, policy, path, reason) => {
  expect(checkDunningPolicy(policy)).toMatchObject({ type: 'refused', code: 'badPolicy', path, message: expect.stringMatching(reason) });
});

test('suspension at the last reminder or right after grace is no contradiction', () => {
  for (const suspend of [step(7, 'suspend'), step(7, 'suspend', '10:00'), step(8, 'suspend')]) {
    expect(checkDunningPolicy({ ...fine, steps: [step(3, 'reminder'), step(7, 'reminder'), suspend] }).type).toBe('accepted');
  }
});
