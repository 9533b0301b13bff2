// Parameter trees of the CPEs this ISP installs, cut to what matters (acs.md 1.8, 5). `hidden` reads back empty, as real CPEs do.
export type CpeValue = string | number | boolean;
export interface CpeParameter {
  value: CpeValue;
  readonly type: 'xsd:string' | 'xsd:boolean' | 'xsd:unsignedInt' | 'xsd:int' | 'xsd:dateTime';
  readonly writable: boolean;
  readonly hidden?: boolean;
}
export type Tree = Map<string, CpeParameter>;

const guess = (value: CpeValue): CpeParameter['type'] => (typeof value === 'boolean' ? 'xsd:boolean' : typeof value === 'number' ? 'xsd:unsignedInt' : 'xsd:string');

function tree(root: string, writable: Record<string, CpeValue>, readOnly: Record<string, CpeValue>): Tree {
  const made: Tree = new Map();
  for (const [path, value] of Object.entries(readOnly)) made.set(`${root}.${path}`, { value, type: guess(value), writable: false });
  for (const [path, value] of Object.entries(writable)) {
    made.set(`${root}.${path}`, { value, type: guess(value), writable: true, ...(/(Passphrase|Password)$/.test(path) ? { hidden: true } : {}) });
  }
  return made;
}

const ping = (at: string): Record<string, CpeValue> => ({ [`${at}.DiagnosticsState`]: 'None', [`${at}.Host`]: '', [`${at}.NumberOfRepetitions`]: 1, [`${at}.Timeout`]: 1000, [`${at}.DataBlockSize`]: 64 });
const pingResults = (at: string): Record<string, CpeValue> => Object.fromEntries(['SuccessCount', 'FailureCount', 'AverageResponseTime', 'MinimumResponseTime', 'MaximumResponseTime'].map((name) => [`${at}.${name}`, 0]));

/** Objects that may grow and what a new instance holds; others refuse without a word. */
export const multiInstance: Readonly<Record<string, Readonly<Record<string, CpeValue>>>> = Object.fromEntries(
  ['Device.NAT.PortMapping', 'InternetGatewayDevice.WANDevice.1.WANConnectionDevice.2.WANIPConnection.1.PortMapping'].map((path) => [path, { PortMappingEnabled: false, ExternalPort: 0, InternalPort: 0, InternalClient: '', PortMappingProtocol: 'TCP' }]),
);

/** Raisecom HT803G-W, TR-098 with CT-COM extensions, revision A (5 GHz at 5, passphrase under PreSharedKey). */
function ht803gW(serial: string, ip: string): Tree {
  const writable: Record<string, CpeValue> = {
    'ManagementServer.URL': 'http://acs.example:7547/', 'ManagementServer.PeriodicInformInterval': 300, 'ManagementServer.PeriodicInformEnable': true,
    'ManagementServer.ConnectionRequestUsername': 'acs', 'ManagementServer.ConnectionRequestPassword': 'cr-secret',
    'Time.Enable': true, 'Time.NTPServer1': '', 'Time.NTPServer2': '', 'Time.LocalTimeZone': '+00:00',
    'DeviceInfo.X_CT-COM_UPNP.Enable': true, 'DeviceInfo.ProvisioningCode': '',
    ...ping('IPPingDiagnostics'),
  };
  // The first WAN connection carries TR-069, the second the subscriber's traffic.
  for (const [i, service, vlan] of [[1, 'TR069', 4000], [2, 'INTERNET', 0]] as const) {
    const wan = `WANDevice.1.WANConnectionDevice.${i}`;
    Object.assign(writable, { [`${wan}.WANIPConnection.1.ConnectionType`]: 'IP_Routed', [`${wan}.WANIPConnection.1.Enable`]: true, [`${wan}.WANIPConnection.1.X_CT-COM_ServiceList`]: service, [`${wan}.X_CT-COM_WANGponLinkConfig.VLANIDMark`]: vlan });
  }
  const voice = 'Services.VoiceService.1.VoiceProfile.1';
  Object.assign(writable, {
    [`${voice}.SIP.RegistrarServer`]: '', [`${voice}.SIP.RegistrarServerPort`]: 5060, [`${voice}.SIP.UserAgentDomain`]: '', [`${voice}.SIP.DSCPMark`]: 0, [`${voice}.RTP.DSCPMark`]: 0,
    [`${voice}.DigitMap`]: '', [`${voice}.DTMFMethod`]: 'InBand', [`${voice}.Line.1.Enable`]: 'Disabled', [`${voice}.Line.1.DirectoryNumber`]: '',
    [`${voice}.Line.1.SIP.AuthUserName`]: '', [`${voice}.Line.1.SIP.AuthPassword`]: '', [`${voice}.Line.1.SIP.URI`]: '',
  });
  const readOnly: Record<string, CpeValue> = {
    'ManagementServer.ConnectionRequestURL': `http://${ip}:30005/cr`, ...pingResults('IPPingDiagnostics'),
    'DeviceInfo.Manufacturer': 'Raisecom', 'DeviceInfo.ModelName': 'HT803G-W', 'DeviceInfo.SerialNumber': serial, 'DeviceInfo.HardwareVersion': 'A', 'DeviceInfo.SoftwareVersion': '5.00.21', 'DeviceInfo.UpTime': 60,
    'WANDevice.1.WANConnectionDevice.1.WANIPConnection.1.ExternalIPAddress': ip,
    'WANDevice.1.X_CT-COM_GponInterfaceConfig.RXPower': 63, 'WANDevice.1.X_CT-COM_GponInterfaceConfig.TXPower': 16_982,
    [`${voice}.Line.1.Status`]: 'Disabled',
  };
  for (const [i, channels] of [[1, '1-11'], [2, '1-11'], [5, '36,40,44,48,149,153,157,161'], [6, '36,40,44,48,149,153,157,161']] as const) {
    const at = `LANDevice.1.WLANConfiguration.${i}`;
    Object.assign(writable, { [`${at}.Enable`]: i === 1 || i === 5, [`${at}.SSID`]: i === 1 || i === 5 ? `HT803G-${serial.slice(-4)}` : `guest-${i}`, [`${at}.PreSharedKey.1.KeyPassphrase`]: 'factory-key', [`${at}.BeaconType`]: '11i', [`${at}.Channel`]: 0 });
    Object.assign(readOnly, { [`${at}.PossibleChannels`]: channels, [`${at}.BSSID`]: '00:0E:5E:00:00:01' });
  }
  return tree('InternetGatewayDevice', writable, readOnly);
}

