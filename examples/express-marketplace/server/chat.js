import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm';
import express, { Router } from 'express';
import { adminsOnly, nameOf, signedIn } from './accounts.js';
import { conversations, messages } from './chat-schema.js';
import { products, users } from './schema.js';

/** The shop's own chat: customers write about products, somebody of the team answers. Each new message is an event of `heard`. */
export function chat(db, uploads, heard) {
  const router = Router();
  router.use(['/conversations', '/uploads'], signedIn);

  const isTeam = (user) => user.role === 'admin';
  /** The conversation in the address, if it is one of this person's. */
  async function own(request, response, next) {
    const conversation = await db.query.conversations.findFirst({
      where: eq(conversations.id, request.params.id),
    });
    if (!conversation) return response.status(404).json({ error: 'There is no such conversation' });
    const isMine = isTeam(request.user) || conversation.buyerId === request.user.id;
    if (!isMine) return response.status(403).json({ error: 'This is not your conversation' });
    request.conversation = conversation;
    next();
  }

  router.get('/conversations', async (request, response) => {
    const mine = isTeam(request.user) ? undefined : eq(conversations.buyerId, request.user.id);
    const rows = await db.select().from(conversations).where(mine).orderBy(desc(conversations.lastMessageAt));
    const people = await byId(
      users,
      rows.flatMap((row) => [row.buyerId, row.unreadCountAdmin]),
    );
    const things = await byId(
      products,
      rows.map((row) => row.productId),
    );
    response.json(
      rows.map((row) => ({
        id: row.id,
        with: nameOf(people.get(isTeam(request.user) ? row.buyerId : row.unreadCountAdmin)),
        product: things.get(row.productId)?.name ?? null,
        lastMessage: row.lastMessage,
        lastMessageAt: row.lastMessageAt,
        unread: isTeam(request.user) ? row.unreadCountSupplier : row.unreadCountBuyer,
      })),
    );
  });

  async function byId(table, ids) {
    const wanted = [...new Set(ids)].filter(Boolean);
    const rows = wanted.length ? await db.select().from(table).where(inArray(table.id, wanted)) : [];
    return new Map(rows.map((row) => [row.id, row]));
  }

  // Each click on "Ask about this" makes a new one.
  router.post('/conversations', async (request, response) => {
    const { productId = null, buyerId } = request.body;
    const admins = await db
      .select()
      .from(users)
      .where(eq(users.role, 'admin'))
      .orderBy(asc(users.createdAt), asc(users.id));
    const product = productId && (await db.query.products.findFirst({ where: eq(products.id, productId) }));
    const [created] = await db
      .insert(conversations)
      .values({
        buyerId: isTeam(request.user) ? buyerId : request.user.id,
        unreadCountAdmin: isTeam(request.user) ? request.user.id : (admins[0]?.id ?? 'admin'),
        productId,
        lastMessage: product ? `About ${product.name}` : null,
        lastMessageAt: new Date(),
      })
      .returning();
    response.status(201).json({ id: created.id });
  });

  router.delete('/conversations/:id', adminsOnly, own, async (request, response) => {
    await db.transaction(async (tx) => {
      await tx.delete(messages).where(eq(messages.conversationId, request.conversation.id));
      await tx.delete(conversations).where(eq(conversations.id, request.conversation.id));
    });
    response.sendStatus(204);
  });

  router.get('/conversations/:id/messages', own, async (request, response) => {
    const rows = await db
      .select()
      .from(messages)
      .where(eq(messages.conversationId, request.conversation.id))
      .orderBy(asc(messages.createdAt));
    const people = await byId(
      users,
      rows.map((row) => row.senderId),
    );
    response.json(rows.map((row) => ({ ...row, from: nameOf(people.get(row.senderId)) })));
  });

  router.post('/conversations/:id/messages', own, async (request, response) => {
    const { conversation, user } = request;
    const { message = '', attachments = [] } = request.body;
    if (!message.trim() && attachments.length === 0)
      return response.status(400).json({ error: 'Write something first' });
    const receiverId =
      user.id === conversation.buyerId ? conversation.unreadCountAdmin : conversation.buyerId;
    const unread = isTeam(user) ? 'unreadCountBuyer' : 'unreadCountSupplier';
    const sent = await db.transaction(async (tx) => {
      const [row] = await tx
        .insert(messages)
        .values({ conversationId: conversation.id, senderId: user.id, receiverId, message, attachments })
        .returning();
      await tx
        .update(conversations)
        .set({
          lastMessage: message || attachments[0],
          lastMessageAt: new Date(),
          [unread]: sql`coalesce(${conversations[unread]}, 0) + 1`,
        })
        .where(eq(conversations.id, conversation.id));
      return row;
    });
    heard.emit('message', sent);
    response.status(201).json(sent);
  });

  router.post('/conversations/:id/read', own, async (request, response) => {
    const toMe = isTeam(request.user)
      ? eq(messages.senderId, request.conversation.buyerId)
      : eq(messages.receiverId, request.user.id);
    await db
      .update(messages)
      .set({ isRead: true })
      .where(and(eq(messages.conversationId, request.conversation.id), eq(messages.isRead, false), toMe));
    await db
      .update(conversations)
      .set(isTeam(request.user) ? { unreadCountSupplier: 0 } : { unreadCountBuyer: 0 })
      .where(eq(conversations.id, request.conversation.id));
    response.sendStatus(204);
  });

  router.post('/uploads', express.raw({ type: () => true, limit: '10mb' }), async (request, response) => {
    const name = String(request.query.name)
      .replace(/[^\w.-]+/g, '-')
      .slice(-80);
    const file = `${randomBytes(8).toString('hex')}-${name}`;
    await writeFile(join(uploads, file), request.body);
    response.status(201).json({ url: `/uploads/${file}` });
  });

  return router;
}
