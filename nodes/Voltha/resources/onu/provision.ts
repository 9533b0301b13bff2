import { defineOperation } from '../../../shared/defineOperation.ts';
import { numberField, optionsField, textField } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { serial } from './fields.ts';

const vlan = { minValue: 1, maxValue: 4094 };

/** Puts a subscriber on an ONU: speed profiles first, then the subscriber, then the flows are read back. */
export const provision = defineOperation<HubClient>({
  value: 'provision',
  name: 'Provision',
  action: 'Provision ONU',
  description: 'Create the speed profiles of a plan and put the subscriber on an ONU, then read back that its flows are added',
  fields: [
    serial,
    numberField('sVlan', 'S-VLAN', 1, 'Outer VLAN, of the service', vlan),
    numberField('cVlan', 'C-VLAN', 1, 'Inner VLAN, of the subscriber', vlan),
    numberField('downKbps', 'Download (Kbps)', 1_000_000, 'Download speed of the plan in kilobits per second', { minValue: 1 }),
    numberField('upKbps', 'Upload (Kbps)', 1_000_000, 'Upload speed of the plan in kilobits per second', { minValue: 1 }),
    textField('profileBase', 'Profile Base', { placeholder: 'e.g. fibre-1g', description: 'Name the two speed profiles are derived from, the same for every subscriber of the plan' }),
    optionsField([numberField('techProfileId', 'Technology Profile ID', 64, 'Profile of T-CONT and GEM ports', { minValue: 64, maxValue: 255 })]),
  ],
  run: ({ read, client }) => {
    const techProfileId = read.options('options').number('techProfileId');
    return client.voltha.provision(read.text('serial'), {
      sVlan: read.number('sVlan'),
      cVlan: read.number('cVlan'),
      downKbps: read.number('downKbps'),
      upKbps: read.number('upKbps'),
      profileBase: read.text('profileBase'),
      ...(techProfileId === undefined ? {} : { techProfileId }),
    });
  },
});
