// How NetBox follows a fibre from one end (access.md 2.4, read in dcim/models/cables.py): going from a front port to a rear port of several
// positions remembers the position; coming to such a rear port needs one to go on by, else the path is split.
import type { Row, Store } from './store.ts';

export interface Hop { readonly near: Row[]; readonly cable: Row | null; readonly far: Row[] }
export interface CablePath { readonly hops: readonly Hop[]; readonly complete: boolean; readonly active: boolean; readonly split: boolean; readonly end: Row | null }
interface Mapping { readonly rear_port: number; readonly rear_port_position: number }

const mappings = (front: Row): readonly Mapping[] => (front['rear_ports'] ?? []) as Mapping[];

/** @example tracePath(data, data.get('dcim/interfaces', 1)!).complete */
export function tracePath(data: Store, origin: Row): CablePath {
  const hops: Hop[] = [];
  const stack: number[] = [];
  let active = true;
  let near: Row | undefined = origin;
  for (let turn = 0; near && turn < 50; turn += 1) {
    const cable = data.cableAt(near);
    if (!cable) {
      // A pass-through port without a cable ends the path; an origin without one has none.
      if (near !== origin) hops.push({ near: [near], cable: null, far: [] });
      break;
    }
    if (cable['status'] !== 'connected') active = false;
    const far = data.side(cable, data.side(cable, 'a').includes(near) ? 'b' : 'a');
    hops.push({ near: [near], cable, far });
    const [end] = far;
    if (!end) break;
    const kind = data.pathOf(end);
    if (kind === 'dcim/interfaces') return { hops, complete: true, active, split: false, end };
    if (kind === 'dcim/front-ports') {
      const [mapping] = mappings(end);
      near = mapping && data.get('dcim/rear-ports', mapping.rear_port);
      if (near && Number(near['positions']) > 1) stack.push(mapping!.rear_port_position);
    } else {
      const position = Number(end['positions']) > 1 ? stack.pop() : 1;
      if (position === undefined) return { hops, complete: false, active, split: true, end };
      near = data.all('dcim/front-ports').find((front) => mappings(front).some((one) => one.rear_port === end.id && (Number(end['positions']) === 1 || one.rear_port_position === position)));
    }
    if (!near) return { hops, complete: false, active, split: false, end };
  }
  return { hops, complete: false, active, split: false, end: hops.at(-1)?.near[0] ?? null };
}
