import type { DeviceFacts } from './deviceProfile.ts';

type Value = string | number | boolean;
const tree = (root: string, writable: Readonly<Record<string, Value>>, readOnly: Readonly<Record<string, Value>> = {}): DeviceFacts =>
  Object.fromEntries([[writable, true], [readOnly, false]].flatMap(([part, can]) => Object.entries(part as Record<string, Value>).map(([path, value]) => [
    `${root}.${path}`, { value: /Passphrase|Password/.test(path) ? null : value, type: typeof value === 'string' ? 'xsd:string' : typeof value === 'number' ? 'xsd:unsignedInt' : 'xsd:boolean', writable: can as boolean, object: false },
  ])));
const MANAGEMENT = { 'ManagementServer.URL': 'http://acs.example:7547/', 'ManagementServer.PeriodicInformEnable': true, 'ManagementServer.PeriodicInformInterval': 300, 'ManagementServer.ConnectionRequestUsername': 'acs', 'ManagementServer.ConnectionRequestPassword': '' };
const TIME = { 'Time.Enable': true, 'Time.NTPServer1': '', 'Time.NTPServer2': '', 'Time.LocalTimeZone': '+00:00' };

/** A TR-098 device; `wlan` says instance → channels. Passphrases stand where `passphrase` says. */
function igd(model: string, firmware: string, wlan: Readonly<Record<number, string>>, passphrase: string): DeviceFacts {
  const voice = 'Services.VoiceService.1.VoiceProfile.1';
  const writable: Record<string, Value> = {
    ...MANAGEMENT, ...TIME, 'DeviceInfo.X_CT-COM_UPNP.Enable': true,
    [`${voice}.SIP.RegistrarServer`]: '', [`${voice}.SIP.RegistrarServerPort`]: 5060, [`${voice}.SIP.UserAgentDomain`]: '', [`${voice}.SIP.DSCPMark`]: 0, [`${voice}.RTP.DSCPMark`]: 0, [`${voice}.DigitMap`]: '', [`${voice}.DigitMapEnable`]: false, [`${voice}.DTMFMethod`]: 'InBand',
    [`${voice}.Line.1.Enable`]: 'Disabled', [`${voice}.Line.1.DirectoryNumber`]: '', [`${voice}.Line.1.SIP.AuthUserName`]: '', [`${voice}.Line.1.SIP.AuthPassword`]: '', [`${voice}.Line.1.SIP.URI`]: '',
  };
  for (const [i, service] of [[1, 'TR069'], [2, 'INTERNET']] as const) {
    const wan = `WANDevice.1.WANConnectionDevice.${i}`;
    Object.assign(writable, { [`${wan}.WANIPConnection.1.ConnectionType`]: 'IP_Routed', [`${wan}.WANIPConnection.1.X_CT-COM_ServiceList`]: service, [`${wan}.X_CT-COM_WANGponLinkConfig.VLANIDMark`]: 0 });
  }
  const readOnly: Record<string, Value> = { 'DeviceInfo.ModelName': model, 'DeviceInfo.SoftwareVersion': firmware };
  for (const [i, channels] of Object.entries(wlan)) {
    const at = `LANDevice.1.WLANConfiguration.${i}`;
    Object.assign(writable, { [`${at}.SSID`]: `factory-${i}`, [`${at}.Enable`]: true, [`${at}.${passphrase}`]: '', [`${at}.BeaconType`]: '11i' });
    readOnly[`${at}.PossibleChannels`] = channels;
  }
  return tree('InternetGatewayDevice', writable, readOnly);
}

