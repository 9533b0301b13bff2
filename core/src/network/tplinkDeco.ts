import type { DeviceProfile } from './deviceProfile.ts';

/**
 * TP-Link Deco and its sisters for operators (HX220, EX220): TR-181, class `Device2`, which is TP-Link's for every TR-181 device. Only the
 * model name says that it is one of these. Bands by LowerLayers alone: no public tree of a Deco fixes the numbers.
 */
export const tplinkDeco: DeviceProfile = {
  schema: 'leadlight.device-profile/1',
  id: 'tplink-deco',
  extends: 'tr181-base',
  confidence: 'published',
  match: { all: [{ field: 'productClass', regex: '^(Device2|Deco|HX220|EX220)' }, { field: 'modelName', regex: '^(Deco\\b|HX\\d{3}|EX\\d{3}|[A-Z]{1,2}\\d{2}(\\b|-))' }], priority: 40 },
  // No phone port, and no UPnP object of the standard on its sisters.
  unsupported: [
    'voip.1.registrar', 'voip.1.registrarPort', 'voip.1.domain', 'voip.1.username', 'voip.1.password', 'voip.1.uri', 'voip.1.enabled', 'voip.dtmf', 'voip.dscp.sip', 'voip.dscp.rtp', 'upnp.enabled',
  ],
};
