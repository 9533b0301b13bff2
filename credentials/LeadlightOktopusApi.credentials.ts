import type { ICredentialDataDecryptedObject, ICredentialTestRequest, ICredentialType, IHttpRequestOptions, INodeProperties, Icon } from 'n8n-workflow';

/** A user of an Oktopus controller. Its tokens live for a day and want no `Bearer` before them; the node logs in by itself. */
export class LeadlightOktopusApi implements ICredentialType {
  name = 'leadlightOktopusApi';
  displayName = 'Leadlight Oktopus API';
  documentationUrl = 'https://docs.oktopus.app.br/';
  icon: Icon = { light: 'file:../icons/oktopus.svg', dark: 'file:../icons/oktopus.dark.svg' };
  // Without a token of its own it is of no use to the HTTP Request node.
  httpRequestNode = { name: 'Oktopus', docsUrl: 'https://docs.oktopus.app.br/', hidden: true, apiBaseUrlPlaceholder: '' };
  properties: INodeProperties[] = [
    { displayName: 'Base URL', name: 'baseUrl', type: 'string', default: 'http://127.0.0.1:8000', placeholder: 'e.g. https://oktopus.example.com', required: true, description: 'Address of the controller, or of the proxy in front of it, without /api' },
    { displayName: 'Email', name: 'email', type: 'string', default: '', placeholder: 'e.g. leadlight@example.com', required: true, description: 'A user of Oktopus; none of the operations needs an administrator' },
    { displayName: 'Password', name: 'password', type: 'string', typeOptions: { password: true }, default: '', required: true },
  ];
  authenticate = async (_credentials: ICredentialDataDecryptedObject, request: IHttpRequestOptions): Promise<IHttpRequestOptions> => request;
  test: ICredentialTestRequest = { request: { baseURL: '={{$credentials.baseUrl}}', url: '/api/auth/login', method: 'PUT', body: { email: '={{$credentials.email}}', password: '={{$credentials.password}}' } } };
}
