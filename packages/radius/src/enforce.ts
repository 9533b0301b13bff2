import { isVendorError, radiusChange, type Clock, type NasVendor, type VendorErrorKind } from '../../../core/src/index.ts';
import type { Session } from './accounting.ts';
import type { Dynauth } from './dynauth.ts';
import type { Attribute } from './packet.ts';
import type { RadiusStore } from './store.ts';
import type { SubscriberState } from './subscribers.ts';

/** How running sessions are told of what the tables now say. */
export type Enforcement = 'nextLogin' | 'coa' | 'coaThenDisconnect' | 'disconnect';
export interface SessionResult {
  readonly acctSessionId: string;
  readonly nasIp: string;
  /** `pending`: it goes on as it was until it logs in again. */
  readonly result: 'changed' | 'disconnected' | 'alreadyOffline' | 'pending';
  /** Why it is pending, or why a CoA had to become a Disconnect. */
  readonly because?: { readonly kind: VendorErrorKind | 'notAsked' | 'nothingToChange' | 'notConfirmed'; readonly message: string; readonly hint: string; readonly outcome: string };
}
export interface Enforced {
  readonly state: SubscriberState;
  /** Every session that ran before the change now knows it, or is gone. */
  readonly enforced: boolean;
  readonly sessions: readonly SessionResult[];
}
const VENDORS: readonly string[] = ['mikrotik', 'cisco', 'juniper', 'nokia', 'huawei', 'wispr'] satisfies readonly NasVendor[];
/** How long the NAS's accounting stop may take after its ACK. */
const STOP_SECONDS = 10;

/**
 * Brings running sessions to what a login would get (S0-103, S0-85, S0-86). Rows are committed before: a customer whose session ends is back
 * within seconds and must meet the new ones, and a NAS that does not answer leaves the tables right and `enforced: false` (contract 43).
 * @example await store.changePlan(user, group, reply); await enforcement({ store, dyn, clock }).enforce(user, 'coaThenDisconnect')
 */
