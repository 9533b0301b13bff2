import type { Raw, Wire } from './call.ts';
import { rejected } from './errors.ts';

/** The custom field that makes taking repeatable: text, unique. NetBox checks it inside the lock of its available-* lists. */
export const KEY_FIELD = 'leadlight_key';
/** The day a quarantined address may be freed. */
export const FREE_ON_FIELD = 'leadlight_free_on';

interface Wanted { readonly name: string; readonly label: string; readonly type: string; readonly object_types: readonly string[]; readonly unique: boolean; readonly filter_logic: string; readonly description: string }
const FIELDS: readonly Wanted[] = [
  { name: KEY_FIELD, label: 'Leadlight key', type: 'text', object_types: ['ipam.ipaddress', 'ipam.prefix', 'dcim.device'], unique: true, filter_logic: 'exact', description: 'Which order or service took this. Written by Leadlight.' },
  { name: FREE_ON_FIELD, label: 'Leadlight free on', type: 'date', object_types: ['ipam.ipaddress'], unique: false, filter_logic: 'exact', description: 'Quarantined until this day. Written by Leadlight.' },
];

const hint = ({ name, type, object_types, unique }: Wanted): string =>
  `Run Install Custom Fields once, or create "${name}": type ${type}, object types ${object_types.join(', ')}${unique ? ', "must be unique" on, filter logic exact' : ''}.`;
const value = (field: unknown): unknown => (typeof field === 'object' && field !== null && 'value' in field ? (field as Raw)['value'] : field);
const typesOf = (field: Raw): readonly string[] => (field['object_types'] ?? []) as readonly string[];

async function find(wire: Wire, name: string): Promise<Raw | undefined> {
  const { body } = await wire.get('keyField.check', 'extras/custom-fields', { name });
  return ((body['results'] ?? []) as Raw[]).find((field) => field['name'] === name);
}

/**
 * Whether this NetBox has one of our fields on a kind of object, as it must be.
 * @throws VendorError rejectedInput when the field is missing, not unique, or not on that kind
 * @example await checkField(wire, KEY_FIELD, 'ipam.prefix')
 */
export async function checkField(wire: Wire, name: typeof KEY_FIELD | typeof FREE_ON_FIELD, objectType: string): Promise<void> {
  const wanted = FIELDS.find((one) => one.name === name)!;
  const field = await find(wire, name);
  const no = (message: string) => rejected('keyField.check', message, hint(wanted));
  if (!field) throw no(`NetBox has no custom field "${name}"${wanted.unique ? '; without it a repeated order could take a second one' : ''}.`);
  if (wanted.unique && field['unique'] !== true) throw no(`The custom field "${name}" is not unique; two runs could both take one.`);
  if (!typesOf(field).includes(objectType) || value(field['type']) !== wanted.type) throw no(`The custom field "${name}" is not a ${wanted.type} on ${objectType}.`);
}

/** The same question asked once per client and kind; a no is asked again. @example const safe = rememberedCheck(wire, KEY_FIELD, 'ipam.prefix'); await safe(); */
export function rememberedCheck(wire: Wire, name: typeof KEY_FIELD | typeof FREE_ON_FIELD, objectType: string): () => Promise<void> {
  let checked: Promise<void> | undefined;
  return () => (checked ??= checkField(wire, name, objectType).catch((error: unknown) => {
    checked = undefined;
    throw error;
  }));
}

export interface Installed { readonly type: 'installed'; readonly created: readonly string[]; readonly extended: readonly string[]; readonly unchanged: readonly string[] }

/**
 * Makes the custom fields that are missing and puts them on the kinds of object that lack them; run again it writes nothing. A field of
 * the name that is of another type, or not unique, is refused and left alone: it may be someone else's.
 * @throws VendorError rejectedInput | unauthorised
 * @example await installFields(wire) // { type: 'installed', created: ['leadlight_key', 'leadlight_free_on'], extended: [], unchanged: [] }
 */
export async function installFields(wire: Wire): Promise<Installed> {
  const created: string[] = [];
  const extended: string[] = [];
  for (const wanted of FIELDS) {
    const field = await find(wire, wanted.name);
    if (!field) {
      await wire.write('keyField.install', 'POST', 'extras/custom-fields', wanted);
      created.push(wanted.name);
    } else if (value(field['type']) === wanted.type && wanted.object_types.some((one) => !typesOf(field).includes(one))) {
      await wire.write('keyField.install', 'PATCH', `extras/custom-fields/${Number(field['id'])}`, { object_types: [...new Set([...typesOf(field), ...wanted.object_types])] });
      extended.push(wanted.name);
    }
    for (const objectType of wanted.object_types) await checkField(wire, wanted.name as typeof KEY_FIELD, objectType);
  }
  return { type: 'installed', created, extended, unchanged: FIELDS.map(({ name }) => name).filter((name) => !created.includes(name) && !extended.includes(name)) };
}
