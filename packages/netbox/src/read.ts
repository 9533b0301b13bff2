import type { Raw } from './call.ts';
import { FREE_ON_FIELD, KEY_FIELD } from './keyField.ts';

export interface IpAddress {
  readonly type: 'ipAddress';
  readonly id: number;
  /** With its mask: `100.64.16.10/22`. */
  readonly address: string;
  /** Without: `100.64.16.10`. */
  readonly host: string;
  readonly status: string;
  readonly key: string | null;
  readonly dnsName: string;
  readonly description: string;
  readonly tenantId: number | null;
  readonly assignedTo: { readonly objectType: string; readonly objectId: number } | null;
  /** The day a quarantined address may be freed, `2026-12-24`. */
  readonly freeOn: string | null;
  readonly etag: string | null;
}
export interface Prefix {
  readonly type: 'prefix';
  readonly id: number;
  readonly prefix: string;
  readonly status: string;
  readonly role: string | null;
  readonly vrfId: number | null;
  readonly isPool: boolean;
  readonly key: string | null;
}
export interface Vlan {
  readonly type: 'vlan';
  readonly id: number;
  readonly vid: number;
  readonly name: string;
  readonly status: string;
  readonly groupId: number | null;
}

export const text = (value: unknown): string => (typeof value === 'string' ? value : '');
/** A choice is read as value and label, and written as the value. @example choice({ value: 'active', label: 'Active' }) // 'active' */
export const choice = (value: unknown): string => text(typeof value === 'object' && value !== null ? (value as Raw)['value'] : value);
/** A related object, or its id. @example idOf({ id: 7, name: 'x' }) // 7 */
export const idOf = (value: unknown): number | null => (typeof value === 'object' && value !== null ? Number((value as Raw)['id']) : typeof value === 'number' ? value : null);
/** One field of a related object. @example nested({ id: 7, slug: 'olt' }, 'slug') // 'olt' */
export const nested = (value: unknown, field: string): string | null => (typeof value === 'object' && value !== null ? text((value as Raw)[field]) || null : null);
/** One of our custom fields, or null. @example customField({ custom_fields: { leadlight_key: 'ord_1' } }, KEY_FIELD) // 'ord_1' */
export const customField = (raw: Raw, name: string): string | null => text((raw['custom_fields'] as Raw | undefined)?.[name]) || null;

/** An address as the API shows it. @example readIp({ id: 1, address: '100.64.16.1/22' }, null).host // '100.64.16.1' */
export function readIp(raw: Raw, etag: string | null): IpAddress {
  const address = text(raw['address']);
  const objectType = text(raw['assigned_object_type']);
  return {
    type: 'ipAddress', id: Number(raw['id']), address, host: address.split('/')[0]!, status: choice(raw['status']), key: customField(raw, KEY_FIELD), dnsName: text(raw['dns_name']), description: text(raw['description']),
    tenantId: idOf(raw['tenant']), assignedTo: objectType ? { objectType, objectId: Number(raw['assigned_object_id']) } : null, freeOn: customField(raw, FREE_ON_FIELD), etag,
  };
}

/** A prefix as the API shows it. @example readPrefix({ id: 1, prefix: '100.64.16.0/22' }).prefix // '100.64.16.0/22' */
export function readPrefix(raw: Raw): Prefix {
  return { type: 'prefix', id: Number(raw['id']), prefix: text(raw['prefix']), status: choice(raw['status']), role: nested(raw['role'], 'slug'), vrfId: idOf(raw['vrf']), isPool: raw['is_pool'] === true, key: customField(raw, KEY_FIELD) };
}

/** A VLAN as the API shows it. @example readVlan({ id: 1, vid: 100, name: 'x' }).vid // 100 */
export function readVlan(raw: Raw): Vlan {
  return { type: 'vlan', id: Number(raw['id']), vid: Number(raw['vid']), name: text(raw['name']), status: choice(raw['status']), groupId: idOf(raw['group']) };
}
