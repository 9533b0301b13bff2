import type { Resource } from '../../../shared/defineOperation.ts';
import type { ErpNext } from '../../connect.ts';
import { addTag } from './addTag.ts';
import { amend } from './amend.ts';
import { applyWorkflow } from './applyWorkflow.ts';
import { assign } from './assign.ts';
import { cancel } from './cancel.ts';
import { comment } from './comment.ts';
import { count } from './count.ts';
import { create } from './create.ts';
import { remove } from './delete.ts';
import { downloadPdf } from './downloadPdf.ts';
import { ensure } from './ensure.ts';
import { ensureMany } from './ensureMany.ts';
import { get } from './get.ts';
import { getByFilter } from './getByFilter.ts';
import { getMany } from './getMany.ts';
import { removeTag } from './removeTag.ts';
import { submit } from './submit.ts';
import { update } from './update.ts';

export const document: Resource<ErpNext> = {
  value: 'document',
  name: 'Document',
  operations: [ensure, addTag, amend, applyWorkflow, assign, cancel, comment, count, create, remove, downloadPdf, ensureMany, get, getByFilter, getMany, removeTag, submit, update],
};
