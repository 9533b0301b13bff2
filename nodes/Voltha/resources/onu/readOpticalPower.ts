import { defineOperation } from '../../../shared/defineOperation.ts';
import { numberField, optionsField } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { serial } from './fields.ts';

const LIMITS = ['onuWarning', 'onuCritical', 'oltWarning', 'oltCritical'] as const;

/** Light levels with a verdict and its reasons. */
export const readOpticalPower = defineOperation<HubClient>({
  value: 'readOpticalPower',
  name: 'Read Optical Power',
  action: 'Read optical power of ONU',
  description: 'Measure received and sent light at ONU and OLT in dBm, with a verdict (good, warning, critical, no reading), its reasons, and the trend against the own normal of the ONU',
  fields: [
    serial,
    optionsField([
      numberField('oltCritical', 'OLT Critical Below (dBm)', -28, 'Received at the OLT, weaker than this is critical'),
      numberField('oltWarning', 'OLT Warning Below (dBm)', -26, 'Received at the OLT, weaker than this is a warning'),
      numberField('onuCritical', 'ONU Critical Below (dBm)', -27, 'Received at the ONU, weaker than this is critical'),
      numberField('onuWarning', 'ONU Warning Below (dBm)', -25, 'Received at the ONU, weaker than this is a warning'),
    ]),
  ],
  run: ({ read, client }) => {
    const options = read.options('options');
    const limits = LIMITS.flatMap((name) => (options.number(name) === undefined ? [] : [[name, options.number(name)] as const]));
    return client.voltha.optical(read.text('serial'), Object.fromEntries(limits));
  },
});
