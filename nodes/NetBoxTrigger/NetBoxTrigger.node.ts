import { NodeConnectionTypes, type IHookFunctions, type INodeType, type INodeTypeDescription, type IWebhookFunctions, type IWebhookResponseData } from 'n8n-workflow';
import { properties } from './properties.ts';
import { receive } from './receive.ts';
import { isSubscribed, subscribe, unsubscribe } from './subscription.ts';

/** Starts a workflow when an object of NetBox changes. */
export class NetBoxTrigger implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'NetBox Trigger',
    name: 'netBoxTrigger',
    icon: { light: 'file:../../icons/netBox.svg', dark: 'file:../../icons/netBox.dark.svg' },
    group: ['trigger'],
    version: 1,
    subtitle: '={{$parameter["objectTypes"].join(", ")}}',
    description: 'Starts the workflow when an address, a device, a cable or another object of NetBox is created, updated or deleted',
    defaults: { name: 'NetBox Trigger' },
    inputs: [],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'leadlightNetBoxApi', required: true }],
    webhooks: [{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'netbox' }],
    properties,
  };

  webhookMethods = {
    default: {
      async checkExists(this: IHookFunctions): Promise<boolean> {
        return await isSubscribed(this);
      },
      async create(this: IHookFunctions): Promise<boolean> {
        return await subscribe(this);
      },
      async delete(this: IHookFunctions): Promise<boolean> {
        return await unsubscribe(this);
      },
    },
  };

  async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
    return receive(this);
  }
}
