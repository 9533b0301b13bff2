import { defineOperation } from '../../../shared/defineOperation.ts';
import { choiceField, optionsField, textField } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { serial, version } from './fields.ts';

/** Software upgrade, step by step, so that an operator sees and stops it. */
export const upgradeImage = defineOperation<HubClient>({
  value: 'upgradeImage',
  name: 'Upgrade Image',
  action: 'Upgrade software image of ONU',
  description: 'Take one step of a software upgrade: download the image, activate it (the ONU restarts), commit it, or abort; answers how it stands and which step is next',
  fields: [
    serial,
    choiceField('step', 'Step', { download: 'Download', activate: 'Activate', commit: 'Commit', abort: 'Abort' }, 'download', 'Which step to take; the steps follow one another'),
    version,
    { ...textField('url', 'Image URL', { placeholder: 'e.g. http://images.isp.example/onu-v2.img', description: 'Where the ONU adapter of VOLTHA fetches the file; https is not taken' }), displayOptions: { show: { step: ['download'] } } },
    optionsField([
      { displayName: 'Activate on Success', name: 'activateOnSuccess', type: 'boolean', default: false, description: 'Whether to activate without being asked again once downloaded (step Download)' },
      { displayName: 'Commit on Success', name: 'commitOnSuccess', type: 'boolean', default: false, description: 'Whether to commit without being asked again once activated (steps Download and Activate)' },
      { displayName: 'CRC32', name: 'crc32', type: 'number', default: 0, description: 'Checksum of the file; 0 is not checked (step Download)' },
      textField('vendor', 'Vendor', { placeholder: 'e.g. ALPH', description: 'Maker of the image, when the adapter shall compare it (step Download)' }),
    ]),
  ],
  run: ({ read, client }) => {
    const { images } = client.voltha;
    const [serialText, wanted, options] = [read.text('serial'), read.text('version'), read.options('options')];
    const commitOnSuccess = options.flag('commitOnSuccess') ?? false;
    switch (read.text('step')) {
      case 'activate':
        return images.activate(serialText, { version: wanted, commitOnSuccess });
      case 'commit':
        return images.commit(serialText, wanted);
      case 'abort':
        return images.abort(serialText, wanted);
      default: {
        const [vendor, crc32] = [options.text('vendor'), options.number('crc32')];
        const more = { ...(vendor === undefined ? {} : { vendor }), ...(crc32 === undefined ? {} : { crc32 }) };
        return images.download(serialText, { version: wanted, url: read.text('url'), activateOnSuccess: options.flag('activateOnSuccess') ?? false, commitOnSuccess, ...more });
      }
    }
  },
});
