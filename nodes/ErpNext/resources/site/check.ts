import { defineOperation } from '../../../shared/defineOperation.ts';
import { jsonField, optionsField } from '../../../shared/fields.ts';
import type { ErpNext } from '../../connect.ts';
import type { Masters } from '../../../../packages/erpnext/src/index.ts';

/** What to put right on a site before the first order. */
export const check = defineOperation<ErpNext>({
  value: 'check',
  name: 'Check',
  action: 'Check site',
  description: 'Say who the key works as, which versions the site has, and what to put right there before the first order; changes nothing',
  fields: [optionsField([jsonField('masters', 'Masters', 'Names that must be there by DocType, e.g. {"Item": ["FTTH150I"], "Account": ["TPS à payer - GF"]}', { default: '{}' })])],
  run: async ({ read, client }) => {
    const [user, versions] = [await client.whoami(), await client.versions()];
    const findings = await client.doctor((read.options('options').json('masters') ?? {}) as Masters);
    return { fit: findings.length === 0, user, versions, findings };
  },
});
