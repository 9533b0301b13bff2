import type { Resource } from '../../../shared/defineOperation.ts';
import type { ErpNext } from '../../connect.ts';
import { amend } from './amend.ts';
import { applyWorkflow } from './applyWorkflow.ts';
import { cancel } from './cancel.ts';
import { comment } from './comment.ts';
import { count } from './count.ts';
import { create } from './create.ts';
import { remove } from './delete.ts';
import { ensure } from './ensure.ts';
import { get } from './get.ts';
import { getMany } from './getMany.ts';
import { submit } from './submit.ts';
import { update } from './update.ts';

export const document: Resource<ErpNext> = { value: 'document', name: 'Document', operations: [ensure, amend, applyWorkflow, cancel, comment, count, create, remove, get, getMany, submit, update] };
