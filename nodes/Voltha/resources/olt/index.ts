import type { Resource } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { add } from './add.ts';
import { deleteOlt } from './delete.ts';
import { disable } from './disable.ts';
import { enable } from './enable.ts';
import { get } from './get.ts';
import { getMany } from './getMany.ts';
import { getPon } from './getPon.ts';

export const olt: Resource<HubClient> = { value: 'olt', name: 'OLT', operations: [get, add, deleteOlt, disable, enable, getMany, getPon] };
