import { isVendorError, type HttpReply, type VendorError, type InTurns } from '../../../core/src/index.ts';
import { checkSerial, type Wire } from './call.ts';
import { failure, reasonOf, rejected } from './errors.ts';
import { isSecretPath } from './redact.ts';
import { complaint, foreign, kindOf, list, paramErrors, readUsp, record, sameRequest, type Complaint } from './uspReplies.ts';
import { uspSet, uspVerdict } from './uspSet.ts';
import { checkObject, checkPath, checkWanted, wireText, type ParametersRead, type ParameterVerdict, type SetResult, type WantedParameter } from './values.ts';

/** Over which transport the device is reached; `any` lets Oktopus choose one that is online. */
export type Mtp = 'any' | 'mqtt' | 'ws' | 'stomp';
export interface UspOptions { readonly mtp?: Mtp }
export interface UspSetOptions extends UspOptions { /** Whether the others are written when one is refused; default false, all or nothing. */ readonly allowPartial?: boolean }
export interface ObjectAdded { readonly type: 'objectAdded'; readonly serial: string; readonly protocol: 'usp' | 'cwmp'; /** The new object, with a dot at its end. */ readonly path: string; readonly outcome: 'applied' | 'partial' | 'unknown'; readonly needsReboot: boolean; readonly parameters: readonly ParameterVerdict[] }
export interface ObjectDeleted { readonly type: 'objectDeleted'; readonly serial: string; readonly protocol: 'usp' | 'cwmp'; readonly path: string; /** False when it was not there. */ readonly deleted: boolean; readonly needsReboot: boolean }
/** `accepted`: the device took the command; what it does afterwards shows later. */
export interface Operated { readonly type: 'operated'; readonly serial: string; readonly protocol: 'usp' | 'cwmp'; readonly command: string; readonly outcome: 'accepted' | 'finished'; readonly output: Readonly<Record<string, string>>; readonly request?: string }

const LOOKS = 3;

