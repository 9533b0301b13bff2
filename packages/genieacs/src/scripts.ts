import { VendorError } from '../../../core/src/index.ts';
import type { Nbi } from './call.ts';
import { checkPreset, type Preset } from './checkPreset.ts';
import { rejected, VENDOR } from './errors.ts';
import { segment } from './ids.ts';

/** What a write came to: `changed` is false when everything was so already, and then nothing was sent. */
export interface Written {
  readonly name: string;
  readonly changed: boolean;
  readonly warnings: readonly string[];
}
export interface Removed {
  readonly name: string;
  readonly deleted: boolean;
}

const BUILT_IN = new Set(['refresh', 'value', 'tag', 'reboot', 'reset', 'download', 'instances']);
const stable = (value: unknown): string => JSON.stringify(value, (_key, one: unknown) => (typeof one === 'object' && one !== null && !Array.isArray(one) ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1))) : one));

function shelf(nbi: Nbi, collection: string, what: string) {
  const find = async (operation: string, name: string): Promise<{ readonly doc: Record<string, unknown> | undefined; readonly version: string }> => {
    if (name === '') throw rejected(operation, `The name of the ${what} is empty.`, 'Give it a name with a prefix of your own.');
    const { items, version } = await nbi.list(operation, collection, { query: { _id: name }, limit: 1 });
    return { doc: items[0], version };
  };
  return {
    find,
    /** @throws VendorError notFound */
    async get(name: string): Promise<Record<string, unknown>> {
      const { doc } = await find(`${collection}.get`, name);
      if (doc) return doc;
      throw new VendorError({ vendor: VENDOR, operation: `${collection}.get`, kind: 'notFound', status: 404, message: `GenieACS has no ${what} ${name}.`, hint: 'Check its name: upper and lower case count.' });
    },
    list: async (limit = 1_000): Promise<readonly Record<string, unknown>[]> => (await nbi.list(`${collection}.list`, collection, { sort: { _id: 1 }, limit })).items,
    /** Writes, then looks that it is stored as sent. */
    async write(name: string, body: string | object, holds: (doc: Record<string, unknown>) => boolean): Promise<void> {
      const operation = `${collection}.put`;
      await nbi.settle(operation, { method: 'PUT', path: `/${collection}/${segment(name)}`, body, ...(typeof body === 'string' ? { headers: { 'content-type': 'application/javascript' } } : {}) });
      const { doc } = await find(operation, name);
      if (!doc || !holds(doc)) throw new VendorError({ vendor: VENDOR, operation, kind: 'unexpectedReply', outcome: 'unknown', message: `GenieACS took the ${what} ${name}, but holds something else.`, hint: 'Somebody else may be writing it too; read it and decide.' });
    },
    /** Absent already is fine. */
    async remove(name: string): Promise<Removed> {
      const operation = `${collection}.delete`;
      if (!(await find(operation, name)).doc) return { name, deleted: false };
      await nbi.settle(operation, { method: 'DELETE', path: `/${collection}/${segment(name)}` });
      return { name, deleted: true };
    },
  };
}

