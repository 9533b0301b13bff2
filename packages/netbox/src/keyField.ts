import type { Raw, Wire } from './call.ts';
import { rejected } from './errors.ts';

/** The custom field that makes allocation repeatable: text, unique, on IP addresses. NetBox checks it inside the allocation lock. */
export const KEY_FIELD = 'leadlight_key';

const WANTED = { name: KEY_FIELD, label: 'Leadlight key', type: 'text', object_types: ['ipam.ipaddress'], unique: true, filter_logic: 'exact', description: 'Which order or service took this address. Written by Leadlight.' };
const HOW = `Create a custom field "${KEY_FIELD}" on IP addresses: type text, "must be unique" on, filter logic exact. ensureKeyField() does it when the token may.`;

const value = (field: unknown): unknown => (typeof field === 'object' && field !== null && 'value' in field ? (field as Raw)['value'] : field);

async function find(wire: Wire): Promise<Raw | undefined> {
  const { body } = await wire.get('keyField.check', 'extras/custom-fields', { name: KEY_FIELD });
  return ((body['results'] ?? []) as Raw[]).find((field) => field['name'] === KEY_FIELD);
}

/** Whether allocation is safe on this NetBox. @throws VendorError rejectedInput when the field is missing or not unique */
export async function checkKeyField(wire: Wire): Promise<void> {
  const field = await find(wire);
  if (!field) throw rejected('keyField.check', `NetBox has no custom field "${KEY_FIELD}"; without it a repeated order could take a second address.`, HOW);
  if (field['unique'] !== true) throw rejected('keyField.check', `The custom field "${KEY_FIELD}" is not unique; two runs could both take an address.`, HOW);
  if (!((field['object_types'] ?? []) as unknown[]).includes('ipam.ipaddress') || value(field['type']) !== 'text') throw rejected('keyField.check', `The custom field "${KEY_FIELD}" is not a text on IP addresses.`, HOW);
}

/** Makes the field when it is missing; leaves one that is there alone, but checks it. */
export async function ensureKeyField(wire: Wire): Promise<{ readonly created: boolean }> {
  const created = !(await find(wire));
  if (created) await wire.write('keyField.ensure', 'POST', 'extras/custom-fields', WANTED);
  await checkKeyField(wire);
  return { created };
}
