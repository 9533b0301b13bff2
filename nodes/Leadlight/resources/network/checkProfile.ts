import { checkDeviceProfile, withOwn, type DeviceProfile } from '../../../../core/src/index.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { jsonField, optionsField } from '../../../shared/fields.ts';
import { textOf } from '../../examples.ts';
import { profilesOption, readProfiles } from './profileFields.ts';

const example: DeviceProfile = {
  schema: 'leadlight.device-profile/1', id: 'zyxel-vmg', extends: 'tr181-base', confidence: 'published',
  match: { all: [{ field: 'productClass', regex: '^VMG' }], priority: 50 },
  caps: { 'upnp.enabled': { path: ['UPnP.Device.UPnPIGD'], type: 'boolean' } },
};

/** Whether a device profile can be used (leadlight.device-profile/1). */
export const checkProfile = defineOperation<undefined>({
  value: 'checkProfile',
  name: 'Check Profile',
  action: 'Check device profile',
  description: 'Say whether a device profile of your own can be used, or refuse it with the place that is wrong; the answer is the profile with its parents folded in',
  fields: [jsonField('profile', 'Profile', 'A device profile, whole: schema, id, confidence, match, caps and what it extends', { default: textOf(example) }), optionsField([profilesOption])],
  run: ({ read }) => {
    const profiles = readProfiles(read.options('options').json('profiles'));
    return 'type' in profiles ? profiles : checkDeviceProfile(read.given('profile'), withOwn(profiles));
  },
});
