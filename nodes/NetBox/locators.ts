import type { INodeProperties } from 'n8n-workflow';

/** A pick from a list of NetBox, or an ID; one more way to say it (label, name, example) may stand in between. */
function locator(name: string, displayName: string, description: string, searchListMethod: string, other?: readonly [label: string, name: string, placeholder: string]): INodeProperties {
  return {
    displayName, name, type: 'resourceLocator', default: { mode: 'list', value: '' }, required: true, description,
    modes: [
      { displayName: 'From List', name: 'list', type: 'list', placeholder: 'Choose…', typeOptions: { searchListMethod, searchable: true } },
      ...(other ? [{ displayName: other[0], name: other[1], type: 'string' as const, placeholder: other[2] }] : []),
      { displayName: 'ID', name: 'id', type: 'string', placeholder: 'e.g. 42', validation: [{ type: 'regex', properties: { regex: '^[0-9]+$', errorMessage: 'An ID of NetBox has digits only' } }] },
    ],
  };
}

export const pool = locator('prefix', 'Prefix', 'The pool to take from', 'searchPrefixes', ['CIDR', 'cidr', 'e.g. 100.64.16.0/22']);
export const vlanGroup = locator('vlanGroup', 'VLAN Group', 'The group whose VLANs are meant', 'searchVlanGroups');
export const device = locator('device', 'Device', 'The device in NetBox', 'searchDevices');
export const tenant = locator('tenant', 'Tenant', 'The customer in NetBox', 'searchTenants', ['Slug', 'slug', 'e.g. cust-000123']);

/** A prefix as it was picked: by text when it holds a slash. @example poolOf('100.64.16.0/22') // { prefix: '100.64.16.0/22' } */
export const poolOf = (picked: string): { readonly prefix: string } | { readonly prefixId: number } => (picked.includes('/') ? { prefix: picked } : { prefixId: Number(picked) });
