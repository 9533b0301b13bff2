import { defineOperation } from '../../../shared/defineOperation.ts';
import { textField } from '../../../shared/fields.ts';
import type { NetBox } from '../../connect.ts';
import { which, whichOf } from './fields.ts';

/** Takes an address out of use until a day. */
export const quarantine = defineOperation<NetBox>({
  value: 'quarantine',
  name: 'Quarantine',
  action: 'Quarantine IP address',
  description: 'Take an address out of use until a day and off its key and interface; Sweep Quarantine frees it then',
  fields: [...which, textField('until', 'Until', { default: '={{ $now.plus({ days: 30 }).toISODate() }}', description: 'First day it may be freed, as YYYY-MM-DD' })],
  run: ({ read, client }) => client.ipAddresses.quarantine(whichOf(read), read.text('until')),
});
