import { isVendorError, type Clock, type Instant } from '../../../core/src/index.ts';
import type { CatchUp, CaughtUp } from '../../payments/src/index.ts';

const MINUTE_MS = 60_000;

export interface CatchUpJob {
  /** Looks when it is time to; begins and does not wait. */
  turn(): void;
  run(since?: Instant): Promise<CaughtUp>;
  /** What the last look found, or why it failed. */
  last(): { readonly found: CaughtUp | null; readonly failure: { readonly at: Instant; readonly kind: string; readonly message: string } | null };
  idle(): Promise<void>;
}

/**
 * Looks for missed events every so many minutes, the first time at once: webhooks are lost above all while a hub is away. After a failure
 * it tries again a minute later.
 * @example const job = catchUpJob(missed, clock, 10); job.turn(); await job.idle();
 */
export function catchUpJob(missed: CatchUp, clock: Clock, everyMinutes: number): CatchUpJob {
  let dueAt = 0;
  let running: Promise<void> | undefined;
  let found: CaughtUp | null = null;
  let failure: ReturnType<CatchUpJob['last']>['failure'] = null;
  const now = (): number => Date.parse(clock.now());
  async function run(since?: Instant): Promise<CaughtUp> {
    try {
      found = await missed.run(since);
      failure = null;
      return found;
    } catch (error) {
      failure = { at: clock.now(), ...(isVendorError(error) ? { kind: error.kind, message: error.message } : { kind: 'unavailable', message: 'The hub met a fault of its own.' }) };
      throw error;
    }
  }
  return {
    run,
    last: () => ({ found, failure }),
    turn() {
      if (everyMinutes === 0 || running || now() < dueAt) return;
      running = run().then(() => everyMinutes, () => 1).then((minutes) => {
        dueAt = now() + minutes * MINUTE_MS;
        running = undefined;
      });
    },
    idle: async () => running,
  };
}
