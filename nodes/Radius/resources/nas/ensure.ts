import { defineOperation } from '../../../shared/defineOperation.ts';
import { choiceField, optionsField, textField } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { vendors } from '../../fields.ts';

/** Registers a router with the secret the hub holds for it. */
export const ensure = defineOperation<HubClient>({
  value: 'ensure',
  name: 'Ensure',
  action: 'Ensure access router',
  description: 'Register an access router with the secret the hub has for it; FreeRADIUS must be restarted when the answer says so',
  fields: [
    textField('name', 'Address', { placeholder: 'e.g. 10.20.0.1', description: 'IP address, network or host name of the router; the hub must have a secret under the same name' }),
    textField('shortName', 'Short Name', { placeholder: 'e.g. bng-huntingdon', description: 'Name of the router in logs of FreeRADIUS' }),
    choiceField('type', 'Maker', { ...vendors, other: 'Other' }, 'mikrotik', 'Whose attributes its sessions are changed by'),
    optionsField([textField('description', 'Description', { placeholder: 'e.g. BNG at the head-end', description: 'A line for people who read the table' })]),
  ],
  run: ({ read, client }) => {
    const description = read.options('options').text('description');
    return client.radius.nas.ensure({ name: read.text('name'), shortName: read.text('shortName'), type: read.text('type'), ...(description ? { description } : {}) });
  },
});
