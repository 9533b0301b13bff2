import { defineOperation } from '../../../shared/defineOperation.ts';
import { numberField, optionsField, textField } from '../../../shared/fields.ts';
import type { ErpNext } from '../../connect.ts';
import { docType, documentName } from '../document/fields.ts';

const open = { displayName: 'Public', name: 'public', type: 'boolean', default: false, description: 'Whether everybody who knows the address may read the file; otherwise only who may read the document' } as const;
const MB = 1024 * 1024;

/** A file attached to a document, once: the same content is found again. */
export const upload = defineOperation<ErpNext>({
  value: 'upload',
  name: 'Upload',
  action: 'Upload file',
  description: 'Attach a file of the item to a document; the same content on the same document is found, not stored a second time',
  fields: [
    docType,
    documentName,
    textField('binaryPropertyName', 'Input Binary Field', { default: 'data', hint: 'The name of the input field that holds the file', description: 'Where the file is on the item, e.g. after an HTTP Request or Read File node' }),
    optionsField([
      textField('fileName', 'File Name', { placeholder: 'e.g. signature.png', description: 'Name under which it is stored; otherwise the name the item gives' }),
      textField('field', 'Attach Field', { placeholder: 'e.g. image', description: 'Field of the document that is to show the file' }),
      numberField('maxSizeMb', 'Largest Size (MB)', 25, 'What the site takes; larger files are refused before they are sent', { minValue: 1 }),
      open,
    ]),
  ],
  run: async ({ read, client }) => {
    const options = read.options('options');
    const { bytes, fileName, mimeType } = await read.binary('binaryPropertyName');
    const field = options.text('field');
    return client.files.upload({
      doctype: read.picked('docType'), name: read.picked('documentName'), fileName: options.text('fileName') ?? fileName, content: bytes, contentType: mimeType,
      isPrivate: !(options.flag('public') ?? false), maxBytes: (options.number('maxSizeMb') ?? 25) * MB, ...(field === undefined ? {} : { field }),
    });
  },
});
