// GenieACS 1.2.16 with its CPEs: what the NBI answers, what a session does, what the extension on the ACS host calls.
import type { World } from '../world.ts';
import { serve, type Running, type SimHandler } from '../http.ts';
import { acs, type Acs, type AcsOptions } from './acs.ts';
import { nbi } from './nbi.ts';

/** The NBI as a handler, with the CWMP side behind it for tests to steer (`acs.find(serial)!.online = false`). */
export function genieacsNbi(world: World, options: AcsOptions = {}): { readonly handler: SimHandler; readonly acs: Acs } {
  const behind = acs(world, options);
  return { handler: nbi(world, behind), acs: behind };
}

/**
 * Starts the NBI on loopback. Devices appear when the world says `ont.plugged` or `cpe.informs`.
 * @example const { url, acs } = await startGenieacs(world, { ext: { url: hubUrl, token } });
 */
export async function startGenieacs(world: World, options: AcsOptions & { readonly port?: number } = {}): Promise<Running & { readonly acs: Acs }> {
  const { handler, acs: behind } = genieacsNbi(world, options);
  const running = await serve(world, 'genieacs', handler, options.port ?? 0);
  return { ...running, acs: behind };
}
export type { Acs, AcsOptions } from './acs.ts';
export type { AcsDevice } from './state.ts';
