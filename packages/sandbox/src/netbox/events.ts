// What NetBox does after a change: it writes its change log, and calls the webhooks whose event rules ask for it.
import { createHmac } from 'node:crypto';
import { callbackQueue, posted } from '../callbacks.ts';
import type { World } from '../world.ts';
import { KINDS } from './kinds.ts';
import type { Render } from './render.ts';
import type { Row, Store } from './store.ts';

export interface Cause { readonly requestId: string; readonly user: string; readonly method: string; readonly path: string }
type Action = 'create' | 'update' | 'delete';
export interface Events {
  changed(action: Action, path: string, row: Row, before: Record<string, unknown> | null, message: unknown, cause: Cause): void;
  flush(): Promise<void>;
  close(): void;
}
const WORDS: Readonly<Record<Action, string>> = { create: 'created', update: 'updated', delete: 'deleted' };

/** @example const { changed } = events(world, data, render); */
export function events(world: World, data: Store, render: Render): Events {
  const queue = callbackQueue(world);
  return {
    changed(action, path, row, before, message, { requestId, user, method, path: called }) {
      const { objectType } = KINDS[path]!;
      const after = action === 'delete' ? null : render(path, row);
      data.insert('core/object-changes', {
        time: world.clock.now(), user: { id: 1, username: user }, user_name: user, request_id: requestId, action: { value: action, label: WORDS[action] }, changed_object_type: objectType, changed_object_id: row.id, object_repr: String(row['name'] ?? row['address'] ?? row.id),
        message: typeof message === 'string' ? message : '', prechange_data: before, postchange_data: after,
      });
      for (const rule of data.all('extras/event-rules')) {
        const hook = data.get('extras/webhooks', Number(rule['action_object_id']));
        if (!hook || rule['enabled'] !== true || !(rule['object_types'] as string[]).includes(objectType) || !(rule['event_types'] as string[]).includes(`object_${WORDS[action]}`)) continue;
        const body = JSON.stringify({
          event: WORDS[action], timestamp: world.clock.now().replace('Z', '+00:00'), ...(data.atLeast(4, 5) ? { object_type: objectType } : { model: objectType.split('.')[1] }), username: user, request_id: requestId, data: after ?? before,
          ...(data.atLeast(4, 5) ? { request: { id: requestId, method, path: called, user } } : {}), snapshots: { prechange: before, postchange: after },
        });
        const secret = String(hook['secret'] ?? '');
        const headers = { 'content-type': String(hook['http_content_type']), ...(secret === '' ? {} : { 'X-Hook-Signature': createHmac('sha512', secret).update(body).digest('hex') }) };
        // The worker calls once.
        queue.add(0, () => posted(String(hook['payload_url']), headers, body));
      }
    },
    flush: () => queue.flush(),
    close: () => queue.close(),
  };
}
