import type { IAuthenticateGeneric, ICredentialTestRequest, ICredentialType, INodeProperties, Icon } from 'n8n-workflow';

/** A NetBox and one API token; tokens of version 2 (`nbt_…`) are sent as Bearer, older ones as Token. */
export class LeadlightNetBoxApi implements ICredentialType {
  name = 'leadlightNetBoxApi';
  displayName = 'Leadlight NetBox API';
  documentationUrl = 'https://netboxlabs.com/docs/netbox/integrations/rest-api/';
  icon: Icon = { light: 'file:../icons/netBox.svg', dark: 'file:../icons/netBox.dark.svg' };
  properties: INodeProperties[] = [
    { displayName: 'Base URL', name: 'baseUrl', type: 'string', default: '', placeholder: 'e.g. https://netbox.example.com', required: true, description: 'Address of NetBox, without /api' },
    { displayName: 'API Token', name: 'token', type: 'string', typeOptions: { password: true }, default: '', required: true, description: 'Version 2 (nbt_, the key, a dot, the secret) or version 1 (40 characters); it must be allowed to write what the workflows write' },
  ];
  authenticate: IAuthenticateGeneric = {
    type: 'generic',
    properties: { headers: { Authorization: '={{ ($credentials.token.startsWith("nbt_") ? "Bearer " : "Token ") + $credentials.token }}' } },
  };
  test: ICredentialTestRequest = { request: { baseURL: '={{$credentials.baseUrl}}', url: '/api/status/' } };
}
