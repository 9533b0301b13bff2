export { connectErpNext as connect, type ErpNext } from '../shared/erpNext.ts';
