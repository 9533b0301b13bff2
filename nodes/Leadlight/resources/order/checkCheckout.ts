import { quebecInstallationPolicy, readCheckout, type InstallationPolicy } from '../../../../core/src/index.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { jsonField, numberField, optionsField, todayField } from '../../../shared/fields.ts';
import { catalogOf, catalogOption, firstTvBoxOption, jurisdictionOf, jurisdictionOption, policyOption, taxTableOf, taxTableOption } from '../../fields.ts';

/** Reads a checkout into a priced order, or says what is wrong with it and where (S1-075). */
export const checkCheckout = defineOperation<undefined>({
  value: 'checkCheckout',
  name: 'Check Checkout',
  action: 'Check checkout of order',
  description: 'Read what a checkout page sent into a priced order, or refuse it with code, path and hint; nothing it says is trusted, and card numbers refuse it whole',
  fields: [
    jsonField('checkout', 'Checkout', 'Body of the checkout request, as it came', { default: '={{ $json.body }}' }),
    todayField,
    optionsField([
      catalogOption,
      firstTvBoxOption,
      { ...policyOption, displayName: 'Installation Policy', description: 'Which days may be promised; without it the built-in policy of Québec' },
      jurisdictionOption,
      numberField('maxDownMbps', 'Max Download (Mbps)', 1000, 'The fastest the drop can carry; a faster service is refused', { minValue: 1 }),
      taxTableOption,
    ]),
  ],
  run: ({ read }) => {
    const options = read.options('options');
    const maxDownMbps = options.number('maxDownMbps');
    return readCheckout(read.given('checkout'), {
      catalog: catalogOf(options),
      taxTable: taxTableOf(options),
      jurisdiction: jurisdictionOf(options),
      today: read.text('today'),
      policy: (options.json('policy') as InstallationPolicy | undefined) ?? quebecInstallationPolicy,
      firstTvBox: options.flag('firstTvBox') ?? true,
      ...(maxDownMbps === undefined ? {} : { maxDownMbps }),
    });
  },
});
