import { load, save } from './documents.ts';
import { invalid } from './fault.ts';
import { parseJson, type Site } from './site.ts';
import type { Row } from './store.ts';

/** `apply_workflow`: the transition of this action from the state the document is in, for a role the user has. */
export function applyWorkflow(site: Site, args: Readonly<Record<string, unknown>>): Row {
  const given = (typeof args['doc'] === 'string' ? parseJson(args['doc']) : args['doc']) as Record<string, unknown>;
  const [doctype, name] = [String(given['doctype'] ?? ''), String(given['name'] ?? '')];
  const doc = load(site, doctype, name);
  const workflow = [...site.store.rows('Workflow').values()].find((one) => one['document_type'] === doctype && one['is_active'] === 1);
  if (!workflow) throw invalid(`Workflow not found for ${doctype}`, 'WorkflowStateError');
  const field = String(workflow['workflow_state_field']);
  const found = (workflow['transitions'] as Row[]).filter((one) => one['state'] === doc[field] && one['action'] === args['action']);
  const allowed = found.find((one) => site.roles.includes(String(one['allowed'])));
  if (!allowed) throw invalid('Not a valid Workflow Action', 'WorkflowTransitionError');
  return save(site, doctype, name, { [field]: allowed['next_state'] });
}
