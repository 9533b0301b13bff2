import { trialScore } from '../../../../core/src/index.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { numberField } from '../../../shared/fields.ts';

const count = (name: string, displayName: string, byDefault: number, description: string, minValue = 0) => numberField(name, displayName, byDefault, description, { minValue });

/** How likely a trial is to be bought (S2-077). */
export const score = defineOperation<undefined>({
  value: 'score',
  name: 'Score',
  action: 'Score trial',
  description: 'Rate from 0 to 100 how likely a trial is to be bought, by its active days, feature uses and activities',
  fields: [
    count('activeDays', 'Active Days', 7, 'Days with any activity'),
    count('days', 'Days', 14, 'Length of the trial', 1),
    count('featureUses', 'Feature Uses', 12, 'How often features were used'),
    count('activities', 'Activities', 50, 'How much was done in all'),
  ],
  run: ({ read }) => trialScore({ activeDays: read.number('activeDays'), days: read.number('days'), featureUses: read.number('featureUses'), activities: read.number('activities') }),
});
