import type { Instant } from '../kernel/civil.ts';
import { accept, refuse, type Decision } from '../kernel/decision.ts';
import { resolveModel } from './resolveModel.ts';
import type { AcsManagement, AcsMigrationPlan, AcsProblem } from './acsMigrationState.ts';

/** What both ACSes know of a device before anything is written. */
export interface AcsDeviceFacts {
  readonly deviceId: string;
  readonly serial: string;
  readonly oui: string;
  readonly productClass: string;
  readonly modelName: string | null;
  /** null: the old ACS has no ManagementServer.URL of it. */
  readonly url: string | null;
  readonly urlWritable: boolean;
  readonly intervalSeconds: number | null;
  readonly connectionRequestUsername: string | null;
  readonly lastInform: Instant | null;
  /** Of others; the run's own do not count. */
  readonly openTasks: number;
  readonly openFaults: number;
  /** Devices of the old ACS with this serial number, itself included. */
  readonly sameSerial: number;
  readonly inNew: 'absent' | 'offline' | 'online';
}
export type AcsPreflightCode = 'serialTwice' | 'serialUnusable' | 'silent' | 'faults' | 'tasks' | 'modelUnknown' | 'urlUnknown' | 'urlReadOnly' | 'alreadyMoved' | 'alreadyThere';

/** Every reason at once; the first is the answer's code. */
function problemsOf(facts: AcsDeviceFacts, { target, policy, profiles }: AcsMigrationPlan, now: Instant): readonly (AcsProblem & { readonly code: AcsPreflightCode })[] {
  const found: (AcsProblem & { readonly code: AcsPreflightCode })[] = [];
  const no = (code: AcsPreflightCode, message: string, hint: string): void => void found.push({ code, message, hint });
  if (facts.sameSerial > 1) no('serialTwice', `${facts.sameSerial} devices have this serial number; the new ACS knows devices by serial alone and would merge them.`, 'Delete the record of the device that no longer exists.');
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(facts.serial)) no('serialUnusable', 'The serial number has characters that break the subjects of the new ACS.', 'Leave the device where it is, or move it by hand.');
  const age = facts.lastInform === null ? Infinity : Date.parse(now) - Date.parse(facts.lastInform);
  if (age > policy.maxInformAgeHours * 3_600_000) no('silent', 'The device has not informed for too long.', 'Find out whether it still exists; it joins a later wave when it informs again.');
  if (facts.openFaults > 0) no('faults', `${facts.openFaults} faults are open.`, 'Look at them in the old ACS and clear them.');
  if (facts.openTasks > 0) no('tasks', `${facts.openTasks} tasks are waiting.`, 'Let them run, or delete them.');
  const model = policy.unknownModels === 'refuse' ? resolveModel({ productClass: facts.productClass, ...(facts.modelName && { modelName: facts.modelName }), oui: facts.oui }, profiles) : undefined;
  if (model?.type === 'refused') {
    no('modelUnknown', model.message, 'Add a device profile for it, or allow unknown models in the policy.');
  }
  if (facts.url === null || facts.url === '') no('urlUnknown', 'The old ACS does not know the ManagementServer.URL of this device.', 'Refresh the object ManagementServer in the old ACS.');
  else if (facts.url === target.url) no('alreadyMoved', 'The device already has the new URL.', 'Look for it in the new ACS.');
  else if (!facts.urlWritable) no('urlReadOnly', 'ManagementServer.URL cannot be written on this device.', 'Move it by DHCP option 43 or by hand.');
  if (facts.inNew === 'online') no('alreadyThere', 'A device with this serial number is online in the new ACS.', 'Find out which device it is before this one is moved.');
  return found;
}

/**
 * Whether a device may be moved to the new ACS, from what is known without writing (acs.md 3.8 step 2). Accepts with the settings to be
 * put back later; refuses with the first reason as code and all of them in `facts.problems`.
 * @example acsPreflight({ ...acsFacts, sameSerial: 2 }, acsPlan, '2026-04-01T13:00:00.000Z') // refused serialTwice
 */
export function acsPreflight(facts: AcsDeviceFacts, plan: AcsMigrationPlan, now: Instant): Decision<AcsManagement, AcsPreflightCode> {
  const problems = problemsOf(facts, plan, now);
  const [first] = problems;
  if (first) return refuse(first.code, first.message, { hint: first.hint, facts: { problems: problems.map(({ code, message, hint }) => ({ code, message, hint })) } });
  return accept({ url: facts.url ?? '', intervalSeconds: facts.intervalSeconds, connectionRequestUsername: facts.connectionRequestUsername ?? '' }, `${facts.serial} informs, has one owner, nothing waits, and its URL can be written.`);
}
