import type { AuditPage } from './types.ts';

/** Endpoints that the server's document does not describe yet, in the form of `schema.ts`. */
export interface LaterPaths {
  '/api/chat/audit': {
    get: {
      parameters: {
        query?: {
          limit?: number;
          cursor?: string;
          conversationId?: string;
          actorId?: string;
          action?: string;
        };
      };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': AuditPage } };
      };
    };
  };
}
