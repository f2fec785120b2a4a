import { Router } from 'express';
import { adminsOnly } from './accounts.js';

// Plain SQL over the tables of the chat, as the people who do the figures wrote it.
const perCustomer = `
  select coalesce(nullif(u.company_name, ''), concat_ws(' ', u.first_name, u.last_name)) as customer,
         count(distinct c.id)::int as conversations,
         count(m.id)::int as messages,
         count(m.id) filter (where m.sender_id = c.buyer_id)::int as questions,
         to_char(max(m.created_at), 'YYYY-MM-DD') as latest
  from conversations c
  join users u on u.id = c.buyer_id
  left join messages m on m.conversation_id = c.id
  group by u.id
  order by messages desc, customer`;

export function reports(pool) {
  const router = Router();
  router.get('/reports/customers', adminsOnly, async (_request, response) => {
    response.json((await pool.query(perCustomer)).rows);
  });
  return router;
}
