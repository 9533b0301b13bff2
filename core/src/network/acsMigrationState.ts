import type { Instant } from '../kernel/civil.ts';
import type { Outcome, VendorErrorKind } from '../kernel/vendorError.ts';
import type { AcsMigrationPolicy } from './acsMigrationPolicy.ts';
import type { AcsDeviceFacts } from './acsPreflight.ts';
import type { DeviceProfile } from './deviceProfile.ts';

/**
 * How far one device has come. `blocked`: preflight said no, nothing was written. `unseen`: switched, and the new ACS has not heard of
 * it in time. `failed`: a person is called. `rolledBack`: it calls the old ACS again.
 */
export type AcsStage = 'inventory' | 'preflight' | 'blocked' | 'prepared' | 'switched' | 'seen' | 'verified' | 'archived' | 'unseen' | 'failed' | 'rolledBack';

/**
 * What is done about one device, one thing at a time. Only `switch` and `switchBack` are never repeated blindly; everything else gives
 * the same when done twice. `prepare` sets the tag and the connection-request settings, `confirm` reads them from the CPE, `locate` looks
 * where it is, `cancel` takes a waiting switch back, `restore` takes tag and settings back.
 */
export type AcsAct = 'inspect' | 'prepare' | 'confirm' | 'switch' | 'locate' | 'verify' | 'archive' | 'cancel' | 'switchBack' | 'restore';

/** Where the fleet goes. The connection-request password is the doer's secret and never comes here. */
export interface AcsTarget {
  /** The new ManagementServer.URL. */
  readonly url: string;
  /** What the new ACS uses for every device. */
  readonly connectionRequestUsername: string;
}
export interface AcsMigrationPlan {
  readonly runId: string;
  readonly target: AcsTarget;
  readonly policy: AcsMigrationPolicy;
  /** Models that are known; left out, the built-in ones. */
  readonly profiles?: readonly DeviceProfile[];
  /** A run that is paused or stopped begins nothing new: what is switched is followed, what goes back goes back. */
  readonly halted: boolean;
}

/** What a CPE says of its own ManagementServer. */
export interface AcsManagement {
  readonly url: string;
  readonly intervalSeconds: number | null;
  readonly connectionRequestUsername: string;
}
export interface AcsProblem {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

/** One device of a run. */
export interface AcsMigration {
  readonly deviceId: string;
  readonly serial: string;
  readonly stage: AcsStage;
  readonly direction: 'forward' | 'back';
  readonly wave: number | null;
  /** Whether the CPE has the new URL. */
  readonly moved: 'no' | 'maybe' | 'yes';
  /** Tag or settings were written and not taken back. */
  readonly touched: boolean;
  /** The settings task was sent and stands to be confirmed. */
  readonly written: boolean;
  /** When the CPE itself last said that settings and old URL are as they must be. */
  readonly confirmedAt: Instant | null;
  readonly switchedAt: Instant | null;
  /** Nothing waits in the old ACS any more that could switch it. */
  readonly cancelledAt: Instant | null;
  readonly backAt: Instant | null;
  readonly seenAt: Instant | null;
  /** Until when the present stage may take; judged at a look that succeeded, never because looking failed. */
  readonly deadline: Instant | null;
  readonly activity: { readonly act: AcsAct; readonly busy: boolean; readonly until: Instant } | null;
  /** How often each act was begun, ever; makes effect ids unique. */
  readonly total: Readonly<Partial<Record<AcsAct, number>>>;
  /** Failures in a row. */
  readonly streak: number;
  /** What it had before, to be put back. */
  readonly before: AcsManagement | null;
  /** Whoever asked for it back. */
  readonly askedBack: string | null;
  /** Once unseen it counts for the stop rule, whatever became of it. */
  readonly wasUnseen: boolean;
  readonly problem: AcsProblem | null;
}

/** What was found out about a switch: `waiting` means that the old ACS still holds the task. */
export interface AcsWhereabouts {
  readonly waiting: boolean;
  /** The switch task met this fault; the old ACS would try it again. */
  readonly fault: { readonly code: string; readonly message: string } | null;
  /** The URL as the old ACS last knew it; null when it no longer knows the device. */
  readonly url: string | null;
  readonly oldInformAt: Instant | null;
  readonly inNew: 'absent' | 'offline' | 'online';
}
export type AcsAnswer =
  | { readonly act: 'inspect'; readonly facts: AcsDeviceFacts | null }
  | { readonly act: 'prepare' | 'switch' | 'switchBack'; readonly outcome: 'applied' | 'waiting' | 'unknown' }
  | { readonly act: 'prepare' | 'switch' | 'switchBack'; readonly outcome: 'refused'; readonly problem: AcsProblem }
  /** null: the CPE did not answer. */
  | { readonly act: 'confirm'; readonly management: AcsManagement | null }
  | { readonly act: 'locate'; readonly whereabouts: AcsWhereabouts }
  | { readonly act: 'verify'; readonly management: (AcsManagement & { readonly serial: string; readonly oui: string }) | null }
  | { readonly act: 'archive'; readonly outcome: 'deleted' | 'cameBack' }
  /** `wasWaiting`: the task had not run, so the CPE never got the URL. */
  | { readonly act: 'cancel'; readonly wasWaiting: boolean }
  | { readonly act: 'restore' };

export interface AcsFailure {
  readonly kind: VendorErrorKind;
  readonly outcome: Outcome;
  readonly message: string;
  readonly hint: string;
  readonly retryAfterMs?: number;
}
export type AcsMigrationCommand =
  /** A wave has taken it. */
  | { readonly type: 'begin'; readonly wave: number }
  | { readonly type: 'tick' }
  | { readonly type: 'answered'; readonly attempt: number; readonly answer: AcsAnswer }
  | { readonly type: 'failed'; readonly act: AcsAct; readonly attempt: number; readonly failure: AcsFailure }
  /** The program that was doing something is known to be dead. */
  | { readonly type: 'lost' }
  | { readonly type: 'rollBack'; readonly by: string; readonly because: string }
  /** Back to the queue, for another wave; a failed one that may have the new URL is looked for again instead. */
  | { readonly type: 'requeue'; readonly by: string };

export interface AcsMigrationEvent {
  readonly type:
    | 'admitted' | 'begun' | 'postponed' | 'passed' | 'blocked' | 'written' | 'prepared' | 'switched' | 'notSwitched' | 'seen' | 'verified' | 'archived'
    | 'unseen' | 'turnedBack' | 'cancelled' | 'switchedBack' | 'home' | 'rolledBack' | 'cleaned' | 'failed' | 'requeued';
  readonly at: Instant;
  /** One sentence for the journal. */
  readonly because: string;
  readonly set: Partial<AcsMigration>;
}
export type AcsMigrationEffect =
  | {
      readonly type: AcsAct;
      /** Unique per attempt. */
      readonly id: string;
      /** The same on every attempt: the old ACS keeps one waiting task per key. */
      readonly key: string;
      readonly deviceId: string;
      readonly serial: string;
      readonly attempt: number;
      readonly before: AcsManagement | null;
      readonly seenAt: Instant | null;
    }
  | ({ readonly type: 'callPerson'; readonly id: string; readonly deviceId: string; readonly serial: string; readonly owner: 'noc' } & AcsProblem);

export interface AcsMigrationOutcome {
  readonly state: AcsMigration;
  readonly events: readonly AcsMigrationEvent[];
  readonly effects: readonly AcsMigrationEffect[];
}
