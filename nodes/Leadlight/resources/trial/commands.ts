import { jsonField, numberField, textField } from '../../../shared/fields.ts';
import type { Commands } from '../../commands.ts';

const id = textField('id', 'Command ID', { required: false, placeholder: 'e.g. cmd_1', description: 'Makes the command safe to repeat: the same ID is carried out once' });
const activity = textField('activity', 'Activity', { default: 'feature', placeholder: 'e.g. feature', description: 'What was done: feature counts as use of a feature, usage reports what stands on a metric, anything else is just activity' });
const count = numberField('count', 'Count', 1, 'How often it was done', { minValue: 1 });
const metric = textField('metric', 'Metric', { required: false, placeholder: 'e.g. apiCalls', description: 'For usage: which limit it counts against' });
const used = numberField('used', 'Used', 0, 'For usage: what stands on the metric', { minValue: 0 });
const days = numberField('days', 'Days', 7, 'Days that are added to the end', { minValue: 1 });
const reason = textField('reason', 'Reason', { default: 'asked by sales', placeholder: 'e.g. asked by sales', description: 'Why it is extended, for those who ask later' });
const subscription = jsonField('subscription', 'Subscription', 'The subscription as it was looked up: id and status', { default: '{ "id": "sub_1", "status": "active" }' });

/** Everything a trial hears besides time. */
export const trialCommands: Commands = {
  record: ['Record Activity', activity, count, metric, used, id],
  extend: ['Extend', days, reason, id],
  convert: ['Convert', subscription, id],
  cancel: ['Cancel', id],
};
