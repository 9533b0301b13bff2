import type { AcsMigrationDevice } from './api.ts';
import type { DeviceRow } from './store.ts';

const COLUMNS = ['deviceId', 'serial', 'oui', 'productClass', 'olt', 'wave', 'stage', 'moved', 'changedAt', 'code', 'message', 'hint'] as const;

/** One device as a report shows it. @example shownDevice(row).stage // 'verified' */
export function shownDevice({ deviceId, serial, oui, productClass, olt, wave, state, changedAt }: DeviceRow): AcsMigrationDevice {
  return { deviceId, serial, oui, productClass, olt, wave, stage: state.stage, moved: state.moved, changedAt, code: state.problem?.code ?? null, message: state.problem?.message ?? null, hint: state.problem?.hint ?? null };
}

/** A cell that no spreadsheet takes for a formula. */
function cell(value: string | number | null): string {
  const text = value === null ? '' : String(value);
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

/** RFC 4180, with a header. @example csvOf([]) // 'deviceId,serial,…\r\n' */
export function csvOf(devices: readonly AcsMigrationDevice[], header = true): string {
  const rows = devices.map((device) => COLUMNS.map((column) => cell(device[column])).join(','));
  return [...(header ? [COLUMNS.join(',')] : []), ...rows].map((row) => `${row}\r\n`).join('');
}
