import { defineOperation } from '../../../shared/defineOperation.ts';
import { numberField, optionsField, textField } from '../../../shared/fields.ts';
import type { GenieAcs } from '../../connect.ts';
import { file } from '../../named.ts';

const waveSize = numberField('waveSize', 'Wave Size', 10, 'How many devices may be under way at once', { minValue: 1, maxValue: 500 });
const stopAfterFailures = numberField('stopAfterFailures', 'Stop After', 3, 'No further wave once so many devices failed', { minValue: 1 });
const productClass = textField('productClass', 'Product Class', { placeholder: 'e.g. HT803G-W', description: 'Only devices of this class; default the one kept with the file' });
const tag = textField('tag', 'Tag', { placeholder: 'e.g. pilot', description: 'Only devices with this tag' });

/** What is under way is kept as tags in GenieACS, so nothing is forgotten and no device is ordered twice (S0-109). */
export const rollOutFirmware = defineOperation<GenieAcs>({
  value: 'rollOutFirmware',
  name: 'Roll Out Firmware',
  action: 'Roll out firmware to devices',
  description: 'Take one step of a firmware rollout: look what became of the devices ordered before, order the next wave, stop when too many failed; call it on a schedule until it says done',
  fields: [file, optionsField([productClass, stopAfterFailures, tag, waveSize])],
  run: ({ read, client }) => {
    const options = read.options('options');
    const filter = Object.fromEntries(['productClass', 'tag'].flatMap((name) => (options.text(name) === undefined ? [] : [[name, options.text(name)]])));
    const size = options.number('waveSize');
    const most = options.number('stopAfterFailures');
    return client.rollout({ file: read.picked('file'), filter, ...(size === undefined ? {} : { waveSize: size }), ...(most === undefined ? {} : { stopAfterFailures: most }) });
  },
});
