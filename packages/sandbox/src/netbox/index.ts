// NetBox 4.4 and 4.6: the part of IPAM, tenancy, DCIM and extras an access network speaks to.
import { serve, type Running, type SimHandler } from '../http.ts';
import type { World } from '../world.ts';
import { api, type Token } from './api.ts';
import { events } from './events.ts';
import { renderer } from './render.ts';
import { seed, store, type Store } from './store.ts';

export interface NetboxOptions {
  /** Default: {@link SANDBOX_TOKEN}. */
  readonly tokens?: readonly Token[];
  /** Leave out the unique custom field `leadlight_key`, as on a NetBox nobody prepared. */
  readonly withoutKeyField?: boolean;
  /** Default 4.6.8. Before 4.6 no ETags, cursors and tag deltas; before 4.5 the old port shape and no v2 tokens. */
  readonly version?: string;
}
/** Accepted by every sandbox NetBox. */
export const SANDBOX_TOKEN = 'nbt_sandbox.000102030405060708090a0b0c0d0e0f10111213';
/** Of version 1, for the sandbox of a NetBox before 4.5. */
export const SANDBOX_TOKEN_V1 = '000102030405060708090a0b0c0d0e0f10111213';

/** NetBox as a handler, with its tables for tests to look into and change. @example const { handler, data } = netboxApi(world); */
export function netboxApi(world: World, options: NetboxOptions = {}): { readonly handler: SimHandler; readonly data: Store; flush(): Promise<void>; close(): void } {
  const version = options.version ?? '4.6.8';
  const data = store(world, version);
  seed(data, !options.withoutKeyField);
  const shown = renderer(data);
  const after = events(world, data, shown.render);
  return { handler: api(data, shown, after, options.tokens ?? [{ value: data.atLeast(4, 5) ? SANDBOX_TOKEN : SANDBOX_TOKEN_V1 }], version), data, flush: after.flush, close: after.close };
}

/**
 * Starts NetBox on loopback, with the pool 100.64.16.0/22 (role subscribers).
 * @example const { url } = await startNetbox(world); // token: SANDBOX_TOKEN
 */
export async function startNetbox(world: World, options: NetboxOptions & { readonly port?: number } = {}): Promise<Running & { readonly data: Store; /** Delivers the webhooks that are due. */ flush(): Promise<void> }> {
  const { handler, data, flush, close } = netboxApi(world, options);
  const running = await serve(world, 'netbox', handler, options.port ?? 0);
  return {
    ...running, data, flush,
    close: async () => {
      close();
      await running.close();
    },
  };
}
export type { Store } from './store.ts';
