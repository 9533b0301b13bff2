import { deriveId, isVendorError, type AcsAct, type AcsAnswer, type AcsMigrationCommand, type AcsMigrationEffect, type AcsMigrationPolicy } from '../../../../core/src/index.ts';
import type { DeviceRef, NewAcs, NewSettings, OldAcs } from './ports.ts';

export interface Doer {
  readonly old: OldAcs;
  readonly next: NewAcs;
  readonly settings: Omit<NewSettings, 'intervalSeconds' | 'connectionRequestUsername'>;
  readonly policy: AcsMigrationPolicy;
  readonly target: { readonly url: string; readonly connectionRequestUsername: string };
  readonly runId: string;
}
export type AcsActEffect = Extract<AcsMigrationEffect, { readonly type: AcsAct }>;

async function act(effect: AcsActEffect, device: DeviceRef, doer: Doer): Promise<AcsAnswer> {
  const { old, next, settings, policy, target, runId } = doer;
  const { type, key } = effect;
  const switchKey = deriveId('leadlight-acs', runId, 'switch');
  switch (type) {
    case 'inspect': {
      const facts = await old.facts(device);
      return { act: type, facts: facts && { ...facts, inNew: await next.seen(device.serial) } };
    }
    case 'prepare': return { act: type, ...(await old.prepare(device, key, policy.tag, { ...settings, intervalSeconds: policy.informIntervalSeconds, connectionRequestUsername: target.connectionRequestUsername })) };
    case 'confirm': return { act: type, management: await old.confirm(device, key) };
    case 'switch': return { act: type, ...(await old.switchUrl(device, key, target.url)) };
    case 'locate': return { act: type, whereabouts: { ...(await old.whereabouts(device, switchKey)), inNew: await next.seen(device.serial) } };
    case 'verify': return { act: type, management: await next.management(device) };
    case 'archive': return { act: type, outcome: await old.forget(device, effect.seenAt ?? '') };
    case 'cancel': return { act: type, wasWaiting: await old.cancel(device, switchKey) };
    case 'switchBack': return { act: type, ...(await next.switchBack(device, effect.before?.url ?? '')) };
    case 'restore':
      await old.restore(device, key, policy.tag, effect.before);
      return { act: type };
  }
}

/** Carries one effect out, once, and says what became of it in the migration's words. @throws what is not a vendor's failure @example await perform(effect, device, doer) */
export async function perform(effect: AcsActEffect, device: DeviceRef, doer: Doer): Promise<AcsMigrationCommand> {
  const { type, attempt } = effect;
  try {
    return { type: 'answered', attempt, answer: await act(effect, device, doer) };
  } catch (error) {
    if (!isVendorError(error)) throw error;
    const { kind, outcome, message, hint, retryAfterMs } = error;
    return { type: 'failed', act: type, attempt, failure: { kind, outcome, message, hint, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) } };
  }
}
