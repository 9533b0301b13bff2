/** One field of the setup manifest, as it is posted to DocType or Custom Field. */
export interface SchemaField {
  readonly fieldname: string;
  readonly fieldtype: string;
  readonly label: string;
  readonly options?: string;
  readonly reqd?: 0 | 1;
  readonly unique?: 0 | 1;
  readonly default?: string;
  readonly length?: number;
  readonly no_copy?: 0 | 1;
  readonly non_negative?: 0 | 1;
  readonly set_only_once?: 0 | 1;
}
export interface SchemaDoctype {
  readonly name: string;
  readonly autoname?: string;
  readonly istable?: 0 | 1;
  readonly fields: readonly SchemaField[];
}
/** `schema/setup-manifest.json`: what Leadlight adds to a site. */
export interface SetupManifest {
  readonly child_doctypes: readonly SchemaDoctype[];
  readonly doctypes: readonly SchemaDoctype[];
  readonly custom_fields: readonly (SchemaField & { readonly dt: string })[];
}

const LAYOUT = new Set(['Section Break', 'Column Break', 'Tab Break', 'HTML', 'Heading', 'Button']);

/**
 * The fields Leadlight owns on a doctype: all of its own doctypes, the custom ones of ERPNext's; layout left out.
 * @example fieldsOf(manifest, 'Customer').map((field) => field.fieldname) // ['leadlight_id', 'legacy_customer_id', 'stripe_customer_id']
 */
export function fieldsOf(manifest: SetupManifest, doctype: string): readonly SchemaField[] {
  const own = [...manifest.doctypes, ...manifest.child_doctypes].find((one) => one.name === doctype);
  if (own) return own.fields.filter((field) => !LAYOUT.has(field.fieldtype));
  return manifest.custom_fields.filter((field) => field.dt === doctype).map(({ dt: _dt, ...field }) => field);
}
