import type { DeviceProfile } from './deviceProfile.ts';

const SIP = 'Services.VoiceService.1.SIP';
const PROFILE = 'Services.VoiceService.1.VoIPProfile.1';
const radio = (band: string) => ({ find: { object: 'WiFi.SSID', where: { LowerLayers: { ref: 'WiFi.Radio', where: { OperatingFrequencyBand: band } } }, pick: 'lowest' as const } });
const access = (ssid: string) => ({ find: { object: 'WiFi.AccessPoint', where: { SSIDReference: `WiFi.SSID.\${${ssid}}.` }, pick: 'lowest' as const } });

/**
 * TR-181 and TR-104 v2 by the letter of the standards. A network's band is the radio its LowerLayers lead to; only the lowest network of a
 * band is the subscriber's own, the others are guests and backhaul.
 */
export const tr181Base: DeviceProfile = {
  schema: 'leadlight.device-profile/1',
  id: 'tr181-base',
  confidence: 'assumed',
  root: 'Device',
  vars: { wifi24: radio('2.4GHz'), ap24: access('wifi24'), wifi5: radio('5GHz'), ap5: access('wifi5') },
  caps: {
    'voip.1.registrar': { path: [`${SIP}.Network.1.RegistrarServer`], type: 'string', check: { ascii: [1, 256] } },
    'voip.1.registrarPort': { path: [`${SIP}.Network.1.RegistrarServerPort`], type: 'unsignedInt', check: { range: [1, 65_535] } },
    'voip.1.domain': { path: [`${SIP}.Network.1.UserAgentDomain`], type: 'string', check: { ascii: [1, 256] } },
    'voip.1.username': { path: [`${SIP}.Client.1.AuthUserName`], type: 'string', check: { ascii: [1, 128] } },
    'voip.1.password': { path: [`${SIP}.Client.1.AuthPassword`], type: 'string', secret: true, secretFrom: 'voip.password', check: { ascii: [1, 128] } },
    'voip.1.uri': { path: [`${SIP}.Client.1.RegisterURI`], type: 'string', check: { ascii: [1, 389] } },
    'voip.dtmf': { path: [`${PROFILE}.DTMFMethod`], type: 'string', map: { inBand: 'InBand', rfc2833: 'RFC2833', sipInfo: 'SIPInfo' } },
    'voip.dscp.sip': { path: [`${SIP}.Network.1.DSCPMark`], type: 'unsignedInt', check: { range: [0, 63] } },
    'voip.dscp.rtp': { path: [`${PROFILE}.RTP.DSCPMark`], type: 'unsignedInt', check: { range: [0, 63] } },
    'voip.1.enabled': { path: [`${SIP}.Client.1.Enable`], type: 'boolean' },
    'wifi.24.ssid': { path: ['WiFi.SSID.${wifi24}.SSID'], type: 'string', check: { utf8Bytes: [1, 32] } },
    'wifi.24.password': { path: ['WiFi.AccessPoint.${ap24}.Security.KeyPassphrase'], type: 'string', secret: true, secretFrom: 'wifi.password', check: { ascii: [8, 63] } },
    'wifi.24.enabled': { path: ['WiFi.SSID.${wifi24}.Enable'], type: 'boolean' },
    'wifi.5.ssid': { path: ['WiFi.SSID.${wifi5}.SSID'], type: 'string', check: { utf8Bytes: [1, 32] } },
    'wifi.5.password': { path: ['WiFi.AccessPoint.${ap5}.Security.KeyPassphrase'], type: 'string', secret: true, secretFrom: 'wifi.password', check: { ascii: [8, 63] } },
    'wifi.5.enabled': { path: ['WiFi.SSID.${wifi5}.Enable'], type: 'boolean' },
    'ntp.enabled': { path: ['Time.Enable'], type: 'boolean' },
    'ntp.server1': { path: ['Time.NTPServer1'], type: 'string', check: { ascii: [1, 64] } },
    'ntp.server2': { path: ['Time.NTPServer2'], type: 'string', check: { ascii: [1, 64] } },
    'ntp.timeZone': { path: ['Time.LocalTimeZone'], type: 'string', check: { ascii: [1, 256] } },
    'upnp.enabled': { path: ['UPnP.Device.UPnPIGD'], type: 'boolean' },
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
  actions: { reboot: { cwmp: 'Reboot', usp: 'Device.Reboot()' }, factoryReset: { cwmp: 'FactoryReset', usp: 'Device.FactoryReset()' } },
};
