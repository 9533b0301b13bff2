import { VendorError } from '../../../core/src/index.ts';
import { VENDOR } from './errors.ts';
import type { Files } from './files.ts';
import { provisioningSet, SET_PREFIX, type ModelSet } from './provisioningSet.ts';
import type { presets, provisions } from './scripts.ts';

export interface InstallSetOptions {
  /** Say what would be written, and write nothing. */
  readonly dryRun?: boolean;
}
export interface InstalledSet {
  readonly type: 'installed' | 'planned';
  /** Writes that were (or would be) sent; none on a second run. */
  readonly writes: readonly { readonly kind: 'provision' | 'preset'; readonly name: string; readonly action: 'write' | 'delete' }[];
  readonly unchanged: number;
  readonly warnings: readonly string[];
}

/**
 * Brings GenieACS to the operator's set of presets and provisions: writes what differs, takes away what the set no longer has (by our own
 * prefix only), and reads each back. Run again, it sends no write. Order: scripts before the presets that name them, presets away before
 * their scripts, so that a device that informs meanwhile never meets half a rule. S1-130.
 * @throws VendorError rejectedInput | notFound when a firmware file is not stored, before anything is written
 * @example await installSet(presets, provisions, files, [{ id: 'ht803g-w', productClass: 'HT803G-W', parameters: [{ path: 'InternetGatewayDevice.Time.NTPServer1', value: 'ntp.example' }] }])
 */
export async function installSet(shelf: { readonly presets: ReturnType<typeof presets>; readonly provisions: ReturnType<typeof provisions>; readonly files: Files }, models: readonly ModelSet[], options: InstallSetOptions = {}): Promise<InstalledSet> {
  const wanted = provisioningSet(models);
  for (const { firmware, id } of models) {
    if (!firmware) continue;
    const file = await shelf.files.get(firmware.file);
    if (file.version !== null && file.version !== firmware.version) {
      throw new VendorError({ vendor: VENDOR, operation: 'installSet', kind: 'rejectedInput', message: `${firmware.file} holds version ${file.version}, the set says ${firmware.version} for ${id}.`, hint: 'Devices would be flashed every day; correct the version or the file.' });
    }
  }
  const writes: InstalledSet['writes'][number][] = [];
  const warnings = new Set<string>();
  let unchanged = 0;
  const note = (kind: 'provision' | 'preset', name: string, action: 'write' | 'delete', changed: boolean): void => {
    if (changed) writes.push({ kind, name, action });
    else unchanged += 1;
  };
  const have = { provisions: await shelf.provisions.list(), presets: await shelf.presets.list() };
  for (const [name, script] of Object.entries(wanted.provisions)) {
    note('provision', name, 'write', options.dryRun ? have.provisions.find((one) => one.name === name)?.script !== script : (await shelf.provisions.put(name, script)).changed);
  }
  for (const [name, preset] of Object.entries(wanted.presets)) {
    if (options.dryRun) {
      const now = have.presets.find((one) => one._id === name) as Record<string, unknown> | undefined;
      note('preset', name, 'write', !now || Object.entries(preset).some(([field, value]) => JSON.stringify(now[field]) !== JSON.stringify(value)));
      continue;
    }
    const written = await shelf.presets.put(name, preset);
    note('preset', name, 'write', written.changed);
    for (const one of written.warnings) warnings.add(one);
  }
  for (const { _id: name = '' } of have.presets) {
    if (!name.startsWith(SET_PREFIX) || name in wanted.presets) continue;
    note('preset', name, 'delete', options.dryRun ? true : (await shelf.presets.delete(name)).deleted);
  }
  for (const { name } of have.provisions) {
    if (!name.startsWith(SET_PREFIX) || name in wanted.provisions) continue;
    note('provision', name, 'delete', options.dryRun ? true : (await shelf.provisions.delete(name)).deleted);
  }
  return { type: options.dryRun ? 'planned' : 'installed', writes, unchanged, warnings: [...warnings] };
}
