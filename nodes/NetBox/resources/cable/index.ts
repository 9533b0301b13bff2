import type { Resource } from '../../../shared/defineOperation.ts';
import type { NetBox } from '../../connect.ts';
import { connectPorts } from './connectPorts.ts';
import { disconnect } from './disconnect.ts';

export const cable: Resource<NetBox> = { value: 'cable', name: 'Cable', operations: [connectPorts, disconnect] };
