import { defineOperation } from '../../../shared/defineOperation.ts';
import { textField } from '../../../shared/fields.ts';
import type { NetBox } from '../../connect.ts';

/** The tenant of a customer, made when it is missing. */
export const ensure = defineOperation<NetBox>({
  value: 'ensure',
  name: 'Ensure',
  action: 'Ensure tenant',
  description: 'Find the tenant of a slug, or make it; run again it is found',
  fields: [
    textField('slug', 'Slug', { placeholder: 'e.g. cust-000123', description: 'What tells the customer apart: letters, digits, dash and underscore' }),
    textField('name', 'Name', { placeholder: 'e.g. Customer 000123', description: 'Shown in NetBox; a number rather than a person' }),
  ],
  run: ({ read, client }) => client.tenants.ensure({ slug: read.text('slug'), name: read.text('name') }),
});
