/** `@haggle/react/client`: the server for TypeScript, without React. */
export type { Api, OutgoingMessage, PagePlace } from './api.ts';
export { createHaggleClient, type HaggleClient, type HaggleClientOptions } from './client.ts';
export type { ConnectionSnapshot } from './connection/connection.ts';
export {
  CloseCode,
  type ConnectionStatus,
  type Effect,
  type Event,
  type State,
  type StateName,
  statusOf,
  stopped,
  transition,
} from './connection/machine.ts';
export type { Environment } from './environment.ts';
export { HaggleError, type HaggleErrorKind } from './errors.ts';
export type { ClientFrame, ServerFrame, Since } from './frames.ts';
export { acceptedFiles, limits } from './limits.ts';
export type { NewMessage, Outbox } from './outbox/outbox.ts';
export type { OutboxItem, OutboxState } from './outbox/outbox-state.ts';
export type * from './public-types.ts';
