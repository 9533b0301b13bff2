import { defineOperation } from '../../../shared/defineOperation.ts';
import { returnAllFields } from '../../../shared/fields.ts';
import type { NetBox } from '../../connect.ts';
import { device } from '../../locators.ts';

/** Legs of a splitter that nothing is plugged into. */
export const findFree = defineOperation<NetBox>({
  value: 'findFree',
  name: 'Find Free',
  action: 'Find free front ports',
  description: 'List the outputs of a splitter that have neither cable nor mark, by their leg, one item each; nothing is held',
  fields: [device, ...returnAllFields],
  run: ({ read, client }) => client.frontPorts.findFree(Number(read.picked('device')), read.flag('returnAll') ? undefined : read.number('limit')),
});
