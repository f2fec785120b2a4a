import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import connectPg from 'connect-pg-simple';
import { eq } from 'drizzle-orm';
import { Router } from 'express';
import expressSession from 'express-session';
import passport from 'passport';
import { Strategy } from 'passport-local';
import { users } from './schema.js';

const derive = promisify(scrypt);

export async function hashPassword(password) {
  const salt = randomBytes(16).toString('hex');
  return `${salt}:${(await derive(password, salt, 32)).toString('hex')}`;
}

async function isPassword(password, hash) {
  const [salt, expected] = (hash ?? ':').split(':');
  const derived = await derive(password, salt, 32);
  return expected.length === 64 && timingSafeEqual(derived, Buffer.from(expected, 'hex'));
}

/** The name that others see. */
export const nameOf = (user) =>
  user?.companyName ||
  [user?.firstName, user?.lastName].filter(Boolean).join(' ') ||
  user?.email ||
  'Former customer';

export function sessions(pool) {
  const Store = connectPg(expressSession);
  return expressSession({
    store: new Store({ pool, tableName: 'session' }),
    secret: process.env.SESSION_SECRET ?? 'only for trying it out',
    resave: false,
    saveUninitialized: false,
    cookie: { sameSite: 'lax', maxAge: 30 * 24 * 3600 * 1000 },
  });
}

export function logins(db) {
  passport.use(
    new Strategy({ usernameField: 'email' }, async (email, password, done) => {
      const user = await db.query.users.findFirst({ where: eq(users.email, email) });
      const isRight = await isPassword(password, user?.passwordHash);
      done(null, isRight && user.isActive !== false ? user : false);
    }),
  );
  passport.serializeUser((user, done) => done(null, user.id));
  passport.deserializeUser(async (id, done) => {
    const user = await db.query.users.findFirst({ where: eq(users.id, id) });
    done(null, user && user.isActive !== false ? user : false);
  });
  return [passport.initialize(), passport.session()];
}

export const signedIn = (request, response, next) =>
  request.user ? next() : response.status(401).json({ error: 'Please log in' });

export const adminsOnly = (request, response, next) =>
  request.user?.role === 'admin' ? next() : response.status(403).json({ error: 'For the team of the shop' });

export const shown = (user) => user && { id: user.id, name: nameOf(user), role: user.role };

export function accounts() {
  const router = Router();
  router.post('/login', passport.authenticate('local'), (request, response) =>
    response.json(shown(request.user)),
  );
  router.post('/logout', (request, response, next) =>
    request.logout((error) => (error ? next(error) : response.sendStatus(204))),
  );
  return router;
}
