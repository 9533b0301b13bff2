// ---- moving a fleet to another ACS: POST /v1/acs-migration/plan|runs, GET /v1/acs-migration/runs[/{runId}[/report]], POST …/{runId}/pause|resume|rollback ----
import type { AcsProblem, AcsStage, Instant, JsonObject } from '../../../../core/src/index.ts';

/** Which devices; all conditions must hold. Nothing given: every device of the old ACS. */
export interface AcsMigrationScope {
  readonly tag?: string;
  readonly productClass?: string;
  /** Only devices of these OLTs, as the fibre register names them; `unknown` for those it does not know. */
  readonly olts?: readonly string[];
  readonly serials?: readonly string[];
  /** Serial → OLT, for devices behind an ONT, which the register does not know. */
  readonly oltOf?: Readonly<Record<string, string>>;
}
export interface AcsMigrationRequest extends AcsMigrationScope {
  /** Parts of the policy that differ from the default. */
  readonly policy?: JsonObject;
}
export interface StartAcsMigration extends AcsMigrationRequest {
  /** Chosen by the caller; the same id again finds the same run. */
  readonly runId: string;
}
/** A preset of the old ACS that writes ManagementServer and does not leave out devices under migration. */
export interface AcsWriter { readonly preset: string; readonly because: string; /** What its precondition should be. */ readonly precondition: string }
export interface AcsMigrationPlanned {
  readonly type: 'acsMigrationPlan';
  readonly at: Instant;
  readonly devices: number;
  readonly ready: number;
  /** Code of preflight → how many; a device may have several. */
  readonly blocked: Readonly<Record<string, number>>;
  /** Ready devices whose URL the old ACS has never read: it is read when their turn comes. */
  readonly toRead: number;
  readonly olts: readonly { readonly olt: string; readonly ready: number; readonly blocked: number; readonly waves: readonly number[]; readonly leastHours: number }[];
  readonly writers: readonly AcsWriter[];
  /** Why a start would be refused; empty when it would not. */
  readonly problems: readonly AcsProblem[];
  /** The first hundred blocked devices. */
  readonly examples: readonly { readonly deviceId: string; readonly serial: string; readonly codes: readonly string[] }[];
  readonly policy: JsonObject;
}
/** `stopped`: too much went wrong, a person must resume. `finished`: nothing waits any more; soaking and lost devices are still followed. */
export type AcsRunStatus = 'running' | 'paused' | 'stopped' | 'finished' | 'rolledBack';
export interface AcsMigrationRun {
  readonly type: 'acsMigration';
  readonly runId: string;
  readonly status: AcsRunStatus;
  readonly because: string;
  readonly startedAt: Instant;
  readonly target: string;
  readonly devices: number;
  readonly stages: Readonly<Record<AcsStage, number>>;
  readonly olts: readonly { readonly olt: string; readonly devices: number; readonly stages: Readonly<Partial<Record<AcsStage, number>>> }[];
  readonly waves: readonly { readonly olt: string; readonly wave: number; readonly size: number; readonly startedAt: Instant; readonly closedAt: Instant | null; readonly admitted: number; readonly open: number; readonly bad: number }[];
  /** Devices that a person has to look at, the first hundred. */
  readonly failed: readonly { readonly deviceId: string; readonly serial: string; readonly code: string; readonly message: string; readonly hint: string }[];
  readonly repeated?: boolean;
}
export interface AcsMigrationDevice {
  readonly deviceId: string;
  readonly serial: string;
  readonly oui: string;
  readonly productClass: string;
  readonly olt: string;
  readonly wave: number | null;
  readonly stage: AcsStage;
  readonly moved: 'no' | 'maybe' | 'yes';
  readonly changedAt: Instant;
  readonly code: string | null;
  readonly message: string | null;
  readonly hint: string | null;
}
export interface AcsMigrationReport { readonly type: 'acsMigrationReport'; readonly runId: string; readonly devices: readonly AcsMigrationDevice[]; /** Goes into `after`; null on the last page. */ readonly next: string | null }
export interface RollBackAcsMigration { readonly because: string; /** Left out: the whole run. */ readonly serials?: readonly string[] }
export interface ResumeAcsMigration { readonly because?: string; /** Devices of these stages go to another wave. */ readonly requeue?: readonly ('blocked' | 'failed' | 'rolledBack')[] }
export interface AcsMigrationMoved { readonly type: 'acsMigrationRollback'; readonly runId: string; readonly asked: number; readonly refused: readonly { readonly serial: string; readonly code: string; readonly message: string }[] }
