// The shop's PostgreSQL by itself, so that it stays when the shop is started again.
import { startPostgres } from './server/postgres.js';

const postgres = await startPostgres();
console.log(`the database is ${postgres.url}`);

async function stop() {
  await postgres.stop();
  process.exit(0);
}
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
// It waits for one of them.
setInterval(() => undefined, 2 ** 30);
