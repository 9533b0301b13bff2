import { defineOperation } from '../../../shared/defineOperation.ts';
import { numberField, optionsField } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { nasIp, ofUser } from './fields.ts';

/** Rows left by routers that lost power. */
export const closeStale = defineOperation<HubClient>({
  value: 'closeStale',
  name: 'Close Stale',
  action: 'Close stale sessions',
  description: 'Close rows of sessions no router reports any more, which lock subscribers out where logins are limited; nothing is sent to a router',
  fields: [
    { displayName: 'Dry Run', name: 'dryRun', type: 'boolean', default: true, description: 'Whether to only list what would be closed' },
    optionsField([nasIp, numberField('silentSeconds', 'Silent for (Seconds)', 3600, 'Close what was silent for longer than this; never less than three report intervals', { minValue: 900 }), ofUser]),
  ],
  run: ({ read, client }) => {
    const options = read.options('options');
    const [username, nas, silentSeconds] = [options.text('username'), options.text('nasIp'), options.number('silentSeconds')];
    return client.radius.sessions.closeStale({ dryRun: read.flag('dryRun'), ...(username ? { username } : {}), ...(nas ? { nasIp: nas } : {}), ...(silentSeconds === undefined ? {} : { silentSeconds }) });
  },
});
