import type { Resource } from '../../../shared/defineOperation.ts';
import type { GenieAcs } from '../../connect.ts';
import { addTag } from './addTag.ts';
import { connectionRequest } from './connectionRequest.ts';
import { count } from './count.ts';
import { remove } from './delete.ts';
import { diagnose } from './diagnose.ts';
import { get } from './get.ts';
import { getMany } from './getMany.ts';
import { getParameters } from './getParameters.ts';
import { removeTag } from './removeTag.ts';
import { setParameters } from './setParameters.ts';

export const device: Resource<GenieAcs> = { value: 'device', name: 'Device', operations: [get, addTag, connectionRequest, count, diagnose, getMany, getParameters, remove, removeTag, setParameters] };
