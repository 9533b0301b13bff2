import { cpeProfile as decide, defaultOntSettings, type CpeDevice, type CpeWanted } from '../../../../core/src/index.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { jsonField } from '../../../shared/fields.ts';

/** The parameters that bring a CPE to what is wanted, in the tree of its model (S1-131, S1-139). */
export const cpeProfile = defineOperation<undefined>({
  value: 'cpeProfile',
  name: 'CPE Profile',
  action: 'Decide CPE profile',
  description: 'List the parameters that bring a CPE to the wanted settings, in the data model of its product class, for GenieACS: Apply Parameters; unknown models are refused',
  fields: [
    jsonField('device', 'Device', 'What the device calls itself: productClass and, when known, modelName', { default: '={{ $json }}' }),
    jsonField('wanted', 'Wanted', 'What it shall be: bridge, ntp, dscp, upnp, wifi, voip; what is left out stays as it is', { default: JSON.stringify(defaultOntSettings) }),
  ],
  run: ({ read }) => decide(read.object('device') as unknown as CpeDevice, read.object('wanted') as CpeWanted),
});
