import type { Resource } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { decide } from './decide.ts';
import { getMany } from './getMany.ts';
import { getReport } from './getReport.ts';
import { run } from './run.ts';

export const link: Resource<HubClient> = { value: 'link', name: 'Link', operations: [getReport, run, getMany, decide] };
