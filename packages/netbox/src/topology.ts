import { checkFibrePath, type Decision, type FibreExpectation, type FibreVerdict, type TopologyCode, type TopologyPolicy } from '../../../core/src/index.ts';
import type { Wire } from './call.ts';
import { conflict, whole } from './checks.ts';
import { interfaces } from './dcim.ts';
import { rejected } from './errors.ts';
import { tracePath } from './tracePath.ts';

/** Types of interfaces that end a passive optical network. */
const PON = new Set(['bpon', 'epon', '10g-epon', 'gpon', 'xg-pon', 'xgs-pon', 'ng-pon2', '25g-pon', '50g-pon']);

export interface Validate extends FibreExpectation {
  /** The ONT: its PON interface, or the device when it has one only. */
  readonly interfaceId?: number;
  readonly deviceId?: number;
}

/** What NetBox says of the fibre between an ONT and its OLT, judged by core. @example await topology(wire).validate({ deviceId: 7, oltPort: 'pon-3' }) */
export function topology(wire: Wire) {
  async function ponOf(operation: string, deviceId: number): Promise<number> {
    const pons = (await interfaces(wire).list(deviceId)).filter(({ kind }) => PON.has(kind));
    const used = pons.length > 1 ? pons.filter(({ occupied }) => occupied) : pons;
    if (used.length > 1 || (used.length === 0 && pons.length > 1)) throw conflict(operation, `The device has ${pons.length} PON interfaces.`, 'Give the interface.', { reason: 'ambiguous', interfaceIds: pons.map(({ id }) => id) });
    if (!used[0]) throw rejected(operation, 'The device has no PON interface.', 'Give an ONT, and give its interface a type such as gpon or xgs-pon.');
    return used[0].id;
  }
  return {
    /** The fibre as NetBox traces it, unjudged. @example await netbox.topology.trace(17) */
    trace: (interfaceId: number) => tracePath(wire, whole('topology.trace', interfaceId)),
    /**
     * Whether the record has a whole fibre from this ONT to the OLT port it should have, with the light it may lose (S0-114).
     * A no is a value; see `checkFibrePath` of core for its codes.
     * @throws VendorError notFound | conflict (several PON interfaces)
     * @example await netbox.topology.validate({ interfaceId: 17, olt: 'olt-1', oltPort: 'pon-3', rxDbm: -19.2 })
     */
    async validate({ interfaceId, deviceId, ...expected }: Validate, policy?: TopologyPolicy): Promise<Decision<FibreVerdict, TopologyCode>> {
      const operation = 'topology.validate';
      const id = interfaceId !== undefined ? whole(operation, interfaceId) : await ponOf(operation, whole(operation, deviceId));
      return checkFibrePath(await tracePath(wire, id), expected, policy);
    },
  };
}
