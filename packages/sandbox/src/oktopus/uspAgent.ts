// What a USP agent (TR-369) answers, in the JSON that Go makes of its protobuf messages: snake_case, zero values left out, one-of members
// under their Go names (acs.md 3.3).
import { cast, tableAt, type OktopusDevice } from './state.ts';

type Raw = Readonly<Record<string, unknown>>;
interface Setting { readonly param: string; readonly value: string; readonly required: boolean }
const error = (err_code: number, err_msg: string, param_errs: readonly object[] = []): object => go({ err_code, err_msg, param_errs });

/** Go leaves zero values out of a message. */
export function go(raw: Raw): object {
  return Object.fromEntries(Object.entries(raw).filter(([, value]) => value !== undefined && value !== '' && value !== 0 && value !== false && !(Array.isArray(value) && value.length === 0)));
}
const rows = (value: unknown): readonly Raw[] => (Array.isArray(value) ? (value as Raw[]) : []);
const paths = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);
const settings = (value: unknown): readonly Setting[] => rows(value).map((one) => ({ param: String(one['param'] ?? ''), value: String(one['value'] ?? ''), required: one['required'] === true }));

/** Every object there is, with a dot at its end. */
function objectsOf({ tree }: OktopusDevice): ReadonlySet<string> {
  const found = new Set<string>();
  for (const path of tree.keys()) for (let at = path.lastIndexOf('.'); at > 0; at = path.lastIndexOf('.', at - 1)) found.add(path.slice(0, at + 1));
  return found;
}

/** Objects that a path with wildcards or one search expression `[Name=="value"]` stands for. */
function resolve(device: OktopusDevice, path: string): readonly string[] {
  const conditions: { readonly at: number; readonly name: string; readonly value: string }[] = [];
  const parts = path.split(/\.(?![^[]*\])/).filter(Boolean);
  const pattern = parts.map((part, at) => {
    const search = /^\[(\w+)=="([^"]*)"\]$/.exec(part);
    if (search) conditions.push({ at, name: search[1]!, value: search[2]! });
    return part === '*' || search ? '[0-9]+' : part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  });
  const test = new RegExp(`^${pattern.join('\\.')}\\.$`);
  return [...objectsOf(device)].filter((one) => test.test(one) && conditions.every(({ at, name, value }) => String(device.tree.get(`${one.split('.').slice(0, at + 1).join('.')}.${name}`)?.value) === value));
}

function get(device: OktopusDevice, body: Raw): object {
  const depth = Number(body['max_depth'] ?? 0);
  const req_path_results = paths(body['param_paths']).map((requested_path) => {
    const found = new Map<string, Record<string, string>>();
    const add = (path: string): void => {
      const object = path.slice(0, path.lastIndexOf('.') + 1);
      const parameter = device.tree.get(path)!;
      found.set(object, { ...found.get(object), [path.slice(object.length)]: parameter.hidden ? '' : String(parameter.value) });
    };
    if (requested_path.endsWith('.')) {
      for (const object of resolve(device, requested_path)) for (const path of device.tree.keys()) if (path.startsWith(object) && (depth === 0 || path.slice(object.length).split('.').length <= depth)) add(path);
    } else {
      const at = requested_path.lastIndexOf('.');
      for (const object of resolve(device, requested_path.slice(0, at + 1))) if (device.tree.has(object + requested_path.slice(at + 1))) add(object + requested_path.slice(at + 1));
    }
    if (found.size === 0) return { requested_path, err_code: 7026, err_msg: `Path is invalid: ${requested_path}` };
    return { requested_path, resolved_path_results: [...found].map(([resolved_path, result_params]) => ({ resolved_path, result_params })) };
  });
  return go({ req_path_results });
}

interface Tried { readonly object: string; readonly errors: readonly { readonly param: string; readonly required: boolean; readonly err_code: number; readonly err_msg: string }[]; readonly good: readonly (readonly [string, string | number | boolean])[] }

function attempt(device: OktopusDevice, object: string, given: readonly Setting[]): Tried {
  const errors: Tried['errors'][number][] = [];
  const good: [string, string | number | boolean][] = [];
  for (const { param, value, required } of given) {
    const path = object + param;
    const parameter = device.tree.get(path);
    const made = parameter && cast(path, value, parameter.type);
    if (!parameter) errors.push({ param, required, err_code: 7010, err_msg: `${param} is not supported` });
    else if (!parameter.writable) errors.push({ param, required, err_code: 7013, err_msg: `${param} is read-only` });
    // Some agents echo what they refuse.
    else if (made === 'type' || made === 'value') errors.push({ param, required, err_code: made === 'type' ? 7011 : 7012, err_msg: `bad value '${value}'` });
    else good.push([path, made!.value]);
  }
  return { object, errors, good };
}

