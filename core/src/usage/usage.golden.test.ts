import { join } from 'node:path';
import { golden } from '../golden.testkit.ts';
import { rateUsage, type UsageInput } from './rateUsage.ts';

describe('[S2-057] [S2-130] usage worked out', () => {
  golden(join(__dirname, 'usage.golden.json'), (given: Partial<UsageInput>) => {
    const rated = rateUsage({ subscription: 'sub_1', records: [], ...given } as UsageInput);
    if (rated.type === 'refused') return { refused: rated.code, path: rated.path };
    const { charges, late, ...rest } = rated.value;
    return { ...rest, charges: charges.map(({ key, on, period, amountMinor }) => `${key} on ${on} for ${period!.start}/${period!.end}: ${amountMinor}`), late: late.map(({ id }) => id) };
  });
});
