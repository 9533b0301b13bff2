import { defineOperation } from '../../../shared/defineOperation.ts';
import { numberField, optionsField, textField } from '../../../shared/fields.ts';
import { withFile } from '../../../shared/fileItem.ts';
import type { ErpNext } from '../../connect.ts';
import { outputField } from '../document/fields.ts';

const MB = 1024 * 1024;

/** The content of a file, private ones as well. */
export const download = defineOperation<ErpNext>({
  value: 'download',
  name: 'Download',
  action: 'Download file',
  description: 'Put a file of ERPNext on the item, private ones as well; fails when what comes is not the file that ERPNext keeps',
  fields: [
    textField('file', 'File', { placeholder: 'e.g. /private/files/signature.png', description: 'Address or name of the File document, e.g. the URL that Get Many gives' }),
    outputField,
    optionsField([
      textField('fileName', 'File Name', { placeholder: 'e.g. signature.png', description: 'Name of the file on the item; otherwise the one ERPNext has' }),
      numberField('maxSizeMb', 'Largest Size (MB)', 25, 'Larger files are refused before they are fetched', { minValue: 1 }),
    ]),
  ],
  run: async ({ read, client }) => {
    const options = read.options('options');
    const { content, contentType, ...file } = await client.files.download(read.text('file'), { maxBytes: (options.number('maxSizeMb') ?? 25) * MB });
    const fileName = options.text('fileName') ?? file.fileName;
    return withFile({ ...file, fileName, bytes: content.length }, { field: read.text('binaryPropertyName'), fileName, content, ...(contentType === '' ? {} : { mimeType: contentType }) });
  },
});
