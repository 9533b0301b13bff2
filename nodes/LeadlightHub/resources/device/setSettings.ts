import { defineOperation } from '../../../shared/defineOperation.ts';
import { jsonField, numberField, optionsField, textField } from '../../../shared/fields.ts';
import type { HubClient } from '../../../shared/hub.ts';
import type { DeviceSettings } from '../../../../packages/hub/src/api.ts';
import { serial } from './fields.ts';

/** Keeps what the ACS will fetch for a device; passwords are minted by the hub and never pass through n8n. */
export const setSettings = defineOperation<HubClient>({
  value: 'setSettings',
  name: 'Set Settings',
  action: 'Set settings of device',
  description: 'Keep the settings the ACS fetches for a device by itself; Wi-Fi and SIP passwords are minted in the hub and never seen here',
  fields: [
    serial,
    textField('orderId', 'Order ID', { placeholder: 'e.g. ord_3NxQ7mK2', description: 'The order the device serves' }),
    optionsField([
      numberField('vlan', 'VLAN', 0, 'VLAN of the internet service', { minValue: 1, maxValue: 4094 }),
      jsonField('voip', 'VoIP', 'SIP account without its password: username, domain, registrar'),
      textField('wifiSsid', 'Wi-Fi SSID', { description: 'Name of the wireless network' }),
    ]),
  ],
  run: ({ read, client }) => {
    const options = read.options('options');
    const ssid = options.text('wifiSsid');
    const voip = options.json('voip') as DeviceSettings['voip'];
    const vlan = options.number('vlan');
    return client.devices.settings(read.text('serial'), {
      orderId: read.text('orderId'),
      ...(ssid === undefined ? {} : { wifi: { ssid } }),
      ...(voip === undefined ? {} : { voip }),
      ...(vlan === undefined ? {} : { vlan }),
    });
  },
});