const plain = ({ param, err_code, err_msg }: Tried['errors'][number]): object => ({ param, err_code, err_msg });

function set(device: OktopusDevice, body: Raw): object {
  const partial = body['allow_partial'] === true;
  const results = rows(body['update_objs']).map((one) => {
    const requested_path = String(one['obj_path'] ?? '');
    return { requested_path, tried: resolve(device, requested_path).map((object) => attempt(device, object, settings(one['param_settings']))) };
  });
  const failed = results.filter(({ tried }) => tried.length === 0 || tried.some(({ errors }) => errors.some(({ required }) => required)));
  if (!partial && failed.length > 0) {
    const named = results.flatMap(({ tried }) => tried.flatMap(({ object, errors }) => errors.map(({ param, err_code, err_msg }) => ({ param_path: object + param, err_code, err_msg }))));
    return error(named.length > 0 ? 7004 : 7016, named.length > 0 ? 'Set failed' : `Object does not exist: ${failed[0]!.requested_path}`, named);
  }
  return {
    updated_obj_results: results.map((one) => {
      const { requested_path, tried } = one;
      if (tried.length === 0) return { requested_path, oper_status: { OperStatus: { OperFailure: { err_code: 7016, err_msg: 'Object does not exist' } } } };
      if (failed.includes(one)) return { requested_path, oper_status: { OperStatus: { OperFailure: { err_code: 7021, err_msg: 'Required parameter failed', updated_inst_failures: tried.map(({ object, errors }) => go({ affected_path: object, param_errs: errors.map(plain) })) } } } };
      for (const { good } of tried) for (const [path, value] of good) if (!device.stubborn.has(path)) device.tree.get(path)!.value = value;
      return { requested_path, oper_status: { OperStatus: { OperSuccess: { updated_inst_results: tried.map(({ object, errors, good }) => go({ affected_path: object, param_errs: errors.map(plain), updated_params: Object.fromEntries(good.map(([path, value]) => [path.slice(object.length), String(value)])) })) } } } };
    }),
  };
}

/** Makes the next object of a table; gives its path. */
export function create(device: OktopusDevice, table: string): string | undefined {
  const fresh = tableAt(table);
  if (!fresh) return undefined;
  const taken = [...device.tree.keys()].flatMap((path) => (path.startsWith(table) ? [Number(path.slice(table.length).split('.')[0])] : []));
  const object = `${table}${Math.max(0, ...taken) + 1}.`;
  for (const [name, value] of Object.entries(fresh)) device.tree.set(object + name, { value, type: typeof value === 'boolean' ? 'xsd:boolean' : typeof value === 'number' ? 'xsd:unsignedInt' : 'xsd:string', writable: true });
  return object;
}
/** Deletes an object of a table; false when it is not there or may not be. */
export function remove(device: OktopusDevice, object: string): boolean {
  const inTable = tableAt(object.replace(/\d+\.$/, '')) !== undefined;
  const inside = [...device.tree.keys()].filter((path) => path.startsWith(object));
  if (!inTable || inside.length === 0) return false;
  for (const path of inside) device.tree.delete(path);
  return true;
}

function add(device: OktopusDevice, body: Raw): object {
  const partial = body['allow_partial'] === true;
  const created_obj_results: object[] = [];
  for (const one of rows(body['create_objs'])) {
    const requested_path = String(one['obj_path'] ?? '');
    const object = create(device, requested_path);
    if (!object) {
      if (!partial) return error(7017, `Object cannot be created: ${requested_path}`);
      created_obj_results.push({ requested_path, oper_status: { OperStatus: { OperFailure: { err_code: 7017, err_msg: 'Object could not be created' } } } });
      continue;
    }
    const { errors, good } = attempt(device, object, settings(one['param_settings']));
    if (errors.some(({ required }) => required)) {
      remove(device, object);
      if (!partial) return error(7004, 'Add failed', errors.map(({ param, err_code, err_msg }) => ({ param_path: requested_path + param, err_code, err_msg })));
      created_obj_results.push({ requested_path, oper_status: { OperStatus: { OperFailure: { err_code: 7021, err_msg: 'Required parameter failed' } } } });
      continue;
    }
    for (const [path, value] of good) device.tree.get(path)!.value = value;
    created_obj_results.push({ requested_path, oper_status: { OperStatus: { OperSuccess: go({ instantiated_path: object, param_errs: errors.map(plain) }) } } });
  }
  return go({ created_obj_results });
}

