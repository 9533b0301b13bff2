import { textField } from '../../../shared/fields.ts';

const shared = { placeholder: 'e.g. 2026-04-01' } as const;
export const cycle = textField('cycle', 'Cycle', { ...shared, default: '={{ $now.startOf("month").toISODate() }}', description: 'What names the billing cycle, such as its first day: one cycle throttles once, however often it is asked for' });
export const onlyCycle = textField('cycle', 'Cycle', { ...shared, description: 'Lift only a throttle of this cycle, so that a late run of an older one does no harm' });
