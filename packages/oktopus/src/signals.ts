import type { JsonObject } from '../../../core/src/index.ts';
import { readInform } from './inform.ts';
import { isSecretPath } from './redact.ts';
import { readUspRecord } from './uspRecord.ts';

/** One message as NATS or MQTT gave it. */
export interface Signal { readonly via: 'nats' | 'mqtt'; readonly subject: string; readonly payload: Uint8Array }
/** What a device did, in one form whichever way it was told (acs.md 3.6). The moment and the key against repeats are the receiver's. */
export interface DeviceSignal {
  readonly event: 'bootstrap' | 'boot' | 'inform' | 'online' | 'offline';
  readonly source: 'oktopus';
  /** Oktopus knows a device by its serial alone. */
  readonly deviceId: string;
  readonly serial: string;
  readonly oui: string;
  readonly productClass: string;
  readonly mtp: 'cwmp' | 'mqtt' | 'ws' | 'stomp' | 'unknown';
  readonly vendor?: string;
  readonly model?: string;
  readonly firmware?: string;
  readonly ip?: string;
  /** The subject it came from, and what the device said, without secrets. */
  readonly raw: JsonObject;
}
export type SignalReading = { readonly type: 'events'; readonly events: readonly DeviceSignal[] } | { readonly type: 'ignored' } | { readonly type: 'malformed'; readonly because: string };

interface Facts { readonly oui?: string; readonly productClass?: string; readonly vendor?: string; readonly model?: string; readonly firmware?: string; readonly ip?: string; readonly said?: JsonObject }

const SERIAL = /^[A-Za-z0-9_:-]{1,64}$/;
/** What the seed's contract may carry: whoever publishes it need not know all. */
const GIVEN = ['oui', 'productClass', 'vendor', 'model', 'firmware', 'ip'] as const;

/**
 * What a message means. Everything that is not understood is `ignored` (another subject) or `malformed` (the right subject, broken
 * content), never thrown: one bad message must not end the intake.
 * @example readSignal({ via: 'nats', subject: 'mqtt.usp.v1.A1.status', payload: new TextEncoder().encode('0') }).type // 'events'
 */
export function readSignal({ via, subject, payload }: Signal): SignalReading {
  const parts = subject.split(via === 'nats' ? '.' : '/');
  const text = (): string => new TextDecoder('utf-8', { fatal: true }).decode(payload).trim();
  try {
    if (via === 'nats') {
      if (subject === 'device.v1.new') return newDevice(subject, text());
      const [first = '', second, third, fourth, fifth] = parts;
      if (parts.length === 4 && first === 'cwmp' && second === 'v1') return fourth === 'info' ? informed(subject, third ?? '', text()) : fourth === 'status' ? present(subject, third ?? '', 'cwmp', text()) : { type: 'ignored' };
      if (parts.length === 5 && second === 'usp' && third === 'v1' && isUsp(first)) return fifth === 'status' ? present(subject, fourth ?? '', first, text()) : fifth === 'info' ? told(subject, fourth ?? '', first, payload) : { type: 'ignored' };
      return { type: 'ignored' };
    }
    if (parts.length === 3 && parts[0] === 'device' && parts[1] === 'bootstrap') return given(subject, parts[2] ?? '', text());
    if (/^oktopus\/usp\/v1\/status\/[^/]+$/.test(subject)) return present(subject, parts.at(-1) ?? '', 'mqtt', text());
    if (/^oktopus\/usp\/v1\/controller(\/[^/]+)?$/.test(subject)) return told(subject, parts[4] ?? '', 'mqtt', payload);
    return { type: 'ignored' };
  } catch (error) {
    return { type: 'malformed', because: (error as Error).message };
  }
}

const isUsp = (name: string): name is 'mqtt' | 'ws' | 'stomp' => ['mqtt', 'ws', 'stomp'].includes(name);

function events(subject: string, serial: string, kinds: readonly DeviceSignal['event'][], mtp: DeviceSignal['mtp'], { said, ...facts }: Facts = {}): SignalReading {
  if (!SERIAL.test(serial)) return { type: 'malformed', because: 'a serial number that cannot be kept' };
  const known = Object.fromEntries(Object.entries(facts).filter(([, value]) => value));
  return { type: 'events', events: kinds.map((event) => ({ event, source: 'oktopus' as const, deviceId: serial, serial, oui: '', productClass: '', mtp, ...known, raw: { subject, ...(said ? { said } : {}) } })) };
}

