import type { ICredentialDataDecryptedObject, ICredentialTestRequest, ICredentialType, IHttpRequestOptions, INodeProperties, Icon } from 'n8n-workflow';

const when = (...authentication: string[]) => ({ show: { authentication } });

/** The northbound interface of GenieACS. It has no login of its own: whatever guards it stands in front of it. */
export class LeadlightGenieAcsApi implements ICredentialType {
  name = 'leadlightGenieAcsApi';
  displayName = 'Leadlight GenieACS API';
  documentationUrl = 'https://docs.genieacs.com/en/latest/api-reference.html';
  icon: Icon = { light: 'file:../icons/genieAcs.svg', dark: 'file:../icons/genieAcs.dark.svg' };
  properties: INodeProperties[] = [
    { displayName: 'Base URL', name: 'baseUrl', type: 'string', default: 'http://127.0.0.1:7557', placeholder: 'e.g. https://acs.example.com:7557', required: true, description: 'Address of genieacs-nbi, or of the proxy in front of it' },
    {
      displayName: 'Authentication',
      name: 'authentication',
      type: 'options',
      options: [
        { name: 'Basic', value: 'basic' },
        { name: 'Bearer Token', value: 'bearer' },
        { name: 'Header', value: 'header' },
        { name: 'None', value: 'none' },
      ],
      default: 'none',
      description: 'What the proxy in front of the interface asks for; the interface itself asks for nothing',
    },
    { displayName: 'User', name: 'user', type: 'string', default: '', displayOptions: when('basic') },
    { displayName: 'Password', name: 'password', type: 'string', typeOptions: { password: true }, default: '', displayOptions: when('basic') },
    { displayName: 'Header Name', name: 'headerName', type: 'string', default: '', placeholder: 'e.g. X-API-Key', displayOptions: when('header') },
    { displayName: 'Header Secret', name: 'headerSecret', type: 'string', typeOptions: { password: true }, default: '', displayOptions: when('header') },
    { displayName: 'Token', name: 'token', type: 'string', typeOptions: { password: true }, default: '', displayOptions: when('bearer') },
  ];
  authenticate = async (credentials: ICredentialDataDecryptedObject, request: IHttpRequestOptions): Promise<IHttpRequestOptions> => {
    const { authentication, user, password, headerName, headerSecret, token } = credentials as Record<string, string>;
    if (authentication === 'basic') return { ...request, auth: { username: user ?? '', password: password ?? '' } };
    if (authentication === 'bearer') return { ...request, headers: { ...request.headers, Authorization: `Bearer ${token}` } };
    if (authentication === 'header' && headerName) return { ...request, headers: { ...request.headers, [headerName]: headerSecret } };
    return request;
  };
  test: ICredentialTestRequest = { request: { baseURL: '={{$credentials.baseUrl}}', url: '/devices/', qs: { limit: 1, projection: '_id' } } };
}
