import type { ProfileParameter } from './applyProfile.ts';
import type { BulkWork } from './bulk.ts';
import { rejected } from './errors.ts';
import type { TaskOptions } from './postTask.ts';
import type { Upgrade } from './upgrade.ts';

/** What can be done to many devices. */
export type BulkAction =
  | { readonly do: 'setParameters'; readonly parameters: readonly ProfileParameter[] }
  | { readonly do: 'refresh'; readonly objectName: string }
  | { readonly do: 'runProvisions'; readonly provisions: readonly string[] }
  | { readonly do: 'addTag' | 'removeTag'; readonly tag: string }
  | { readonly do: 'reboot' | 'factoryReset' }
  | { readonly do: 'upgradeFirmware'; readonly file: string };

type Answer = Promise<{ readonly type: string; readonly because?: string } & object>;
/** The calls an action may need; the client gives its own. */
export interface Doers {
  applyProfile(id: string, parameters: readonly ProfileParameter[], options?: TaskOptions): Answer;
  readonly tasks: {
    refreshObject(id: string, objectName: string, options?: TaskOptions): Answer;
    runProvisions(id: string, names: readonly string[], options?: TaskOptions): Answer;
    reboot(id: string, options?: TaskOptions): Answer;
    factoryReset(id: string, options?: TaskOptions): Answer;
  };
  readonly devices: { tag(id: string, tag: string): Promise<object>; untag(id: string, tag: string): Promise<object> };
  readonly upgrade: { start(id: string, file: string, options?: TaskOptions): Promise<Upgrade> };
}

/**
 * The work an action means for one device. A reboot, a factory reset and an upgrade are never sent again after silence.
 * @throws VendorError rejectedInput for an action nobody knows
 * @example bulkWork(acs, { do: 'addTag', tag: 'wave-1' }).repeatable // true
 */
export function bulkWork(acs: Doers, action: BulkAction, options: TaskOptions = {}): BulkWork {
  switch (action.do) {
    case 'setParameters': return { repeatable: true, run: (id) => acs.applyProfile(id, action.parameters, options) };
    case 'refresh': return { repeatable: true, run: (id) => acs.tasks.refreshObject(id, action.objectName, options) };
    case 'runProvisions': return { repeatable: true, run: (id) => acs.tasks.runProvisions(id, action.provisions, options) };
    case 'addTag': return { repeatable: true, run: async (id) => ({ type: 'tagged', ...(await acs.devices.tag(id, action.tag)) }) };
    case 'removeTag': return { repeatable: true, run: async (id) => ({ type: 'untagged', ...(await acs.devices.untag(id, action.tag)) }) };
    case 'reboot': return { repeatable: false, run: (id) => acs.tasks.reboot(id, options) };
    case 'factoryReset': return { repeatable: false, run: (id) => acs.tasks.factoryReset(id, options) };
    case 'upgradeFirmware': return { repeatable: false, run: (id) => acs.upgrade.start(id, action.file, options) };
    default: throw rejected('bulk', `"${String((action as { do?: unknown }).do)}" is nothing that can be done in bulk.`, 'Use setParameters, refresh, runProvisions, addTag, removeTag, reboot, factoryReset or upgradeFirmware.');
  }
}
