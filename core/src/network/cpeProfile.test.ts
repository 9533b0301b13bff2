import fc from 'fast-check';
import { compileProfile, type CompiledProfile, type CompileOptions } from './compileProfile.ts';
import { cpeProfile, defaultOntSettings } from './cpeProfile.ts';
import { deviceFacts } from './deviceFacts.fixture.ts';
import type { DesiredState, DeviceFacts, FlatProfile } from './deviceProfile.ts';
import { flattenProfile } from './flattenProfile.ts';
import { genieAcsProvision } from './genieAcsProvision.ts';
import { profileBatches } from './profileBatches.ts';
import { genieAcsTasks, setParameterValues, uspSets } from './profileTargets.ts';
import { builtInProfiles } from './builtInProfiles.ts';
import { readBack } from './readBack.ts';
import { resolveModel, type CpeDevice } from './resolveModel.ts';

const flat = (id: string): FlatProfile => {
  const answer = flattenProfile(builtInProfiles.find((one) => one.id === id)!, builtInProfiles);
  if (answer.type === 'refused') throw new Error(answer.message);
  return answer.value;
};
const compile = (id: string, desired: DesiredState, options: CompileOptions = {}, facts: DeviceFacts | null = deviceFacts[id]!) => compileProfile(flat(id), desired, facts, options);
const compiled = (...args: Parameters<typeof compile>): CompiledProfile => {
  const answer = compile(...args);
  if (answer.type === 'refused') throw new Error(`${answer.code} ${answer.path}`);
  return answer.value;
};
const rows = ({ parameters }: CompiledProfile) => parameters.map(({ path, value, type }) => [path, value, type]);
const IGD = 'InternetGatewayDevice';
const free = { allowUnverified: true };
const xx: CpeDevice = { productClass: 'Device2', modelName: 'XX230v' };

describe('which model', () => {
  test.each<[CpeDevice, string]>([
    [xx, 'tplink-xx230v'], [{ productClass: 'Device2', modelName: 'XX430v' }, 'tplink-xx430v'], [{ productClass: 'XX530v', modelName: 'XX530v 1.0' }, 'tplink-xx530v'],
    [{ productClass: 'Device2', modelName: 'X50-PoE' }, 'tplink-deco'], [{ productClass: 'Device2', modelName: 'EX220' }, 'tplink-deco'], [{ productClass: 'Device2', modelName: 'Deco X20' }, 'tplink-deco'],
    [{ productClass: 'HT803G-W' }, 'raisecom-ht803g-w'], [{ productClass: 'HT803G-W', firmware: ' 5.00.21' }, 'raisecom-ht803g-w-a'], [{ productClass: 'HT803G-WS2', firmware: '3.20' }, 'raisecom-ht803g-w-b'],
    [{ productClass: 'HT803G-W', firmware: '4.1' }, 'raisecom-ht803g-w'],
  ])('[acs-43] [S1-131] [S1-133] %j is %s', (device, id) => {
    expect(resolveModel(device)).toMatchObject({ type: 'accepted', value: { id } });
  });

  test('[acs-43] Device2 alone is nobody: its model name is asked for, and the tree may tell it', () => {
    expect(resolveModel({ productClass: 'Device2' })).toMatchObject({ code: 'unknownModel', path: 'device.modelName', facts: { profiles: expect.arrayContaining(['tplink-deco', 'tplink-xx230v']) } });
    expect(resolveModel({ productClass: 'Device2', parameters: deviceFacts['tplink-xx530v']! })).toMatchObject({ value: { id: 'tplink-xx530v' } });
    expect(resolveModel({ productClass: 'HT803G-W', parameters: deviceFacts['raisecom-ht803g-w-b']! })).toMatchObject({ value: { id: 'raisecom-ht803g-w-b' } });
  });

  test('[acs-43] a model nobody described writes nothing', () => {
    for (const device of [{ productClass: 'HT803G' }, { productClass: 'HT803G-W9' }, { productClass: 'Acme' }, { productClass: '' }, { productClass: 'Device2', modelName: 'XX999v' }, {}, { productClass: 7 }] as CpeDevice[]) {
      expect(cpeProfile(device, { 'upnp.enabled': false }, free)).toMatchObject({ type: 'refused', code: 'unknownModel' });
    }
  });

  test('two equal matches are an ambiguity; an operator’s own profile takes the place of ours', () => {
    const own = { ...builtInProfiles.find(({ id }) => id === 'tplink-xx230v')!, id: 'own-xx' };
    expect(cpeProfile(xx, { 'upnp.enabled': false }, { profiles: [own] })).toMatchObject({ code: 'ambiguousModel', facts: { profiles: ['tplink-xx230v', 'own-xx'] } });
    expect(cpeProfile(xx, { 'upnp.enabled': false }, { profiles: [{ ...own, id: 'tplink-xx230v', caps: { 'upnp.enabled': { path: ['NAT.Mine'], type: 'boolean' } } }] })).toMatchObject({ value: { parameters: [{ path: 'Device.NAT.Mine' }] } });
  });
});

