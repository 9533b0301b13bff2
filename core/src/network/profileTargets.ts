import { accept, type Decision } from '../kernel/decision.ts';
import { shortHash } from '../kernel/id.ts';
import type { CompiledProfile } from './compileProfile.ts';
import type { ParameterType, ParameterValue } from './deviceProfile.ts';
import { notSendable, profileBatches, type TargetRefusal } from './profileBatches.ts';

export interface GenieAcsTasks {
  readonly tasks: readonly { readonly name: 'setParameterValues'; readonly parameterValues: readonly (readonly [string, ParameterValue])[]; readonly uniqueKey: string }[];
  /** To be asked afterwards, `afterMs` later; secrets are left out as they read back empty. */
  readonly readBack: { readonly name: 'getParameterValues'; readonly parameterNames: readonly string[] };
}
export interface UspSet {
  readonly allow_partial: false;
  readonly update_objs: readonly { readonly obj_path: string; readonly param_settings: readonly { readonly param: string; readonly value: string; readonly required: true }[] }[];
}

/**
 * Tasks for GenieACS, to be posted one after the other; the key replaces an older wish for the same parameters that still waits.
 * @example genieAcsTasks(compiled).value.tasks[0].parameterValues // [['Device.NAT.X_TP_UPnPCfg.Enable', false]]
 */
export function genieAcsTasks(compiled: CompiledProfile): Decision<GenieAcsTasks, TargetRefusal> {
  const no = notSendable(compiled);
  if (no) return no;
  const tasks = profileBatches(compiled).map((batch) => ({
    name: 'setParameterValues' as const, parameterValues: batch.map(({ path, value }) => [path, value!] as const), uniqueKey: `leadlight-profile-${shortHash(batch.map(({ path }) => path).join())}`,
  }));
  return accept({ tasks, readBack: { name: 'getParameterValues', parameterNames: compiled.parameters.filter(({ secret }) => !(secret && compiled.verify.skipSecret)).map(({ path }) => path) } }, `${tasks.length} tasks.`);
}

/**
 * USP Set messages (Oktopus `set`): one per call, grouped by parent object, every value a text, nothing partial.
 * @example uspSets(compiled).value[0].update_objs[0] // { obj_path: 'Device.NAT.X_TP_UPnPCfg.', param_settings: [{ param: 'Enable', value: 'false', required: true }] }
 */
export function uspSets(compiled: CompiledProfile): Decision<readonly UspSet[], TargetRefusal> {
  const no = notSendable(compiled);
  if (no) return no;
  const sets = profileBatches(compiled).map((batch): UspSet => {
    const objects = new Map<string, { param: string; value: string; required: true }[]>();
    for (const { path, value } of batch) {
      const cut = path.lastIndexOf('.') + 1;
      const settings = objects.get(path.slice(0, cut)) ?? [];
      objects.set(path.slice(0, cut), [...settings, { param: path.slice(cut), value: String(value), required: true }]);
    }
    return { allow_partial: false, update_objs: [...objects].map(([obj_path, param_settings]) => ({ obj_path, param_settings })) };
  });
  return accept(sets, `${sets.length} messages.`, ...(compiled.root === 'Device' ? [] : ['USP agents speak Device:2; this tree is TR-098, so the agent must have shown these paths itself.']));
}

/**
 * SetParameterValues envelopes for a CWMP session (Oktopus `cwmp`): values in the device's types, texts escaped. TR-069 applies each whole or
 * not at all. `key` becomes the session id and the ParameterKey.
 * @example setParameterValues(compiled, 'll-1').value[0].includes('xsi:type="xsd:boolean">false<') // true
 */
export function setParameterValues(compiled: CompiledProfile, key = 'leadlight'): Decision<readonly string[], TargetRefusal> {
  const no = notSendable(compiled);
  if (no) return no;
  const batches = profileBatches(compiled);
  const envelopes = batches.map((batch, i) => envelope(batch.map(({ path, value, type }) => ({ path, value: value!, type })), batches.length === 1 ? key : `${key}-${i + 1}`));
  return accept(envelopes, `${envelopes.length} envelopes.`);
}

const XSD: Readonly<Record<ParameterType, string>> = { string: 'xsd:string', boolean: 'xsd:boolean', unsignedInt: 'xsd:unsignedInt', int: 'xsd:int' };
const xml = (text: string): string => text.replace(/[&<>"']/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' })[sign]!);

function envelope(parameters: readonly { readonly path: string; readonly value: ParameterValue; readonly type: ParameterType }[], key: string): string {
  const structs = parameters.map(({ path, value, type }) => `<ParameterValueStruct><Name>${xml(path)}</Name><Value xsi:type="${XSD[type]}">${xml(String(value))}</Value></ParameterValueStruct>`).join('');
  const spaces = [['soap', 'http://schemas.xmlsoap.org/soap/envelope/'], ['soapenc', 'http://schemas.xmlsoap.org/soap/encoding/'], ['xsd', 'http://www.w3.org/2001/XMLSchema'], ['xsi', 'http://www.w3.org/2001/XMLSchema-instance'], ['cwmp', 'urn:dslforum-org:cwmp-1-0']];
  return (
    `<soap:Envelope ${spaces.map(([name, uri]) => `xmlns:${name}="${uri}"`).join(' ')}><soap:Header><cwmp:ID soap:mustUnderstand="1">${xml(key)}</cwmp:ID></soap:Header><soap:Body><cwmp:SetParameterValues>` +
    `<ParameterList soapenc:arrayType="cwmp:ParameterValueStruct[${parameters.length}]">${structs}</ParameterList><ParameterKey>${xml(key.slice(0, 32))}</ParameterKey></cwmp:SetParameterValues></soap:Body></soap:Envelope>`
  );
}
