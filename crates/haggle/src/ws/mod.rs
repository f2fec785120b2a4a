//! The WebSocket at `/api/chat/ws`.