describe('what is written', () => {
  test('[S1-131] [S1-139] the Raisecom ONT: NTP, DSCP, UPnP off, each in its type', () => {
    expect(rows(compiled('raisecom-ht803g-w', defaultOntSettings, free))).toEqual([
      [`${IGD}.Services.VoiceService.1.VoiceProfile.1.SIP.DSCPMark`, 26, 'unsignedInt'], [`${IGD}.Services.VoiceService.1.VoiceProfile.1.RTP.DSCPMark`, 46, 'unsignedInt'],
      [`${IGD}.Time.NTPServer1`, '0.ca.pool.ntp.org', 'string'], [`${IGD}.Time.NTPServer2`, '1.ca.pool.ntp.org', 'string'], [`${IGD}.Time.LocalTimeZone`, '-05:00', 'string'], [`${IGD}.DeviceInfo.X_CT-COM_UPNP.Enable`, false, 'boolean'],
    ]);
  });

  test('[S1-131] [S1-139] bridge mode: on the connection of the traffic, never found on that of TR-069, last, together with its VLAN', () => {
    const desired = { 'wan.bridge': true, ...defaultOntSettings, 'wan.vlan': 100 };
    expect(compile('raisecom-ht803g-w', desired, free)).toMatchObject({ code: 'needsConfirmation', facts: { caps: ['wan.bridge', 'wan.vlan'] } });
    const confirmed = { ...free, confirm: ['wan.bridge', 'wan.vlan'] };
    const made = compiled('raisecom-ht803g-w', desired, confirmed);
    const wan = `${IGD}.WANDevice.1.WANConnectionDevice`;
    expect(rows(made).slice(-2)).toEqual([[`${wan}.2.X_CT-COM_WANGponLinkConfig.VLANIDMark`, 100, 'unsignedInt'], [`${wan}.2.WANIPConnection.1.ConnectionType`, 'IP_Bridged', 'string']]);
    expect(profileBatches(made).at(-1)).toHaveLength(2);
    const only = Object.fromEntries(Object.entries(deviceFacts['raisecom-ht803g-w']!).filter(([path]) => !path.includes('WANConnectionDevice.2')));
    expect(compile('raisecom-ht803g-w', desired, confirmed, only)).toMatchObject({ code: 'varUnresolved', path: 'vars.wan' });
    expect(rows(compiled('raisecom-ht803g-w', { 'wan.bridge': true }, { ...confirmed, vars: { wan: 1 } }))[0]![0]).toContain('WANConnectionDevice.1.');
  });

  test('[S1-133] the XX routers: digit map, SIP server, DTMF in the tree that works, the account last', () => {
    const voice = { 'voip.1.enabled': true, 'voip.1.registrar': 'reg.example.ca', 'voip.digitMap': '911|x.T', 'voip.dtmf': 'rfc2833' };
    for (const id of ['tplink-xx230v', 'tplink-xx430v', 'tplink-xx530v']) {
      expect(rows(compiled(id, voice, id === 'tplink-xx230v' ? {} : free)).map(([path, value]) => [String(path).split('VoiceProfile.1.')[1], value])).toEqual([
        ['DTMFMethod', 'RFC2833'], ['DigitMap', '911|x.T'], ['MultiIsp.1.MultiRegistrarServer', 'reg.example.ca'], ['MultiIsp.1.MultiAccountEnable', 1],
      ]);
    }
    const older = Object.fromEntries(Object.entries(deviceFacts['tplink-xx230v']!).map(([path, fact]) => [path.replace('X_TP_VoiceService.1.VoiceProfile.1.MultiIsp.1.MultiRegistrarServer', 'VoiceService.1.VoiceProfile.1.SIP.RegistrarServer'), fact]));
    expect(rows(compiled('tplink-xx230v', { 'voip.1.registrar': 'reg.example.ca' }, {}, older))[0]![0]).toBe('Device.X_TP_Services.VoiceService.1.VoiceProfile.1.SIP.RegistrarServer');
  });

  test('[acs-43] [S1-132] 5 GHz is where LowerLayers lead: SSID 3 on the XX230v, elsewhere on others; guests and backhaul stay', () => {
    const five = (id: string) => rows(compiled(id, { 'wifi.5.ssid': 'Maison', 'wifi.5.password': 'soleil-2026' }, free)).map(([path]) => path);
    expect(five('tplink-xx230v')).toEqual(['Device.WiFi.SSID.3.SSID', 'Device.WiFi.AccessPoint.3.Security.KeyPassphrase']);
    expect(five('tplink-deco')).toEqual(['Device.WiFi.SSID.5.SSID', 'Device.WiFi.AccessPoint.2.Security.KeyPassphrase']);
    expect(five('tr098-base')[0]).toBe(`${IGD}.LANDevice.1.WLANConfiguration.1.SSID`);
    expect(five('raisecom-ht803g-w-a')).toEqual([`${IGD}.LANDevice.1.WLANConfiguration.5.SSID`, `${IGD}.LANDevice.1.WLANConfiguration.5.PreSharedKey.1.KeyPassphrase`]);
    expect(five('raisecom-ht803g-w-b')).toEqual([`${IGD}.LANDevice.1.WLANConfiguration.6.SSID`, `${IGD}.LANDevice.1.WLANConfiguration.6.KeyPassphrase`]);
    const swapped: DeviceFacts = { ...deviceFacts['tplink-xx230v']!, 'Device.WiFi.Radio.1.OperatingFrequencyBand': { value: '5GHz' }, 'Device.WiFi.Radio.2.OperatingFrequencyBand': { value: '2.4GHz' } };
    expect(rows(compiled('tplink-xx230v', { 'wifi.5.ssid': 'Maison' }, {}, swapped))[0]![0]).toBe('Device.WiFi.SSID.1.SSID');
  });

  test('a number nobody found is an error; only a tree seen on a device has a default', () => {
    const blind = (id: string) => Object.fromEntries(Object.entries(deviceFacts[id]!).filter(([path]) => !/LowerLayers|SSIDReference/.test(path)));
    expect(compile('tplink-deco', { 'wifi.5.ssid': 'Maison' }, free, blind('tplink-deco'))).toMatchObject({ code: 'varUnresolved', path: 'vars.wifi5' });
    expect(compile('tplink-xx530v', { 'wifi.5.ssid': 'Maison' }, free, blind('tplink-xx530v'))).toMatchObject({ code: 'varUnresolved' });
    expect(rows(compiled('tplink-xx230v', { 'wifi.5.ssid': 'Maison' }, {}, blind('tplink-xx230v')))[0]![0]).toBe('Device.WiFi.SSID.3.SSID');
    const guessed = { ...flat('tplink-deco'), vars: { ...flat('tplink-deco').vars, wifi5: { ...flat('tplink-deco').vars['wifi5']!, default: 3, confidence: 'published' as const } } };
    expect(compileProfile(guessed, { 'wifi.5.ssid': 'Maison' }, blind('tplink-deco'), free)).toMatchObject({ code: 'varUnresolved' });
  });

  test('the order of the wish does not matter', () => {
    const desired: DesiredState = { 'voip.1.enabled': true, 'wifi.24.password': 'soleil-2026', 'ntp.server1': 'a.example', 'wifi.24.ssid': 'Maison', 'voip.digitMap': 'x.T', 'upnp.enabled': false };
    fc.assert(fc.property(fc.shuffledSubarray(Object.keys(desired), { minLength: 6 }), (names) => {
      expect(compiled('tplink-xx230v', Object.fromEntries(names.map((name) => [name, desired[name]!])))).toEqual(compiled('tplink-xx230v', desired));
    }));
  });

  test('the device’s own type goes before the profile’s', () => {
    const facts: DeviceFacts = { ...deviceFacts['tplink-xx230v']!, 'Device.NAT.X_TP_UPnPCfg.Enable': { value: 1, type: 'xsd:unsignedInt', writable: true } };
    expect(rows(compiled('tplink-xx230v', { 'upnp.enabled': false }, {}, facts))).toEqual([['Device.NAT.X_TP_UPnPCfg.Enable', 0, 'unsignedInt']]);
    const odd: DeviceFacts = { ...facts, 'Device.Time.NTPServer1': { value: 1, type: 'xsd:unsignedInt', writable: true } };
    expect(compile('tplink-xx230v', { 'ntp.server1': 'a.example' }, {}, odd)).toMatchObject({ code: 'typeMismatch', facts: { paths: ['Device.Time.NTPServer1'] } });
  });
});

