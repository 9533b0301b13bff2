// NetBox 4.6: the part of IPAM, tenancy, DCIM and extras the lead-to-live path speaks to.
import { serve, type Running, type SimHandler } from '../http.ts';
import type { World } from '../world.ts';
import { api, type Token } from './api.ts';
import { seed, store, type Store } from './store.ts';

export interface NetboxOptions {
  /** Default: {@link SANDBOX_TOKEN}. */
  readonly tokens?: readonly Token[];
  /** Leave out the unique custom field `leadlight_key`, as on a NetBox nobody prepared. */
  readonly withoutKeyField?: boolean;
  readonly version?: string;
}
/** Accepted by every sandbox NetBox. */
export const SANDBOX_TOKEN = 'nbt_sandbox.000102030405060708090a0b0c0d0e0f10111213';

/** NetBox as a handler, with its tables for tests to look into and change. @example const { handler, data } = netboxApi(world); */
export function netboxApi(world: World, options: NetboxOptions = {}): { readonly handler: SimHandler; readonly data: Store } {
  const data = store(world);
  seed(data, !options.withoutKeyField);
  return { handler: api(data, options.tokens ?? [{ value: SANDBOX_TOKEN }], options.version ?? '4.6.8'), data };
}

/**
 * Starts NetBox on loopback, with the pool 100.64.16.0/22 (role subscribers).
 * @example const { url } = await startNetbox(world); // token: SANDBOX_TOKEN
 */
export async function startNetbox(world: World, options: NetboxOptions & { readonly port?: number } = {}): Promise<Running & { readonly data: Store }> {
  const { handler, data } = netboxApi(world, options);
  return { ...(await serve(world, 'netbox', handler, options.port ?? 0)), data };
}
export type { Store } from './store.ts';
