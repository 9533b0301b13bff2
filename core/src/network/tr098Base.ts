import type { DeviceProfile } from './deviceProfile.ts';

const VOICE = 'Services.VoiceService.1.VoiceProfile.1';
const WLAN = 'LANDevice.1.WLANConfiguration';
const wlan = (band: string) => ({ find: { object: WLAN, where: { PossibleChannels: { regex: band } }, pick: 'lowest' as const } });

/** TR-098 and TR-104 v1 by the letter of the standards. Bands are told by the channels an instance may use: its number says nothing. */
export const tr098Base: DeviceProfile = {
  schema: 'leadlight.device-profile/1',
  id: 'tr098-base',
  confidence: 'assumed',
  root: 'InternetGatewayDevice',
  vars: { wifi24: wlan('^\\s*([1-9]|1[0-4])(\\D|$)'), wifi5: wlan('^\\s*(3[4-9]|[4-9]\\d|1\\d\\d)(\\D|$)') },
  caps: {
    'voip.1.registrar': { path: [`${VOICE}.SIP.RegistrarServer`], type: 'string', check: { ascii: [1, 256] } },
    'voip.1.registrarPort': { path: [`${VOICE}.SIP.RegistrarServerPort`], type: 'unsignedInt', check: { range: [1, 65_535] } },
    'voip.1.domain': { path: [`${VOICE}.SIP.UserAgentDomain`], type: 'string', check: { ascii: [1, 256] } },
    'voip.1.username': { path: [`${VOICE}.Line.1.SIP.AuthUserName`], type: 'string', check: { ascii: [1, 128] } },
    'voip.1.password': { path: [`${VOICE}.Line.1.SIP.AuthPassword`], type: 'string', secret: true, secretFrom: 'voip.password', check: { ascii: [1, 128] } },
    'voip.1.uri': { path: [`${VOICE}.Line.1.SIP.URI`], type: 'string', check: { ascii: [1, 389] } },
    'voip.1.number': { path: [`${VOICE}.Line.1.DirectoryNumber`], type: 'string', check: { ascii: [1, 32] } },
    'voip.digitMap': { path: [`${VOICE}.DigitMap`], type: 'string', check: { ascii: [1, 256] } },
    'voip.digitMapEnabled': { path: [`${VOICE}.DigitMapEnable`], type: 'boolean' },
    'voip.dtmf': { path: [`${VOICE}.DTMFMethod`], type: 'string', map: { inBand: 'InBand', rfc2833: 'RFC2833', sipInfo: 'SIPInfo' } },
    'voip.dscp.sip': { path: [`${VOICE}.SIP.DSCPMark`], type: 'unsignedInt', check: { range: [0, 63] } },
    'voip.dscp.rtp': { path: [`${VOICE}.RTP.DSCPMark`], type: 'unsignedInt', check: { range: [0, 63] } },
    // A word, not a boolean, in TR-104.
    'voip.1.enabled': { path: [`${VOICE}.Line.1.Enable`], type: 'string', map: { true: 'Enabled', false: 'Disabled' } },
    'wifi.24.ssid': { path: [`${WLAN}.\${wifi24}.SSID`], type: 'string', check: { utf8Bytes: [1, 32] } },
    'wifi.24.password': { path: [`${WLAN}.\${wifi24}.PreSharedKey.1.KeyPassphrase`, `${WLAN}.\${wifi24}.KeyPassphrase`], select: 'firstExisting', type: 'string', secret: true, secretFrom: 'wifi.password', check: { ascii: [8, 63] } },
    'wifi.24.enabled': { path: [`${WLAN}.\${wifi24}.Enable`], type: 'boolean' },
    'wifi.5.ssid': { path: [`${WLAN}.\${wifi5}.SSID`], type: 'string', check: { utf8Bytes: [1, 32] } },
    'wifi.5.password': { path: [`${WLAN}.\${wifi5}.PreSharedKey.1.KeyPassphrase`, `${WLAN}.\${wifi5}.KeyPassphrase`], select: 'firstExisting', type: 'string', secret: true, secretFrom: 'wifi.password', check: { ascii: [8, 63] } },
    'wifi.5.enabled': { path: [`${WLAN}.\${wifi5}.Enable`], type: 'boolean' },
    'ntp.enabled': { path: ['Time.Enable'], type: 'boolean' },
    'ntp.server1': { path: ['Time.NTPServer1'], type: 'string', check: { ascii: [1, 64] } },
    'ntp.server2': { path: ['Time.NTPServer2'], type: 'string', check: { ascii: [1, 64] } },
    'ntp.timeZone': { path: ['Time.LocalTimeZone'], type: 'string', check: { regex: '^[+-]\\d{2}:\\d{2}$' } },
    'acs.informEnabled': { path: ['ManagementServer.PeriodicInformEnable'], type: 'boolean' },
    'acs.informInterval': { path: ['ManagementServer.PeriodicInformInterval'], type: 'unsignedInt', check: { range: [30, 86_400] } },
    'acs.connectionRequestUsername': { path: ['ManagementServer.ConnectionRequestUsername'], type: 'string', check: { ascii: [1, 256] } },
    'acs.connectionRequestPassword': { path: ['ManagementServer.ConnectionRequestPassword'], type: 'string', secret: true, check: { ascii: [1, 256] } },
    'acs.url': { path: ['ManagementServer.URL'], type: 'string', check: { regex: '^https?://[\\x21-\\x7e]{1,240}$' } },
  },
  // A line is switched on when the rest of it is in.
  order: ['voip.d*', 'voip.1.*', 'voip.1.enabled', 'wifi.*', 'ntp.*'],
  groups: { atomic: [['wifi.24.ssid', 'wifi.24.password'], ['wifi.5.ssid', 'wifi.5.password'], ['acs.connectionRequestUsername', 'acs.connectionRequestPassword']] },
  verify: { skipSecret: true, afterMs: 2000 },
  danger: ['acs.url'],
  actions: { reboot: { cwmp: 'Reboot' }, factoryReset: { cwmp: 'FactoryReset' } },
};
