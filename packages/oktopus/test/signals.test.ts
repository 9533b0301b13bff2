// What Oktopus tells over NATS and MQTT, read; records are made by protobufjs and Informs as CPEs write them.
import fc from 'fast-check';
import { freshDevice } from '../../sandbox/src/oktopus/state.ts';
import { informOf } from '../../sandbox/src/oktopus/tells.ts';
import { uspRecord } from '../../sandbox/src/oktopus/uspProto.ts';
import { readSignal, type DeviceSignal, type SignalReading } from '../src/index.ts';
import { escapeXml, readXml } from '../src/xml.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const nats = (subject: string, payload: string | Uint8Array): SignalReading => readSignal({ via: 'nats', subject, payload: typeof payload === 'string' ? bytes(payload) : payload });
const mqtt = (subject: string, payload: string | Uint8Array): SignalReading => readSignal({ via: 'mqtt', subject, payload: typeof payload === 'string' ? bytes(payload) : payload });
const events = (reading: SignalReading): readonly DeviceSignal[] => {
  if (reading.type !== 'events') throw new Error(JSON.stringify(reading));
  return reading.events;
};
const cpe = freshDevice('RCMG19E01234', '000E5E', 'HT803G-W', '10.30.0.10');

test('[acs-41] an Inform with 0 BOOTSTRAP is a bootstrap with all its facts, and says that the device is there; its secrets stay behind', () => {
  const found = events(nats('cwmp.v1.RCMG19E01234.info', informOf(cpe, '0 BOOTSTRAP', '2026-04-01T13:00:00Z')));
  expect(found).toMatchObject([
    { event: 'bootstrap', source: 'oktopus', serial: 'RCMG19E01234', oui: '000E5E', productClass: 'HT803G-W', mtp: 'cwmp', vendor: 'Raisecom', firmware: '5.00.21', ip: '10.30.0.10', raw: { subject: 'cwmp.v1.RCMG19E01234.info', said: { events: ['0 BOOTSTRAP', '1 BOOT'] } } },
    { event: 'online', mtp: 'cwmp' },
  ]);
  expect(JSON.stringify(found)).not.toContain('cr-secret');
  expect(events(nats('cwmp.v1.RCMG19E01234.info', informOf(cpe, '1 BOOT', '')))[0]!.event).toBe('boot');
  expect(events(nats('cwmp.v1.RCMG19E01234.info', informOf(cpe, '2 PERIODIC', '')))[0]!.event).toBe('inform');
});

test('[acs-41] [S1-137] a device new to Oktopus is a bootstrap, as is the seed’s own topic', () => {
  expect(events(nats('device.v1.new', JSON.stringify({ SN: 'A1', Model: 'XX230v', Vendor: 'TP-Link', Version: '1.0', ProductClass: 'Device2', Mqtt: 2, Cwmp: 0 })))).toMatchObject([{ event: 'bootstrap', serial: 'A1', model: 'XX230v', firmware: '1.0', productClass: 'Device2', mtp: 'mqtt' }]);
  expect(events(mqtt('device/bootstrap/A1', ''))).toMatchObject([{ event: 'bootstrap', serial: 'A1', mtp: 'unknown' }]);
  expect(events(mqtt('device/bootstrap/A1', '{"oui":"1C61B4","ip":"10.0.0.9","other":1}'))).toMatchObject([{ oui: '1C61B4', ip: '10.0.0.9' }]);
});

test('[acs-41] status 0 is offline and 1 is online, over each transport', () => {
  for (const mtp of ['mqtt', 'ws', 'stomp'] as const) {
    expect(events(nats(`${mtp}.usp.v1.A1.status`, '0'))).toMatchObject([{ event: 'offline', serial: 'A1', mtp }]);
    expect(events(nats(`${mtp}.usp.v1.A1.status`, '1'))).toMatchObject([{ event: 'online', mtp }]);
  }
  expect(events(nats('cwmp.v1.A1.status', '0'))).toMatchObject([{ event: 'offline', mtp: 'cwmp' }]);
  expect(events(mqtt('oktopus/usp/v1/status/A1', '0'))).toMatchObject([{ event: 'offline', mtp: 'mqtt' }]);
});

