import type { Resource } from '../../../shared/defineOperation.ts';
import { accessProfile } from './accessProfile.ts';
import { checkProfile } from './checkProfile.ts';
import { compileProfile } from './compileProfile.ts';
import { cpeProfile } from './cpeProfile.ts';
import { resolveModel } from './resolveModel.ts';

export const network: Resource<undefined> = { value: 'network', name: 'Network', operations: [accessProfile, checkProfile, compileProfile, cpeProfile, resolveModel] };
