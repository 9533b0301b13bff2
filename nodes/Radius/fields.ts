import type { INodeProperties } from 'n8n-workflow';
import type { RadiusEnforcement, RadiusPlanWanted } from '../../packages/hub/src/api.ts';
import { choiceField, numberField, textField } from '../shared/fields.ts';
import type { Inputs } from '../shared/inputs.ts';

/** A subscriber that is there, from the list or by name. */
export const subscriberField: INodeProperties = {
  displayName: 'Subscriber',
  name: 'username',
  type: 'resourceLocator',
  required: true,
  default: { mode: 'list', value: '' },
  description: 'The account in RADIUS, by its User-Name',
  modes: [
    { displayName: 'From List', name: 'list', type: 'list', placeholder: 'Choose a subscriber…', typeOptions: { searchListMethod: 'searchSubscribers', searchable: true } },
    { displayName: 'By Username', name: 'name', type: 'string', placeholder: 'e.g. sub-000123@isp.example', hint: 'Capitals count', validation: [{ type: 'regex', properties: { regex: '^[A-Za-z0-9@._:/-]{1,100}$', errorMessage: 'Letters, digits and @ . _ : / - only' } }] },
  ],
};
/** Name of an account that need not be there yet. */
export const newUsername = textField('username', 'Username', { placeholder: 'e.g. sub-000123@isp.example', description: 'User-Name of the subscriber in RADIUS', hint: 'Letters, digits and @ . _ : / - only' });

export const vendors = { cisco: 'Cisco', huawei: 'Huawei', juniper: 'Juniper', mikrotik: 'MikroTik', nokia: 'Nokia', wispr: 'WISPr' };
export const planSku = textField('planSku', 'Plan SKU', { placeholder: 'e.g. FIBRE_1G', description: 'The plan, which is also part of the name of its RADIUS group' });
export const downKbps = numberField('downKbps', 'Download (Kbps)', 1_000_000, 'Download speed of the plan in kilobits per second', { minValue: 1 });
export const upKbps = numberField('upKbps', 'Upload (Kbps)', 1_000_000, 'Upload speed of the plan in kilobits per second', { minValue: 1 });
export const nasVendor = choiceField('nasVendor', 'Access Router', vendors, 'mikrotik', 'Whose attributes carry speed and address');
export const planFields: readonly INodeProperties[] = [planSku, downKbps, upKbps, nasVendor];

/** The plan as it was filled in. */
export const planOf = (read: Inputs): RadiusPlanWanted => ({ planSku: read.text('planSku'), downKbps: read.number('downKbps'), upKbps: read.number('upKbps'), nasVendor: read.text('nasVendor') as RadiusPlanWanted['nasVendor'] });

export const enforceField = choiceField(
  'enforce',
  'Running Sessions',
  { nextLogin: 'Leave Until the Next Login', coa: 'Change by CoA', coaThenDisconnect: 'Change by CoA, Otherwise Disconnect', disconnect: 'Disconnect' },
  'coaThenDisconnect',
  'How sessions that run now learn of the change; the answer says in Enforced whether all of them did',
);
export const enforceOf = (read: Inputs): RadiusEnforcement => read.text('enforce') as RadiusEnforcement;

/** Reasons the hub has a list for. */
export const reasons = { abuse: 'Abuse', customerRequest: 'Customer Request', nonPayment: 'Non-Payment', technical: 'Technical' };

/** Reads on until there is no more, or as many as were asked for; the hub gives at most a thousand at a time. */
export async function pages<Row>(read: Inputs, page: (limit: number, last: Row | undefined) => Promise<readonly Row[]>): Promise<Row[]> {
  const wanted = read.flag('returnAll') ? Infinity : read.number('limit');
  const rows: Row[] = [];
  while (rows.length < wanted) {
    const size = Math.min(1000, wanted - rows.length);
    const more = await page(size, rows.at(-1));
    rows.push(...more);
    if (more.length < size) break;
  }
  return rows;
}