describe('what is not written', () => {
  test('[S1-139] paths no device has proven need a word; those of the dump do not', () => {
    expect(compile('raisecom-ht803g-w', { 'upnp.enabled': false })).toMatchObject({ code: 'unverified', facts: { caps: ['upnp.enabled'] } });
    expect(compile('tplink-xx530v', { 'upnp.enabled': false })).toMatchObject({ code: 'unverified' });
    expect(compile('tplink-xx230v', { 'acs.informInterval': 240 })).toMatchObject({ code: 'unverified' });
    expect(compiled('tplink-xx230v', { 'upnp.enabled': false }).unverified).toBe(false);
    expect(compiled('tplink-xx530v', { 'upnp.enabled': false }, free).unverified).toBe(true);
  });

  test('[acs-43] moving a device to another ACS is meant or refused, on every model', () => {
    for (const { id } of builtInProfiles) expect(compile(id, { 'acs.url': 'http://oss.example:9292/acs' }, free)).toMatchObject({ code: 'needsConfirmation', path: 'confirm' });
    expect(compiled('tplink-xx230v', { 'acs.url': 'http://oss.example:9292/acs', 'upnp.enabled': false }, { ...free, confirm: ['acs.url'] }).parameters.map(({ cap }) => cap)).toEqual(['upnp.enabled', 'acs.url']);
  });

  test('a wish the model has no parameter for is refused by name, every one of them', () => {
    expect(compile('raisecom-ht803g-w', { 'wifi.24.ssid': 'x' }, free)).toMatchObject({ code: 'unsupported', path: 'desired.wifi.24.ssid' });
    expect(compile('tplink-deco', { 'voip.1.username': 'x', 'upnp.enabled': false, 'ntp.server1': 'a.example' }, free)).toMatchObject({ code: 'unsupported', facts: { caps: ['voip.1.username', 'upnp.enabled'] } });
    for (const name of ['constructor', '__proto__', 'toString']) expect(compile('tplink-deco', JSON.parse(`{"${name}":true}`) as DesiredState, free)).toMatchObject({ type: 'refused' });
  });

  test('[S0-108] every path must be on the device and writable before anything is written; all that are not are named', () => {
    const facts = { ...deviceFacts['tplink-xx230v']! };
    delete (facts as Record<string, unknown>)['Device.NAT.X_TP_UPnPCfg.Enable'];
    const desired = { 'upnp.enabled': false, 'ntp.server1': 'a.example' };
    expect(compile('tplink-xx230v', desired, {}, facts)).toMatchObject({ code: 'pathMissing', facts: { paths: ['Device.NAT.X_TP_UPnPCfg.Enable'] } });
    for (const writable of [false, undefined]) {
      const locked = { ...deviceFacts['tplink-xx230v']!, 'Device.Time.NTPServer1': { value: '', ...(writable === undefined ? {} : { writable }) } };
      expect(compile('tplink-xx230v', desired, {}, locked)).toMatchObject({ code: 'notWritable', facts: { paths: ['Device.Time.NTPServer1'] } });
    }
    expect(compile('tplink-xx230v', desired, {}, {})).toMatchObject({ code: 'pathMissing' });
  });

  test('without the tree nothing leaves for a device: the list is only for a writer that looks', () => {
    const blind = compiled('tplink-xx230v', { 'upnp.enabled': false }, {}, null);
    expect(blind.checked).toBe(false);
    for (const target of [genieAcsTasks, genieAcsProvision, uspSets, setParameterValues]) expect(target(blind)).toMatchObject({ code: 'notChecked', path: 'facts' });
  });

  test('[S1-164] what is already so is left out; a second run writes nothing', () => {
    const desired = { 'upnp.enabled': false, 'ntp.server1': 'a.example' };
    const first = compiled('tplink-xx230v', desired);
    const after: DeviceFacts = { ...deviceFacts['tplink-xx230v']!, ...Object.fromEntries(first.parameters.map(({ path, value }) => [path, { value: String(value), writable: true }])) };
    const second = compiled('tplink-xx230v', desired, {}, after);
    expect([second.parameters, second.unchanged.length]).toEqual([[], 2]);
    expect(genieAcsTasks(second)).toMatchObject({ value: { tasks: [] } });
    expect(readBack(first, after)).toMatchObject({ type: 'accepted' });
    expect(readBack(first, deviceFacts['tplink-xx230v']!)).toMatchObject({ code: 'notApplied', facts: { paths: expect.arrayContaining(['Device.NAT.X_TP_UPnPCfg.Enable']) } });
  });

  test.each<[string, DesiredState, string]>([
    ['raisecom-ht803g-w', { 'voip.dscp.sip': 64 }, 'voip.dscp.sip'], ['raisecom-ht803g-w', { 'voip.dscp.rtp': -1 }, 'voip.dscp.rtp'], ['tplink-xx230v', { 'ntp.timeZone': 'EST' }, 'ntp.timeZone'], ['tplink-xx230v', { 'ntp.server1': '' }, 'ntp.server1'],
    ['tplink-xx230v', { 'wifi.24.ssid': '' }, 'wifi.24.ssid'], ['tplink-xx230v', { 'wifi.24.ssid': 'é'.repeat(17) }, 'wifi.24.ssid'], ['tplink-xx230v', { 'wifi.24.ssid': 'a\nb' }, 'wifi.24.ssid'], ['tplink-xx230v', { 'wifi.24.ssid': '\ud800' }, 'wifi.24.ssid'],
    ['tplink-xx230v', { 'wifi.24.password': 'short' }, 'wifi.24.password'], ['tplink-xx230v', { 'wifi.24.password': 'x'.repeat(64) }, 'wifi.24.password'], ['tplink-xx230v', { 'wifi.24.password': 'motdepassé' }, 'wifi.24.password'],
    ['raisecom-ht803g-w-a', { 'wifi.24.ssid': 'Chez Marie' }, 'wifi.24.ssid'], ['tplink-xx230v', { 'upnp.enabled': 'false' }, 'upnp.enabled'], ['tplink-xx230v', { 'voip.dtmf': 'RFC2833' }, 'voip.dtmf'], ['tplink-xx230v', { 'voip.dscp.rtp': 4.5 }, 'voip.dscp.rtp'],
    ['tplink-xx230v', { 'ntp.server1': null }, 'ntp.server1'], ['tplink-xx230v', { 'voip.1.registrarPort': 0 }, 'voip.1.registrarPort'], ['tplink-xx230v', { 'ntp.server1': {} as string }, 'ntp.server1'],
  ])('[acs-28] %s refuses %j by its place', (id, desired, name) => {
    const answer = compile(id, desired, free);
    expect(answer).toMatchObject({ type: 'refused', code: 'badInput', path: `desired.${name}`, hint: expect.any(String) });
    const [wish] = Object.values(desired);
    if (name.includes('password')) expect(JSON.stringify(answer)).not.toContain(wish);
  });

  test('32 bytes and 63 characters still fit', () => {
    expect(compiled('tplink-xx230v', { 'wifi.24.ssid': 'é'.repeat(16), 'wifi.24.password': 'x'.repeat(63) }).parameters).toHaveLength(2);
    for (const nothing of [{}, null, [], 'x'] as unknown as DesiredState[]) expect(compile('tplink-xx230v', nothing)).toMatchObject({ code: 'badInput', path: 'desired' });
  });
});

