import { deny, type Refused } from '../kernel/decision.ts';
import { ontSerial } from './ontSerial.ts';

/** A row of the old provisioning tables, column → value as exported. */
export type LegacyValues = Readonly<Record<string, unknown>>;
export interface LegacyWifi { readonly table: 'wifi'; readonly key: string; readonly ssid: string; readonly password: string }
export interface LegacyVoip { readonly table: 'voip'; readonly key: string; readonly username: string; readonly password: string; readonly domain: string; readonly registrar: string }
/** What a voice row does not say, because it was the same for everybody. */
export interface LegacyVoice { readonly domain?: string; readonly registrar?: string }
export type LegacyFault = 'keyMissing' | 'keyUnreadable' | 'ssidEmpty' | 'ssidTooLong' | 'ssidUnreadable' | 'passwordEmpty' | 'passwordBad' | 'usernameBad' | 'domainMissing' | 'domainBad';

/** The columns each field was ever called. The first that is there is taken. */
export const legacyColumns = {
  key: ['serial', 'serial_number', 'sn', 'mac', 'mac_address', 'device', 'device_id'],
  ssid: ['ssid', 'wifi_ssid', 'wifi_name'],
  password: ['password', 'passphrase', 'psk', 'key', 'wifi_password', 'sip_password', 'secret', 'pass'],
  username: ['username', 'user', 'sip_username', 'auth_user', 'login', 'number', 'phone'],
  domain: ['domain', 'sip_domain', 'realm'],
  registrar: ['registrar', 'server', 'sip_server', 'proxy', 'host'],
} as const;

const field = (values: LegacyValues, names: readonly string[]): string => {
  const lower = Object.fromEntries(Object.entries(values).map(([name, value]) => [name.trim().toLowerCase(), value]));
  const found = names.map((name) => (Object.hasOwn(lower, name) ? lower[name] : undefined)).find((value) => value !== undefined && value !== null && value !== '');
  return typeof found === 'string' ? found : typeof found === 'number' ? String(found) : '';
};

/**
 * A device's name in one spelling: an ONT's serial as on its label, whether it was written in hex or in small letters; anything else in
 * capitals without separators. Null when nothing is left that could be a device.
 * @example deviceKey('40-3f-8c-00-00-01') // '403F8C000001'
 */
export function deviceKey(text: string): string | null {
  const code = text.normalize('NFKC').toUpperCase().replace(/^\s*(?:S\/?N|SERIAL|MAC)\s*[:=#]\s*/, '').replace(/[\s:._-]/g, '');
  if (!/^[0-9A-Z]{6,32}$/.test(code) || /^(.)\1*$/.test(code)) return null;
  const ont = /^([A-Z]{4}|[0-9A-F]{8})[0-9A-F]{8}$/.test(code) ? ontSerial(code) : undefined;
  return ont?.type === 'accepted' ? ont.value.label : code;
}

/**
 * Reads a Wi-Fi row: whose, which network, which passphrase. Bounds are those of the standards (32 bytes, 8 to 63 plain characters), because
 * a device would refuse or cut anything else. No refusal repeats a value.
 * @example readWifiRow({ mac: '40:3f:8c:00:00:01', ssid: 'Maison', password: 'soleil-2026' }) // { table: 'wifi', key: '403F8C000001', ssid: 'Maison', password: 'soleil-2026' }
 */
export function readWifiRow(values: LegacyValues): LegacyWifi | Refused<LegacyFault> {
  const key = readKey(values);
  if (typeof key !== 'string') return key;
  const [ssid, password] = [field(values, legacyColumns.ssid), field(values, legacyColumns.password)];
  if (ssid.trim() === '') return no('ssidEmpty', 'ssid', 'The network has no name.');
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u001f\u007f\ufffd]|\p{Surrogate}/u.test(ssid)) return no('ssidUnreadable', 'ssid', 'The name of the network was damaged on export.', 'Export as UTF-8.');
  if (new TextEncoder().encode(ssid).length > 32) return no('ssidTooLong', 'ssid', 'The name of the network is longer than 32 bytes.', 'Shorten it in the old table; an accent counts two.');
  if (password === '') return no('passwordEmpty', 'password', 'The network has no passphrase.');
  return /^[\x20-\x7e]{8,63}$/.test(password) ? { table: 'wifi', key, ssid, password } : no('passwordBad', 'password', 'The passphrase has not 8 to 63 plain characters.');
}

/**
 * Reads a voice row. Domain and registrar stand for each other, and `voice` for both, where the old table did not keep them.
 * @example readVoipRow({ serial: 'rcmg19e0aaaa', username: '4505551234', password: 's3cret' }, { domain: 'sip.example.ca' }).registrar // 'sip.example.ca'
 */
export function readVoipRow(values: LegacyValues, voice: LegacyVoice = {}): LegacyVoip | Refused<LegacyFault> {
  const key = readKey(values);
  if (typeof key !== 'string') return key;
  const [username, password] = [field(values, legacyColumns.username).trim(), field(values, legacyColumns.password)];
  if (!/^[\x21-\x7e]{1,64}$/.test(username)) return no('usernameBad', 'username', 'The SIP user has not 1 to 64 plain characters.');
  if (password === '') return no('passwordEmpty', 'password', 'The SIP user has no password.');
  if (!/^[\x20-\x7e]{1,128}$/.test(password)) return no('passwordBad', 'password', 'The SIP password has not 1 to 128 plain characters.');
  const [ownDomain, ownRegistrar] = [field(values, legacyColumns.domain).trim(), field(values, legacyColumns.registrar).trim()];
  const domain = ownDomain || voice.domain || ownRegistrar || voice.registrar || '';
  const registrar = ownRegistrar || voice.registrar || domain;
  if (domain === '') return no('domainMissing', 'domain', 'Neither the row nor the command says the SIP domain.', 'Give it with --sip-domain.');
  if (![domain, registrar].every((one) => /^[A-Za-z0-9.-]{1,100}(:\d{1,5})?$/.test(one))) return no('domainBad', 'domain', 'The SIP domain is no host name.');
  return { table: 'voip', key, username, password, domain, registrar };
}

const no = (code: LegacyFault, path: string, message: string, hint = 'Correct it in the old table and export again.'): Refused<LegacyFault> => deny(code, path, message, hint);
function readKey(values: LegacyValues): string | Refused<LegacyFault> {
  const text = field(values, legacyColumns.key);
  if (text.trim() === '') return no('keyMissing', 'key', 'The row names no device.');
  return deviceKey(text) ?? no('keyUnreadable', 'key', 'What names the device is neither a serial nor a MAC.');
}
