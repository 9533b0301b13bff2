import type { IAuthenticateGeneric, ICredentialTestRequest, ICredentialType, INodeProperties, Icon } from 'n8n-workflow';

/** The hub's address and one of its API keys. */
export class LeadlightHubApi implements ICredentialType {
  name = 'leadlightHubApi';
  displayName = 'Leadlight Hub API';
  documentationUrl = 'https://github.com/leadlight/leadlight#credentials';
  icon: Icon = { light: 'file:../icons/leadlightHub.svg', dark: 'file:../icons/leadlightHub.dark.svg' };
  properties: INodeProperties[] = [
    { displayName: 'Base URL', name: 'baseUrl', type: 'string', default: 'http://127.0.0.1:5690', placeholder: 'e.g. https://hub.example.com', required: true, description: 'Address of the Leadlight hub as n8n reaches it' },
    { displayName: 'API Key', name: 'apiKey', type: 'string', typeOptions: { password: true }, default: '', required: true, description: 'One of the keys in LEADLIGHT_API_KEYS of the hub' },
  ];
  authenticate: IAuthenticateGeneric = { type: 'generic', properties: { headers: { Authorization: '=Bearer {{$credentials.apiKey}}' } } };
  test: ICredentialTestRequest = { request: { baseURL: '={{$credentials.baseUrl}}', url: '/v1/events/list', qs: { limit: 1 } } };
}
