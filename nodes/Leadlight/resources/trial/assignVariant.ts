import { assignVariant as decide, type Experiment } from '../../../../core/src/index.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { jsonField, textField } from '../../../shared/fields.ts';
import { textOf } from '../../examples.ts';

const experiment = { key: 'length', variants: [{ key: 'short', weight: 1, set: { days: 14 } }, { key: 'long', weight: 1, set: { days: 30 } }] };

/** Which variant of an experiment somebody gets (S2-076). */
export const assignVariant = defineOperation<undefined>({
  value: 'assignVariant',
  name: 'Assign Variant',
  action: 'Assign variant of experiment',
  description: 'Say which variant of an experiment a subject gets: always the same, by weight, without keeping a list',
  fields: [jsonField('experiment', 'Experiment', 'Its key and its variants with key and whole weight', { default: textOf(experiment) }), textField('subject', 'Subject', { default: 'acme', placeholder: 'e.g. acme', description: 'Who is assigned, such as a tenant' })],
  run: ({ read }) => decide(read.object('experiment') as unknown as Experiment, read.text('subject')),
});
