import { isVendorError, type InTurns } from '../../../core/src/index.ts';
import { checkSerial, type Wire } from './call.ts';
import { cwmpSet } from './cwmpSet.ts';
import { failure, reasonOf, rejected } from './errors.ts';
import { isSecretPath } from './redact.ts';
import { array, envelope, readSoap, type Part } from './soap.ts';
import type { ObjectAdded, ObjectDeleted, Operated } from './usp.ts';
import { checkObject, checkPath, checkWanted, type ParametersRead, type SetResult, type WantedParameter, type XsdType } from './values.ts';
import { child, childrenOf, textOf, type XmlElement } from './xml.ts';

export interface CwmpDownload {
  readonly fileType: string;
  readonly url: string;
  readonly username?: string;
  readonly password?: string;
  readonly fileSize?: number;
  readonly targetFileName?: string;
  readonly delaySeconds?: number;
  readonly commandKey?: string;
}
/** A parameter as the device reports it, with its type. */
export interface TypedValue { readonly value: string; readonly type: string }
export type CwmpCall = (serial: string, route: string, method: string, parts: readonly Part[], write: boolean, asked?: readonly string[]) => Promise<XmlElement>;

/** The one lane of all CWMP calls: Oktopus' ACS handles them in one sequential callback, and a dead device holds it for ten seconds. */
const LANE = 'cwmp';

