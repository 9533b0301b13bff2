import { defineOperation } from '../../../shared/defineOperation.ts';
import { optionsField, returnAllFields } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';
import type { RadiusListedSession } from '../../../../packages/hub/src/api.ts';
import { pages } from '../../fields.ts';
import { nasIp, ofUser } from './fields.ts';

/** Who is online. */
export const getMany = defineOperation<HubClient>({
  value: 'getMany',
  name: 'Get Many',
  action: 'Get many sessions',
  description: 'List who is online, by subscriber or router; rows no router reports any more are left out',
  fields: [...returnAllFields, optionsField([nasIp, ofUser])],
  run: ({ read, client }) => {
    const options = read.options('options');
    const [username, nas] = [options.text('username'), options.text('nasIp')];
    return pages<RadiusListedSession>(read, (limit, last) => client.radius.sessions.list({ limit, ...(username ? { username } : {}), ...(nas ? { nasIp: nas } : {}), ...(last ? { after: last.id } : {}) }));
  },
});
