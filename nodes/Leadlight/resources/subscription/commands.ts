import { choiceField, textField } from '../../../shared/fields.ts';
import type { Commands } from '../../commands.ts';
import { planField } from './fields.ts';

const id = textField('id', 'Command ID', { required: false, placeholder: 'e.g. cmd_1', description: 'Makes the command safe to repeat: the same ID is carried out once' });
const plan = planField('plus');
const when = choiceField('when', 'When', { '': 'As the Policy Says', now: 'Now', periodEnd: 'Period End' }, '', 'From when on it holds');
const as = choiceField('as', 'Asked As', { '': 'Either', downgrade: 'Downgrade', upgrade: 'Upgrade' }, '', 'What the customer asked for; refused when the ranks of the plans say otherwise');
const reason = choiceField('reason', 'Reason', { admin: 'Admin', fraud: 'Fraud', nonpayment: 'Nonpayment', regulatory: 'Regulatory', voluntary: 'Voluntary' }, 'nonpayment', 'What the service is shut for');
const by = textField('by', 'Asked By', { default: 'payment', placeholder: 'e.g. payment', description: 'The role or system, never a name' });

/** Everything that can be wanted of a subscription after it began. */
export const subscriptionCommands: Commands = {
  changePlan: ['Change Plan', plan, when, as, id],
  undoChange: ['Undo Change', id],
  cancel: ['Cancel', when, id],
  undoCancel: ['Undo Cancel', id],
  pause: ['Pause', id],
  resume: ['Resume', id],
  addLock: ['Add Lock', reason, by, id],
  removeLock: ['Remove Lock', reason, by, id],
  paymentSucceeded: ['Payment Succeeded', id],
  convertTrial: ['Convert Trial', id],
  renew: ['Renew', id],
  expire: ['Expire', id],
};