/** A TR-181 device; `ssids` says instance → radio. Radio 1 is 2.4 GHz, radio 2 is 5 GHz; access points count from 1, against the SSIDs. */
function tr181(model: string, ssids: Readonly<Record<number, number>>, more: Readonly<Record<string, Value>>): DeviceFacts {
  const writable: Record<string, Value> = { ...MANAGEMENT, ...TIME, ...more };
  const readOnly: Record<string, Value> = { 'DeviceInfo.ModelName': model, 'DeviceInfo.SoftwareVersion': '1.0', 'WiFi.Radio.1.OperatingFrequencyBand': '2.4GHz', 'WiFi.Radio.2.OperatingFrequencyBand': '5GHz' };
  for (const [n, [i, radio]] of Object.entries(ssids).entries()) {
    const ap = /^XX/.test(model) ? Number(i) : Object.keys(ssids).length - n;
    Object.assign(writable, { [`WiFi.SSID.${i}.SSID`]: `factory-${i}`, [`WiFi.SSID.${i}.Enable`]: true, [`WiFi.AccessPoint.${ap}.Security.KeyPassphrase`]: '' });
    Object.assign(readOnly, { [`WiFi.SSID.${i}.LowerLayers`]: `Device.WiFi.Radio.${radio}.`, [`WiFi.AccessPoint.${ap}.SSIDReference`]: `Device.WiFi.SSID.${i}.` });
  }
  return tree('Device', writable, readOnly);
}

const TP_VOICE = 'X_TP_Services.X_TP_VoiceService.1.VoiceProfile.1';
const account = `${TP_VOICE}.MultiIsp.1`;
const xx: Readonly<Record<string, Value>> = {
  'NAT.X_TP_UPnPCfg.Enable': true, [`${TP_VOICE}.DigitMap`]: '', [`${TP_VOICE}.DigitMapEnable`]: false, [`${TP_VOICE}.DTMFMethod`]: 'InBand', [`${TP_VOICE}.SIP.DSCPMark`]: 0, [`${TP_VOICE}.RTP.DSCPMark`]: 46,
  [`${account}.MultiAccountEnable`]: 0, [`${account}.MultiVoipNum`]: '', [`${account}.MultiAuthUserName`]: '', [`${account}.MultiAuthPassword`]: '', [`${account}.MultiRegistrarServer`]: '', [`${account}.MultiRegistrarServerPort`]: 5060, [`${account}.MultiDomain`]: '',
};
const SIP = 'Services.VoiceService.1.SIP';
const standard: Readonly<Record<string, Value>> = {
  'UPnP.Device.UPnPIGD': true, 'Services.VoiceService.1.VoIPProfile.1.DTMFMethod': 'InBand', 'Services.VoiceService.1.VoIPProfile.1.RTP.DSCPMark': 0,
  [`${SIP}.Network.1.RegistrarServer`]: '', [`${SIP}.Network.1.RegistrarServerPort`]: 5060, [`${SIP}.Network.1.UserAgentDomain`]: '', [`${SIP}.Network.1.DSCPMark`]: 0,
  [`${SIP}.Client.1.Enable`]: false, [`${SIP}.Client.1.AuthUserName`]: '', [`${SIP}.Client.1.AuthPassword`]: '', [`${SIP}.Client.1.RegisterURI`]: '',
};
const [LOW, HIGH] = ['1-11', '36,40,44,48,149,153,157,161'];

/** Trees as they would be read from one device of each model, cut to what profiles touch. */
export const deviceFacts: Readonly<Record<string, DeviceFacts>> = {
  // 5 GHz at instance 1: the number of a network says nothing.
  'tr098-base': igd('W5-2100G', '1', { 1: HIGH, 2: LOW }, 'KeyPassphrase'),
  'tr181-base': tr181('Generic', { 1: 2, 2: 2, 4: 1 }, standard),
  'raisecom-ht803g-w': igd('HT803G-W', '', { 1: LOW, 5: HIGH }, 'PreSharedKey.1.KeyPassphrase'),
  'raisecom-ht803g-w-a': igd('HT803G-W', ' 5.00.21', { 1: LOW, 2: LOW, 5: HIGH, 6: HIGH }, 'PreSharedKey.1.KeyPassphrase'),
  'raisecom-ht803g-w-b': igd('HT803G-W', '3.20', { 1: LOW, 2: LOW, 5: HIGH, 6: HIGH }, 'KeyPassphrase'),
  'tplink-deco': tr181('X50-PoE', { 2: 1, 5: 2, 7: 1 }, {}),
  'tplink-xx230v': tr181('XX230v', { 1: 1, 3: 2, 6: 1, 8: 2, 9: 2 }, xx),
  'tplink-xx430v': tr181('XX430v', { 1: 1, 3: 2, 6: 1 }, xx),
  'tplink-xx530v': tr181('XX530v', { 1: 1, 3: 2, 6: 1 }, xx),
};
