import type { Resource } from '../../../shared/defineOperation.ts';
import type { GenieAcs } from '../../connect.ts';
import { remove } from './delete.ts';
import { get } from './get.ts';
import { getMany } from './getMany.ts';
import { upload } from './upload.ts';

export const file: Resource<GenieAcs> = { value: 'file', name: 'File', operations: [get, getMany, remove, upload] };
