import { defaultOntSettings } from './cpeProfile.ts';
import type { DesiredState, ParameterValue } from './deviceProfile.ts';
import { deviceFacts } from './deviceFacts.fixture.ts';
import { deviceSetup, type OrderedSettings } from './deviceSetup.ts';

const wifi = { ssid: 'Maison', password: 'secret-word' };
const voip = { username: '4505551234', password: 'sip-secret', domain: 'sip.example.ca', registrar: 'reg.example.ca' };
const wishes = defaultOntSettings as Readonly<Record<string, ParameterValue>>;
const xx230v = { productClass: 'XX230v', modelName: 'XX230v', parameters: deviceFacts['tplink-xx230v']! };
const setUp = (settings: OrderedSettings, device = xx230v, more: DesiredState = {}) => {
  const said = deviceSetup(device, settings, more as Readonly<Record<string, ParameterValue>>);
  if (said.type === 'refused') throw new Error(`${said.code} ${said.path}`);
  return { ...said.value, written: Object.fromEntries(said.value.parameters.map(({ cap, value }) => [cap, value])), secrets: said.value.parameters.filter(({ secret }) => secret).map(({ cap }) => cap) };
};

test('[S1-133] [S1-135] the wishes of the model and the settings of the order, secrets marked; what the model lacks is named', () => {
  const { model, written, secrets, leftOut } = setUp({ wifi, voip }, xx230v, wishes);
  expect(model).toBe('tplink-xx230v');
  expect(written).toMatchObject({ ...wishes, 'wifi.24.ssid': 'Maison', 'wifi.5.ssid': 'Maison', 'wifi.24.password': 'secret-word', 'voip.1.username': '4505551234', 'voip.1.password': 'sip-secret', 'voip.1.registrar': 'reg.example.ca', 'voip.1.enabled': 1 });
  expect([...secrets].sort()).toEqual(['voip.1.password', 'wifi.24.password', 'wifi.5.password']);
  expect(leftOut).toEqual(['voip.1.uri']);
});

test('a router without a phone port takes the rest; a phone account it cannot carry is refused, without the secret', () => {
  const deco = { productClass: 'Device2', modelName: 'X50-PoE', parameters: deviceFacts['tplink-deco']! };
  expect(setUp({ wifi }, deco, wishes).leftOut).toEqual(expect.arrayContaining(['voip.dscp.sip', 'upnp.enabled']));
  const refused = deviceSetup(deco, { voip });
  expect(refused).toMatchObject({ type: 'refused', code: 'unsupported', path: 'settings.voip', hint: expect.any(String) });
  expect(JSON.stringify(refused)).not.toContain('sip-secret');
});

test('nothing wanted is nothing to write; an unknown model and a value that is none are refused', () => {
  expect(setUp({}).parameters).toEqual([]);
  expect(deviceSetup({ productClass: 'Nothing' }, { wifi })).toMatchObject({ type: 'refused', code: 'unknownModel' });
  expect(deviceSetup(xx230v, { wifi: { ...wifi, ssid: 'x'.repeat(33) } })).toMatchObject({ type: 'refused', code: 'badInput', path: 'desired.wifi.24.ssid' });
  expect(deviceSetup(xx230v, { wifi }, { 'acs.url': 'http://elsewhere.example/' })).toMatchObject({ type: 'refused', code: 'needsConfirmation' });
});
