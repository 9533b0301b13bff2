import type { Resource } from '../../../shared/defineOperation.ts';
import type { GenieAcs } from '../../connect.ts';
import { applyParameters } from './applyParameters.ts';
import { reboot } from './reboot.ts';
import { refresh } from './refresh.ts';
import { runProvisions } from './runProvisions.ts';

export const task: Resource<GenieAcs> = { value: 'task', name: 'Task', operations: [applyParameters, reboot, refresh, runProvisions] };
