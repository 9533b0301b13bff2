import { defineOperation } from '../../../shared/defineOperation.ts';
import { optionsField, textField } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';

/** Registers an OLT. */
export const add = defineOperation<HubClient>({
  value: 'add',
  name: 'Add',
  action: 'Add OLT',
  description: 'Register an OLT by its address, enable it and wait until it answers; registered already is fine',
  fields: [
    textField('hostAndPort', 'Host and Port', { placeholder: 'e.g. 10.20.0.11:9191', description: 'Management address of the agent on the OLT' }),
    optionsField([
      textField('kind', 'Adapter', { default: 'openolt', placeholder: 'e.g. openolt', description: 'Type of the device in VOLTHA, which names its adapter' }),
      { displayName: 'Enable', name: 'enable', type: 'boolean', default: true, description: 'Whether to enable the OLT right away' },
    ]),
  ],
  run: ({ read, client }) => {
    const options = read.options('options');
    const [kind, enable] = [options.text('kind'), options.flag('enable')];
    return client.voltha.olts.add({ hostAndPort: read.text('hostAndPort'), ...(kind === undefined ? {} : { kind }), ...(enable === undefined ? {} : { enable }) });
  },
});
