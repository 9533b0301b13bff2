import { defineOperation } from '../../../shared/defineOperation.ts';
import { numberField, optionsField, textField } from '../../../shared/fields.ts';
import { withFile } from '../../../shared/fileItem.ts';
import type { ErpNext } from '../../connect.ts';
import { docType, documentName, outputField } from './fields.ts';

const plain = { displayName: 'Without Letterhead', name: 'withoutLetterhead', type: 'boolean', default: false, description: 'Whether to leave out the letterhead of the company' } as const;
const MB = 1024 * 1024;

/** A document as people get it. */
export const downloadPdf = defineOperation<ErpNext>({
  value: 'downloadPdf',
  name: 'Download PDF',
  action: 'Download document as PDF',
  description: 'Print a document and put the PDF on the item; fails when what comes is not a whole PDF',
  fields: [
    docType,
    documentName,
    outputField,
    optionsField([
      textField('format', 'Print Format', { placeholder: 'e.g. Facture', description: 'Name of a print format of the DocType; otherwise the one set in ERPNext' }),
      textField('language', 'Language', { placeholder: 'e.g. fr', description: 'Language of the labels; otherwise that of the document' }),
      textField('fileName', 'File Name', { placeholder: 'e.g. facture-avril.pdf', description: 'Name of the file; otherwise that of the document' }),
      numberField('maxSizeMb', 'Largest Size (MB)', 25, 'Larger files are refused', { minValue: 1 }),
      plain,
    ]),
  ],
  run: async ({ read, client }) => {
    const options = read.options('options');
    const [doctype, name, format, language] = [read.picked('docType'), read.picked('documentName'), options.text('format'), options.text('language')];
    const { fileName: given, content } = await client.documents.print(doctype, name, {
      letterhead: !(options.flag('withoutLetterhead') ?? false), maxBytes: (options.number('maxSizeMb') ?? 25) * MB, ...(format === undefined ? {} : { format }), ...(language === undefined ? {} : { language }),
    });
    const fileName = options.text('fileName') ?? given;
    return withFile({ doctype, name, fileName, bytes: content.length }, { field: read.text('binaryPropertyName'), fileName, mimeType: 'application/pdf', content });
  },
});
