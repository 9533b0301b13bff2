import type { Resource } from '../../../shared/defineOperation.ts';
import type { GenieAcs } from '../../connect.ts';
import { addObject } from './addObject.ts';
import { applyParameters } from './applyParameters.ts';
import { confirmUpgrade } from './confirmUpgrade.ts';
import { remove } from './delete.ts';
import { deleteObject } from './deleteObject.ts';
import { factoryReset } from './factoryReset.ts';
import { getMany } from './getMany.ts';
import { reboot } from './reboot.ts';
import { refresh } from './refresh.ts';
import { retry } from './retry.ts';
import { runProvisions } from './runProvisions.ts';
import { upgradeFirmware } from './upgradeFirmware.ts';

export const task: Resource<GenieAcs> = {
  value: 'task',
  name: 'Task',
  operations: [applyParameters, addObject, confirmUpgrade, deleteObject, factoryReset, getMany, reboot, refresh, remove, retry, runProvisions, upgradeFirmware],
};
