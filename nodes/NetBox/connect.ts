export { connectNetBox as connect, type NetBox } from '../shared/netBox.ts';
