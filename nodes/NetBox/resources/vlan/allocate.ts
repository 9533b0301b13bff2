import { defineOperation } from '../../../shared/defineOperation.ts';
import { choiceField } from '../../../shared/fields.ts';
import type { NetBox } from '../../connect.ts';
import { vlanGroup } from '../../locators.ts';
import { vlanName } from './fields.ts';

/** The next free VLAN of a group, once per name. */
export const allocate = defineOperation<NetBox>({
  value: 'allocate',
  name: 'Allocate',
  action: 'Allocate VLAN',
  description: 'Take the next free VLAN of a group under a name; asked again with the same name it answers with the same VLAN, also after a lost reply',
  fields: [vlanGroup, vlanName, choiceField('status', 'Status', { active: 'Active', reserved: 'Reserved' }, 'active', 'Status of a new VLAN')],
  run: ({ read, client }) => client.vlans.allocate({ groupId: Number(read.picked('vlanGroup')), name: read.text('name'), status: read.text('status') as 'active' }),
});
