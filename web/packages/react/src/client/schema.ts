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
    "/api/chat/attachments/resumable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begins an upload in several requests, as tus 1.0.0 has it. Its bytes follow by PATCH at the
         *     address in `Location`, within 24 hours.
         */
        post: operations["begin_resumable_upload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/chat/attachments/resumable/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The file that an upload has become: what POST of a whole file answers. */
        get: operations["get_resumable_upload"];
        put?: never;
        post?: never;
        /** Ends an upload, and removes what is here of it. A file that it has become stays. */
        delete: operations["cancel_resumable_upload"];
        options?: never;
        /** How many bytes of an upload are here. A request that still writes there ends first. */
        head: operations["ask_resumable_upload"];
        /**
         * More bytes of an upload, from `Upload-Offset` on. With the last of them the file is looked at, as one
         *     that is uploaded at once, and refused in the same way: then the upload is over.
         */
        patch: operations["append_to_resumable_upload"];
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
    "/api/chat/conversations/{id}/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every file of a conversation, newest message first; for those who may read its messages. */
        get: operations["list_files"];
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
    "/api/chat/conversations/{id}/offers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Makes an offer: a message whose text says the terms in words. At most one is open in a conversation. A retry with a
         *     known `clientMessageId` answers 200 with the first result.
         */
        post: operations["make_offer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/chat/conversations/{id}/offers/{offerId}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accepts an open offer of the other side, in the version that was seen. However many answer at the same time, one
         *     is taken.
         */
        post: operations["accept_offer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/chat/conversations/{id}/offers/{offerId}/decline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Declines an open offer of the other side. */
        post: operations["decline_offer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/chat/conversations/{id}/offers/{offerId}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Withdraws the caller's own open offer. Its message cannot be changed or taken back. */
        post: operations["withdraw_offer"];
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
    "/api/chat/offers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An offer as it stands, with all that counter each other. */
        get: operations["get_offer"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/chat/preferences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How the caller wants to hear of messages while away. */
        get: operations["get_preferences"];
        /** Says how the caller wants to hear of messages while away. */
        put: operations["put_preferences"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/chat/push/key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The key that browsers subscribe with. */
        get: operations["get_push_key"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/chat/push/subscriptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Remembers a browser of the caller's. At most ten; the oldest goes. */
        post: operations["subscribe_push"];
        /** Forgets a browser of the caller's; one that is not known is forgotten already. */
        delete: operations["unsubscribe_push"];
        options?: never;
        head?: never;
        patch?: never;
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
    "/api/chat/requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Asks each supplier in a conversation of their own, which is opened where there is none; none learns of the others.
         *     It costs one message and at most one conversation of the caller's limits. A retry with a known `clientMessageId`
         *     answers 200 with the first request.
         */
        post: operations["request_quotation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/chat/requests/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The request and what became of it at each supplier. A supplier who was asked sees only their own answer. */
        get: operations["get_request"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/chat/requests/{id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Closes the caller's request: what is open of the other suppliers is declined with the message, and who has not
         *     answered is told.
         */
        post: operations["close_request"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/chat/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Messages that say something, newest first, of the conversations that the caller may see. What was sent or
         *     changed is found within 5 seconds. Marks nothing as read.
         */
        get: operations["search_messages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
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
    "/api/chat/unsubscribe": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A page that asks whether there should be no more mails. Only a post ends them: programs open links
         *     too.
         */
        get: operations["unsubscribe_page"];
        put?: never;
        /** Ends the mails of the person whose link it is, whatever the body says. */
        post: operations["unsubscribe"];
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
    "/api/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every endpoint, the oldest first. Secrets are not shown again. */
        get: operations["list_webhooks"];
        put?: never;
        /** Adds an endpoint. Everything that happens from the answer on is told to it. The answer alone has its secret. */
        post: operations["add_webhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Removes an endpoint with all that waits for it. */
        delete: operations["remove_webhook"];
        options?: never;
        head?: never;
        /** Changes an endpoint, or switches it off or on. */
        patch: operations["change_webhook"];
        trace?: never;
    };
    "/api/webhooks/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was told to an endpoint in the last 30 days, newest first. */
        get: operations["list_webhook_deliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks/{id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Makes another secret, which only the answer has. For 24 hours the one before signs beside it. */
        post: operations["rotate_webhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks/deliveries/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sends it once more, whatever became of it, under the same `webhook-id`. */
        post: operations["replay_webhook_delivery"];
        delete?: never;
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
        /**
         * @description A new endpoint.
         * @example {
         *       "events": [
         *         "message.created"
         *       ],
         *       "url": "https://shop.example/haggle"
         *     }
         */
        AddWebhook: {
            /** @description `*` is what it is without it. */
            events?: components["schemas"]["WebhookFilter"][] | null;
            /** @description By https, on the public internet, without a user in it. */
            url: string;
        };
        /**
         * @example {
         *       "rev": 1
         *     }
         */
        AnswerOffer: {
            /** @description Said beside the answer, of at most 2,000 characters. */
            note?: string | null;
            /**
             * Format: int64
             * @description The version of the offer that was seen.
             */
            rev: number;
        };
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
        AuditAction: "created" | "opened" | "joined" | "left" | "sent" | "edited" | "deleted" | "reacted" | "negotiated" | "viewed" | "downloaded" | "refused" | "settings_changed" | "blocked" | "unblocked" | "closed" | "reopened" | "reported" | "report_judged";
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
            /** @description Which offer was made, answered or ended. */
            offer?: string;
            /**
             * @description Why an administrator took a message back, closed a conversation or opened it again, or what
             *     somebody reported.
             */
            reason?: string;
            /** @description Which report was made or judged. */
            report?: string;
            /** @description Which request was put. */
            request?: string;
            /** @description What became of the report or of the offer; `requested` of a request. */
            state?: string;
            /** @description Of a conversation that was created. */
            type?: components["schemas"]["ConversationType"];
            /**
             * @description What was looked at or refused: `conversation`, `messages`, `files`, `events`, `missed`, `send`,
             *     `mark_read`, `typing`, `join`, `leave`, `attachment`, `correct`, `take_back`, `react`, `versions`,
             *     `search`, `settings`, `open`, `block`, `close`, `report`, `make_offer`, `answer_offer`, `offer`,
             *     `request_quotation` or `request`.
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
        /** @description An address from which mails came back. */
        Bounced: {
            address: string;
            /** Format: date-time */
            failedAt: string;
            /**
             * Format: int64
             * @description Mails that came back; no more are sent after three.
             */
            failures: number;
            /** @description What the mail server said last. */
            reason: string;
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
        /**
         * @description What is to change; what is left out stays.
         * @example {
         *       "isActive": false
         *     }
         */
        ChangeWebhook: {
            events?: components["schemas"]["WebhookFilter"][] | null;
            isActive?: boolean | null;
            url?: string | null;
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
         * @example {
         *       "message": "Thank you, we have decided."
         *     }
         */
        CloseRequest: {
            acceptedOfferId?: components["schemas"]["Id"] | null;
            /** @description To the other suppliers, of at most 2,000 characters. */
            message?: string | null;
        };
        /**
         * @description What went wrong, for programs. Codes may be added; a client treats one that it does not know as
         *     the status says.
         * @enum {string}
         */
        Code: "attachment_not_found" | "bad_frame" | "blocked" | "closed" | "conflict" | "conversation_not_found" | "deleted" | "edit_window_over" | "forbidden" | "foreign_origin" | "gone" | "held" | "host_owned" | "infected" | "internal" | "message_not_found" | "locked" | "method_not_allowed" | "not_found" | "not_participant" | "offer_changed" | "offer_not_found" | "offer_not_open" | "offer_open" | "not_yours" | "payload_too_large" | "precondition_failed" | "range_not_satisfiable" | "rate_limited" | "request_not_found" | "taken" | "timeout" | "type_not_allowed" | "unauthorized" | "unavailable" | "unknown_type" | "unsupported_media_type" | "upgrade_required" | "user_not_found" | "validation_failed";
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
            /** @description The newest offer made here; absent before the first. */
            offer?: components["schemas"]["ConversationOffer"];
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
        /** @description A file with the message that carries it. */
        ConversationFile: components["schemas"]["File"] & {
            /**
             * Format: date-time
             * @description When it was sent.
             */
            createdAt: string;
            messageId: string;
            /** @description As the message has it. */
            senderId: string | null;
            senderName: string;
            /**
             * Format: int64
             * @description Of that message.
             */
            seq: number;
        };
        /** @description Newest message first; the files of one message in its order. */
        ConversationFilePage: {
            files: components["schemas"]["ConversationFile"][];
            /** @description Whether there are older ones. */
            hasMore: boolean;
            /** @description Pass it as `cursor` for the next page; null on the last. */
            nextCursor: string | null;
        };
        /** @description The newest offer of a conversation, as a list shows it. */
        ConversationOffer: {
            id: string;
            /** @description The place from which it was made: buyer or supplier. */
            role: components["schemas"]["Role"];
            state: components["schemas"]["OfferState"];
        };
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
            /** @description Absent where no mail is sent. */
            mail?: components["schemas"]["MailCounts"];
            /** @description Each endpoint, and what waits for it. */
            webhooks: components["schemas"]["WebhookCounts"][];
        };
        /**
         * @description What became of an event on its way to an endpoint.
         * @enum {string}
         */
        DeliveryState: "waiting" | "delivered" | "failed";
        /** @description A product of the marketplace, with the supplier who offers it. */
        DirectoryProduct: {
            id: string;
            image: string;
            name: string;
            supplierId: string | null;
        };
        /**
         * @description How often mails about what was missed come.
         * @enum {string}
         */
        EmailFrequency: "off" | "now" | "hourly" | "daily";
        /** @description Nothing is said. */
        Empty: Record<string, never>;
        /**
         * @description Which browser is to hear no more. Its whole subscription may be sent.
         * @example {
         *       "endpoint": "https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV"
         *     }
         */
        EndPush: {
            endpoint: string;
        };
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
            /** @description Absent: it may be opened. */
            state?: components["schemas"]["FileState"];
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
        /**
         * @description Why a file cannot be opened.
         * @enum {string}
         */
        FileState: "held" | "infected";
        Health: {
            /** @example ok */
            status: string;
        };
        /** @description Any id that a client names: opaque, at most 128 bytes. */
        Id: string;
        /**
         * @description Rules of delivery: Incoterms 2020.
         * @enum {string}
         */
        Incoterm: "EXW" | "FCA" | "CPT" | "CIP" | "DAP" | "DPU" | "DDP" | "FAS" | "FOB" | "CFR" | "CIF";
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
            /** @description Present, and true, where offers can be made. */
            offers?: boolean;
            /**
             * Format: int32
             * @description For so long one's own message can be taken back; 0 is never.
             */
            retractMinutes: number;
        };
        /** @description Mails about messages that are not read. */
        MailCounts: {
            /** @description The newest addresses from which mails came back, at most 50. */
            bounced: components["schemas"]["Bounced"][];
            /**
             * Format: date-time
             * @description Since when a mail waits that could go out; null: none is late.
             */
            oldest: string | null;
            /**
             * Format: int64
             * @description Addresses that get no more mails because too many came back.
             */
            stopped: number;
            /**
             * Format: int64
             * @description People to whom a mail may be owed, now or later.
             */
            waiting: number;
        };
        MakeOffer: {
            /** @description Chosen by the client; a retry with the same one returns the first result. */
            clientMessageId?: string | null;
            counters?: components["schemas"]["Id"] | null;
            /** @description Said beside the terms, of at most 2,000 characters. It is part of the message's text. */
            note?: string | null;
            terms: components["schemas"]["Terms"];
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
            /**
             * Format: int64
             * @description The `rev` of the conversation with the last change of this message; absent of one that is as it was sent. Of
             *     two copies the one with the higher is the newer.
             */
            changedRev?: number;
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
            /** @description Of a message that is an offer: the offer as it is now; absent otherwise. */
            offer?: components["schemas"]["Offer"];
            /** @description In the order in which they were first given; absent where there is none. */
            reactions?: components["schemas"]["Reaction"][];
            /**
             * @description The main recipient: of a buyer the supplier, else the administrator; of anybody else the buyer.
             *     Null when nobody is there.
             */
            receiverId: string | null;
            /** @description The message that it answers, as that is now; absent where it answers none. */
            replyTo?: components["schemas"]["ReplyTo"];
            /** @description Of a message that asks for an offer: what is asked for; absent otherwise. */
            request?: components["schemas"]["MessageRequest"];
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
        /** @description The request that a message puts. */
        MessageRequest: {
            id: string;
            terms: components["schemas"]["Terms"];
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
        /** @description A message that is an offer or tells of an answer, and the offer as it is by now. */
        Negotiated: {
            message: components["schemas"]["Message"];
            offer: components["schemas"]["Offer"];
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
        /** @description An offer as it stands. */
        Offer: {
            /**
             * Format: date-time
             * @description When it was accepted, declined, withdrawn or countered; null while it is open, and when it has expired.
             */
            answeredAt: string | null;
            answeredBy: string | null;
            /** @description Who made it. */
            by: string;
            conversationId: string;
            /** Format: date-time */
            createdAt: string;
            id: string;
            /** @description The message that it is. */
            messageId: string;
            /** @description The request that it answers; absent where there is none. */
            requestId?: string;
            /**
             * Format: int64
             * @description 1, and one more with every change. An answer names the one that was seen.
             */
            rev: number;
            /** @description Their place: buyer or supplier. The other side answers. */
            role: components["schemas"]["Role"];
            state: components["schemas"]["OfferState"];
            /** @description The offer that counters this one. */
            supersededBy: string | null;
            /** @description The offer that this one counters. */
            supersedes: string | null;
            terms: components["schemas"]["Terms"];
            totals: components["schemas"]["Totals"];
            /** Format: date-time */
            validUntil: string;
        };
        OfferChain: {
            /** @description All that counter each other, oldest first, this one among them. */
            chain: components["schemas"]["Offer"][];
            offer: components["schemas"]["Offer"];
        };
        OfferItem: {
            /** @description On one line, of at most 200 characters. */
            name: string;
            productId?: components["schemas"]["Id"] | null;
            /** @description More than 0. */
            quantity: string;
            /** @description On one line, of at most 40 characters, such as `pcs` or `kg`. */
            unit: string;
            /** @description An offer needs it, a request must not have it. */
            unitPrice?: string;
        };
        /**
         * @description What became of an offer: open, and then one of the others for ever.
         * @enum {string}
         */
        OfferState: "open" | "accepted" | "declined" | "withdrawn" | "expired" | "countered";
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
        Preferences: {
            /**
             * @description Mails about what was not read: none, one for a conversation as soon as may be, or one that gathers, at
             *     most every hour or in the morning.
             */
            email: components["schemas"]["EmailFrequency"];
            /**
             * @description Of mails and push messages: a tag like `en` or `ar-EG`.
             * @example en
             */
            language: string;
            /** @description Whether the browsers that subscribed show what was missed. */
            push: boolean;
            quietHours: components["schemas"]["QuietHours"] | null;
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
            /** @description With `offer_not_open`, `offer_changed` and `offer_open`: the offer as it is. */
            offer?: components["schemas"]["Offer"];
            /** @description Also in the header `x-request-id`, and in the server's log. */
            requestId: string;
        };
        Product: {
            id: string;
            image: string;
            name: string;
        };
        PushKey: {
            /** @description For `applicationServerKey`: a point of P-256 in base64url. */
            publicKey: string;
        };
        PushKeys: {
            auth: string;
            p256dh: string;
        };
        /**
         * @description What a browser hands over: the JSON of its `PushSubscription`.
         * @example {
         *       "endpoint": "https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV",
         *       "expirationTime": null,
         *       "keys": {
         *         "auth": "BTBZMqHH6r4Tts7J_aSIgg",
         *         "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
         *       }
         *     }
         */
        PushSubscription: {
            /** @description Where messages for this browser are posted to. */
            endpoint: string;
            keys: components["schemas"]["PushKeys"];
        };
        /**
         * @description All of them; what is left out is as at the beginning.
         * @example {
         *       "email": "daily",
         *       "language": "en",
         *       "push": true,
         *       "quietHours": {
         *         "from": "22:00",
         *         "timeZone": "Europe/Berlin",
         *         "to": "07:00"
         *       }
         *     }
         */
        PutPreferences: {
            email: components["schemas"]["EmailFrequency"];
            language?: string | null;
            push: boolean;
            quietHours?: components["schemas"]["QuietHours"] | null;
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
        /** @description Times of the day between which nothing is sent; past midnight where the first is the later one. */
        QuietHours: {
            /** @example 22:00 */
            from: string;
            /**
             * @description A name of the IANA's.
             * @example Europe/Berlin
             */
            timeZone: string;
            /** @example 07:00 */
            to: string;
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
        /** @description A request with what became of it at each supplier. A supplier sees only their own answer. */
        Request: {
            /** @description What the buyer named when it was closed; null for a supplier whose offer it is not. */
            acceptedOfferId: string | null;
            /** @description In the order in which they were asked. Who may not be written to is not among them. */
            answers: components["schemas"]["RequestAnswer"][];
            /**
             * Format: date-time
             * @description Null while the buyer still wants answers.
             */
            closedAt: string | null;
            /** Format: date-time */
            createdAt: string;
            id: string;
            terms: components["schemas"]["Terms"];
        };
        RequestAnswer: {
            conversationId: string;
            offer: components["schemas"]["Offer"] | null;
            state: components["schemas"]["RequestState"];
            /** @description The supplier's user. */
            supplierId: string;
        };
        RequestQuotation: {
            /**
             * @description Chosen by the client; a retry with the same one returns the first request, and goes on with it where it was
             *     cut.
             */
            clientMessageId?: string | null;
            /** @description Said beside the terms, of at most 2,000 characters. */
            note?: string | null;
            /** @description Suppliers' ids, or the ids of their users: 1 to 20. */
            supplierIds: components["schemas"]["Id"][];
            /** @description Without prices. */
            terms: components["schemas"]["Terms"];
        };
        /**
         * @description How a request stands with one of those who were asked.
         * @enum {string}
         */
        RequestState: "waiting" | "offered" | "declined" | "accepted";
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
        SearchResult: {
            conversationId: string;
            message: components["schemas"]["Message"];
            /**
             * @description The piece of the message that matches, or of the name of a file. Together its parts are at most some 200
             *     characters.
             */
            snippet: components["schemas"]["SnippetPiece"][];
        };
        /** @description Newest first. */
        SearchResults: {
            /** @description Whether there may be more. A page may be short, or empty, and this true: then there was much to look through. */
            hasMore: boolean;
            /** @description Pass it as `cursor` for the next page; null on the last. */
            nextCursor: string | null;
            results: components["schemas"]["SearchResult"][];
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
        /** @description A part of a text. */
        SnippetPiece: {
            /** @description It is what was looked for. */
            isMatch: boolean;
            text: string;
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
        /**
         * @description Amounts are decimal text: at most 12 digits, and behind a point at most 4, without sign and exponent. Texts are
         *     plain and cleaned as those of messages are.
         * @example {
         *       "currency": "EUR",
         *       "incoterm": "FOB",
         *       "items": [
         *         {
         *           "name": "Ball bearing 6204",
         *           "quantity": "500",
         *           "unit": "pcs",
         *           "unitPrice": "1.20"
         *         }
         *       ],
         *       "leadTimeDays": 30,
         *       "payment": "30 % in advance, the rest against documents",
         *       "place": "Shanghai",
         *       "validUntil": "2026-12-31T12:00:00.000Z"
         *     }
         */
        Terms: {
            /** @description ISO 4217. An offer needs it. */
            currency?: string;
            incoterm?: components["schemas"]["Incoterm"] | null;
            items: components["schemas"]["OfferItem"][];
            /** Format: int64 */
            leadTimeDays?: number;
            /** @description Of at most 500 characters. */
            payment?: string;
            /** @description What the incoterm is named for, of at most 200 characters: a place or a port. */
            place?: string;
            /** @description Of at most 2,000 characters. */
            remarks?: string;
            /**
             * Format: date-time
             * @description An offer needs it: later than now and at most a year ahead. Of a request, until when answers are wanted.
             */
            validUntil?: string;
        };
        /** @description The sum of quantity × unit price, rounded half up to the digits of the currency once, in the end. */
        Totals: {
            currency: string;
            net: string;
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
        /** @description An address of another system, which is told of what happens. */
        Webhook: {
            /** Format: date-time */
            createdAt: string;
            events: components["schemas"]["WebhookFilter"][];
            /**
             * Format: date-time
             * @description Since when nothing has arrived there; null while it is well.
             */
            failingSince: string | null;
            /** @description `settings`: the one of the server's settings. */
            id: string;
            /** @description Nothing is sent while it is false, nor kept for later. */
            isActive: boolean;
            /** @description What signs; only in the answer to whoever made it. */
            secret?: string;
            url: string;
        };
        /** @description An endpoint of webhooks, and how it is doing. */
        WebhookCounts: {
            /**
             * Format: int64
             * @description Deliveries that failed for good.
             */
            failed: number;
            /**
             * Format: date-time
             * @description Since when nothing has arrived there; null while it is well.
             */
            failingSince: string | null;
            id: string;
            isActive: boolean;
            /** @description Scheme and host of its address, as `https://shop.example`. */
            url: string;
            /**
             * Format: int64
             * @description Deliveries that will be tried.
             */
            waiting: number;
        };
        /** @description One event on its way to one endpoint. */
        WebhookDelivery: {
            /** Format: int32 */
            attempts: number;
            /** Format: date-time */
            createdAt: string;
            /** @description Why the last attempt failed. */
            error: string | null;
            /** @description The `webhook-id` that it has at every attempt. */
            eventId: string;
            id: string;
            /** Format: date-time */
            lastAttemptAt: string | null;
            /**
             * Format: date-time
             * @description Of one that waits.
             */
            nextAttemptAt: string | null;
            state: components["schemas"]["DeliveryState"];
            /**
             * Format: int32
             * @description The status that was answered last; null where there was no answer.
             */
            status: number | null;
            /** @description Of the event. */
            type: string;
        };
        /** @description Newest first. */
        WebhookDeliveryPage: {
            deliveries: components["schemas"]["WebhookDelivery"][];
            hasMore: boolean;
            /** @description Pass it as `cursor` for the next page; null on the last. */
            nextCursor: string | null;
        };
        /**
         * @description A type of event, a family of types like `offer.*`, or `*`
         * @enum {string}
         */
        WebhookFilter: "*" | "message.*" | "message.created" | "message.updated" | "message.deleted" | "conversation.*" | "conversation.created" | "conversation.updated" | "participant.*" | "participant.joined" | "participant.left" | "read.*" | "read.moved" | "user.*" | "user.erased" | "offer.*" | "offer.made" | "offer.accepted" | "offer.declined" | "offer.withdrawn" | "offer.countered" | "offer.expired" | "report.*" | "report.created" | "report.answered" | "report.dismissed" | "report.reopened";
        /** @description The oldest first. */
        Webhooks: {
            webhooks: components["schemas"]["Webhook"][];
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
            /** @description The virus scanner found something in it */
            422: {
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
            /** @description Its message was taken back, or a virus was found in it */
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
            /** @description It has not been checked for viruses yet */
            423: {
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
            /** @description Its message was taken back, or a virus was found in it */
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
            /** @description It has not been checked for viruses yet */
            423: {
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
    begin_resumable_upload: {
        parameters: {
            query?: never;
            header: {
                /** @description `1.0.0` */
                "Tus-Resumable": string;
                /** @description Bytes of the whole file */
                "Upload-Length": number;
                /** @description `filename` and the name in Base64 */
                "Upload-Metadata"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It begins; `Location` says where */
            201: {
                headers: {
                    /** @description Relative to this address */
                    Location?: string;
                    /** @description What is not finished by then is removed */
                    "Upload-Expires"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `Upload-Length` is missing, or 0 */
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
            /** @description Too many uploads are unfinished, or wait to be sent */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Another version of tus */
            412: {
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
    get_resumable_upload: {
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
            /** @description It can be sent */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["File"];
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
            /** @description There is none, or it is another's, or was refused */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Not all of it is here */
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
    cancel_resumable_upload: {
        parameters: {
            query?: never;
            header: {
                /** @description `1.0.0` */
                "Tus-Resumable": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone */
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
            /** @description There is none, or it is another's */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Another version of tus */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Another request writes there */
            423: {
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
    ask_resumable_upload: {
        parameters: {
            query?: never;
            header: {
                /** @description `1.0.0` */
                "Tus-Resumable": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description So many are here */
            200: {
                headers: {
                    /** @description The id to name in a message, once it is here and taken */
                    "Haggle-Attachment"?: string;
                    /** @description Bytes of the whole file */
                    "Upload-Length"?: number;
                    /** @description Bytes that are here */
                    "Upload-Offset"?: number;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No valid token or key */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description There is none, or it is another's, or was refused */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Another version of tus */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Another request writes there */
            423: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    append_to_resumable_upload: {
        parameters: {
            query?: never;
            header: {
                /** @description `1.0.0` */
                "Tus-Resumable": string;
                /** @description Bytes that are here already, as HEAD says it */
                "Upload-Offset": number;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/offset+octet-stream": number[];
            };
        };
        responses: {
            /** @description They are kept */
            204: {
                headers: {
                    /** @description The id to name in a message, once all of them are here */
                    "Haggle-Attachment"?: string;
                    /** @description Bytes that are here now */
                    "Upload-Offset"?: number;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The file is empty, broken, or an image that needs too much memory */
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
            /** @description There is none, or it is another's, or was refused */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description They came too slowly: less than 1 KiB/s over 30 s */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Another number of bytes is here */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Another version of tus */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description More than `Upload-Length` */
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
            /** @description The virus scanner found something in it */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Another request writes there */
            423: {
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
    list_audit: {
        parameters: {
            query?: {
                action?: "created" | "opened" | "joined" | "left" | "sent" | "edited" | "deleted" | "reacted" | "negotiated" | "viewed" | "downloaded" | "refused" | "settings_changed" | "blocked" | "unblocked" | "closed" | "reopened" | "reported" | "report_judged";
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
                /**
                 * @description Only those where somebody waits for the caller: the other side had the last word, or there is an offer or a
                 *     request that the caller can answer.
                 */
                needsReply?: boolean;
                /** @description Only where an offer is open, or one was accepted. */
                offers?: "open" | "accepted";
                /** @description Only those that the caller has pinned. */
                pinned?: boolean;
                /**
                 * @description Words, in any order, each part of a participant's name, of their company's, of the product's or of
                 *     the last message; without regard to case and accents.
                 */
                q?: string;
                /**
                 * @description `activity`, as without it: what the caller has pinned, then the rest, latest activity first. `waiting`: only those
                 *     where somebody waits for the caller, who waits longest first.
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
    list_files: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                /** @description Files of a page. */
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
                    "application/json": components["schemas"]["ConversationFilePage"];
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
    make_offer: {
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
                "application/json": components["schemas"]["MakeOffer"];
            };
        };
        responses: {
            /** @description It had been made before */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Negotiated"];
                };
            };
            /** @description It is open */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Negotiated"];
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
            /** @description Not the caller's to make */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such conversation, or offers are off */
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
            /** @description One is open already, or the one to counter is not; the body has it as it is */
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
    accept_offer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                offerId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AnswerOffer"];
            };
        };
        responses: {
            /** @description It is accepted, now or by the caller before */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Negotiated"];
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
            /** @description Not the caller's to answer */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is none, or offers are off */
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
            /** @description It is not open, or another version; the body has it as it is */
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
    decline_offer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                offerId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AnswerOffer"];
            };
        };
        responses: {
            /** @description It is declined, now or by the caller before */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Negotiated"];
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
            /** @description Not the caller's to answer */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is none, or offers are off */
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
            /** @description It is not open, or another version; the body has it as it is */
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
    withdraw_offer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                offerId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AnswerOffer"];
            };
        };
        responses: {
            /** @description It is withdrawn, now or by the caller before */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Negotiated"];
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
            /** @description Not the caller's to withdraw */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is none, or offers are off */
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
            /** @description It is not open, or another version; the body has it as it is */
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
    get_offer: {
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
                    "application/json": components["schemas"]["OfferChain"];
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
            /** @description Not of a conversation of the caller's */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is none, or offers are off */
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
    get_preferences: {
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
                    "application/json": components["schemas"]["Preferences"];
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
    put_preferences: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PutPreferences"];
            };
        };
        responses: {
            /** @description As they are now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Preferences"];
                };
            };
            /** @description A field is wrong */
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
    get_push_key: {
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
                    "application/json": components["schemas"]["PushKey"];
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
            /** @description This server sends no push messages */
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
    subscribe_push: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PushSubscription"];
            };
        };
        responses: {
            /** @description It is remembered */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description That is no subscription of a browser */
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
            /** @description This server sends no push messages */
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
    unsubscribe_push: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EndPush"];
            };
        };
        responses: {
            /** @description It is forgotten */
            204: {
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
            /** @description A cookie came from a page that may not use it */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description This server sends no push messages */
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
    request_quotation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RequestQuotation"];
            };
        };
        responses: {
            /** @description It had been made before */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Request"];
                };
            };
            /** @description The suppliers are asked */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Request"];
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
            /** @description Not a buyer */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description Offers are off */
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
            /** @description Too many were sent or opened */
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
    get_request: {
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
                    "application/json": components["schemas"]["Request"];
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
            /** @description There is none, or offers are off */
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
    close_request: {
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
                "application/json": components["schemas"]["CloseRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Request"];
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
            /** @description Not the buyer who asked */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description There is none, or offers are off */
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
            /** @description The offer named is not accepted; the body has it as it is */
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
    search_messages: {
        parameters: {
            query: {
                /** @description Only in this conversation. */
                conversationId?: string;
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                /** @description Not older than this. */
                from?: string;
                /** @description Messages of a page. */
                limit?: number;
                /**
                 * @description Words, in any order, each the beginning of one in the text or in the name of a file; without regard to case
                 *     and accents. At least two characters, or one of a script that writes words with so few.
                 */
                q: string;
                /** @description Older than this. */
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
                    "application/json": components["schemas"]["SearchResults"];
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
            /** @description The conversation is not the caller's */
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
            /** @description Too many searches at once */
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
    unsubscribe_page: {
        parameters: {
            query: {
                /** @description From the mail */
                token: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page with a button */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description The link is not complete: a page that says so */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
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
    unsubscribe: {
        parameters: {
            query: {
                /** @description From the mail */
                token: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description There are no more: a page that says so */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description The link is not complete */
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
    list_webhooks: {
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
                    "application/json": components["schemas"]["Webhooks"];
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
            /** @description The server has no API key */
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
    add_webhook: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddWebhook"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
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
            /** @description The server has no API key */
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
            /** @description There are 20 endpoints */
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
    remove_webhook: {
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
            /** @description Removed */
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
            /** @description There is none, or the server has no API key */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The server's settings give it */
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
    change_webhook: {
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
                "application/json": components["schemas"]["ChangeWebhook"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
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
            /** @description There is none, or the server has no API key */
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
            /** @description The server's settings give it: only isActive can change */
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
    list_webhook_deliveries: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                /** @description Deliveries of a page. */
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
                    "application/json": components["schemas"]["WebhookDeliveryPage"];
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
            /** @description There is none, or the server has no API key */
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
    rotate_webhook: {
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
                    "application/json": components["schemas"]["Webhook"];
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
            /** @description There is none, or the server has no API key */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
                };
            };
            /** @description The server's settings give it */
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
    replay_webhook_delivery: {
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
                    "application/json": components["schemas"]["WebhookDelivery"];
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
            /** @description There is none, or the server has no API key */
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
