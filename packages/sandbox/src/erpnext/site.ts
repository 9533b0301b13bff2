import { wallClock } from '../../../../core/src/index.ts';
import type { SetupManifest } from '../../../erpnext/src/index.ts';
import type { World } from '../world.ts';
import { forbidden, FrappeFault, missing } from './fault.ts';
import { siteMeta, type Field, type Meta } from './meta.ts';
import { rightsOf } from './rights.ts';
import { newStore, type Row, type Store } from './store.ts';

/** What every file of the site works on. */
export interface Site {
  readonly world: World;
  readonly store: Store;
  /** Every doctype by its name; a saved DocType or Custom Field changes it. */
  readonly metas: Map<string, Meta>;
  /** Without the Leadlight schema: rights are then those of the rows alone. */
  readonly bare: boolean;
  readonly release: 15 | 16;
  readonly zone: string;
  readonly abbr: string;
  meta(doctype: string): Meta;
  known(doctype: string): boolean;
  /** The user of the request being served. */
  user: string;
  roles: readonly string[];
  /** Naive site time with microseconds, never the same twice. */
  stamp(): string;
  today(): string;
  setting(single: string, field: string): unknown;
  /** Sentences to add to the reply of a success. */
  readonly notices: string[];
  changed(doctype: string, event: string, row: Row): void;
}

/** An empty site; `seed` fills it. */
export function newSite(world: World, zone: string, abbr: string, changed: Site['changed'], manifest?: SetupManifest, release: 15 | 16 = 15): Site {
  const metas = siteMeta(manifest, release);
  const store = newStore();
  let last = 0;
  const site: Site = {
    world, store, metas, bare: manifest === undefined, release, zone, abbr, user: 'Administrator', roles: ['System Manager'], notices: [], changed,
    known: (doctype) => metas.has(doctype),
    meta(doctype) {
      const meta = metas.get(doctype);
      if (!meta) throw missing('DocType', doctype);
      return meta;
    },
    stamp() {
      last = Math.max(last + 1, world.clock.ms * 1000);
      const ms = Math.floor(last / 1000);
      return `${wallClock(new Date(ms).toISOString(), zone).replace('T', ' ')}.${String(ms % 1000).padStart(3, '0')}${String(last % 1000).padStart(3, '0')}`;
    },
    today: () => wallClock(world.clock.now(), zone).slice(0, 10),
    setting: (single, field) => store.find(single, single)?.[field],
  };
  return site;
}

export const isTable = (field: Field) => field.fieldtype === 'Table' || field.fieldtype === 'Table MultiSelect';
export const isNumber = (field: Field) => ['Int', 'Float', 'Currency', 'Percent', 'Check'].includes(field.fieldtype);

/** MariaDB's collation: case, accents and trailing blanks do not tell values apart. */
export function collate(value: unknown): string {
  const text = String(value ?? '');
  // Plain letters have no marks to lose; unique checks of thousands of rows come through here.
  // eslint-disable-next-line no-control-regex
  return (/^[\x00-\x7f]*$/.test(text) ? text : text.normalize('NFD').replace(/\p{M}/gu, '')).toLowerCase().trimEnd();
}

const BUSINESS = new Set(['Customer', 'Address', 'Contact', 'Lead', 'Issue', 'Project', 'Task', 'Sales Invoice', 'Payment Entry', 'ToDo', 'Comment', 'File']);

/** Rights by role, as the permission manager of the reference setup leaves them. */
export function demand(site: Site, doctype: string, right: 'read' | 'write' | 'create' | 'delete' | 'submit' | 'cancel'): void {
  if (site.user === 'Guest') throw forbidden(`User <strong>Guest</strong> does not have doctype access via role permission for document <strong>${doctype}</strong>`);
  if (site.roles.includes('System Manager')) return;
  if (site.bare) {
    if (rightsOf(site, doctype).some((row) => site.roles.includes(String(row['role'])) && row[right] === 1 && !row['if_owner'])) return;
    throw forbidden(`User <strong>${site.user}</strong> does not have doctype access via role permission for document <strong>${doctype}</strong>`);
  }
  if (doctype === 'DocType') throw forbidden(`User <strong>${site.user}</strong> does not have doctype access via role permission for document <strong>DocType</strong>`);
  const own = site.known(doctype) && site.meta(doctype).custom === true;
  if (site.roles.includes('Leadlight Integration') && (right === 'read' || (right !== 'delete' && (own || BUSINESS.has(doctype))))) return;
  throw forbidden(`User <strong>${site.user}</strong> does not have doctype access via role permission for document <strong>${doctype}</strong>`);
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new FrappeFault(417, 'ValidationError', 'Invalid JSON');
  }
}
