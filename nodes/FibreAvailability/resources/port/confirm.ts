import { defineOperation } from '../../../shared/defineOperation.ts';
import { numberField, optionsField } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { fibreId } from '../drop/fields.ts';
import { orderId, token } from './fields.ts';

/** Keeps a held port for the installation, once it is paid. */
export const confirm = defineOperation<HubClient>({
  value: 'confirm',
  name: 'Confirm',
  action: 'Confirm port',
  description: 'Reserve a held port until its installation, once the order is paid',
  fields: [fibreId, orderId, token, optionsField([numberField('reserveDays', 'Reserve Days', 60, 'How many days the port stays reserved for the installation', { minValue: 1, maxValue: 365 })])],
  run: ({ read, client }) => {
    const reserveDays = read.options('options').number('reserveDays');
    return client.drops.confirm(Number(read.picked('fibreId')), { orderId: read.text('orderId'), token: read.text('token'), ...(reserveDays === undefined ? {} : { reserveDays }) });
  },
});
