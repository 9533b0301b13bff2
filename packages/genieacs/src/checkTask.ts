import { rejected } from './errors.ts';

/** What a parameter may be set to; GenieACS turns it into the type the CPE reported, so `"300"` and 300 are the same to it. */
export type ParameterValue = string | number | boolean;

/** A task as the NBI takes it. */
export type Task =
  | { readonly name: 'setParameterValues'; readonly parameterValues: readonly (readonly [string, ParameterValue])[] }
  | { readonly name: 'getParameterValues'; readonly parameterNames: readonly string[] }
  | { readonly name: 'refreshObject'; readonly objectName: string }
  | { readonly name: 'addObject'; readonly objectName: string; readonly parameterValues: readonly (readonly [string, ParameterValue])[] }
  | { readonly name: 'deleteObject'; readonly objectName: string }
  | { readonly name: 'download'; readonly file: string }
  | { readonly name: 'download'; readonly fileType: string; readonly fileName: string; readonly targetFileName: string }
  | { readonly name: 'reboot' }
  | { readonly name: 'factoryReset' }
  | { readonly name: 'provisions'; readonly provisions: readonly (readonly ParameterValue[])[] };

const PATH = /^[A-Za-z][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)*$/;

/**
 * Refuses what would kill an NBI worker or be silently misread (acs.md 1.9): unknown names, empty lists, nulls, lists of tasks, paths
 * with wildcards (a wildcard write also hits backhaul SSIDs).
 * @throws VendorError rejectedInput, before anything is sent
 * @example checkTask('tasks.reboot', { name: 'reboot' })
 */
export function checkTask(operation: string, task: Task): void {
  const no = (message: string, hint: string): never => {
    throw rejected(operation, message, hint);
  };
  if (typeof task !== 'object' || task === null || Array.isArray(task)) return no('A task must be one object.', 'Send several tasks one after the other.');
  switch (task.name) {
    case 'setParameterValues':
      if (!Array.isArray(task.parameterValues) || task.parameterValues.length === 0) no('No parameter was given to set.', 'Give at least one path and value.');
      for (const row of task.parameterValues) checkRow(operation, row);
      return;
    case 'getParameterValues':
      if (!Array.isArray(task.parameterNames) || task.parameterNames.length === 0) no('No parameter was given to read.', 'Give at least one path.');
      for (const path of task.parameterNames) checkPath(operation, path);
      return;
    case 'refreshObject':
      if (typeof task.objectName !== 'string') no('No object was given to refresh.', 'Give its path; an empty text means the whole tree.');
      if (task.objectName !== '') checkPath(operation, task.objectName);
      return;
    case 'provisions':
      if (!Array.isArray(task.provisions) || task.provisions.length === 0) no('No provision was given to run.', 'Give at least one, e.g. ["my-provision"].');
      for (const one of task.provisions) {
        if (!Array.isArray(one) || typeof one[0] !== 'string' || one[0] === '') no('A provision must be a list that starts with its name.', 'Give ["name"].');
        if ((one as unknown[]).some((arg) => arg === null || typeof arg === 'object' || arg === undefined)) no(`Provision ${one[0]} has an argument that is no text, number or flag.`, 'Leave arguments out: they changed meaning between GenieACS 1.2 and 1.3.');
      }
      return;
    case 'addObject':
      checkPath(operation, task.objectName);
      for (const row of task.parameterValues) checkRow(operation, row);
      return;
    case 'deleteObject':
      checkPath(operation, task.objectName);
      if (!/\.\d+$/.test(task.objectName)) no(`${task.objectName} is not one instance.`, 'End the path with the number of the instance, e.g. Device.NAT.PortMapping.3.');
      return;
    case 'download':
      // Without these the NBI dies; with an empty file name the CPE is sent nowhere.
      if (!('file' in task ? task.file : task.fileType && task.fileName)) no('No file was given to download.', 'Name a file stored in GenieACS.');
      return;
    case 'reboot':
    case 'factoryReset':
      return;
    default:
      no(`"${String((task as { name?: unknown }).name)}" is not a task GenieACS knows.`, 'Use setParameterValues, getParameterValues, refreshObject, addObject, deleteObject, download, reboot, factoryReset or provisions.');
  }
}

/** A pair of path and value. A network name over 32 bytes is refused here: CPEs cut it or fault, each in its own way. */
function checkRow(operation: string, row: unknown): void {
  if (!Array.isArray(row) || row.length < 2) throw rejected(operation, 'A parameter to set is not a pair of path and value.', 'Give [path, value].');
  const [path, value] = row as [unknown, unknown];
  checkPath(operation, path);
  if (typeof value !== 'string' && typeof value !== 'boolean' && !(typeof value === 'number' && Number.isFinite(value))) {
    throw rejected(operation, `The value for ${path} is ${value === null ? 'null' : `a ${typeof value}`}.`, 'Send a text, a finite number, or true/false.');
  }
  if (/(^|\.)SSID$/.test(path) && new TextEncoder().encode(String(value)).length > 32) throw rejected(operation, `The name for ${path} has more than 32 bytes.`, 'A letter with an accent takes two bytes, a Chinese sign three; shorten the name.');
}

/** @throws VendorError rejectedInput for an empty path, a wildcard, a trailing dot or a stray character */
export function checkPath(operation: string, path: unknown): asserts path is string {
  if (typeof path !== 'string' || path === '') throw rejected(operation, 'A parameter path is empty.', 'Give a full path, e.g. Device.WiFi.SSID.1.SSID.');
  if (path.includes('*')) throw rejected(operation, `The path ${path} has a wildcard.`, 'Name each instance: a wildcard would also write hidden backhaul networks.');
  if (!PATH.test(path)) throw rejected(operation, `"${path}" is not a parameter path.`, 'Names and numbers joined by dots, without a dot at the end.');
}
