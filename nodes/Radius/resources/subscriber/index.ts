import type { Resource } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { block } from './block.ts';
import { changePlan } from './changePlan.ts';
import { disconnect } from './disconnect.ts';
import { ensure } from './ensure.ts';
import { ensureMany } from './ensureMany.ts';
import { findStrays } from './findStrays.ts';
import { get } from './get.ts';
import { getMany } from './getMany.ts';
import { remove } from './remove.ts';
import { resume } from './resume.ts';
import { suspend } from './suspend.ts';
import { testLogin } from './testLogin.ts';
import { unblock } from './unblock.ts';

export const subscriber: Resource<HubClient> = {
  value: 'subscriber', name: 'Subscriber', operations: [get, block, changePlan, disconnect, ensure, ensureMany, findStrays, getMany, remove, resume, suspend, testLogin, unblock],
};
