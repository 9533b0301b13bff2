import { defineOperation } from '../../../shared/defineOperation.ts';
import type { NetBox } from '../../connect.ts';

/** The custom fields that taking and quarantine rely on. */
export const installFields = defineOperation<NetBox>({
  value: 'installFields',
  name: 'Install Custom Fields',
  action: 'Install custom fields',
  description: 'Make the unique field that lets a key be taken once, and the day of quarantine; run again it writes nothing',
  fields: [],
  run: ({ client }) => client.installFields(),
});
