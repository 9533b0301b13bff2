import type { Resource } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { confirm } from './confirm.ts';
import { getMany } from './getMany.ts';
import { hold } from './hold.ts';
import { occupy } from './occupy.ts';
import { release } from './release.ts';
import { takeBack } from './takeBack.ts';

export const port: Resource<HubClient> = { value: 'port', name: 'Port', operations: [hold, confirm, occupy, release, getMany, takeBack] };
