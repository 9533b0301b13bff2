import type { Instant, Json } from '../../../core/src/index.ts';
import { isSecretPath } from './redact.ts';

/** One parameter as GenieACS last knew it. A secret's value is never given out: `value` is null and `secret` true. */
export interface Parameter {
  readonly value: Json;
  readonly type?: string;
  readonly writable: boolean;
  readonly object: boolean;
  readonly at?: Instant;
  readonly secret?: true;
}
export interface Device {
  readonly type: 'device';
  readonly id: string;
  readonly serial: string;
  readonly oui: string;
  readonly productClass: string;
  readonly tags: readonly string[];
  readonly registered: Instant | null;
  readonly lastInform: Instant | null;
  readonly lastBoot: Instant | null;
  readonly lastBootstrap: Instant | null;
  /** Full dotted path → parameter; only what the projection asked for and the device has. */
  readonly parameters: Readonly<Record<string, Parameter>>;
}
export interface Fault {
  readonly id: string;
  readonly deviceId: string;
  readonly channel: string;
  readonly code: string;
  readonly message: string;
  readonly at: Instant | null;
  readonly retries: number;
  /** Per-parameter faults of a `cwmp.9003` and the like: names and codes, no values. */
  readonly parameters: readonly { readonly path: string; readonly code: string; readonly message: string }[];
}

const text = (value: unknown): string => (typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '');
const when = (value: unknown): Instant | null => (typeof value === 'string' && value !== '' ? value : null);

/** What every device read asks for besides the parameters wanted. A whole document can weigh 800 KB. */
export const IDENTITY = ['_deviceId', '_tags', '_registered', '_lastInform', '_lastBoot', '_lastBootstrap'] as const;

/** A device document, as much as was projected. @example readDevice({ _id: 'A-B-C', _deviceId: { _SerialNumber: 'C' } }).serial // 'C' */
export function readDevice(doc: Record<string, unknown>): Device {
  const who = (doc['_deviceId'] ?? {}) as Record<string, unknown>;
  const parameters: Record<string, Parameter> = {};
  flatten(doc, '', parameters);
  return {
    type: 'device',
    id: text(doc['_id']),
    serial: text(who['_SerialNumber']),
    oui: text(who['_OUI']),
    productClass: text(who['_ProductClass']),
    tags: Array.isArray(doc['_tags']) ? doc['_tags'].map(String) : [],
    registered: when(doc['_registered']),
    lastInform: when(doc['_lastInform']),
    lastBoot: when(doc['_lastBoot']),
    lastBootstrap: when(doc['_lastBootstrap']),
    parameters,
  };
}

function flatten(node: Record<string, unknown>, prefix: string, into: Record<string, Parameter>): void {
  for (const [key, child] of Object.entries(node)) {
    if (key.startsWith('_') || typeof child !== 'object' || child === null) continue;
    const path = prefix ? `${prefix}.${key}` : key;
    const one = child as Record<string, unknown>;
    if ('_value' in one || '_writable' in one || '_object' in one) {
      const secret = isSecretPath(path) && one['_object'] !== true;
      into[path] = {
        value: secret ? null : ((one['_value'] ?? null) as Json),
        ...(typeof one['_type'] === 'string' ? { type: one['_type'] } : {}),
        writable: one['_writable'] === true,
        object: one['_object'] === true,
        ...(typeof one['_timestamp'] === 'string' ? { at: one['_timestamp'] } : {}),
        ...(secret ? { secret: true as const } : {}),
      };
    }
    flatten(one, path, into);
  }
}

/** A fault document, without its stored provisions, which may hold values. @example readFault({ _id: 'A-B-C:default', code: 'cwmp.9002' }).code // 'cwmp.9002' */
export function readFault(doc: Record<string, unknown>): Fault {
  const detail = (doc['detail'] ?? {}) as Record<string, unknown>;
  const list = Array.isArray(detail['setParameterValuesFault']) ? (detail['setParameterValuesFault'] as Record<string, unknown>[]) : [];
  return {
    id: text(doc['_id']),
    deviceId: text(doc['device']),
    channel: text(doc['channel']),
    code: text(doc['code']),
    message: text(doc['message']),
    at: when(doc['timestamp']),
    retries: Number(doc['retries'] ?? 0),
    parameters: list.map((one) => ({ path: text(one['parameterName']), code: text(one['faultCode']), message: text(one['faultString']) })),
  };
}
