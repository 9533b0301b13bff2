import type { INodeProperties } from 'n8n-workflow';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { textField } from '../../../shared/fields.ts';
import type { GenieAcs } from '../../connect.ts';

const script: INodeProperties = {
  displayName: 'Script',
  name: 'script',
  type: 'string',
  typeOptions: { editor: 'codeNodeEditor', editorLanguage: 'javaScript' },
  default: 'return { writable: false, value: ["x", "xsd:string"] };',
  required: true,
  description: 'JavaScript as GenieACS runs it: declare, clear, commit, ext, log',
};

/** A script that does not compile comes back with the words of GenieACS. */
export const save = defineOperation<GenieAcs>({
  value: 'save',
  name: 'Save',
  action: 'Save virtual parameter',
  description: 'Write a virtual parameter and look that it is stored; equal already, nothing is sent; anyone who reaches the interface can read it, so keep secrets out',
  fields: [textField('name', 'Name', { placeholder: 'e.g. isp-example', description: 'With a prefix of your own, so that nobody else\'s is touched' }), script],
  run: ({ read, client }) => client.virtualParameters.put(read.text('name'), read.text('script')),
});
