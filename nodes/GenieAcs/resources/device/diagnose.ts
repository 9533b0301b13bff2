import { defineOperation } from '../../../shared/defineOperation.ts';
import { numberField, optionsField, textField } from '../../../shared/fields.ts';
import type { GenieAcs } from '../../connect.ts';
import { device, deviceIdOf } from '../../fields.ts';

const host = textField('host', 'Ping Host', { placeholder: 'e.g. 192.0.2.10', description: 'What the device itself shall ping; without it only the ACS pings the device' });
const repetitions = numberField('repetitions', 'Repetitions', 4, 'How many packets the device sends', { minValue: 1, maxValue: 100 });

/** Each part says what was seen; nothing is concluded from silence alone. */
export const diagnose = defineOperation<GenieAcs>({
  value: 'diagnose',
  name: 'Diagnose',
  action: 'Diagnose device',
  description: 'Find out why a CPE is in trouble: last inform, connection request, ping from the ACS, ping from the CPE, waiting tasks and faults',
  fields: [device, optionsField([host, repetitions])],
  run: async ({ read, client }) => {
    const options = read.options('options');
    const target = options.text('host');
    const times = options.number('repetitions');
    return client.diagnose(await deviceIdOf(read, client), { ...(target === undefined ? {} : { host: target }), ...(times === undefined ? {} : { repetitions: times }) });
  },
});
