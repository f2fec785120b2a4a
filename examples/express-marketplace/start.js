// The whole shop: its database, its tables, its people and products, and its server. `npm start` builds its pages before.
import { execFileSync } from 'node:child_process';
import { createApp } from './server/app.js';
import { openChatSocket } from './server/chat-socket.js';
import { openDatabase } from './server/database.js';
import { startPostgres } from './server/postgres.js';
import { fill } from './server/seed.js';

const port = Number(process.env.PORT ?? 3000);
const postgres = process.env.DATABASE_URL ? null : await startPostgres();
process.env.DATABASE_URL ??= postgres.url;

const { db, pool } = openDatabase(process.env.DATABASE_URL);
const { rows } = await pool.query(`select to_regclass('public.users') is null as "isNew"`);
if (rows[0].isNew) {
  const schemaTool = './node_modules/.bin/drizzle-kit';
  execFileSync(schemaTool, ['push'], { cwd: import.meta.dirname, stdio: ['ignore', 'ignore', 'inherit'] });
  await fill(db);
}

const { app, session, heard } = createApp(db, pool);
const server = app.listen(port, '127.0.0.1', () => {
  console.log(`the database is ${process.env.DATABASE_URL}`);
  console.log(`log in as bea@harbour-hotels.example or anna@dockside.example, password "dockside"`);
  console.log(`the shop is at http://127.0.0.1:${server.address().port}`);
});
openChatSocket(server, session, heard);

async function stop() {
  server.close();
  server.closeAllConnections();
  await pool.end();
  await postgres?.stop();
  process.exit(0);
}
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
