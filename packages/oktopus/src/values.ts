import { rejected } from './errors.ts';
import { isSecretPath } from './redact.ts';

export type ParameterValue = string | number | boolean;
/** XSD types of TR-106 that a CWMP call may carry. */
export type XsdType = 'string' | 'int' | 'unsignedInt' | 'long' | 'unsignedLong' | 'boolean' | 'dateTime' | 'base64' | 'hexBinary';
export interface WantedParameter {
  readonly path: string;
  readonly value: ParameterValue;
  /** CWMP only; left out, the device's own type is asked for first. */
  readonly type?: XsdType;
  /** Written but never shown nor verified; paths that end in Password, KeyPassphrase and the like are secret anyway. */
  readonly secret?: boolean;
}
/**
 * `applied` read back equal · `same` already so, not sent · `written` a secret the device took · `pendingReboot` taken, in force after a
 * restart · `refused` by the device, with its code · `missing` the device has no such path · `notApplied` taken and yet another value is
 * read · `unknown` taken and could not be read back.
 */
export type Verdict = 'applied' | 'same' | 'written' | 'pendingReboot' | 'refused' | 'missing' | 'notApplied' | 'unknown';
export interface ParameterVerdict { readonly path: string; readonly verdict: Verdict; readonly code?: number; readonly message?: string }
export interface SetResult {
  readonly type: 'parametersSet';
  readonly serial: string;
  readonly protocol: 'usp' | 'cwmp';
  /** `partial`: some are in force, some are not; see each verdict. */
  readonly outcome: 'applied' | 'partial' | 'notApplied' | 'unknown';
  readonly changed: boolean;
  readonly needsReboot: boolean;
  readonly parameters: readonly ParameterVerdict[];
}
/** What a device holds. Values are texts, as both protocols carry them; a secret's value is null. */
export interface ParametersRead {
  readonly type: 'parameters';
  readonly serial: string;
  readonly protocol: 'usp' | 'cwmp';
  readonly values: Readonly<Record<string, string | null>>;
  /** Paths the device refused to read, with its reason. */
  readonly errors: readonly { readonly path: string; readonly code: number; readonly message: string }[];
}

const IN_FORCE: readonly Verdict[] = ['applied', 'same', 'written', 'pendingReboot'];

/** Sums up verdicts. @example summary('SN1', 'usp', [{ path: 'A.B', verdict: 'applied' }]).outcome // 'applied' */
export function summary(serial: string, protocol: 'usp' | 'cwmp', parameters: readonly ParameterVerdict[]): SetResult {
  const good = parameters.filter(({ verdict }) => IN_FORCE.includes(verdict)).length;
  const unsure = parameters.some(({ verdict }) => verdict === 'unknown');
  return {
    type: 'parametersSet', serial, protocol,
    outcome: good === parameters.length ? 'applied' : unsure ? 'unknown' : good === 0 ? 'notApplied' : 'partial',
    changed: parameters.some(({ verdict }) => ['applied', 'written', 'pendingReboot', 'unknown'].includes(verdict)),
    needsReboot: parameters.some(({ verdict }) => verdict === 'pendingReboot'),
    parameters,
  };
}

/** What a value looks like on the wire of either protocol. @example wireText(true) // 'true' */
export const wireText = (value: ParameterValue): string => String(value);

/** Whether what is read is what was wanted: `1` is `true`, `05` is not `5` unless a number was wanted. @example sameText(true, '1') // true */
export function sameText(wanted: ParameterValue, read: string | null | undefined): boolean {
  if (read === null || read === undefined) return false;
  if (typeof wanted === 'boolean') return (wanted ? ['true', '1'] : ['false', '0']).includes(read.toLowerCase());
  if (typeof wanted === 'number') return read.trim() !== '' && Number(read) === wanted;
  return wanted === read || (/^(true|false)$/i.test(wanted) && sameText(/^true$/i.test(wanted), read) && /^(true|false|1|0)$/i.test(read));
}

export const isSecret = ({ path, secret }: WantedParameter): boolean => secret === true || isSecretPath(path);

const PATH = /^[A-Za-z_][^\s<>"'\u0000-\u001f]*$/;

/** A parameter path: dotted, without a dot at its end. @throws VendorError rejectedInput */
export function checkPath(operation: string, path: string): string {
  // Search expressions of USP hold quotes and comparisons between brackets.
  if (typeof path !== 'string' || !PATH.test(path.replace(/\[[^\]\u0000-\u001f]*\]/g, '*')) || path.endsWith('.')) throw rejected(operation, 'A parameter path is not one.', 'Write it dotted, from the root, without a dot at its end: Device.WiFi.SSID.1.SSID');
  return path;
}

/** An object path, given with or without its last dot; gives it with one. @throws VendorError rejectedInput */
export function checkObject(operation: string, path: string): string {
  return `${checkPath(operation, typeof path === 'string' ? path.replace(/\.$/, '') : path)}.`;
}

/** A list of parameters to write: at least one, each path once, each value a text, a number or a boolean. @throws VendorError rejectedInput */
export function checkWanted(operation: string, wanted: readonly WantedParameter[]): void {
  if (!Array.isArray(wanted) || wanted.length === 0) throw rejected(operation, 'No parameters were given.', 'Give at least one path with its value.');
  const seen = new Set<string>();
  for (const { path, value } of wanted as readonly WantedParameter[]) {
    checkPath(operation, path);
    if (!['string', 'boolean'].includes(typeof value) && !(typeof value === 'number' && Number.isFinite(value))) throw rejected(operation, `The value of ${path} is not a text, a number or a boolean.`, 'Give one of these; null and objects cannot be written.');
    if (typeof value === 'string' && /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(value)) throw rejected(operation, `The value of ${path} holds a control character.`, 'Neither protocol can carry it.');
    if (/\.SSID$/.test(path) && new TextEncoder().encode(String(value)).length > 32) throw rejected(operation, `The name at ${path} is longer than 32 bytes.`, 'Choose a shorter one; accented letters count twice.');
    if (seen.has(path)) throw rejected(operation, `${path} is given twice.`, 'Give each parameter once.');
    seen.add(path);
  }
}
