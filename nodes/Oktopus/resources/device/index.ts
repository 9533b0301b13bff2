import type { Resource } from '../../../shared/defineOperation.ts';
import type { Oktopus } from '../../connect.ts';
import { remove } from './delete.ts';
import { download } from './download.ts';
import { factoryReset } from './factoryReset.ts';
import { get } from './get.ts';
import { getMany } from './getMany.ts';
import { reboot } from './reboot.ts';
import { setAlias } from './setAlias.ts';

export const device: Resource<Oktopus> = { value: 'device', name: 'Device', operations: [get, getMany, remove, download, factoryReset, reboot, setAlias] };
