import { textField } from '../../../shared/fields.ts';

export const username = textField('username', 'Username', { placeholder: 'e.g. sub-000123@isp.example', description: 'User-Name of the subscriber in RADIUS' });