/** One USP request at a time per device, through a lane the caller holds. */
export type UspCall = (serial: string, mtp: Mtp, op: string, body: object, write: boolean, member: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;

export function usp(wire: Wire, run: InTurns) {
  const call: UspCall = async (serial, mtp, op, body, write, member) => {
    const reply: HttpReply = await wire.ask(`usp.${op}`, { method: 'PUT', path: `/api/device/${encodeURIComponent(serial)}/${mtp}/${op}`, body }, write);
    return readUsp(reply, `usp.${op}`, member, write);
  };
  const lane = <T>(operation: string, serial: string, job: (sn: string) => Promise<T>): Promise<T> => {
    const sn = checkSerial(operation, serial);
    return run(`usp:${sn}`, () => job(sn));
  };
  const isForeign = (error: unknown): boolean => isVendorError(error) && reasonOf(error) === 'foreignReply';

  /** Reads inside a lane; an answer that is not ours, such as a late one, is thrown away and the question asked again. */
  async function look(sn: string, mtp: Mtp, paths: readonly string[], maxDepth = 0): Promise<{ readonly values: Record<string, string>; readonly errors: readonly Complaint[] }> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const results = await call(sn, mtp, 'get', { param_paths: paths, max_depth: maxDepth }, false, 'req_path_results');
        sameRequest('usp.get', paths, results.map((one) => String(one['requested_path'] ?? '')), false);
        const values: Record<string, string> = {};
        for (const result of results) for (const resolved of list(result['resolved_path_results'])) for (const [name, value] of Object.entries(record(resolved['result_params']))) values[`${String(resolved['resolved_path'] ?? '')}${name}`] = String(value);
        return { values, errors: results.filter((one) => Number(one['err_code'] ?? 0) !== 0).map((one) => complaint(String(one['requested_path'] ?? ''), one)) };
      } catch (error) {
        if (!isForeign(error) || attempt >= LOOKS) throw error;
      }
    }
  }

  return {
    /** Reads parameters or whole objects; a path the device does not have is among `errors`, the others are read all the same. */
    get: (serial: string, paths: readonly string[], options: UspOptions & { readonly maxDepth?: number } = {}): Promise<ParametersRead> =>
      lane('usp.get', serial, async (sn) => {
        if (paths.length === 0) throw rejected('usp.get', 'No path was given.', 'Give at least one.');
        for (const path of paths) checkPath('usp.get', path.replace(/\.$/, ''));
        const { values, errors } = await look(sn, options.mtp ?? 'any', [...new Set(paths)], options.maxDepth);
        return { type: 'parameters', serial: sn, protocol: 'usp', values: Object.fromEntries(Object.entries(values).map(([path, value]) => [path, isSecretPath(path) ? null : value])), errors };
      }),

    /** Writes parameters and reads them back. All or nothing, unless `allowPartial`. Silence is settled by looking, never by repeating. */
    set: (serial: string, wanted: readonly WantedParameter[], options: UspSetOptions = {}): Promise<SetResult> =>
      lane('usp.set', serial, async (sn) => {
        checkWanted('usp.set', wanted);
        return uspSet({ sn, wanted, allowPartial: options.allowPartial ?? false, call: (body, member) => call(sn, options.mtp ?? 'any', 'set', body, true, member), look: async (paths) => (await look(sn, options.mtp ?? 'any', paths)).values });
      }),

    /** Makes an object in a table and reads it back. Not repeatable: after silence look with `instances` first. */
    add: (serial: string, table: string, values: readonly { readonly name: string; readonly value: WantedParameter['value'] }[] = [], options: UspSetOptions = {}): Promise<ObjectAdded> =>
      lane('usp.add', serial, async (sn) => {
        const path = checkObject('usp.add', table);
        const mtp = options.mtp ?? 'any';
        if (values.length > 0) checkWanted('usp.add', values.map(({ name, value }) => ({ path: `${path}${name}`, value })));
        const body = { allow_partial: options.allowPartial ?? false, create_objs: [{ obj_path: path, param_settings: values.map(({ name, value }) => ({ param: name, value: wireText(value), required: !options.allowPartial })) }] };
        const results = await call(sn, mtp, 'add', body, true, 'created_obj_results');
        sameRequest('usp.add', [path], results.map((one) => String(one['requested_path'] ?? '')), true);
        const status = record(record(results[0]?.['oper_status'])['OperStatus']);
        const made = record(status['OperSuccess']);
        const created = String(made['instantiated_path'] ?? '');
        if (created === '') throw refusedBy('usp.add', path, record(status['OperFailure']));
        if (!created.startsWith(path)) throw foreign('usp.add', true);
        const object = `${created.replace(/\.$/, '')}.`;
        const refused = new Map(paramErrors(object, made['param_errs']).map((one) => [one.path, one]));
        const seen = await look(sn, mtp, [object]).then(({ values: read }) => read, () => undefined);
        if (seen && Object.keys(seen).length === 0) throw failure('usp.add', { kind: 'unexpectedReply', reason: 'notApplied', message: `The device said it made ${object} and does not have it.`, hint: 'Read the table.' });
        const parameters = values.map(({ name, value }) => uspVerdict({ path: `${object}${name}`, value }, refused.get(`${object}${name}`), seen));
        const outcome = !seen ? 'unknown' : parameters.every(({ verdict }) => ['applied', 'written'].includes(verdict)) ? 'applied' : 'partial';
        return { type: 'objectAdded', serial: sn, protocol: 'usp', path: object, outcome, needsReboot: false, parameters };
      }),

    /** Deletes an object and sees that it is gone. One that is not there is fine. */
    delete: (serial: string, object: string, options: UspOptions = {}): Promise<ObjectDeleted> =>
      lane('usp.del', serial, async (sn) => {
        const path = checkObject('usp.del', object);
        const mtp = options.mtp ?? 'any';
        const answer = (deleted: boolean): ObjectDeleted => ({ type: 'objectDeleted', serial: sn, protocol: 'usp', path, deleted, needsReboot: false });
        const gone = async (): Promise<boolean> => Object.keys((await look(sn, mtp, [path])).values).length === 0;
        try {
          const results = await call(sn, mtp, 'del', { allow_partial: false, obj_paths: [path] }, true, 'deleted_obj_results');
          sameRequest('usp.del', [path], results.map((one) => String(one['requested_path'] ?? '')), true);
          const status = record(record(results[0]?.['oper_status'])['OperStatus']);
          if (status['OperFailure']) throw refusedBy('usp.del', path, record(status['OperFailure']));
          const kept = list(record(status['OperSuccess'])['unaffected_path_errs']);
          if (kept[0]) throw refusedBy('usp.del', String(kept[0]['unaffected_path'] ?? path), kept[0]);
        } catch (error) {
          if (!isVendorError(error)) throw error;
          if (error.kind === 'notFound' && reasonOf(error) === 'uspError') return answer(false);
          if (error.outcome === 'unknown' && (await gone().catch(() => false))) return answer(true);
          throw error;
        }
        if (!(await gone())) throw failure('usp.del', { kind: 'unexpectedReply', reason: 'notApplied', message: `The device said it deleted ${path} and still has it.`, hint: 'Read the object.' });
        return answer(true);
      }),

    /** Runs a command of the data model, such as `Device.Reboot()`. Sent once; the device's answer says that it took it or what came out. */
    operate: (serial: string, command: string, args: Readonly<Record<string, string>> = {}, options: UspOptions & { readonly commandKey?: string } = {}): Promise<Operated> =>
      lane('usp.operate', serial, async (sn) => {
        if (!/^[A-Za-z_][^\s<>\u0000-\u001f]*\(\)$/.test(command)) throw rejected('usp.operate', 'This is not a command of the data model.', 'Write it with its path and brackets: Device.Reboot()');
        const body = { command, command_key: options.commandKey ?? `leadlight-${wire.clock.now()}`, send_resp: true, input_args: Object.fromEntries(Object.entries(args).map(([name, value]) => [name, String(value)])) };
        const results = await call(sn, options.mtp ?? 'any', 'operate', body, true, 'operation_results');
        if (!results.some((one) => one['executed_command'] === command)) throw foreign('usp.operate', true);
        const response = record(results.find((one) => one['executed_command'] === command)!['OperationResp']);
        if (response['CmdFailure']) throw refusedBy('usp.operate', command, record(response['CmdFailure']));
        const request = typeof response['ReqObjPath'] === 'string' ? response['ReqObjPath'] : '';
        const output = Object.fromEntries(Object.entries(record(record(response['ReqOutputArgs'])['output_args'])).map(([name, value]) => [name, String(value)]));
        return { type: 'operated', serial: sn, protocol: 'usp', command, outcome: response['ReqOutputArgs'] && Object.keys(output).length > 0 ? 'finished' : 'accepted', output, ...(request ? { request } : {}) };
      }),

    /** What the device's data model offers below an object: parameters with access and type, commands, events, as the device says. */
    supported: (serial: string, objects: readonly string[], options: UspOptions & { readonly firstLevelOnly?: boolean } = {}) =>
      lane('usp.parameters', serial, async (sn) => {
        const paths = objects.map((one) => checkObject('usp.parameters', one));
        const results = await call(sn, options.mtp ?? 'any', 'parameters', { obj_paths: paths, first_level_only: options.firstLevelOnly ?? false, return_commands: true, return_events: true, return_params: true }, false, 'req_obj_results');
        sameRequest('usp.parameters', paths, results.map((one) => String(one['req_obj_path'] ?? '')), false);
        return {
          type: 'supported' as const, serial: sn,
          objects: results.flatMap((one) => list(one['supported_objs'])).map((one) => ({
            path: String(one['supported_obj_path'] ?? ''), multiple: one['is_multi_instance'] === true,
            parameters: list(one['supported_params']).map((p) => ({ name: String(p['param_name'] ?? ''), writable: Number(p['access'] ?? 0) > 0 })),
            commands: list(one['supported_commands']).map((c) => String(c['command_name'] ?? '')), events: list(one['supported_events']).map((e) => String(e['event_name'] ?? '')),
          })),
          errors: results.filter((one) => Number(one['err_code'] ?? 0) !== 0).map((one) => complaint(String(one['req_obj_path'] ?? ''), one)),
        };
      }),

    /** The objects of tables that are there now. */
    instances: (serial: string, tables: readonly string[], options: UspOptions & { readonly firstLevelOnly?: boolean } = {}) =>
      lane('usp.instances', serial, async (sn) => {
        const paths = tables.map((one) => checkObject('usp.instances', one));
        const results = await call(sn, options.mtp ?? 'any', 'instances', { obj_paths: paths, first_level_only: options.firstLevelOnly ?? true }, false, 'req_path_results');
        sameRequest('usp.instances', paths, results.map((one) => String(one['requested_path'] ?? '')), false);
        return { type: 'instances' as const, serial: sn, paths: results.flatMap((one) => list(one['curr_insts'])).map((one) => String(one['instantiated_obj_path'] ?? '')) };
      }),
  };
}
export type Usp = ReturnType<typeof usp>;

function refusedBy(operation: string, path: string, raw: Readonly<Record<string, unknown>>): VendorError {
  const { code, message } = complaint(path, raw);
  return failure(operation, { kind: kindOf(code), reason: 'uspError', status: 200, message: `The device refused ${path} (USP ${code}, ${message}).`, hint: 'Nothing was changed. The number is the error code of TR-369.', detail: { code, parameters: [{ path, code, message }] } });
}
