import { defineOperation } from '../../../shared/defineOperation.ts';
import { numberField, optionsField } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { downKbps, profileBase, upKbps } from '../../fields.ts';
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
    downKbps,
    upKbps,
    profileBase,
    optionsField([
      { displayName: 'PPPoE', name: 'pppoe', type: 'boolean', default: false, description: 'Whether the subscriber dials in by PPPoE instead of asking for an address by DHCP' },
      numberField('techProfileId', 'Technology Profile ID', 64, 'Profile of T-CONT and GEM ports', { minValue: 64, maxValue: 255 }),
    ]),
  ],
  run: ({ read, client }) => {
    const options = read.options('options');
    const [techProfileId, pppoe] = [options.number('techProfileId'), options.flag('pppoe')];
    return client.voltha.provision(read.text('serial'), {
      sVlan: read.number('sVlan'),
      cVlan: read.number('cVlan'),
      downKbps: read.number('downKbps'),
      upKbps: read.number('upKbps'),
      profileBase: read.text('profileBase'),
      ...(techProfileId === undefined ? {} : { techProfileId }),
      ...(pppoe === undefined ? {} : { pppoe }),
    });
  },
});
