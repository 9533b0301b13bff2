import type { AcsMigrationDevice } from '../../../../packages/hub/src/api.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { choiceField, optionsField, returnAllFields, textField } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { run } from './fields.ts';

const stages = { archived: 'Archived', blocked: 'Blocked', failed: 'Failed', inventory: 'Waiting', preflight: 'Checked', prepared: 'Prepared', rolledBack: 'Rolled Back', seen: 'Seen', switched: 'Switched', unseen: 'Unseen', verified: 'Verified' };
const PAGE = 1_000;

/** Every device of a run, one item each, with its state and why. */
export const getReport = defineOperation<HubClient>({
  value: 'getReport',
  name: 'Get Report',
  action: 'Get report of migration',
  description: 'Read the devices of a migration, one item each, with their state and what a person should do about them',
  fields: [run, ...returnAllFields, optionsField([textField('olt', 'OLT', { placeholder: 'e.g. 172.17.128.2', description: 'Only devices of this OLT' }), choiceField('stage', 'State', stages, 'failed', 'Only devices in this state')], 'filters', 'Filters')],
  run: async ({ read, client }) => {
    const filters = read.options('filters');
    const [stage, olt] = [filters.text('stage'), filters.text('olt')];
    const most = read.flag('returnAll') ? Number.POSITIVE_INFINITY : read.number('limit');
    const devices: AcsMigrationDevice[] = [];
    for (let after: string | undefined; devices.length < most; ) {
      const page = await client.acsMigration.report(read.picked('run'), { ...(stage === undefined ? {} : { stage }), ...(olt === undefined ? {} : { olt }), ...(after === undefined ? {} : { after }), limit: Math.min(PAGE, most - devices.length) });
      if (page.type === 'refused') return page;
      devices.push(...page.devices);
      if (page.next === null) break;
      after = page.next;
    }
    return devices;
  },
});
