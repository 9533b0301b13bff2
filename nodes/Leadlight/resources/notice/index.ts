import type { Resource } from '../../../shared/defineOperation.ts';
import { listForOrder } from './listForOrder.ts';

export const notice: Resource<undefined> = { value: 'notice', name: 'Notice', operations: [listForOrder] };
