import type { Nbi } from './call.ts';
import { checkPreset, type Preset } from './checkPreset.ts';
import { rejected } from './errors.ts';
import { segment } from './ids.ts';

/** Presets decide which provisions run for which devices. Names start with our own prefix, so that nobody else's are touched. */
export function presets(nbi: Nbi) {
  return {
    async list(): Promise<readonly Preset[]> {
      return (await nbi.list('presets.list', 'presets', { sort: { _id: 1 } })).items as unknown as readonly Preset[];
    },
    /** Writes a preset after checking it: one that GenieACS cannot read stops the ACS for every device (acs.md 0.4). */
    async put(name: string, preset: Omit<Preset, '_id'>): Promise<{ readonly name: string }> {
      checkPreset(preset);
      const [before] = (await nbi.list('presets.get', 'presets', { query: { _id: name }, limit: 1 })).items;
      // PUT replaces the whole document: fields this client does not know are carried over. `_id` is the path's, not the body's.
      const kept = Object.fromEntries(Object.entries(before ?? {}).filter(([field]) => field !== '_id'));
      await nbi.settle('presets.put', { method: 'PUT', path: `/presets/${segment(name)}`, body: { ...kept, ...preset } });
      return { name };
    },
    async delete(name: string): Promise<{ readonly name: string; readonly deleted: true }> {
      await nbi.settle('presets.delete', { method: 'DELETE', path: `/presets/${segment(name)}` });
      return { name, deleted: true };
    },
  };
}

/** Scripts that run in a device's session. @example await provisions(nbi).put('leadlight-x', 'log("hello");') */
export function provisions(nbi: Nbi) {
  return {
    async list(): Promise<readonly { readonly name: string; readonly script: string }[]> {
      const { items } = await nbi.list('provisions.list', 'provisions', { sort: { _id: 1 } });
      return items.map((doc) => ({ name: String(doc['_id']), script: String(doc['script'] ?? '') }));
    },
    /** Writes a script. Scripts are readable by anyone who reaches the NBI: never put a secret in one. @throws VendorError rejectedInput with GenieACS' own syntax message */
    async put(name: string, script: string): Promise<{ readonly name: string }> {
      if (script.trim() === '') throw rejected('provisions.put', 'The script is empty.', 'Delete the provision instead.');
      await nbi.settle('provisions.put', { method: 'PUT', path: `/provisions/${segment(name)}`, body: script, headers: { 'content-type': 'application/javascript' } });
      return { name };
    },
    async delete(name: string): Promise<{ readonly name: string; readonly deleted: true }> {
      await nbi.settle('provisions.delete', { method: 'DELETE', path: `/provisions/${segment(name)}` });
      return { name, deleted: true };
    },
  };
}
