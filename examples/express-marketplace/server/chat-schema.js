import { boolean, integer, pgTable, text, timestamp, varchar } from 'drizzle-orm/pg-core';
import { id } from './schema.js';

// The tables of the shop's own chat.

export const conversations = pgTable('conversations', {
  id: id(),
  buyerId: varchar('buyer_id').notNull(),
  // Once a number. Since several administrators answer it is the id of the one who does.
  unreadCountAdmin: varchar('unread_count_admin').notNull(),
  lastMessage: text('last_message'),
  lastMessageAt: timestamp('last_message_at'),
  unreadCountBuyer: integer('unread_count_buyer').default(0),
  // What the shop has not read: it is its own supplier.
  unreadCountSupplier: integer('unread_count_supplier').default(0),
  productId: varchar('product_id'),
  createdAt: timestamp('created_at').defaultNow(),
});

export const messages = pgTable('messages', {
  id: id(),
  conversationId: varchar('conversation_id').notNull(),
  senderId: varchar('sender_id').notNull(),
  receiverId: varchar('receiver_id').notNull(),
  message: text('message').notNull(),
  attachments: text('attachments').array(),
  isRead: boolean('is_read').default(false),
  createdAt: timestamp('created_at').defaultNow(),
});
