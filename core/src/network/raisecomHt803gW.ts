import type { DeviceProfile } from './deviceProfile.ts';

const WAN = 'WANDevice.1.WANConnectionDevice';
const WLAN = 'LANDevice.1.WLANConfiguration';
const secretOf = (path: string) => ({ path: [path], type: 'string' as const, secret: true, secretFrom: 'wifi.password', check: { ascii: [8, 63] } });

/**
 * Raisecom HT803G-W: TR-098 with CT-COM extensions, from public descriptions of the HT803G-WS2. Voice, time, UPnP and bridge are the same in
 * both hardware revisions; Wi-Fi is not, so it is left to the revisions, told apart by their firmware.
 */
export const raisecomHt803gW: DeviceProfile = {
  schema: 'leadlight.device-profile/1',
  id: 'raisecom-ht803g-w',
  extends: 'tr098-base',
  confidence: 'published',
  match: { all: [{ field: 'productClass', regex: '^HT803G-W(S2)?$' }], priority: 50 },
  vars: {
    // The connection of the subscriber's traffic; the one that carries TR-069 is never found, it must be named.
    wan: { find: { object: WAN, where: { 'WANIPConnection.1.X_CT-COM_ServiceList': { regex: '^(?!.*TR069).*INTERNET' } }, pick: 'lowest' } },
  },
  caps: {
    'upnp.enabled': { path: ['DeviceInfo.X_CT-COM_UPNP.Enable'], type: 'boolean' },
    'wan.vlan': { path: [`${WAN}.\${wan}.X_CT-COM_WANGponLinkConfig.VLANIDMark`], type: 'unsignedInt', check: { range: [1, 4094] } },
    'wan.bridge': { path: [`${WAN}.\${wan}.WANIPConnection.1.ConnectionType`], type: 'string', map: { true: 'IP_Bridged', false: 'IP_Routed' }, confidence: 'assumed' },
  },
  unsupported: ['wifi.24.ssid', 'wifi.24.password', 'wifi.24.enabled', 'wifi.5.ssid', 'wifi.5.password', 'wifi.5.enabled'],
  groups: { atomic: [['wan.vlan', 'wan.bridge']] },
  danger: ['wan.bridge', 'wan.vlan'],
};

const wifi = (band: '24' | '5', password: string, beacon: string): NonNullable<DeviceProfile['caps']> => {
  const at = `${WLAN}.\${wifi${band}}`;
  return {
    [`wifi.${band}.ssid`]: { path: [`${at}.SSID`], type: 'string', check: { utf8Bytes: [1, 32], ...(beacon === '11i' ? { regex: '^\\S+$' } : {}) } },
    [`wifi.${band}.password`]: secretOf(`${at}.${password}`),
    [`wifi.${band}.enabled`]: { path: [`${at}.Enable`], type: 'boolean' },
    [`wifi.${band}.security`]: { path: [`${at}.BeaconType`], type: 'string', map: { wpa2: beacon } },
  };
};

/** Revision A, firmware 5.00: 5 GHz is instance 5, the passphrase stands under PreSharedKey, a network name has no spaces. */
export const raisecomHt803gWA: DeviceProfile = {
  schema: 'leadlight.device-profile/1',
  id: 'raisecom-ht803g-w-a',
  extends: 'raisecom-ht803g-w',
  confidence: 'published',
  match: { all: [{ field: 'productClass', regex: '^HT803G-W(S2)?$' }], firmware: { regex: '^\\s*5\\.00\\.' }, priority: 60 },
  vars: { wifi24: { fixed: 1 }, wifi5: { fixed: 5 } },
  caps: { ...wifi('24', 'PreSharedKey.1.KeyPassphrase', '11i'), ...wifi('5', 'PreSharedKey.1.KeyPassphrase', '11i') },
};

/** Revision B, firmware 3.20: 5 GHz is instance 6, the passphrase stands at the network itself. */
export const raisecomHt803gWB: DeviceProfile = {
  schema: 'leadlight.device-profile/1',
  id: 'raisecom-ht803g-w-b',
  extends: 'raisecom-ht803g-w',
  confidence: 'published',
  match: { all: [{ field: 'productClass', regex: '^HT803G-W(S2)?$' }], firmware: { regex: '^\\s*3\\.20' }, priority: 60 },
  vars: { wifi24: { fixed: 1 }, wifi5: { fixed: 6 } },
  caps: { ...wifi('24', 'KeyPassphrase', 'WPAand11i'), ...wifi('5', 'KeyPassphrase', 'WPAand11i') },
};
