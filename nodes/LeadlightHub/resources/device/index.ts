import type { Resource } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { markActivated } from './markActivated.ts';
import { setSettings } from './setSettings.ts';
import { setUp } from './setUp.ts';

export const device: Resource<HubClient> = { value: 'device', name: 'Device', operations: [setSettings, setUp, markActivated] };
