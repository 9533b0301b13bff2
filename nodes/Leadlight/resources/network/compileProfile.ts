import {
  compileProfile as compile, defaultOntSettings, genieAcsProvision, genieAcsTasks, resolveModel, setParameterValues, uspSets, withOwn,
  type CompiledProfile, type CpeDevice, type Decision, type DesiredState, type DeviceFacts,
} from '../../../../core/src/index.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { choiceField, jsonField, optionsField } from '../../../shared/fields.ts';
import { confirmOption, profilesOption, readPermissions, readProfiles, unverifiedOption, varsOption } from './profileFields.ts';

const targets: Readonly<Record<string, (compiled: CompiledProfile) => Decision<unknown>>> = { genieAcsTasks, genieAcsProvision, oktopusUsp: uspSets, oktopusCwmp: (compiled) => setParameterValues(compiled) };

/** What to send a device, in the form its ACS takes (S1-131, S1-132, S1-133; acs-43). */
export const compileProfile = defineOperation<undefined>({
  value: 'compileProfile',
  name: 'Compile Profile',
  action: 'Compile device profile',
  description: 'Turn wanted settings into GenieACS tasks, a GenieACS provision, USP set messages or CWMP envelopes for one device; every path must be in its tree and writable, and what is already so is left out',
  fields: [
    jsonField('device', 'Device', 'The device with its tree: productClass, modelName, firmware, and parameters as GenieACS: Get Device gives them', { default: '={{ $json }}' }),
    jsonField('wanted', 'Wanted', 'Capability and value, such as wifi.24.ssid; null for a Wi-Fi or SIP password that the ACS shall fetch from the hub', { default: JSON.stringify(defaultOntSettings, null, 2) }),
    choiceField('target', 'Target', { genieAcsTasks: 'GenieACS Tasks', genieAcsProvision: 'GenieACS Provision', oktopusUsp: 'Oktopus USP Set', oktopusCwmp: 'Oktopus CWMP SetParameterValues' }, 'genieAcsTasks', 'Who carries it to the device; passwords never stand in a provision, they are fetched from the hub'),
    optionsField([confirmOption, profilesOption, unverifiedOption, varsOption]),
  ],
  run: ({ read }) => {
    const options = read.options('options');
    const profiles = readProfiles(options.json('profiles'));
    if ('type' in profiles) return profiles;
    const allowed = readPermissions(options);
    if ('type' in allowed) return allowed;
    const device = read.object('device') as unknown as CpeDevice & { readonly parameters?: DeviceFacts };
    const model = resolveModel(device, withOwn(profiles));
    if (model.type === 'refused') return model;
    const compiled = compile(model.value, read.object('wanted') as DesiredState, device.parameters ?? null, allowed);
    if (compiled.type === 'refused') return compiled;
    const made = targets[read.text('target')]!(compiled.value);
    if (made.type === 'refused') return made;
    const { parameters, ...about } = compiled.value;
    return { type: 'accepted', value: { ...about, paths: parameters.map(({ path }) => path), payload: made.value }, because: [...compiled.because, ...made.because] };
  },
});
