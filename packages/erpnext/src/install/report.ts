import type { Json } from '../../../../core/src/index.ts';

/** One thing that was, or in a dry run would be, changed on the site. */
export interface Change {
  readonly object: 'Module Def' | 'Role' | 'DocType' | 'Custom Field' | 'Settings' | 'Master' | 'Permission' | 'User' | 'Webhook';
  readonly name: string;
  readonly action: 'create' | 'extend' | 'set' | 'permit';
  /** What it is about: field names, `from → to`, rights. Never a secret. */
  readonly what: readonly string[];
}
/** Something of ours the site has in another form. It is left as it is; the operator decides. */
export interface Difference {
  readonly at: string;
  readonly field: string;
  readonly site: Json;
  readonly ours: Json;
}
/** Why nothing was begun. `code` is stable. */
export interface PreflightFinding {
  readonly code: 'systemManager' | 'version' | 'erpnext' | 'doctype' | 'fieldTaken' | 'webhook';
  readonly message: string;
  readonly hint: string;
}
export interface InstallReport {
  readonly type: 'erpnextInstall';
  readonly ok: boolean;
  readonly dryRun: boolean;
  /** Not empty: the site was not fit, and nothing was changed. */
  readonly preflight: readonly PreflightFinding[];
  readonly changes: readonly Change[];
  /** How many things were right already. */
  readonly same: number;
  readonly differences: readonly Difference[];
  /** Masters that must be there and that only the operator can make: `Company "Gigafibre"`. */
  readonly missing: readonly string[];
  /** Where it stopped. Run it again: it goes on from there. */
  readonly failed?: { readonly at: string; readonly kind: string; readonly outcome: string; readonly message: string; readonly hint: string };
}