/** Presets decide which provisions run for which devices. Use a prefix of your own, so that nobody else's are touched. @example await presets(nbi).get('default') */
export function presets(nbi: Nbi) {
  const { find, get, list, write, remove } = shelf(nbi, 'presets', 'preset');
  return {
    list: async (limit?: number): Promise<readonly Preset[]> => (await list(limit)) as unknown as readonly Preset[],
    /** @throws VendorError notFound */
    get: async (name: string): Promise<Preset> => (await get(name)) as unknown as Preset,
    /**
     * Writes a preset after checking it: one that GenieACS cannot read stops the ACS for every device (acs.md 0.4), one that names a missing
     * provision does nothing in silence. Fields this client does not know are kept. Equal already: nothing is sent.
     * @throws VendorError rejectedInput, before anything is written
     */
    async put(name: string, preset: Omit<Preset, '_id'>): Promise<Written> {
      checkPreset(preset);
      const { doc: before, version } = await find('presets.put', name);
      await mustExist(preset.configurations.flatMap((one) => (one.type === 'provision' && !BUILT_IN.has(one.name) ? [one.name] : [])));
      const eventful = Object.keys(preset.events ?? {}).length > 0;
      const warnings = eventful && version !== '' && !/^1\.[0-2]\./.test(version) ? [`GenieACS ${version} may never run a preset that is bound to events; leave the events out and use the provision's own dates.`] : [];
      // PUT replaces the whole document: fields this client does not know are carried over. `_id` is the path's, not the body's.
      const kept = Object.fromEntries(Object.entries(before ?? {}).filter(([field]) => field !== '_id'));
      const { _id: _ignored, ...wanted } = preset as Preset;
      const document = { ...kept, ...wanted };
      if (before && stable(kept) === stable(document)) return { name, changed: false, warnings };
      await write(name, document, ({ _id: _stored, ...now }) => stable(now) === stable(document));
      return { name, changed: true, warnings };
    },
    delete: remove,
  };

  async function mustExist(names: readonly string[]): Promise<void> {
    for (const one of new Set(names)) {
      const { items } = await nbi.list('presets.put', 'provisions', { query: { _id: one }, projection: ['_id'], limit: 1 });
      if (!items[0]) throw rejected('presets.put', `The preset names the provision ${one}, which does not exist.`, 'Save the provision first: GenieACS passes over a missing one without a word.');
    }
  }
}

/** A stored script. */
export interface Script {
  readonly name: string;
  readonly script: string;
}

function scripts(nbi: Nbi, collection: string, what: string) {
  const { find, get, list, write, remove } = shelf(nbi, collection, what);
  const read = (doc: Record<string, unknown>): Script => ({ name: String(doc['_id']), script: String(doc['script'] ?? '') });
  return {
    list: async (limit?: number): Promise<readonly Script[]> => (await list(limit)).map(read),
    /** @throws VendorError notFound */
    get: async (name: string): Promise<Script> => read(await get(name)),
    /**
     * Writes a script and looks that it is stored as sent; equal already, nothing is sent. Scripts are readable by anyone who reaches the NBI:
     * never put a secret in one. @throws VendorError rejectedInput with GenieACS' own syntax message
     */
    async put(name: string, script: string): Promise<Written> {
      if (typeof script !== 'string' || script.trim() === '') throw rejected(`${collection}.put`, 'The script is empty.', 'Delete it instead.');
      const { doc } = await find(`${collection}.put`, name);
      if (doc && doc['script'] === script) return { name, changed: false, warnings: [] };
      await write(name, script, (now) => now['script'] === script);
      return { name, changed: true, warnings: [] };
    },
    delete: remove,
  };
}

/** Scripts that run in a device's session. @example await provisions(nbi).put('leadlight-x', 'log("hello");') */
export const provisions = (nbi: Nbi) => scripts(nbi, 'provisions', 'provision');

/** Scripts that make up a parameter, seen as `VirtualParameters.<name>`. @example await virtualParameters(nbi).list() */
export function virtualParameters(nbi: Nbi) {
  const all = scripts(nbi, 'virtual_parameters', 'virtual parameter');
  return {
    ...all,
    /** @throws VendorError rejectedInput for a script that returns nothing: GenieACS would fault every session that reads it */
    async put(name: string, script: string): Promise<Written> {
      if (!/^[A-Za-z0-9_-]+$/.test(name)) throw rejected('virtual_parameters.put', `"${name}" cannot stand in a parameter path.`, 'Use letters, digits, hyphens and underscores.');
      if (!/\breturn\b/.test(script)) throw rejected('virtual_parameters.put', 'The script returns nothing.', 'End with e.g. return { writable: false, value: [text, "xsd:string"] };');
      return all.put(name, script);
    },
  };
}
