import { accessProfile as decide, defaultAccessPolicy, type AccessPlan, type AccessPoint, type AccessPolicy } from '../../../../core/src/index.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { jsonField, optionsField } from '../../../shared/fields.ts';
import { policyOption } from '../../fields.ts';

/** The VLANs and speed profiles an ONT is given at its place. */
export const accessProfile = defineOperation<undefined>({
  value: 'accessProfile',
  name: 'Access Profile',
  action: 'Decide access profile',
  description: 'Decide the VLAN pair and speed profiles of an ONT from the plan and its place on the OLT; the same place always gives the same pair',
  fields: [
    jsonField('plan', 'Plan', 'What the line carries: sku, downKbps, upKbps', { default: '={{ $json.order.access }}' }),
    jsonField('place', 'Place', 'Where the ONT is: slot, port, ontId, as in a fibre drop', { default: '={{ $json.drop }}' }),
    optionsField([policyOption]),
  ],
  run: ({ read }) => {
    const place = read.object('place') as unknown as AccessPoint & { readonly oltName?: string };
    const policy = read.options('options').json('policy') as Partial<AccessPolicy> | undefined;
    const olt = place.olt ?? place.oltName;
    return decide(read.object('plan') as unknown as AccessPlan, { slot: place.slot, port: place.port, ontId: place.ontId, ...(olt === undefined ? {} : { olt }) }, { ...defaultAccessPolicy, ...policy });
  },
});
