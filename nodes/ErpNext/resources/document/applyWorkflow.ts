import { defineOperation } from '../../../shared/defineOperation.ts';
import { textField } from '../../../shared/fields.ts';
import type { ErpNext } from '../../connect.ts';
import { docType, documentName } from './fields.ts';

/** The button of a workflow. */
export const applyWorkflow = defineOperation<ErpNext>({
  value: 'applyWorkflow',
  name: 'Apply Workflow Action',
  action: 'Apply workflow action to document',
  description: 'Move a document along its ERPNext workflow, as the button of that name would; refused when the workflow has no such action from where it stands',
  fields: [docType, documentName, textField('workflowAction', 'Workflow Action', { placeholder: 'e.g. Approve', description: 'Name of the action, as the button in ERPNext says' })],
  run: ({ read, client }) => client.documents.applyWorkflow(read.picked('docType'), read.picked('documentName'), read.text('workflowAction')),
});
