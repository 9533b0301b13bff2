import type { Resource } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { deprovision } from './deprovision.ts';
import { disable } from './disable.ts';
import { enable } from './enable.ts';
import { get } from './get.ts';
import { provision } from './provision.ts';
import { readOpticalPower } from './readOpticalPower.ts';
import { reboot } from './reboot.ts';

export const onu: Resource<HubClient> = { value: 'onu', name: 'ONU', operations: [get, deprovision, disable, enable, provision, readOpticalPower, reboot] };
