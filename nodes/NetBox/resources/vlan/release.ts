import { defineOperation } from '../../../shared/defineOperation.ts';
import type { NetBox } from '../../connect.ts';
import { vlanGroup } from '../../locators.ts';
import { vlanName } from './fields.ts';

/** Gives a VLAN back; the undo of Allocate. */
export const release = defineOperation<NetBox>({
  value: 'release',
  name: 'Release',
  action: 'Release VLAN',
  description: 'Give the VLAN of a name back to its group; giving back what is gone already counts as done',
  fields: [vlanGroup, vlanName],
  run: ({ read, client }) => client.vlans.release({ groupId: Number(read.picked('vlanGroup')), name: read.text('name') }),
});
