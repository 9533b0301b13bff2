import type { Resource } from '../../../shared/defineOperation.ts';
import { earlyTermination } from './earlyTermination.ts';
import { occasionFees } from './occasionFees.ts';
import { price } from './price.ts';
import { priceTerms } from './priceTerms.ts';
import { subscribe } from './subscribe.ts';
import { termPrice } from './termPrice.ts';

export const quote: Resource<undefined> = { value: 'quote', name: 'Quote', operations: [price, subscribe, priceTerms, termPrice, earlyTermination, occasionFees] };
