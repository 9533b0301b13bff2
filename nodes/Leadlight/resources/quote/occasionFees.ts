import { occasionFees as decide } from '../../../../core/src/index.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { choiceField, optionsField } from '../../../shared/fields.ts';
import { catalogOf, catalogOption, dayField } from '../../fields.ts';
import { shaped, shapes } from '../../shaped.ts';
import { languageOption } from './fields.ts';

type Occasion = Parameters<typeof decide>[0];

/** The fees of a reconnection or a plan change. */
export const occasionFees = defineOperation<undefined>({
  value: 'occasionFees',
  name: 'Occasion Fees',
  action: 'List fees of occasion',
  description: 'List the fees the catalog asks when something happens, as charges of that day for Billing; the built-in catalog asks none',
  fields: [choiceField('occasion', 'Occasion', { planChange: 'Plan Change', reconnection: 'Reconnection' }, 'reconnection', 'What happens'), dayField('on', 'Day', 'Day it happens'), optionsField([catalogOption, languageOption])],
  run: ({ read }) => shaped(read, { 'options.catalog': shapes.catalog }, () => {
    const options = read.options('options');
    return { charges: decide(read.text('occasion') as Occasion, catalogOf(options), read.text('on'), options.text('language') as 'fr' | 'en' | undefined) };
  }),
});
