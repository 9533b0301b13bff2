// n8n's own tables: PGlite behind a socket, one connection (n8n is told POOL_SIZE=1). Ends with whoever started it.
import { PGlite } from '@electric-sql/pglite';
import { uuid_ossp } from '@electric-sql/pglite/contrib/uuid_ossp';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';

const [dataDir, port] = process.argv.slice(2);
const db = await PGlite.create({ dataDir: dataDir!, extensions: { uuid_ossp } });
const server = new PGLiteSocketServer({ db, port: Number(port), host: '127.0.0.1', maxConnections: 20 });
await server.start();
process.send?.('ready');
const stop = async () => {
  await server.stop();
  await db.close();
  process.exit(0);
};
process.on('SIGTERM', stop);
process.on('SIGINT', () => undefined); // Ctrl-C reaches the whole group; n8n must close its connection first
process.on('disconnect', stop);
