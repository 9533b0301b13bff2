/** What a capability is on one model: where it stands and how it is written. `{wan}` is the WAN connection of the order. */
export interface CpeCapability {
  readonly path: string;
  readonly type: 'string' | 'boolean' | 'unsignedInt';
  readonly secret?: true;
  /** How true and false are spelt where it is not a boolean. */
  readonly map?: { readonly true: string | number; readonly false: string | number };
}
export interface CpeModel {
  readonly id: string;
  /** Regular expression on the product class. */
  readonly productClass: string;
  readonly modelName?: string;
  readonly root: 'InternetGatewayDevice' | 'Device';
  /** `dump`: seen on a real device. `published`: from public documents, to be proven on one device before it is written to many. */
  readonly confidence: 'dump' | 'published';
  readonly capabilities: Readonly<Record<string, CpeCapability>>;
}

const WAN = 'WANDevice.1.WANConnectionDevice.{wan}';
const VOICE = 'Services.VoiceService.1.VoiceProfile.1';
const TP_VOICE = 'X_TP_Services.X_TP_VoiceService.1.VoiceProfile.1';
const at = (path: string, type: CpeCapability['type'] = 'string'): CpeCapability => ({ path, type });
const secret = (path: string): CpeCapability => ({ path, type: 'string', secret: true });

/** Device models and their parameter trees (acs.md 1.8 and 5). */
export const cpeModels: readonly CpeModel[] = [
  {
    id: 'raisecom-ht803g-w',
    productClass: '^(HT803G-W|HT803G-WS2)$',
    root: 'InternetGatewayDevice',
    confidence: 'published',
    capabilities: {
      'wan.connectionType': at(`${WAN}.WANIPConnection.1.ConnectionType`),
      'wan.vlan': at(`${WAN}.X_CT-COM_WANGponLinkConfig.VLANIDMark`, 'unsignedInt'),
      'ntp.enable': at('Time.Enable', 'boolean'),
      'ntp.server1': at('Time.NTPServer1'),
      'ntp.server2': at('Time.NTPServer2'),
      'ntp.localTimeZone': at('Time.LocalTimeZone'),
      'dscp.sip': at(`${VOICE}.SIP.DSCPMark`, 'unsignedInt'),
      'dscp.rtp': at(`${VOICE}.RTP.DSCPMark`, 'unsignedInt'),
      upnp: at('DeviceInfo.X_CT-COM_UPNP.Enable', 'boolean'),
      'voip.username': at(`${VOICE}.Line.1.SIP.AuthUserName`),
      'voip.password': secret(`${VOICE}.Line.1.SIP.AuthPassword`),
      'voip.registrar': at(`${VOICE}.SIP.RegistrarServer`),
      'voip.domain': at(`${VOICE}.SIP.UserAgentDomain`),
      // A word, not a boolean, in TR-104.
      'voip.enable': { path: `${VOICE}.Line.1.Enable`, type: 'string', map: { true: 'Enabled', false: 'Disabled' } },
    },
  },
  {
    id: 'tplink-xx230v',
    productClass: '^(Device2|XX230v)$',
    modelName: '^XX230v',
    root: 'Device',
    confidence: 'dump',
    capabilities: {
      'ntp.server1': at('Time.NTPServer1'),
      'ntp.server2': at('Time.NTPServer2'),
      'ntp.localTimeZone': at('Time.LocalTimeZone'),
      'dscp.sip': at(`${TP_VOICE}.SIP.DSCPMark`, 'unsignedInt'),
      'dscp.rtp': at(`${TP_VOICE}.RTP.DSCPMark`, 'unsignedInt'),
      upnp: at('NAT.X_TP_UPnPCfg.Enable', 'boolean'),
      'wifi.24.ssid': at('WiFi.SSID.1.SSID'),
      'wifi.24.password': secret('WiFi.AccessPoint.1.Security.KeyPassphrase'),
      'wifi.5.ssid': at('WiFi.SSID.3.SSID'),
      'wifi.5.password': secret('WiFi.AccessPoint.3.Security.KeyPassphrase'),
      'voip.username': at(`${TP_VOICE}.MultiIsp.1.MultiAuthUserName`),
      'voip.password': secret(`${TP_VOICE}.MultiIsp.1.MultiAuthPassword`),
      'voip.registrar': at(`${TP_VOICE}.MultiIsp.1.MultiRegistrarServer`),
      'voip.domain': at(`${TP_VOICE}.MultiIsp.1.MultiDomain`),
      'voip.enable': { path: `${TP_VOICE}.MultiIsp.1.MultiAccountEnable`, type: 'unsignedInt', map: { true: 1, false: 0 } },
    },
  },
  {
    id: 'tplink-deco',
    productClass: '^(Device2|Deco|HX220|EX220)',
    root: 'Device',
    confidence: 'published',
    capabilities: {
      'wifi.24.ssid': at('WiFi.SSID.1.SSID'),
      'wifi.24.password': secret('WiFi.AccessPoint.1.Security.KeyPassphrase'),
      'wifi.5.ssid': at('WiFi.SSID.3.SSID'),
      'wifi.5.password': secret('WiFi.AccessPoint.3.Security.KeyPassphrase'),
      'ntp.server1': at('Time.NTPServer1'),
      'ntp.localTimeZone': at('Time.LocalTimeZone'),
    },
  },
];