describe('secrets', () => {
  const left: DesiredState = { 'wifi.24.ssid': 'Maison', 'wifi.24.password': null };

  test('[S1-132] a secret left to the hub goes into no target but the script that fetches it', () => {
    const made = compiled('tplink-xx230v', left);
    expect(genieAcsProvision(made)).toMatchObject({ type: 'accepted', value: expect.stringContaining('secret(["wifi","password"])') });
    for (const target of [genieAcsTasks, uspSets, setParameterValues]) expect(target(made)).toMatchObject({ code: 'secretNotGiven', path: 'desired.wifi.24.password' });
    expect(cpeProfile(xx, left)).toMatchObject({ code: 'secretNotGiven' });
  });

  test('a secret the hub has no place for is kept out of scripts', () => {
    const made = compiled('tplink-xx230v', { 'acs.connectionRequestPassword': 'cr-s3cret' }, free);
    expect(genieAcsProvision(made)).toMatchObject({ code: 'secretNeedsSource' });
    expect(JSON.stringify(genieAcsProvision(made))).not.toContain('cr-s3cret');
    expect(genieAcsTasks(made)).toMatchObject({ value: { readBack: { parameterNames: [] } } });
  });

  test('no text breaks out of a script', () => {
    fc.assert(fc.property(fc.string({ minLength: 1, maxLength: 30, unit: 'binary' }), (ssid) => {
      const answer = compile('tplink-xx230v', { 'wifi.24.ssid': ssid });
      if (answer.type === 'refused') return;
      const script = genieAcsProvision(answer.value);
      const set: unknown[] = [];
      new Function('declare', 'commit', script.type === 'accepted' ? script.value : 'throw 1')((_: string, __: null, wanted: { value: unknown }) => set.push(wanted.value), () => undefined);
      expect(set).toEqual([ssid]);
    }));
  });
});

test('loose settings are cut at 30, an atomic group never', () => {
  const base = { ...compiled('tplink-xx230v', { 'upnp.enabled': false }) };
  const many = Array.from({ length: 65 }, (_, i) => ({ ...base.parameters[0]!, path: `Device.X.${i}` }));
  expect(profileBatches({ ...base, parameters: many }).map(({ length }) => length)).toEqual([30, 30, 5]);
  expect(profileBatches({ ...base, parameters: many.map((one) => ({ ...one, group: 'g' })) }).map(({ length }) => length)).toEqual([65]);
});
