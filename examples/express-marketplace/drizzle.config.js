import { defineConfig } from 'drizzle-kit';

// Once the old chat is closed, its tables and what stands in their place are Haggle's business.
const isClosed = process.env.CHAT === 'haggle';

export default defineConfig({
  dialect: 'postgresql',
  schema: ['./server/schema.js', ...(isClosed ? [] : ['./server/chat-schema.js'])],
  tablesFilter: isClosed ? ['!conversations', '!messages', '!*_before_haggle'] : undefined,
  dbCredentials: { url: process.env.DATABASE_URL },
});
