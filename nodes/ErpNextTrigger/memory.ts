import type { Watermark } from '../../packages/erpnext/src/index.ts';
import { merge, nothingTold, type Told } from './told.ts';

/** What the workflow remembers between its starts. */
export interface Kept {
  /** The first word of the names of its webhooks; another at each activation. */
  name?: string;
  secret?: string;
  /** The webhooks made in ERPNext. */
  webhooks?: readonly string[];
  /** What the poll asked for last; another question starts anew. */
  asked?: string;
  zone?: string;
  /** How far the poll has looked, and where it began. */
  mark?: Watermark;
  from?: string;
  told?: Told;
}
interface Remembers { getWorkflowStaticData(type: 'node'): object }

// n8n gives a webhook and a poll of the same node two copies of their memory, and writes each over the other: this process knows both.
const known = new Map<string, Told>();
const MOST_NODES = 1_000;

/** What n8n keeps for this node. */
export const keptBy = (context: Remembers): Kept => context.getWorkflowStaticData('node') as Kept;

/** What started the workflow already, by webhook or by poll. */
export function recall({ name, told }: Kept): Told {
  // Through JSON: what n8n gives is a proxy of its own.
  const written = told ? (JSON.parse(JSON.stringify(told)) as Told) : nothingTold;
  return name ? merge(written, known.get(name) ?? nothingTold) : written;
}

/** Keeps it where n8n writes it down, and where the other side sees it. */
export function remember(kept: Kept, told: Told): void {
  kept.told = told;
  if (!kept.name) return;
  known.delete(kept.name);
  known.set(kept.name, told);
  for (const old of known.keys()) {
    if (known.size <= MOST_NODES) break;
    known.delete(old);
  }
}

/** Forgets everything about the node. */
export function forget(kept: Kept): void {
  if (kept.name) known.delete(kept.name);
  for (const key of ['name', 'secret', 'webhooks', 'asked', 'zone', 'mark', 'from', 'told'] as const) delete kept[key];
}
