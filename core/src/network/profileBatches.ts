import { refuse, type Refused } from '../kernel/decision.ts';
import type { CompiledProfile, CpeParameter } from './compileProfile.ts';

/** Parameters of one call. */
export type Batch = readonly CpeParameter[];
export type TargetRefusal = 'notChecked' | 'secretNotGiven' | 'secretNeedsSource';

const MOST = 30;

/**
 * Cuts a compiled profile into calls: an atomic group is one call, loose settings go up to 30 to a call, the order stays.
 * @example profileBatches(compiled).length // 1
 */
export function profileBatches({ parameters }: CompiledProfile): readonly Batch[] {
  const batches: CpeParameter[][] = [];
  for (const one of parameters) {
    const last = batches.at(-1);
    if (last?.[0]?.group === one.group && (one.group !== 'settings' || last.length < MOST)) last.push(one);
    else batches.push([one]);
  }
  return batches;
}

/** Why a compiled profile cannot be sent as it is: nobody looked whether the paths exist, or a secret is not in hand. @example notSendable(compiled) // undefined */
export function notSendable({ checked, parameters }: CompiledProfile, secretsInHand = true): Refused<TargetRefusal> | undefined {
  if (!checked) return refuse('notChecked', 'Nobody looked whether these paths exist on the device.', { path: 'facts', hint: 'Read the device first and compile with its parameters: a set on a missing path answers 200 and does nothing.' });
  const absent = secretsInHand ? parameters.find(({ value }) => value === null) : undefined;
  return absent && refuse('secretNotGiven', `The value of ${absent.cap} is in the hub.`, { path: `desired.${absent.cap}`, hint: 'Use the GenieACS provision, which fetches it, or give the value.' });
}
