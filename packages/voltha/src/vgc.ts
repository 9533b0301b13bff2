import type { Clock, Send } from '../../../core/src/index.ts';
import { vgcCall } from './vgcCall.ts';
import { vgcProfiles } from './vgcProfiles.ts';
import { vgcSubscribers } from './vgcSubscribers.ts';

/**
 * One VOLTHA Go controller: meter profiles and the services on subscriber ports.
 * @param send base URL up to `/vgc/v1`.
 * @param limits how long to wait for flows; default 90 s, asked every 3 s.
 * @example await vgc(send, clock).subscribers.provision('BBSM00000001-1', { sVlan: 900, cVlan: 100, downKbps: 150_000, upKbps: 20_000, profileBase: 'FTTH150I' });
 */
export function vgc(send: Send, clock: Clock, limits: { readonly withinMs?: number; readonly everyMs?: number } = {}) {
  const call = vgcCall(send);
  const profiles = vgcProfiles(call);
  return { call, profiles, subscribers: vgcSubscribers(call, profiles, clock, limits) };
}
export type Vgc = ReturnType<typeof vgc>;
