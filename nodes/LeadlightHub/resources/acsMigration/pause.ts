import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { because, run } from './fields.ts';

/** Begins nothing new; devices that are switched are followed to their end. */
export const pause = defineOperation<HubClient>({
  value: 'pause',
  name: 'Pause',
  action: 'Pause migration',
  description: 'Begin nothing new; devices that are switched already are still followed and read back',
  fields: [run, because],
  run: ({ read, client }) => client.acsMigration.pause(read.picked('run'), { because: read.text('because') }),
});
