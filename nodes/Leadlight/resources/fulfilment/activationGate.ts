import { activationGate as decide, defaultActivationPolicy, type ActivationEvidence, type ActivationPolicy } from '../../../../core/src/index.ts';
import { defineOperation } from '../../../shared/defineOperation.ts';
import { jsonField, optionsField } from '../../../shared/fields.ts';
import { policyOption } from '../../fields.ts';

/** May we call it live? Only what was read back counts (S1-117, S1-119). */
export const activationGate = defineOperation<undefined>({
  value: 'activationGate',
  name: 'Check Activation',
  action: 'Check activation of fulfilment',
  description: 'Say whether a service may be called live, from light levels, flow, session, address, serial and the checks on site; what nobody read is missing, never fine',
  fields: [
    jsonField('evidence', 'Evidence', 'What was read back: optical, flowStatus, session, radius, cpe, checklist, serial, allocatedIp', { default: '={{ $json }}' }),
    optionsField([policyOption]),
  ],
  run: ({ read }) => {
    const policy = read.options('options').json('policy') as Partial<ActivationPolicy> | undefined;
    return decide(read.object('evidence') as ActivationEvidence, { ...defaultActivationPolicy, ...policy });
  },
});
