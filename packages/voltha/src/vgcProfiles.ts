import { VendorError } from '../../../core/src/index.ts';
import { VGC, type VgcCall } from './vgcCall.ts';

/** A meter profile of the controller. Rates in kbit/s, bursts in kilobits. */
export interface MeterProfile {
  readonly id: string;
  readonly cir: number;
  readonly cbs: number;
  readonly pir: number;
  readonly pbs: number;
  readonly eir: number;
  readonly ebs: number;
  readonly air: number;
  readonly gir: number;
}
export interface ProfileEnsured {
  readonly id: string;
  readonly created: boolean;
}
const RATES = ['cir', 'cbs', 'pir', 'pbs', 'eir', 'ebs', 'air', 'gir'] as const;
const VERSIONS = 50;

/**
 * The profile of a best-effort service at one rate: nothing assured, peak at the rate, 10 ms of burst.
 * @example meterProfile('FTTH150I_d', 150_000).pir // 150000
 */
export function meterProfile(id: string, kbps: number): MeterProfile {
  const burst = Math.max(1_000, Math.ceil(kbps / 100));
  return { id, cir: kbps, cbs: burst, pir: kbps, pbs: burst, eir: 0, ebs: 0, air: 0, gir: 0 };
}

/** Meter profiles of one controller. */
export function vgcProfiles(call: VgcCall) {
  const path = (id: string) => `/profiles/${encodeURIComponent(id)}`;

  /** Undefined when there is none: the controller says so with 409 and an empty body. */
  async function get(id: string): Promise<MeterProfile | undefined> {
    const reply = await call.send('profiles.get', { method: 'GET', path: path(id) }, [200, 409]);
    if (reply.status === 409 || reply.text.trim() === '') return undefined;
    try {
      return { ...(JSON.parse(reply.text) as MeterProfile), id };
    } catch {
      throw new VendorError({ vendor: VGC, operation: 'profiles.get', kind: 'unexpectedReply', status: reply.status, message: `The controller's answer about profile ${id} is not whole JSON.`, hint: 'Read it again.' });
    }
  }
  const agrees = (a: MeterProfile, b: MeterProfile) => RATES.every((rate) => Number(a[rate] ?? 0) === b[rate]);

  /**
   * A profile with these very rates. An existing name cannot be changed by POST (the controller keeps the old rates and says 200), so
   * a name taken by other rates is left alone and the next one is used: `…_v2`, `…_v3` (contract 16).
   */
  async function ensure(wanted: MeterProfile): Promise<ProfileEnsured> {
    for (let version = 1; version <= VERSIONS; version += 1) {
      const id = version === 1 ? wanted.id : `${wanted.id}_v${version}`;
      const there = await get(id);
      if (there && agrees(there, wanted)) return { id, created: false };
      if (there) continue;
      await call.send('profiles.ensure', { method: 'POST', path: path(id), body: { ...wanted, id } });
      const now = await get(id);
      if (now && agrees(now, wanted)) return { id, created: true };
      throw new VendorError({
        vendor: VGC,
        operation: 'profiles.ensure',
        kind: 'unexpectedReply',
        outcome: now ? 'notApplied' : 'unknown',
        message: `The controller accepted profile ${id} but ${now ? 'keeps other rates' : 'does not have it'}.`,
        hint: 'Somebody may be writing the same name; try again.',
        detail: { cause: 'profileNotConfirmed', id },
      });
    }
    throw new VendorError({ vendor: VGC, operation: 'profiles.ensure', kind: 'exhausted', message: `${VERSIONS} versions of profile ${wanted.id} exist with other rates.`, hint: 'Delete the unused ones.', detail: { id: wanted.id } });
  }

  /**
   * Deletes a profile; false when there was none.
   * @throws VendorError conflict with `detail.cause: 'profileInUse'` while a service has it.
   */
  async function remove(id: string): Promise<boolean> {
    if (!(await get(id))) return false;
    try {
      await call.send('profiles.remove', { method: 'DELETE', path: path(id), body: {} });
    } catch (error) {
      const { status, detail, outcome } = error as VendorError;
      const said = String(detail?.['said'] ?? '');
      if (status === 409 && /doesn't exist/.test(said)) return false;
      if (status === 409 && /reference/.test(said)) throw new VendorError({ vendor: VGC, operation: 'profiles.remove', kind: 'conflict', status: 409, message: `Profile ${id} is in use.`, hint: 'Take it off its services first.', detail: { cause: 'profileInUse', id } });
      if (outcome !== 'unknown' || (await get(id))) throw error;
    }
    if (!(await get(id))) return true;
    throw new VendorError({ vendor: VGC, operation: 'profiles.remove', kind: 'unexpectedReply', outcome: 'unknown', message: `The controller accepted the deletion of profile ${id} but still has it.`, hint: 'Read it again.', detail: { cause: 'profileNotConfirmed', id } });
  }

  return { get, ensure, remove };
}
export type VgcProfiles = ReturnType<typeof vgcProfiles>;
