import { isVendorError } from '../../../core/src/index.ts';
import type { Raw, Wire } from './call.ts';
import { absent, conflict, disagrees, whole } from './checks.ts';
import { rejected } from './errors.ts';
import { choice, idOf } from './read.ts';

export type PortType = 'dcim.interface' | 'dcim.frontport' | 'dcim.rearport';
export interface PortRef { readonly objectType: PortType; readonly objectId: number }
export interface Connect {
  readonly a: PortRef;
  readonly b: PortRef;
  readonly status?: 'connected' | 'planned' | 'decommissioning';
  readonly metres?: number;
  readonly label?: string;
  readonly kind?: string;
}
export interface Cable { readonly type: 'cable'; readonly id: number; readonly status: string; readonly metres: number | null; readonly a: readonly PortRef[]; readonly b: readonly PortRef[]; readonly etag: string | null }
/** What is plugged into a port. */
interface Port { readonly cableId: number | null; readonly markConnected: boolean }

const PATHS: Readonly<Record<PortType, string>> = { 'dcim.interface': 'dcim/interfaces', 'dcim.frontport': 'dcim/front-ports', 'dcim.rearport': 'dcim/rear-ports' };
const METRES: Readonly<Record<string, number>> = { km: 1_000, m: 1, cm: 0.01, mi: 1_609.344, ft: 0.3048, in: 0.0254 };

/** Length of a cable in metres, to the centimetre; null when it has none. @example metresOf(1.5, { value: 'km', label: 'Kilometers' }) // 1500 */
export function metresOf(length: unknown, unit: unknown): number | null {
  const factor = METRES[choice(unit)];
  return length === null || length === undefined || factor === undefined ? null : Math.round(Number(length) * factor * 100) / 100;
}

const same = (one: PortRef, other: PortRef): boolean => one.objectType === other.objectType && one.objectId === other.objectId;
function readCable(raw: Raw, etag: string | null): Cable {
  const ends = (side: string): PortRef[] => ((raw[side] ?? []) as Raw[]).map((end) => ({ objectType: String(end['object_type']) as PortType, objectId: Number(end['object_id']) }));
  return { type: 'cable', id: Number(raw['id']), status: choice(raw['status']), metres: metresOf(raw['length'], raw['length_unit']), a: ends('a_terminations'), b: ends('b_terminations'), etag };
}

