import { isVendorError } from '../../../core/src/index.ts';
import type { Raw, Wire } from './call.ts';
import { absent } from './checks.ts';
import { rejected } from './errors.ts';

export type WebhookEvent = 'object_created' | 'object_updated' | 'object_deleted';
export interface Subscribe {
  /** Of both the webhook and its event rule; names are unique. */
  readonly name: string;
  readonly url: string;
  readonly secret: string;
  readonly objectTypes: readonly string[];
  readonly events: readonly WebhookEvent[];
}

const [HOOKS, RULES] = ['extras/webhooks', 'extras/event-rules'];

/** Signed calls from NetBox when objects change. @example await webhooks(wire).subscribe({ name, url, secret, objectTypes: ['ipam.ipaddress'], events: ['object_created'] }) */
export function webhooks(wire: Wire) {
  async function find(path: string, name: string): Promise<Raw | null> {
    return (((await wire.get('webhooks.find', path, { name })).body['results'] ?? []) as Raw[]).find((one) => one['name'] === name) ?? null;
  }
  async function put(path: string, name: string, body: object): Promise<number> {
    const had = await find(path, name);
    const { body: made } = await wire.write('webhooks.subscribe', had ? 'PATCH' : 'POST', had ? `${path}/${Number(had['id'])}` : path, { name, ...body });
    return Number(made['id']);
  }
  async function drop(path: string, name: string): Promise<boolean> {
    const had = await find(path, name);
    if (!had) return false;
    await wire.write('webhooks.unsubscribe', 'DELETE', `${path}/${Number(had['id'])}`).catch((error: unknown) => {
      if (!isVendorError(error) || error.kind !== 'notFound') throw error;
    });
    return true;
  }
  const targets = (rule: Raw | null, hook: Raw | null): boolean => hook !== null && Number(rule?.['action_object_id']) === hook['id'];
  return {
    /**
     * Makes or corrects a webhook and the event rule that fires it. Run again it only corrects. NetBox signs each call with the secret
     * (`checkWebhook`), calls once, and repeats only if its operator set RQ_RETRY_MAX.
     * @throws VendorError rejectedInput | unauthorised
     */
    async subscribe({ name, url, secret, objectTypes, events }: Subscribe): Promise<{ readonly type: 'subscribed'; readonly webhookId: number; readonly ruleId: number }> {
      if (!/^https?:\/\/\S+$/.test(url) || secret.length < 16 || objectTypes.length === 0 || events.length === 0) throw rejected('webhooks.subscribe', 'A webhook needs an address, a secret of 16 characters, kinds of object and events.', 'e.g. ipam.ipaddress and object_created.');
      const webhookId = await put(HOOKS!, name, { payload_url: url, http_method: 'POST', http_content_type: 'application/json', secret });
      const ruleId = await put(RULES!, name, { enabled: true, object_types: objectTypes, event_types: events, action_type: 'webhook', action_object_type: 'extras.webhook', action_object_id: webhookId });
      return { type: 'subscribed', webhookId, ruleId };
    },
    /** Whether NetBox still calls this address for these kinds and events. */
    async isSubscribed({ name, url, objectTypes, events }: Omit<Subscribe, 'secret'>): Promise<boolean> {
      const [hook, rule] = [await find(HOOKS!, name), await find(RULES!, name)];
      const equal = (one: unknown, other: readonly string[]): boolean => [...((one ?? []) as string[])].sort().join() === [...other].sort().join();
      return hook?.['payload_url'] === url && rule?.['enabled'] === true && targets(rule, hook) && equal(rule['object_types'], objectTypes) && equal(rule['event_types'], events);
    },
    /** Takes both away; what is gone already is fine. */
    async unsubscribe(name: string): Promise<{ readonly type: 'unsubscribed'; readonly repeated: boolean }> {
      const gone = [await drop(RULES!, name), await drop(HOOKS!, name)];
      return { type: 'unsubscribed', repeated: !gone.includes(true) };
    },
    /** Name of the token's own user, or null on a NetBox before 4.5, which does not say. */
    async ownUser(): Promise<string | null> {
      const reply = await wire.get('webhooks.ownUser', 'authentication-check').catch(absent);
      return reply && typeof reply.body['username'] === 'string' ? reply.body['username'] : null;
    },
  };
}
