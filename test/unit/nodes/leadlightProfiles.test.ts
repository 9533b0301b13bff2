import { deviceFacts } from '../../../core/src/network/deviceFacts.fixture.ts';
import { Leadlight } from '../../../nodes/Leadlight/Leadlight.node.ts';
import { only } from '../support/n8n.ts';

const node = new Leadlight();
const ask = (operation: string, more: object = {}) => only(node, { resource: 'network', operation, ...more });
const router = { productClass: 'Device2', parameters: deviceFacts['tplink-xx230v'] };
const ont = { productClass: 'HT803G-W', firmware: '5.00.21', parameters: deviceFacts['raisecom-ht803g-w-a'] };

test('[acs-43] Resolve Model: the worked example, a device of GenieACS, and nobody', async () => {
  expect(await ask('resolveModel')).toMatchObject({ type: 'accepted', value: { id: 'tplink-xx230v', confidence: 'dump', danger: ['acs.url'], caps: { 'voip.digitMap': 'dump' } } });
  expect(await ask('resolveModel', { device: ont })).toMatchObject({ value: { id: 'raisecom-ht803g-w-a', confidence: 'published' } });
  expect(await ask('resolveModel', { device: { productClass: 'Device2' } })).toMatchObject({ type: 'refused', code: 'unknownModel', path: 'device.modelName' });
});

test('[S1-131] [S1-133] Compile Profile: for each target, what the wish misses, and only with its tree', async () => {
  const payloads = await Promise.all(['genieAcsTasks', 'genieAcsProvision', 'oktopusUsp', 'oktopusCwmp'].map((target) => ask('compileProfile', { device: router, target })));
  for (const payload of payloads) expect(payload).toMatchObject({ type: 'accepted', value: { model: 'tplink-xx230v', unchanged: ['Device.X_TP_Services.X_TP_VoiceService.1.VoiceProfile.1.RTP.DSCPMark'], paths: expect.arrayContaining(['Device.NAT.X_TP_UPnPCfg.Enable']), payload: expect.anything() } });
  expect(await ask('compileProfile', { device: { productClass: 'Device2', modelName: 'XX230v' } })).toMatchObject({ type: 'refused', code: 'notChecked' });
  expect(await ask('compileProfile', { device: ont })).toMatchObject({ type: 'refused', code: 'unverified' });
  const bridge = { device: ont, wanted: '{"wan.bridge": true}', options: { allowUnverified: true } };
  expect(await ask('compileProfile', bridge)).toMatchObject({ type: 'refused', code: 'needsConfirmation' });
  expect(await ask('compileProfile', { ...bridge, options: { allowUnverified: true, confirm: '["wan.bridge"]', vars: '{"wan": 1}' } })).toMatchObject({ value: { payload: { tasks: [{ parameterValues: [[expect.stringContaining('WANConnectionDevice.1.'), 'IP_Bridged']] }] } } });
});

test('[S1-139] CPE Profile: the ONT’s settings, once its unproven paths are allowed', async () => {
  expect(await ask('cpeProfile', { device: ont })).toMatchObject({ type: 'refused', code: 'unverified' });
  expect(await ask('cpeProfile', { device: { productClass: 'HT803G-W' }, options: { allowUnverified: true } })).toMatchObject({ type: 'accepted', value: { model: 'raisecom-ht803g-w', checked: false, parameters: expect.any(Array) } });
});

test('Check Profile: the worked example can be used; an own profile takes part; a wrong one is refused by its place', async () => {
  expect(await ask('checkProfile')).toMatchObject({ type: 'accepted', value: { id: 'zyxel-vmg', lineage: ['zyxel-vmg', 'tr181-base'] } });
  expect(await ask('checkProfile', { profile: '{"schema": "leadlight.device-profile/1"}' })).toMatchObject({ type: 'refused', code: 'badProfile', path: 'id' });
  const own = { schema: 'leadlight.device-profile/1', id: 'acme-x1', extends: 'tr181-base', confidence: 'dump', match: { all: [{ field: 'productClass', eq: 'X1' }], priority: 1 }, caps: { 'upnp.enabled': { path: ['UPnP.Device.UPnPIGD'], type: 'boolean' } } };
  expect(await ask('cpeProfile', { device: { productClass: 'X1' }, wanted: { 'upnp.enabled': false }, options: { profiles: [own] } })).toMatchObject({ value: { parameters: [{ path: 'Device.UPnP.Device.UPnPIGD' }] } });
  for (const operation of ['resolveModel', 'compileProfile', 'cpeProfile', 'checkProfile']) {
    expect(await ask(operation, { device: router, options: { profiles: [{ ...own, danger: ['nothing.there'] }] } })).toMatchObject({ type: 'refused', code: 'badProfile', path: 'profiles[0].danger[0]' });
    expect(await ask(operation, { device: router, options: { profiles: { id: 'x' } } })).toMatchObject({ type: 'refused', path: 'profiles' });
  }
  expect(await ask('compileProfile', { device: router, options: { confirm: '{"a": 1}' } })).toMatchObject({ type: 'refused', path: 'confirm' });
  expect(await ask('compileProfile', { device: router, options: { vars: '[1]' } })).toMatchObject({ type: 'refused', path: 'vars' });
});