function present(subject: string, serial: string, mtp: DeviceSignal['mtp'], payload: string): SignalReading {
  if (payload !== '0' && payload !== '1') return { type: 'malformed', because: 'a status that is neither 0 nor 1' };
  return events(subject, serial, [payload === '1' ? 'online' : 'offline'], mtp);
}

function object(payload: string): Record<string, unknown> {
  let body: unknown;
  try {
    body = JSON.parse(payload);
  } catch {
    throw new Error('text that is not JSON');
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new Error('JSON that is no object');
  return body as Record<string, unknown>;
}
const word = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 128) : '');

/** A serial that was not yet in Oktopus' database: the nearest it has to a bootstrap. */
function newDevice(subject: string, payload: string): SignalReading {
  const body = object(payload);
  const mtp = Number(body['Cwmp']) === 2 ? 'cwmp' : Number(body['Mqtt']) === 2 ? 'mqtt' : Number(body['Websockets']) === 2 ? 'ws' : Number(body['Stomp']) === 2 ? 'stomp' : 'unknown';
  return events(subject, word(body['SN']), ['bootstrap'], mtp, { vendor: word(body['Vendor']), model: word(body['Model']), firmware: word(body['Version']), productClass: word(body['ProductClass']) });
}

/** The first Inform since the ACS started or the device was away, so it says that the device is there as well. */
function informed(subject: string, serial: string, payload: string): SignalReading {
  const inform = readInform(payload);
  if (inform.serial !== serial) return { type: 'malformed', because: 'an Inform of another serial than its subject' };
  const kind = inform.events.some((one) => /^0 /.test(one)) ? 'bootstrap' : inform.events.some((one) => /^1 /.test(one)) ? 'boot' : 'inform';
  return events(subject, serial, [kind, 'online'], 'cwmp', {
    oui: inform.oui, productClass: inform.productClass, vendor: inform.manufacturer, ...(inform.softwareVersion ? { firmware: inform.softwareVersion } : {}), ...(inform.ip ? { ip: inform.ip } : {}),
    said: { events: [...inform.events], parameters: Object.fromEntries(Object.entries(inform.parameters).slice(0, 40)) },
  });
}

/** What a USP agent says to its controller: the facts after it connected, or an event. */
function told(subject: string, from: string, mtp: DeviceSignal['mtp'], payload: Uint8Array): SignalReading {
  if (payload.length === 0) throw new Error('an empty record');
  const usp = readUspRecord(payload);
  if (usp.type === 'other') return { type: 'ignored' };
  // An endpoint id is `os::OUI-SERIAL` or the like; a topic with the serial is preferred.
  const serial = from || (usp.type === 'onBoard' ? usp.serial : '') || usp.from.replace(/^.*::/, '').replace(/^[0-9A-F]{6}-/i, '');
  const visible = (values: Readonly<Record<string, string>>): JsonObject => Object.fromEntries(Object.entries(values).filter(([path]) => !isSecretPath(path)).slice(0, 40));
  if (usp.type === 'onBoard') return events(subject, serial, ['bootstrap'], mtp, { oui: usp.oui, productClass: usp.productClass });
  if (usp.type === 'event') {
    if (usp.name !== 'Boot!') return { type: 'ignored' };
    const firmware = usp.params['FirmwareUpdated'] === undefined ? {} : { FirmwareUpdated: usp.params['FirmwareUpdated'] };
    return events(subject, serial, ['boot'], mtp, { said: { event: usp.name, ...(usp.params['Cause'] ? { Cause: usp.params['Cause'] } : {}), ...firmware } });
  }
  const { values } = usp;
  const info = (name: string): string => values[`Device.DeviceInfo.${name}`] ?? '';
  return events(subject, serial, ['inform'], mtp, { vendor: info('Manufacturer'), model: info('ModelName'), firmware: info('SoftwareVersion'), productClass: info('ProductClass'), said: { parameters: visible(values) } });
}

/** `device/bootstrap/{serial}`: who publishes it says nothing, or what it knows as JSON. */
function given(subject: string, serial: string, payload: string): SignalReading {
  const body = payload === '' ? {} : object(payload);
  return events(subject, serial, ['bootstrap'], 'unknown', Object.fromEntries(GIVEN.map((name) => [name, word(body[name])])));
}
