import { NodeConnectionTypes, type INodeExecutionData, type INodeType, type INodeTypeDescription, type IPollFunctions } from 'n8n-workflow';
import { poll } from './poll.ts';
import { properties } from './properties.ts';

/** Starts a workflow when GenieACS sees a device or a fault; GenieACS cannot call anybody, so it is asked. */
export class GenieAcsTrigger implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'GenieACS Trigger',
    name: 'genieAcsTrigger',
    icon: { light: 'file:../../icons/genieAcs.svg', dark: 'file:../../icons/genieAcs.dark.svg' },
    group: ['trigger'],
    version: 1,
    subtitle: '={{$parameter["events"].join(", ")}}',
    description: 'Starts the workflow when a CPE is new, boots, calls in or faults; asks GenieACS only for what changed',
    defaults: { name: 'GenieACS Trigger' },
    polling: true,
    inputs: [],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'leadlightGenieAcsApi', required: true }],
    properties,
  };

  async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
    return await poll(this);
  }
}