/** Cables between ports. @example await cables(wire).connect({ a, b, metres: 80 }) */
export function cables(wire: Wire) {
  const get = async (id: number): Promise<Cable> => {
    const { body, etag } = await wire.get('cables.get', `dcim/cables/${whole('cables.get', id)}`);
    return readCable(body, etag);
  };
  async function port(operation: string, { objectType, objectId }: PortRef): Promise<Port> {
    const path = PATHS[objectType];
    if (!path) throw rejected(operation, `A cable cannot end at ${String(objectType)}.`, `Use one of ${Object.keys(PATHS).join(', ')}.`);
    const { body } = await wire.get(operation, `${path}/${whole(operation, objectId)}`);
    return { cableId: idOf(body['cable']), markConnected: body['mark_connected'] === true };
  }
  /** The cable that joins the two already, or null; a port that is taken by something else is a conflict. */
  async function joined(operation: string, { a, b }: Connect): Promise<Cable | null> {
    for (const end of [a, b]) {
      const { cableId, markConnected } = await port(operation, end);
      if (markConnected) throw conflict(operation, `${end.objectType} ${end.objectId} is marked as connected.`, 'Take the mark off in NetBox, or choose another port.', { reason: 'portOccupied', ...end });
      if (cableId === null) continue;
      const cable = await get(cableId);
      const [here, there] = cable.a.some((one) => same(one, a)) ? [cable.a, cable.b] : [cable.b, cable.a];
      if (here.some((one) => same(one, a)) && there.some((one) => same(one, b))) return cable;
      throw conflict(operation, `${end.objectType} ${end.objectId} has cable ${cableId} already.`, 'Disconnect that cable first, or choose a free port.', { reason: 'portOccupied', cableId, ...end });
    }
    return null;
  }

  return {
    /** @throws VendorError notFound @example await netbox.cables.get(7) */
    get,
    /**
     * Joins two ports by one cable. A port bears one cable only, so the pair is the key: asked again the cable is found, also after a lost
     * reply. What the found cable has otherwise than asked is named in `differs` and not changed.
     * @throws VendorError conflict, `detail.reason` portOccupied with the cable in the way | rejectedInput
     * @example await netbox.cables.connect({ a: { objectType: 'dcim.frontport', objectId: 1 }, b: { objectType: 'dcim.interface', objectId: 2 }, metres: 80 })
     */
    async connect(wanted: Connect): Promise<{ readonly type: 'connected'; readonly repeated: boolean; readonly cable: Cable; readonly differs: readonly string[]; readonly requestId: string | null }> {
      const operation = 'cables.connect';
      const { a, b, status = 'connected', metres, label, kind = 'smf' } = wanted;
      if (same(a, b)) throw rejected(operation, 'A cable needs two ports.', 'Give the port at the other end.');
      if (metres !== undefined && !(metres >= 0 && metres < 1_000_000)) throw rejected(operation, 'The length must be a number of metres.', 'Leave it out when it is not known.');
      const found = (cable: Cable, repeated: boolean, requestId: string | null) => ({
        type: 'connected' as const, repeated, cable, requestId,
        differs: [...(cable.status !== status ? ['status'] : []), ...(metres !== undefined && cable.metres !== metres ? ['metres'] : [])],
      });
      const had = await joined(operation, wanted);
      if (had) return found(had, true, null);
      const ends = (end: PortRef) => [{ object_type: end.objectType, object_id: end.objectId }];
      try {
        const { body, requestId } = await wire.write(operation, 'POST', 'dcim/cables', {
          type: kind, status, a_terminations: ends(a), b_terminations: ends(b), ...(metres !== undefined ? { length: metres, length_unit: 'm' } : {}), ...(label ? { label } : {}),
        });
        const made = await get(Number(body['id']));
        if (!made.a.some((one) => same(one, a)) || !made.b.some((one) => same(one, b))) throw disagrees(operation, 'NetBox made the cable with other ends.', 'Delete it and correct the record.', { id: made.id });
        return found(made, false, requestId);
      } catch (error) {
        if (!isVendorError(error) || (error.status !== 400 && error.kind !== 'conflict' && error.outcome !== 'unknown')) throw error;
        const now = await joined(operation, wanted);
        if (!now) throw error;
        return found(now, error.outcome !== 'unknown', null);
      }
    },
    /**
     * Takes a cable out, by its id or by a port it is plugged into. Nothing plugged in is fine.
     * @example await netbox.cables.disconnect({ port: { objectType: 'dcim.interface', objectId: 2 } })
     */
    async disconnect(which: { readonly id: number } | { readonly port: PortRef }): Promise<{ readonly type: 'disconnected'; readonly repeated: boolean; readonly cableId: number | null; readonly requestId: string | null }> {
      const operation = 'cables.disconnect';
      const id = 'id' in which ? whole(operation, which.id) : (await port(operation, which.port)).cableId;
      if (id === null) return { type: 'disconnected', repeated: true, cableId: null, requestId: null };
      try {
        const { requestId } = await wire.write(operation, 'DELETE', `dcim/cables/${id}`);
        return { type: 'disconnected', repeated: false, cableId: id, requestId };
      } catch (error) {
        if (!isVendorError(error) || (error.kind !== 'notFound' && error.outcome !== 'unknown')) throw error;
        if (await get(id).catch(absent)) throw error;
        return { type: 'disconnected', repeated: error.kind === 'notFound', cableId: id, requestId: null };
      }
    },
  };
}
