import type { Resource } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { get } from './get.ts';
import { getReport } from './getReport.ts';
import { pause } from './pause.ts';
import { plan } from './plan.ts';
import { resume } from './resume.ts';
import { rollBack } from './rollBack.ts';
import { start } from './start.ts';

export const acsMigration: Resource<HubClient> = { value: 'acsMigration', name: 'ACS Migration', operations: [get, getReport, pause, plan, resume, rollBack, start] };
