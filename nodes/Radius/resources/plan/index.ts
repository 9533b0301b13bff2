import type { Resource } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { deletePlan } from './delete.ts';
import { ensure } from './ensure.ts';
import { getMany } from './getMany.ts';

export const plan: Resource<HubClient> = { value: 'plan', name: 'Plan', operations: [getMany, deletePlan, ensure] };
