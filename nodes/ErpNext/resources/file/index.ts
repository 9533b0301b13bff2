import type { Resource } from '../../../shared/defineOperation.ts';
import type { ErpNext } from '../../connect.ts';
import { download } from './download.ts';
import { getMany } from './getMany.ts';
import { upload } from './upload.ts';

export const file: Resource<ErpNext> = { value: 'file', name: 'File', operations: [upload, download, getMany] };
