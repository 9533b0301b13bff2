import type { World } from './world.ts';

/** Calls that a simulated system makes outwards (webhooks, delivery reports), due on the world's clock. */
export interface Callbacks {
  /** `attempt` answers whether it arrived; a failure is repeated after each of `retriesMs`, then given up. */
  add(dueInMs: number, attempt: () => Promise<boolean>, retriesMs?: readonly number[]): void;
  /** Makes every call that is due by now, and those that become due meanwhile. */
  flush(): Promise<void>;
  readonly waiting: number;
  close(): void;
}

interface Due { readonly at: number; readonly attempt: () => Promise<boolean>; readonly retriesMs: readonly number[] }

/**
 * A queue of outward calls. Nothing leaves before its time on `world.clock`; a slow timer looks for due calls so that `npm start`
 * needs no driver, and tests call `flush()` after moving the clock.
 * @example callbacks.add(1_000, async () => (await fetch(url, { method: 'POST', body })).ok);
 */
export function callbackQueue(world: World, pollMs = 100): Callbacks {
  let queue: Due[] = [];
  let running: Promise<void> = Promise.resolve();
  const one = async (due: Due): Promise<void> => {
    const arrived = await due.attempt().catch(() => false);
    const [next, ...rest] = due.retriesMs;
    if (!arrived && next !== undefined) queue.push({ at: world.clock.ms + next, attempt: due.attempt, retriesMs: rest });
  };
  const drain = async (): Promise<void> => {
    for (;;) {
      queue.sort((a, b) => a.at - b.at);
      const due = queue[0];
      if (!due || due.at > world.clock.ms) return;
      queue = queue.slice(1);
      await one(due);
    }
  };
  const flush = (): Promise<void> => (running = running.then(drain, drain));
  const timer = setInterval(() => void flush(), pollMs);
  timer.unref();
  return {
    add: (dueInMs, attempt, retriesMs = []) => void queue.push({ at: world.clock.ms + dueInMs, attempt, retriesMs }),
    flush,
    get waiting() {
      return queue.length;
    },
    close: () => {
      clearInterval(timer);
      queue = [];
    },
  };
}

/** POSTs and answers whether a 2xx came back within ten seconds. */
export async function posted(url: string, headers: Readonly<Record<string, string>>, body: string): Promise<boolean> {
  const reply = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal: AbortSignal.timeout(10_000) });
  return reply.status >= 200 && reply.status < 300;
}
