/** Made by `npm run gen` from openapi.json and asyncapi.json. Never edit it. */

export interface paths {
    "/api/chat/attachments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Uploads a file. Name its id in a message within 24 hours. Images are turned upright and
         *     lose their metadata.
         */
        post: operations["upload_attachment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/chat/attachments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A file: for participants of its conversation and administrators, for its owner before it is
         *     sent, and for whoever holds a signed link.
         */
        get: operations["get_attachment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/chat/attachments/{id}/thumbnail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The thumbnail of an image, JPEG or PNG. */
        get: operations["get_thumbnail"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/chat/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who did what, when and from where, newest first; for administrators. With `format`, all
         *     entries that fit, as a file.
         */
        get: operations["list_audit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/chat/conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The caller's conversations, latest activity first. */
        get: operations["list_conversations"];
        put?: never;
        /** Opens a conversation, or finds the one that already has this purpose. */
        post: operations["open_conversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/chat/conversations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One conversation, as the caller sees it. */
        get: operations["get_conversation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/chat/conversations/{id}/block": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * The other side may no longer write here, nor open another conversation with the caller. They hear of
         *     it when they try.
         */
        put: operations["block_conversation"];
        post?: never;
        /** The other side may write here again. */
        delete: operations["unblock_conversation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/chat/conversations/{id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Nobody may write there any more. Both sides see the reason. */
        post: operations["close_conversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/chat/conversations/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who joined and left a conversation, newest first; for those who may read its messages. */
        get: operations["list_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/chat/conversations/{id}/join": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes the administrator's place, with everything so far read. Joining twice is fine. */
        post: operations["join_conversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/chat/conversations/{id}/leave": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Gives the administrator's place up; what they wrote stays. */
        post: operations["leave_conversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/chat/conversations/{id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Messages, newest first. Marks as read for the caller unless `markRead=false`. */
        get: operations["list_messages"];
        put?: never;
        /** Sends a message. A retry with a known `clientMessageId` answers 200 with the first result. */
        post: operations["send_message"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/chat/conversations/{id}/messages/{messageId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Takes back one's own message, for as long as `retractMinutes` of `GET /api/chat/limits` say; an administrator
         *     any, with a reason. It keeps its place without text and files. Again by the same person changes nothing.
         */
        delete: operations["take_back_message"];
        options?: never;
        head?: never;
        /**
         * Another text for one's own message, for as long as `editMinutes` of `GET /api/chat/limits` say. The same text
         *     again changes nothing.
         */
        patch: operations["correct_message"];
        trace?: never;
    };
    "/api/chat/conversations/{id}/messages/{messageId}/reactions/{emoji}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Puts a sign under a message: one character as people see it. It notifies nobody. One that is there already stays. */
        put: operations["react"];
        post?: never;
        /** Takes one's sign away. One that is not there stays away. */
        delete: operations["unreact"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/chat/conversations/{id}/messages/{messageId}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a message said before it was corrected or taken back; for administrators. Each look is audited. */
        get: operations["list_versions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/chat/conversations/{id}/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Moves the caller's read mark forward. */
        patch: operations["mark_read"];
        trace?: never;
    };
    "/api/chat/conversations/{id}/reopen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** People may write there again. */
        post: operations["reopen_conversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/chat/conversations/{id}/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Says that something is wrong with a conversation, or with a message of it. Administrators judge it. */
        post: operations["report_conversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/chat/conversations/{id}/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Archives, pins, mutes or marks a conversation for the caller alone, or undoes it. Their other
         *     sockets hear of it.
         */
        patch: operations["change_settings"];
        trace?: never;
    };
    "/api/chat/delivery": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What waits to leave the server and what could not, for administrators. What is not set up is absent. */
        get: operations["get_delivery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/chat/limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What this server is set to. What it does not have is absent. */
        get: operations["get_limits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/chat/notifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the caller missed while away. */
        get: operations["list_notifications"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/chat/notifications/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Marks notifications as read; the conversations themselves stay as they are. */
        patch: operations["mark_notifications_read"];
        trace?: never;
    };
    "/api/chat/replies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The caller's saved replies and, of a supplier, their company's, by name. */
        get: operations["list_replies"];
        put?: never;
        /** Keeps a reply: the caller's own, or their company's. */
        post: operations["add_reply"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/chat/replies/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Replaces a reply of the caller's, or of their company's. */
        put: operations["replace_reply"];
        post?: never;
        /** Deletes a reply of the caller's, or of their company's. */
        delete: operations["remove_reply"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/chat/reports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Reports, newest first; for administrators. */
        get: operations["list_reports"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/chat/reports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Says what becomes of a report; for administrators. */
        patch: operations["judge_report"];
        trace?: never;
    };
    "/api/chat/unread-count": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Unread messages of the caller, over all conversations. */
        get: operations["unread_count"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/chat/users/{id}/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether somebody with whom the caller shares a conversation is online. */
        get: operations["user_status"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/directory/products/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Creates or replaces a product. Conversations about it show the change at once. */
        put: operations["put_product"];
        post?: never;
        /** Deletes a product; its conversations stay, about nothing from then on. */
        delete: operations["delete_product"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/directory/suppliers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Creates or replaces a supplier. */
        put: operations["put_supplier"];
        post?: never;
        /** Deletes a supplier; its user and their conversations stay. */
        delete: operations["delete_supplier"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/directory/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Creates or replaces a user. Deactivating or demoting one takes effect within two seconds. */
        put: operations["put_user"];
        post?: never;
        /**
         * Deletes a user. The conversations of a buyer or supplier go with them; an
         *     administrator's messages stay.
         */
        delete: operations["delete_user"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The process answers. */
        get: operations["healthz"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Figures for Prometheus. Not here when they have an address of their own (`HAGGLE_METRICS_LISTEN`). */
        get: operations["prometheus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The server can do its work: the database answers, and nobody asked it to stop. */
        get: operations["readyz"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AttachmentType: {
            /** @description How the names of such files end, without the dot and in lower case. The bytes decide, not the name. */
            endings: string[];
            /** @example image/jpeg */
            type: string;
        };
        /**
         * @description What the audit tells of.
         * @enum {string}
         */
        AuditAction: "created" | "opened" | "joined" | "left" | "sent" | "edited" | "deleted" | "reacted" | "viewed" | "downloaded" | "refused" | "settings_changed" | "blocked" | "unblocked" | "closed" | "reopened" | "reported" | "report_judged";
        /** @description More about what was done. What is there depends on the action. */
        AuditDetail: {
            /** @description Of a conversation that was created: who was seated as its administrator, null for nobody. */
            admin?: string | null;
            /** @description Which file was downloaded. */
            attachment?: string;
            /**
             * @description Why somebody left who did not ask for it: `demoted`, they are no administrator any more;
             *     `deleted`, there is no account any more.
             */
            because?: string;
            /**
             * Format: int64
             * @description How many more like the entry before it there were within the minute.
             */
            count?: number;
            emoji?: string;
            /** @description What somebody set for themselves. */
            isArchived?: boolean;
            isMarkedUnread?: boolean;
            isPinned?: boolean;
            /** @description Whether the reaction was given, or taken away. */
            isSet?: boolean;
            /**
             * Format: int64
             * @description Of the newest message when somebody joined or left.
             */
            lastSeq?: number;
            /** @description Which message was corrected or taken back, or reacted to. */
            message?: string;
            /** @description Null: no longer. */
            mutedUntil?: string | null;
            /**
             * @description Why an administrator took a message back, closed a conversation or opened it again, or what
             *     somebody reported.
             */
            reason?: string;
            /** @description Which report was made or judged. */
            report?: string;
            /** @description What became of it. */
            state?: string;
            /** @description Of a conversation that was created. */
            type?: components["schemas"]["ConversationType"];
            /**
             * @description What was looked at or refused: `conversation`, `messages`, `events`, `missed`, `send`,
             *     `mark_read`, `typing`, `join`, `leave`, `attachment`, `correct`, `take_back`, `react`, `versions`,
             *     `search`, `settings`, `open`, `block`, `close` or `report`.
             */
            what?: string;
        };
        /** @description Who did what, when and from where. Never what was said. */
        AuditEntry: {
            action: components["schemas"]["AuditAction"];
            /** @description Null: whoever had a signed link. */
            actorId: string | null;
            /** Format: date-time */
            at: string;
            conversationId: string | null;
            detail: components["schemas"]["AuditDetail"];
            /** @description Of a message that was sent, the message's. */
            id: string;
            /** @description The other end of the connection. */
            ip: string | null;
            /** @description What the client calls itself, its first 256 characters. */
            userAgent: string | null;
        };
        /** @description Newest first. */
        AuditPage: {
            entries: components["schemas"]["AuditEntry"][];
            hasMore: boolean;
            /** @description Pass it as `cursor` for the next page; null on the last. */
            nextCursor: string | null;
        };
        Authenticate: {
            /** @description What was last seen of each conversation. Without it nothing is sent of what was missed. */
            since?: {
                [key: string]: components["schemas"]["Seen"];
            } | null;
            /** @description Without it the cookie of the handshake counts. */
            token?: string | null;
        };
        /**
         * @description What is left out stays as it is.
         * @example {
         *       "isPinned": true
         *     }
         */
        ChangeConversationSettings: {
            isArchived?: boolean | null;
            isMarkedUnread?: boolean | null;
            isPinned?: boolean | null;
            /**
             * Format: date-time
             * @description Null unmutes it; so does a time that has passed.
             */
            mutedUntil?: string | null;
        };
        ChangedConversation: {
            conversation: components["schemas"]["Conversation"];
        };
        ChangedConversationSettings: {
            settings: components["schemas"]["ConversationSettings"];
        };
        /** @description The first frame, within 10 seconds. It may be sent again with a fresh token of the same user, before the old one expires. */
        ClientAuthenticate: {
            payload?: null | components["schemas"]["Authenticate"];
            /** @enum {string} */
            type: "authenticate";
        };
        /** @description Everything that a client says. */
        ClientFrame: components["schemas"]["ClientAuthenticate"] | components["schemas"]["ClientResume"] | components["schemas"]["ClientTyping"] | components["schemas"]["ClientRead"] | components["schemas"]["ClientPing"];
        /** @description Asks for a `pong`. */
        ClientPing: {
            payload?: null | components["schemas"]["Empty"];
            /** @enum {string} */
            type: "ping";
        };
        /** @description The user has read this conversation, all of it or up to a message. */
        ClientRead: {
            /** @description The user has read this conversation, all of it or up to a message. */
            payload: components["schemas"]["MarkReadFrame"];
            /** @enum {string} */
            type: "read";
        };
        /** @description Further parts of a `since` that would not fit into one frame. Each is answered by its own `ready`. */
        ClientResume: {
            /** @description Further parts of a `since` that would not fit into one frame. Each is answered by its own `ready`. */
            payload: components["schemas"]["Resume"];
            /** @enum {string} */
            type: "resume";
        };
        /** @description The user types, or stopped. Say it again every few seconds while they do: it ends by itself within 6 seconds. */
        ClientTyping: {
            /**
             * @description The user types, or stopped. Say it again every few seconds while they do: it ends by itself within
             *     6 seconds.
             */
            payload: components["schemas"]["TypingFrame"];
            /** @enum {string} */
            type: "typing";
        };
        /**
         * @example {
         *       "reason": "The order is settled"
         *     }
         */
        CloseConversation: {
            /** @description Why; both sides see it. At most 500 characters. */
            reason: string;
        };
        /**
         * @description What went wrong, for programs. Codes may be added; a client treats one that it does not know as
         *     the status says.
         * @enum {string}
         */
        Code: "attachment_not_found" | "bad_frame" | "blocked" | "closed" | "conflict" | "conversation_not_found" | "deleted" | "edit_window_over" | "forbidden" | "foreign_origin" | "gone" | "host_owned" | "internal" | "message_not_found" | "method_not_allowed" | "not_found" | "not_participant" | "not_yours" | "payload_too_large" | "range_not_satisfiable" | "rate_limited" | "taken" | "timeout" | "type_not_allowed" | "unauthorized" | "unavailable" | "unknown_type" | "unsupported_media_type" | "upgrade_required" | "user_not_found" | "validation_failed";
        /** @description A conversation as one of its readers sees it. */
        Conversation: {
            /**
             * @description Who is written to by the other side no more: the reader themselves, and for administrators
             *     whoever it is. Absent for everybody else, and where there is no such thing.
             */
            blockedBy?: string;
            /**
             * Format: date-time
             * @description Since when nobody writes here any more; absent while people may.
             */
            closedAt?: string;
            /** @description Why an administrator has closed it. */
            closedReason?: string;
            /** Format: date-time */
            createdAt: string;
            id: string;
            /** @description A preview of the newest message on one line. */
            lastMessage: string | null;
            /** Format: date-time */
            lastMessageAt: string | null;
            /**
             * Format: int64
             * @description The `seq` up to which the reader has read; null for an administrator who has not joined.
             */
            lastReadSeq: number | null;
            /**
             * Format: int64
             * @description The `seq` of the newest message.
             */
            lastSeq: number;
            /**
             * Format: int64
             * @description The `rev` of the newest change of a message that had been sent before; absent where there was none. Whoever
             *     has loaded messages at a lower `rev` asks for them again, by `resume` or by GET.
             */
            messagesRev?: number;
            participants: components["schemas"]["Participants"];
            product?: components["schemas"]["Product"];
            /**
             * Format: int64
             * @description Raised by one with every durable change.
             */
            rev: number;
            /** @description What the reader has set for themselves; absent for an administrator who has not joined. */
            settings?: components["schemas"]["ConversationSettings"];
            /** @description What an earlier chat called it; absent otherwise. */
            subject?: string;
            type: components["schemas"]["ConversationType"];
            /**
             * Format: int64
             * @description Unread messages of the reader; 0 for an administrator who has not joined.
             */
            unreadCount: number;
        };
        /** @description An administrator joined or left. */
        ConversationEvent: {
            actorId: string | null;
            /** @description Null once the account is deleted. */
            actorName: string | null;
            /** Format: date-time */
            createdAt: string;
            id: string;
            /**
             * Format: int64
             * @description Of the newest message then; 0 before the first. Null where it is not known.
             */
            seq: number | null;
            type: components["schemas"]["ConversationEventType"];
        };
        /** @description Newest first. */
        ConversationEventPage: {
            events: components["schemas"]["ConversationEvent"][];
            /** @description Whether there are older ones. */
            hasMore: boolean;
            /** @description Pass it as `cursor` for the next page; null on the last. */
            nextCursor: string | null;
        };
        /**
         * @description What happened to the administrator's place of a conversation.
         * @enum {string}
         */
        ConversationEventType: "joined" | "left";
        ConversationPage: {
            conversations: components["schemas"]["Conversation"][];
            /** @description With `counts=true`. */
            counts?: components["schemas"]["Counts"];
            hasMore: boolean;
            /** @description Pass it as `cursor` for the next page; null on the last. */
            nextCursor: string | null;
        };
        /** @description What the reader has set; nobody else sees it. */
        ConversationSettings: {
            /** @description Left out of the list until there is a newer message, and longer while it is muted. */
            isArchived: boolean;
            /** @description Until the reader reads in it again. */
            isMarkedUnread: boolean;
            /** @description On top of the list. */
            isPinned: boolean;
            /**
             * Format: date-time
             * @description Until then it counts in no badge and tells of nothing; null when it is not muted.
             */
            mutedUntil: string | null;
        };
        /**
         * @description Who talks with whom.
         * @enum {string}
         */
        ConversationType: "buyer_supplier" | "buyer_admin" | "support";
        /**
         * @example {
         *       "content": "Could you quote 600 pieces?"
         *     }
         */
        CorrectMessage: {
            /** @description As when it was sent: plain text of at most 10,000 characters. Empty only where the message has files. */
            content: string;
        };
        /**
         * @description How many conversations each filter leaves of those that `view` and `q` name. Without `q`, what the
         *     caller has archived counts in `archived` alone.
         */
        Counts: {
            /** Format: int64 */
            all: number;
            /** Format: int64 */
            archived: number;
            /** Format: int64 */
            buyer_admin: number;
            /** Format: int64 */
            buyer_supplier: number;
            /** Format: int64 */
            needsReply: number;
            /** Format: int64 */
            pinned: number;
            /** Format: int64 */
            support: number;
            /**
             * Format: int64
             * @description Conversations, not messages.
             */
            unread: number;
            /** Format: int64 */
            waiting: number;
        };
        /** @description What waits to leave the server, and what could not. */
        Delivery: {
            jobs: components["schemas"]["JobCounts"];
        };
        /** @description A product of the marketplace, with the supplier who offers it. */
        DirectoryProduct: {
            id: string;
            image: string;
            name: string;
            supplierId: string | null;
        };
        /** @description Nothing is said. */
        Empty: Record<string, never>;
        /** @description A file of a message. */
        File: {
            /** Format: int32 */
            height?: number;
            id: string;
            /**
             * @description True of a link that came from an earlier chat: the file is somewhere else, its `type` is what its
             *     name promises, and its `size` is 0, which says that nobody knows it. Absent otherwise.
             */
            isExternal?: boolean;
            name: string;
            /**
             * Format: int64
             * @description Bytes.
             */
            size: number;
            thumbnailUrl?: string;
            /** @description A media type. */
            type: string;
            /**
             * @description A signed link, good for 15 minutes. Of an external file it is where that is, for as long as it is
             *     there.
             */
            url: string;
            /** Format: int32 */
            width?: number;
        };
        FiledReport: {
            id: string;
            state: components["schemas"]["ReportState"];
        };
        /**
         * @example {
         *       "reason": "off_platform",
         *       "text": "Asks to pay outside."
         *     }
         */
        FileReport: {
            messageId?: components["schemas"]["Id"] | null;
            reason: components["schemas"]["ReportReason"];
            /** @description In the reporter's words; at most 2,000 characters. */
            text?: string | null;
        };
        Health: {
            /** @example ok */
            status: string;
        };
        /** @description Any id that a client names: opaque, at most 128 bytes. */
        Id: string;
        /** @description Jobs of the outbox, of all servers. */
        JobCounts: {
            /**
             * Format: int64
             * @description Those that failed for good; `haggle jobs --replay` tries them again.
             */
            failed: number;
            /**
             * Format: date-time
             * @description When the job was due that waits longest; null: none is late.
             */
            oldest: string | null;
            /**
             * Format: int64
             * @description Those that will be tried, now or later.
             */
            waiting: number;
        };
        /**
         * @example {
         *       "answer": "We have talked with them.",
         *       "state": "answered"
         *     }
         */
        JudgeReport: {
            /** @description At most 2,000 characters. Without it, what was answered stays. */
            answer?: string | null;
            /** @description `open` takes back who judged it. */
            state: components["schemas"]["ReportState"];
        };
        /** @description What this server is set to, so that a client can say it before somebody meets it. */
        Limits: {
            /**
             * Format: int64
             * @description Bytes of a file.
             */
            attachmentBytes: number;
            /** Format: int32 */
            attachmentsPerMessage: number;
            attachmentTypes: components["schemas"]["AttachmentType"][];
            /**
             * Format: int32
             * @description 0 is unlimited.
             */
            conversationsPerHour: number;
            /**
             * Format: int32
             * @description For so long one's own message can be corrected; 0 is never.
             */
            editMinutes: number;
            /** @description Characters of a message, counted as Unicode code points without those at its ends that are blank. */
            messageCharacters: number;
            /**
             * Format: int32
             * @description 0 is unlimited.
             */
            messagesPerMinute: number;
            /**
             * Format: int32
             * @description For so long one's own message can be taken back; 0 is never.
             */
            retractMinutes: number;
        };
        MarkedNotifications: {
            /**
             * Format: int64
             * @description How many were unread before.
             */
            count: number;
            success: boolean;
        };
        MarkedRead: {
            success: boolean;
            /**
             * Format: int64
             * @description What is still unread in this conversation.
             */
            unreadCount: number;
        };
        /** @example {} */
        MarkNotificationsRead: {
            /** @description Without it, all of them. Ids of others are passed over. */
            ids?: components["schemas"]["Id"][] | null;
        };
        /** @example {} */
        MarkRead: {
            upTo?: components["schemas"]["Id"] | null;
        };
        MarkReadFrame: {
            conversationId: components["schemas"]["Id"];
            upTo?: components["schemas"]["Id"] | null;
        };
        Message: {
            /** @description Attachment ids. */
            attachments: string[];
            clientMessageId: string | null;
            conversationId: string;
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it was taken back; absent otherwise. Its text is empty then, and it has no files.
             */
            deletedAt?: string;
            /** @description Who took it back: the sender or an administrator. Absent once their account is gone. */
            deletedBy?: string;
            /**
             * Format: date-time
             * @description When it was corrected last; absent of a message that never was.
             */
            editedAt?: string;
            files: components["schemas"]["File"][];
            id: string;
            /** @description Every other participant has read it, and there is one. */
            isRead: boolean;
            kind: components["schemas"]["MessageKind"];
            message: string;
            /** @description In the order in which they were first given; absent where there is none. */
            reactions?: components["schemas"]["Reaction"][];
            /**
             * @description The main recipient: of a buyer the supplier, else the administrator; of anybody else the buyer.
             *     Null when nobody is there.
             */
            receiverId: string | null;
            /** @description The message that it answers, as that is now; absent where it answers none. */
            replyTo?: components["schemas"]["ReplyTo"];
            /** @description Null once an administrator's account is deleted, and of a former user of an earlier chat. */
            senderId: string | null;
            senderName: string;
            senderType: components["schemas"]["Role"];
            /**
             * Format: int64
             * @description 1, 2, 3 … without gaps in the conversation.
             */
            seq: number;
            /** @description What happened, of a system message; absent otherwise. */
            system?: components["schemas"]["SystemNote"];
        };
        /**
         * @description What a message is. Of every kind `message` says the same in words.
         * @enum {string}
         */
        MessageKind: "text" | "offer" | "request" | "system";
        /** @description Newest first. */
        MessagePage: {
            /** @description Whether there are older ones. */
            hasMore: boolean;
            /** @description Whether there are newer ones. */
            hasNewer: boolean;
            messages: components["schemas"]["Message"][];
            /** @description Pass it as `before` for the next older page; null when there is none. */
            nextCursor: string | null;
        };
        /** @description What a message said. */
        MessageVersion: {
            /**
             * Format: date-time
             * @description Since when it said so; null as it was sent.
             */
            editedAt: string | null;
            message: string;
        };
        /** @description Oldest first. The last is what the message says now, unless it was taken back. */
        MessageVersions: {
            versions: components["schemas"]["MessageVersion"][];
        };
        Notification: {
            conversationId: string;
            /**
             * Format: int64
             * @description Unread messages that this row stands for.
             */
            count: number;
            /** Format: date-time */
            createdAt: string;
            id: string;
            isRead: boolean;
            /** @description Of the newest message, on one line. */
            preview: string;
            /** @description Of the newest message. */
            senderName: string;
            /** @description The product's name, else the other side's. */
            title: string;
            /** Format: date-time */
            updatedAt: string;
        };
        /** @description Newest first; at most one unread for a conversation. */
        NotificationPage: {
            hasMore: boolean;
            /** @description Pass it as `cursor` for the next page; null on the last. */
            nextCursor: string | null;
            notifications: components["schemas"]["Notification"][];
        };
        /**
         * @description A supplier given makes `buyer_supplier`, an administrator without a supplier
         *     `buyer_admin`, neither `support`.
         * @example {
         *       "productId": "product-ball-bearing",
         *       "supplierId": "supplier-tanaka"
         *     }
         */
        OpenConversation: {
            adminId?: components["schemas"]["Id"] | null;
            buyerId?: components["schemas"]["Id"] | null;
            productId?: components["schemas"]["Id"] | null;
            supplierId?: components["schemas"]["Id"] | null;
            type?: components["schemas"]["ConversationType"] | null;
        };
        /** @description Somebody who sits in a conversation. */
        Participant: {
            /**
             * Format: int64
             * @description Minutes of working time in which a supplier usually answers: the median of their last 30 answers.
             */
            answersWithinMinutes?: number;
            /** @description The company that they speak for, where it is not what they are called by. */
            company?: string;
            id: string;
            isOnline: boolean;
            /**
             * Format: int64
             * @description The `seq` up to which this person has read.
             */
            lastReadSeq: number;
            /** @description The supplier's company where there is one, else the user's name. */
            name: string;
            /** @description A name of the time zone database, where the marketplace knows it. */
            timeZone?: string;
            /** @description When a supplier works, in their local time, as `Mo-Fr 08:00-12:00,13:00-17:00; Sa 09:00-12:00`. */
            workingHours?: string;
        };
        Participants: {
            admin?: components["schemas"]["Participant"];
            buyer: components["schemas"]["Participant"];
            supplier?: components["schemas"]["Participant"];
        };
        /** @description Every error looks like this. `code` is stable and meant for programs. */
        Problem: {
            code: components["schemas"]["Code"];
            /**
             * @description The name of the status.
             * @example Validation Error
             */
            error: string;
            /** @description Every wrong field with its reason. */
            fields?: {
                [key: string]: string;
            };
            /** @description What went wrong, in a sentence that may be shown. */
            message: string;
            /** @description Also in the header `x-request-id`, and in the server's log. */
            requestId: string;
        };
        Product: {
            id: string;
            image: string;
            name: string;
        };
        /**
         * @description What is said about a product.
         * @example {
         *       "image": "",
         *       "name": "Kitchen scale",
         *       "supplierId": "supplier-keller"
         *     }
         */
        PutProduct: {
            /** @description The address of a picture; empty when there is none. */
            image?: string | null;
            name: string;
            supplierId?: components["schemas"]["Id"] | null;
        };
        /**
         * @example {
         *       "name": "lead time",
         *       "text": "{{buyer}}, {{product}} leaves in two weeks."
         *     }
         */
        PutReply: {
            /** @description Whether it is the company's that a supplier speaks for. Left out, it stays with whom it is. */
            isShared?: boolean | null;
            /** @description One line of at most 80 characters. Nobody has two of one name, whatever its case and accents. */
            name: string;
            /** @description At most 4,000 characters. `{{buyer}}`, `{{product}}` and `{{me}}` are filled in by who writes. */
            text: string;
        };
        /**
         * @description What is said about a supplier.
         * @example {
         *       "name": "Keller AG",
         *       "userId": "user-keller"
         *     }
         */
        PutSupplier: {
            /** @description The company's name, shown in place of the user's. */
            name: string;
            /** @description The user who speaks for it; nobody speaks for two. */
            userId: components["schemas"]["Id"];
            /** @description When they work, in the local time of the user, as `Mo-Fr 08:00-12:00,13:00-17:00; Sa 09:00-12:00`. */
            workingHours?: string | null;
        };
        /**
         * @description What is said about a user.
         * @example {
         *       "email": "ute@example.com",
         *       "isActive": true,
         *       "name": "Ute Keller",
         *       "role": "supplier"
         *     }
         */
        PutUser: {
            /** @description The company that the user speaks for. A supplier's own name counts before it. */
            company?: string | null;
            email?: string | null;
            /** @description Somebody who is not active cannot sign in. Active when left out. */
            isActive?: boolean | null;
            name: string;
            role: components["schemas"]["Role"];
            /** @description A name of the time zone database, such as `Europe/Berlin`. */
            timeZone?: string | null;
        };
        /** @description One sign under a message. */
        Reaction: {
            emoji: string;
            /** @description In the order in which they gave it. */
            userIds: string[];
        };
        /** @example {} */
        ReopenConversation: {
            /** @description Why; at most 500 characters. */
            reason?: string | null;
        };
        /** @description A message that another one answers. */
        ReplyTo: {
            id: string;
            isDeleted: boolean;
            /**
             * @description On one line, of at most 200 characters; the name of the file of a message that is only a file. Empty once
             *     it was taken back.
             */
            preview: string;
            senderName: string;
            /** Format: int64 */
            seq: number;
        };
        Report: {
            answer: string | null;
            /** Format: date-time */
            answeredAt: string | null;
            /** @description Who judged it; null while it is open. */
            answeredBy: string | null;
            conversationId: string;
            /** Format: date-time */
            createdAt: string;
            id: string;
            /** @description Null: the conversation as a whole. */
            messageId: string | null;
            reason: components["schemas"]["ReportReason"];
            /** @description Null once their account is gone. */
            reporterId: string | null;
            state: components["schemas"]["ReportState"];
            text: string;
        };
        /** @description Newest first. */
        ReportPage: {
            /** @description Whether there are older ones. */
            hasMore: boolean;
            /** @description Pass it as `cursor` for the next page; null on the last. */
            nextCursor: string | null;
            reports: components["schemas"]["Report"][];
        };
        /**
         * @description Why somebody reports.
         * @enum {string}
         */
        ReportReason: "spam" | "fraud" | "abuse" | "off_platform" | "prohibited" | "other";
        /**
         * @description What became of a report.
         * @enum {string}
         */
        ReportState: "open" | "answered" | "dismissed";
        Resume: {
            /** @description What was last seen of each conversation. */
            since: {
                [key: string]: components["schemas"]["Seen"];
            };
        };
        /**
         * @description What somebody is in the marketplace.
         * @enum {string}
         */
        Role: "buyer" | "supplier" | "admin";
        /** @description By name. */
        SavedReplies: {
            replies: components["schemas"]["SavedReply"][];
        };
        SavedReply: {
            id: string;
            isShared: boolean;
            name: string;
            text: string;
        };
        /** @description What was last seen of a conversation: the `seq` of its newest message, or that and its `rev`. */
        Seen: number | {
            rev?: number | null;
            seq: number;
        };
        /**
         * @example {
         *       "clientMessageId": "3f2a-1",
         *       "content": "Could you quote 500 pieces?"
         *     }
         */
        SendMessage: {
            /** @description Ids of the caller's own uploads. */
            attachments?: components["schemas"]["Id"][] | null;
            /** @description Chosen by the client; a retry with the same one returns the first result. */
            clientMessageId?: string | null;
            /**
             * @description Plain text of at most 10,000 characters. Control characters are removed, and a space
             *     is put behind a `<` that would begin markup. Empty only with attachments.
             */
            content: string;
            replyTo?: components["schemas"]["Id"] | null;
        };
        SentMessage: {
            message: components["schemas"]["Message"];
        };
        /** @description The answer to `authenticate`. The socket closes with 4401 when the token expires, unless a fresh one comes before. */
        ServerAuthenticated: {
            /**
             * @description The answer to `authenticate`. The socket closes with 4401 when the token expires, unless a fresh one
             *     comes before.
             */
            payload: {
                connectionId: string;
                /** Format: date-time */
                expiresAt: string;
                userId: string;
            };
            /** @enum {string} */
            type: "authenticated";
        };
        /** @description A conversation was opened, somebody joined or left, or its product changed. With the recipient's own counters. */
        ServerConversationUpdated: {
            /**
             * @description A conversation was opened, somebody joined or left, or its product changed. With the recipient's own
             *     counters.
             */
            payload: {
                conversation: components["schemas"]["Conversation"];
                conversationId: string;
                /** Format: int64 */
                rev: number;
            };
            /** @enum {string} */
            type: "conversation_updated";
        };
        /** @description A frame was not done, and why. Three bad frames in a row close the socket with 4400. */
        ServerError: {
            /** @description A frame was not done, and why. Three bad frames in a row close the socket with 4400. */
            payload: {
                code: components["schemas"]["Code"];
                message: string;
            };
            /** @enum {string} */
            type: "error";
        };
        /** @description Everything that a server says. */
        ServerFrame: components["schemas"]["ServerAuthenticated"] | components["schemas"]["ServerMessage"] | components["schemas"]["ServerMessageUpdated"] | components["schemas"]["ServerRead"] | components["schemas"]["ServerConversationUpdated"] | components["schemas"]["ServerTyping"] | components["schemas"]["ServerOnlineStatus"] | components["schemas"]["ServerNotification"] | components["schemas"]["ServerReady"] | components["schemas"]["ServerReset"] | components["schemas"]["ServerPong"] | components["schemas"]["ServerError"];
        /** @description A message was sent, or was missed. It goes to every socket of every participant, the sender's included. */
        ServerMessage: {
            /**
             * @description A message was sent, or was missed. It goes to every socket of every participant, the sender's
             *     included.
             */
            payload: {
                conversationId: string;
                message: components["schemas"]["Message"];
                /**
                 * Format: int64
                 * @description Of the conversation, with this message.
                 */
                rev: number;
            };
            /** @enum {string} */
            type: "message";
        };
        /** @description A message that had been sent was corrected or taken back, or somebody reacted to it; or that was missed. It goes to every socket of every participant. Whoever has not loaded the message only moves `rev`. */
        ServerMessageUpdated: {
            /**
             * @description A message that had been sent was corrected or taken back, or somebody reacted to it; or that was missed.
             *     It goes to every socket of every participant. Whoever has not loaded the message only moves `rev`.
             */
            payload: {
                conversationId: string;
                /** @description As it is now. */
                message: components["schemas"]["Message"];
                /**
                 * Format: int64
                 * @description Of the conversation, with this change.
                 */
                rev: number;
            };
            /** @enum {string} */
            type: "message_updated";
        };
        /** @description One of the unread notifications. All of them follow `authenticated`. */
        ServerNotification: {
            /** @description One of the unread notifications. All of them follow `authenticated`. */
            payload: {
                notification: components["schemas"]["Notification"];
            };
            /** @enum {string} */
            type: "notification";
        };
        /** @description Somebody with whom the recipient shares a conversation came or went. */
        ServerOnlineStatus: {
            /** @description Somebody with whom the recipient shares a conversation came or went. */
            payload: {
                isOnline: boolean;
                /**
                 * Format: date-time
                 * @description When they were last here, where that is known; absent while they are.
                 */
                lastSeen?: string;
                userId: string;
            };
            /** @enum {string} */
            type: "online_status";
        };
        /** @description The answer to `ping`. Everything that happened before the ping has been said. */
        ServerPong: {
            /** @description The answer to `ping`. Everything that happened before the ping has been said. */
            payload: Record<string, never>;
            /** @enum {string} */
            type: "pong";
        };
        /** @description Somebody has read further. It goes to every socket of every participant, the reader's included. */
        ServerRead: {
            /** @description Somebody has read further. It goes to every socket of every participant, the reader's included. */
            payload: {
                conversationId: string;
                /** Format: int64 */
                lastReadSeq: number;
                /** Format: date-time */
                readAt: string;
                /**
                 * Format: int64
                 * @description Of the conversation, with this mark.
                 */
                rev: number;
                userId: string;
            };
            /** @enum {string} */
            type: "read";
        };
        /** @description Everything missed has been sent; also the answer to each `resume`. */
        ServerReady: {
            /** @description Everything missed has been sent; also the answer to each `resume`. */
            payload: Record<string, never>;
            /** @enum {string} */
            type: "ready";
        };
        /** @description Fetch again: this conversation, or everything where none is named. More was missed than is sent. */
        ServerReset: {
            /** @description Fetch again: this conversation, or everything where none is named. More was missed than is sent. */
            payload: {
                conversationId?: string;
            };
            /** @enum {string} */
            type: "reset";
        };
        /** @description Somebody types, or stopped. The server itself says that they stopped when nothing more is heard of it for 6 seconds. */
        ServerTyping: {
            /**
             * @description Somebody types, or stopped. The server itself says that they stopped when nothing more is heard of
             *     it for 6 seconds.
             */
            payload: {
                conversationId: string;
                isTyping: boolean;
                userId: string;
            };
            /** @enum {string} */
            type: "typing";
        };
        /** @description A supplier of the marketplace. */
        Supplier: {
            id: string;
            name: string;
            userId: string;
            workingHours?: string;
        };
        /**
         * @description What a system message tells of.
         * @enum {string}
         */
        SystemEvent: "closed" | "reopened" | "offer_accepted" | "offer_declined" | "offer_withdrawn" | "offer_expired" | "request_closed";
        /** @description What happened. `message` says it in words. */
        SystemNote: {
            /** @description Who did it. Null: the server itself, or somebody whose account is gone. */
            actorId: string | null;
            event: components["schemas"]["SystemEvent"];
            /** @description Of what offer. */
            offerId?: string;
            reason?: string;
        };
        /**
         * @example {
         *       "reason": "It names a person"
         *     }
         */
        TakeBackMessage: {
            /** @description Needed from an administrator who takes back what somebody else said. */
            reason?: string | null;
        };
        TypingFrame: {
            conversationId: components["schemas"]["Id"];
            /** @description True when it is left out. */
            isTyping?: boolean | null;
        };
        UnreadCount: {
            /**
             * Format: int64
             * @description Over all conversations in which the caller sits.
             */
            count: number;
        };
        /** @description A form with one file */
        Upload: {
            /**
             * Format: binary
             * @description One of the types that the server is set to take, by its bytes.
             */
            file: string;
        };
        /** @description A user of the marketplace. */
        User: {
            company?: string;
            email: string;
            id: string;
            isActive: boolean;
            name: string;
            role: components["schemas"]["Role"];
            timeZone?: string;
        };
        UserStatus: {
            id: string;
            isOnline: boolean;
            /**
             * Format: date-time
             * @description When they were last here; null for somebody who is, or never was.
             */
            lastSeen: string | null;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    upload_attachment: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["Upload"];
            };
        };
        responses: {
            /** @description It can be sent */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["File"];
                };
            };
            /** @description Empty, broken, not one `file`, or an image that needs too much memory */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid token or key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A cookie came from a page that may not use it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It came too slowly: less than 1 KiB/s over 30 s */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many uploads wait to be sent */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The file is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The type of the file is not allowed */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many uploads of this person at once */
            429: {
                headers: {
                    RateLimit?: string;
                    "RateLimit-Policy"?: string;
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A defect of the server */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The database cannot be reached; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_attachment: {
        parameters: {
            query?: {
                /** @description Seconds since 1970. */
                expires?: string;
                signature?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Its bytes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/msword": string;
                    "application/pdf": string;
                    "application/vnd.ms-excel": string;
                    "application/vnd.oasis.opendocument.presentation": string;
                    "application/vnd.oasis.opendocument.spreadsheet": string;
                    "application/vnd.oasis.opendocument.text": string;
                    "application/vnd.openxmlformats-officedocument.presentationml.presentation": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": string;
                    "application/zip": string;
                    "image/gif": string;
                    "image/heic": string;
                    "image/jpeg": string;
                    "image/png": string;
                    "image/tiff": string;
                    "image/vnd.dwg": string;
                    "image/vnd.dxf": string;
                    "image/webp": string;
                    "model/step": string;
                    "text/csv": string;
                    "text/plain": string;
                    "video/mp4": string;
                };
            };
            /** @description Those of its bytes that were asked for */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/msword": string;
                    "application/pdf": string;
                    "application/vnd.ms-excel": string;
                    "application/vnd.oasis.opendocument.presentation": string;
                    "application/vnd.oasis.opendocument.spreadsheet": string;
                    "application/vnd.oasis.opendocument.text": string;
                    "application/vnd.openxmlformats-officedocument.presentationml.presentation": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": string;
                    "application/zip": string;
                    "image/gif": string;
                    "image/heic": string;
                    "image/jpeg": string;
                    "image/png": string;
                    "image/tiff": string;
                    "image/vnd.dwg": string;
                    "image/vnd.dxf": string;
                    "image/webp": string;
                    "model/step": string;
                    "text/csv": string;
                    "text/plain": string;
                    "video/mp4": string;
                };
            };
            /** @description The client has it already */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `fields` names every wrong field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid token or key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Not the caller's; or the link is changed or expired */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is none */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Its message was taken back */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It has none of the bytes that were asked for */
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A defect of the server */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The database cannot be reached; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_thumbnail: {
        parameters: {
            query?: {
                /** @description Seconds since 1970. */
                expires?: string;
                signature?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Its bytes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": string;
                    "image/png": string;
                };
            };
            /** @description Those of its bytes that were asked for */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": string;
                    "image/png": string;
                };
            };
            /** @description The client has it already */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `fields` names every wrong field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid token or key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Not the caller's; or the link is changed or expired */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is none */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Its message was taken back */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It has none of the bytes that were asked for */
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A defect of the server */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The database cannot be reached; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_audit: {
        parameters: {
            query?: {
                action?: "created" | "opened" | "joined" | "left" | "sent" | "edited" | "deleted" | "reacted" | "viewed" | "downloaded" | "refused" | "settings_changed" | "blocked" | "unblocked" | "closed" | "reopened" | "reported" | "report_judged";
                /** @description Only what this user did. */
                actorId?: string;
                /** @description Only what was done in this conversation. */
                conversationId?: string;
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                /** @description Everything that fits, as a file. */
                format?: "csv" | "jsonl";
                /** @description Nothing older than this time. */
                from?: string;
                /** @description Entries of a page. An export has no pages. */
                limit?: number;
                /** @description Only what is older than this time. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditPage"];
                    "application/x-ndjson": string;
                    "text/csv": string;
                };
            };
            /** @description `fields` names every wrong field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid token or key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Not an administrator */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many of the caller's requests at once */
            429: {
                headers: {
                    RateLimit?: string;
                    "RateLimit-Policy"?: string;
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A defect of the server */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The database cannot be reached; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_conversations: {
        parameters: {
            query?: {
                /**
                 * @description Only those that the caller has archived, or only the others. Without it the others, and with `q`
                 *     both.
                 */
                archived?: boolean;
                /** @description Whether `counts` is in the answer. */
                counts?: boolean;
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                /** @description Conversations of a page. */
                limit?: number;
                /** @description Only those where the other side had the last word. */
                needsReply?: boolean;
                /** @description Only those that the caller has pinned. */
                pinned?: boolean;
                /**
                 * @description Words, in any order, each part of a participant's name, of their company's, of the product's or of
                 *     the last message; without regard to case and accents.
                 */
                q?: string;
                /**
                 * @description `activity`, as without it: what the caller has pinned, then the rest, latest activity first. `waiting`: only those
                 *     where the other side waits for an answer of the caller's, who waits longest first.
                 */
                sort?: "activity" | "waiting";
                type?: "buyer_supplier" | "buyer_admin" | "support";
                /**
                 * @description Only those where something waits to be read by the caller, or that they have marked as unread. What
                 *     they have muted is not among them.
                 */
                unread?: boolean;
                /** @description `all` is for administrators, and their default. */
                view?: "mine" | "all";
                /** @description Only those where nobody has answered the call for an administrator yet. */
                waiting?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationPage"];
                };
            };
            /** @description `fields` names every wrong field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid token or key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description `view=all` is for administrators */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many of the caller's requests at once */
            429: {
                headers: {
                    RateLimit?: string;
                    "RateLimit-Policy"?: string;
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A defect of the server */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The database cannot be reached; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    open_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpenConversation"];
            };
        };
        responses: {
            /** @description It existed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            /** @description It was created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            /** @description `fields` names every wrong field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid token or key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Another buyer or supplier was named */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A participant does not exist */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The body did not arrive in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than 256 KiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not `application/json` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many were created */
            429: {
                headers: {
                    RateLimit?: string;
                    "RateLimit-Policy"?: string;
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A defect of the server */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The database cannot be reached; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            /** @description No valid token or key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Not the caller's */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is none */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many of the caller's requests at once */
            429: {
                headers: {
                    RateLimit?: string;
                    "RateLimit-Policy"?: string;
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A defect of the server */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The database cannot be reached; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    block_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangedConversation"];
                };
            };
            /** @description No valid token or key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Neither its buyer nor its supplier */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such conversation */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nobody to block */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A defect of the server */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The database cannot be reached; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    unblock_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangedConversation"];
                };
            };
            /** @description No valid token or key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Neither its buyer nor its supplier */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such conversation */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is nobody to block */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A defect of the server */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The database cannot be reached; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    close_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CloseConversation"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangedConversation"];
                };
            };
            /** @description `fields` names every wrong field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid token or key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Not an administrator */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such conversation */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The body did not arrive in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than 256 KiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not `application/json` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A defect of the server */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The database cannot be reached; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_events: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                /** @description Events of a page. */
                limit?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationEventPage"];
                };
            };
            /** @description `fields` names every wrong field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid token or key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Not the caller's */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such conversation */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A defect of the server */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The database cannot be reached; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    join_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            /** @description No valid token or key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Not an administrator */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is none */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Another administrator has the place */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A defect of the server */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The database cannot be reached; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    leave_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            /** @description No valid token or key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Not an administrator */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is none */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller has not joined */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A defect of the server */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The database cannot be reached; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_messages: {
        parameters: {
            query?: {
                /** @description The messages directly newer than this one. */
                after?: string;
                /** @description Half a page on each side of this one, itself included. */
                around?: string;
                /** @description The messages directly older than this one. At most one of `before`, `after` and `around`. */
                before?: string;
                /** @description Messages of a page. */
                limit?: number;
                /** @description Whether the caller has then read up to the page's newest message. */
                markRead?: boolean;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessagePage"];
                };
            };
            /** @description `fields` names every wrong field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid token or key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Not the caller's */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such conversation */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many of the caller's requests at once */
            429: {
                headers: {
                    RateLimit?: string;
                    "RateLimit-Policy"?: string;
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A defect of the server */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The database cannot be reached; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    send_message: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SendMessage"];
            };
        };
        responses: {
            /** @description It had been sent before */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SentMessage"];
                };
            };
            /** @description It is stored */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SentMessage"];
                };
            };
            /** @description `fields` names every wrong field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid token or key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Not the caller's */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such conversation */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The body did not arrive in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than 256 KiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not `application/json` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many were sent */
            429: {
                headers: {
                    RateLimit?: string;
                    "RateLimit-Policy"?: string;
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A defect of the server */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The database cannot be reached; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    take_back_message: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                messageId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TakeBackMessage"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SentMessage"];
                };
            };
            /** @description `fields` names every wrong field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid token or key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Not the caller's, or too late */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such message */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The body did not arrive in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Somebody else took it back, or it is none that somebody wrote */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than 256 KiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not `application/json` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many were changed */
            429: {
                headers: {
                    RateLimit?: string;
                    "RateLimit-Policy"?: string;
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A defect of the server */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The database cannot be reached; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    correct_message: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                messageId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CorrectMessage"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SentMessage"];
                };
            };
            /** @description `fields` names every wrong field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid token or key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Not the caller's, or too late */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such message */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The body did not arrive in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It was taken back, or is none that somebody wrote */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than 256 KiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not `application/json` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many were changed */
            429: {
                headers: {
                    RateLimit?: string;
                    "RateLimit-Policy"?: string;
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A defect of the server */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The database cannot be reached; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    react: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                emoji: string;
                id: string;
                messageId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SentMessage"];
                };
            };
            /** @description Not one character */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid token or key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller does not sit there */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such message */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It was taken back, or there are 20 different ones */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many were changed */
            429: {
                headers: {
                    RateLimit?: string;
                    "RateLimit-Policy"?: string;
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A defect of the server */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The database cannot be reached; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    unreact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                emoji: string;
                id: string;
                messageId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SentMessage"];
                };
            };
            /** @description Not one character */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid token or key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller does not sit there */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such message */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description It was taken back */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many were changed */
            429: {
                headers: {
                    RateLimit?: string;
                    "RateLimit-Policy"?: string;
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A defect of the server */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The database cannot be reached; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_versions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                messageId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageVersions"];
                };
            };
            /** @description No valid token or key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Not an administrator */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such message */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A defect of the server */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The database cannot be reached; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    mark_read: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["MarkRead"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MarkedRead"];
                };
            };
            /** @description `fields` names every wrong field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid token or key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller does not sit there */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such conversation */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The body did not arrive in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than 256 KiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not `application/json` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A defect of the server */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The database cannot be reached; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reopen_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReopenConversation"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangedConversation"];
                };
            };
            /** @description `fields` names every wrong field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid token or key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Not an administrator */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such conversation */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The body did not arrive in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than 256 KiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not `application/json` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A defect of the server */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The database cannot be reached; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    report_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FileReport"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FiledReport"];
                };
            };
            /** @description `fields` names every wrong field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid token or key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller does not sit there */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such conversation */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The body did not arrive in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description 50 reports of the caller are open */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than 256 KiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not `application/json` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A defect of the server */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The database cannot be reached; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_settings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ChangeConversationSettings"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangedConversationSettings"];
                };
            };
            /** @description `fields` names every wrong field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid token or key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller does not sit there */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such conversation */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The body did not arrive in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than 256 KiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not `application/json` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A defect of the server */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The database cannot be reached; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_delivery: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delivery"];
                };
            };
            /** @description No valid token or key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Not an administrator */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A defect of the server */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The database cannot be reached; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_limits: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Limits"];
                };
            };
            /** @description No valid token or key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A defect of the server */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The database cannot be reached; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_notifications: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                /** @description Notifications of a page. */
                limit?: number;
                /** @description Only those that are not read. */
                unread?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotificationPage"];
                };
            };
            /** @description `fields` names every wrong field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid token or key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many of the caller's requests at once */
            429: {
                headers: {
                    RateLimit?: string;
                    "RateLimit-Policy"?: string;
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A defect of the server */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The database cannot be reached; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    mark_notifications_read: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["MarkNotificationsRead"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MarkedNotifications"];
                };
            };
            /** @description `fields` names every wrong field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid token or key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A cookie came from a page that may not use it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The body did not arrive in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than 256 KiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not `application/json` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A defect of the server */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The database cannot be reached; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_replies: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedReplies"];
                };
            };
            /** @description No valid token or key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A defect of the server */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The database cannot be reached; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    add_reply: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PutReply"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedReply"];
                };
            };
            /** @description `fields` names every wrong field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid token or key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A cookie came from a page that may not use it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The body did not arrive in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is one of this name, or there are 200 */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than 256 KiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not `application/json` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A defect of the server */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The database cannot be reached; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replace_reply: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PutReply"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedReply"];
                };
            };
            /** @description `fields` names every wrong field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid token or key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A cookie came from a page that may not use it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller has none of this id */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The body did not arrive in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is one of this name, or there are 200 */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than 256 KiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not `application/json` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A defect of the server */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The database cannot be reached; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    remove_reply: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No valid token or key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A cookie came from a page that may not use it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The caller has none of this id */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A defect of the server */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The database cannot be reached; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_reports: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                /** @description Reports of a page. */
                limit?: number;
                state?: "open" | "answered" | "dismissed";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportPage"];
                };
            };
            /** @description `fields` names every wrong field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid token or key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Not an administrator */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A defect of the server */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The database cannot be reached; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    judge_report: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["JudgeReport"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Report"];
                };
            };
            /** @description `fields` names every wrong field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid token or key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Not an administrator */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such report */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The body did not arrive in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than 256 KiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not `application/json` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A defect of the server */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The database cannot be reached; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    unread_count: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UnreadCount"];
                };
            };
            /** @description No valid token or key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A defect of the server */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The database cannot be reached; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    user_status: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserStatus"];
                };
            };
            /** @description No valid token or key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A stranger */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A defect of the server */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The database cannot be reached; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_product: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example product-keller */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PutProduct"];
            };
        };
        responses: {
            /** @description Replaced */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DirectoryProduct"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DirectoryProduct"];
                };
            };
            /** @description `fields` names every wrong field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid token or key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The directory API is off */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The body did not arrive in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The marketplace keeps the table itself */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than 256 KiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not `application/json` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A defect of the server */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The database cannot be reached; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_product: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example product-keller */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No valid token or key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is none, or the directory API is off */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The marketplace keeps the table itself */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A defect of the server */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The database cannot be reached; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_supplier: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example supplier-keller */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PutSupplier"];
            };
        };
        responses: {
            /** @description Replaced */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Supplier"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Supplier"];
                };
            };
            /** @description `fields` names every wrong field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid token or key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The directory API is off */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The body did not arrive in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The user speaks for another supplier, or the marketplace keeps the table itself */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than 256 KiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not `application/json` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A defect of the server */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The database cannot be reached; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_supplier: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example supplier-keller */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No valid token or key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is none, or the directory API is off */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The marketplace keeps the table itself */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A defect of the server */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The database cannot be reached; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_user: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example user-keller */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PutUser"];
            };
        };
        responses: {
            /** @description Replaced */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description `fields` names every wrong field */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description No valid token or key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The directory API is off */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The body did not arrive in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The marketplace keeps the table itself */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than 256 KiB */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not `application/json` */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A defect of the server */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The database cannot be reached; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_user: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example user-keller */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No valid token or key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is none, or the directory API is off */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The marketplace keeps the table itself */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description A defect of the server */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The database cannot be reached; try again */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    healthz: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
        };
    };
    prometheus: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description They have an address of their own */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readyz: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description Not now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
        };
    };
}

export const serverFrameTypes = ["authenticated","message","message_updated","read","conversation_updated","typing","online_status","notification","ready","reset","pong","error"] as const;
