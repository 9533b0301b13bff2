import { VendorError, type FibreCable, type FibreEnd, type FibrePath, type FibreSplitter } from '../../../core/src/index.ts';
import type { Raw, Wire } from './call.ts';
import { metresOf } from './cables.ts';
import { VENDOR } from './errors.ts';
import { readFrontPort } from './frontPorts.ts';
import { choice, idOf, nested, text } from './read.ts';

const KINDS: Readonly<Record<string, FibreEnd['kind']>> = { interfaces: 'interface', 'front-ports': 'frontPort', 'rear-ports': 'rearPort' };
/** Brief objects of a trace say what they are by their address only. */
const kindOf = (end: Raw): FibreEnd['kind'] => KINDS[/\/dcim\/([a-z-]+)\/\d+\/?$/.exec(text(end['url']))?.[1] ?? ''] ?? 'other';

/**
 * The fibre behind one interface as NetBox traces it, with the splitters it passes. A trace has no word for "whole", "split" or "planned":
 * that is read from its shape (access.md 2.4). A port on both sides of a trunk (rear to rear) is a panel, not a splitter.
 * @throws VendorError notFound | unexpectedReply
 * @example await tracePath(wire, 17)
 */
export async function tracePath(wire: Wire, interfaceId: number): Promise<FibrePath> {
  const operation = 'topology.trace';
  const roles = new Map<number, string | null>();
  async function end(raw: Raw): Promise<FibreEnd> {
    const device = idOf(raw['device']);
    if (device !== null && !roles.has(device)) roles.set(device, nested((await wire.get(operation, `dcim/devices/${device}`)).body['role'], 'slug'));
    return { kind: kindOf(raw), name: text(raw['name']) || text(raw['display']), device: nested(raw['device'], 'name') ?? nested(raw['device'], 'display') ?? '', role: device === null ? null : roles.get(device)! };
  }

  const { body: start } = await wire.get(operation, `dcim/interfaces/${interfaceId}`);
  const trace = (await wire.get(operation, `dcim/interfaces/${interfaceId}/trace`)).body as unknown;
  if (!Array.isArray(trace)) throw new VendorError({ vendor: VENDOR, operation, kind: 'unexpectedReply', message: 'NetBox gave no trace.', hint: 'Is this a NetBox of version 4?' });
  const cables: FibreCable[] = [];
  // What the light has passed and not left again; the rest of it are splitters at the end.
  const stack: FibreSplitter[] = [];
  let last: Raw | null = null;
  let split = false;
  for (const [near, cable, far] of trace as [Raw[], Raw | [] | null, Raw[] | null][]) {
    const from: Raw | undefined = near[0];
    if (last && from && kindOf(last) === 'frontPort' && kindOf(from) === 'rearPort') {
      const { positions } = (await wire.get(operation, `dcim/rear-ports/${Number(from['id'])}`)).body;
      const { leg } = readFrontPort((await wire.get(operation, `dcim/front-ports/${Number(last['id'])}`)).body);
      if (Number(positions) > 1) stack.push({ device: nested(from['device'], 'name') ?? '', ratio: Number(positions), leg });
    }
    if (last && from && kindOf(last) === 'rearPort' && kindOf(from) === 'frontPort') {
      if (Number((await wire.get(operation, `dcim/rear-ports/${Number(last['id'])}`)).body['positions']) > 1) stack.pop();
    }
    if (from) last = from;
    if (cable && !Array.isArray(cable)) cables.push({ id: Number(cable['id']), status: choice(cable['status']), metres: metresOf(cable['length'], cable['length_unit']) });
    if (far?.[0]) last = far[0];
    // A path that forks right here, or stops at the common side of a splitter it did not come from, could go on anywhere.
    split = (far?.length ?? 0) > 1 || (far?.[0] !== undefined && kindOf(far[0]) === 'rearPort' && stack.length === 0 && Number((await wire.get(operation, `dcim/rear-ports/${Number(far[0]['id'])}`)).body['positions']) > 1);
  }
  return {
    start: await end(start), cables, splitters: stack, end: last && cables.length > 0 ? await end(last) : null, split,
    ...(typeof start['connected_endpoints_reachable'] === 'boolean' ? { reachable: start['connected_endpoints_reachable'] } : {}),
  };
}
