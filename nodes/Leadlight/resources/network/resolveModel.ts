import { resolveModel as decide, withOwn, type CpeDevice } from '../../../../core/src/index.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { jsonField, optionsField } from '../../../shared/fields.ts';
import { profilesOption, readProfiles } from './profileFields.ts';

/** Which profile describes a device (acs-43). */
export const resolveModel = defineOperation<undefined>({
  value: 'resolveModel',
  name: 'Resolve Model',
  action: 'Resolve device model',
  description: 'Say which profile describes a device, what it can be told, and how sure its paths are; a model nobody described is refused, and Device2 alone is no model',
  fields: [
    jsonField('device', 'Device', 'What the device calls itself: productClass, modelName, firmware, oui; or a device of GenieACS with its parameters', { default: '{\n  "productClass": "Device2",\n  "modelName": "XX230v"\n}' }),
    optionsField([profilesOption]),
  ],
  run: ({ read }) => {
    const profiles = readProfiles(read.options('options').json('profiles'));
    if ('type' in profiles) return profiles;
    const model = decide(read.object('device') as unknown as CpeDevice, withOwn(profiles));
    if (model.type === 'refused') return model;
    const { id, lineage, confidence, root, caps, danger } = model.value;
    return { type: 'accepted', value: { id, lineage, confidence, root, danger, caps: Object.fromEntries(Object.entries(caps).map(([name, one]) => [name, one.confidence])) }, because: model.because };
  },
});
