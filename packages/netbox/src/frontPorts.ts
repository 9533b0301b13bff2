import type { Raw, Wire } from './call.ts';
import { whole } from './checks.ts';
import { idOf, text } from './read.ts';

/** One output of a splitter. */
export interface FrontPort { readonly type: 'frontPort'; readonly id: number; readonly name: string; readonly deviceId: number; readonly rearPortId: number | null; readonly leg: number | null }

/**
 * An output and the place it has on the common side, in both shapes: `rear_ports` since NetBox 4.5, `rear_port` and `rear_port_position`
 * before (access.md 2.4).
 * @example readFrontPort({ id: 1, name: 'out-3', rear_port: { id: 9 }, rear_port_position: 3 }).leg // 3
 */
export function readFrontPort(raw: Raw): FrontPort {
  const mapping = (Array.isArray(raw['rear_ports']) ? raw['rear_ports'][0] : raw) as Raw | undefined;
  const rearPortId = mapping ? idOf(mapping['rear_port']) : null;
  return { type: 'frontPort', id: Number(raw['id']), name: text(raw['name']), deviceId: idOf(raw['device']) ?? 0, rearPortId, leg: rearPortId === null ? null : Number(mapping!['rear_port_position']) };
}

/** Outputs of splitters and panels. @example await frontPorts(wire).findFree(12) */
export function frontPorts(wire: Wire) {
  return {
    /**
     * Outputs of a device with neither cable nor mark, by their leg. Only a look: `cables.connect` takes one.
     * @example await netbox.frontPorts.findFree(12, 1) // [{ type: 'frontPort', id: 3, name: 'out-3', leg: 3, … }]
     */
    async findFree(deviceId: number, limit = Number.POSITIVE_INFINITY): Promise<readonly FrontPort[]> {
      const found: FrontPort[] = [];
      for await (const raw of wire.list('frontPorts.findFree', 'dcim/front-ports', { device_id: whole('frontPorts.findFree', deviceId), occupied: false })) {
        if (idOf(raw['device']) === deviceId && raw['_occupied'] !== true && idOf(raw['cable']) === null && raw['mark_connected'] !== true) found.push(readFrontPort(raw));
      }
      return found.sort((one, other) => (one.leg ?? 1e9) - (other.leg ?? 1e9) || one.id - other.id).slice(0, limit);
    },
  };
}
