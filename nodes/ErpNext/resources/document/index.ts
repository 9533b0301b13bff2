import type { Resource } from '../../../shared/defineOperation.ts';
import type { ErpNext } from '../../connect.ts';
import { cancel } from './cancel.ts';
import { create } from './create.ts';
import { remove } from './delete.ts';
import { ensure } from './ensure.ts';
import { get } from './get.ts';
import { getMany } from './getMany.ts';
import { submit } from './submit.ts';
import { update } from './update.ts';

export const document: Resource<ErpNext> = { value: 'document', name: 'Document', operations: [ensure, cancel, create, remove, get, getMany, submit, update] };
