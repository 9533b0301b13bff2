import { isVendorError } from '../../../core/src/index.ts';
import { failure } from './errors.ts';
import { complaint, list, paramErrors, record, sameRequest, type Complaint } from './uspReplies.ts';
import { isSecret, sameText, summary, wireText, type ParameterVerdict, type SetResult, type WantedParameter } from './values.ts';

type Raw = Readonly<Record<string, unknown>>;
export interface UspSetting {
  readonly sn: string;
  readonly wanted: readonly WantedParameter[];
  readonly allowPartial: boolean;
  readonly call: (body: object, member: string) => Promise<readonly Raw[]>;
  readonly look: (paths: readonly string[]) => Promise<Readonly<Record<string, string>>>;
}

const split = (path: string): { readonly object: string; readonly name: string } => {
  const at = path.lastIndexOf('.');
  return { object: path.slice(0, at + 1), name: path.slice(at + 1) };
};

/**
 * One USP Set: parameters grouped by object, errors read per object and per parameter, then everything that may be seen read back. After
 * silence, or an answer that is not ours, what the device holds decides; without that nobody knows.
 * @throws VendorError when the device refused the whole, or the outcome stays unknown
 */
export async function uspSet({ sn, wanted, allowPartial, call, look }: UspSetting): Promise<SetResult> {
  const objects = new Map<string, WantedParameter[]>();
  for (const one of wanted) objects.set(split(one.path).object, [...(objects.get(split(one.path).object) ?? []), one]);
  const update_objs = [...objects].map(([obj_path, settings]) => ({ obj_path, param_settings: settings.map(({ path, value }) => ({ param: split(path).name, value: wireText(value), required: !allowPartial })) }));
  const visible = wanted.filter((one) => !isSecret(one)).map(({ path }) => path);

  let refused: ReadonlyMap<string, Complaint>;
  try {
    const results = await call({ allow_partial: allowPartial, update_objs }, 'updated_obj_results');
    sameRequest('usp.set', [...objects.keys()], results.map((one) => String(one['requested_path'] ?? '')), true);
    refused = new Map(results.flatMap((one) => refusals(one, objects)).map((one) => [one.path, one]));
  } catch (error) {
    if (!isVendorError(error) || error.outcome !== 'unknown') throw error;
    const seen = visible.length > 0 ? await look(visible).catch(() => undefined) : undefined;
    if (!seen) throw error;
    const verdicts = wanted.map((one): ParameterVerdict => ({ path: one.path, verdict: isSecret(one) ? 'unknown' : agrees(one, seen) ? 'applied' : 'notApplied' }));
    if (verdicts.every(({ verdict }) => verdict === 'notApplied')) throw failure('usp.set', { kind: 'timedOut', reason: 'notApplied', outcome: 'notApplied', message: 'Oktopus gave no answer to the write, and the device still holds other values.', hint: 'Nothing was changed; the write may be sent again.' });
    return summary(sn, 'usp', verdicts);
  }
  const toRead = visible.filter((path) => !refused.has(path));
  const seen = toRead.length > 0 ? await look(toRead).catch(() => undefined) : {};
  return summary(sn, 'usp', wanted.map((one) => uspVerdict(one, refused.get(one.path), seen)));
}

function agrees({ path, value }: WantedParameter, seen: Readonly<Record<string, string>>): boolean {
  if (path in seen) return sameText(value, seen[path]);
  // A wildcard or a search expression: every object it stands for must agree.
  if (!/[*[]/.test(path)) return false;
  const { name } = split(path);
  const hits = Object.entries(seen).filter(([found]) => found.endsWith(`.${name}`));
  return hits.length > 0 && hits.every(([, read]) => sameText(value, read));
}

/** What became of one parameter that was sent. `seen` is undefined when nothing could be read back. */
export function uspVerdict(one: WantedParameter, refusal: Complaint | undefined, seen: Readonly<Record<string, string>> | undefined): ParameterVerdict {
  const { path } = one;
  if (refusal) return { path, verdict: refusal.code === 7010 || refusal.code === 7016 ? 'missing' : 'refused', code: refusal.code, message: refusal.message };
  if (isSecret(one)) return { path, verdict: 'written' };
  if (!seen) return { path, verdict: 'unknown' };
  return { path, verdict: agrees(one, seen) ? 'applied' : 'notApplied' };
}

/** The complaints of one object's result, each about one of the parameters sent to it. */
function refusals(result: Raw, objects: ReadonlyMap<string, readonly WantedParameter[]>): readonly Complaint[] {
  const asked = `${String(result['requested_path'] ?? '').replace(/\.$/, '')}.`;
  const sent = objects.get(asked) ?? [];
  const status = record(record(result['oper_status'])['OperStatus']);
  const failed = record(status['OperFailure']);
  const named = [...list(failed['updated_inst_failures']), ...list(record(status['OperSuccess'])['updated_inst_results'])].flatMap((one) => paramErrors(asked, one['param_errs']));
  if (!status['OperFailure']) return named;
  // The object as a whole failed: what has no reason of its own shares the object's.
  return sent.map(({ path }) => named.find((one) => one.path === path) ?? complaint(path, failed));
}