function del(device: OktopusDevice, body: Raw): object {
  const deleted_obj_results: object[] = [];
  for (const requested_path of paths(body['obj_paths'])) {
    if (!remove(device, requested_path)) {
      if (body['allow_partial'] !== true) return error(7016, `Object does not exist: ${requested_path}`);
      deleted_obj_results.push({ requested_path, oper_status: { OperStatus: { OperFailure: { err_code: 7016, err_msg: 'Object does not exist' } } } });
    } else deleted_obj_results.push({ requested_path, oper_status: { OperStatus: { OperSuccess: { affected_paths: [requested_path] } } } });
  }
  return go({ deleted_obj_results });
}

function operate(device: OktopusDevice, body: Raw, restart: (reset: boolean) => void): object {
  const command = String(body['command'] ?? '');
  const answer = (OperationResp: object | null): object => ({ operation_results: [{ executed_command: command, OperationResp }] });
  if (command === 'Device.Reboot()' || command === 'Device.FactoryReset()') {
    restart(command === 'Device.FactoryReset()');
    return answer({ ReqOutputArgs: {} });
  }
  if (/^Device\.DeviceInfo\.FirmwareImage\.\d+\.Download\(\)$/.test(command)) {
    device.downloads.push(String((body['input_args'] as Raw | undefined)?.['URL'] ?? ''));
    return answer({ ReqObjPath: `Device.LocalAgent.Request.${device.downloads.length}.` });
  }
  if (command === 'Device.IP.Diagnostics.IPPing()') return answer({ ReqOutputArgs: { output_args: { Status: 'Complete', SuccessCount: '3', FailureCount: '0', AverageResponseTime: '12' } } });
  return answer({ CmdFailure: { err_code: 7022, err_msg: 'Command is not supported' } });
}

const general = (path: string): string => path.replace(/\.\d+(?=\.)/g, '.{i}');
function parameters(device: OktopusDevice, body: Raw): object {
  const req_obj_results = paths(body['obj_paths']).map((req_obj_path) => {
    const found = new Map<string, object[]>();
    for (const [path, { writable }] of device.tree) {
      const at = path.lastIndexOf('.') + 1;
      const object = general(path.slice(0, at));
      if (!object.startsWith(general(req_obj_path))) continue;
      const known = found.get(object) ?? [];
      if (!known.some((one) => (one as { param_name: string }).param_name === path.slice(at))) known.push(go({ param_name: path.slice(at), access: writable ? 1 : 0, value_type: 8 }));
      found.set(object, known);
    }
    if (found.size === 0) return { req_obj_path, err_code: 7026, err_msg: 'Path is invalid' };
    return { req_obj_path, data_model_inst_uri: 'urn:broadband-forum-org:tr-181-2-15-0-usp', supported_objs: [...found].map(([supported_obj_path, supported_params]) => go({ supported_obj_path, is_multi_instance: supported_obj_path.endsWith('{i}.'), supported_params, supported_commands: req_obj_path === 'Device.' && supported_obj_path.split('.').length === 3 ? [{ command_name: 'Reboot()', command_type: 2 }] : [] })) };
  });
  return go({ req_obj_results });
}

function instances(device: OktopusDevice, body: Raw): object {
  const all = objectsOf(device);
  const req_path_results = paths(body['obj_paths']).map((requested_path) => {
    const below = [...all].filter((one) => one.startsWith(requested_path) && (body['first_level_only'] === true ? /^\d+\.$/ : /(^|\.)\d+\.$/).test(one.slice(requested_path.length)));
    if (below.length === 0 && !all.has(requested_path) && !tableAt(requested_path)) return { requested_path, err_code: 7026, err_msg: 'Path is invalid' };
    return go({ requested_path, curr_insts: below.map((instantiated_obj_path) => ({ instantiated_obj_path })) });
  });
  return go({ req_path_results });
}

/** One request carried out by the agent. @example agent(device, 'get', { param_paths: ['Device.DeviceInfo.'] }, () => undefined) */
export function agent(device: OktopusDevice, op: string, body: Raw, restart: (reset: boolean) => void): object {
  switch (op) {
    case 'get': return get(device, body);
    case 'set': return set(device, body);
    case 'add': return add(device, body);
    case 'del': return del(device, body);
    case 'operate': return operate(device, body, restart);
    case 'parameters': return parameters(device, body);
    default: return instances(device, body);
  }
}
