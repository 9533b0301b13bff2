import { VendorError } from '../../../core/src/index.ts';
import type { Raw, Wire } from './call.ts';
import { rejected, VENDOR } from './errors.ts';

export interface DcimDevice { readonly type: 'device'; readonly id: number; readonly name: string; readonly serial: string; readonly role: string | null; readonly status: string }
export interface DcimInterface { readonly type: 'interface'; readonly id: number; readonly name: string; readonly deviceId: number; readonly kind: string }

const pick = (value: unknown, field: string): string => (typeof value === 'object' && value !== null ? String((value as Raw)[field] ?? '') : '');
const readDevice = (raw: Raw): DcimDevice => ({ type: 'device', id: Number(raw['id']), name: String(raw['name'] ?? ''), serial: String(raw['serial'] ?? ''), role: pick(raw['role'], 'slug') || null, status: pick(raw['status'], 'value') });
const readInterface = (raw: Raw): DcimInterface => ({ type: 'interface', id: Number(raw['id']), name: String(raw['name'] ?? ''), deviceId: Number(pick(raw['device'], 'id')), kind: pick(raw['type'], 'value') });

async function one<T>(wire: Wire, operation: string, path: string, query: Record<string, string | number>, read: (raw: Raw) => T, same: (it: T) => boolean): Promise<T | null> {
  const found: T[] = [];
  for await (const raw of wire.list(operation, path, query)) {
    const it = read(raw);
    if (same(it)) found.push(it);
  }
  if (found.length > 1) throw new VendorError({ vendor: VENDOR, operation, kind: 'conflict', message: `NetBox has ${found.length} objects that match.`, hint: 'Ask more precisely.', detail: { reason: 'ambiguous' } });
  return found[0] ?? null;
}

/** The little of DCIM the lead-to-live path reads: which device, which interface. Null when there is none. */
export function devices(wire: Wire) {
  return {
    async find(by: { readonly name?: string; readonly serial?: string }): Promise<DcimDevice | null> {
      if (!by.name && !by.serial) throw rejected('devices.find', 'Neither a name nor a serial was given.', 'Give one of them.');
      return one(wire, 'devices.find', 'dcim/devices', { ...(by.name ? { name: by.name } : {}), ...(by.serial ? { serial: by.serial } : {}) }, readDevice, (it) => (!by.name || it.name === by.name) && (!by.serial || it.serial === by.serial));
    },
  };
}
/** Interfaces of a device. @example await interfaces(wire).find({ deviceId: 1, name: 'pon-2' }) */
export function interfaces(wire: Wire) {
  return {
    async find(by: { readonly deviceId: number; readonly name: string }): Promise<DcimInterface | null> {
      return one(wire, 'interfaces.find', 'dcim/interfaces', { device_id: by.deviceId, name: by.name }, readInterface, (it) => it.deviceId === by.deviceId && it.name === by.name);
    },
  };
}
