import { defineOperation } from '../../../shared/defineOperation.ts';
import { textField } from '../../../shared/fields.ts';
import type { GenieAcs } from '../../connect.ts';
import { device, deviceIdOf } from '../../fields.ts';

/** Tags steer presets. */
export const addTag = defineOperation<GenieAcs>({
  value: 'addTag',
  name: 'Add Tag',
  action: 'Add tag to device',
  description: 'Mark a CPE with a word that presets and lists can ask for; having it already is fine',
  fields: [device, textField('tag', 'Tag', { placeholder: 'e.g. installed', description: 'One word of letters, digits, hyphens and underscores' })],
  run: async ({ read, client }) => client.devices.tag(await deviceIdOf(read, client), read.text('tag')),
});