export function enforcement({ store, dyn, clock }: { readonly store: RadiusStore; readonly dyn: Dynauth; readonly clock: Clock }) {
  const key = (username: string, session: Session) => ({ username, acctSessionId: session.acctSessionId, nasIp: session.nasIp, framedIp: session.framedIp });
  const pending = (session: Session, error: unknown): SessionResult => {
    if (!isVendorError(error)) throw error;
    const { kind, message, hint, outcome } = error;
    return { acctSessionId: session.acctSessionId, nasIp: session.nasIp, result: 'pending', because: { kind, message, hint, outcome } };
  };

  /** The dialect of a session's router: what the nas table says, else what the plan was written for. */
  async function vendorAt(nasIp: string, planGroup: string | null): Promise<NasVendor | undefined> {
    const type = (await store.nas.at(nasIp))?.type.toLowerCase() ?? '';
    const written = planGroup?.slice(store.groups.plan.length).split(':')[1] ?? '';
    return [type, written].find((one) => VENDORS.includes(one)) as NasVendor | undefined;
  }

  /** Ends one session; one the NAS does not have is closed in accounting too. Never throws for a NAS. */
  async function end(username: string, session: Session): Promise<SessionResult> {
    try {
      const { alreadyOffline } = await dyn.disconnect(key(username, session));
      if (alreadyOffline) await store.closeStale(username, session.acctSessionId, session.nasIp);
      return { acctSessionId: session.acctSessionId, nasIp: session.nasIp, result: alreadyOffline ? 'alreadyOffline' : 'disconnected' };
    } catch (error) {
      return pending(session, error);
    }
  }
  /** Changes one session. Never throws for a NAS. */
  async function change(username: string, session: Session, attributes: readonly Attribute[]): Promise<SessionResult> {
    if (attributes.length === 0) {
      return { acctSessionId: session.acctSessionId, nasIp: session.nasIp, result: 'pending', because: { kind: 'nothingToChange', message: 'Nothing of what changed can be told a running session of this router.', hint: 'Disconnect it: the next login brings the change.', outcome: 'notApplied' } };
    }
    try {
      await dyn.change(key(username, session), attributes);
      return { acctSessionId: session.acctSessionId, nasIp: session.nasIp, result: 'changed' };
    } catch (error) {
      return pending(session, error);
    }
  }

  /** Waits for the accounting stops that follow; a session whose stop does not come is not shown as gone. */
  async function confirm(username: string, results: readonly SessionResult[]): Promise<readonly SessionResult[]> {
    const gone = new Set(results.filter(({ result }) => result === 'disconnected').map(({ acctSessionId }) => acctSessionId));
    for (let look = 0; gone.size > 0; look += 1) {
      const open = new Set((await store.sessions(username)).map(({ acctSessionId }) => acctSessionId));
      for (const id of [...gone]) if (!open.has(id)) gone.delete(id);
      if (gone.size === 0 || look >= STOP_SECONDS) break;
      await clock.sleep(1_000);
    }
    return results.map((one) => (gone.has(one.acctSessionId) && one.result === 'disconnected' ? { ...one, result: 'pending', because: { kind: 'notConfirmed', message: `The NAS said the session ended, but accounting still has it after ${STOP_SECONDS} s.`, hint: 'Read the sessions again; if it stays, look at the accounting of this NAS.', outcome: 'unknown' } } : one));
  }

  /**
   * Tells the sessions that began before the last change. A session whose router refuses or is silent stays as it was; with
   * `coaThenDisconnect` it is ended instead. Repeating it is safe: who was told is not told again.
   */
  async function enforce(username: string, how: Enforcement): Promise<Enforced> {
    const before = await store.get(username);
    const since = before.pendingSince;
    // Start times of some databases have whole seconds.
    const targets = since === null ? [] : before.sessions.filter(({ startedAt }) => Date.parse(startedAt) <= Date.parse(since));
    const out = before.access === 'rejected' || before.access === 'absent';
    // Two NASes do not wait for each other; two sessions of one NAS may.
    const results = await Promise.all(
      targets.map(async (session): Promise<SessionResult> => {
        if (how === 'nextLogin') return { acctSessionId: session.acctSessionId, nasIp: session.nasIp, result: 'pending', because: { kind: 'notAsked', message: 'It is told at the next login, as was asked.', hint: 'Disconnect it to make it now.', outcome: 'notApplied' } };
        // There is no speed for somebody who may not log in.
        if (how === 'disconnect' || out) return end(username, session);
        const restore = (await store.restoreAttributes(username)).map(({ attribute, value }) => [attribute, value] as const);
        const told = await change(username, session, radiusChange(before.answer, restore, await vendorAt(session.nasIp, before.planGroup)));
        if (told.result === 'changed' || how === 'coa') return told;
        const ended = await end(username, session);
        return ended.result === 'pending' || !told.because ? ended : { ...ended, because: told.because };
      }),
    );
    const confirmed = await confirm(username, results);
    const enforced = confirmed.every(({ result }) => result !== 'pending');
    if (enforced && since !== null) await store.settled(username, since, before.access === 'active');
    return { state: await store.get(username), enforced, sessions: confirmed };
  }

  /** Ends every open session of one user, whatever it knows; one NAS that fails does not keep the others from being asked. */
  async function disconnectAll(username: string): Promise<readonly SessionResult[]> {
    const open = await store.sessions(username);
    return confirm(username, await Promise.all(open.map((session) => end(username, session))));
  }
  /** Ends the one session of this id. @returns null when it is not open. */
  async function disconnectOne(username: string, acctSessionId: string): Promise<SessionResult | null> {
    const session = (await store.sessions(username)).find((one) => one.acctSessionId === acctSessionId);
    return session ? (await confirm(username, [await end(username, session)]))[0]! : null;
  }
  /** Another speed for sessions that run now; the tables, and so the next login, stay as they are. */
  async function changeRate(username: string, attributesFor: (vendor: NasVendor) => readonly Attribute[], given?: NasVendor, acctSessionId?: string): Promise<readonly SessionResult[]> {
    const state = await store.get(username);
    const open = state.sessions.filter((one) => acctSessionId === undefined || one.acctSessionId === acctSessionId);
    return Promise.all(open.map(async (session) => change(username, session, attributesFor(given ?? (await vendorAt(session.nasIp, state.planGroup)) ?? 'mikrotik'))));
  }
  return { enforce, disconnectAll, disconnectOne, changeRate };
}
export type EnforcementOf = ReturnType<typeof enforcement>;
