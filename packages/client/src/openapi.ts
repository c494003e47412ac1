// Generated from spec/openapi.yaml by `pnpm generate`. Do not edit.

export interface paths {
    "/api/v1/bridge/apps/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the apps of the organisation
         * @description Oldest first.
         */
        get: operations["listApps"];
        put?: never;
        /**
         * Create an app
         * @description With `clone_from` the app joins the clone group of that app and shares its resource types. A `clone_from` that
         *     is not a UUID returns 400; one that is no app of this organisation returns 404.
         *
         *     If the key is limited to some apps, the new app is added to them. Such a key can't create an app with the name of an
         *     app outside its limit (409), because the copy would be fed instead of the original, and has at most 100 apps (409).
         */
        post: operations["createApp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bridge/apps/{app_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an app of this organisation. */
                app_id: components["parameters"]["AppId"];
            };
            cookie?: never;
        };
        /** Read an app */
        get: operations["getApp"];
        put?: never;
        post?: never;
        /**
         * Delete an app with its records, sessions and tasks
         * @description The clones of the app stay unchanged; the resource types of the clone group are deleted with its last app. Sessions
         *     are deleted with the app in any state; one that is being reconciled is no longer applied. The app no longer exists
         *     when the response is sent; its rows are deleted in the background.
         */
        delete: operations["deleteApp"];
        options?: never;
        head?: never;
        /** Rename an app or set its removal guard */
        patch: operations["updateApp"];
        trace?: never;
    };
    "/api/v1/bridge/apps/{app_id}/guard/preview/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an app of this organisation. */
                app_id: components["parameters"]["AppId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Show what other settings of the removal guard would have held
         * @description Judges the last 30 complete sessions by these settings. Changes nothing. Lost refs are known of sessions that lost at
         *     least `min_count` of the settings that they were judged by.
         */
        post: operations["previewGuard"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bridge/apps/{app_id}/export/{slug}/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an app of this organisation. */
                app_id: components["parameters"]["AppId"];
                /** @description Slug of a resource type of the app's clone group. */
                slug: components["parameters"]["Slug"];
            };
            cookie?: never;
        };
        /**
         * Export the records of a type
         * @description All records that the filter finds, streamed: as CSV, in which nothing can be taken for a formula, or as a `LiveRecord` in
         *     each line. An export that breaks off is not complete.
         */
        get: operations["exportRecords"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bridge/apps/{app_id}/capabilities/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an app of this organisation. */
                app_id: components["parameters"]["AppId"];
            };
            cookie?: never;
        };
        get?: never;
        /**
         * Set the capabilities of an app's connector
         * @description Replaces the previous capabilities, which the app shows as `capabilities`. From then on creating a task that the
         *     connector can't carry out is refused with advice (422). Only if the response to reading the app announces
         *     `capabilities`.
         */
        put: operations["setCapabilities"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bridge/apps/{app_id}/resource-types/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an app of this organisation. */
                app_id: components["parameters"]["AppId"];
            };
            cookie?: never;
        };
        /**
         * List the resource types of an app
         * @description The types belong to the clone group; every app of the group returns the same list.
         */
        get: operations["listResourceTypes"];
        put?: never;
        /**
         * Register a resource type
         * @description The type is registered for the whole clone group. A slug that the group already has returns 409. The slug
         *     `receipt` is reserved for a path and returns 422.
         */
        post: operations["createResourceType"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bridge/apps/{app_id}/resource-types/{slug}/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an app of this organisation. */
                app_id: components["parameters"]["AppId"];
                /** @description Slug of a resource type of the app's clone group. */
                slug: components["parameters"]["Slug"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove a resource type that has no records
         * @description Returns 409 if any app of the clone group has a record of the type, even an inactive one, or if a session may still add
         *     one: while a session of the group is open or not reconciled, and for the types in the pages of a session that the
         *     removal guard holds.
         */
        delete: operations["deleteResourceType"];
        options?: never;
        head?: never;
        /**
         * Rename a resource type
         * @description The name changes for the whole clone group; slug and type are fixed.
         */
        patch: operations["updateResourceType"];
        trace?: never;
    };
    "/api/v1/bridge/apps/{app_id}/sync/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an app of this organisation. */
                app_id: components["parameters"]["AppId"];
            };
            cookie?: never;
        };
        /**
         * List the sessions of an app
         * @description Newest first, as long as the retention keeps them.
         */
        get: operations["listSyncs"];
        put?: never;
        /**
         * Start a sync session
         * @description A session that is still `in_progress` becomes `abandoned` and its pages are discarded. A session that is
         *     `completing` goes on: its reconciliation runs before the one of this session. A session held by the removal guard is
         *     discarded.
         *
         *     With `X-Bridge-Generation`, a run is fenced: after a start of a newer generation, one of an older generation returns
         *     409 and changes nothing. So a runner that was replaced, and does not know it yet, replaces nobody's session.
         */
        post: operations["startSync"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bridge/apps/{app_id}/sync/{sync_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an app of this organisation. */
                app_id: components["parameters"]["AppId"];
                /** @description Id of a sync session of the app. */
                sync_id: components["parameters"]["SyncId"];
            };
            cookie?: never;
        };
        /** Read the status and progress of a session */
        get: operations["getSync"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bridge/apps/{app_id}/sync/{sync_id}/{slug}/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an app of this organisation. */
                app_id: components["parameters"]["AppId"];
                /** @description Id of a sync session of the app. */
                sync_id: components["parameters"]["SyncId"];
                /** @description Slug of a resource type of the app's clone group. */
                slug: components["parameters"]["Slug"];
            };
            cookie?: never;
        };
        get?: never;
        /**
         * Push a page of records
         * @description The page is durable when the response is sent, and stays staged until the session ends. The same id twice in a page
         *     returns 422; across pages the later page wins, so a page whose response was lost may be sent again. The schema of the
         *     records is that of the kind of `slug`. Records are returned as they were pushed; values for which that is impossible
         *     return 422: a duplicate field, and a number that a double can't represent, such as an integer beyond 2^53. Push such a
         *     number as a string.
         */
        put: operations["pushPage"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bridge/apps/{app_id}/sync/{sync_id}/receipt/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an app of this organisation. */
                app_id: components["parameters"]["AppId"];
                /** @description Id of a sync session of the app. */
                sync_id: components["parameters"]["SyncId"];
            };
            cookie?: never;
        };
        get?: never;
        /**
         * Store the runner's receipt with a session
         * @description Usage and findings of the run, kept as long as the session. A session has one receipt: the same one again returns 204, a
         *     different one 409. It has at most 64 KiB (413). Only if the response to starting the session announces `receipts`.
         */
        put: operations["putReceipt"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bridge/apps/{app_id}/sync/{sync_id}/complete/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an app of this organisation. */
                app_id: components["parameters"]["AppId"];
                /** @description Id of a sync session of the app. */
                sync_id: components["parameters"]["SyncId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Complete a session
         * @description The pushed records are complete: records that were not pushed become inactive. Runs asynchronously; poll the session.
         *     Returns 202 again if the session is `completing` or `completed`, so the call can be retried after a lost response.
         */
        post: operations["completeSync"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bridge/apps/{app_id}/sync/{sync_id}/abandon/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an app of this organisation. */
                app_id: components["parameters"]["AppId"];
                /** @description Id of a sync session of the app. */
                sync_id: components["parameters"]["SyncId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Abandon a session
         * @description Keeps the pushed records and removes nothing. Returns 204 again for a session abandoned by this call, and 409 for one
         *     replaced by a newer session, whose pages were discarded.
         */
        post: operations["abandonSync"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bridge/apps/{app_id}/sync/{sync_id}/confirm/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an app of this organisation. */
                app_id: components["parameters"]["AppId"];
                /** @description Id of a sync session of the app. */
                sync_id: components["parameters"]["SyncId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm a session that the removal guard holds, or retry a failed one
         * @description Reconciles a held session with all of its removals except the records of `keep`, which stay unchanged, with their refs
         *     and what these point to, until the next sync. Retries a failed session, which the guard judges again. Any other
         *     session returns 409. A record of `keep` that the session neither removes nor updates returns 422.
         */
        post: operations["confirmSync"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bridge/apps/{app_id}/sync/{sync_id}/discard/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an app of this organisation. */
                app_id: components["parameters"]["AppId"];
                /** @description Id of a sync session of the app. */
                sync_id: components["parameters"]["SyncId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Discard a session that the removal guard holds, or whose reconciliation fails
         * @description Deletes its pages and applies nothing. Any other session returns 409.
         */
        post: operations["discardSync"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bridge/apps/{app_id}/sync/{sync_id}/held/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an app of this organisation. */
                app_id: components["parameters"]["AppId"];
                /** @description Id of a sync session of the app. */
                sync_id: components["parameters"]["SyncId"];
            };
            cookie?: never;
        };
        /**
         * Explain why the removal guard holds a session
         * @description What the records that the session would remove have in common, and which groups and licenses lose the most refs. Looks
         *     at up to 1,000 removed and 1,000 active records of each resource type; `examined` has their number. If there are more
         *     they are a sample of the first few thousand by id, which is the same in each call. A session that is not held
         *     returns 409.
         */
        get: operations["explainHeld"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bridge/apps/{app_id}/sync/{sync_id}/changes/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an app of this organisation. */
                app_id: components["parameters"]["AppId"];
                /** @description Id of a sync session of the app. */
                sync_id: components["parameters"]["SyncId"];
            };
            cookie?: never;
        };
        /**
         * List the changes of a session
         * @description By slug and id. For a session that the removal guard holds, these are the changes that confirming it would make. A
         *     session that is not reconciled yet returns 409; one whose pages were discarded has no changes.
         */
        get: operations["listChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bridge/apps/{app_id}/records/{slug}/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an app of this organisation. */
                app_id: components["parameters"]["AppId"];
                /** @description Slug of a resource type of the app's clone group. */
                slug: components["parameters"]["Slug"];
            };
            cookie?: never;
        };
        /**
         * List the records of a type
         * @description By id, or with `text` by the matching value and then by id. Inactive records are included unless `status` excludes them. A page examines at most 5,000 records: with a filter it may contain few or none and still have a `next`, which continues from there.
         */
        get: operations["listRecords"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bridge/apps/{app_id}/records/{slug}/{record_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an app of this organisation. */
                app_id: components["parameters"]["AppId"];
                /** @description Slug of a resource type of the app's clone group. */
                slug: components["parameters"]["Slug"];
                /** @description Id of the record in the external system. */
                record_id: string;
            };
            cookie?: never;
        };
        /** Read a record */
        get: operations["getRecord"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bridge/apps/{app_id}/records/{slug}/{record_id}/history/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an app of this organisation. */
                app_id: components["parameters"]["AppId"];
                /** @description Slug of a resource type of the app's clone group. */
                slug: components["parameters"]["Slug"];
                /** @description Id of the record in the external system. */
                record_id: string;
            };
            cookie?: never;
        };
        /**
         * Read the history of a record
         * @description Newest first, as far back as sessions are kept. The first page also says since when an account has each of its refs,
         *     which tasks were about it, and why it was removed.
         */
        get: operations["getRecordHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bridge/apps/{app_id}/records/{slug}/{record_id}/members/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an app of this organisation. */
                app_id: components["parameters"]["AppId"];
                /** @description Slug of a resource type of the app's clone group. */
                slug: components["parameters"]["Slug"];
                /** @description Id of the record in the external system. */
                record_id: string;
            };
            cookie?: never;
        };
        /**
         * List the accounts in a group or with a license, now or then
         * @description Accounts that were removed by then are not among them. With `at`, those that are members still come first, and then
         *     those that are no longer. Returns 422 if that time is before what is kept (`kept_since`). A page looks at no more than
         *     5,000 changes: it may contain few accounts or none and still have a `next`, which continues from there.
         */
        get: operations["listMembers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bridge/apps/{app_id}/records/{slug}/{record_id}/seats/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an app of this organisation. */
                app_id: components["parameters"]["AppId"];
                /** @description Slug of a resource type of the app's clone group. */
                slug: components["parameters"]["Slug"];
                /** @description Id of the record in the external system. */
                record_id: string;
            };
            cookie?: never;
        };
        /**
         * Read the seats of a license over time
         * @description As its connector pushed them, newest first, as far back as sessions are kept. A page looks at no more than `limit`
         *     changes of the license: it may contain few points or none and still have a `next`, which continues from there.
         */
        get: operations["getSeatHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bridge/apps/{app_id}/tasks/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an app of this organisation. */
                app_id: components["parameters"]["AppId"];
            };
            cookie?: never;
        };
        /**
         * List tasks
         * @description In the order in which they became due. A scheduled task is `pending` once its time has come. With
         *     `status=pending` a task that a runner has claimed is left out until its lease expires, so that nobody else
         *     executes it; without a status it is listed with its `claim`.
         *
         *     `next` contains a `cursor`, an extension: its page starts after the last task of this one, so tasks reported in the
         *     meantime move no other task to a page that was already read, as they do with `offset` alone. A page with a cursor
         *     skips no rows; its `offset` is only used for `previous`.
         */
        get: operations["listTasks"];
        put?: never;
        /**
         * Create a task
         * @description The task is scheduled if `execute_after` is in the future, otherwise pending at once. Returns 422 for an account, group
         *     or license that the app does not have, a group under the wrong slug, and an action that the app's connector can't
         *     carry out, if its capabilities are known (see `Capabilities`).
         */
        post: operations["createTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bridge/apps/{app_id}/tasks/retry/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an app of this organisation. */
                app_id: components["parameters"]["AppId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Try failed tasks again
         * @description Makes a new task for each failed one that the filter finds, neither cancelled nor tried again before, by code and then
         *     the oldest first. One that the connector can't do any more is named with the reason and left as it is. With `preview`
         *     nothing is made.
         */
        post: operations["retryTasks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bridge/apps/{app_id}/tasks/undo/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an app of this organisation. */
                app_id: components["parameters"]["AppId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Undo completed tasks
         * @description Makes the inverse task of each, the last one first: unsuspend for suspend, removed for added. What can't be undone is
         *     named with the reason. With `preview` nothing is made. A task that the app does not have returns 422.
         */
        post: operations["undoTasks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bridge/apps/{app_id}/tasks/cancel/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an app of this organisation. */
                app_id: components["parameters"]["AppId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel several tasks
         * @description Cancels the tasks of `task_ids`, otherwise the oldest open ones that the filter finds, all in one step. One that has
         *     ended is named with the reason and left as it is; one that a runner has claimed may have been carried out all the
         *     same, which `left` says. With `preview` nothing is cancelled. A task that the app does not have returns 422.
         */
        post: operations["cancelTasks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bridge/apps/{app_id}/tasks/release/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an app of this organisation. */
                app_id: components["parameters"]["AppId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Release held tasks
         * @description Tasks beyond the budget of the hour are held (see `Task.held`). Releases those of `task_ids`, otherwise the 1,000
         *     oldest; one that is not held is left as it is. They come after the tasks that are pending already.
         */
        post: operations["releaseTasks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bridge/apps/{app_id}/tasks/claim/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an app of this organisation. */
                app_id: components["parameters"]["AppId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Claim pending tasks for one runner
         * @description Leases pending tasks to one runner, oldest first; nobody else is given them until the lease expires. Tasks of one
         *     account are handed out in their order, and while one of them is leased nobody is given the others. With
         *     `task_ids` just these are claimed, and a lease that the runner holds on them is renewed. A report ends the lease.
         *     With `begin` the Bridge keeps that the runner is about to execute them.
         */
        post: operations["claimTasks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bridge/apps/{app_id}/tasks/{task_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an app of this organisation. */
                app_id: components["parameters"]["AppId"];
                /** @description Id of a task of the app. */
                task_id: components["parameters"]["TaskId"];
            };
            cookie?: never;
        };
        /** Read a task with its history */
        get: operations["getTask"];
        put?: never;
        post?: never;
        /**
         * Cancel a task that has not ended
         * @description The task ends as `failed` with a message that it was cancelled; the report of a runner that has it in flight returns
         *     409. A task that is `completed` or `failed` returns 409.
         */
        delete: operations["cancelTask"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bridge/apps/{app_id}/tasks/{task_id}/status/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an app of this organisation. */
                app_id: components["parameters"]["AppId"];
                /** @description Id of a task of the app. */
                task_id: components["parameters"]["TaskId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Report the outcome of a task
         * @description The outcome is final: a task that is already `completed` or `failed` returns 409, and so does one that is still
         *     `scheduled`.
         */
        patch: operations["reportTask"];
        trace?: never;
    };
    "/api/v1/bridge/apps/export/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export how every app is doing
         * @description All apps in the order of their creation, streamed: as CSV, in which nothing can be taken for a formula, or as an
         *     `AppOverview` in each line. An export that breaks off is not complete.
         */
        get: operations["exportApps"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bridge/apps/{app_id}/sync/export/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an app of this organisation. */
                app_id: components["parameters"]["AppId"];
            };
            cookie?: never;
        };
        /**
         * Export the sessions of an app
         * @description All of them that the retention keeps, newest first, streamed: as CSV, in which nothing can be taken for a formula, or
         *     as a `SyncSession` in each line. An export that breaks off is not complete.
         */
        get: operations["exportSyncs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bridge/overview/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read how every app is doing, and what needs a decision
         * @description The apps are in the order of their creation, a page at a time. `decisions` is about all apps, whatever the page:
         *     the first 100 of them, and those of the first 5,000 apps.
         */
        get: operations["getOverview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bridge/changes/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the changes of all apps
         * @description What sessions changed in all apps, or in one. The newest session comes first; within a session by slug and id. What
         *     held sessions would change is not among it. A page looks at no more than 20 sessions that changed something of that
         *     sort and type: with a `text` it may contain few changes or none and still have a `next`, which continues from there.
         */
        get: operations["listRecentChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bridge/changes/export/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export the changes of all apps
         * @description All changes that the filter finds, in the order of the list, streamed: as CSV, in which nothing can be taken for a
         *     formula, or as a `RecentChange` in each line. An export that breaks off is not complete.
         */
        get: operations["exportChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bridge/syncs/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the sessions of all apps
         * @description The last started first. The first 5,000 apps are looked at.
         */
        get: operations["findSyncs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bridge/syncs/export/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export the sessions of all apps
         * @description All sessions that the filter finds, in the order of the list, streamed: as CSV, in which nothing can be taken for a
         *     formula, or as an `AppSync` in each line. An export that breaks off is not complete.
         */
        get: operations["exportAllSyncs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bridge/system/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the state of the Bridge itself
         * @description Versions, database, work in the background and retention. It is the same for every organisation of the Bridge.
         */
        get: operations["getSystem"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bridge/find/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Find accounts, groups, licenses and tasks in all apps
         * @description The first few of each, for a search box; lists have more. Accounts, groups and licenses are found as in the list of
         *     records, and tasks by the beginning of their id, of which 8 characters are needed, or of the id of their account, or
         *     because their account is found. Removed records are among them. The first 5,000 apps are looked at.
         */
        get: operations["findByText"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bridge/people/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Find accounts in all apps
         * @description All of them, those with an `email`, or those of which something begins with a `text`; both together return 400. In
         *     the order of what was found, so the accounts of one email come together; removed ones are among them. The first
         *     5,000 apps are looked at. An index finds them, which follows a sync within seconds. A page looks at up to some
         *     thousand entries of it: it may contain few accounts or none and still have a `next`, which continues from there.
         */
        get: operations["listPeople"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bridge/tasks/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the tasks of all apps
         * @description The latest due first. The first 5,000 apps are looked at. With a `text` that very many tasks begin with, a page looks
         *     at some thousand tasks: it may contain few or none and still have a `next`, which continues from there.
         */
        get: operations["findTasks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bridge/events/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow what happens in the organisation
         * @description Server-sent events. Each has an `id`, an `event` (a value of `EventType`) and as `data` an `Event` in JSON. With
         *     `Last-Event-ID` the stream begins after that event, as long as the retention keeps it, otherwise with what
         *     happens from now on; `sync.progress` is kept for a day. A key that is limited to some apps gets the events of those. A comment is sent now and then
         *     to keep the connection open.
         */
        get: operations["streamEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bridge/org/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the organisation of the API key
         * @description A key belongs to one organisation. Whoever runs the Bridge creates others directly on its database.
         */
        get: operations["getOrg"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bridge/runners/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Report where apps run, and when next
         * @description The overview shows the last report of each app as `runner`. Report an app when something of it has changed. Apps that
         *     the key does not reach are left out. Only if the response to reading an app announces `runners`.
         *
         *     The response has what people have ordered of apps whose last report `takes_orders`. A runner that takes orders calls
         *     every few seconds, without apps if nothing has changed, carries out what concerns its apps, and names the orders in
         *     `carried_out` of its next call; until then they come again.
         *
         *     A fleet names itself in `fleet` of each call, and gets what is ordered of its workers. It reports all of its workers
         *     when something of them has changed, and at least every minute: one that is missing has ended.
         */
        post: operations["reportRunners"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bridge/runners/orders/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Have the runners of apps pause, resume or run them now
         * @description `bridgekit run` and the workers of a fleet carry it out within seconds. `pause` begins no more runs of an app; one in progress goes on.
         *     `resume` ends a pause, and has a parked app tried again. `run_now` syncs an app before those that are due; one that is
         *     running, paused or parked is left alone. A later order for an app replaces one that is not carried out yet. Apps that
         *     the key does not reach, or whose last report does not take orders, are left out.
         */
        post: operations["orderRunners"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bridge/runners/workers/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the workers of fleets
         * @description As their fleets reported them last. All workers of a fleet that has not reported for 3 minutes are `lost`; a day later
         *     they are left out.
         */
        get: operations["listWorkers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bridge/runners/workers/orders/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Have workers drain
         * @description A worker that drains takes no more runs, ends those in progress and exits; other workers go on with its apps. Workers
         *     that are unknown, or don't take orders, are left out.
         */
        post: operations["orderWorkers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bridge/budget/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read how much may be taken away in an hour
         * @description Of the whole organisation. Both limits are off until an administrator sets them.
         */
        get: operations["getBudget"];
        /**
         * Limit how much may be taken away in an hour
         * @description Beyond `removals_per_hour` a session that would remove records is held like one that the removal guard holds, until an
         *     administrator confirms or discards it; what is confirmed does not count. Beyond `revocations_per_hour` a new task
         *     that suspends, deletes or takes access away is held, and no runner gets it, until an administrator releases or
         *     cancels it. `null` switches a limit off.
         */
        put: operations["setBudget"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bridge/users/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List who has signed in to the console
         * @description Newest first. Who may sign in, and with which role, is decided by the identity provider's groups.
         */
        get: operations["listUsers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bridge/users/{user_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a user of this organisation. */
                user_id: components["parameters"]["UserId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete a user
         * @description Deletes what is stored about the person who signed in, and signs them out. If the identity provider still gives
         *     them a role, they may sign in again; disable a user to prevent that. The audit trail keeps their name.
         */
        delete: operations["deleteUser"];
        options?: never;
        head?: never;
        /**
         * Disable or enable a user
         * @description A disabled user is signed out at once and may not sign in, whatever the identity provider says.
         */
        patch: operations["updateUser"];
        trace?: never;
    };
    "/api/v1/bridge/sign-in-links/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create a sign-in link
         * @description For the first use and for Bridges without an identity provider. The link is `sign-in/link?token=<token>` below the
         *     address of the Bridge; it works once, for 10 minutes.
         */
        post: operations["createSignInLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bridge/keys/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the API keys of the organisation
         * @description Newest first, revoked and expired ones included; a secret is never shown again.
         */
        get: operations["listKeys"];
        put?: never;
        /**
         * Create an API key
         * @description `key` is in this response and never returned again. `app_ids` with an app that the organisation does not have returns
         *     422, and so does `app_ids` for an admin key.
         */
        post: operations["createKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bridge/keys/{key_id}/rotate/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a key of this organisation. */
                key_id: components["parameters"]["KeyId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give an API key a new secret
         * @description `key` is the new secret, in this response and never returned again. The old one stays valid for `overlap_hours`, or until
         *     the overlap is ended. Id, role, apps and expiry stay the same. A key that is revoked, expired, or already has two
         *     secrets returns 409.
         */
        post: operations["rotateKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bridge/keys/{key_id}/old-secret/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a key of this organisation. */
                key_id: components["parameters"]["KeyId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End the overlap of a key that was rotated
         * @description The old secret gets 401 from then on, in other processes within two seconds; a key without an old secret returns 204 as
         *     well. A call made with the old secret returns 409: use the new one, which proves that it works.
         */
        delete: operations["deleteOldSecret"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bridge/keys/{key_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a key of this organisation. */
                key_id: components["parameters"]["KeyId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke an API key
         * @description A revoked key gets 403 from then on, in other processes within two seconds; revoking it again changes nothing. A key can't
         *     revoke itself (409), so one is always left.
         */
        delete: operations["revokeKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bridge/audit/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the audit trail
         * @description Newest first. Every call that may change something is recorded before it is carried out, except for pages, whose session is
         *     recorded, and claims, which are in the history of the task. `status` is that of the response. Refused calls changed
         *     nothing and are not listed, except for calls that a key may not make (403) or the current state does not allow (409): one
         *     entry per key, operation, status, process and hour counts them.
         *
         *     A page looks at no more than 10,000 entries: with a filter it may contain few or none and still have a `next`, which
         *     continues from there.
         */
        get: operations["listAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bridge/audit/export/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export the audit trail
         * @description All entries that the filter finds, newest first, streamed: as CSV, in which nothing can be taken for a formula, or as an
         *     `AuditEntry` in each line. An export that breaks off is not complete.
         */
        get: operations["exportAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bridge/erasures/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the receipts of erased people
         * @description Newest first. A receipt holds nothing personal and is kept for good.
         */
        get: operations["listErasures"];
        put?: never;
        /**
         * Erase a person's data
         * @description Deletes for good the records, changes, staged records, tasks and kept responses of one account, or of every account with
         *     this email or username in all apps of the organisation; with an email, the address also becomes `[erased]` in the data
         *     of others. This can't be undone.
         *
         *     Remove the person from their systems first: accounts that are still in a system come back with its next sync;
         *     `active_accounts` counts those that were there at the last one. Returns 409 and names the task if an open task is about
         *     the person: cancel it or wait for it. Also returns 409 if an app has a session that has ended but is not reconciled yet.
         *
         *     Repeating the call is safe and erases what has come back since. There is no `Idempotency-Key`, which would keep data.
         *     `digest_key` is in this response and never returned again.
         */
        post: operations["erasePerson"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bridge/erasures/preview/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Show what erasing a person would delete
         * @description Changes nothing. `open_tasks` and `due_sessions` would make the erasure return 409.
         */
        post: operations["previewErasure"];
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
         * @example {
         *       "detail": "No app has the id 7f0b5f39-7b7f-4a4e-9d6a-2f3c1d0e9a11."
         *     }
         */
        Error: {
            /** @description What is wrong and what to do about it. */
            detail: string;
        };
        /**
         * @description `CHECKING_CONFIGURATION` until the first completed sync, then `CONFIGURED`. Clients must tolerate other values.
         * @example CONFIGURED
         */
        ConfigurationStatus: string;
        /**
         * @description A complete that would take away too much is held until an administrator confirms or discards it. Too much is,
         *     of the active records of a type and of the refs of a slug, more than `max_share`, or all of them, and at least
         *     `min_count`. Refs are memberships and assignments that accounts lose which stay; those of an account that becomes
         *     inactive count with it.
         * @example {
         *       "max_share": 0.2,
         *       "min_count": 10
         *     }
         */
        RemovalGuard: {
            /** @description Share of a type's active records or refs, 0 to 1. */
            max_share: number;
            min_count: number;
        };
        /**
         * @example {
         *       "examined": 30,
         *       "held": []
         *     }
         */
        GuardPreview: {
            /** @description How many complete sessions were judged, 30 at the most. */
            examined: number;
            /** @description Those that would have been held, newest first. */
            held: components["schemas"]["PreviewedHold"][];
        };
        /**
         * @example {
         *       "sync_id": "0f5d0a0e-5d0c-4f2e-8a57-1d7f6c1f2b10",
         *       "started_at": "2026-11-15T12:00:00.000Z",
         *       "was_held": false,
         *       "losses": [
         *         {
         *           "slug": "account",
         *           "of": "records",
         *           "live": 1240,
         *           "lost": 340
         *         }
         *       ]
         *     }
         */
        PreviewedHold: {
            /** Format: uuid */
            sync_id: string;
            /** Format: date-time */
            started_at: string;
            /** @description Whether the guard held it. */
            was_held: boolean;
            /** @description What is too much by these settings. */
            losses: components["schemas"]["HeldLoss"][];
        };
        /**
         * @example {
         *       "id": "7f0b5f39-7b7f-4a4e-9d6a-2f3c1d0e9a11",
         *       "name": "HR EMEA",
         *       "configuration_status": "CHECKING_CONFIGURATION",
         *       "created_at": "2026-11-15T11:00:00.000Z",
         *       "last_synced_at": null,
         *       "removal_guard": {
         *         "max_share": 0.2,
         *         "min_count": 10
         *       },
         *       "clone_group": "2f6d1c0b-8e4a-4c3b-9f5e-7a1d0c9b8e6f"
         *     }
         */
        App: {
            /** Format: uuid */
            id: string;
            name: string;
            configuration_status: components["schemas"]["ConfigurationStatus"];
            /** Format: date-time */
            created_at: string;
            /**
             * Format: date-time
             * @description When the last session was completed.
             */
            last_synced_at: string | null;
            /** @description Extension: null if the guard is switched off. */
            removal_guard?: components["schemas"]["RemovalGuard"] | null;
            /** @description Extension: capabilities of its connector; null if never announced. */
            capabilities?: components["schemas"]["Capabilities"] | null;
            /**
             * Format: uuid
             * @description Extension: the same for all apps that share resource types, which `clone_from` made.
             */
            clone_group?: string;
        };
        /**
         * @description What the connector of an app can do. Fields beyond these are not kept.
         * @example {
         *       "connector": "hr",
         *       "version": "1.2.0",
         *       "actions": [
         *         "create_account",
         *         "update_account",
         *         "delete_account",
         *         "suspend_account",
         *         "unsuspend_account",
         *         "reset_password"
         *       ],
         *       "grantable": [
         *         "team",
         *         "license"
         *       ],
         *       "advice": {
         *         "department": "Move the employee in the HR system itself."
         *       }
         *     }
         */
        Capabilities: {
            /** @description Its name. */
            connector: string;
            version: string | null;
            /** @description Tasks with another action are refused. */
            actions: components["schemas"]["TaskAction"][];
            /** @description Slugs of the groups and licenses that it gives to accounts and takes from them; tasks with others are refused. */
            grantable: string[];
            /** @description By action or slug, what to do in place of a task that is refused. */
            advice: {
                [key: string]: string;
            };
        };
        /**
         * @example {
         *       "name": "HR APAC",
         *       "clone_from": "7f0b5f39-7b7f-4a4e-9d6a-2f3c1d0e9a11"
         *     }
         * @example {
         *       "name": "HR EMEA"
         *     }
         */
        AppCreate: {
            name: string;
            /**
             * Format: uuid
             * @description Id of the app whose resource types are shared.
             */
            clone_from?: string | null;
        };
        /**
         * @example {
         *       "removal_guard": {
         *         "max_share": 0.5,
         *         "min_count": 100
         *       }
         *     }
         * @example {
         *       "name": "HR Europe"
         *     }
         */
        AppUpdate: {
            name?: string;
            /** @description `null` switches the guard off. */
            removal_guard?: components["schemas"]["RemovalGuard"] | null;
        };
        /**
         * @description Number of rows on all pages, counted up to 10,000; if `count_is_exact` is false there are more.
         * @example 1
         */
        ListCount: number;
        /**
         * @description False if there are more than `count`.
         * @example true
         */
        CountIsExact: boolean;
        /**
         * @example {
         *       "apps": [
         *         {
         *           "id": "7f0b5f39-7b7f-4a4e-9d6a-2f3c1d0e9a11",
         *           "name": "HR EMEA",
         *           "configuration_status": "CONFIGURED",
         *           "created_at": "2026-11-15T11:00:00.000Z",
         *           "last_synced_at": "2026-11-15T12:00:00.000Z",
         *           "removal_guard": null
         *         }
         *       ],
         *       "count": 1,
         *       "count_is_exact": true,
         *       "next": null,
         *       "previous": null
         *     }
         */
        AppList: {
            apps: components["schemas"]["App"][];
            count: components["schemas"]["ListCount"];
            count_is_exact: components["schemas"]["CountIsExact"];
            /** @description Address of the next page. */
            next: string | null;
            /** @description Address of the page before. */
            previous: string | null;
        };
        /**
         * @example {
         *       "decisions": [
         *         {
         *           "kind": "held",
         *           "app_id": "7f0b5f39-7b7f-4a4e-9d6a-2f3c1d0e9a11",
         *           "app_name": "HR EMEA",
         *           "at": "2026-11-15T12:00:04.000Z",
         *           "sync_id": "0f5d0a0e-5d0c-4f2e-8a57-1d7f6c1f2b10",
         *           "message": "Completing would make inactive 340 of 1240 active \"account\" records.",
         *           "losses": [
         *             {
         *               "slug": "account",
         *               "of": "records",
         *               "live": 1240,
         *               "lost": 340
         *             }
         *           ]
         *         }
         *       ],
         *       "apps": [],
         *       "next": null
         *     }
         */
        Overview: {
            /** @description What waits for somebody, the most urgent kind first; empty on most days. */
            decisions: components["schemas"]["Decision"][];
            apps: components["schemas"]["AppOverview"][];
            /** @description Address of the next page of apps. */
            next: string | null;
        };
        /**
         * @description `held`: the removal guard holds a session. `failing`: the last run failed or did not end its session, or the
         *     reconciliation of a session fails. `partial`: the last full read was not complete, and nobody is removed meanwhile.
         *     `syncing`: a session is open or being reconciled. `in_step`: the last full read was complete. `never_synced`: no
         *     session was ever completed. It is the first of these that applies. Clients must tolerate others.
         * @example in_step
         * @enum {string}
         */
        AppState: "held" | "failing" | "partial" | "syncing" | "in_step" | "never_synced";
        /**
         * @example {
         *       "app_id": "7f0b5f39-7b7f-4a4e-9d6a-2f3c1d0e9a11",
         *       "name": "HR EMEA",
         *       "clone_group": "2f6d1c0b-8e4a-4c3b-9f5e-7a1d0c9b8e6f",
         *       "created_at": "2026-11-15T11:00:00.000Z",
         *       "state": "in_step",
         *       "last_synced_at": "2026-11-15T12:00:04.000Z",
         *       "interval_seconds": 3600,
         *       "is_overdue": false,
         *       "open_session": null,
         *       "held": null,
         *       "partial": null,
         *       "failure": null,
         *       "accounts": 1240,
         *       "open_tasks": {
         *         "count": 2,
         *         "count_is_exact": true
         *       },
         *       "failed_tasks": {
         *         "count": 0,
         *         "count_is_exact": true
         *       },
         *       "runner": null,
         *       "sessions": [
         *         {
         *           "sync_id": "0f5d0a0e-5d0c-4f2e-8a57-1d7f6c1f2b10",
         *           "started_at": "2026-11-15T12:00:00.000Z",
         *           "status": "completed",
         *           "created": 3,
         *           "updated": 7,
         *           "removed": 1
         *         }
         *       ]
         *     }
         */
        AppOverview: {
            /** Format: uuid */
            app_id: string;
            name: string;
            /**
             * Format: uuid
             * @description The same for all apps that share resource types.
             */
            clone_group: string;
            /** Format: date-time */
            created_at: string;
            state: components["schemas"]["AppState"];
            /**
             * Format: date-time
             * @description When the last session was completed and reconciled.
             */
            last_synced_at: string | null;
            /** @description The median time between the starts of its recent sessions; null if there are fewer than 3. */
            interval_seconds: number | null;
            /** @description Whether no session has started for more than twice `interval_seconds` and at least 5 minutes. */
            is_overdue: boolean;
            /** @description The session that is open or being reconciled. */
            open_session: components["schemas"]["OpenSession"] | null;
            /** @description The session that the removal guard holds. */
            held: components["schemas"]["HeldSession"] | null;
            /** @description Since when full reads are not complete. */
            partial: components["schemas"]["PartialSince"] | null;
            /** @description How the last run failed. */
            failure: components["schemas"]["AppFailure"] | null;
            /** @description Active accounts; null until the first reconciliation after an upgrade counts them. */
            accounts: number | null;
            open_tasks: components["schemas"]["BoundedCount"];
            /** @description Tasks that failed and were neither cancelled nor tried again. */
            failed_tasks: components["schemas"]["BoundedCount"];
            /** @description What its runner reported last; null if none ever did. */
            runner: components["schemas"]["AppRunner"] | null;
            /** @description The last 30 sessions, oldest first. */
            sessions: components["schemas"]["SessionPoint"][];
        };
        /**
         * @example {
         *       "worker": "machine-1",
         *       "next_run_at": "2026-11-15T13:00:00.000Z",
         *       "paused_at": null,
         *       "parked_at": null,
         *       "failures": 0,
         *       "takes_orders": true,
         *       "ordered": null,
         *       "reported_at": "2026-11-15T12:00:04.000Z"
         *     }
         */
        AppRunner: {
            /** @description The process that ran it last. */
            worker: string | null;
            /**
             * Format: date-time
             * @description Null while a sync runs.
             */
            next_run_at: string | null;
            /**
             * Format: date-time
             * @description Since when somebody has paused it.
             */
            paused_at: string | null;
            /**
             * Format: date-time
             * @description Since when it is not run any more because it has crashed its worker three times.
             */
            parked_at: string | null;
            /** @description Syncs in a row that did not end well. */
            failures: number;
            /** @description Whether it carries out orders. */
            takes_orders: boolean;
            /** @description What is ordered and not carried out yet. */
            ordered: components["schemas"]["RunnerOrder"] | null;
            /** Format: date-time */
            reported_at: string;
        };
        /**
         * @example {
         *       "apps": [
         *         {
         *           "app_id": "7f0b5f39-7b7f-4a4e-9d6a-2f3c1d0e9a11",
         *           "worker": "machine-1",
         *           "next_run_at": "2026-11-15T13:00:00.000Z",
         *           "paused_at": null,
         *           "parked_at": null,
         *           "failures": 0
         *         }
         *       ]
         *     }
         */
        RunnerReport: {
            apps: components["schemas"]["AppRunnerReport"][];
            /** @description Ids of orders that need not come again. */
            carried_out?: string[];
            fleet?: components["schemas"]["FleetReport"];
        };
        /**
         * @example {
         *       "app_id": "7f0b5f39-7b7f-4a4e-9d6a-2f3c1d0e9a11",
         *       "worker": "machine-1",
         *       "next_run_at": "2026-11-15T13:00:00.000Z",
         *       "paused_at": null,
         *       "parked_at": null,
         *       "failures": 0
         *     }
         */
        AppRunnerReport: {
            /** Format: uuid */
            app_id: string;
            worker: string | null;
            /** Format: date-time */
            next_run_at: string | null;
            /** Format: date-time */
            paused_at: string | null;
            /** Format: date-time */
            parked_at: string | null;
            failures: number;
            /** @description Whether this runner carries out orders; it does not by default. */
            takes_orders?: boolean;
        };
        /**
         * @example {
         *       "id": "3b9f0f6e-62f5-4a7a-8c55-0a4f0a4d9c11",
         *       "workers": [
         *         {
         *           "name": "machine-1-4711-5f0c3a1b",
         *           "host": "machine-1",
         *           "capacity": 8,
         *           "zones": [
         *             "default"
         *           ],
         *           "started_at": "2026-11-15T08:00:00.000Z",
         *           "state": "alive",
         *           "busy": 0,
         *           "running": [],
         *           "takes_orders": true
         *         }
         *       ]
         *     }
         */
        FleetReport: {
            /**
             * Format: uuid
             * @description The same for all workers of a fleet.
             */
            id: string;
            /** @description All of them; without it the last report stands. */
            workers?: components["schemas"]["WorkerReport"][];
        };
        /**
         * @example {
         *       "name": "machine-1-4711-5f0c3a1b",
         *       "host": "machine-1",
         *       "capacity": 8,
         *       "zones": [
         *         "default"
         *       ],
         *       "started_at": "2026-11-15T08:00:00.000Z",
         *       "state": "alive",
         *       "busy": 1,
         *       "running": [
         *         {
         *           "app_id": "7f0b5f39-7b7f-4a4e-9d6a-2f3c1d0e9a11",
         *           "kind": "sync",
         *           "started_at": "2026-11-15T12:00:00.000Z"
         *         }
         *       ],
         *       "takes_orders": true
         *     }
         */
        WorkerReport: {
            /** @description Unique among the workers of the fleet. */
            name: string;
            host: string;
            /** @description Runs at a time. */
            capacity: number;
            /** @description Whose apps it runs. */
            zones: string[];
            /** Format: date-time */
            started_at: string;
            state: components["schemas"]["WorkerState"];
            /** @description Its runs in progress, of all organisations. */
            busy: number;
            /** @description Those of this organisation, oldest first. */
            running: components["schemas"]["WorkerRun"][];
            /** @description Whether it drains when told to. A worker that serves several organisations takes no orders from one of them. */
            takes_orders: boolean;
        };
        /**
         * @description - `alive`: its heartbeat is recent.
         *     - `draining`: it ends what it runs, and exits.
         *     - `lost`: its heartbeat is too old; what it ran runs elsewhere.
         * @example alive
         * @enum {string}
         */
        WorkerState: "alive" | "draining" | "lost";
        /**
         * @example {
         *       "app_id": "7f0b5f39-7b7f-4a4e-9d6a-2f3c1d0e9a11",
         *       "kind": "sync",
         *       "started_at": "2026-11-15T12:00:00.000Z"
         *     }
         */
        WorkerRun: {
            /** Format: uuid */
            app_id: string;
            /** @enum {string} */
            kind: "sync" | "tasks";
            /** Format: date-time */
            started_at: string;
        };
        /**
         * @example {
         *       "name": "machine-1-4711-5f0c3a1b",
         *       "host": "machine-1",
         *       "capacity": 8,
         *       "zones": [
         *         "default"
         *       ],
         *       "started_at": "2026-11-15T08:00:00.000Z",
         *       "state": "alive",
         *       "busy": 0,
         *       "running": [],
         *       "takes_orders": true,
         *       "ordered": null,
         *       "reported_at": "2026-11-15T12:00:04.000Z"
         *     }
         */
        Worker: {
            name: string;
            host: string;
            /** @description Runs at a time. */
            capacity: number;
            /** @description Whose apps it runs. */
            zones: string[];
            /** Format: date-time */
            started_at: string;
            state: components["schemas"]["WorkerState"];
            /** @description Its runs in progress, of all organisations. */
            busy: number;
            /** @description Those of this organisation, oldest first, at most 100. */
            running: components["schemas"]["WorkerRun"][];
            takes_orders: boolean;
            /** @description What is ordered and not carried out yet. */
            ordered: components["schemas"]["WorkerOrder"] | null;
            /**
             * Format: date-time
             * @description When its fleet reported last.
             */
            reported_at: string;
        };
        /**
         * @example {
         *       "workers": []
         *     }
         */
        WorkerList: {
            /** @description At most 1,000: of 5 fleets, 200 each. A further fleet is kept once one of these is lost. */
            workers: components["schemas"]["Worker"][];
        };
        /**
         * @example drain
         * @enum {string}
         */
        WorkerOrder: "drain";
        /**
         * @example {
         *       "order": "drain",
         *       "workers": [
         *         "machine-1-4711-5f0c3a1b"
         *       ]
         *     }
         */
        WorkerOrdering: {
            order: components["schemas"]["WorkerOrder"];
            /** @description Their names. */
            workers: string[];
        };
        /**
         * @example {
         *       "workers": [
         *         "machine-1-4711-5f0c3a1b"
         *       ]
         *     }
         */
        WorkersOrdered: {
            workers: string[];
        };
        /**
         * @example pause
         * @enum {string}
         */
        RunnerOrder: "pause" | "resume" | "run_now";
        /**
         * @example {
         *       "orders": [
         *         {
         *           "id": "0f5d0a0e-5d0c-4f2e-8a57-1d7f6c1f2b10",
         *           "app_id": "7f0b5f39-7b7f-4a4e-9d6a-2f3c1d0e9a11",
         *           "order": "pause"
         *         }
         *       ]
         *     }
         */
        RunnerOrderList: {
            /** @description At most 1,000. */
            orders: {
                /** Format: uuid */
                id: string;
                /** Format: uuid */
                app_id: string;
                order: components["schemas"]["RunnerOrder"];
            }[];
            /** @description Of the workers of the fleet that the call named; absent if it named none. */
            worker_orders?: {
                /** Format: uuid */
                id: string;
                /** @description Its name. */
                worker: string;
                order: components["schemas"]["WorkerOrder"];
            }[];
        };
        /**
         * @example {
         *       "order": "pause",
         *       "app_ids": [
         *         "7f0b5f39-7b7f-4a4e-9d6a-2f3c1d0e9a11"
         *       ]
         *     }
         */
        RunnerOrdering: {
            order: components["schemas"]["RunnerOrder"];
            app_ids: string[];
        };
        /**
         * @example {
         *       "app_ids": [
         *         "7f0b5f39-7b7f-4a4e-9d6a-2f3c1d0e9a11"
         *       ]
         *     }
         */
        RunnersOrdered: {
            app_ids: string[];
        };
        /**
         * @example {
         *       "count": 14,
         *       "count_is_exact": true
         *     }
         */
        BoundedCount: {
            count: number;
            /** @description False if there are more than `count`. */
            count_is_exact: boolean;
        };
        /**
         * @example {
         *       "versions": {
         *         "bridge": "1.2.0",
         *         "contract": "1.0.0",
         *         "node": "v24.1.0"
         *       },
         *       "started_at": "2026-11-15T12:00:00.000Z",
         *       "database": {
         *         "product": "embedded",
         *         "version": "PostgreSQL 18.4",
         *         "migration": "0001_initial",
         *         "size_bytes": 48234496,
         *         "disk": {
         *           "free_bytes": 52428800000,
         *           "total_bytes": 107374182400
         *         },
         *         "connections": {
         *           "busy": 0,
         *           "idle": 1,
         *           "waiting": 0
         *         }
         *       },
         *       "queue": {
         *         "reconciliations": {
         *           "count": 0,
         *           "count_is_exact": true,
         *           "oldest_seconds": 0
         *         },
         *         "deletions": {
         *           "count": 1,
         *           "count_is_exact": true,
         *           "oldest_seconds": 3.2
         *         }
         *       },
         *       "retention": {
         *         "days": 90,
         *         "session_days": 30,
         *         "lag_seconds": 1200
         *       }
         *     }
         */
        System: {
            versions: {
                bridge: string;
                /** @description Of this document. */
                contract: string;
                node: string;
            };
            /**
             * Format: date-time
             * @description Of the process that responds.
             */
            started_at: string;
            database: {
                /** @enum {string} */
                product: "embedded" | "postgres" | "citus" | "yugabytedb" | "cockroachdb";
                version: string;
                /** @description The newest of its tables. */
                migration: string;
                /** @description Null if the database does not say it. */
                size_bytes: number | null;
                /** @description The disk of the embedded database; null for others. */
                disk: {
                    free_bytes: number;
                    total_bytes: number;
                } | null;
                /** @description Of the process that responds. */
                connections: {
                    busy: number;
                    idle: number;
                    /** @description Callers that wait for one. */
                    waiting: number;
                };
            };
            /** @description Work in the background. */
            queue: {
                reconciliations: components["schemas"]["QueueLength"];
                deletions: components["schemas"]["QueueLength"];
            };
            retention: {
                /** @description How long ended syncs, ended tasks and events are kept; null for ever. */
                days: number | null;
                /** @description How long a sync may be open or held; null for ever. */
                session_days: number | null;
                /** @description Since old data was last deleted completely. */
                lag_seconds: number;
            };
        };
        /**
         * @example {
         *       "count": 0,
         *       "count_is_exact": true,
         *       "oldest_seconds": 0
         *     }
         */
        QueueLength: {
            count: number;
            /** @description False if there are more than `count`. */
            count_is_exact: boolean;
            /** @description How long the oldest has been waiting. */
            oldest_seconds: number;
        };
        /**
         * @example {
         *       "sync_id": "0f5d0a0e-5d0c-4f2e-8a57-1d7f6c1f2b10",
         *       "status": "in_progress",
         *       "started_at": "2026-11-15T12:00:00.000Z"
         *     }
         */
        OpenSession: {
            /** Format: uuid */
            sync_id: string;
            status: components["schemas"]["SyncStatus"];
            /** Format: date-time */
            started_at: string;
        };
        /**
         * @example {
         *       "sync_id": "0f5d0a0e-5d0c-4f2e-8a57-1d7f6c1f2b10",
         *       "at": "2026-11-15T12:00:04.000Z",
         *       "expires_at": null,
         *       "message": "Completing would make inactive 340 of 1240 active \"account\" records.",
         *       "losses": [
         *         {
         *           "slug": "account",
         *           "of": "records",
         *           "live": 1240,
         *           "lost": 340
         *         }
         *       ]
         *     }
         */
        HeldSession: {
            /** Format: uuid */
            sync_id: string;
            /**
             * Format: date-time
             * @description When it ended.
             */
            at: string;
            /**
             * Format: date-time
             * @description When it is dropped by itself; null for never.
             */
            expires_at: string | null;
            message: string;
            losses: components["schemas"]["HeldLoss"][];
        };
        /**
         * @example {
         *       "since": "2026-11-15T12:00:04.000Z",
         *       "sync_id": "0f5d0a0e-5d0c-4f2e-8a57-1d7f6c1f2b10",
         *       "reason": "account: guests are hidden from this token"
         *     }
         */
        PartialSince: {
            /**
             * Format: date-time
             * @description End of the first session that was not complete.
             */
            since: string;
            /**
             * Format: uuid
             * @description The last of them.
             */
            sync_id: string;
            /** @description The first missing part in its receipt; null without a receipt. */
            reason: string | null;
        };
        /**
         * @example {
         *       "sync_id": "0f5d0a0e-5d0c-4f2e-8a57-1d7f6c1f2b10",
         *       "at": "2026-11-15T12:00:04.000Z",
         *       "code": "PERMISSION_DENIED",
         *       "message": "The API token may not list users."
         *     }
         */
        AppFailure: {
            /** Format: uuid */
            sync_id: string;
            /** Format: date-time */
            at: string;
            /** @description The error code of the session or of the receipt, or `NOT_ENDED` for a run that ended no session. */
            code: string;
            message: string;
        };
        /**
         * @description A session in short; the counts are those of all resource types, 0 before the reconciliation.
         * @example {
         *       "sync_id": "0f5d0a0e-5d0c-4f2e-8a57-1d7f6c1f2b10",
         *       "started_at": "2026-11-15T12:00:00.000Z",
         *       "status": "completed",
         *       "created": 3,
         *       "updated": 7,
         *       "removed": 1
         *     }
         */
        SessionPoint: {
            /** Format: uuid */
            sync_id: string;
            /** Format: date-time */
            started_at: string;
            status: components["schemas"]["SyncStatus"];
            created: number;
            updated: number;
            removed: number;
        };
        /**
         * @description `held`: confirm or discard a session. `held_tasks`: release or cancel tasks beyond the budget. `failed_session`: try a reconciliation again or discard the session.
         *     `partial`: see what the connector may not read. `failed_tasks`: see why, then try them again.
         * @example {
         *       "kind": "failed_tasks",
         *       "app_id": "7f0b5f39-7b7f-4a4e-9d6a-2f3c1d0e9a11",
         *       "app_name": "Salesforce",
         *       "at": "2026-11-15T12:00:04.000Z",
         *       "message": "The integration user lacks \"Manage Users\".",
         *       "code": "PERMISSION_DENIED",
         *       "tasks": {
         *         "count": 14,
         *         "count_is_exact": true
         *       }
         *     }
         */
        Decision: {
            /** @enum {string} */
            kind: "held" | "held_tasks" | "failed_session" | "failed_tasks" | "partial";
            /** Format: uuid */
            app_id: string;
            app_name: string;
            /**
             * Format: date-time
             * @description Since when; of failed tasks when the last one failed.
             */
            at: string;
            /** @description What happened; of failed tasks that of the last one. */
            message: string | null;
            /** Format: uuid */
            sync_id?: string;
            /** @description Of a held session. */
            losses?: components["schemas"]["HeldLoss"][];
            /** @description Of failed tasks. */
            code?: components["schemas"]["TaskErrorCode"];
            /** @description How many are held, or how many failed ones have this code. */
            tasks?: components["schemas"]["BoundedCount"];
        };
        /**
         * @example group
         * @enum {string}
         */
        Kind: "account" | "group" | "license";
        /**
         * @example {
         *       "slug": "department",
         *       "name": "Department",
         *       "type": "group"
         *     }
         */
        ResourceType: {
            slug: string;
            name: string;
            type: components["schemas"]["Kind"];
        };
        /**
         * @example {
         *       "resource_types": [
         *         {
         *           "slug": "account",
         *           "name": "Employee",
         *           "type": "account"
         *         },
         *         {
         *           "slug": "department",
         *           "name": "Department",
         *           "type": "group"
         *         }
         *       ]
         *     }
         */
        ResourceTypeList: {
            resource_types: components["schemas"]["ResourceType"][];
        };
        /**
         * @example {
         *       "name": "Staff"
         *     }
         */
        ResourceTypeUpdate: {
            name: string;
        };
        /**
         * @description Slug of a resource type and id of a record of it, with a colon between.
         * @example department:g1
         */
        RecordKey: string;
        /**
         * @description A pointer to a group or a license.
         * @example {
         *       "id": "g1",
         *       "name": "Engineering"
         *     }
         */
        Ref: {
            id: string;
            name?: string;
        };
        /**
         * @description At most 100 refs for each resource type slug.
         * @example {
         *       "department": [
         *         {
         *           "id": "g1"
         *         },
         *         {
         *           "id": "g2",
         *           "name": "Design"
         *         }
         *       ]
         *     }
         */
        RefMap: {
            [key: string]: components["schemas"]["Ref"][];
        };
        /**
         * @description All refs of an account by resource type slug, even if it was pushed in several records.
         * @example {
         *       "department": [
         *         {
         *           "id": "g1"
         *         },
         *         {
         *           "id": "g2",
         *           "name": "Design"
         *         }
         *       ]
         *     }
         */
        LiveRefMap: {
            [key: string]: components["schemas"]["Ref"][];
        };
        /**
         * @example active
         * @enum {string}
         */
        RecordStatus: "active" | "inactive" | "suspended";
        /**
         * @description The fields of an account.
         * @example {
         *       "id": "u1",
         *       "email": "alice@example.com"
         *     }
         */
        AccountFields: {
            id: string;
            email?: string;
            username?: string;
            first_name?: string;
            last_name?: string;
            display_name?: string;
            status?: components["schemas"]["RecordStatus"];
            memberships?: components["schemas"]["RefMap"];
            assignments?: components["schemas"]["RefMap"];
            /**
             * @description Extension: the refs of this record are added to those of the same id earlier in this session, so an account with
             *     more than 100 refs of a slug can be split into several records; its other fields count only in the first one.
             *     Only if the response to starting the session announces `continued-records`.
             */
            continues?: boolean;
            /**
             * @description Extension: slugs of groups and licenses whose refs are unknown in this session. The account keeps its current
             *     refs of these slugs; refs in the record are added, and none is removed. The target of a kept ref counts as
             *     present. Only if the response to starting the session announces `unknown-refs`.
             */
            unknown_refs?: string[];
        };
        /**
         * @description An account; it has an `email`, a `username` or both.
         * @example {
         *       "id": "u1",
         *       "email": "alice@example.com",
         *       "username": "alice",
         *       "first_name": "Alice",
         *       "last_name": "Smith",
         *       "display_name": "Alice Smith",
         *       "status": "active",
         *       "memberships": {
         *         "team": [
         *           {
         *             "id": "g1"
         *           },
         *           {
         *             "id": "g2"
         *           }
         *         ]
         *       },
         *       "assignments": {
         *         "license": [
         *           {
         *             "id": "lic-pro"
         *           }
         *         ]
         *       }
         *     }
         */
        AccountRecord: components["schemas"]["AccountFields"] & ({
            email: string;
        } | {
            username: string;
        });
        /**
         * @example {
         *       "id": "g1",
         *       "name": "Engineering",
         *       "description": "Core engineering team"
         *     }
         */
        GroupRecord: {
            id: string;
            name: string;
            description?: string;
        };
        /**
         * @example {
         *       "id": "lic-pro",
         *       "name": "Pro Plan",
         *       "max_count": 50,
         *       "used_count": 23,
         *       "is_paid": true,
         *       "is_unlimited": false
         *     }
         */
        LicenseRecord: {
            id: string;
            name: string;
            description?: string;
            /** @description Seats; 0 means unlimited. */
            max_count?: number;
            used_count?: number;
            is_paid?: boolean;
            is_unlimited?: boolean;
        };
        /**
         * @example {
         *       "records": [
         *         {
         *           "id": "u1",
         *           "email": "alice@example.com"
         *         }
         *       ]
         *     }
         */
        AccountPage: {
            records: components["schemas"]["AccountRecord"][];
        };
        /**
         * @example {
         *       "records": [
         *         {
         *           "id": "g1",
         *           "name": "Engineering"
         *         }
         *       ]
         *     }
         */
        GroupPage: {
            records: components["schemas"]["GroupRecord"][];
        };
        /**
         * @example {
         *       "records": [
         *         {
         *           "id": "lic-pro",
         *           "name": "Pro Plan"
         *         }
         *       ]
         *     }
         */
        LicensePage: {
            records: components["schemas"]["LicenseRecord"][];
        };
        /**
         * @description A page of the kind of the slug in the path; an empty page means that the system has no records of the type.
         * @example {
         *       "records": [
         *         {
         *           "id": "u1",
         *           "email": "alice@example.com"
         *         }
         *       ]
         *     }
         * @example {
         *       "records": []
         *     }
         */
        RecordPage: components["schemas"]["AccountPage"] | components["schemas"]["GroupPage"] | components["schemas"]["LicensePage"];
        /**
         * @example {
         *       "total": 2,
         *       "created": 1,
         *       "updated": 1
         *     }
         */
        PageResult: {
            /** @description Records in the page. */
            total: number;
            /** @description Records that did not exist when the session started. */
            created: number;
            /** @description Records that existed when the session started. */
            updated: number;
        };
        /**
         * @description A record of any kind as last pushed, with all its fields: an account has those of `AccountFields`, a group those of
         *     `GroupRecord`, a license those of `LicenseRecord`, and each may have more. Only `continues` and `unknown_refs` of an
         *     account, which describe the push, are not kept. A group or license known only from refs has an id, and a name if a ref
         *     has one.
         * @example {
         *       "id": "u1",
         *       "email": "alice@example.com",
         *       "memberships": {
         *         "team": [
         *           {
         *             "id": "g1"
         *           }
         *         ]
         *       }
         *     }
         * @example {
         *       "id": "g1",
         *       "name": "Engineering",
         *       "status": "archived"
         *     }
         */
        RecordData: {
            id: string;
            /** @description Of an account. */
            email?: string;
            /** @description Of an account. */
            username?: string;
            /** @description Of an account. */
            first_name?: string;
            /** @description Of an account. */
            last_name?: string;
            /** @description Of an account. */
            display_name?: string;
            /** @description Of an account. */
            memberships?: components["schemas"]["LiveRefMap"];
            /** @description Of an account. */
            assignments?: components["schemas"]["LiveRefMap"];
            /** @description Of a group or a license. */
            name?: string;
            /** @description Of a group or a license. */
            description?: string;
            /** @description Of a license. */
            max_count?: number;
            /** @description Of a license. */
            used_count?: number;
            /** @description Of a license. */
            is_paid?: boolean;
            /** @description Of a license. */
            is_unlimited?: boolean;
        } & {
            [key: string]: unknown;
        };
        /**
         * @description What the Bridge knows about a record. `data` is the record as pushed; the Bridge's own fields are outside of it, so they
         *     never conflict with a pushed field of the same name.
         * @example {
         *       "data": {
         *         "id": "u1",
         *         "email": "alice@example.com",
         *         "memberships": {
         *           "team": [
         *             {
         *               "id": "g1"
         *             }
         *           ]
         *         }
         *       },
         *       "status": "inactive",
         *       "removed_at": "2026-11-15T12:00:00.000Z",
         *       "stub": false
         *     }
         * @example {
         *       "data": {
         *         "id": "g1",
         *         "name": "Engineering"
         *       },
         *       "status": "active",
         *       "removed_at": null,
         *       "stub": false
         *     }
         */
        LiveRecord: {
            data: components["schemas"]["RecordData"];
            /** @description `inactive` if the record was removed. For a live account the pushed status, `active` by default; for a live group or license `active`. */
            status: components["schemas"]["RecordStatus"];
            /**
             * Format: date-time
             * @description When a session removed the record; null while it is live.
             */
            removed_at: string | null;
            /** @description Whether this group or license is known only from refs. */
            stub: boolean;
        };
        /**
         * @example {
         *       "records": [
         *         {
         *           "data": {
         *             "id": "u1",
         *             "email": "alice@example.com"
         *           },
         *           "status": "active",
         *           "removed_at": null,
         *           "stub": false
         *         }
         *       ],
         *       "next": null
         *     }
         */
        LiveRecordList: {
            records: components["schemas"]["LiveRecord"][];
            /** @description Address of the next page. */
            next: string | null;
        };
        /**
         * @example removed
         * @enum {string}
         */
        ChangeSort: "created" | "updated" | "removed";
        /**
         * @description What a session did to a record. `before` is null if it was created, `after` if it was removed. A record that came back
         *     is `updated`, and `before` says when it was removed.
         * @example {
         *       "slug": "account",
         *       "id": "u1",
         *       "change": "removed",
         *       "before": {
         *         "data": {
         *           "id": "u1",
         *           "email": "alice@example.com"
         *         },
         *         "status": "active",
         *         "removed_at": null,
         *         "stub": false
         *       },
         *       "after": null
         *     }
         */
        Change: {
            slug: string;
            id: string;
            change: components["schemas"]["ChangeSort"];
            before: components["schemas"]["LiveRecord"] | null;
            after: components["schemas"]["LiveRecord"] | null;
            ref_names?: components["schemas"]["RefNames"];
        };
        /**
         * @example {
         *       "changes": [],
         *       "next": null
         *     }
         */
        ChangeList: {
            changes: components["schemas"]["Change"][];
            /** @description Address of the next page. */
            next: string | null;
        };
        /**
         * @description A change, and the session that made it.
         * @example {
         *       "app_id": "7b1f0a0e-5d0c-4f2e-8a57-1d7f6c1f2b10",
         *       "app_name": "HR EMEA",
         *       "sync_id": "0f5d0a0e-5d0c-4f2e-8a57-1d7f6c1f2b10",
         *       "at": "2026-11-15T12:00:04.000Z",
         *       "slug": "account",
         *       "id": "u1",
         *       "change": "removed",
         *       "before": {
         *         "data": {
         *           "id": "u1",
         *           "email": "alice@example.com"
         *         },
         *         "status": "active",
         *         "removed_at": null,
         *         "stub": false
         *       },
         *       "after": null
         *     }
         */
        RecentChange: components["schemas"]["Change"] & {
            /** Format: uuid */
            app_id: string;
            app_name: string;
            /** Format: uuid */
            sync_id: string;
            /**
             * Format: date-time
             * @description When it became live.
             */
            at: string;
        };
        /**
         * @example {
         *       "changes": [],
         *       "next": null
         *     }
         */
        RecentChangeList: {
            changes: components["schemas"]["RecentChange"][];
            /** @description Address of the next page. */
            next: string | null;
        };
        /**
         * @example {
         *       "slug": "account",
         *       "id": "u1"
         *     }
         */
        RecordName: {
            slug: string;
            id: string;
        };
        /**
         * @example {}
         * @example {
         *       "keep": [
         *         {
         *           "slug": "account",
         *           "id": "svc-root"
         *         }
         *       ]
         *     }
         */
        SyncConfirm: {
            /** @description Records that stay as they are until the next sync. */
            keep?: components["schemas"]["RecordName"][];
        };
        /**
         * @example {
         *       "losses": [
         *         {
         *           "slug": "account",
         *           "of": "records",
         *           "live": 1240,
         *           "lost": 340
         *         }
         *       ],
         *       "types": [
         *         {
         *           "slug": "account",
         *           "examined": {
         *             "removed": 340,
         *             "active": 1240
         *           },
         *           "traits": [
         *             {
         *               "by": "member_of",
         *               "name": "department",
         *               "value": "lyon",
         *               "title": "Lyon",
         *               "removed": 312,
         *               "active": 318
         *             }
         *           ]
         *         }
         *       ],
         *       "refs": []
         *     }
         */
        HeldExplanation: {
            losses: components["schemas"]["HeldLoss"][];
            /** @description For each resource type of which too many records would be removed, what these have in common. */
            types: components["schemas"]["CommonTraits"][];
            /** @description The groups and licenses that would lose most refs of accounts which stay, of the first 10,000 accounts. */
            refs: components["schemas"]["LostRefs"][];
        };
        /**
         * @example {
         *       "slug": "account",
         *       "examined": {
         *         "removed": 340,
         *         "active": 1240
         *       },
         *       "traits": [
         *         {
         *           "by": "email_domain",
         *           "name": "email",
         *           "value": "lyon.example.com",
         *           "removed": 312,
         *           "active": 318
         *         }
         *       ]
         *     }
         */
        CommonTraits: {
            slug: string;
            examined: {
                removed: number;
                /** @description Those that would be removed are among them. */
                active: number;
            };
            /** @description What sets the removed apart from the active ones most comes first. */
            traits: components["schemas"]["Trait"][];
        };
        /**
         * @example {
         *       "by": "member_of",
         *       "name": "department",
         *       "value": "lyon",
         *       "title": "Lyon",
         *       "removed": 312,
         *       "active": 318
         *     }
         */
        Trait: {
            /** @enum {string} */
            by: "field" | "email_domain" | "member_of" | "assigned";
            /** @description Name of the field, or slug of the group or license. */
            name: string;
            /** @description Value of the field, or id of the group or license; null for records without the field. */
            value: string | null;
            /** @description Name of the group or license. */
            title?: string;
            /** @description How many of the examined removed records have it. */
            removed: number;
            /** @description How many of the examined active records have it. */
            active: number;
        };
        /**
         * @example {
         *       "slug": "team",
         *       "id": "g1",
         *       "name": "Engineering",
         *       "lost": 180
         *     }
         */
        LostRefs: {
            slug: string;
            id: string;
            name?: string;
            /** @description How many accounts would lose it. */
            lost: number;
        };
        /**
         * @description What the removal guard judged, and by which settings.
         * @example {
         *       "guard": {
         *         "max_share": 0.2,
         *         "min_count": 10
         *       },
         *       "losses": [
         *         {
         *           "slug": "account",
         *           "of": "records",
         *           "live": 1240,
         *           "lost": 340
         *         }
         *       ]
         *     }
         */
        GuardJudgement: {
            /** @description `null` if it was switched off. */
            guard: components["schemas"]["RemovalGuard"] | null;
            /** @description What the session took away, of at least `min_count`. `live` is counted as far as it decides. */
            losses: components["schemas"]["HeldLoss"][];
        };
        /**
         * @example {
         *       "record": {
         *         "data": {
         *           "id": "u1",
         *           "email": "alice@example.com"
         *         },
         *         "status": "active",
         *         "removed_at": null,
         *         "stub": false
         *       },
         *       "created": {
         *         "at": "2026-11-15T12:00:04.000Z",
         *         "sync_id": "0f5d0a0e-5d0c-4f2e-8a57-1d7f6c1f2b10"
         *       },
         *       "refs": [],
         *       "tasks": [],
         *       "removal": null,
         *       "changes": [
         *         {
         *           "sync_id": "0f5d0a0e-5d0c-4f2e-8a57-1d7f6c1f2b10",
         *           "at": "2026-11-15T12:00:04.000Z",
         *           "change": "created",
         *           "fields": [],
         *           "gained": [],
         *           "lost": []
         *         }
         *       ],
         *       "next": null
         *     }
         */
        RecordHistory: {
            record: components["schemas"]["LiveRecord"];
            /** @description Null if the session that created the record is no longer kept, or only refs name it. */
            created: components["schemas"]["HistoryMoment"] | null;
            /** @description The refs that the account has, on the first page. */
            refs: components["schemas"]["RefSince"][];
            /** @description The last 100 tasks about the account, newest first, on the first page. */
            tasks: components["schemas"]["Task"][];
            /** @description Why the record is inactive; null while it is live, and if the session is no longer kept. */
            removal: components["schemas"]["Removal"] | null;
            changes: components["schemas"]["RecordChange"][];
            /** @description Address of the next page. */
            next: string | null;
        };
        /**
         * @example {
         *       "at": "2026-11-15T12:00:04.000Z",
         *       "sync_id": "0f5d0a0e-5d0c-4f2e-8a57-1d7f6c1f2b10"
         *     }
         */
        HistoryMoment: {
            /** Format: date-time */
            at: string;
            /** Format: uuid */
            sync_id: string;
            /**
             * Format: uuid
             * @description The task that brought it about.
             */
            task_id?: string;
        };
        /**
         * @example {
         *       "slug": "team",
         *       "id": "g1",
         *       "name": "Engineering"
         *     }
         */
        NamedRef: {
            slug: string;
            id: string;
            name?: string;
        };
        /**
         * @example {
         *       "slug": "team",
         *       "id": "g1",
         *       "name": "Engineering",
         *       "since": null
         *     }
         */
        RefSince: {
            slug: string;
            id: string;
            name?: string;
            /** @description Null if it is older than what is kept. */
            since: components["schemas"]["HistoryMoment"] | null;
        };
        /**
         * @description What a session did to a record. `returned` is one that had been removed and came back.
         * @example {
         *       "sync_id": "0f5d0a0e-5d0c-4f2e-8a57-1d7f6c1f2b10",
         *       "at": "2026-11-15T12:00:04.000Z",
         *       "change": "updated",
         *       "fields": [
         *         {
         *           "field": "last_name",
         *           "before": "Smith",
         *           "after": "Miller"
         *         }
         *       ],
         *       "gained": [
         *         {
         *           "slug": "team",
         *           "id": "g1",
         *           "name": "Engineering"
         *         }
         *       ],
         *       "lost": []
         *     }
         */
        RecordChange: {
            /** Format: uuid */
            sync_id: string;
            /** Format: date-time */
            at: string;
            /** @enum {string} */
            change: "created" | "updated" | "removed" | "returned";
            /** @description The fields that changed, but memberships and assignments. */
            fields: components["schemas"]["FieldChange"][];
            gained: components["schemas"]["NamedRef"][];
            lost: components["schemas"]["NamedRef"][];
        };
        /**
         * @example {
         *       "at": "2026-11-15T12:30:00.000Z",
         *       "sync_id": "0f5d0a0e-5d0c-4f2e-8a57-1d7f6c1f2b10",
         *       "kept_since": null,
         *       "members": [
         *         {
         *           "slug": "account",
         *           "record": {
         *             "data": {
         *               "id": "u1",
         *               "email": "alice@example.com",
         *               "memberships": {
         *                 "team": [
         *                   {
         *                     "id": "g1"
         *                   }
         *                 ]
         *               }
         *             },
         *             "status": "active",
         *             "removed_at": null,
         *             "stub": false
         *           },
         *           "is_member_now": true
         *         }
         *       ],
         *       "next": null
         *     }
         */
        MemberList: {
            /**
             * Format: date-time
             * @description The time that the list is about.
             */
            at: string;
            /**
             * Format: uuid
             * @description The last session that was applied by then; null if there was none.
             */
            sync_id: string | null;
            /**
             * Format: date-time
             * @description The earliest time for which members are known; null if everything is still kept.
             */
            kept_since: string | null;
            members: components["schemas"]["Member"][];
            /** @description Address of the next page. */
            next: string | null;
        };
        /**
         * @example {
         *       "slug": "account",
         *       "record": {
         *         "data": {
         *           "id": "u1",
         *           "email": "alice@example.com"
         *         },
         *         "status": "active",
         *         "removed_at": null,
         *         "stub": false
         *       },
         *       "is_member_now": false
         *     }
         */
        Member: {
            /** @description The account's type. */
            slug: string;
            /** @description The account as it was at that time. */
            record: components["schemas"]["LiveRecord"];
            is_member_now: boolean;
        };
        /**
         * @example {
         *       "assigned_count": 23,
         *       "count_is_exact": true,
         *       "points": [
         *         {
         *           "at": "2026-11-15T12:00:04.000Z",
         *           "sync_id": "0f5d0a0e-5d0c-4f2e-8a57-1d7f6c1f2b10",
         *           "seats": 50,
         *           "used": 23,
         *           "is_unlimited": false,
         *           "is_removed": false
         *         },
         *         {
         *           "at": null,
         *           "sync_id": null,
         *           "seats": 40,
         *           "used": 23,
         *           "is_unlimited": false,
         *           "is_removed": false
         *         }
         *       ],
         *       "next": null
         *     }
         */
        SeatHistory: {
            /** @description How many accounts have the license now; an index counts them, which follows a sync within seconds. */
            assigned_count: components["schemas"]["ListCount"];
            count_is_exact: components["schemas"]["CountIsExact"];
            points: components["schemas"]["SeatPoint"][];
            /** @description Address of the next page. */
            next: string | null;
        };
        /**
         * @description Seats from a time on, until that of the newer point.
         * @example {
         *       "at": null,
         *       "sync_id": null,
         *       "seats": 50,
         *       "used": 23,
         *       "is_unlimited": false,
         *       "is_removed": false
         *     }
         */
        SeatPoint: {
            /**
             * Format: date-time
             * @description Null if it is older than what is kept.
             */
            at: string | null;
            /**
             * Format: uuid
             * @description The session that brought it; null if it is no longer kept.
             */
            sync_id: string | null;
            /** @description `max_count` of the license; null if its connector gives none. */
            seats: number | null;
            /** @description `used_count` of the license; null if its connector gives none. */
            used: number | null;
            is_unlimited: boolean;
            /** @description Whether the license no longer existed. */
            is_removed: boolean;
        };
        /**
         * @description `before` is absent if the field did not exist, `after` if it no longer exists; both may be of any type.
         * @example {
         *       "field": "last_name",
         *       "before": "Smith",
         *       "after": "Miller"
         *     }
         */
        FieldChange: {
            field: string;
            /** @description Its value before. */
            before?: unknown;
            /** @description Its value afterwards. */
            after?: unknown;
        };
        /**
         * @description The chain of proof of a removal.
         * @example {
         *       "at": "2026-11-15T12:00:04.000Z",
         *       "sync_id": "0f5d0a0e-5d0c-4f2e-8a57-1d7f6c1f2b10",
         *       "last_seen": null,
         *       "absent": {
         *         "started_at": "2026-11-15T12:00:00.000Z",
         *         "ended_at": "2026-11-15T12:00:03.000Z",
         *         "read": 1238
         *       },
         *       "removed": 2,
         *       "judgement": {
         *         "guard": {
         *           "max_share": 0.2,
         *           "min_count": 10
         *         },
         *         "losses": []
         *       },
         *       "confirmed_by": null
         *     }
         */
        Removal: {
            /** Format: date-time */
            at: string;
            /**
             * Format: uuid
             * @description The completed session that the record was absent from.
             */
            sync_id: string;
            /** @description The last session that had the record; null if it is no longer kept. */
            last_seen: components["schemas"]["HistoryMoment"] | null;
            /** @description What was read without it: a session is only completed if every stream was read to its end. */
            absent: {
                /** Format: date-time */
                started_at: string;
                /** Format: date-time */
                ended_at: string;
                /** @description Records of the type that the session had. */
                read: number;
            };
            /** @description How many records of the type it removed. */
            removed: number;
            /** @description The judgement of the removal guard; null if it was not recorded. */
            judgement: components["schemas"]["GuardJudgement"] | null;
            /** @description Id of the key that let the removals pass. */
            confirmed_by: string | null;
        };
        /**
         * @example {
         *       "sync_id": "0f5d0a0e-5d0c-4f2e-8a57-1d7f6c1f2b10"
         *     }
         */
        SyncStarted: {
            /** Format: uuid */
            sync_id: string;
        };
        /**
         * @example completed
         * @enum {string}
         */
        SyncStatus: "in_progress" | "completing" | "completed" | "error" | "abandoned";
        /**
         * @example {
         *       "slug": "account",
         *       "name": "Employee",
         *       "type": "account",
         *       "synced_count": 120,
         *       "created": 3,
         *       "updated": 7,
         *       "removed": 1
         *     }
         * @example {
         *       "slug": "team",
         *       "name": "Team",
         *       "type": "group",
         *       "synced_count": 12,
         *       "created": 0,
         *       "updated": 0,
         *       "removed": 0,
         *       "refs_gained": 4,
         *       "refs_lost": 2
         *     }
         */
        SyncProgress: {
            slug: string;
            name: string;
            type: components["schemas"]["Kind"];
            /** @description Records pushed so far; exact once the session has been reconciled. */
            synced_count: number;
            /** @description Extension, after the reconciliation: records that did not exist before. */
            created?: number;
            /** @description Extension, after the reconciliation: records that changed, or came back. */
            updated?: number;
            /** @description Extension, after the reconciliation: records that became inactive. */
            removed?: number;
            refs_gained?: components["schemas"]["RefsGained"];
            refs_lost?: components["schemas"]["RefsLost"];
        };
        /**
         * @description Extension, after the reconciliation: memberships or assignments to records of this type that accounts gained which
         *     were active before and after. Absent where an earlier version of the Bridge reconciled.
         * @example 4
         */
        RefsGained: number;
        /**
         * @description Extension, after the reconciliation: memberships or assignments to records of this type that accounts lost which
         *     were active before and after. Absent where an earlier version of the Bridge reconciled.
         * @example 2
         */
        RefsLost: number;
        /**
         * @description What the removal guard holds a session for.
         * @example {
         *       "slug": "team",
         *       "of": "refs",
         *       "live": 200,
         *       "lost": 180
         *     }
         */
        HeldLoss: {
            /** @description Resource type of the records, or of the groups or licenses referred to. */
            slug: string;
            /**
             * @description `records` would become inactive; `refs` are memberships or assignments that accounts would lose which stay.
             * @enum {string}
             */
            of: "records" | "refs";
            /** @description How many there are now. */
            live: number;
            /** @description How many of them would be lost. */
            lost: number;
        };
        /**
         * @example {
         *       "error_code": "CLEANUP_FAILED",
         *       "message": "Cleanup task failed after maximum retries."
         *     }
         * @example {
         *       "error_code": "REMOVALS_HELD",
         *       "message": "Completing would take away 180 of 200 \"team\" memberships. Nothing of the session was applied.",
         *       "losses": [
         *         {
         *           "slug": "team",
         *           "of": "refs",
         *           "live": 200,
         *           "lost": 180
         *         }
         *       ]
         *     }
         */
        SyncError: {
            /** @description `CLEANUP_FAILED` or `REMOVALS_HELD`; clients must tolerate others. */
            error_code: string;
            message: string;
            /** @description Extension, with `REMOVALS_HELD`: what would be lost. */
            losses?: components["schemas"]["HeldLoss"][];
        };
        /**
         * @example {
         *       "sync_id": "0f5d0a0e-5d0c-4f2e-8a57-1d7f6c1f2b10",
         *       "status": "completed",
         *       "progress": [
         *         {
         *           "slug": "account",
         *           "name": "Employee",
         *           "type": "account",
         *           "synced_count": 120
         *         }
         *       ],
         *       "started_at": "2026-11-15T12:00:00.000Z",
         *       "ended_at": "2026-11-15T12:00:04.000Z"
         *     }
         */
        SyncSession: {
            /** Format: uuid */
            sync_id: string;
            status: components["schemas"]["SyncStatus"];
            progress: components["schemas"]["SyncProgress"][];
            error?: components["schemas"]["SyncError"];
            /**
             * Format: date-time
             * @description Extension.
             */
            started_at?: string;
            /**
             * Format: date-time
             * @description Extension: when it was completed or abandoned.
             */
            ended_at?: string | null;
            /**
             * Format: date-time
             * @description Extension: when its reconciliation ended, or was given up.
             */
            reconciled_at?: string | null;
            /** @description Extension: from its start to its end. */
            push_seconds?: number | null;
            /** @description Extension: how long its reconciliation ran. */
            reconciliation_seconds?: number | null;
            /** @description Extension: id of the key that started it. */
            started_by?: string | null;
            /** @description Extension: id of the key that confirmed it. */
            confirmed_by?: string | null;
            /** @description Extension: id of the key that discarded it. */
            discarded_by?: string | null;
            /** @description Extension: number of records that the confirmation kept unchanged. */
            kept?: number;
            /** @description Extension: the judgement of the removal guard; absent before it, and for an abandoned session. */
            judgement?: components["schemas"]["GuardJudgement"];
            /**
             * Format: date-time
             * @description Extension: when an open or held session is abandoned automatically and nothing of it is applied; null for any other,
             *     or if sessions never expire.
             */
            expires_at?: string | null;
            /**
             * @description Extension: why the last attempt to reconcile it failed, while it is retried. Its pages stay; an administrator may
             *     discard it. For an expired session, that it expired.
             */
            last_failure?: string;
            /** @description Extension, only when reading a single session: the receipt of its run; null if there is none. */
            receipt?: components["schemas"]["RunReceipt"] | null;
        };
        /**
         * @description What a run of a connector leaves with its session. It holds no values of records, and the ids of a few that were
         *     wrong; the others are in the receipt on the runner's machine.
         * @example {
         *       "status": "abandoned",
         *       "mode": "full",
         *       "started_at": "2026-11-15T12:00:00.000Z",
         *       "ended_at": "2026-11-15T12:00:04.000Z",
         *       "usage": {
         *         "calls": 14,
         *         "retries": 1,
         *         "rate_limited": 1,
         *         "wait_seconds": 2.5
         *       },
         *       "timeline": {
         *         "seconds": 4.1,
         *         "step_seconds": 0.1,
         *         "steps": [
         *           {
         *             "step": 0,
         *             "calls": 13,
         *             "retries": 0,
         *             "rate_limited": 1,
         *             "turn_seconds": 0.02,
         *             "backoff_seconds": 0.1
         *           },
         *           {
         *             "step": 25,
         *             "calls": 1,
         *             "retries": 1,
         *             "rate_limited": 0,
         *             "turn_seconds": 0,
         *             "backoff_seconds": 0.1
         *           }
         *         ],
         *         "streams": [
         *           {
         *             "slug": "account",
         *             "started_seconds": 0.01,
         *             "ended_seconds": 3.2,
         *             "end": "partial",
         *             "proofs": {
         *               "total": 1
         *             },
         *             "pages": [
         *               {
         *                 "step": 31,
         *                 "count": 2
         *               }
         *             ]
         *           }
         *         ]
         *       },
         *       "types": {
         *         "account": {
         *           "type": "account",
         *           "read": 119,
         *           "pushed": 119,
         *           "created": 3,
         *           "updated": 7,
         *           "duplicates": 0,
         *           "refs": {
         *             "team": 240
         *           }
         *         }
         *       },
         *       "missing": [
         *         "account: guests are hidden from this token"
         *       ],
         *       "bad_records": [
         *         {
         *           "slug": "account",
         *           "field": "email",
         *           "reason": "must be a string",
         *           "count": 1
         *         }
         *       ],
         *       "versions": {
         *         "connector": "hr 1.2.0",
         *         "core": "0.1.0",
         *         "node": "v24.1.0"
         *       }
         *     }
         */
        RunReceipt: {
            /** @description `completed`, `updated`, `abandoned` or `failed`; clients must tolerate others. */
            status: string;
            /**
             * @description Everything was read, or what had changed.
             * @enum {string}
             */
            mode: "full" | "changes";
            /** Format: date-time */
            started_at: string;
            /** Format: date-time */
            ended_at: string;
            usage: components["schemas"]["RunUsage"];
            timeline?: components["schemas"]["RunTimeline"];
            /** @description By slug, what was read and what became of it. */
            types: {
                [key: string]: components["schemas"]["RunCounts"];
            };
            /** @description Why it was not complete. */
            missing: string[];
            /** @description Which refs were not known, and why. */
            unknown_refs?: string[];
            /** @description What was wrong with records that were not sent. */
            bad_records?: components["schemas"]["RunFault"][];
            /** @description What was wrong with fields that were left out of records. */
            bad_fields?: components["schemas"]["RunFault"][];
            error?: {
                code: string;
                message: string;
            };
            /** @description Hash of the plan that was approved. */
            approved?: string;
            /** @description What ran, by name. */
            versions: {
                [key: string]: string;
            };
        };
        /**
         * @description The course of a run, measured in seconds after its start by a clock that never jumps. Time is divided into steps of
         *     equal length; those in which nothing happened are left out.
         * @example {
         *       "seconds": 4.1,
         *       "step_seconds": 0.1,
         *       "steps": [
         *         {
         *           "step": 0,
         *           "calls": 13,
         *           "retries": 0,
         *           "rate_limited": 0,
         *           "turn_seconds": 0.02,
         *           "backoff_seconds": 0
         *         }
         *       ],
         *       "streams": [
         *         {
         *           "slug": "account",
         *           "started_seconds": 0.01,
         *           "ended_seconds": 3.2,
         *           "end": "complete",
         *           "proofs": {
         *             "total": 1
         *           },
         *           "pages": [
         *             {
         *               "step": 31,
         *               "count": 2
         *             }
         *           ]
         *         }
         *       ]
         *     }
         */
        RunTimeline: {
            /** @description Length of the run. */
            seconds: number;
            /** @description Length of a step. */
            step_seconds: number;
            steps: {
                /** @description 0 for the first. */
                step: number;
                /** @description Requests sent, including repeated ones. */
                calls: number;
                retries: number;
                rate_limited: number;
                /** @description Waited for their turn by all calls together. */
                turn_seconds: number;
                /** @description Waited to be repeated by all calls together. */
                backoff_seconds: number;
            }[];
            /** @description In the order in which they were read. */
            streams: {
                /** @description `changes` if only changes were read. */
                slug: string;
                started_seconds: number;
                /** @description When the Bridge took its last page. */
                ended_seconds: number;
                /**
                 * @description `partial`: its end was reached, and something of it was not read. `stopped`: its end was not reached.
                 * @enum {string}
                 */
                end: "complete" | "partial" | "stopped";
                /**
                 * @description Lists that it read to their end, by how that was proved: `total` (the number that the system gave),
                 *     `last_page`, `no_next_page`, `short_page`, `empty_page`; clients must tolerate others.
                 */
                proofs: {
                    [key: string]: number;
                };
                /** @description Pages that the Bridge took. */
                pages: {
                    step: number;
                    count: number;
                }[];
            }[];
        };
        /**
         * @description What the run took of the system.
         * @example {
         *       "calls": 14,
         *       "retries": 1,
         *       "rate_limited": 1,
         *       "wait_seconds": 2.5
         *     }
         */
        RunUsage: {
            calls: number;
            retries: number;
            /** @description Calls that the system turned away for being too many. */
            rate_limited: number;
            /** @description Waited by all calls together. */
            wait_seconds: number;
        };
        /**
         * @example {
         *       "type": "account",
         *       "read": 119,
         *       "pushed": 119,
         *       "created": 3,
         *       "updated": 7,
         *       "duplicates": 0,
         *       "refs": {
         *         "team": 240
         *       }
         *     }
         */
        RunCounts: {
            type: components["schemas"]["Kind"];
            read: number;
            pushed: number;
            created: number;
            updated: number;
            removed?: number;
            duplicates: number;
            /** @description Of accounts, how many different refs they have, by slug. */
            refs?: {
                [key: string]: number;
            };
        };
        /**
         * @example {
         *       "slug": "account",
         *       "field": "email",
         *       "reason": "must be a string",
         *       "count": 1,
         *       "ids": [
         *         "u1"
         *       ]
         *     }
         */
        RunFault: {
            slug: string;
            field: string;
            /** @description Of the first of them. */
            reason?: string;
            count: number;
            /** @description Of the first of these records, where they have one. Erasing a person removes theirs. */
            ids?: string[];
        };
        /**
         * @example {
         *       "sessions": [],
         *       "next": null
         *     }
         */
        SyncSessionList: {
            sessions: components["schemas"]["SyncSession"][];
            /** @description Address of the next page. */
            next: string | null;
        };
        /**
         * @example {
         *       "app_id": "7f0b5f39-7b7f-4a4e-9d6a-2f3c1d0e9a11",
         *       "app_name": "HR EMEA",
         *       "session": {
         *         "sync_id": "0f5d0a0e-5d0c-4f2e-8a57-1d7f6c1f2b10",
         *         "status": "completed",
         *         "progress": []
         *       }
         *     }
         */
        AppSync: {
            /** Format: uuid */
            app_id: string;
            app_name: string;
            session: components["schemas"]["SyncSession"];
        };
        /**
         * @example {
         *       "sessions": [],
         *       "next": null
         *     }
         */
        AppSyncList: {
            sessions: components["schemas"]["AppSync"][];
            /** @description Address of the next page. */
            next: string | null;
        };
        /**
         * @example suspend_account
         * @enum {string}
         */
        TaskAction: "create_account" | "update_account" | "delete_account" | "suspend_account" | "unsuspend_account" | "reset_password";
        /**
         * @example pending
         * @enum {string}
         */
        TaskStatus: "pending" | "scheduled" | "completed" | "failed";
        /**
         * @description The account that the task is about. For `create_account` the id is only a wish.
         * @example {
         *       "id": "ext-123",
         *       "email": "jane@example.com",
         *       "first_name": "Jane",
         *       "last_name": "Doe"
         *     }
         */
        TaskAccount: {
            id: string;
            email?: string;
            username?: string;
            first_name?: string;
            last_name?: string;
            display_name?: string;
        };
        /**
         * @example {
         *       "added": [
         *         {
         *           "id": "g2",
         *           "name": "Design"
         *         }
         *       ],
         *       "removed": [
         *         {
         *           "id": "g1",
         *           "name": "Engineering"
         *         }
         *       ]
         *     }
         */
        RefChange: {
            added?: components["schemas"]["Ref"][];
            removed?: components["schemas"]["Ref"][];
        };
        /**
         * @example {
         *       "account": {
         *         "id": "ext-123"
         *       },
         *       "changes": {
         *         "team": {
         *           "added": [
         *             {
         *               "id": "g2"
         *             }
         *           ],
         *           "removed": []
         *         }
         *       }
         *     }
         */
        TaskPayload: {
            account: components["schemas"]["TaskAccount"];
            memberships?: components["schemas"]["RefMap"];
            /** @description By slug of a group or license type, for `update_account`. */
            changes?: {
                [key: string]: components["schemas"]["RefChange"];
            };
        };
        /**
         * @example ACCOUNT_NOT_FOUND
         * @enum {string}
         */
        TaskErrorCode: "ACCOUNT_NOT_FOUND" | "ACCOUNT_ALREADY_EXISTS" | "LICENSE_EXHAUSTED" | "PERMISSION_DENIED" | "RATE_LIMITED" | "TIMEOUT" | "INTERNAL_ERROR";
        /**
         * @example {
         *       "code": "ACCOUNT_NOT_FOUND",
         *       "message": "No account with ID ext-123 exists in the target system."
         *     }
         */
        TaskError: {
            code: components["schemas"]["TaskErrorCode"];
            message: string;
        };
        /**
         * @description Any JSON object up to 16 KiB. `account.id`, if present, is the id that the system assigned.
         * @example {
         *       "account": {
         *         "id": "4711"
         *       }
         *     }
         * @example {
         *       "verified": {
         *         "exists": true,
         *         "status": "suspended"
         *       }
         *     }
         * @example {}
         */
        TaskResult: {
            account?: {
                id?: string;
            };
            /**
             * @description Extension: what was read back, of a completed or a failed task. If it fits `TaskReadBack`, the task shows it as its
             *     `read_back`.
             */
            verified?: unknown;
        };
        /**
         * @example {
         *       "id": "4b8f0c5e-90a6-4d7c-8d0f-6a1c3f2e7b90",
         *       "action": "create_account",
         *       "resource_type": "account",
         *       "status": "pending",
         *       "execute_after": "2026-11-15T10:00:00.000Z",
         *       "created_at": "2026-11-15T09:55:00.000Z",
         *       "payload": {
         *         "account": {
         *           "id": "ext-123",
         *           "email": "jane@example.com",
         *           "first_name": "Jane",
         *           "last_name": "Doe"
         *         }
         *       }
         *     }
         */
        Task: {
            /** Format: uuid */
            id: string;
            action: components["schemas"]["TaskAction"];
            /** @description Slug of the account type. Clients never dispatch on it. */
            resource_type: string;
            status: components["schemas"]["TaskStatus"];
            /** Format: date-time */
            execute_after: string;
            /** Format: date-time */
            created_at: string;
            payload: components["schemas"]["TaskPayload"];
            result?: components["schemas"]["TaskResult"];
            error?: components["schemas"]["TaskError"];
            /** @description Extension: the state of the account that the runner read after the task; absent if it read none. */
            read_back?: components["schemas"]["TaskReadBack"];
            /**
             * Format: date-time
             * @description Extension: when the outcome was reported.
             */
            ended_at?: string | null;
            /** @description Extension: the runner that has the task in flight, while the lease lasts. */
            claim?: components["schemas"]["Claim"] | null;
            /**
             * @description Extension: the budget of the hour was used up, so the task is `scheduled` until an administrator releases or
             *     cancels it.
             */
            held?: components["schemas"]["TaskHold"];
            /**
             * Format: uuid
             * @description Extension: the failed task that it tries again.
             */
            retry_of?: string;
            /**
             * Format: date-time
             * @description Extension: when another task tried this failed one again.
             */
            retried_at?: string;
            /**
             * @description Extension: the runner that first began to execute it, and when; kept when its lease ends, so that the next
             *     runner knows that the task may be done already.
             */
            begun?: components["schemas"]["TaskBegin"] | null;
        };
        /**
         * @description What a runner read of the account after it had executed the task: only what the task was about. Either `exists` or
         *     `unknown` is present.
         * @example {
         *       "at": "2026-11-15T10:00:03.000Z",
         *       "exists": true,
         *       "status": "suspended"
         *     }
         * @example {
         *       "at": "2026-11-15T10:00:03.000Z",
         *       "exists": true,
         *       "refs": {
         *         "team": {
         *           "added": 1,
         *           "removed": 0
         *         }
         *       }
         *     }
         */
        TaskReadBack: {
            /**
             * Format: date-time
             * @description By the clock of the runner.
             */
            at?: string;
            exists?: boolean;
            /** @description Such as `active` or `suspended`. */
            status?: string;
            /** @description By slug, how many of the refs to add and of those to remove the account has. */
            refs?: {
                [key: string]: {
                    added: number;
                    removed: number;
                };
            };
            /** @description Why it could not be read. */
            unknown?: string;
        };
        /**
         * @example {
         *       "runner": "connectors-1",
         *       "lease_expires_at": "2026-11-15T10:01:00.000Z"
         *     }
         */
        Claim: {
            runner: string;
            /** Format: date-time */
            lease_expires_at: string;
        };
        /**
         * @example {
         *       "runner": "connectors-1",
         *       "at": "2026-11-15T10:00:01.000Z"
         *     }
         */
        TaskBegin: {
            runner: string;
            /** Format: date-time */
            at: string;
        };
        /**
         * @example {
         *       "removals_per_hour": 500,
         *       "removals_used": 12,
         *       "revocations_per_hour": 100,
         *       "revocations_used": 3
         *     }
         */
        Budget: {
            /** @description Most records that syncs remove in an hour; null if there is no limit. */
            removals_per_hour: number | null;
            /** @description In the last hour, without those that somebody confirmed. */
            removals_used: number;
            /** @description Most tasks in an hour that suspend, delete or take access away; null if there is no limit. */
            revocations_per_hour: number | null;
            /** @description In the last hour, without held ones. */
            revocations_used: number;
        };
        /**
         * @example {
         *       "removals_per_hour": 500,
         *       "revocations_per_hour": null
         *     }
         */
        BudgetUpdate: {
            removals_per_hour: number | null;
            revocations_per_hour: number | null;
        };
        /**
         * @example {
         *       "task_ids": [
         *         "4b8f0c5e-90a6-4d7c-8d0f-6a1c3f2e7b90"
         *       ]
         *     }
         */
        TaskRelease: {
            /** @description All held ones if absent. */
            task_ids?: string[];
        };
        /**
         * @example {
         *       "released": 14
         *     }
         */
        TasksReleased: {
            released: number;
        };
        /**
         * @example {
         *       "at": "2026-11-15T10:00:00.000Z"
         *     }
         */
        TaskHold: {
            /**
             * Format: date-time
             * @description When it was held.
             */
            at: string;
        };
        /**
         * @example {
         *       "at": "2026-11-15T10:00:00.000Z",
         *       "event": "claimed",
         *       "key_id": "5f0c3a1b2d4e6f70",
         *       "runner": "connectors-1"
         *     }
         */
        TaskHistoryEntry: {
            /** Format: date-time */
            at: string;
            /** @enum {string} */
            event: "created" | "claimed" | "completed" | "failed" | "cancelled" | "held" | "released";
            /** @description Id of the key that did it. */
            key_id?: string | null;
            /** @description The runner that claimed it. */
            runner?: string;
        };
        /**
         * @description What the record of the account is called; absent without a name.
         * @example Jane Doe
         */
        AccountName: string;
        /**
         * @description What the named groups and licenses are called that come without a name; absent if there are none.
         * @example [
         *       {
         *         "slug": "team",
         *         "id": "g1",
         *         "name": "Engineering"
         *       }
         *     ]
         */
        RefNames: components["schemas"]["NamedRef"][];
        /**
         * @example {
         *       "id": "4b8f0c5e-90a6-4d7c-8d0f-6a1c3f2e7b90",
         *       "action": "suspend_account",
         *       "resource_type": "account",
         *       "status": "pending",
         *       "execute_after": "2026-11-15T10:00:00.000Z",
         *       "created_at": "2026-11-15T10:00:00.000Z",
         *       "payload": {
         *         "account": {
         *           "id": "ext-123"
         *         }
         *       },
         *       "history": [
         *         {
         *           "at": "2026-11-15T10:00:00.000Z",
         *           "event": "created",
         *           "key_id": "5f0c3a1b2d4e6f70"
         *         }
         *       ]
         *     }
         */
        TaskWithHistory: components["schemas"]["Task"] & {
            account_name?: components["schemas"]["AccountName"];
            ref_names?: components["schemas"]["RefNames"];
            history: components["schemas"]["TaskHistoryEntry"][];
        };
        /**
         * @example {
         *       "limit": 10,
         *       "lease_seconds": 120,
         *       "runner": "connectors-1"
         *     }
         */
        TaskClaim: {
            /** @default 1 */
            limit: number;
            /** @default 60 */
            lease_seconds: number;
            /** @description Name of the runner; unique among runners. */
            runner: string;
            /** @description Only these tasks; leases that the runner already holds on them are renewed. */
            task_ids?: string[];
            /**
             * @description The runner is about to execute the tasks of `task_ids`: the first `begun` of each is kept. Only if the response to a
             *     claim announces `begun-tasks`.
             */
            begin?: boolean;
        };
        /**
         * @example {
         *       "tasks": []
         *     }
         */
        ClaimedTasks: {
            tasks: components["schemas"]["Task"][];
        };
        /**
         * @example {
         *       "tasks": [],
         *       "count": 0,
         *       "count_is_exact": true,
         *       "next": null,
         *       "previous": null
         *     }
         */
        TaskList: {
            tasks: components["schemas"]["Task"][];
            count: components["schemas"]["ListCount"];
            count_is_exact: components["schemas"]["CountIsExact"];
            /** @description Address of the next page. */
            next: string | null;
            /** @description Address of the page before. */
            previous: string | null;
        };
        /**
         * @description What has become of a task: as its status, and `in_flight` while a runner has claimed it, `cancelled` if it was.
         * @example failed
         * @enum {string}
         */
        TaskState: "pending" | "scheduled" | "in_flight" | "completed" | "failed" | "cancelled";
        /**
         * @example {
         *       "app_id": "7f0b5f39-7b7f-4a4e-9d6a-2f3c1d0e9a11",
         *       "app_name": "Salesforce",
         *       "account_name": "Jane Doe",
         *       "task": {
         *         "id": "4b8f0c5e-90a6-4d7c-8d0f-6a1c3f2e7b90",
         *         "action": "suspend_account",
         *         "resource_type": "account",
         *         "status": "pending",
         *         "execute_after": "2026-11-15T10:00:00.000Z",
         *         "created_at": "2026-11-15T09:55:00.000Z",
         *         "payload": {
         *           "account": {
         *             "id": "ext-123"
         *           }
         *         }
         *       }
         *     }
         */
        AppTask: {
            /** Format: uuid */
            app_id: string;
            app_name: string;
            account_name?: components["schemas"]["AccountName"];
            ref_names?: components["schemas"]["RefNames"];
            task: components["schemas"]["Task"];
        };
        /**
         * @example {
         *       "tasks": [],
         *       "next": null
         *     }
         */
        AppTaskList: {
            tasks: components["schemas"]["AppTask"][];
            /** @description Address of the next page. */
            next: string | null;
        };
        /**
         * @example {
         *       "code": "PERMISSION_DENIED",
         *       "per_minute": 60,
         *       "preview": true
         *     }
         * @example {}
         */
        TaskRetry: {
            /** @description Only tasks that failed with this code. */
            code?: components["schemas"]["TaskErrorCode"];
            /** @description Only tasks with this action. */
            action?: components["schemas"]["TaskAction"];
            /** @description Only these. */
            task_ids?: string[];
            /**
             * @description How many are tried at most.
             * @default 100
             */
            limit: number;
            /** @description How many become due in a minute at most; all at once if absent. */
            per_minute?: number;
            /**
             * @description Only shows what would be made.
             * @default false
             */
            preview: boolean;
        };
        /**
         * @example {
         *       "task_ids": [
         *         "4b8f0c5e-90a6-4d7c-8d0f-6a1c3f2e7b90"
         *       ],
         *       "preview": true
         *     }
         */
        TaskUndo: {
            task_ids: string[];
            /**
             * @description Only shows what would be made.
             * @default false
             */
            preview: boolean;
        };
        /**
         * @example {
         *       "task_ids": [
         *         "4b8f0c5e-90a6-4d7c-8d0f-6a1c3f2e7b90"
         *       ],
         *       "preview": true
         *     }
         * @example {
         *       "state": "scheduled",
         *       "action": "delete_account"
         *     }
         */
        TaskCancel: {
            /**
             * @description Only tasks in this state (see `TaskState`).
             * @enum {string}
             */
            state?: "pending" | "scheduled" | "in_flight";
            /** @description Only tasks with this action. */
            action?: components["schemas"]["TaskAction"];
            /** @description Only these. */
            task_ids?: string[];
            /**
             * @description How many are cancelled at most, if no `task_ids` are given.
             * @default 100
             */
            limit: number;
            /**
             * @description Only shows what would be cancelled.
             * @default false
             */
            preview: boolean;
        };
        /**
         * @example {
         *       "preview": true,
         *       "matching": {
         *         "count": 14,
         *         "count_is_exact": true
         *       },
         *       "items": [
         *         {
         *           "task_id": "4b8f0c5e-90a6-4d7c-8d0f-6a1c3f2e7b90",
         *           "action": "suspend_account",
         *           "payload": {
         *             "account": {
         *               "id": "ext-123"
         *             }
         *           }
         *         }
         *       ]
         *     }
         */
        TaskBatch: {
            /** @description Whether nothing was changed. */
            preview: boolean;
            /** @description How many tasks the filter finds; `items` has the first of them, up to the limit. */
            matching: components["schemas"]["BoundedCount"];
            items: components["schemas"]["BatchItem"][];
        };
        /**
         * @example {
         *       "task_id": "4b8f0c5e-90a6-4d7c-8d0f-6a1c3f2e7b90",
         *       "reason": "A password that was reset can't be restored."
         *     }
         */
        BatchItem: {
            /**
             * Format: uuid
             * @description The task that is tried again, undone or cancelled.
             */
            task_id: string;
            /** @description Of the new task, or of the cancelled one. */
            action?: components["schemas"]["TaskAction"];
            /** @description Of the new task, or of the cancelled one. */
            payload?: components["schemas"]["TaskPayload"];
            account_name?: components["schemas"]["AccountName"];
            ref_names?: components["schemas"]["RefNames"];
            /**
             * Format: uuid
             * @description The task that was made.
             */
            new_task_id?: string;
            /**
             * Format: date-time
             * @description When that one is due.
             */
            execute_after?: string;
            /** @description Why no task is made, or why it is not cancelled. */
            reason?: string;
            /** @description What stays as it is all the same. */
            left?: string;
        };
        /**
         * @example {
         *       "action": "suspend_account",
         *       "payload": {
         *         "account": {
         *           "id": "4711"
         *         }
         *       }
         *     }
         */
        TaskCreate: {
            action: components["schemas"]["TaskAction"];
            payload: components["schemas"]["TaskPayload"];
            /**
             * Format: date-time
             * @description Earliest time; immediately if absent.
             */
            execute_after?: string;
        };
        /**
         * @example {
         *       "status": "completed",
         *       "result": {}
         *     }
         * @example {
         *       "status": "failed",
         *       "error": {
         *         "code": "ACCOUNT_NOT_FOUND",
         *         "message": "No account has the id ext-123."
         *       }
         *     }
         */
        TaskReport: {
            /** @enum {string} */
            status: "completed" | "failed";
            result?: components["schemas"]["TaskResult"];
            error?: components["schemas"]["TaskError"];
        };
        /**
         * @description Clients must tolerate others.
         * @example sync.ended
         * @enum {string}
         */
        EventType: "sync.started" | "sync.progress" | "sync.expiring" | "sync.ended" | "task.created" | "task.held" | "task.released" | "task.claimed" | "task.ended";
        /**
         * @example {
         *       "type": "sync.ended",
         *       "at": "2026-11-15T12:00:04.000Z",
         *       "app_id": "7f0b5f39-7b7f-4a4e-9d6a-2f3c1d0e9a11",
         *       "sync_id": "0f5d0a0e-5d0c-4f2e-8a57-1d7f6c1f2b10",
         *       "status": "completed",
         *       "counts": [
         *         {
         *           "slug": "account",
         *           "synced_count": 120,
         *           "created": 3,
         *           "updated": 7,
         *           "removed": 1
         *         }
         *       ]
         *     }
         */
        Event: {
            type: components["schemas"]["EventType"];
            /** Format: date-time */
            at: string;
            /** Format: uuid */
            app_id: string;
            /** Format: uuid */
            sync_id?: string;
            /** Format: uuid */
            task_id?: string;
            action?: components["schemas"]["TaskAction"];
            /** @description With `task.created` and `task.released`: whether the task suspends, deletes or takes access away. */
            is_revocation?: boolean;
            /** @description Of the session or the task. */
            status?: string;
            /** @description Of a session or a task that failed. */
            error_code?: string;
            /**
             * Format: date-time
             * @description With `sync.expiring`: when the session, which the removal guard holds, is dropped by itself.
             */
            expires_at?: string;
            /** @description Of a session, by resource type. */
            counts?: components["schemas"]["EventCount"][];
        };
        /**
         * @example {
         *       "slug": "account",
         *       "synced_count": 120,
         *       "created": 3,
         *       "updated": 7,
         *       "removed": 1
         *     }
         */
        EventCount: {
            slug: string;
            synced_count: number;
            created?: number;
            updated?: number;
            removed?: number;
            refs_gained?: components["schemas"]["RefsGained"];
            refs_lost?: components["schemas"]["RefsLost"];
        };
        /**
         * @description Server-sent events. Each `data` is an `Event` in one line of JSON.
         * @example id: 41
         *     event: task.created
         *     data: {"type":"task.created"}
         */
        EventStream: string;
        /**
         * @description A `connector` feeds apps and carries out their tasks, an `auditor` reads everything and changes nothing, an
         *     `operator` does everything but manage keys and people and set removal guards, an `admin` everything.
         * @example connector
         * @enum {string}
         */
        Role: "connector" | "auditor" | "operator" | "admin";
        /**
         * @description What somebody may do who is signed in to the console; see Role.
         * @example auditor
         * @enum {string}
         */
        UserRole: "auditor" | "operator" | "admin";
        /**
         * @example {
         *       "id": "9b2d7a4e-5c1f-4e8a-9d3b-6f0a1c2e4d58",
         *       "name": "Ida Roth",
         *       "email": "ida.roth@example.com",
         *       "role": "operator",
         *       "created_at": "2026-11-15T11:00:00.000Z",
         *       "last_signed_in_at": "2026-11-28T08:30:00.000Z",
         *       "disabled_at": null
         *     }
         */
        User: {
            /** Format: uuid */
            id: string;
            name: string;
            email: string | null;
            role: components["schemas"]["UserRole"];
            /**
             * Format: date-time
             * @description The first sign-in.
             */
            created_at: string;
            /** Format: date-time */
            last_signed_in_at: string;
            /** Format: date-time */
            disabled_at: string | null;
        };
        /**
         * @example {
         *       "users": [],
         *       "next": null
         *     }
         */
        UserList: {
            users: components["schemas"]["User"][];
            /** @description Address of the next page. */
            next: string | null;
        };
        /**
         * @example {
         *       "is_disabled": true
         *     }
         */
        UserUpdate: {
            is_disabled: boolean;
        };
        /**
         * @example {
         *       "name": "Ida Roth",
         *       "role": "admin"
         *     }
         */
        SignInLinkCreate: {
            /** @description Whom the audit trail names. */
            name: string;
            role: components["schemas"]["UserRole"];
        };
        /**
         * @example {
         *       "token": "example",
         *       "expires_at": "2026-11-28T08:40:00.000Z"
         *     }
         */
        SignInLink: {
            /** @description The secret; shown here and never again. */
            token: string;
            /** Format: date-time */
            expires_at: string;
        };
        /**
         * @example {
         *       "id": "5f0c3a1b2d4e6f70",
         *       "name": "HR connector",
         *       "role": "connector",
         *       "app_ids": [
         *         "7f0b5f39-7b7f-4a4e-9d6a-2f3c1d0e9a11"
         *       ],
         *       "created_at": "2026-11-15T11:00:00.000Z",
         *       "expires_at": "2027-02-13T11:00:00.000Z",
         *       "revoked_at": null,
         *       "last_used_at": "2026-11-15T12:00:00.000Z",
         *       "old_secret": {
         *         "expires_at": "2026-11-16T12:00:00.000Z",
         *         "last_used_at": null
         *       }
         *     }
         */
        Key: {
            /** @description The part of the key that names it; no secret. */
            id: string;
            name: string;
            role: components["schemas"]["Role"];
            /** @description The apps that the key is limited to; null for all of the organisation. */
            app_ids: string[] | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            expires_at: string | null;
            /** Format: date-time */
            revoked_at: string | null;
            /**
             * Format: date-time
             * @description To the minute; null if never used.
             */
            last_used_at: string | null;
            /** @description The old secret of a rotated key, while it is valid. */
            old_secret: components["schemas"]["OldSecret"] | null;
        };
        /**
         * @example {
         *       "expires_at": "2026-11-16T12:00:00.000Z",
         *       "last_used_at": null
         *     }
         */
        OldSecret: {
            /**
             * Format: date-time
             * @description Not valid from then on.
             */
            expires_at: string;
            /**
             * Format: date-time
             * @description To the minute, since the key was rotated; null if not used since.
             */
            last_used_at: string | null;
        };
        /**
         * @example {
         *       "name": "HR connector",
         *       "role": "connector",
         *       "expires_in_days": 90
         *     }
         */
        KeyCreate: {
            name: string;
            role: components["schemas"]["Role"];
            /**
             * @description Limits a connector's key to these apps and those that it creates; an empty list limits it to the latter. If absent or
             *     null, it reaches all apps.
             */
            app_ids?: string[] | null;
            /**
             * @description Never if absent or null.
             * @enum {unknown}
             */
            expires_in_days?: 7 | 30 | 90 | null;
        };
        /**
         * @example {
         *       "id": "5f0c3a1b2d4e6f70",
         *       "name": "laptop",
         *       "role": "admin",
         *       "app_ids": null,
         *       "created_at": "2026-11-15T11:00:00.000Z",
         *       "expires_at": null,
         *       "revoked_at": null,
         *       "last_used_at": null,
         *       "old_secret": null,
         *       "key": "bk_5f0c3a1b2d4e6f70_example"
         *     }
         */
        KeyCreated: components["schemas"]["Key"] & {
            /** @description The secret; shown here and never again. */
            key: string;
        };
        /**
         * @example {
         *       "overlap_hours": 0
         *     }
         * @example {
         *       "overlap_hours": 24
         *     }
         * @example {}
         */
        KeyRotate: {
            /**
             * @description How long the old secret stays valid; 0 ends it at once.
             * @default 24
             */
            overlap_hours: number;
        };
        /**
         * @example {
         *       "id": "4f8b6f4e-2f0d-4f53-9f1b-6f4f0c9f2a11",
         *       "slug": "acme",
         *       "name": "Acme Inc.",
         *       "created_at": "2026-11-15T12:00:00.000Z",
         *       "role": "operator"
         *     }
         */
        Org: {
            /** Format: uuid */
            id: string;
            /** @description Part of every address of the organisation. */
            slug: string;
            name: string;
            /** Format: date-time */
            created_at: string;
            /** @description Role of whoever makes this call. */
            role: components["schemas"]["Role"];
        };
        /**
         * @example {
         *       "keys": [],
         *       "count": 0,
         *       "count_is_exact": true,
         *       "next": null,
         *       "previous": null
         *     }
         */
        KeyList: {
            keys: components["schemas"]["Key"][];
            count: components["schemas"]["ListCount"];
            count_is_exact: components["schemas"]["CountIsExact"];
            /** @description Address of the next page. */
            next: string | null;
            /** @description Address of the page before. */
            previous: string | null;
        };
        /**
         * @example {
         *       "id": "0b0f5e3e-5a3e-4a55-9d43-0c8b6f1c2d3e",
         *       "at": "2026-11-15T12:00:00.000Z",
         *       "key_id": "5f0c3a1b2d4e6f70",
         *       "key_name": "laptop",
         *       "operation": "confirmSync",
         *       "path": "/api/v1/bridge/apps/7f0b5f39-7b7f-4a4e-9d6a-2f3c1d0e9a11/sync/0f5d0a0e-5d0c-4f2e-8a57-1d7f6c1f2b10/confirm/",
         *       "app_id": "7f0b5f39-7b7f-4a4e-9d6a-2f3c1d0e9a11",
         *       "status": 202,
         *       "request_id": "6a1c3f2e-7b90-4d7c-8d0f-90a64b8f0c5e",
         *       "details": {
         *         "before": {
         *           "status": "error",
         *           "error_code": "REMOVALS_HELD"
         *         },
         *         "after": {
         *           "status": "completing"
         *         }
         *       }
         *     }
         */
        AuditEntry: {
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            at: string;
            /**
             * @description Id of the key, or `user_<id>` of a person who was signed in to the console. Null if it was done with the command,
             *     directly on the database.
             */
            key_id: string | null;
            /** @description Name of the key, or name and email of the person. */
            key_name: string | null;
            /** @description `operationId` of the call, or the name of the command's action. */
            operation: string;
            path: string;
            /** Format: uuid */
            app_id: string | null;
            /** @description Status of the response; null if the Bridge died before it responded. */
            status: number | null;
            request_id: string | null;
            /**
             * @description For a refused call: how often this key was refused this operation with this status within the hour that started then.
             *     `at` is the first time.
             */
            refusals?: components["schemas"]["AuditRefusals"];
            details?: components["schemas"]["AuditDetails"];
        };
        /**
         * @description Details that are not in the path; absent if there are none. Contains no personal data except the names of keys.
         * @example {
         *       "key_id": "5f0c3a1b2d4e6f70",
         *       "before": null,
         *       "after": {
         *         "name": "HR connector",
         *         "role": "connector"
         *       }
         *     }
         * @example {
         *       "before": {
         *         "name": "HR EMEA"
         *       },
         *       "after": {
         *         "name": "HR Europe"
         *       }
         *     }
         */
        AuditDetails: {
            /** @description The created key. */
            key_id?: string;
            /**
             * Format: uuid
             * @description The receipt of the erasure.
             */
            erasure_id?: string;
            /** @description The caller's reason, from `X-Bridge-Reason`. */
            reason?: string;
            /** @description The changed fields before the call; null if there was nothing. */
            before?: {
                [key: string]: unknown;
            } | null;
            /** @description The changed fields after the call; null if it was deleted. */
            after?: {
                [key: string]: unknown;
            } | null;
        };
        /**
         * @example {
         *       "count": 312,
         *       "last_at": "2026-11-15T12:48:10.000Z"
         *     }
         */
        AuditRefusals: {
            count: number;
            /** Format: date-time */
            last_at: string;
        };
        /**
         * @example {
         *       "entries": [],
         *       "next": null
         *     }
         */
        AuditList: {
            entries: components["schemas"]["AuditEntry"][];
            /** @description Address of the next page. */
            next: string | null;
        };
        /**
         * @description An email, compared without regard to case, in all apps of the organisation; or one account of an app.
         * @example {
         *       "email": "former@example.com"
         *     }
         * @example {
         *       "app_id": "7f0b5f39-7b7f-4a4e-9d6a-2f3c1d0e9a11",
         *       "slug": "account",
         *       "id": "former-employee"
         *     }
         */
        Person: {
            /** @description Of a record, or its username. */
            email: string;
        } | {
            /** Format: uuid */
            app_id: string;
            /** @description Slug of an account type. */
            slug: string;
            id: string;
        };
        /**
         * @example {
         *       "app_id": "7f0b5f39-7b7f-4a4e-9d6a-2f3c1d0e9a11",
         *       "app_name": "HR EMEA",
         *       "slug": "account",
         *       "record": {
         *         "data": {
         *           "id": "u1",
         *           "email": "alice@example.com"
         *         },
         *         "status": "active",
         *         "removed_at": null,
         *         "stub": false
         *       }
         *     }
         */
        PersonAccount: {
            /** Format: uuid */
            app_id: string;
            app_name: string;
            /** @description Slug of the account type. */
            slug: string;
            record: components["schemas"]["LiveRecord"];
        };
        /**
         * @example {
         *       "app_id": "7f0b5f39-7b7f-4a4e-9d6a-2f3c1d0e9a11",
         *       "app_name": "HR EMEA",
         *       "slug": "team",
         *       "record": {
         *         "data": {
         *           "id": "g1",
         *           "name": "Engineering"
         *         },
         *         "status": "active",
         *         "removed_at": null,
         *         "stub": false
         *       }
         *     }
         */
        FoundRecord: {
            /** Format: uuid */
            app_id: string;
            app_name: string;
            slug: string;
            record: components["schemas"]["LiveRecord"];
        };
        /**
         * @example {
         *       "accounts": [],
         *       "groups": [],
         *       "licenses": [],
         *       "tasks": []
         *     }
         */
        Finds: {
            /** @description By what was found. */
            accounts: components["schemas"]["FoundRecord"][];
            /** @description By what was found. */
            groups: components["schemas"]["FoundRecord"][];
            /** @description By what was found. */
            licenses: components["schemas"]["FoundRecord"][];
            /** @description Newest first. */
            tasks: components["schemas"]["AppTask"][];
        };
        /**
         * @example {
         *       "accounts": [],
         *       "next": null
         *     }
         */
        PersonAccountList: {
            accounts: components["schemas"]["PersonAccount"][];
            /** @description Address of the next page. */
            next: string | null;
        };
        /**
         * @description A table in UTF-8 with a header, as RFC 4180 has it.
         * @example id,status
         *     u1,active
         */
        CsvExport: string;
        /**
         * @description A JSON object in each line.
         * @example {}
         */
        JsonExport: string;
        /**
         * @description How many of each were deleted, or would be.
         * @example {
         *       "records": 2,
         *       "changes": 5,
         *       "staged": 1,
         *       "tasks": 3,
         *       "members": 7,
         *       "responses": 0,
         *       "mentions": 1
         *     }
         */
        ErasureCounts: {
            /** @description Live records, be they inactive. */
            records: number;
            /** @description What sessions did to them. */
            changes: number;
            /** @description Records in the pages of sessions that are open, held or failed. */
            staged: number;
            /** @description Tasks about the accounts, with their history. */
            tasks: number;
            /** @description Entries in the index of members of groups and users of licenses. */
            members: number;
            /** @description Responses that were kept for an `Idempotency-Key`. */
            responses: number;
            /** @description Rows of others in which the email became `[erased]`. */
            mentions: number;
        };
        /**
         * @description The receipt of an erasure. It contains no personal data.
         * @example {
         *       "id": "3d0d9a3e-8a0b-4f5f-a3a5-5a1a3f2c9b11",
         *       "at": "2026-11-15T12:00:00.000Z",
         *       "key_id": "5f0c3a1b2d4e6f70",
         *       "app_id": null,
         *       "digest": "1fca8b0a1f7d9d0d3f1d6e0f4b6d8c2a9e7f5b3d1c0a8f6e4d2b0a9c7e5f3d1b",
         *       "accounts": 2,
         *       "active_accounts": 0,
         *       "counts": {
         *         "records": 2,
         *         "changes": 5,
         *         "staged": 1,
         *         "tasks": 3,
         *         "members": 7,
         *         "responses": 0,
         *         "mentions": 1
         *       }
         *     }
         */
        Erasure: {
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            at: string;
            /** @description Id of the key that asked for it. */
            key_id: string | null;
            /**
             * Format: uuid
             * @description Null if an email was erased in all apps.
             */
            app_id: string | null;
            /**
             * @description HMAC-SHA256 in hex, with the `digest_key` that the erasure returned, of the email in lower case, or of `slug:id` of the
             *     account.
             */
            digest: string;
            /** @description Number of accounts of the person. */
            accounts: number;
            /** @description Accounts that their systems still had at the last sync; each comes back unless it is removed there. */
            active_accounts: number;
            counts: components["schemas"]["ErasureCounts"];
        };
        /**
         * @example {
         *       "id": "3d0d9a3e-8a0b-4f5f-a3a5-5a1a3f2c9b11",
         *       "at": "2026-11-15T12:00:00.000Z",
         *       "key_id": "5f0c3a1b2d4e6f70",
         *       "app_id": null,
         *       "digest": "1fca8b0a1f7d9d0d3f1d6e0f4b6d8c2a9e7f5b3d1c0a8f6e4d2b0a9c7e5f3d1b",
         *       "accounts": 2,
         *       "active_accounts": 0,
         *       "counts": {
         *         "records": 2,
         *         "changes": 5,
         *         "staged": 1,
         *         "tasks": 3,
         *         "members": 7,
         *         "responses": 0,
         *         "mentions": 1
         *       },
         *       "digest_key": "9b1d6f0c3a5e7d2b4c8f1a0e6d3b5c7f9a2e4d6b8c0f1a3e5d7b9c1f3a5e7d9b"
         *     }
         */
        ErasureCreated: components["schemas"]["Erasure"] & {
            /**
             * @description The key of `digest`, in this response and never returned again. Whoever keeps it can prove later whom the receipt is
             *     about; the Bridge itself can't.
             */
            digest_key: string;
        };
        /**
         * @example {
         *       "erasures": [],
         *       "next": null
         *     }
         */
        ErasureList: {
            erasures: components["schemas"]["Erasure"][];
            /** @description Address of the next page. */
            next: string | null;
        };
        /**
         * @example {
         *       "accounts": [
         *         {
         *           "app_id": "7f0b5f39-7b7f-4a4e-9d6a-2f3c1d0e9a11",
         *           "slug": "account",
         *           "id": "u1",
         *           "active": true
         *         }
         *       ],
         *       "counts": {
         *         "records": 1,
         *         "changes": 2,
         *         "staged": 0,
         *         "tasks": 0,
         *         "members": 2,
         *         "responses": 0,
         *         "mentions": 0
         *       },
         *       "open_tasks": [],
         *       "due_sessions": []
         *     }
         */
        ErasurePreview: {
            /** @description The accounts of the person. */
            accounts: components["schemas"]["ErasedAccount"][];
            counts: components["schemas"]["ErasureCounts"];
            /** @description Tasks that name the person and have not ended. */
            open_tasks: components["schemas"]["OpenTask"][];
            /** @description Sessions that have ended and are not reconciled yet. */
            due_sessions: components["schemas"]["DueSession"][];
        };
        /**
         * @example {
         *       "app_id": "7f0b5f39-7b7f-4a4e-9d6a-2f3c1d0e9a11",
         *       "slug": "account",
         *       "id": "u1",
         *       "active": true
         *     }
         */
        ErasedAccount: {
            /** Format: uuid */
            app_id: string;
            slug: string;
            id: string;
            /** @description Whether its system still had it at the last sync. */
            active: boolean;
        };
        /**
         * @example {
         *       "app_id": "7f0b5f39-7b7f-4a4e-9d6a-2f3c1d0e9a11",
         *       "task_id": "4b8f0c5e-90a6-4d7c-8d0f-6a1c3f2e7b90",
         *       "action": "suspend_account"
         *     }
         */
        OpenTask: {
            /** Format: uuid */
            app_id: string;
            /** Format: uuid */
            task_id: string;
            action: components["schemas"]["TaskAction"];
        };
        /**
         * @example {
         *       "app_id": "7f0b5f39-7b7f-4a4e-9d6a-2f3c1d0e9a11",
         *       "sync_id": "0f5d0a0e-5d0c-4f2e-8a57-1d7f6c1f2b10"
         *     }
         */
        DueSession: {
            /** Format: uuid */
            app_id: string;
            /** Format: uuid */
            sync_id: string;
        };
    };
    responses: {
        /** @description The request does not fit its schema. */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "detail": "records[0].id: must be a string, got number"
                 *     }
                 */
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The API key is missing or unknown. */
        Unauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "detail": "The API key is not valid. Send it as: Authorization: Api-Key <key>"
                 *     }
                 */
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The API key is revoked or expired, or its role does not allow the call. */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "detail": "The API key expired on 2026-10-01T00:00:00.000Z."
                 *     }
                 */
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The object does not exist in this organisation. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "detail": "No app has the id 7f0b5f39-7b7f-4a4e-9d6a-2f3c1d0e9a11."
                 *     }
                 */
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The state of the thing does not allow it. */
        Conflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "detail": "The session is completed; start a new one."
                 *     }
                 */
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The body is over the limit. */
        TooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "detail": "The body is larger than 8388608 bytes."
                 *     }
                 */
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The body is not declared as JSON. */
        UnsupportedMediaType: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "detail": "The content type must be application/json, got text/plain."
                 *     }
                 */
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The API key is over its rate limit. */
        TooManyRequests: {
            headers: {
                /** @description Whole seconds to wait, at least 1. */
                "Retry-After"?: number;
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "detail": "The API key made more than 1000 requests in 1 s; try again in 1 s."
                 *     }
                 */
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The body fits its schema and breaks a rule. */
        Unprocessable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "detail": "Record 'u1': unknown membership slug 'nonexistent'"
                 *     }
                 */
                "application/json": components["schemas"]["Error"];
            };
        };
    };
    parameters: {
        /** @description Id of an app of this organisation. */
        AppId: string;
        /** @description Id of a key of this organisation. */
        KeyId: string;
        /** @description Id of a user of this organisation. */
        UserId: string;
        /** @description Id of a sync session of the app. */
        SyncId: string;
        /** @description Id of a task of the app. */
        TaskId: string;
        /** @description Slug of a resource type of the app's clone group. */
        Slug: string;
        /** @description Maximum number of rows in a page. */
        Limit: number;
        /**
         * @description Number of rows to skip, at most 10,000. To read further, follow `next`, which has a `cursor` and may have a larger
         *     `offset`, which then skips nothing.
         */
        Offset: number;
        /** @description Position from the `next` of the previous page. */
        Cursor: string;
        /**
         * @description Extension: identifies one logical call, such as by a random UUID, so that it can be repeated after a lost response.
         *     Within 24 hours the same API key gets the same response for it and nothing is created twice; with another path or body
         *     it gets 422. Error responses are not kept.
         */
        IdempotencyKey: string;
        /**
         * @description Extension: the number of the run that starts this session, larger for each later run of the app, such as a counter or
         *     milliseconds since 1970. The Bridge keeps the newest of each app. Starts without it are not fenced.
         */
        Generation: number;
        /** @description Only at this time or later. */
        Since: string;
        /** @description Only before this time. */
        Until: string;
        /** @description Only what this key did, or with `user_<id>` what this person did. */
        AuditKey: string;
        /** @description Only what was done by keys and people of whose name a word begins with this, in any case. */
        AuditActor: string;
        /** @description Only this operation. */
        AuditOperation: string;
        /** @description Only what was done to this app. */
        AuditApp: string;
        /**
         * @description Only what was done to the task, session, key, user or app with this id: what the call created, or the last id of its
         *     path.
         */
        AuditTarget: string;
        /**
         * @description Only entries in which a word begins with this, in any case: of the name of the key or person, the operation, the path,
         *     the reason or the id of the request.
         */
        AuditText: string;
        /** @description Only changes in this app. */
        ChangesApp: string;
        /** @description Only records of resource types with this slug. */
        ChangesSlug: string;
        /** @description Only changes of records that this text finds, as in the list of records. */
        ChangesText: string;
        /** @description Only the apps of this clone group. */
        CloneGroup: string;
        /** @description A table, or one JSON object in each line. */
        ExportFormat: "csv" | "json";
        /**
         * @description Extension: the reason for the call, for the audit trail; UTF-8 text, percent-encoded. It is kept for good, so name a ticket
         *     rather than a person.
         */
        Reason: string;
        /**
         * @description `wait=30` delays the response until there is a task, for at most that many seconds (maximum 60); see RFC 7240. The
         *     `Preference-Applied` header has the applied preference. Other preferences are ignored.
         */
        Prefer: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listApps: {
        parameters: {
            query?: {
                /** @description Maximum number of rows in a page. */
                limit?: components["parameters"]["Limit"];
                /**
                 * @description Number of rows to skip, at most 10,000. To read further, follow `next`, which has a `cursor` and may have a larger
                 *     `offset`, which then skips nothing.
                 */
                offset?: components["parameters"]["Offset"];
                /** @description Position from the `next` of the previous page. */
                cursor?: components["parameters"]["Cursor"];
                /** @description Only the apps of this clone group. */
                clone_group?: components["parameters"]["CloneGroup"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of apps. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AppList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    createApp: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Extension: the reason for the call, for the audit trail; UTF-8 text, percent-encoded. It is kept for good, so name a ticket
                 *     rather than a person.
                 */
                "X-Bridge-Reason"?: components["parameters"]["Reason"];
                /**
                 * @description Extension: identifies one logical call, such as by a random UUID, so that it can be repeated after a lost response.
                 *     Within 24 hours the same API key gets the same response for it and nothing is created twice; with another path or body
                 *     it gets 422. Error responses are not kept.
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AppCreate"];
            };
        };
        responses: {
            /** @description The app was created. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["App"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    getApp: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an app of this organisation. */
                app_id: components["parameters"]["AppId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The app. */
            200: {
                headers: {
                    /** @description Extension: as for the start of a sync. */
                    "X-Bridge-Extensions"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["App"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    deleteApp: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Extension: the reason for the call, for the audit trail; UTF-8 text, percent-encoded. It is kept for good, so name a ticket
                 *     rather than a person.
                 */
                "X-Bridge-Reason"?: components["parameters"]["Reason"];
            };
            path: {
                /** @description Id of an app of this organisation. */
                app_id: components["parameters"]["AppId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The app is gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    updateApp: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Extension: the reason for the call, for the audit trail; UTF-8 text, percent-encoded. It is kept for good, so name a ticket
                 *     rather than a person.
                 */
                "X-Bridge-Reason"?: components["parameters"]["Reason"];
            };
            path: {
                /** @description Id of an app of this organisation. */
                app_id: components["parameters"]["AppId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AppUpdate"];
            };
        };
        responses: {
            /** @description The app as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["App"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    previewGuard: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an app of this organisation. */
                app_id: components["parameters"]["AppId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RemovalGuard"];
            };
        };
        responses: {
            /** @description The sessions that would have been held. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GuardPreview"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    exportRecords: {
        parameters: {
            query?: {
                /** @description A table, or one JSON object in each line. */
                format?: components["parameters"]["ExportFormat"];
                /** @description Only records with this status. */
                status?: components["schemas"]["RecordStatus"];
                /** @description Only records that this text finds, as in the list of records. */
                text?: string;
                /** @description Only accounts that are members of this group, as `slug:id`. */
                member_of?: components["schemas"]["RecordKey"];
                /** @description Only accounts that use this license, as `slug:id`. */
                assigned?: components["schemas"]["RecordKey"];
            };
            header?: never;
            path: {
                /** @description Id of an app of this organisation. */
                app_id: components["parameters"]["AppId"];
                /** @description Slug of a resource type of the app's clone group. */
                slug: components["parameters"]["Slug"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The records, until the stream ends. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": components["schemas"]["CsvExport"];
                    "application/x-ndjson": components["schemas"]["JsonExport"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    setCapabilities: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an app of this organisation. */
                app_id: components["parameters"]["AppId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Capabilities"];
            };
        };
        responses: {
            /** @description It is kept. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    listResourceTypes: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an app of this organisation. */
                app_id: components["parameters"]["AppId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All resource types, by slug. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResourceTypeList"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    createResourceType: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Extension: the reason for the call, for the audit trail; UTF-8 text, percent-encoded. It is kept for good, so name a ticket
                 *     rather than a person.
                 */
                "X-Bridge-Reason"?: components["parameters"]["Reason"];
                /**
                 * @description Extension: identifies one logical call, such as by a random UUID, so that it can be repeated after a lost response.
                 *     Within 24 hours the same API key gets the same response for it and nothing is created twice; with another path or body
                 *     it gets 422. Error responses are not kept.
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description Id of an app of this organisation. */
                app_id: components["parameters"]["AppId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResourceType"];
            };
        };
        responses: {
            /** @description The resource type was registered. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResourceType"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    deleteResourceType: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Extension: the reason for the call, for the audit trail; UTF-8 text, percent-encoded. It is kept for good, so name a ticket
                 *     rather than a person.
                 */
                "X-Bridge-Reason"?: components["parameters"]["Reason"];
            };
            path: {
                /** @description Id of an app of this organisation. */
                app_id: components["parameters"]["AppId"];
                /** @description Slug of a resource type of the app's clone group. */
                slug: components["parameters"]["Slug"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The resource type is gone, for the whole clone group. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    updateResourceType: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Extension: the reason for the call, for the audit trail; UTF-8 text, percent-encoded. It is kept for good, so name a ticket
                 *     rather than a person.
                 */
                "X-Bridge-Reason"?: components["parameters"]["Reason"];
            };
            path: {
                /** @description Id of an app of this organisation. */
                app_id: components["parameters"]["AppId"];
                /** @description Slug of a resource type of the app's clone group. */
                slug: components["parameters"]["Slug"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResourceTypeUpdate"];
            };
        };
        responses: {
            /** @description The resource type as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResourceType"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    listSyncs: {
        parameters: {
            query?: {
                /** @description Maximum number of rows in a page. */
                limit?: components["parameters"]["Limit"];
                /** @description Position from the `next` of the previous page. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path: {
                /** @description Id of an app of this organisation. */
                app_id: components["parameters"]["AppId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of sessions. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SyncSessionList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    startSync: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Extension: identifies one logical call, such as by a random UUID, so that it can be repeated after a lost response.
                 *     Within 24 hours the same API key gets the same response for it and nothing is created twice; with another path or body
                 *     it gets 422. Error responses are not kept.
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Extension: the number of the run that starts this session, larger for each later run of the app, such as a counter or
                 *     milliseconds since 1970. The Bridge keeps the newest of each app. Starts without it are not fenced.
                 */
                "X-Bridge-Generation"?: components["parameters"]["Generation"];
            };
            path: {
                /** @description Id of an app of this organisation. */
                app_id: components["parameters"]["AppId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session is open. */
            201: {
                headers: {
                    /**
                     * @description Extension: the extensions of this Bridge, separated by commas. `continued-records`: a record may be split
                     *     (see `AccountFields.continues`). `unknown-refs`: a record may leave refs unchanged (see
                     *     `AccountFields.unknown_refs`). `claims`: tasks can be claimed. `begun-tasks`: a claim may begin its tasks
                     *     (see `TaskClaim.begin`). `capabilities`: an app accepts the capabilities of its connector. `receipts`: a
                     *     session accepts the receipt of its run. `generations`: a start may be fenced.
                     *     `runners`: reports of runners are accepted.
                     */
                    "X-Bridge-Extensions"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SyncStarted"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    getSync: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an app of this organisation. */
                app_id: components["parameters"]["AppId"];
                /** @description Id of a sync session of the app. */
                sync_id: components["parameters"]["SyncId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SyncSession"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    pushPage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an app of this organisation. */
                app_id: components["parameters"]["AppId"];
                /** @description Id of a sync session of the app. */
                sync_id: components["parameters"]["SyncId"];
                /** @description Slug of a resource type of the app's clone group. */
                slug: components["parameters"]["Slug"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecordPage"];
            };
        };
        responses: {
            /**
             * @description The page is staged. `created` and `updated` count against the live records as they were when the session
             *     started.
             */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageResult"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    putReceipt: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an app of this organisation. */
                app_id: components["parameters"]["AppId"];
                /** @description Id of a sync session of the app. */
                sync_id: components["parameters"]["SyncId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RunReceipt"];
            };
        };
        responses: {
            /** @description It is kept. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    completeSync: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an app of this organisation. */
                app_id: components["parameters"]["AppId"];
                /** @description Id of a sync session of the app. */
                sync_id: components["parameters"]["SyncId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The reconciliation runs. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SyncSession"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    abandonSync: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Extension: the reason for the call, for the audit trail; UTF-8 text, percent-encoded. It is kept for good, so name a ticket
                 *     rather than a person.
                 */
                "X-Bridge-Reason"?: components["parameters"]["Reason"];
            };
            path: {
                /** @description Id of an app of this organisation. */
                app_id: components["parameters"]["AppId"];
                /** @description Id of a sync session of the app. */
                sync_id: components["parameters"]["SyncId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session is abandoned. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    confirmSync: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Extension: the reason for the call, for the audit trail; UTF-8 text, percent-encoded. It is kept for good, so name a ticket
                 *     rather than a person.
                 */
                "X-Bridge-Reason"?: components["parameters"]["Reason"];
            };
            path: {
                /** @description Id of an app of this organisation. */
                app_id: components["parameters"]["AppId"];
                /** @description Id of a sync session of the app. */
                sync_id: components["parameters"]["SyncId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SyncConfirm"];
            };
        };
        responses: {
            /** @description The reconciliation runs. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SyncSession"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    discardSync: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Extension: the reason for the call, for the audit trail; UTF-8 text, percent-encoded. It is kept for good, so name a ticket
                 *     rather than a person.
                 */
                "X-Bridge-Reason"?: components["parameters"]["Reason"];
            };
            path: {
                /** @description Id of an app of this organisation. */
                app_id: components["parameters"]["AppId"];
                /** @description Id of a sync session of the app. */
                sync_id: components["parameters"]["SyncId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session is dropped. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    explainHeld: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an app of this organisation. */
                app_id: components["parameters"]["AppId"];
                /** @description Id of a sync session of the app. */
                sync_id: components["parameters"]["SyncId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What would be lost, and what it has in common. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HeldExplanation"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    listChanges: {
        parameters: {
            query?: {
                /** @description Only changes of this sort. */
                change?: components["schemas"]["ChangeSort"];
                /** @description Only records of this resource type. */
                slug?: string;
                /** @description Only changes of records that this text finds, as in the list of records. A page looks at a few thousand changes: it may contain few or none and still have a `next`, which continues from there. */
                text?: string;
                /** @description Maximum number of rows in a page. */
                limit?: components["parameters"]["Limit"];
                /** @description Position from the `next` of the previous page. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path: {
                /** @description Id of an app of this organisation. */
                app_id: components["parameters"]["AppId"];
                /** @description Id of a sync session of the app. */
                sync_id: components["parameters"]["SyncId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of changes. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangeList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    listRecords: {
        parameters: {
            query?: {
                /** @description Only records with this status. */
                status?: components["schemas"]["RecordStatus"];
                /** @description Only records whose id, `email`, `username`, `name`, `display_name` or `last_name` starts with this text, ignoring case; without a `display_name`, `first_name` counts too. Uses an index that follows a sync within seconds; until then new values are not found. */
                text?: string;
                /** @description Only accounts that are members of this group, as `slug:id`. */
                member_of?: components["schemas"]["RecordKey"];
                /** @description Only accounts that use this license, as `slug:id`. */
                assigned?: components["schemas"]["RecordKey"];
                /** @description Maximum number of rows in a page. */
                limit?: components["parameters"]["Limit"];
                /** @description Position from the `next` of the previous page. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path: {
                /** @description Id of an app of this organisation. */
                app_id: components["parameters"]["AppId"];
                /** @description Slug of a resource type of the app's clone group. */
                slug: components["parameters"]["Slug"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of records. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LiveRecordList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    getRecord: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an app of this organisation. */
                app_id: components["parameters"]["AppId"];
                /** @description Slug of a resource type of the app's clone group. */
                slug: components["parameters"]["Slug"];
                /** @description Id of the record in the external system. */
                record_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The record. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LiveRecord"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    getRecordHistory: {
        parameters: {
            query?: {
                /** @description How many changes a page has at most. */
                limit?: number;
                /** @description Position from the `next` of the previous page. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path: {
                /** @description Id of an app of this organisation. */
                app_id: components["parameters"]["AppId"];
                /** @description Slug of a resource type of the app's clone group. */
                slug: components["parameters"]["Slug"];
                /** @description Id of the record in the external system. */
                record_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of changes, and what follows from all of them. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordHistory"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    listMembers: {
        parameters: {
            query?: {
                /** @description The time; now by default. */
                at?: string;
                /** @description Maximum number of rows in a page. */
                limit?: components["parameters"]["Limit"];
                /** @description Position from the `next` of the previous page. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path: {
                /** @description Id of an app of this organisation. */
                app_id: components["parameters"]["AppId"];
                /** @description Slug of a resource type of the app's clone group. */
                slug: components["parameters"]["Slug"];
                /** @description Id of the record in the external system. */
                record_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of members. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MemberList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    getSeatHistory: {
        parameters: {
            query?: {
                /** @description Maximum number of rows in a page. */
                limit?: components["parameters"]["Limit"];
                /** @description Position from the `next` of the previous page. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path: {
                /** @description Id of an app of this organisation. */
                app_id: components["parameters"]["AppId"];
                /** @description Slug of a resource type of the app's clone group. */
                slug: components["parameters"]["Slug"];
                /** @description Id of the record in the external system. */
                record_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The seats, each time they changed. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SeatHistory"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    listTasks: {
        parameters: {
            query?: {
                /** @description Only tasks with this status. */
                status?: components["schemas"]["TaskStatus"];
                /** @description Maximum number of rows in a page. */
                limit?: components["parameters"]["Limit"];
                /**
                 * @description Number of rows to skip, at most 10,000. To read further, follow `next`, which has a `cursor` and may have a larger
                 *     `offset`, which then skips nothing.
                 */
                offset?: components["parameters"]["Offset"];
                /** @description Position from the `next` of the previous page. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: {
                /**
                 * @description `wait=30` delays the response until there is a task, for at most that many seconds (maximum 60); see RFC 7240. The
                 *     `Preference-Applied` header has the applied preference. Other preferences are ignored.
                 */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                /** @description Id of an app of this organisation. */
                app_id: components["parameters"]["AppId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of tasks. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    createTask: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Extension: the reason for the call, for the audit trail; UTF-8 text, percent-encoded. It is kept for good, so name a ticket
                 *     rather than a person.
                 */
                "X-Bridge-Reason"?: components["parameters"]["Reason"];
                /**
                 * @description Extension: identifies one logical call, such as by a random UUID, so that it can be repeated after a lost response.
                 *     Within 24 hours the same API key gets the same response for it and nothing is created twice; with another path or body
                 *     it gets 422. Error responses are not kept.
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description Id of an app of this organisation. */
                app_id: components["parameters"]["AppId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TaskCreate"];
            };
        };
        responses: {
            /** @description The task was created. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    retryTasks: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Extension: identifies one logical call, such as by a random UUID, so that it can be repeated after a lost response.
                 *     Within 24 hours the same API key gets the same response for it and nothing is created twice; with another path or body
                 *     it gets 422. Error responses are not kept.
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Extension: the reason for the call, for the audit trail; UTF-8 text, percent-encoded. It is kept for good, so name a ticket
                 *     rather than a person.
                 */
                "X-Bridge-Reason"?: components["parameters"]["Reason"];
            };
            path: {
                /** @description Id of an app of this organisation. */
                app_id: components["parameters"]["AppId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TaskRetry"];
            };
        };
        responses: {
            /** @description What was made, or would be. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskBatch"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    undoTasks: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Extension: identifies one logical call, such as by a random UUID, so that it can be repeated after a lost response.
                 *     Within 24 hours the same API key gets the same response for it and nothing is created twice; with another path or body
                 *     it gets 422. Error responses are not kept.
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Extension: the reason for the call, for the audit trail; UTF-8 text, percent-encoded. It is kept for good, so name a ticket
                 *     rather than a person.
                 */
                "X-Bridge-Reason"?: components["parameters"]["Reason"];
            };
            path: {
                /** @description Id of an app of this organisation. */
                app_id: components["parameters"]["AppId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TaskUndo"];
            };
        };
        responses: {
            /** @description What was made, or would be. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskBatch"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    cancelTasks: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Extension: identifies one logical call, such as by a random UUID, so that it can be repeated after a lost response.
                 *     Within 24 hours the same API key gets the same response for it and nothing is created twice; with another path or body
                 *     it gets 422. Error responses are not kept.
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Extension: the reason for the call, for the audit trail; UTF-8 text, percent-encoded. It is kept for good, so name a ticket
                 *     rather than a person.
                 */
                "X-Bridge-Reason"?: components["parameters"]["Reason"];
            };
            path: {
                /** @description Id of an app of this organisation. */
                app_id: components["parameters"]["AppId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TaskCancel"];
            };
        };
        responses: {
            /** @description What was cancelled, or would be. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskBatch"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    releaseTasks: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Extension: the reason for the call, for the audit trail; UTF-8 text, percent-encoded. It is kept for good, so name a ticket
                 *     rather than a person.
                 */
                "X-Bridge-Reason"?: components["parameters"]["Reason"];
            };
            path: {
                /** @description Id of an app of this organisation. */
                app_id: components["parameters"]["AppId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TaskRelease"];
            };
        };
        responses: {
            /** @description How many were released. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TasksReleased"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    claimTasks: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description `wait=30` delays the response until there is a task, for at most that many seconds (maximum 60); see RFC 7240. The
                 *     `Preference-Applied` header has the applied preference. Other preferences are ignored.
                 */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                /** @description Id of an app of this organisation. */
                app_id: components["parameters"]["AppId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TaskClaim"];
            };
        };
        responses: {
            /** @description The claimed tasks; none if nothing is pending. */
            200: {
                headers: {
                    /** @description Extension: as for the start of a sync. */
                    "X-Bridge-Extensions"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClaimedTasks"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    getTask: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an app of this organisation. */
                app_id: components["parameters"]["AppId"];
                /** @description Id of a task of the app. */
                task_id: components["parameters"]["TaskId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The task. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskWithHistory"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    cancelTask: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Extension: the reason for the call, for the audit trail; UTF-8 text, percent-encoded. It is kept for good, so name a ticket
                 *     rather than a person.
                 */
                "X-Bridge-Reason"?: components["parameters"]["Reason"];
            };
            path: {
                /** @description Id of an app of this organisation. */
                app_id: components["parameters"]["AppId"];
                /** @description Id of a task of the app. */
                task_id: components["parameters"]["TaskId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The task is cancelled. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    reportTask: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of an app of this organisation. */
                app_id: components["parameters"]["AppId"];
                /** @description Id of a task of the app. */
                task_id: components["parameters"]["TaskId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TaskReport"];
            };
        };
        responses: {
            /** @description The task with its outcome. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    exportApps: {
        parameters: {
            query?: {
                /** @description A table, or one JSON object in each line. */
                format?: components["parameters"]["ExportFormat"];
                /** @description Only the apps of this clone group. */
                clone_group?: components["parameters"]["CloneGroup"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The apps, until the stream ends. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": components["schemas"]["CsvExport"];
                    "application/x-ndjson": components["schemas"]["JsonExport"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    exportSyncs: {
        parameters: {
            query?: {
                /** @description A table, or one JSON object in each line. */
                format?: components["parameters"]["ExportFormat"];
            };
            header?: never;
            path: {
                /** @description Id of an app of this organisation. */
                app_id: components["parameters"]["AppId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The sessions, until the stream ends. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": components["schemas"]["CsvExport"];
                    "application/x-ndjson": components["schemas"]["JsonExport"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    getOverview: {
        parameters: {
            query?: {
                /** @description How many apps a page has at most. */
                limit?: number;
                /** @description Position from the `next` of the previous page. */
                cursor?: components["parameters"]["Cursor"];
                /** @description Only the apps of this clone group. */
                clone_group?: components["parameters"]["CloneGroup"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of apps, and what needs a decision. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Overview"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    listRecentChanges: {
        parameters: {
            query?: {
                /** @description Only changes in this app. */
                app_id?: components["parameters"]["ChangesApp"];
                /** @description Only changes of this sort. */
                change?: components["schemas"]["ChangeSort"];
                /** @description Only records of resource types with this slug. */
                slug?: components["parameters"]["ChangesSlug"];
                /** @description Only changes of records that this text finds, as in the list of records. */
                text?: components["parameters"]["ChangesText"];
                /** @description Only at this time or later. */
                since?: components["parameters"]["Since"];
                /** @description Only before this time. */
                until?: components["parameters"]["Until"];
                /** @description Maximum number of rows in a page. */
                limit?: components["parameters"]["Limit"];
                /** @description Position from the `next` of the previous page. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of changes. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecentChangeList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    exportChanges: {
        parameters: {
            query?: {
                /** @description A table, or one JSON object in each line. */
                format?: components["parameters"]["ExportFormat"];
                /** @description Only changes in this app. */
                app_id?: components["parameters"]["ChangesApp"];
                /** @description Only changes of this sort. */
                change?: components["schemas"]["ChangeSort"];
                /** @description Only records of resource types with this slug. */
                slug?: components["parameters"]["ChangesSlug"];
                /** @description Only changes of records that this text finds, as in the list of records. */
                text?: components["parameters"]["ChangesText"];
                /** @description Only at this time or later. */
                since?: components["parameters"]["Since"];
                /** @description Only before this time. */
                until?: components["parameters"]["Until"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The changes, until the stream ends. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": components["schemas"]["CsvExport"];
                    "application/x-ndjson": components["schemas"]["JsonExport"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    findSyncs: {
        parameters: {
            query?: {
                /** @description Only sessions of this app. */
                app_id?: string;
                /** @description Only sessions with this status. */
                status?: components["schemas"]["SyncStatus"];
                /** @description Only sessions that started at this time or later. */
                since?: string;
                /** @description Only sessions that started before this time. */
                until?: string;
                /** @description How many sessions a page has at most. */
                limit?: number;
                /** @description Position from the `next` of the previous page. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of sessions. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AppSyncList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    exportAllSyncs: {
        parameters: {
            query?: {
                /** @description A table, or one JSON object in each line. */
                format?: components["parameters"]["ExportFormat"];
                /** @description Only sessions of this app. */
                app_id?: string;
                /** @description Only sessions with this status. */
                status?: components["schemas"]["SyncStatus"];
                /** @description Only sessions that started at this time or later. */
                since?: string;
                /** @description Only sessions that started before this time. */
                until?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The sessions, until the stream ends. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": components["schemas"]["CsvExport"];
                    "application/x-ndjson": components["schemas"]["JsonExport"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    getSystem: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The state. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["System"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    findByText: {
        parameters: {
            query: {
                /** @description What an id, an email, a username or a name begins with, in any case. */
                text: string;
                /** @description How many of each sort are returned at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was found. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Finds"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    listPeople: {
        parameters: {
            query?: {
                /** @description Only accounts of which this is the email, username or id, in any case: those that an erasure of it finds. */
                email?: string;
                /** @description Only accounts of which the id, email, username or a name begins with this text, in any case. */
                text?: string;
                /** @description How many accounts a page has at most. */
                limit?: number;
                /** @description Position from the `next` of the previous page. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of accounts. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonAccountList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    findTasks: {
        parameters: {
            query?: {
                /**
                 * @description Only tasks of which the account is found by this text, in any case: the id, email, username or a name, as the
                 *     task or the record has it, begins with it. Or the id of the task does, of which 8 characters are needed.
                 */
                text?: string;
                /** @description Only tasks in this state. */
                state?: components["schemas"]["TaskState"];
                /** @description Only tasks that failed with this code. */
                code?: components["schemas"]["TaskErrorCode"];
                /** @description Only tasks with this action. */
                action?: components["schemas"]["TaskAction"];
                /** @description Only tasks of this app. */
                app_id?: string;
                /** @description How many tasks a page has at most. */
                limit?: number;
                /** @description Position from the `next` of the previous page. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of tasks. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AppTaskList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    streamEvents: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the last event that was received. */
                "Last-Event-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The stream, until one side ends it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["EventStream"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    getOrg: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The organisation. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Org"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    reportRunners: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RunnerReport"];
            };
        };
        responses: {
            /** @description It is kept; what is ordered. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunnerOrderList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    orderRunners: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Extension: the reason for the call, for the audit trail; UTF-8 text, percent-encoded. It is kept for good, so name a ticket
                 *     rather than a person.
                 */
                "X-Bridge-Reason"?: components["parameters"]["Reason"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RunnerOrdering"];
            };
        };
        responses: {
            /** @description The apps of which it is ordered. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunnersOrdered"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    listWorkers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The workers, by name. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkerList"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    orderWorkers: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Extension: the reason for the call, for the audit trail; UTF-8 text, percent-encoded. It is kept for good, so name a ticket
                 *     rather than a person.
                 */
                "X-Bridge-Reason"?: components["parameters"]["Reason"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WorkerOrdering"];
            };
        };
        responses: {
            /** @description The workers of which it is ordered. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkersOrdered"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    getBudget: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The limits, and what was used of them in the last hour. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Budget"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    setBudget: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Extension: the reason for the call, for the audit trail; UTF-8 text, percent-encoded. It is kept for good, so name a ticket
                 *     rather than a person.
                 */
                "X-Bridge-Reason"?: components["parameters"]["Reason"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BudgetUpdate"];
            };
        };
        responses: {
            /** @description The new limits, and what was used of them in the last hour. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Budget"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    listUsers: {
        parameters: {
            query?: {
                /** @description Maximum number of rows in a page. */
                limit?: components["parameters"]["Limit"];
                /** @description Position from the `next` of the previous page. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of users. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    deleteUser: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Extension: the reason for the call, for the audit trail; UTF-8 text, percent-encoded. It is kept for good, so name a ticket
                 *     rather than a person.
                 */
                "X-Bridge-Reason"?: components["parameters"]["Reason"];
            };
            path: {
                /** @description Id of a user of this organisation. */
                user_id: components["parameters"]["UserId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The user was deleted. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    updateUser: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Extension: the reason for the call, for the audit trail; UTF-8 text, percent-encoded. It is kept for good, so name a ticket
                 *     rather than a person.
                 */
                "X-Bridge-Reason"?: components["parameters"]["Reason"];
            };
            path: {
                /** @description Id of a user of this organisation. */
                user_id: components["parameters"]["UserId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserUpdate"];
            };
        };
        responses: {
            /** @description The user as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    createSignInLink: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Extension: identifies one logical call, such as by a random UUID, so that it can be repeated after a lost response.
                 *     Within 24 hours the same API key gets the same response for it and nothing is created twice; with another path or body
                 *     it gets 422. Error responses are not kept.
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description Extension: the reason for the call, for the audit trail; UTF-8 text, percent-encoded. It is kept for good, so name a ticket
                 *     rather than a person.
                 */
                "X-Bridge-Reason"?: components["parameters"]["Reason"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignInLinkCreate"];
            };
        };
        responses: {
            /** @description The link was created. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInLink"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    listKeys: {
        parameters: {
            query?: {
                /** @description Maximum number of rows in a page. */
                limit?: components["parameters"]["Limit"];
                /**
                 * @description Number of rows to skip, at most 10,000. To read further, follow `next`, which has a `cursor` and may have a larger
                 *     `offset`, which then skips nothing.
                 */
                offset?: components["parameters"]["Offset"];
                /** @description Position from the `next` of the previous page. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of keys. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    createKey: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Extension: the reason for the call, for the audit trail; UTF-8 text, percent-encoded. It is kept for good, so name a ticket
                 *     rather than a person.
                 */
                "X-Bridge-Reason"?: components["parameters"]["Reason"];
                /**
                 * @description Extension: identifies one logical call, such as by a random UUID, so that it can be repeated after a lost response.
                 *     Within 24 hours the same API key gets the same response for it and nothing is created twice; with another path or body
                 *     it gets 422. Error responses are not kept.
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["KeyCreate"];
            };
        };
        responses: {
            /** @description The key was created. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyCreated"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    rotateKey: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Extension: the reason for the call, for the audit trail; UTF-8 text, percent-encoded. It is kept for good, so name a ticket
                 *     rather than a person.
                 */
                "X-Bridge-Reason"?: components["parameters"]["Reason"];
                /**
                 * @description Extension: identifies one logical call, such as by a random UUID, so that it can be repeated after a lost response.
                 *     Within 24 hours the same API key gets the same response for it and nothing is created twice; with another path or body
                 *     it gets 422. Error responses are not kept.
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description Id of a key of this organisation. */
                key_id: components["parameters"]["KeyId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["KeyRotate"];
            };
        };
        responses: {
            /** @description The key with its new secret. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyCreated"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    deleteOldSecret: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Extension: the reason for the call, for the audit trail; UTF-8 text, percent-encoded. It is kept for good, so name a ticket
                 *     rather than a person.
                 */
                "X-Bridge-Reason"?: components["parameters"]["Reason"];
            };
            path: {
                /** @description Id of a key of this organisation. */
                key_id: components["parameters"]["KeyId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The key has one secret. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    revokeKey: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Extension: the reason for the call, for the audit trail; UTF-8 text, percent-encoded. It is kept for good, so name a ticket
                 *     rather than a person.
                 */
                "X-Bridge-Reason"?: components["parameters"]["Reason"];
            };
            path: {
                /** @description Id of a key of this organisation. */
                key_id: components["parameters"]["KeyId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The key is revoked. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    listAudit: {
        parameters: {
            query?: {
                /** @description Only what this key did, or with `user_<id>` what this person did. */
                key_id?: components["parameters"]["AuditKey"];
                /** @description Only what was done by keys and people of whose name a word begins with this, in any case. */
                actor?: components["parameters"]["AuditActor"];
                /** @description Only this operation. */
                operation?: components["parameters"]["AuditOperation"];
                /** @description Only what was done to this app. */
                app_id?: components["parameters"]["AuditApp"];
                /**
                 * @description Only what was done to the task, session, key, user or app with this id: what the call created, or the last id of its
                 *     path.
                 */
                target?: components["parameters"]["AuditTarget"];
                /**
                 * @description Only entries in which a word begins with this, in any case: of the name of the key or person, the operation, the path,
                 *     the reason or the id of the request.
                 */
                text?: components["parameters"]["AuditText"];
                /** @description Only at this time or later. */
                since?: components["parameters"]["Since"];
                /** @description Only before this time. */
                until?: components["parameters"]["Until"];
                /** @description Maximum number of rows in a page. */
                limit?: components["parameters"]["Limit"];
                /** @description Position from the `next` of the previous page. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of entries. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    exportAudit: {
        parameters: {
            query?: {
                /** @description A table, or one JSON object in each line. */
                format?: components["parameters"]["ExportFormat"];
                /** @description Only what this key did, or with `user_<id>` what this person did. */
                key_id?: components["parameters"]["AuditKey"];
                /** @description Only what was done by keys and people of whose name a word begins with this, in any case. */
                actor?: components["parameters"]["AuditActor"];
                /** @description Only this operation. */
                operation?: components["parameters"]["AuditOperation"];
                /** @description Only what was done to this app. */
                app_id?: components["parameters"]["AuditApp"];
                /**
                 * @description Only what was done to the task, session, key, user or app with this id: what the call created, or the last id of its
                 *     path.
                 */
                target?: components["parameters"]["AuditTarget"];
                /**
                 * @description Only entries in which a word begins with this, in any case: of the name of the key or person, the operation, the path,
                 *     the reason or the id of the request.
                 */
                text?: components["parameters"]["AuditText"];
                /** @description Only at this time or later. */
                since?: components["parameters"]["Since"];
                /** @description Only before this time. */
                until?: components["parameters"]["Until"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The entries, until the stream ends. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": components["schemas"]["CsvExport"];
                    "application/x-ndjson": components["schemas"]["JsonExport"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    listErasures: {
        parameters: {
            query?: {
                /** @description Maximum number of rows in a page. */
                limit?: components["parameters"]["Limit"];
                /** @description Position from the `next` of the previous page. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of receipts. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErasureList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    erasePerson: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Extension: the reason for the call, for the audit trail; UTF-8 text, percent-encoded. It is kept for good, so name a ticket
                 *     rather than a person.
                 */
                "X-Bridge-Reason"?: components["parameters"]["Reason"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Person"];
            };
        };
        responses: {
            /** @description The person is erased; the receipt is kept. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErasureCreated"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
    previewErasure: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Person"];
            };
        };
        responses: {
            /** @description What would be deleted. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErasurePreview"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
        };
    };
}
