import { defineOperation } from '../../../shared/defineOperation.ts';
import { optionsField } from '../../../shared/fields.ts';
import { filters, readFilter } from './filters.ts';
import type { GenieAcs } from '../../connect.ts';

/** A number, cheaply. */
export const count = defineOperation<GenieAcs>({
  value: 'count',
  name: 'Count',
  action: 'Count devices',
  description: 'Count the CPEs that match, without fetching any',
  fields: [optionsField([...filters])],
  run: async ({ read, client }) => ({ devices: await client.devices.count(readFilter(read)) }),
});