export function cwmp(wire: Wire, run: InTurns) {
  let count = 0;
  const call: CwmpCall = async (serial, route, method, parts, write, asked) => {
    const operation = `cwmp.${method[0]!.toLowerCase()}${method.slice(1)}`;
    const body = envelope(`ll-${(count += 1)}`, method, parts);
    return readSoap(await wire.ask(operation, { method: 'PUT', path: `/api/device/cwmp/${encodeURIComponent(serial)}/${route}`, headers: { 'content-type': 'text/xml; charset=utf-8' }, body }, write), operation, method, write, asked);
  };
  const lane = <T>(operation: string, serial: string, job: (sn: string) => Promise<T>): Promise<T> => {
    const sn = checkSerial(operation, serial);
    return run(LANE, () => job(sn));
  };

  async function values(sn: string, paths: readonly string[]): Promise<Record<string, TypedValue>> {
    const response = await call(sn, 'getParameterValues', 'GetParameterValues', [array('ParameterNames', 'xsd:string', paths.map((content) => ({ name: 'string', content })))], false, paths);
    const found: Record<string, TypedValue> = {};
    for (const one of childrenOf(child(response, 'ParameterList'), 'ParameterValueStruct')) {
      const value = child(one, 'Value');
      found[textOf(one, 'Name')] = { value: value?.text ?? '', type: (value?.attributes['type'] ?? '').replace(/^.*:/, '') };
    }
    if (Object.keys(found).some((name) => !paths.some((path) => name === path || (path.endsWith('.') && name.startsWith(path))))) {
      throw failure('cwmp.getParameterValues', { kind: 'unexpectedReply', reason: 'foreignReply', message: 'The device answered with parameters that were not asked for.', hint: 'Ask again.' });
    }
    return found;
  }
  const exists = async (sn: string, object: string): Promise<boolean> => {
    try {
      await call(sn, 'getParameterNames', 'GetParameterNames', [{ name: 'ParameterPath', content: object }, { name: 'NextLevel', content: 1 }], false, [object]);
      return true;
    } catch (error) {
      if (isVendorError(error) && error.kind === 'notFound' && reasonOf(error) === 'cwmpFault') return false;
      throw error;
    }
  };
  const statusOf = (response: XmlElement): boolean => textOf(response, 'Status') === '1';
  const key = (given?: string): Part => ({ name: 'ParameterKey', content: (given ?? `leadlight-${wire.clock.now()}`).slice(0, 32) });

  async function order(operation: string, serial: string, route: string, method: string, parts: readonly Part[]): Promise<Operated> {
    return lane(operation, serial, async (sn) => {
      const response = await call(sn, route, method, parts, true);
      return { type: 'operated', serial: sn, protocol: 'cwmp', command: method, outcome: 'accepted', output: Object.fromEntries(response.children.map(({ name, text }) => [name, text.trim()])) };
    });
  }

  const api = {
    /** Reads parameters and whole branches (with a dot at the end). One name the device lacks makes it refuse them all. */
    getParameterValues: (serial: string, paths: readonly string[]): Promise<ParametersRead> =>
      lane('cwmp.getParameterValues', serial, async (sn) => {
        if (paths.length === 0) throw rejected('cwmp.getParameterValues', 'No path was given.', 'Give at least one.');
        for (const path of paths) checkPath('cwmp.getParameterValues', path.replace(/\.$/, ''));
        const found = await values(sn, [...new Set(paths)]);
        return { type: 'parameters', serial: sn, protocol: 'cwmp', values: Object.fromEntries(Object.entries(found).map(([path, { value }]) => [path, isSecretPath(path) ? null : value])), errors: [] };
      }),

    /** Names below a path, each with whether it may be written. */
    getParameterNames: (serial: string, path: string, nextLevel = false) =>
      lane('cwmp.getParameterNames', serial, async (sn) => {
        if (path !== '') checkPath('cwmp.getParameterNames', path.replace(/\.$/, ''));
        const response = await call(sn, 'getParameterNames', 'GetParameterNames', [{ name: 'ParameterPath', content: path }, { name: 'NextLevel', content: nextLevel ? 1 : 0 }], false, [path]);
        return { type: 'names' as const, serial: sn, names: childrenOf(child(response, 'ParameterList'), 'ParameterInfoStruct').map((one) => ({ path: textOf(one, 'Name'), writable: /^(1|true)$/i.test(textOf(one, 'Writable')) })) };
      }),

    /**
     * Writes what differs, all or nothing, and reads it back. The device is asked first: that tells the types and which paths exist. Silence
     * is settled by looking, never by repeating. `pendingReboot` when the device says it applies them after a restart.
     */
    setParameterValues: (serial: string, wanted: readonly WantedParameter[], options: { readonly parameterKey?: string } = {}): Promise<SetResult> =>
      lane('cwmp.setParameterValues', serial, async (sn) => {
        checkWanted('cwmp.setParameterValues', wanted);
        return cwmpSet({
          sn, wanted, look: (paths) => values(sn, paths),
          write: async (typed) => {
            const list = array('ParameterList', 'cwmp:ParameterValueStruct', typed.map(({ path, value, type }) => ({ name: 'ParameterValueStruct', content: [{ name: 'Name', content: path }, { name: 'Value', attributes: `xsi:type="xsd:${type}"`, content: String(value) }] })));
            return statusOf(await call(sn, 'setParameterValues', 'SetParameterValues', [list, key(options.parameterKey)], true, typed.map(({ path }) => path)));
          },
        });
      }),

    /** Makes an object in a table and writes its parameters. Not repeatable: after silence look at the table first. */
    addObject: (serial: string, table: string, parameters: readonly { readonly name: string; readonly value: WantedParameter['value']; readonly type?: XsdType }[] = []): Promise<ObjectAdded> =>
      lane('cwmp.addObject', serial, async (sn) => {
        const path = checkObject('cwmp.addObject', table);
        const response = await call(sn, 'addObject', 'AddObject', [{ name: 'ObjectName', content: path }, key()], true, [path]);
        const instance = textOf(response, 'InstanceNumber');
        if (!/^\d+$/.test(instance)) throw failure('cwmp.addObject', { kind: 'unexpectedReply', outcome: 'unknown', message: 'The device did not say which object it made.', hint: 'Look at the table before repeating.' });
        return { sn, path: `${path}${instance}.`, needsReboot: statusOf(response) };
      }).then(async ({ sn, path, needsReboot }) => {
        const base = { type: 'objectAdded' as const, serial: sn, protocol: 'cwmp' as const, path };
        if (parameters.length > 0) {
          const set = await api.setParameterValues(sn, parameters.map(({ name, ...one }) => ({ path: `${path}${name}`, ...one }))).catch((error: unknown) => error);
          if (isVendorError(set)) {
            const named = (set.detail?.['parameters'] ?? []) as readonly { path: string; code: number; message: string }[];
            return { ...base, outcome: set.outcome === 'unknown' ? 'unknown' : 'partial', needsReboot, parameters: parameters.map(({ name }) => ({ verdict: set.outcome === 'unknown' ? ('unknown' as const) : ('refused' as const), ...(named.find((one) => one.path === `${path}${name}`) ?? { path: `${path}${name}` }) })) };
          }
          const { parameters: verdicts, outcome, needsReboot: later } = set as SetResult;
          return { ...base, outcome: outcome === 'applied' ? 'applied' : outcome === 'unknown' ? 'unknown' : 'partial', needsReboot: needsReboot || later, parameters: verdicts };
        }
        const there = needsReboot || (await run(LANE, () => exists(sn, path)).catch(() => undefined));
        if (there === false) throw failure('cwmp.addObject', { kind: 'unexpectedReply', reason: 'notApplied', message: `The device said it made ${path} and does not have it.`, hint: 'Look at the table.' });
        return { ...base, outcome: there === undefined ? 'unknown' : 'applied', needsReboot, parameters: [] };
      }),

    /** Deletes an object and sees that it is gone. One that is not there is fine. */
    deleteObject: (serial: string, object: string): Promise<ObjectDeleted> =>
      lane('cwmp.deleteObject', serial, async (sn) => {
        const path = checkObject('cwmp.deleteObject', object);
        const answer = (deleted: boolean, needsReboot = false): ObjectDeleted => ({ type: 'objectDeleted', serial: sn, protocol: 'cwmp', path, deleted, needsReboot });
        try {
          const later = statusOf(await call(sn, 'deleteObject', 'DeleteObject', [{ name: 'ObjectName', content: path }, key()], true, [path]));
          if (later) return answer(true, true);
        } catch (error) {
          if (isVendorError(error) && error.kind === 'notFound' && reasonOf(error) === 'cwmpFault') return answer(false);
          if (isVendorError(error) && error.outcome === 'unknown' && (await exists(sn, path).catch(() => true)) === false) return answer(true);
          throw error;
        }
        if (await exists(sn, path)) throw failure('cwmp.deleteObject', { kind: 'unexpectedReply', reason: 'notApplied', message: `The device said it deleted ${path} and still has it.`, hint: 'Look at the object.' });
        return answer(true);
      }),

    /** Restarts the device; sent once. Its next inform tells that it came back. */
    reboot: (serial: string, commandKey = `leadlight-${wire.clock.now()}`) => order('cwmp.reboot', serial, 'generic', 'Reboot', [{ name: 'CommandKey', content: commandKey.slice(0, 32) }]),
    /** Puts the device back to what it was made with; sent once. It forgets the ACS address too, unless its firmware or DHCP gives it. */
    factoryReset: (serial: string) => order('cwmp.factoryReset', serial, 'generic', 'FactoryReset', []),
    /** Has the device fetch a file; `accepted` says it took the order. Oktopus does not pass on the end of the transfer: compare the version later. */
    download: (serial: string, file: CwmpDownload): Promise<Operated> => {
      if (!/^(https?|ftp|tftp|sftp):\/\/\S+$/i.test(file.url)) throw rejected('cwmp.download', 'The address of the file is not one.', 'Give an http, https, ftp, sftp or tftp address the device can reach.');
      const part = (name: string, content: string | number): Part => ({ name, content });
      return order('cwmp.download', serial, 'generic', 'Download', [
        part('CommandKey', (file.commandKey ?? `leadlight-${wire.clock.now()}`).slice(0, 32)), part('FileType', file.fileType), part('URL', file.url), part('Username', file.username ?? ''), part('Password', file.password ?? ''),
        part('FileSize', file.fileSize ?? 0), part('TargetFileName', file.targetFileName ?? ''), part('DelaySeconds', file.delaySeconds ?? 0), part('SuccessURL', ''), part('FailureURL', ''),
      ]);
    },
  };
  return api;
}
export type Cwmp = ReturnType<typeof cwmp>;
