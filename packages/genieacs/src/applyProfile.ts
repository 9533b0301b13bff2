import { shortHash } from '../../../core/src/index.ts';
import { checkTask, type ParameterValue } from './checkTask.ts';
import type { Devices } from './devices.ts';
import { rejected } from './errors.ts';
import type { TaskOutcome } from './outcome.ts';
import type { TaskOptions } from './postTask.ts';
import type { Fault } from './read.ts';
import { isSecretPath } from './redact.ts';
import { sameValue } from './sameValue.ts';
import type { Tasks } from './tasks.ts';

export interface ProfileParameter {
  readonly path: string;
  readonly value: ParameterValue;
  /** The data model's type; informative, since the CPE's own type wins. */
  readonly type?: string;
  readonly secret?: boolean;
}
/**
 * `applied` read back equal · `same` already so · `written` a secret the device took · `missing` the device has no such path ·
 * `readOnly` · `held` not sent because another parameter could not be · `notApplied` · `queued` · `faulted` · `unknown`.
 */
export type Verdict = 'applied' | 'same' | 'written' | 'missing' | 'readOnly' | 'held' | 'notApplied' | 'queued' | 'faulted' | 'unknown';
export interface ProfileResult {
  readonly type: TaskOutcome['type'];
  readonly deviceId: string;
  readonly changed: boolean;
  readonly parameters: readonly { readonly path: string; readonly verdict: Verdict }[];
  readonly fault?: Fault;
  readonly because: string;
}
export interface ProfileOptions extends TaskOptions {
  /** What to do when a path is missing or read-only: `refuse` writes nothing (default), `skip` writes the others. */
  readonly onUnwritable?: 'refuse' | 'skip';
}

const PER_TASK = 30;

/**
 * Brings a device to a profile: looks whether each path exists and can be written, writes only what differs, reads back, and says for each
 * parameter what became of it. Running it again on a device that is already so sends no set task (S1-115, S1-116, S1-131, S1-139).
 * @throws VendorError rejectedInput (nothing sent) | notFound | unavailable
 * @example await acs.applyProfile(id, [{ path: 'Device.Time.NTPServer1', value: 'ntp.example' }])
 */
export async function applyProfile(devices: Devices, tasks: Tasks, deviceId: string, parameters: readonly ProfileParameter[], options: ProfileOptions = {}): Promise<ProfileResult> {
  const operation = 'applyProfile';
  if (!Array.isArray(parameters) || parameters.length === 0) throw rejected(operation, 'The profile has no parameters.', 'Give at least one path and value.');
  checkTask(operation, { name: 'setParameterValues', parameterValues: parameters.map((one) => [one?.path, one?.value]) });
  const twice = parameters.find((one, i) => parameters.findIndex((other) => other.path === one.path) !== i);
  if (twice) throw rejected(operation, `${twice.path} is named twice.`, 'Give each parameter once.');
  const { onUnwritable = 'refuse', ...taskOptions } = options;
  const device = await devices.get(deviceId, parameters.map((one) => one.path));
  const verdicts = new Map<string, Verdict>();
  const toWrite: ProfileParameter[] = [];
  for (const one of parameters) {
    const now = device.parameters[one.path];
    if (!now || now.object) verdicts.set(one.path, 'missing');
    else if (!hidden(one) && sameValue(one.value, now)) verdicts.set(one.path, 'same');
    else if (!now.writable) verdicts.set(one.path, 'readOnly');
    else toWrite.push(one);
  }
  const answer = (type: TaskOutcome['type'], changed: boolean, because: string, fault?: Fault): ProfileResult => ({
    type, deviceId, changed, parameters: parameters.map((one) => ({ path: one.path, verdict: verdicts.get(one.path)! })), ...(fault ? { fault } : {}), because,
  });
  const blocked = parameters.filter((one) => ['missing', 'readOnly'].includes(verdicts.get(one.path) ?? ''));
  if (blocked.length > 0 && (onUnwritable === 'refuse' || toWrite.length === 0)) {
    for (const one of toWrite) verdicts.set(one.path, 'held');
    return answer('notApplied', false, `${blocked.length} of ${parameters.length} parameters do not exist on this device or cannot be written; nothing was sent.`);
  }
  if (toWrite.length === 0) return answer('executed', false, 'The device already has every value.');

  for (let from = 0; from < toWrite.length; from += PER_TASK) {
    const part = toWrite.slice(from, from + PER_TASK);
    // The key says which parameters, not which values: a newer wish for the same parameters replaces an older one that still waits.
    const uniqueKey = `${options.uniqueKey ?? 'leadlight-profile'}-${shortHash(part.map((one) => one.path).join())}`;
    const outcome = await tasks.setParameterValues(deviceId, part, { ...taskOptions, uniqueKey });
    for (const one of part) verdicts.set(one.path, verdictOf(outcome, one));
    if (outcome.type !== 'executed') {
      for (const one of toWrite.slice(from + PER_TASK)) verdicts.set(one.path, 'held');
      return answer(outcome.type, from > 0 || outcome.type === 'notApplied', outcome.because, outcome.type === 'faulted' ? outcome.fault : undefined);
    }
  }
  return blocked.length > 0
    ? answer('notApplied', true, `${toWrite.length} parameters were written; ${blocked.length} do not exist or cannot be written.`)
    : answer('executed', true, `${toWrite.length} parameters were written and read back; secrets cannot be.`);
}

const hidden = (one: ProfileParameter): boolean => one.secret === true || isSecretPath(one.path);

function verdictOf(outcome: TaskOutcome, one: ProfileParameter): Verdict {
  switch (outcome.type) {
    case 'executed': return hidden(one) ? 'written' : 'applied';
    case 'notApplied': return outcome.paths.includes(one.path) ? 'notApplied' : hidden(one) ? 'written' : 'applied';
    default: return outcome.type;
  }
}
