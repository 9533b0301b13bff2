import { defineOperation } from '../../../shared/defineOperation.ts';
import { optionsField, textField } from '../../../shared/fields.ts';
import type { GenieAcs } from '../../connect.ts';

const binaryField = textField('binaryPropertyName', 'Input Binary Field', { default: 'data', hint: 'The name of the input field that holds the file', description: 'Where the file is on the item, e.g. after an HTTP Request or Read File node' });
const fileType = textField('fileType', 'File Type', { default: '1 Firmware Upgrade Image', placeholder: 'e.g. 3 Vendor Configuration File', description: 'As TR-069 numbers and names it' });
const name = textField('name', 'File Name', { placeholder: 'e.g. ht803g-w-6.00.00.bin', description: 'Name to keep it by; default the name it comes with' });
const oui = textField('oui', 'OUI', { placeholder: 'e.g. 000E5E', description: 'Only devices of this manufacturer may get it' });
const productClass = textField('productClass', 'Product Class', { placeholder: 'e.g. HT803G-W', description: 'Only devices of this class may get it' });
const version = textField('version', 'Version', { placeholder: 'e.g. 6.00.00', description: 'The SoftwareVersion a device reports afterwards; it proves the upgrade' });

/** With its version, so that an upgrade can be proven. */
export const upload = defineOperation<GenieAcs>({
  value: 'upload',
  name: 'Upload',
  action: 'Upload file',
  description: 'Store a file for CPEs to fetch, mostly firmware, and look that every byte arrived; one of the same name is replaced',
  fields: [binaryField, optionsField([fileType, name, oui, productClass, version])],
  run: async ({ read, client }) => {
    const { bytes, fileName } = await read.binary('binaryPropertyName');
    const options = read.options('options');
    const given = Object.fromEntries(['fileType', 'oui', 'productClass', 'version'].flatMap((key) => (options.text(key) === undefined ? [] : [[key, options.text(key)]])));
    return client.files.upload(options.text('name') ?? fileName, bytes, given);
  },
});
