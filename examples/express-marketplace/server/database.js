import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import * as chat from './chat-schema.js';
import * as shop from './schema.js';

export function openDatabase(url) {
  const pool = new pg.Pool({ connectionString: url });
  // A connection that breaks while nobody uses it is not the end of the shop.
  pool.on('error', (error) => console.error(`database: ${error.message}`));
  return { pool, db: drizzle(pool, { schema: { ...shop, ...chat } }) };
}
