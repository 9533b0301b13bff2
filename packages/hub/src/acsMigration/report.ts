import { csvLine } from '../csvLine.ts';
import type { AcsMigrationDevice } from './api.ts';
import type { DeviceRow } from './store.ts';

const COLUMNS = ['deviceId', 'serial', 'oui', 'productClass', 'olt', 'wave', 'stage', 'moved', 'changedAt', 'code', 'message', 'hint'] as const;

/** One device as a report shows it. @example shownDevice(row).stage // 'verified' */
export function shownDevice({ deviceId, serial, oui, productClass, olt, wave, state, changedAt }: DeviceRow): AcsMigrationDevice {
  return { deviceId, serial, oui, productClass, olt, wave, stage: state.stage, moved: state.moved, changedAt, code: state.problem?.code ?? null, message: state.problem?.message ?? null, hint: state.problem?.hint ?? null };
}

/** RFC 4180, with a header. @example csvOf([]) // 'deviceId,serial,…\r\n' */
export function csvOf(devices: readonly AcsMigrationDevice[], header = true): string {
  const rows = devices.map((device) => csvLine(COLUMNS.map((column) => device[column])));
  return [...(header ? [csvLine(COLUMNS)] : []), ...rows].map((row) => `${row}\r\n`).join('');
}
