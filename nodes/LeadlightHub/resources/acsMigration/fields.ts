import type { INodeProperties } from 'n8n-workflow';
import type { JsonObject } from '../../../../core/src/index.ts';
import type { AcsMigrationRequest } from '../../../../packages/hub/src/api.ts';
import { jsonField, optionsField, textField } from '../../../shared/fields.ts';
import type { Options } from '../../../shared/inputs.ts';

export const run: INodeProperties = {
  displayName: 'Migration',
  name: 'run',
  type: 'resourceLocator',
  required: true,
  default: { mode: 'list', value: '' },
  description: 'The run of the migration, as it was named when it was started',
  modes: [
    { displayName: 'From List', name: 'list', type: 'list', placeholder: 'Choose a migration…', typeOptions: { searchListMethod: 'searchMigrations', searchable: true } },
    { displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. spring-2026' },
  ],
};
export const because = textField('because', 'Reason', { placeholder: 'e.g. customers of OLT 3 complain', description: 'One sentence for the journal, without personal data' });
export const scope = optionsField([
  jsonField('oltOf', 'OLT of Serials', 'Serial to OLT, for routers behind an ONT that the fibre register does not know, e.g. {"403F8C000001": "172.17.128.2"}'),
  textField('olts', 'OLTs', { placeholder: 'e.g. 172.17.128.2, 172.17.128.3', description: 'Only devices of these OLTs, separated by commas' }),
  jsonField('policy', 'Policy', 'Parts of the migration policy that differ from the default, e.g. {"ladder": [{"size": 5}, {"size": 50}], "soakHours": 72}'),
  textField('productClass', 'Product Class', { placeholder: 'e.g. HT803G-W', description: 'Only devices of this product class' }),
  textField('serials', 'Serials', { placeholder: 'e.g. RCMG19E01234, RCMG19E01235', description: 'Only these devices, by serial number, separated by commas' }),
  textField('tag', 'Tag', { placeholder: 'e.g. pilot', description: 'Only devices with this tag in GenieACS' }),
]);

/** What was added of the scope, in the hub's words. */
export function scopeOf(options: Options): AcsMigrationRequest {
  const [productClass, tag] = ['productClass', 'tag'].map((name) => options.text(name));
  const [olts, serials] = ['olts', 'serials'].map((name) => options.list(name));
  const oltOf = options.json('oltOf') as Readonly<Record<string, string>> | undefined;
  const policy = options.json('policy') as JsonObject | undefined;
  return {
    ...(olts === undefined ? {} : { olts }), ...(productClass === undefined ? {} : { productClass }), ...(serials === undefined ? {} : { serials }), ...(tag === undefined ? {} : { tag }), ...(oltOf === undefined ? {} : { oltOf }), ...(policy === undefined ? {} : { policy }),
  };
}
