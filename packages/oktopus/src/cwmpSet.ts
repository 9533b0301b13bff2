import { isVendorError } from '../../../core/src/index.ts';
import type { TypedValue } from './cwmp.ts';
import { failure, reasonOf } from './errors.ts';
import { isSecret, sameText, summary, type ParameterVerdict, type SetResult, type WantedParameter } from './values.ts';

/** A parameter as it goes to the device. */
export interface TypedParameter { readonly path: string; readonly value: WantedParameter['value']; readonly type: string }
export interface CwmpSetting {
  readonly sn: string;
  readonly wanted: readonly WantedParameter[];
  readonly look: (paths: readonly string[]) => Promise<Readonly<Record<string, TypedValue>>>;
  /** Gives whether the device applies them only after a restart. */
  readonly write: (typed: readonly TypedParameter[]) => Promise<boolean>;
}

const TYPES = ['string', 'int', 'unsignedInt', 'long', 'unsignedLong', 'boolean', 'dateTime', 'base64', 'hexBinary'];

function guess(value: WantedParameter['value']): string {
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'number' && Number.isInteger(value)) return value < 0 ? 'int' : 'unsignedInt';
  return 'string';
}

/**
 * One SetParameterValues with everything around it: look, write what differs, look again. TR-069 makes the write all or nothing. After
 * silence, what the device holds decides; without that nobody knows.
 * @throws VendorError when the device refused (with its parameters), or the outcome stays unknown
 */
export async function cwmpSet({ sn, wanted, look, write }: CwmpSetting): Promise<SetResult> {
  const before = await look(wanted.map(({ path }) => path));
  const missing = wanted.filter(({ path }) => !(path in before));
  if (missing.length > 0) {
    throw failure('cwmp.setParameterValues', { kind: 'notFound', reason: 'cwmpFault', message: `The device has no ${missing[0]!.path}.`, hint: 'Nothing was sent. The names in the details do not exist on this device.', detail: { code: 9005, parameters: missing.map(({ path }) => ({ path, code: 9005, message: 'invalid parameter name' })) } });
  }
  const differs = wanted.filter((one) => isSecret(one) || !sameText(one.value, before[one.path]?.value));
  const verdictOf = (one: WantedParameter, sent: (one: WantedParameter) => ParameterVerdict['verdict']): ParameterVerdict => ({ path: one.path, verdict: differs.includes(one) ? sent(one) : 'same' });
  if (differs.length === 0) return summary(sn, 'cwmp', wanted.map((one) => verdictOf(one, () => 'same')));

  const typed = differs.map((one): TypedParameter => {
    const reported = before[one.path]?.type ?? '';
    const type = one.type ?? (TYPES.includes(reported) ? reported : guess(one.value));
    return { path: one.path, type, value: type === 'boolean' ? (sameText(true, String(one.value)) ? '1' : sameText(false, String(one.value)) ? '0' : String(one.value)) : one.value };
  });
  const visible = differs.filter((one) => !isSecret(one)).map(({ path }) => path);
  const reread = async () => (visible.length > 0 ? await look(visible).catch(() => undefined) : {});

  let later: boolean;
  try {
    later = await write(typed);
  } catch (error) {
    if (!isVendorError(error) || error.outcome !== 'unknown' || reasonOf(error) === 'cwmpFault') throw error;
    const seen = visible.length > 0 ? await reread() : undefined;
    if (!seen) throw error;
    const verdicts = wanted.map((one) => verdictOf(one, (sent) => (isSecret(sent) ? 'unknown' : sameText(sent.value, seen[sent.path]?.value) ? 'applied' : 'notApplied')));
    if (verdicts.every(({ verdict }) => ['notApplied', 'same'].includes(verdict))) throw failure('cwmp.setParameterValues', { kind: 'timedOut', reason: 'notApplied', outcome: 'notApplied', message: 'No answer came to the write, and the device still holds other values.', hint: 'Nothing was changed; the write may be sent again.' });
    return summary(sn, 'cwmp', verdicts);
  }
  const seen = later ? {} : await reread();
  return summary(sn, 'cwmp', wanted.map((one) => verdictOf(one, (sent) => (later ? 'pendingReboot' : isSecret(sent) ? 'written' : !seen ? 'unknown' : sameText(sent.value, seen[sent.path]?.value) ? 'applied' : 'notApplied'))));
}
