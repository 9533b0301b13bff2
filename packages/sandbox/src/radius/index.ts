export { startNas, type AccountingDb, type NasOptions, type NasRunning, type NasSession } from './nas.ts';
export { startRadiusServer, type RadiusServerRunning } from './server.ts';
