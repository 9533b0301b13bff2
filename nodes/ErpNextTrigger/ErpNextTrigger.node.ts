import { NodeConnectionTypes, type IHookFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription, type IPollFunctions, type IWebhookFunctions, type IWebhookResponseData } from 'n8n-workflow';
import { searchDocTypes } from '../shared/erpNext.ts';
import { poll } from './poll.ts';
import { properties } from './properties.ts';
import { receive } from './receive.ts';
import { isSubscribed, subscribe, unsubscribe } from './subscription.ts';

/** Starts a workflow when a document of ERPNext is made, saved, submitted, cancelled or deleted: told by ERPNext, asked for, or both. */
export class ErpNextTrigger implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'ERPNext Trigger',
    name: 'erpNextTrigger',
    icon: { light: 'file:../../icons/erpNext.svg', dark: 'file:../../icons/erpNext.dark.svg' },
    group: ['trigger'],
    version: 1,
    subtitle: '={{$parameter["docType"]["value"] + ": " + $parameter["events"].join(", ")}}',
    description: 'Starts the workflow when a document of ERPNext is made, saved, submitted, cancelled or deleted',
    defaults: { name: 'ERPNext Trigger' },
    polling: true,
    inputs: [],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'leadlightErpNextApi', required: true }],
    // Without a method n8n opens no address: with polling alone there is nothing to be called at.
    webhooks: [{ name: 'default', httpMethod: '={{$parameter["notice"] === "polling" ? "" : "POST"}}', responseMode: 'onReceived', path: 'erpnext', ndvHideUrl: true }],
    properties,
  };

  methods = { listSearch: { searchDocTypes } };

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
    return await receive(this);
  }

  async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
    return await poll(this);
  }
}
