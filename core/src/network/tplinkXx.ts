import type { Capability, DeviceProfile } from './deviceProfile.ts';
import { tr181Base } from './tr181Base.ts';

// Of three voice trees this is the one that works; the second stands in where the first is missing.
const VOICE = 'X_TP_Services.X_TP_VoiceService.1.VoiceProfile.1';
const FALLBACK = 'X_TP_Services.VoiceService.1.VoiceProfile.1';
const account = (name: string, fallback?: string): Capability => ({
  path: [`${VOICE}.MultiIsp.1.${name}`, ...(fallback ? [`${FALLBACK}.${fallback}`] : [])], select: 'firstExisting', type: 'string', check: { ascii: [1, 128] },
});
/** What the standard says and the dump shows as it is. */
const seen = (...names: string[]): Record<string, Capability> => Object.fromEntries(names.map((name) => [name, tr181Base.caps![name]!]));
const match = (model: string): NonNullable<DeviceProfile['match']> => ({ all: [{ field: 'productClass', regex: `^(Device2|${model})$` }, { field: 'modelName', regex: `^${model}` }], priority: 50 });

/** TP-Link XX230v, from a whole tree of firmware 0.6.0 3.0.0 v6066. Main networks are SSID 1 and 3; 6, 8 are guests, 9 to 14 hidden backhaul. */
export const tplinkXx230v: DeviceProfile = {
  schema: 'leadlight.device-profile/1',
  id: 'tplink-xx230v',
  extends: 'tr181-base',
  confidence: 'dump',
  match: match('XX230v'),
  vars: {
    wifi24: { ...tr181Base.vars!['wifi24']!, default: 1 }, ap24: { ...tr181Base.vars!['ap24']!, default: 1 },
    wifi5: { ...tr181Base.vars!['wifi5']!, default: 3 }, ap5: { ...tr181Base.vars!['ap5']!, default: 3 },
  },
  caps: {
    'voip.digitMap': { path: [`${VOICE}.DigitMap`], type: 'string', check: { ascii: [1, 256] } },
    'voip.digitMapEnabled': { path: [`${VOICE}.DigitMapEnable`], type: 'boolean' },
    'voip.1.registrar': account('MultiRegistrarServer', 'SIP.RegistrarServer'),
    'voip.1.registrarPort': { path: [`${VOICE}.MultiIsp.1.MultiRegistrarServerPort`], type: 'unsignedInt', check: { range: [1, 65_535] } },
    'voip.1.domain': account('MultiDomain'),
    'voip.1.number': account('MultiVoipNum', 'Line.1.DirectoryNumber'),
    'voip.1.username': account('MultiAuthUserName', 'Line.1.SIP.AuthUserName'),
    'voip.1.password': { ...account('MultiAuthPassword', 'Line.1.SIP.AuthPassword'), secret: true, secretFrom: 'voip.password' },
    'voip.dtmf': { path: [`${VOICE}.DTMFMethod`], type: 'string', map: { inBand: 'InBand', rfc2833: 'RFC2833', sipInfo: 'SIPInfo' } },
    'voip.dscp.sip': { path: [`${VOICE}.SIP.DSCPMark`], type: 'unsignedInt', check: { range: [0, 63] } },
    'voip.dscp.rtp': { path: [`${VOICE}.RTP.DSCPMark`], type: 'unsignedInt', check: { range: [0, 63] } },
    'voip.1.enabled': { path: [`${VOICE}.MultiIsp.1.MultiAccountEnable`], type: 'unsignedInt', map: { true: 1, false: 0 } },
    ...seen('wifi.24.ssid', 'wifi.24.password', 'wifi.24.enabled', 'wifi.5.ssid', 'wifi.5.password', 'wifi.5.enabled', 'ntp.server1', 'ntp.server2'),
    'ntp.timeZone': { path: ['Time.LocalTimeZone'], type: 'string', check: { regex: '^[+-]\\d{2}:\\d{2}$' } },
    'upnp.enabled': { path: ['NAT.X_TP_UPnPCfg.Enable'], type: 'boolean' },
  },
  unsupported: ['voip.1.uri'],
};

/** XX430v: nothing public was found; taken for a sister of the XX230v until a tree is read. */
export const tplinkXx430v: DeviceProfile = { schema: 'leadlight.device-profile/1', id: 'tplink-xx430v', extends: 'tplink-xx230v', confidence: 'assumed', match: match('XX430v'), ...asWeakAs('assumed') };

/** XX530v: one public table, tried in the field, with the same main networks; voice by likeness. */
export const tplinkXx530v: DeviceProfile = { schema: 'leadlight.device-profile/1', id: 'tplink-xx530v', extends: 'tplink-xx230v', confidence: 'published', match: match('XX530v'), ...asWeakAs('published') };

/** A sister's dump proves nothing here: the same paths, without the trust and without the numbers taken unseen. */
function asWeakAs(confidence: 'assumed' | 'published'): Pick<DeviceProfile, 'vars' | 'caps'> {
  return {
    vars: tr181Base.vars!,
    caps: Object.fromEntries(Object.entries(tplinkXx230v.caps!).map(([name, cap]) => [name, { ...cap, confidence: name.startsWith('voip.') ? 'assumed' : confidence }])),
  };
}
