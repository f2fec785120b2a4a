import { and, asc, desc, eq } from 'drizzle-orm';
import { Router } from 'express';
import { signedIn } from './accounts.js';
import { notifications, products } from './schema.js';

export function shop(db) {
  const router = Router();

  router.get('/products', async (_request, response) => {
    response.json(await db.select().from(products).orderBy(asc(products.name)));
  });

  router.get('/products/:slug', async (request, response) => {
    const product = await db.query.products.findFirst({ where: eq(products.slug, request.params.slug) });
    if (!product) return response.status(404).json({ error: 'There is no such product' });
    response.json(product);
  });

  router.get('/notifications', signedIn, async (request, response) => {
    const mine = eq(notifications.userId, request.user.id);
    response.json(await db.select().from(notifications).where(mine).orderBy(desc(notifications.createdAt)));
  });

  router.post('/notifications/:id/read', signedIn, async (request, response) => {
    const mine = and(eq(notifications.id, request.params.id), eq(notifications.userId, request.user.id));
    await db.update(notifications).set({ isRead: true }).where(mine);
    response.sendStatus(204);
  });

  return router;
}
