import type { Instant } from '../../../../core/src/index.ts';
import { dropState, type DropRow } from '../../../journal/src/index.ts';
import type { Drop } from '../api.ts';

/** A drop as the hub answers it: without its lease's token. */
export const dropView = (row: DropRow, now: Instant): Drop => ({
  fibreId: row.fibreId, street: row.street, city: row.city, postalCode: row.postalCode, latitude: row.latitude ?? 0, longitude: row.longitude ?? 0, oltName: row.oltName, oltIp: row.oltIp,
  frame: row.frame, slot: row.slot, port: row.port, ontId: row.ontId, zone: row.zone, maxDownMbps: row.maxDownMbps, state: dropState(row, now),
});
