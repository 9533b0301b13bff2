import { cpeProfile as decide, defaultOntSettings, type CpeDevice, type DesiredState } from '../../../../core/src/index.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { jsonField, optionsField } from '../../../shared/fields.ts';
import { confirmOption, profilesOption, readPermissions, readProfiles, unverifiedOption, varsOption } from './profileFields.ts';

/** The parameters that bring a CPE to what is wanted, for a writer that looks itself (S1-131, S1-139). */
export const cpeProfile = defineOperation<undefined>({
  value: 'cpeProfile',
  name: 'CPE Profile',
  action: 'Decide CPE profile',
  description: 'List the parameters that bring a CPE to the wanted settings, in the data model of its model, for GenieACS: Apply Parameters, which looks each path up; unknown models are refused',
  fields: [
    jsonField('device', 'Device', 'What the device calls itself: productClass and, when known, modelName and firmware; parameters of GenieACS: Get Device help', { default: '={{ $json }}' }),
    jsonField('wanted', 'Wanted', 'Capability and value, such as wifi.24.ssid or voip.dscp.rtp; what is left out stays as it is', { default: JSON.stringify(defaultOntSettings, null, 2) }),
    optionsField([confirmOption, profilesOption, unverifiedOption, varsOption]),
  ],
  run: ({ read }) => {
    const options = read.options('options');
    const profiles = readProfiles(options.json('profiles'));
    if ('type' in profiles) return profiles;
    const allowed = readPermissions(options);
    return 'type' in allowed ? allowed : decide(read.object('device') as unknown as CpeDevice, read.object('wanted') as DesiredState, { ...allowed, profiles });
  },
});
