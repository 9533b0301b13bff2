import { judgeDelivery } from '../../packages/erpnext/src/index.ts';

/** Which saves started the workflow already: document → event → its `modified` then. */
export interface Told {
  /** Saves up to here are no longer remembered one by one. */
  readonly floor: string;
  readonly docs: Readonly<Record<string, Readonly<Record<string, string>>>>;
}
export const nothingTold: Told = { floor: '', docs: {} };

const MOST = 1_000;
/** Happens once in a document's life: however late it is told, it is news. The others tell a state, which a newer one overtakes. */
const ONCE = new Set(['after_insert', 'on_submit', 'on_cancel', 'on_trash']);
const later = (a: string | undefined, b: string | undefined): string | undefined => (a !== undefined && (b === undefined || a > b) ? a : b);

/** The newest save of a document that started the workflow. */
export const lastTold = (told: Told, name: string): string | undefined => Object.values(told.docs[name] ?? {}).reduce<string | undefined>(later, undefined);

/**
 * What a delivery means beside those before it: ERPNext gives no id and repeats what was answered late.
 * @example judge(nothingTold, 'DJ-1', 'on_update', '2026-04-09 14:03:22.118204') // 'news'
 */
export function judge(told: Told, name: string, event: string, modified: string): 'news' | 'copy' | 'older' {
  const one = told.docs[name];
  if (!one) return modified > told.floor ? 'news' : 'older';
  const once = ONCE.has(event);
  const judged = judgeDelivery(later(one[event], once ? undefined : one['saved']), modified);
  if (judged !== 'news' || once) return judged;
  return modified < lastTold(told, name)! ? 'older' : 'news';
}

/** The memory with one save more. @example note(nothingTold, 'DJ-1', 'on_update', '2026-04-09 14:03:22.118204').docs */
export function note(told: Told, name: string, event: string, modified: string): Told {
  return trimmed({ floor: told.floor, docs: { ...told.docs, [name]: { ...told.docs[name], [event]: later(told.docs[name]?.[event], modified)! } } });
}

/** What either remembers. @example merge(nothingTold, nothingTold) // { floor: '', docs: {} } */
export function merge(a: Told, b: Told): Told {
  const docs: Record<string, Record<string, string>> = {};
  for (const one of [a.docs, b.docs]) {
    for (const [name, events] of Object.entries(one)) {
      const kept = (docs[name] ??= {});
      for (const [event, modified] of Object.entries(events)) kept[event] = later(kept[event], modified)!;
    }
  }
  return trimmed({ floor: later(a.floor, b.floor)!, docs });
}

/** The oldest are given up together with all that is older: so a delivery of theirs that somebody kept is never news again. */
function trimmed(told: Told): Told {
  const names = Object.keys(told.docs);
  if (names.length <= MOST) return told;
  const aged = names.map((name) => [lastTold(told, name)!, name] as const).sort(([a], [b]) => (a < b ? -1 : 1));
  const gone = aged.slice(0, names.length - MOST + MOST / 10);
  const lost = new Set(gone.map(([, name]) => name));
  return { floor: later(told.floor, gone.at(-1)![0])!, docs: Object.fromEntries(Object.entries(told.docs).filter(([name]) => !lost.has(name))) };
}
