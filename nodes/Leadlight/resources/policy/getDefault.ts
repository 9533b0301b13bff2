import { accept, refuse } from '../../../../core/src/index.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { pickedField } from '../../fields.ts';
import { policies } from '../../policies.ts';

/** A built-in policy or table, to change and give back. */
export const getDefault = defineOperation<undefined>({
  value: 'getDefault',
  name: 'Get Default',
  action: 'Get default policy',
  description: 'Show a policy or table that comes with Leadlight, with its JSON Schema where it has one, to change it and give it back through Options',
  fields: [pickedField('policy', 'Policy', 'One of the built-in policies and tables', 'searchPolicies', 'dunning', 'e.g. dunning')],
  run: ({ read }) => {
    const key = read.picked('policy');
    const found = Object.hasOwn(policies, key) ? policies[key] : undefined;
    return found ? accept(found, `${found.name} as it comes with Leadlight`) : refuse('unknownPolicy', 'No such policy comes with Leadlight.', { path: 'policy', hint: `Known: ${Object.keys(policies).join(', ')}.` });
  },
});
