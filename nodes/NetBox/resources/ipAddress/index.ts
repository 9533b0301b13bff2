import type { Resource } from '../../../shared/defineOperation.ts';
import type { NetBox } from '../../connect.ts';
import { allocate } from './allocate.ts';
import { assign } from './assign.ts';
import { get } from './get.ts';
import { getByKey } from './getByKey.ts';
import { getMany } from './getMany.ts';
import { quarantine } from './quarantine.ts';
import { release } from './release.ts';
import { sweepQuarantine } from './sweepQuarantine.ts';

export const ipAddress: Resource<NetBox> = { value: 'ipAddress', name: 'IP Address', operations: [allocate, assign, get, getByKey, getMany, quarantine, release, sweepQuarantine] };
