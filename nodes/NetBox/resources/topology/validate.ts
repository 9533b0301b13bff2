import { defaultTopologyPolicy, type TopologyPolicy } from '../../../../core/src/index.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { jsonField, numberField, optionsField, textField } from '../../../shared/fields.ts';
import type { NetBox } from '../../connect.ts';
import { given } from '../../fields.ts';
import { device } from '../../locators.ts';

/** Whether the fibre of an ONT is whole and leads where it should (S0-114). */
export const validate = defineOperation<NetBox>({
  value: 'validate',
  name: 'Validate',
  action: 'Validate fibre path',
  description: 'Trace the fibre from an ONT and say whether it is whole, in place, ends at the right OLT port and has the light its length promises; a no is an item with its code',
  fields: [
    { ...device, description: 'The ONT; from the OLT a trace stops at the first splitter' },
    optionsField([
      textField('olt', 'Expected OLT', { placeholder: 'e.g. olt-1', description: 'Name of the device the path must end at' }),
      textField('oltPort', 'Expected OLT Port', { placeholder: 'e.g. pon-3', description: 'Name of the port, or the number VOLTHA has for it' }),
      numberField('interfaceId', 'Interface ID', 0, 'PON interface of the ONT, when it has several', { minValue: 1 }),
      numberField('rxDbm', 'Measured Light (dBm)', -20, 'What the ONT reads, to compare with the budget of the path'),
      jsonField('policy', 'Policy', 'Fields that differ from the usual topology policy, such as { "oltRoles": ["headend"] }'),
    ]),
  ],
  run: ({ read, client }) => {
    const options = read.options('options');
    const policy: TopologyPolicy = { ...defaultTopologyPolicy, ...((options.json('policy') ?? {}) as Partial<TopologyPolicy>) };
    const { interfaceId, ...expected } = given(options, { text: ['olt', 'oltPort'], number: ['rxDbm', 'interfaceId'] });
    return client.topology.validate({ ...(interfaceId === undefined ? { deviceId: Number(read.picked('device')) } : { interfaceId: Number(interfaceId) }), ...expected }, policy);
  },
});
