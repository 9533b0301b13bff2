import type { Resource } from '../../../shared/defineOperation.ts';
import { activationGate } from './activationGate.ts';
import { afterFailure } from './afterFailure.ts';

export const fulfilment: Resource<undefined> = { value: 'fulfilment', name: 'Fulfilment', operations: [activationGate, afterFailure] };
