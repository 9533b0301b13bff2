import { createHmac } from 'node:crypto';
import type { Clock, Send } from '../../../core/src/index.ts';
import { Undeliverable, type Db, type Delivery, type Outbox } from '../../journal/src/index.ts';
import type { Vault } from './vault.ts';

/** The header a receiver checks: HMAC-SHA256 over `<t>.<raw body>`; refuse it when `t` is older than five minutes. */
export function signWebhook(secret: string, rawBody: string, unixSeconds: number): string {
  return `t=${unixSeconds},v1=${createHmac('sha256', secret).update(`${unixSeconds}.${rawBody}`).digest('hex')}`;
}

/**
 * Delivers what subscribers are owed. Any 2xx is delivered; 410 ends it; everything else is tried again later. Deliveries of one
 * event can overtake another's retry: receivers order by event id and drop what they have seen.
 */
export function webhookPump(db: Db, box: Outbox, vault: Vault, clock: Clock, sendTo: (origin: string) => Send) {
  async function deliver(delivery: Delivery): Promise<void> {
    const { rows } = await db.query<{ url: string; secret: string }>('SELECT url, secret FROM subscription WHERE id = $1', [delivery.target]);
    if (!rows[0]) throw new Undeliverable('the subscription is gone');
    const url = new URL(rows[0].url);
    const body = JSON.stringify(delivery.body);
    const signature = signWebhook(vault.open(rows[0].secret, `subscription:${delivery.target}`), body, Math.floor(Date.parse(clock.now()) / 1000));
    const reply = await sendTo(url.origin)({
      method: 'POST', path: `${url.pathname}${url.search}`, body, timeoutMs: 10_000,
      headers: { 'content-type': 'application/json', 'x-leadlight-signature': signature, 'x-leadlight-event-id': delivery.key },
    });
    if (reply.status === 410) throw new Undeliverable('the receiver answered 410 Gone');
    if (reply.status < 200 || reply.status > 299) throw new Error(`the receiver answered ${reply.status}`);
  }
  let running: Promise<void> | null = null;
  let again = false;
  return {
    /** Delivers all that is due at the clock's now; calls while it runs are folded into one more round. */
    run(): Promise<void> {
      again = true;
      running ??= (async () => {
        try {
          while (again) {
            again = false;
            for (;;) {
              const { delivered, failed, dead } = await box.runDue('webhook', deliver);
              if (delivered + failed + dead === 0) break;
            }
          }
        } finally {
          running = null;
        }
      })();
      return running;
    },
    /** Waits for the round that is under way. */
    idle: async (): Promise<void> => void (await running?.catch(() => undefined)),
  };
}
