import type { Resource } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { get } from './get.ts';
import { getMany } from './getMany.ts';
import { getSpeed } from './getSpeed.ts';
import { importDrops } from './import.ts';

export const drop: Resource<HubClient> = { value: 'drop', name: 'Drop', operations: [get, getMany, getSpeed, importDrops] };
