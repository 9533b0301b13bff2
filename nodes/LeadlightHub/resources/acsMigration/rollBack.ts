import { defineOperation } from '../../../shared/defineOperation.ts';
import { optionsField, textField } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { because, run } from './fields.ts';

/** Back to the old ACS: only what was written is undone. */
export const rollBack = defineOperation<HubClient>({
  value: 'rollBack',
  name: 'Roll Back',
  action: 'Roll back migration',
  description: 'Take devices back to GenieACS: those named under options, or the whole migration, which then ends; untouched devices stay untouched',
  fields: [run, because, optionsField([textField('serials', 'Serials', { placeholder: 'e.g. RCMG19E01234, RCMG19E01235', description: 'Only these devices, by serial number, separated by commas; the migration goes on with the others' })])],
  run: ({ read, client }) => {
    const serials = read.options('options').list('serials');
    return client.acsMigration.rollBack(read.picked('run'), { because: read.text('because'), ...(serials === undefined ? {} : { serials }) });
  },
});
