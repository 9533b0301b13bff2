import type { Resource } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { cancel } from './cancel.ts';
import { capture } from './capture.ts';
import { catchUp } from './catchUp.ts';
import { charge } from './charge.ts';
import { createPaypalOrder } from './createPaypalOrder.ts';
import { get } from './get.ts';
import { getMany } from './getMany.ts';
import { getAnalytics } from './getAnalytics.ts';
import { getProviders } from './getProviders.ts';
import { recordTerms } from './recordTerms.ts';
import { refund } from './refund.ts';
import { verify } from './verify.ts';

export const payment: Resource<HubClient> = { value: 'payment', name: 'Payment', operations: [verify, cancel, capture, catchUp, charge, createPaypalOrder, get, getMany, recordTerms, refund, getAnalytics, getProviders] };