test('[acs-41] USP records: what a device is, that it booted, that it asks to be taken on', () => {
  const values = uspRecord('A1', { response: { get_resp: { req_path_results: [{ requested_path: 'Device.DeviceInfo.ModelName', resolved_path_results: [{ resolved_path: 'Device.DeviceInfo.', result_params: { ModelName: 'XX230v', SoftwareVersion: '2.0' } }] }, { requested_path: 'X', err_code: 7026 }] } } });
  expect(events(nats('ws.usp.v1.A1.info', values))).toMatchObject([{ event: 'inform', model: 'XX230v', firmware: '2.0', mtp: 'ws' }]);
  const boot = uspRecord('os::1C61B4-A1', { request: { notify: { event: { obj_path: 'Device.', event_name: 'Boot!', params: { Cause: 'LocalReboot' } } } } });
  expect(events(mqtt('oktopus/usp/v1/controller', boot))).toMatchObject([{ event: 'boot', serial: 'A1', raw: { said: { Cause: 'LocalReboot' } } }]);
  const onBoard = uspRecord('os::1C61B4-A1', { request: { notify: { on_board_req: { oui: '1C61B4', product_class: 'Device2', serial_number: 'A1' } } } });
  expect(events(mqtt('oktopus/usp/v1/controller/A1', onBoard))).toMatchObject([{ event: 'bootstrap', oui: '1C61B4', productClass: 'Device2' }]);
  expect(mqtt('oktopus/usp/v1/controller', uspRecord('A1', { request: { notify: { event: { event_name: 'Periodic!' } } } }))).toEqual({ type: 'ignored' });
});

test('[acs-41] broken XML, JSON, protobuf and statuses are malformed, each with its reason and without its content; other subjects are ignored', () => {
  const whole = informOf(cpe, '0 BOOTSTRAP', '');
  const cases: readonly SignalReading[] = [
    nats('cwmp.v1.RCMG19E01234.info', whole.slice(0, 400)), nats('cwmp.v1.RCMG19E01234.info', '<html>secret</html>'), nats('cwmp.v1.RCMG19E01234.info', ''), nats('cwmp.v1.OTHER.info', whole), nats('device.v1.new', 'secret{'), nats('device.v1.new', '[]'), nats('device.v1.new', '{"SN":"a b"}'),
    nats('mqtt.usp.v1.A1.status', 'secret'), nats('mqtt.usp.v1.A1.info', new Uint8Array([0x3a, 0xff, 0xff])), nats('mqtt.usp.v1.A1.info', ''), mqtt('device/bootstrap/A1', 'secret'), mqtt('oktopus/usp/v1/status/A%20', '1'), nats('device.v1.new', new Uint8Array([0xff, 0xfe])),
  ];
  for (const one of cases) expect(one).toEqual({ type: 'malformed', because: expect.stringMatching(/./) });
  expect(JSON.stringify(cases)).not.toContain('secret');
  for (const one of [nats('cwmp.v1.A1.api', 'x'), nats('device.usp.v1.A1.api', 'x'), nats('adapter.v1.A1.device', ''), mqtt('oktopus/usp/v1/agent/A1', 'x'), mqtt('device/other/A1', '')]) expect(one).toEqual({ type: 'ignored' });
});

test('[acs-41] no bytes on any subject make the reader throw', () => {
  const subjects = ['device.v1.new', 'cwmp.v1.A1.info', 'cwmp.v1.A1.status', 'mqtt.usp.v1.A1.info', 'ws.usp.v1.A1.status'];
  const record = uspRecord('A1', { request: { notify: { event: { event_name: 'Boot!' } } } });
  fc.assert(fc.property(fc.constantFrom(...subjects), fc.uint8Array({ maxLength: 80 }), (subject, payload) => void nats(subject, payload)));
  fc.assert(fc.property(fc.nat(record.length), fc.nat(255), (at, value) => void mqtt('oktopus/usp/v1/controller', record.map((byte, i) => (i === at ? value : byte)))));
});

describe('XML', () => {
  test('what is escaped is read back the same', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }).filter((text) => !/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.test(text)), (text) => {
      const root = readXml(`<a:R xmlns:a="u" k="${escapeXml(text)}"><V>${escapeXml(text)}</V></a:R>`);
      expect([root.attributes['k'], root.children[0]!.text]).toEqual([text, text]);
    }));
  });
  test('CDATA, comments, numbers, empty elements and prefixes are read; what is not well formed is refused', () => {
    expect(readXml('<?xml version="1.0"?><!-- x --><s:A><B><![CDATA[<&>]]></B><C/>&#x41;&#66;</s:A>')).toMatchObject({ name: 'A', text: 'AB', children: [{ name: 'B', text: '<&>' }, { name: 'C', text: '' }] });
    for (const bad of ['', 'x', '<a>', '<a></b>', '<a/><b/>', '<a>&x;</a>', '<a>&</a>', '<a b=c/>', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', '<a><b></a></b>', '<a>'.repeat(200) + '</a>'.repeat(200)]) expect(() => readXml(bad)).toThrow();
  });
});
