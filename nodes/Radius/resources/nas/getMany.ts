import { defineOperation } from '../../../shared/defineOperation.ts';
import { returnAllFields } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';

/** Routers without their secrets. */
export const getMany = defineOperation<HubClient>({
  value: 'getMany',
  name: 'Get Many',
  action: 'Get many access routers',
  description: 'List the access routers RADIUS knows, with maker and whether each has a secret; secrets are never shown',
  fields: [...returnAllFields],
  run: async ({ read, client }) => (await client.radius.nas.list()).slice(0, read.flag('returnAll') ? undefined : read.number('limit')),
});
