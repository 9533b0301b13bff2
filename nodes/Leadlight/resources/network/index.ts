import type { Resource } from '../../../shared/defineOperation.ts';
import { accessProfile } from './accessProfile.ts';
import { cpeProfile } from './cpeProfile.ts';

export const network: Resource<undefined> = { value: 'network', name: 'Network', operations: [accessProfile, cpeProfile] };
