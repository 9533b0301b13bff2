import type { Resource } from '../../../shared/defineOperation.ts';
import { check } from './check.ts';
import { listOfferings } from './listOfferings.ts';

export const catalogue: Resource<undefined> = { value: 'catalogue', name: 'Catalogue', operations: [listOfferings, check] };
