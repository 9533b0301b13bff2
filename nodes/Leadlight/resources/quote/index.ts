import type { Resource } from '../../../shared/defineOperation.ts';
import { price } from './price.ts';

export const quote: Resource<undefined> = { value: 'quote', name: 'Quote', operations: [price] };
