import type { ServerResponse } from 'node:http';
import type { HubEvent } from './api.ts';
import type { Events } from './deps.ts';

/** The open event streams. `wake` after every commit; each follower reads on from where it stands, so none misses or repeats one. */
export interface EventStream {
  open(to: ServerResponse, from: { readonly after: number; readonly types?: string }): void;
  wake(): void;
  close(): void;
  readonly followers: number;
}
interface Follower { after: number; readonly types?: string; readonly to: ServerResponse; reading: boolean; again: boolean }

const PAGE = 200;

/** No `event:` line: browsers and n8n's SSE trigger hand only unnamed events to `onmessage`; the type is in the data. */
export function asServerSentEvent(event: HubEvent): string {
  return `id: ${event.id}\ndata: ${JSON.stringify(event)}\n\n`;
}

/**
 * Server-sent events over the log (S1-101). A heartbeat comment keeps proxies from closing a quiet stream; a reader that is slow is
 * waited for, never buffered for without bound.
 * @example const stream = eventStream(events, 15_000);
 */
export function eventStream(events: Pick<Events, 'list'>, heartbeatMs: number): EventStream {
  const followers = new Set<Follower>();
  async function advance(follower: Follower): Promise<void> {
    if (follower.reading) return void (follower.again = true);
    follower.reading = true;
    try {
      for (;;) {
        follower.again = false;
        const page = await events.list({ after: follower.after, limit: PAGE, ...(follower.types ? { types: follower.types } : {}) });
        for (const event of page) {
          if (follower.to.writableEnded || follower.to.destroyed) return;
          follower.after = event.id;
          if (!follower.to.write(asServerSentEvent(event))) await drained(follower.to);
        }
        if (page.length < PAGE && !follower.again) return;
      }
    } catch {
      follower.to.end(); // the reader comes back with its Last-Event-ID when the database does
    } finally {
      follower.reading = false;
    }
  }
  const beat = setInterval(() => {
    for (const { to } of followers) to.write(': still here\n\n');
  }, heartbeatMs);
  beat.unref();
  return {
    open(to, { after, types }) {
      const follower: Follower = { after, to, reading: false, again: false, ...(types ? { types } : {}) };
      to.writeHead(200, { ...headersOf(to), 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache, no-transform', connection: 'keep-alive', 'x-accel-buffering': 'no' });
      to.write('retry: 3000\n\n');
      followers.add(follower);
      to.on('close', () => followers.delete(follower));
      void advance(follower);
    },
    wake() {
      for (const follower of followers) void advance(follower);
    },
    close() {
      clearInterval(beat);
      for (const { to } of followers) to.end();
      followers.clear();
    },
    get followers() {
      return followers.size;
    },
  };
}

const headersOf = (to: ServerResponse): Record<string, string> => Object.fromEntries(Object.entries(to.getHeaders()).map(([name, value]) => [name, String(value)]));
const drained = (to: ServerResponse): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      to.off('drain', done);
      to.off('close', done);
      resolve();
    };
    to.on('drain', done);
    to.on('close', done);
  });
