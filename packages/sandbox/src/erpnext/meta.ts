// Field metadata as the site holds it: our doctypes from the setup manifest itself, ERPNext's own from a compact table.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fieldsOf, type SchemaField, type SetupManifest } from '../../../erpnext/src/index.ts';
import { inRelease } from './releases.ts';
import { standardDoctypes } from './standard.ts';

export type Field = SchemaField;
export interface Meta {
  readonly name: string;
  /** `naming_series:`, `field:x`, `prompt`, `hash`, or `format` rules of a hook. */
  readonly autoname: string;
  readonly istable?: boolean;
  readonly issingle?: boolean;
  readonly submittable?: boolean;
  readonly custom?: boolean;
  readonly fields: readonly Field[];
}

/** Every doctype of a site with ERPNext and, given its manifest, the Leadlight schema installed. */
export function siteMeta(manifest: SetupManifest | undefined, release: 15 | 16 = 15): Map<string, Meta> {
  const all = new Map<string, Meta>();
  for (const [name, text] of Object.entries(standardDoctypes)) all.set(name, standard(name, inRelease(release, name, text)));
  if (!manifest) return all;
  for (const { name, autoname, istable } of [...manifest.child_doctypes, ...manifest.doctypes]) {
    all.set(name, { name, autoname: autoname ?? 'hash', istable: istable === 1, custom: true, fields: fieldsOf(manifest, name) });
  }
  for (const dt of new Set(manifest.custom_fields.map((field) => field.dt))) {
    const meta = all.get(dt);
    if (!meta) throw new Error(`the manifest extends ${dt}, which this sandbox does not have`);
    all.set(dt, { ...meta, fields: [...meta.fields, ...fieldsOf(manifest, dt)] });
  }
  return all;
}

// `field | Type:options | reqd unique =default`, first line `autoname [flags]`.
function standard(name: string, text: string): Meta {
  const [head = '', ...lines] = text.trim().split('\n').map((line) => line.trim()).filter(Boolean);
  const [autoname = 'hash', ...flags] = head.split(' ');
  const fields = lines.map((line): Field => {
    const [fieldname = '', type = 'Data', rest = ''] = line.split('|').map((part) => part.trim());
    const [, fieldtype = 'Data', options] = /^([\w ]+?)(?::(.*))?$/.exec(type) ?? [];
    const [, words = '', value] = /^([^=]*)(?:=(.*))?$/.exec(rest) ?? [];
    const has = (word: string) => (words.split(' ').includes(word) ? { [word === 'once' ? 'set_only_once' : word]: 1 as const } : {});
    return {
      fieldname, fieldtype, label: fieldname.split('_').map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' '),
      ...(options === undefined ? {} : { options: fieldtype === 'Select' ? options.split(',').join('\n') : options }),
      ...(value === undefined ? {} : { default: value }),
      ...has('reqd'), ...has('unique'), ...has('once'), ...has('no_copy'),
    };
  });
  return { name, autoname, istable: flags.includes('table'), issingle: flags.includes('single'), submittable: flags.includes('submittable'), fields };
}

/** The manifest of packages/erpnext, found from the working folder or the running program upwards. */
export function readManifest(): SetupManifest {
  for (const from of [process.cwd(), dirname(process.argv[1] ?? '.')]) {
    for (let folder = from; ; folder = dirname(folder)) {
      try {
        return JSON.parse(readFileSync(join(folder, 'packages/erpnext/schema/setup-manifest.json'), 'utf8')) as SetupManifest;
      } catch (error) {
        if ((error as { code?: string }).code !== 'ENOENT') throw error;
      }
      if (folder === dirname(folder)) break;
    }
  }
  throw new Error('packages/erpnext/schema/setup-manifest.json was not found: run from inside the repository');
}
