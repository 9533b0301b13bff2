import type { Resource } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { cancel } from './cancel.ts';
import { capture } from './capture.ts';
import { charge } from './charge.ts';
import { createPaypalOrder } from './createPaypalOrder.ts';
import { recordTerms } from './recordTerms.ts';
import { refund } from './refund.ts';
import { verify } from './verify.ts';

export const payment: Resource<HubClient> = { value: 'payment', name: 'Payment', operations: [verify, cancel, capture, charge, createPaypalOrder, recordTerms, refund] };
