export { startNas, type AccountingDb, type NasOptions, type NasRunning, type NasSession } from './nas.ts';
