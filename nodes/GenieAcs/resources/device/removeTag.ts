import { defineOperation } from '../../../shared/defineOperation.ts';
import { textField } from '../../../shared/fields.ts';
import type { GenieAcs } from '../../connect.ts';
import { device, deviceIdOf } from '../../fields.ts';

/** The undo of Add Tag. */
export const removeTag = defineOperation<GenieAcs>({
  value: 'removeTag',
  name: 'Remove Tag',
  action: 'Remove tag from device',
  description: 'Take a tag off a CPE; not having it is fine',
  fields: [device, textField('tag', 'Tag', { placeholder: 'e.g. installed', description: 'One word of letters, digits, hyphens and underscores' })],
  run: async ({ read, client }) => client.devices.untag(await deviceIdOf(read, client), read.text('tag')),
});
