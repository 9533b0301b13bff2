import { Ajv2020 } from 'ajv/dist/2020.js';
import { schemaComplaint } from '../kernel/schema.ts';
import { checkDeviceProfile } from './checkDeviceProfile.ts';
import type { DeviceProfile } from './deviceProfile.ts';
import { deviceProfileSchema } from './deviceProfileSchema.ts';
import { builtInProfiles } from './builtInProfiles.ts';

const good = {
  schema: 'leadlight.device-profile/1', id: 'acme-x1', extends: 'tr181-base', confidence: 'published',
  match: { all: [{ field: 'productClass', eq: 'X1' }], firmware: { regex: '^1\\.' }, priority: 50 },
  vars: { led: { find: { object: 'LEDs.LED', where: { Name: { regex: '^power' } } } } },
  caps: { 'led.brightness': { path: ['LEDs.LED.${led}.Brightness'], type: 'unsignedInt', check: { range: [0, 100] } } },
  unsupported: ['upnp.enabled'], order: ['led.*'], groups: { atomic: [['led.brightness', 'ntp.enabled']] }, danger: ['led.brightness'], verify: { skipSecret: true, afterMs: 0 }, actions: { reboot: { cwmp: 'Reboot' } },
};
const ajv = new Ajv2020({ strict: false }).compile(deviceProfileSchema);

test('every built-in profile conforms, is its own JSON, and can be used', () => {
  for (const one of builtInProfiles) {
    expect(JSON.parse(JSON.stringify(one))).toEqual(one);
    expect([one.id, ajv(one), ajv.errors]).toEqual([one.id, true, null]);
    expect(checkDeviceProfile(one, builtInProfiles)).toMatchObject({ type: 'accepted', value: { id: one.id } });
  }
});

test('a profile of one’s own stands on ours, and takes away what its model has not', () => {
  const answer = checkDeviceProfile(good, builtInProfiles);
  expect(answer).toMatchObject({ type: 'accepted', value: { lineage: ['acme-x1', 'tr181-base'], danger: ['led.brightness', 'acs.url'], caps: { 'led.brightness': { confidence: 'published' }, 'wifi.24.ssid': { confidence: 'assumed' } } } });
  expect(answer.type === 'accepted' && Object.keys(answer.value.caps)).not.toContain('upnp.enabled');
});

const cap = (more: object) => ({ caps: { 'led.brightness': { path: ['X'], type: 'string', ...more } }, vars: {} });
test.each<[object, string]>([
  [{ schema: 'leadlight.device-profile/2' }, 'schema'], [{ id: 'Not An Id' }, 'id'], [{ confidence: 'sure' }, 'confidence'], [{ colour: 1 }, 'colour'], [{ extends: 'nobody' }, 'extends'], [{ extends: 'acme-x1' }, 'extends'],
  [{ match: { all: [], priority: 1 } }, 'match.all'], [{ match: { all: [{ field: 'productClass' }], priority: 1 } }, 'match.all[0]'], [{ match: { all: [{ field: 'mood', eq: 'x' }], priority: 1 } }, 'match.all[0].field'],
  [{ match: { all: [{ field: 'oui', regex: '(' }], priority: 1 } }, 'match.all[0].regex'], [{ match: { ...good.match, firmware: { regex: '[' } } }, 'match.firmware.regex'],
  [cap({ path: ['WiFi.SSID.*.SSID'] }), 'caps.led.brightness.path[0]'], [cap({ path: ['WiFi.SSID.'] }), 'caps.led.brightness.path[0]'], [cap({ path: [] }), 'caps.led.brightness.path'], [cap({ type: 'float' }), 'caps.led.brightness.type'],
  [cap({ path: ['X.${gone}'] }), 'caps.led.brightness.path'], [cap({ secretFrom: 'wifi.password' }), 'caps.led.brightness.secretFrom'], [cap({ check: { range: [9, 1] } }), 'caps.led.brightness.check.range'], [cap({ check: { regex: '(' } }), 'caps.led.brightness.check.regex'],
  [{ vars: { led: { fixed: 1, find: good.vars.led.find } } }, 'vars.led'], [{ vars: { led: {} } }, 'vars.led'], [{ vars: { led: { fixed: 1, default: 2 } } }, 'vars.led.default'], [{ vars: { led: { fixed: 0 } } }, 'vars.led.fixed'],
  [{ vars: { led: { find: { object: 'A', where: { B: 'C.${led}.' } } } } }, 'vars.led.find.where'], [{ vars: { ...good.vars, a: { find: { object: 'A', where: { B: '${b}' } } }, b: { find: { object: 'A', where: { B: '${a}' } } } } }, 'vars.a.find.where'],
  [{ vars: { ...good.vars, a: { find: { object: 'A', where: { B: '${gone}' } } } } }, 'vars.a.find.where'],
  [{ danger: ['nothing.there'] }, 'danger[0]'], [{ groups: { atomic: [['nothing.there']] } }, 'groups.atomic[0][0]'], [{ unsupported: ['nothing.there'] }, 'unsupported[0]'],
  [{ caps: { ...good.caps, constructor: good.caps['led.brightness'] } }, 'caps.constructor'],
])('a profile with %j is refused at %s', (more, path) => {
  expect(checkDeviceProfile({ ...good, ...more }, builtInProfiles)).toMatchObject({ type: 'refused', code: 'badProfile', path, hint: expect.any(String) });
  expect(schemaComplaint(deviceProfileSchema, { ...good, ...more }) === null).toBe(ajv({ ...good, ...more }));
});

test('what is no profile is refused, whatever it is', () => {
  for (const nothing of [null, undefined, 7, 'x', [], {}]) expect(checkDeviceProfile(nothing, builtInProfiles)).toMatchObject({ code: 'badProfile' });
  const circle: DeviceProfile[] = [{ schema: 'leadlight.device-profile/1', id: 'a-a', extends: 'b-b', confidence: 'dump' }, { schema: 'leadlight.device-profile/1', id: 'b-b', extends: 'a-a', confidence: 'dump' }];
  expect(checkDeviceProfile(circle[0], circle)).toMatchObject({ code: 'badProfile', path: 'extends' });
});