/** TP-Link generic TR-181 class `Device2`: main networks are SSID 1 (2.4 GHz) and 3 (5 GHz); 6 and 8 are guests, 9 is hidden backhaul. */
function device2(serial: string, ip: string, model: string): Tree {
  const writable: Record<string, CpeValue> = {
    'ManagementServer.URL': 'http://acs.example:7547/', 'ManagementServer.PeriodicInformInterval': 300, 'ManagementServer.ConnectionRequestUsername': 'acs', 'ManagementServer.ConnectionRequestPassword': 'cr-secret',
    'Time.Enable': true, 'Time.NTPServer1': '', 'Time.NTPServer2': '', 'Time.LocalTimeZone': '+00:00', 'NAT.X_TP_UPnPCfg.Enable': true,
    'DeviceInfo.ProvisioningCode': '', ...ping('IP.Diagnostics.IPPing'),
  };
  const readOnly: Record<string, CpeValue> = {
    'ManagementServer.ConnectionRequestURL': `http://${ip}:7547/cr`, ...pingResults('IP.Diagnostics.IPPing'),
    'DeviceInfo.Manufacturer': 'TP-Link', 'DeviceInfo.ModelName': model, 'DeviceInfo.SerialNumber': serial, 'DeviceInfo.SoftwareVersion': '0.6.0 3.0.0 v6066', 'DeviceInfo.UpTime': 60,
    'IP.Interface.1.IPv4Address.1.IPAddress': ip,
    'WiFi.Radio.1.OperatingFrequencyBand': '2.4GHz', 'WiFi.Radio.2.OperatingFrequencyBand': '5GHz',
  };
  for (const [i, radio, name] of [[1, 1, 'TP-Link'], [3, 2, 'TP-Link_5G'], [6, 1, 'guest'], [8, 2, 'guest_5G'], [9, 2, 'backhaul']] as const) {
    Object.assign(writable, { [`WiFi.SSID.${i}.SSID`]: `${name}_${serial.slice(-4)}`, [`WiFi.SSID.${i}.Enable`]: name !== 'guest', [`WiFi.AccessPoint.${i}.Security.KeyPassphrase`]: 'factory-key', [`WiFi.AccessPoint.${i}.Security.ModeEnabled`]: 'WPA2-Personal' });
    Object.assign(readOnly, { [`WiFi.SSID.${i}.LowerLayers`]: `Device.WiFi.Radio.${radio}.`, [`WiFi.AccessPoint.${i}.SSIDReference`]: `Device.WiFi.SSID.${i}.` });
  }
  if (/^XX/.test(model)) {
    const voice = 'X_TP_Services.X_TP_VoiceService.1.VoiceProfile.1';
    Object.assign(writable, {
      [`${voice}.DigitMap`]: '', [`${voice}.DTMFMethod`]: 'InBand', [`${voice}.SIP.DSCPMark`]: 0, [`${voice}.RTP.DSCPMark`]: 46,
      [`${voice}.MultiIsp.1.MultiAccountEnable`]: 0, [`${voice}.MultiIsp.1.MultiAuthUserName`]: '', [`${voice}.MultiIsp.1.MultiAuthPassword`]: '', [`${voice}.MultiIsp.1.MultiRegistrarServer`]: '', [`${voice}.MultiIsp.1.MultiDomain`]: '',
    });
  }
  return tree('Device', writable, readOnly);
}

/** The factory state of a CPE. `Device2` with an XX serial prefix is an XX230v; otherwise a Deco (both report the same class). */
export function factoryTree(productClass: string, serial: string, ip: string): Tree {
  if (productClass === 'HT803G-W') return ht803gW(serial, ip);
  if (/^XX(230|430|530)v$/.test(productClass)) return device2(serial, ip, productClass);
  return device2(serial, ip, serial.startsWith('XX') ? 'XX230v' : 'X50-PoE');
}
