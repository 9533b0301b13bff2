import type { Resource } from '../../../shared/defineOperation.ts';
import { checkCheckout } from './checkCheckout.ts';
import { decompose } from './decompose.ts';
import { plan } from './plan.ts';

export const order: Resource<undefined> = { value: 'order', name: 'Order', operations: [checkCheckout, decompose, plan] };
