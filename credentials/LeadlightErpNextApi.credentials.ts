import type { IAuthenticateGeneric, ICredentialTestRequest, ICredentialType, INodeProperties, Icon } from 'n8n-workflow';

/** An ERPNext site and the API key pair of the user Leadlight works as. */
export class LeadlightErpNextApi implements ICredentialType {
  name = 'leadlightErpNextApi';
  displayName = 'Leadlight ERPNext API';
  documentationUrl = 'https://docs.frappe.io/framework/user/en/api/rest';
  icon: Icon = { light: 'file:../icons/erpNext.svg', dark: 'file:../icons/erpNext.dark.svg' };
  properties: INodeProperties[] = [
    { displayName: 'Base URL', name: 'baseUrl', type: 'string', default: '', placeholder: 'e.g. https://erp.example.com', required: true, description: 'Address of the site, without /app or /api' },
    { displayName: 'API Key', name: 'apiKey', type: 'string', typeOptions: { password: true }, default: '', required: true, description: 'User > Settings > API Access > Generate Keys' },
    { displayName: 'API Secret', name: 'apiSecret', type: 'string', typeOptions: { password: true }, default: '', required: true, description: 'Shown once, when the keys are generated' },
  ];
  authenticate: IAuthenticateGeneric = { type: 'generic', properties: { headers: { Authorization: '=token {{$credentials.apiKey}}:{{$credentials.apiSecret}}' } } };
  test: ICredentialTestRequest = { request: { baseURL: '={{$credentials.baseUrl}}', url: '/api/method/frappe.auth.get_logged_user' } };
}
