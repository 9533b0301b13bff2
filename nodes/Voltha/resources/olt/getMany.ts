import { defineOperation } from '../../../shared/defineOperation.ts';
import { returnAllFields } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';

/** Every OLT. */
export const getMany = defineOperation<HubClient>({
  value: 'getMany',
  name: 'Get Many',
  action: 'Get many OLTs',
  description: 'List the OLTs of the network, one item each: up or not, and how many ONUs they carry',
  fields: [...returnAllFields],
  run: async ({ read, client }) => {
    const all = await client.voltha.olts.list();
    return read.flag('returnAll') ? all : all.slice(0, read.number('limit'));
  },
});
