import type { Resource } from '../../../shared/defineOperation.ts';
import type { GenieAcs } from '../../connect.ts';
import { getStatus } from './getStatus.ts';

export const server: Resource<GenieAcs> = { value: 'server', name: 'Server', operations: [getStatus] };
