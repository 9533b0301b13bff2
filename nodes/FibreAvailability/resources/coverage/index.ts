import type { Resource } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { getDemand } from './getDemand.ts';
import { getOccupancy } from './getOccupancy.ts';
import { getOlts } from './getOlts.ts';
import { getZones } from './getZones.ts';
import { noteWaiting } from './noteWaiting.ts';
import { removeOlt } from './removeOlt.ts';
import { removeZone } from './removeZone.ts';
import { setOlt } from './setOlt.ts';
import { setZone } from './setZone.ts';

export const coverage: Resource<HubClient> = { value: 'coverage', name: 'Coverage', operations: [getOccupancy, getDemand, getZones, setZone, removeZone, getOlts, setOlt, removeOlt, noteWaiting] };
