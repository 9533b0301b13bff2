import type { Resource } from '../../../shared/defineOperation.ts';
import type { GenieAcs } from '../../connect.ts';
import { apply } from './apply.ts';
import { rollOutFirmware } from './rollOutFirmware.ts';

export const bulk: Resource<GenieAcs> = { value: 'bulk', name: 'Many Devices', operations: [apply, rollOutFirmware] };
