// A chat server as it is written in most marketplaces: Express, a pool of pg, ws, and the schema of the
// original design. One transaction stores a message; who is there hears of it over a WebSocket.
import { createServer } from 'node:http';
import express from 'express';
import jwt from 'jsonwebtoken';
import pg from 'pg';
import { WebSocketServer } from 'ws';

const { DATABASE_URL, JWT_SECRET } = process.env;
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 16 });
const app = express();
const sockets = new Map();

app.use(express.json());

app.use((request, response, next) => {
  try {
    const token = request.headers.authorization?.replace('Bearer ', '');
    request.userId = jwt.verify(token, JWT_SECRET).sub;
    next();
  } catch {
    response.status(401).json({ error: 'Unauthorized' });
  }
});

app.post('/api/chat/conversations/:id/messages', async (request, response) => {
  const { content } = request.body;
  if (!content?.trim()) {
    return response.status(400).json({ error: 'Validation Error', fields: { content: 'Message content is required' } });
  }
  const client = await pool.connect();
  try {
    const found = await client.query('select * from conversations where id = $1', [request.params.id]);
    const conversation = found.rows[0];
    if (!conversation) {
      return response.status(404).json({ error: 'Not Found', message: 'Conversation not found' });
    }
    const isBuyer = conversation.buyer_id === request.userId;
    if (!isBuyer && conversation.supplier_id !== request.userId) {
      return response.status(403).json({ error: 'Forbidden' });
    }
    const receiverId = isBuyer ? conversation.supplier_id : conversation.buyer_id;
    await client.query('begin');
    const inserted = await client.query(
      `insert into messages (conversation_id, sender_id, receiver_id, sender_type, message)
       values ($1, $2, $3, $4, $5) returning *`,
      [conversation.id, request.userId, receiverId, isBuyer ? 'buyer' : 'supplier', content],
    );
    const unread = isBuyer ? 'unread_count_supplier' : 'unread_count_buyer';
    await client.query(
      `update conversations set last_message = $2, last_message_at = now(), ${unread} = ${unread} + 1 where id = $1`,
      [conversation.id, content],
    );
    await client.query('commit');
    const message = inserted.rows[0];
    const frame = JSON.stringify({ type: 'message', payload: { conversationId: conversation.id, message } });
    for (const userId of [request.userId, receiverId]) {
      for (const socket of sockets.get(userId) ?? []) socket.send(frame);
    }
    return response.status(201).json({ message });
  } catch (error) {
    await client.query('rollback');
    console.error(error);
    return response.status(500).json({ error: 'Internal Server Error' });
  } finally {
    client.release();
  }
});

app.get('/api/chat/unread-count', async (request, response) => {
  const counted = await pool.query(
    `select coalesce(sum(case when buyer_id = $1 then unread_count_buyer else unread_count_supplier end), 0)::int as count
     from conversations where buyer_id = $1 or supplier_id = $1`,
    [request.userId],
  );
  response.json(counted.rows[0]);
});

const server = createServer(app);
new WebSocketServer({ server, path: '/api/chat/ws' }).on('connection', (socket) => {
  socket.once('message', (data) => {
    const { payload } = JSON.parse(data);
    const userId = jwt.verify(payload.token, JWT_SECRET).sub;
    sockets.set(userId, (sockets.get(userId) ?? new Set()).add(socket));
    socket.on('close', () => sockets.get(userId)?.delete(socket));
    socket.send(JSON.stringify({ type: 'ready', payload: {} }));
  });
});
server.listen(0, '127.0.0.1', () => console.log(`listening on http://127.0.0.1:${server.address().port}`));
process.on('SIGTERM', () => process.exit(0));
