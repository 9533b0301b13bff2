import type { INodeProperties } from 'n8n-workflow';

const locator = (what: string, name: string, method: string, placeholder: string, description: string): INodeProperties => ({
  displayName: what,
  name,
  type: 'resourceLocator',
  default: { mode: 'list', value: '' },
  required: true,
  description,
  modes: [
    { displayName: 'From List', name: 'list', type: 'list', placeholder: `Choose a ${what.toLowerCase()}…`, typeOptions: { searchListMethod: method, searchable: true } },
    { displayName: 'Name', name: 'name', type: 'string', placeholder },
  ],
});

/** Things that GenieACS keeps by name. */
export const preset = locator('Preset', 'preset', 'searchPresets', 'e.g. isp-bootstrap', 'The rule that says which provisions run for which devices');
export const provision = locator('Provision', 'provision', 'searchProvisions', 'e.g. isp-bootstrap', 'The script, by its name');
export const virtualParameter = locator('Virtual Parameter', 'virtualParameter', 'searchVirtualParameters', 'e.g. opticalPower', 'The script that makes up a parameter, by its name');
export const file = locator('File', 'file', 'searchFiles', 'e.g. ht803g-w-6.00.00.bin', 'A file stored in GenieACS');
