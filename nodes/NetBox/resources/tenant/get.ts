import { refuse } from '../../../../core/src/index.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import type { NetBox } from '../../connect.ts';
import { tenant } from '../../locators.ts';

/** One tenant, or a refusal to branch on. */
export const get = defineOperation<NetBox>({
  value: 'get',
  name: 'Get',
  action: 'Get tenant',
  description: 'Read one tenant by list, slug or ID; when a slug has none the item says refused, tenantUnknown',
  fields: [tenant],
  run: async ({ read, client }) => {
    if (read.modeOf('tenant') !== 'slug') return client.objects.get('tenancy/tenants', Number(read.picked('tenant')));
    const found = await client.tenants.find(read.picked('tenant'));
    return found ? client.objects.get('tenancy/tenants', found.id) : refuse('tenantUnknown', 'No tenant has this slug.', { path: 'tenant', hint: 'Make it with Ensure.' });
  },
});
