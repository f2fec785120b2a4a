import { EventEmitter } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import express from 'express';
import { accounts, logins, sessions, shown } from './accounts.js';
import { chat } from './chat.js';
import { reports } from './reports.js';
import { shop } from './shop.js';

/** `old`: the shop's own chat. `both`: that and Haggle. `haggle`: the old one is closed. */
const mode = process.env.CHAT ?? 'old';

export function createApp(db, pool) {
  const folder = join(import.meta.dirname, '..');
  const uploads = process.env.UPLOADS_DIR ?? join(folder, 'uploads');
  mkdirSync(uploads, { recursive: true });

  const heard = new EventEmitter();
  const session = [sessions(pool), ...logins(db)];
  const app = express();
  app.disable('x-powered-by');
  app.use(express.static(join(folder, 'dist'), { index: false }));
  app.use(
    '/uploads',
    express.static(uploads, { setHeaders: (response) => response.set('Content-Disposition', 'attachment') }),
  );
  app.use(session, express.json());

  app.get('/api/me', (request, response) => response.json({ user: shown(request.user) ?? null, chat: mode }));
  app.use('/api', accounts(), shop(db), reports(pool));
  if (mode !== 'haggle') app.use('/api', chat(db, uploads, heard));
  app.use('/api', (_request, response) => response.status(404).json({ error: 'There is no such thing' }));

  // Every other address is a page.
  app.use((_request, response) => response.sendFile(join(folder, 'dist/index.html')));
  app.use((error, _request, response, _next) => {
    console.error(error);
    response.status(error.status ?? 500).json({ error: 'Something went wrong' });
  });
  return { app, session, heard };
}
