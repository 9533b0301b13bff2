// The hub as a program: `node packages/hub/src/main.ts` with the variables of readConfig.ts.
import { readConfig } from './readConfig.ts';
import { startHub } from './server.ts';

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const searchWorkers = { script: new URL('./addresses/searchWorker.ts', import.meta.url), count: config.searchWorkers ?? 0 };
  const hub = await startHub(config, { report: (line) => console.error(line), searchWorkers });
  let closing = false;
  const close = (): void => {
    if (closing) return;
    closing = true;
    hub.close().then(() => process.exit(0), () => process.exit(1));
  };
  process.on('SIGTERM', close);
  process.on('SIGINT', close);
  console.log(`Leadlight hub at ${hub.url}, API at ${hub.url}/docs`);
  // Started by another program: say when it may go on, and end with it.
  process.on('disconnect', close);
  process.send?.('ready');
}

main().catch((error: NodeJS.ErrnoException) => {
  const taken = error.code === 'EADDRINUSE';
  console.error(taken ? `The port is taken by another program. Set LEADLIGHT_PORT to a free one, or stop that program.` : error.name === 'ConfigError' ? error.message : `The hub cannot start: ${error.message}`);
  process.exitCode = 1;
});
