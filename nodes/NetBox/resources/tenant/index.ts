import type { Resource } from '../../../shared/defineOperation.ts';
import type { NetBox } from '../../connect.ts';
import { ensure } from './ensure.ts';
import { get } from './get.ts';
import { getMany } from './getMany.ts';

export const tenantResource: Resource<NetBox> = { value: 'tenant', name: 'Tenant', operations: [ensure, get, getMany] };
