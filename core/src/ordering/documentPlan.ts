import type { Json } from '../kernel/json.ts';

/** One document to be found or created in the back office. */
export interface DocumentPlan {
  /** Unique within its plan, e.g. `customer`, `sub:FTTH150I`, `task:olt_activate`. */
  readonly step: string;
  readonly doctype: string;
  /** Goes into `leadlight_id`: a second run finds the first one's document by it. */
  readonly key: string;
  readonly fields: Readonly<Record<string, Json>>;
  /**
   * Fields that take the name of another step's document: field → step. A dotted field reaches into a child table, e.g.
   * `equipment_list.0.service_equipment`; `fillLinks` puts the names in.
   */
  readonly links: Readonly<Record<string, string>>;
  /** Who does it, for tasks. */
  readonly team?: 'support' | 'dispatch' | 'tech';
}

/**
 * The documents of one kind: the step itself or everything below it.
 * @example documentsOf(documents, 'task').length // 8
 */
export function documentsOf(documents: readonly DocumentPlan[], prefix: string): readonly DocumentPlan[] {
  return documents.filter(({ step }) => step === prefix || step.startsWith(`${prefix}:`));
}
