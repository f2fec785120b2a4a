import { sql } from 'drizzle-orm';
import { boolean, index, integer, json, pgTable, text, timestamp, varchar } from 'drizzle-orm/pg-core';

export const id = () => varchar('id').primaryKey().default(sql`gen_random_uuid()`);

export const users = pgTable('users', {
  id: id(),
  email: varchar('email').unique(),
  passwordHash: text('password_hash'),
  firstName: varchar('first_name'),
  lastName: varchar('last_name'),
  companyName: varchar('company_name'),
  // 'buyer', 'admin', and 'warehouse', who packs and does not write to anybody.
  role: text('role').notNull().default('buyer'),
  isActive: boolean('is_active'),
  isOnline: boolean('is_online').default(false),
  lastSeen: timestamp('last_seen'),
  createdAt: timestamp('created_at').defaultNow(),
});

export const products = pgTable('products', {
  id: id(),
  name: text('name').notNull(),
  slug: text('slug').notNull().unique(),
  description: text('description'),
  priceCents: integer('price_cents').notNull(),
  images: text('images').array(),
  createdAt: timestamp('created_at').defaultNow(),
});

// The bell in the header: orders and news. It has nothing to do with the chat.
export const notifications = pgTable('notifications', {
  id: id(),
  userId: varchar('user_id').notNull(),
  title: text('title').notNull(),
  body: text('body'),
  isRead: boolean('is_read').default(false),
  createdAt: timestamp('created_at').defaultNow(),
});

// As connect-pg-simple wants it.
export const session = pgTable(
  'session',
  {
    sid: varchar('sid').primaryKey(),
    sess: json('sess').notNull(),
    expire: timestamp('expire', { precision: 6 }).notNull(),
  },
  (table) => [index('IDX_session_expire').on(table.expire)],
);
