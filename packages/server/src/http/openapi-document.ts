// Generated from spec/openapi.yaml by `pnpm generate`. Do not edit.

export const openapiDocument = {
  "openapi": "3.1.0",
  "info": {
    "title": "Bridge API",
    "version": "1.0.0",
    "summary": "The contract between connectors and a Bridge.",
    "description": "A connector reads accounts, groups and licenses from a system and pushes them in a **sync session**; the Bridge\nholds the truth, finds out who disappeared and hands out provisioning **tasks**.\n\nEvery path is served with and without its trailing slash. Every error body is `{\"detail\": \"...\"}`. Times are\nRFC 3339 in UTC. Operations tagged `Extension` are not part of the published guide; no client of the guide needs\nthem. `x-roles` lists the roles of API keys that may call an operation, or set a field of its body; any other gets 403.\nTo a key that is limited to some apps, other apps do not exist.\n",
    "license": {
      "name": "Apache-2.0",
      "identifier": "Apache-2.0"
    }
  },
  "servers": [
    {
      "url": "{origin}/org/{tenant_slug}",
      "description": "A Bridge; every organisation has its own base URL.",
      "variables": {
        "origin": {
          "default": "http://127.0.0.1:7400",
          "description": "Scheme, host and port of the Bridge."
        },
        "tenant_slug": {
          "default": "main",
          "description": "Slug of the organisation that the API key belongs to."
        }
      }
    }
  ],
  "security": [
    {
      "apiKey": []
    }
  ],
  "tags": [
    {
      "name": "Apps",
      "description": "The server-side objects that connections feed."
    },
    {
      "name": "Resource types",
      "description": "What an app and its clones can sync."
    },
    {
      "name": "Sync",
      "description": "Sessions, pages, complete and abandon."
    },
    {
      "name": "Tasks",
      "description": "Provisioning work and its outcome."
    },
    {
      "name": "Events",
      "description": "Server-sent events of sessions and tasks."
    },
    {
      "name": "Keys",
      "description": "API keys and the audit trail."
    },
    {
      "name": "Users",
      "description": "Who signs in to the console."
    },
    {
      "name": "People",
      "description": "Erasing personal data."
    },
    {
      "name": "Extension",
      "description": "Not part of the published guide.",
      "x-traitTag": true
    }
  ],
  "paths": {
    "/api/v1/bridge/apps/": {
      "get": {
        "operationId": "listApps",
        "x-roles": [
          "connector",
          "auditor",
          "operator",
          "admin"
        ],
        "tags": [
          "Apps",
          "Extension"
        ],
        "summary": "List the apps of the organisation",
        "description": "Oldest first.",
        "parameters": [
          {
            "$ref": "#/components/parameters/Limit"
          },
          {
            "$ref": "#/components/parameters/Offset"
          },
          {
            "$ref": "#/components/parameters/Cursor"
          },
          {
            "$ref": "#/components/parameters/CloneGroup"
          }
        ],
        "responses": {
          "200": {
            "description": "A page of apps.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/AppList"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      },
      "post": {
        "operationId": "createApp",
        "x-roles": [
          "connector",
          "operator",
          "admin"
        ],
        "tags": [
          "Apps"
        ],
        "summary": "Create an app",
        "description": "With `clone_from` the app joins the clone group of that app and shares its resource types. A `clone_from` that\nis not a UUID returns 400; one that is no app of this organisation returns 404.\n\nIf the key is limited to some apps, the new app is added to them. Such a key can't create an app with the name of an\napp outside its limit (409), because the copy would be fed instead of the original, and has at most 100 apps (409).\n",
        "parameters": [
          {
            "$ref": "#/components/parameters/Reason"
          },
          {
            "$ref": "#/components/parameters/IdempotencyKey"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/AppCreate"
              }
            }
          }
        },
        "responses": {
          "201": {
            "description": "The app was created.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/App"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "409": {
            "$ref": "#/components/responses/Conflict"
          },
          "413": {
            "$ref": "#/components/responses/TooLarge"
          },
          "415": {
            "$ref": "#/components/responses/UnsupportedMediaType"
          },
          "422": {
            "$ref": "#/components/responses/Unprocessable"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/api/v1/bridge/apps/{app_id}/": {
      "parameters": [
        {
          "$ref": "#/components/parameters/AppId"
        }
      ],
      "get": {
        "operationId": "getApp",
        "x-roles": [
          "connector",
          "auditor",
          "operator",
          "admin"
        ],
        "tags": [
          "Apps",
          "Extension"
        ],
        "summary": "Read an app",
        "responses": {
          "200": {
            "description": "The app.",
            "headers": {
              "X-Bridge-Extensions": {
                "description": "Extension: as for the start of a sync.",
                "schema": {
                  "type": "string"
                }
              }
            },
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/App"
                }
              }
            }
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      },
      "patch": {
        "operationId": "updateApp",
        "x-roles": [
          "operator",
          "admin"
        ],
        "tags": [
          "Apps",
          "Extension"
        ],
        "summary": "Rename an app or set its removal guard",
        "parameters": [
          {
            "$ref": "#/components/parameters/Reason"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/AppUpdate"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The app as it is now.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/App"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "413": {
            "$ref": "#/components/responses/TooLarge"
          },
          "415": {
            "$ref": "#/components/responses/UnsupportedMediaType"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      },
      "delete": {
        "operationId": "deleteApp",
        "x-roles": [
          "operator",
          "admin"
        ],
        "tags": [
          "Apps",
          "Extension"
        ],
        "summary": "Delete an app with its records, sessions and tasks",
        "description": "The clones of the app stay unchanged; the resource types of the clone group are deleted with its last app. Sessions\nare deleted with the app in any state; one that is being reconciled is no longer applied. The app no longer exists\nwhen the response is sent; its rows are deleted in the background.\n",
        "parameters": [
          {
            "$ref": "#/components/parameters/Reason"
          }
        ],
        "responses": {
          "204": {
            "description": "The app is gone."
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/api/v1/bridge/apps/{app_id}/guard/preview/": {
      "parameters": [
        {
          "$ref": "#/components/parameters/AppId"
        }
      ],
      "post": {
        "operationId": "previewGuard",
        "x-roles": [
          "auditor",
          "operator",
          "admin"
        ],
        "tags": [
          "Apps",
          "Extension"
        ],
        "summary": "Show what other settings of the removal guard would have held",
        "description": "Judges the last 30 complete sessions by these settings. Changes nothing. Lost refs are known of sessions that lost at\nleast `min_count` of the settings that they were judged by.\n",
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/RemovalGuard"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The sessions that would have been held.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/GuardPreview"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "413": {
            "$ref": "#/components/responses/TooLarge"
          },
          "415": {
            "$ref": "#/components/responses/UnsupportedMediaType"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/api/v1/bridge/apps/{app_id}/export/{slug}/": {
      "parameters": [
        {
          "$ref": "#/components/parameters/AppId"
        },
        {
          "$ref": "#/components/parameters/Slug"
        }
      ],
      "get": {
        "operationId": "exportRecords",
        "x-roles": [
          "auditor",
          "operator",
          "admin"
        ],
        "tags": [
          "Sync",
          "Extension"
        ],
        "summary": "Export the records of a type",
        "description": "All records that the filter finds, streamed: as CSV, in which nothing can be taken for a formula, or as a `LiveRecord` in\neach line. An export that breaks off is not complete.\n",
        "parameters": [
          {
            "$ref": "#/components/parameters/ExportFormat"
          },
          {
            "name": "status",
            "in": "query",
            "description": "Only records with this status.",
            "schema": {
              "$ref": "#/components/schemas/RecordStatus"
            }
          },
          {
            "name": "text",
            "in": "query",
            "description": "Only records that this text finds, as in the list of records.",
            "schema": {
              "type": "string",
              "minLength": 1,
              "maxLength": 255
            }
          },
          {
            "name": "member_of",
            "in": "query",
            "description": "Only accounts that are members of this group, as `slug:id`.",
            "schema": {
              "$ref": "#/components/schemas/RecordKey"
            }
          },
          {
            "name": "assigned",
            "in": "query",
            "description": "Only accounts that use this license, as `slug:id`.",
            "schema": {
              "$ref": "#/components/schemas/RecordKey"
            }
          }
        ],
        "responses": {
          "200": {
            "description": "The records, until the stream ends.",
            "content": {
              "text/csv": {
                "schema": {
                  "$ref": "#/components/schemas/CsvExport"
                }
              },
              "application/x-ndjson": {
                "schema": {
                  "$ref": "#/components/schemas/JsonExport"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/api/v1/bridge/apps/{app_id}/capabilities/": {
      "parameters": [
        {
          "$ref": "#/components/parameters/AppId"
        }
      ],
      "put": {
        "operationId": "setCapabilities",
        "x-roles": [
          "connector",
          "operator",
          "admin"
        ],
        "tags": [
          "Apps",
          "Extension"
        ],
        "summary": "Set the capabilities of an app's connector",
        "description": "Replaces the previous capabilities, which the app shows as `capabilities`. From then on creating a task that the\nconnector can't carry out is refused with advice (422). Only if the response to reading the app announces\n`capabilities`.\n",
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/Capabilities"
              }
            }
          }
        },
        "responses": {
          "204": {
            "description": "It is kept."
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "413": {
            "$ref": "#/components/responses/TooLarge"
          },
          "415": {
            "$ref": "#/components/responses/UnsupportedMediaType"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/api/v1/bridge/apps/{app_id}/resource-types/": {
      "parameters": [
        {
          "$ref": "#/components/parameters/AppId"
        }
      ],
      "get": {
        "operationId": "listResourceTypes",
        "x-roles": [
          "connector",
          "auditor",
          "operator",
          "admin"
        ],
        "tags": [
          "Resource types",
          "Extension"
        ],
        "summary": "List the resource types of an app",
        "description": "The types belong to the clone group; every app of the group returns the same list.",
        "responses": {
          "200": {
            "description": "All resource types, by slug.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ResourceTypeList"
                }
              }
            }
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      },
      "post": {
        "operationId": "createResourceType",
        "x-roles": [
          "connector",
          "operator",
          "admin"
        ],
        "tags": [
          "Resource types"
        ],
        "summary": "Register a resource type",
        "description": "The type is registered for the whole clone group. A slug that the group already has returns 409. The slug\n`receipt` is reserved for a path and returns 422.\n",
        "parameters": [
          {
            "$ref": "#/components/parameters/Reason"
          },
          {
            "$ref": "#/components/parameters/IdempotencyKey"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/ResourceType"
              }
            }
          }
        },
        "responses": {
          "201": {
            "description": "The resource type was registered.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ResourceType"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "409": {
            "$ref": "#/components/responses/Conflict"
          },
          "413": {
            "$ref": "#/components/responses/TooLarge"
          },
          "415": {
            "$ref": "#/components/responses/UnsupportedMediaType"
          },
          "422": {
            "$ref": "#/components/responses/Unprocessable"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/api/v1/bridge/apps/{app_id}/resource-types/{slug}/": {
      "parameters": [
        {
          "$ref": "#/components/parameters/AppId"
        },
        {
          "$ref": "#/components/parameters/Slug"
        }
      ],
      "patch": {
        "operationId": "updateResourceType",
        "x-roles": [
          "operator",
          "admin"
        ],
        "tags": [
          "Resource types",
          "Extension"
        ],
        "summary": "Rename a resource type",
        "description": "The name changes for the whole clone group; slug and type are fixed.",
        "parameters": [
          {
            "$ref": "#/components/parameters/Reason"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/ResourceTypeUpdate"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The resource type as it is now.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ResourceType"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "413": {
            "$ref": "#/components/responses/TooLarge"
          },
          "415": {
            "$ref": "#/components/responses/UnsupportedMediaType"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      },
      "delete": {
        "operationId": "deleteResourceType",
        "x-roles": [
          "operator",
          "admin"
        ],
        "tags": [
          "Resource types",
          "Extension"
        ],
        "summary": "Remove a resource type that has no records",
        "description": "Returns 409 if any app of the clone group has a record of the type, even an inactive one, or if a session may still add\none: while a session of the group is open or not reconciled, and for the types in the pages of a session that the\nremoval guard holds.\n",
        "parameters": [
          {
            "$ref": "#/components/parameters/Reason"
          }
        ],
        "responses": {
          "204": {
            "description": "The resource type is gone, for the whole clone group."
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "409": {
            "$ref": "#/components/responses/Conflict"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/api/v1/bridge/apps/{app_id}/sync/": {
      "parameters": [
        {
          "$ref": "#/components/parameters/AppId"
        }
      ],
      "get": {
        "operationId": "listSyncs",
        "x-roles": [
          "connector",
          "auditor",
          "operator",
          "admin"
        ],
        "tags": [
          "Sync",
          "Extension"
        ],
        "summary": "List the sessions of an app",
        "description": "Newest first, as long as the retention keeps them.",
        "parameters": [
          {
            "$ref": "#/components/parameters/Limit"
          },
          {
            "$ref": "#/components/parameters/Cursor"
          }
        ],
        "responses": {
          "200": {
            "description": "A page of sessions.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/SyncSessionList"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      },
      "post": {
        "operationId": "startSync",
        "x-roles": [
          "connector",
          "operator",
          "admin"
        ],
        "tags": [
          "Sync"
        ],
        "summary": "Start a sync session",
        "description": "A session that is still `in_progress` becomes `abandoned` and its pages are discarded. A session that is\n`completing` goes on: its reconciliation runs before the one of this session. A session held by the removal guard is\ndiscarded.\n\nWith `X-Bridge-Generation`, a run is fenced: after a start of a newer generation, one of an older generation returns\n409 and changes nothing. So a runner that was replaced, and does not know it yet, replaces nobody's session.\n",
        "parameters": [
          {
            "$ref": "#/components/parameters/IdempotencyKey"
          },
          {
            "$ref": "#/components/parameters/Generation"
          }
        ],
        "responses": {
          "201": {
            "description": "The session is open.",
            "headers": {
              "X-Bridge-Extensions": {
                "description": "Extension: the extensions of this Bridge, separated by commas. `continued-records`: a record may be split\n(see `AccountFields.continues`). `unknown-refs`: a record may leave refs unchanged (see\n`AccountFields.unknown_refs`). `claims`: tasks can be claimed. `begun-tasks`: a claim may begin its tasks\n(see `TaskClaim.begin`). `capabilities`: an app accepts the capabilities of its connector. `receipts`: a\nsession accepts the receipt of its run. `generations`: a start may be fenced.\n`runners`: reports of runners are accepted.\n",
                "schema": {
                  "type": "string"
                }
              }
            },
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/SyncStarted"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "409": {
            "$ref": "#/components/responses/Conflict"
          },
          "422": {
            "$ref": "#/components/responses/Unprocessable"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/api/v1/bridge/apps/{app_id}/sync/{sync_id}/": {
      "parameters": [
        {
          "$ref": "#/components/parameters/AppId"
        },
        {
          "$ref": "#/components/parameters/SyncId"
        }
      ],
      "get": {
        "operationId": "getSync",
        "x-roles": [
          "connector",
          "auditor",
          "operator",
          "admin"
        ],
        "tags": [
          "Sync"
        ],
        "summary": "Read the status and progress of a session",
        "responses": {
          "200": {
            "description": "The session.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/SyncSession"
                }
              }
            }
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/api/v1/bridge/apps/{app_id}/sync/{sync_id}/{slug}/": {
      "parameters": [
        {
          "$ref": "#/components/parameters/AppId"
        },
        {
          "$ref": "#/components/parameters/SyncId"
        },
        {
          "$ref": "#/components/parameters/Slug"
        }
      ],
      "put": {
        "operationId": "pushPage",
        "x-roles": [
          "connector",
          "operator",
          "admin"
        ],
        "tags": [
          "Sync"
        ],
        "summary": "Push a page of records",
        "description": "The page is durable when the response is sent, and stays staged until the session ends. The same id twice in a page\nreturns 422; across pages the later page wins, so a page whose response was lost may be sent again. The schema of the\nrecords is that of the kind of `slug`. Records are returned as they were pushed; values for which that is impossible\nreturn 422: a duplicate field, and a number that a double can't represent, such as an integer beyond 2^53. Push such a\nnumber as a string.\n",
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/RecordPage"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The page is staged. `created` and `updated` count against the live records as they were when the session\nstarted.\n",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/PageResult"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "409": {
            "$ref": "#/components/responses/Conflict"
          },
          "413": {
            "$ref": "#/components/responses/TooLarge"
          },
          "415": {
            "$ref": "#/components/responses/UnsupportedMediaType"
          },
          "422": {
            "$ref": "#/components/responses/Unprocessable"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/api/v1/bridge/apps/{app_id}/sync/{sync_id}/receipt/": {
      "parameters": [
        {
          "$ref": "#/components/parameters/AppId"
        },
        {
          "$ref": "#/components/parameters/SyncId"
        }
      ],
      "put": {
        "operationId": "putReceipt",
        "x-roles": [
          "connector",
          "operator",
          "admin"
        ],
        "tags": [
          "Sync",
          "Extension"
        ],
        "summary": "Store the runner's receipt with a session",
        "description": "Usage and findings of the run, kept as long as the session. A session has one receipt: the same one again returns 204, a\ndifferent one 409. It has at most 64 KiB (413). Only if the response to starting the session announces `receipts`.\n",
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/RunReceipt"
              }
            }
          }
        },
        "responses": {
          "204": {
            "description": "It is kept."
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "409": {
            "$ref": "#/components/responses/Conflict"
          },
          "413": {
            "$ref": "#/components/responses/TooLarge"
          },
          "415": {
            "$ref": "#/components/responses/UnsupportedMediaType"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/api/v1/bridge/apps/{app_id}/sync/{sync_id}/complete/": {
      "parameters": [
        {
          "$ref": "#/components/parameters/AppId"
        },
        {
          "$ref": "#/components/parameters/SyncId"
        }
      ],
      "post": {
        "operationId": "completeSync",
        "x-roles": [
          "connector",
          "operator",
          "admin"
        ],
        "tags": [
          "Sync"
        ],
        "summary": "Complete a session",
        "description": "The pushed records are complete: records that were not pushed become inactive. Runs asynchronously; poll the session.\nReturns 202 again if the session is `completing` or `completed`, so the call can be retried after a lost response.\n",
        "responses": {
          "202": {
            "description": "The reconciliation runs.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/SyncSession"
                }
              }
            }
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "409": {
            "$ref": "#/components/responses/Conflict"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/api/v1/bridge/apps/{app_id}/sync/{sync_id}/abandon/": {
      "parameters": [
        {
          "$ref": "#/components/parameters/AppId"
        },
        {
          "$ref": "#/components/parameters/SyncId"
        }
      ],
      "post": {
        "operationId": "abandonSync",
        "x-roles": [
          "connector",
          "operator",
          "admin"
        ],
        "tags": [
          "Sync"
        ],
        "summary": "Abandon a session",
        "description": "Keeps the pushed records and removes nothing. Returns 204 again for a session abandoned by this call, and 409 for one\nreplaced by a newer session, whose pages were discarded.\n",
        "parameters": [
          {
            "$ref": "#/components/parameters/Reason"
          }
        ],
        "responses": {
          "204": {
            "description": "The session is abandoned."
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "409": {
            "$ref": "#/components/responses/Conflict"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/api/v1/bridge/apps/{app_id}/sync/{sync_id}/confirm/": {
      "parameters": [
        {
          "$ref": "#/components/parameters/AppId"
        },
        {
          "$ref": "#/components/parameters/SyncId"
        }
      ],
      "post": {
        "operationId": "confirmSync",
        "x-roles": [
          "operator",
          "admin"
        ],
        "tags": [
          "Sync",
          "Extension"
        ],
        "summary": "Confirm a session that the removal guard holds, or retry a failed one",
        "description": "Reconciles a held session with all of its removals except the records of `keep`, which stay unchanged, with their refs\nand what these point to, until the next sync. Retries a failed session, which the guard judges again. Any other\nsession returns 409. A record of `keep` that the session neither removes nor updates returns 422.\n",
        "parameters": [
          {
            "$ref": "#/components/parameters/Reason"
          }
        ],
        "requestBody": {
          "required": false,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/SyncConfirm"
              }
            }
          }
        },
        "responses": {
          "202": {
            "description": "The reconciliation runs.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/SyncSession"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "409": {
            "$ref": "#/components/responses/Conflict"
          },
          "413": {
            "$ref": "#/components/responses/TooLarge"
          },
          "415": {
            "$ref": "#/components/responses/UnsupportedMediaType"
          },
          "422": {
            "$ref": "#/components/responses/Unprocessable"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/api/v1/bridge/apps/{app_id}/sync/{sync_id}/discard/": {
      "parameters": [
        {
          "$ref": "#/components/parameters/AppId"
        },
        {
          "$ref": "#/components/parameters/SyncId"
        }
      ],
      "post": {
        "operationId": "discardSync",
        "x-roles": [
          "operator",
          "admin"
        ],
        "tags": [
          "Sync",
          "Extension"
        ],
        "summary": "Discard a session that the removal guard holds, or whose reconciliation fails",
        "description": "Deletes its pages and applies nothing. Any other session returns 409.\n",
        "parameters": [
          {
            "$ref": "#/components/parameters/Reason"
          }
        ],
        "responses": {
          "204": {
            "description": "The session is dropped."
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "409": {
            "$ref": "#/components/responses/Conflict"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/api/v1/bridge/apps/{app_id}/sync/{sync_id}/held/": {
      "parameters": [
        {
          "$ref": "#/components/parameters/AppId"
        },
        {
          "$ref": "#/components/parameters/SyncId"
        }
      ],
      "get": {
        "operationId": "explainHeld",
        "x-roles": [
          "auditor",
          "operator",
          "admin"
        ],
        "tags": [
          "Sync",
          "Extension"
        ],
        "summary": "Explain why the removal guard holds a session",
        "description": "What the records that the session would remove have in common, and which groups and licenses lose the most refs. Looks\nat up to 1,000 removed and 1,000 active records of each resource type; `examined` has their number. If there are more\nthey are a sample of the first few thousand by id, which is the same in each call. A session that is not held\nreturns 409.\n",
        "responses": {
          "200": {
            "description": "What would be lost, and what it has in common.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/HeldExplanation"
                }
              }
            }
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "409": {
            "$ref": "#/components/responses/Conflict"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/api/v1/bridge/apps/{app_id}/sync/{sync_id}/changes/": {
      "parameters": [
        {
          "$ref": "#/components/parameters/AppId"
        },
        {
          "$ref": "#/components/parameters/SyncId"
        }
      ],
      "get": {
        "operationId": "listChanges",
        "x-roles": [
          "auditor",
          "operator",
          "admin"
        ],
        "tags": [
          "Sync",
          "Extension"
        ],
        "summary": "List the changes of a session",
        "description": "By slug and id. For a session that the removal guard holds, these are the changes that confirming it would make. A\nsession that is not reconciled yet returns 409; one whose pages were discarded has no changes.\n",
        "parameters": [
          {
            "name": "change",
            "in": "query",
            "description": "Only changes of this sort.",
            "schema": {
              "$ref": "#/components/schemas/ChangeSort"
            }
          },
          {
            "name": "slug",
            "in": "query",
            "description": "Only records of this resource type.",
            "schema": {
              "type": "string",
              "minLength": 1,
              "maxLength": 63
            }
          },
          {
            "name": "text",
            "in": "query",
            "description": "Only changes of records that this text finds, as in the list of records. A page looks at a few thousand changes: it may contain few or none and still have a `next`, which continues from there.",
            "schema": {
              "type": "string",
              "minLength": 1,
              "maxLength": 255
            }
          },
          {
            "$ref": "#/components/parameters/Limit"
          },
          {
            "$ref": "#/components/parameters/Cursor"
          }
        ],
        "responses": {
          "200": {
            "description": "A page of changes.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ChangeList"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "409": {
            "$ref": "#/components/responses/Conflict"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/api/v1/bridge/apps/{app_id}/records/{slug}/": {
      "parameters": [
        {
          "$ref": "#/components/parameters/AppId"
        },
        {
          "$ref": "#/components/parameters/Slug"
        }
      ],
      "get": {
        "operationId": "listRecords",
        "x-roles": [
          "connector",
          "auditor",
          "operator",
          "admin"
        ],
        "tags": [
          "Sync",
          "Extension"
        ],
        "summary": "List the records of a type",
        "description": "By id, or with `text` by the matching value and then by id. Inactive records are included unless `status` excludes them. A page examines at most 5,000 records: with a filter it may contain few or none and still have a `next`, which continues from there.",
        "parameters": [
          {
            "name": "status",
            "in": "query",
            "description": "Only records with this status.",
            "schema": {
              "$ref": "#/components/schemas/RecordStatus"
            }
          },
          {
            "name": "text",
            "in": "query",
            "description": "Only records whose id, `email`, `username`, `name`, `display_name` or `last_name` starts with this text, ignoring case; without a `display_name`, `first_name` counts too. Uses an index that follows a sync within seconds; until then new values are not found.",
            "schema": {
              "type": "string",
              "minLength": 1,
              "maxLength": 255
            }
          },
          {
            "name": "member_of",
            "in": "query",
            "description": "Only accounts that are members of this group, as `slug:id`.",
            "schema": {
              "$ref": "#/components/schemas/RecordKey"
            }
          },
          {
            "name": "assigned",
            "in": "query",
            "description": "Only accounts that use this license, as `slug:id`.",
            "schema": {
              "$ref": "#/components/schemas/RecordKey"
            }
          },
          {
            "$ref": "#/components/parameters/Limit"
          },
          {
            "$ref": "#/components/parameters/Cursor"
          }
        ],
        "responses": {
          "200": {
            "description": "A page of records.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/LiveRecordList"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/api/v1/bridge/apps/{app_id}/records/{slug}/{record_id}/": {
      "parameters": [
        {
          "$ref": "#/components/parameters/AppId"
        },
        {
          "$ref": "#/components/parameters/Slug"
        },
        {
          "name": "record_id",
          "in": "path",
          "required": true,
          "description": "Id of the record in the external system.",
          "schema": {
            "type": "string",
            "minLength": 1,
            "maxLength": 512
          }
        }
      ],
      "get": {
        "operationId": "getRecord",
        "x-roles": [
          "connector",
          "auditor",
          "operator",
          "admin"
        ],
        "tags": [
          "Sync",
          "Extension"
        ],
        "summary": "Read a record",
        "responses": {
          "200": {
            "description": "The record.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/LiveRecord"
                }
              }
            }
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/api/v1/bridge/apps/{app_id}/records/{slug}/{record_id}/history/": {
      "parameters": [
        {
          "$ref": "#/components/parameters/AppId"
        },
        {
          "$ref": "#/components/parameters/Slug"
        },
        {
          "name": "record_id",
          "in": "path",
          "required": true,
          "description": "Id of the record in the external system.",
          "schema": {
            "type": "string",
            "minLength": 1,
            "maxLength": 512
          }
        }
      ],
      "get": {
        "operationId": "getRecordHistory",
        "x-roles": [
          "auditor",
          "operator",
          "admin"
        ],
        "tags": [
          "Sync",
          "Extension"
        ],
        "summary": "Read the history of a record",
        "description": "Newest first, as far back as sessions are kept. The first page also says since when an account has each of its refs,\nwhich tasks were about it, and why it was removed.\n",
        "parameters": [
          {
            "name": "limit",
            "in": "query",
            "description": "How many changes a page has at most.",
            "schema": {
              "type": "integer",
              "minimum": 1,
              "maximum": 100,
              "default": 50
            }
          },
          {
            "$ref": "#/components/parameters/Cursor"
          }
        ],
        "responses": {
          "200": {
            "description": "A page of changes, and what follows from all of them.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/RecordHistory"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/api/v1/bridge/apps/{app_id}/records/{slug}/{record_id}/members/": {
      "parameters": [
        {
          "$ref": "#/components/parameters/AppId"
        },
        {
          "$ref": "#/components/parameters/Slug"
        },
        {
          "name": "record_id",
          "in": "path",
          "required": true,
          "description": "Id of the record in the external system.",
          "schema": {
            "type": "string",
            "minLength": 1,
            "maxLength": 512
          }
        }
      ],
      "get": {
        "operationId": "listMembers",
        "x-roles": [
          "auditor",
          "operator",
          "admin"
        ],
        "tags": [
          "Sync",
          "Extension"
        ],
        "summary": "List the accounts in a group or with a license, now or then",
        "description": "Accounts that were removed by then are not among them. With `at`, those that are members still come first, and then\nthose that are no longer. Returns 422 if that time is before what is kept (`kept_since`). A page looks at no more than\n5,000 changes: it may contain few accounts or none and still have a `next`, which continues from there.\n",
        "parameters": [
          {
            "name": "at",
            "in": "query",
            "description": "The time; now by default.",
            "schema": {
              "type": "string",
              "format": "date-time"
            }
          },
          {
            "$ref": "#/components/parameters/Limit"
          },
          {
            "$ref": "#/components/parameters/Cursor"
          }
        ],
        "responses": {
          "200": {
            "description": "A page of members.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/MemberList"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "422": {
            "$ref": "#/components/responses/Unprocessable"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/api/v1/bridge/apps/{app_id}/records/{slug}/{record_id}/seats/": {
      "parameters": [
        {
          "$ref": "#/components/parameters/AppId"
        },
        {
          "$ref": "#/components/parameters/Slug"
        },
        {
          "name": "record_id",
          "in": "path",
          "required": true,
          "description": "Id of the record in the external system.",
          "schema": {
            "type": "string",
            "minLength": 1,
            "maxLength": 512
          }
        }
      ],
      "get": {
        "operationId": "getSeatHistory",
        "x-roles": [
          "auditor",
          "operator",
          "admin"
        ],
        "tags": [
          "Sync",
          "Extension"
        ],
        "summary": "Read the seats of a license over time",
        "description": "As its connector pushed them, newest first, as far back as sessions are kept. A page looks at no more than `limit`\nchanges of the license: it may contain few points or none and still have a `next`, which continues from there.\n",
        "parameters": [
          {
            "$ref": "#/components/parameters/Limit"
          },
          {
            "$ref": "#/components/parameters/Cursor"
          }
        ],
        "responses": {
          "200": {
            "description": "The seats, each time they changed.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/SeatHistory"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "422": {
            "$ref": "#/components/responses/Unprocessable"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/api/v1/bridge/apps/{app_id}/tasks/": {
      "parameters": [
        {
          "$ref": "#/components/parameters/AppId"
        }
      ],
      "get": {
        "operationId": "listTasks",
        "x-roles": [
          "connector",
          "auditor",
          "operator",
          "admin"
        ],
        "tags": [
          "Tasks"
        ],
        "summary": "List tasks",
        "description": "In the order in which they became due. A scheduled task is `pending` once its time has come. With\n`status=pending` a task that a runner has claimed is left out until its lease expires, so that nobody else\nexecutes it; without a status it is listed with its `claim`.\n\n`next` contains a `cursor`, an extension: its page starts after the last task of this one, so tasks reported in the\nmeantime move no other task to a page that was already read, as they do with `offset` alone. A page with a cursor\nskips no rows; its `offset` is only used for `previous`.\n",
        "parameters": [
          {
            "name": "status",
            "in": "query",
            "description": "Only tasks with this status.",
            "schema": {
              "$ref": "#/components/schemas/TaskStatus"
            }
          },
          {
            "$ref": "#/components/parameters/Limit"
          },
          {
            "$ref": "#/components/parameters/Offset"
          },
          {
            "$ref": "#/components/parameters/Cursor"
          },
          {
            "$ref": "#/components/parameters/Prefer"
          }
        ],
        "responses": {
          "200": {
            "description": "A page of tasks.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/TaskList"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      },
      "post": {
        "operationId": "createTask",
        "x-roles": [
          "operator",
          "admin"
        ],
        "tags": [
          "Tasks",
          "Extension"
        ],
        "summary": "Create a task",
        "description": "The task is scheduled if `execute_after` is in the future, otherwise pending at once. Returns 422 for an account, group\nor license that the app does not have, a group under the wrong slug, and an action that the app's connector can't\ncarry out, if its capabilities are known (see `Capabilities`).\n",
        "parameters": [
          {
            "$ref": "#/components/parameters/Reason"
          },
          {
            "$ref": "#/components/parameters/IdempotencyKey"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/TaskCreate"
              }
            }
          }
        },
        "responses": {
          "201": {
            "description": "The task was created.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Task"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "409": {
            "$ref": "#/components/responses/Conflict"
          },
          "413": {
            "$ref": "#/components/responses/TooLarge"
          },
          "415": {
            "$ref": "#/components/responses/UnsupportedMediaType"
          },
          "422": {
            "$ref": "#/components/responses/Unprocessable"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/api/v1/bridge/apps/{app_id}/tasks/retry/": {
      "parameters": [
        {
          "$ref": "#/components/parameters/AppId"
        }
      ],
      "post": {
        "operationId": "retryTasks",
        "x-roles": [
          "operator",
          "admin"
        ],
        "tags": [
          "Tasks",
          "Extension"
        ],
        "summary": "Try failed tasks again",
        "description": "Makes a new task for each failed one that the filter finds, neither cancelled nor tried again before, by code and then\nthe oldest first. One that the connector can't do any more is named with the reason and left as it is. With `preview`\nnothing is made.\n",
        "parameters": [
          {
            "$ref": "#/components/parameters/IdempotencyKey"
          },
          {
            "$ref": "#/components/parameters/Reason"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/TaskRetry"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "What was made, or would be.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/TaskBatch"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "409": {
            "$ref": "#/components/responses/Conflict"
          },
          "413": {
            "$ref": "#/components/responses/TooLarge"
          },
          "415": {
            "$ref": "#/components/responses/UnsupportedMediaType"
          },
          "422": {
            "$ref": "#/components/responses/Unprocessable"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/api/v1/bridge/apps/{app_id}/tasks/undo/": {
      "parameters": [
        {
          "$ref": "#/components/parameters/AppId"
        }
      ],
      "post": {
        "operationId": "undoTasks",
        "x-roles": [
          "operator",
          "admin"
        ],
        "tags": [
          "Tasks",
          "Extension"
        ],
        "summary": "Undo completed tasks",
        "description": "Makes the inverse task of each, the last one first: unsuspend for suspend, removed for added. What can't be undone is\nnamed with the reason. With `preview` nothing is made. A task that the app does not have returns 422.\n",
        "parameters": [
          {
            "$ref": "#/components/parameters/IdempotencyKey"
          },
          {
            "$ref": "#/components/parameters/Reason"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/TaskUndo"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "What was made, or would be.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/TaskBatch"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "409": {
            "$ref": "#/components/responses/Conflict"
          },
          "413": {
            "$ref": "#/components/responses/TooLarge"
          },
          "415": {
            "$ref": "#/components/responses/UnsupportedMediaType"
          },
          "422": {
            "$ref": "#/components/responses/Unprocessable"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/api/v1/bridge/apps/{app_id}/tasks/cancel/": {
      "parameters": [
        {
          "$ref": "#/components/parameters/AppId"
        }
      ],
      "post": {
        "operationId": "cancelTasks",
        "x-roles": [
          "operator",
          "admin"
        ],
        "tags": [
          "Tasks",
          "Extension"
        ],
        "summary": "Cancel several tasks",
        "description": "Cancels the tasks of `task_ids`, otherwise the oldest open ones that the filter finds, all in one step. One that has\nended is named with the reason and left as it is; one that a runner has claimed may have been carried out all the\nsame, which `left` says. With `preview` nothing is cancelled. A task that the app does not have returns 422.\n",
        "parameters": [
          {
            "$ref": "#/components/parameters/IdempotencyKey"
          },
          {
            "$ref": "#/components/parameters/Reason"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/TaskCancel"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "What was cancelled, or would be.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/TaskBatch"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "409": {
            "$ref": "#/components/responses/Conflict"
          },
          "413": {
            "$ref": "#/components/responses/TooLarge"
          },
          "415": {
            "$ref": "#/components/responses/UnsupportedMediaType"
          },
          "422": {
            "$ref": "#/components/responses/Unprocessable"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/api/v1/bridge/apps/{app_id}/tasks/release/": {
      "parameters": [
        {
          "$ref": "#/components/parameters/AppId"
        }
      ],
      "post": {
        "operationId": "releaseTasks",
        "x-roles": [
          "admin"
        ],
        "tags": [
          "Tasks",
          "Extension"
        ],
        "summary": "Release held tasks",
        "description": "Tasks beyond the budget of the hour are held (see `Task.held`). Releases those of `task_ids`, otherwise the 1,000\noldest; one that is not held is left as it is. They come after the tasks that are pending already.\n",
        "parameters": [
          {
            "$ref": "#/components/parameters/Reason"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/TaskRelease"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "How many were released.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/TasksReleased"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "413": {
            "$ref": "#/components/responses/TooLarge"
          },
          "415": {
            "$ref": "#/components/responses/UnsupportedMediaType"
          },
          "422": {
            "$ref": "#/components/responses/Unprocessable"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/api/v1/bridge/apps/{app_id}/tasks/claim/": {
      "parameters": [
        {
          "$ref": "#/components/parameters/AppId"
        }
      ],
      "post": {
        "operationId": "claimTasks",
        "x-roles": [
          "connector",
          "operator",
          "admin"
        ],
        "tags": [
          "Tasks",
          "Extension"
        ],
        "summary": "Claim pending tasks for one runner",
        "description": "Leases pending tasks to one runner, oldest first; nobody else is given them until the lease expires. Tasks of one\naccount are handed out in their order, and while one of them is leased nobody is given the others. With\n`task_ids` just these are claimed, and a lease that the runner holds on them is renewed. A report ends the lease.\nWith `begin` the Bridge keeps that the runner is about to execute them.\n",
        "parameters": [
          {
            "$ref": "#/components/parameters/Prefer"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/TaskClaim"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The claimed tasks; none if nothing is pending.",
            "headers": {
              "X-Bridge-Extensions": {
                "description": "Extension: as for the start of a sync.",
                "schema": {
                  "type": "string"
                }
              }
            },
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ClaimedTasks"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "413": {
            "$ref": "#/components/responses/TooLarge"
          },
          "415": {
            "$ref": "#/components/responses/UnsupportedMediaType"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/api/v1/bridge/apps/{app_id}/tasks/{task_id}/": {
      "parameters": [
        {
          "$ref": "#/components/parameters/AppId"
        },
        {
          "$ref": "#/components/parameters/TaskId"
        }
      ],
      "get": {
        "operationId": "getTask",
        "x-roles": [
          "auditor",
          "operator",
          "admin"
        ],
        "tags": [
          "Tasks",
          "Extension"
        ],
        "summary": "Read a task with its history",
        "responses": {
          "200": {
            "description": "The task.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/TaskWithHistory"
                }
              }
            }
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      },
      "delete": {
        "operationId": "cancelTask",
        "x-roles": [
          "operator",
          "admin"
        ],
        "tags": [
          "Tasks",
          "Extension"
        ],
        "summary": "Cancel a task that has not ended",
        "description": "The task ends as `failed` with a message that it was cancelled; the report of a runner that has it in flight returns\n409. A task that is `completed` or `failed` returns 409.\n",
        "parameters": [
          {
            "$ref": "#/components/parameters/Reason"
          }
        ],
        "responses": {
          "204": {
            "description": "The task is cancelled."
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "409": {
            "$ref": "#/components/responses/Conflict"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/api/v1/bridge/apps/{app_id}/tasks/{task_id}/status/": {
      "parameters": [
        {
          "$ref": "#/components/parameters/AppId"
        },
        {
          "$ref": "#/components/parameters/TaskId"
        }
      ],
      "patch": {
        "operationId": "reportTask",
        "x-roles": [
          "connector",
          "operator",
          "admin"
        ],
        "tags": [
          "Tasks"
        ],
        "summary": "Report the outcome of a task",
        "description": "The outcome is final: a task that is already `completed` or `failed` returns 409, and so does one that is still\n`scheduled`.\n",
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/TaskReport"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The task with its outcome.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Task"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "409": {
            "$ref": "#/components/responses/Conflict"
          },
          "413": {
            "$ref": "#/components/responses/TooLarge"
          },
          "415": {
            "$ref": "#/components/responses/UnsupportedMediaType"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/api/v1/bridge/apps/export/": {
      "get": {
        "operationId": "exportApps",
        "x-roles": [
          "auditor",
          "operator",
          "admin"
        ],
        "tags": [
          "Apps",
          "Extension"
        ],
        "summary": "Export how every app is doing",
        "description": "All apps in the order of their creation, streamed: as CSV, in which nothing can be taken for a formula, or as an\n`AppOverview` in each line. An export that breaks off is not complete.\n",
        "parameters": [
          {
            "$ref": "#/components/parameters/ExportFormat"
          },
          {
            "$ref": "#/components/parameters/CloneGroup"
          }
        ],
        "responses": {
          "200": {
            "description": "The apps, until the stream ends.",
            "content": {
              "text/csv": {
                "schema": {
                  "$ref": "#/components/schemas/CsvExport"
                }
              },
              "application/x-ndjson": {
                "schema": {
                  "$ref": "#/components/schemas/JsonExport"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/api/v1/bridge/apps/{app_id}/sync/export/": {
      "parameters": [
        {
          "$ref": "#/components/parameters/AppId"
        }
      ],
      "get": {
        "operationId": "exportSyncs",
        "x-roles": [
          "auditor",
          "operator",
          "admin"
        ],
        "tags": [
          "Sync",
          "Extension"
        ],
        "summary": "Export the sessions of an app",
        "description": "All of them that the retention keeps, newest first, streamed: as CSV, in which nothing can be taken for a formula, or\nas a `SyncSession` in each line. An export that breaks off is not complete.\n",
        "parameters": [
          {
            "$ref": "#/components/parameters/ExportFormat"
          }
        ],
        "responses": {
          "200": {
            "description": "The sessions, until the stream ends.",
            "content": {
              "text/csv": {
                "schema": {
                  "$ref": "#/components/schemas/CsvExport"
                }
              },
              "application/x-ndjson": {
                "schema": {
                  "$ref": "#/components/schemas/JsonExport"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/api/v1/bridge/overview/": {
      "get": {
        "operationId": "getOverview",
        "x-roles": [
          "auditor",
          "operator",
          "admin"
        ],
        "tags": [
          "Apps",
          "Extension"
        ],
        "summary": "Read how every app is doing, and what needs a decision",
        "description": "The apps are in the order of their creation, a page at a time. `decisions` is about all apps, whatever the page:\nthe first 100 of them, and those of the first 5,000 apps.\n",
        "parameters": [
          {
            "name": "limit",
            "in": "query",
            "description": "How many apps a page has at most.",
            "schema": {
              "type": "integer",
              "minimum": 1,
              "maximum": 100,
              "default": 50
            }
          },
          {
            "$ref": "#/components/parameters/Cursor"
          },
          {
            "$ref": "#/components/parameters/CloneGroup"
          }
        ],
        "responses": {
          "200": {
            "description": "A page of apps, and what needs a decision.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Overview"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/api/v1/bridge/changes/": {
      "get": {
        "operationId": "listRecentChanges",
        "x-roles": [
          "auditor",
          "operator",
          "admin"
        ],
        "tags": [
          "Sync",
          "Extension"
        ],
        "summary": "List the changes of all apps",
        "description": "What sessions changed in all apps, or in one. The newest session comes first; within a session by slug and id. What\nheld sessions would change is not among it. A page looks at no more than 20 sessions that changed something of that\nsort and type: with a `text` it may contain few changes or none and still have a `next`, which continues from there.\n",
        "parameters": [
          {
            "$ref": "#/components/parameters/ChangesApp"
          },
          {
            "name": "change",
            "in": "query",
            "description": "Only changes of this sort.",
            "schema": {
              "$ref": "#/components/schemas/ChangeSort"
            }
          },
          {
            "$ref": "#/components/parameters/ChangesSlug"
          },
          {
            "$ref": "#/components/parameters/ChangesText"
          },
          {
            "$ref": "#/components/parameters/Since"
          },
          {
            "$ref": "#/components/parameters/Until"
          },
          {
            "$ref": "#/components/parameters/Limit"
          },
          {
            "$ref": "#/components/parameters/Cursor"
          }
        ],
        "responses": {
          "200": {
            "description": "A page of changes.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/RecentChangeList"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/api/v1/bridge/changes/export/": {
      "get": {
        "operationId": "exportChanges",
        "x-roles": [
          "auditor",
          "operator",
          "admin"
        ],
        "tags": [
          "Sync",
          "Extension"
        ],
        "summary": "Export the changes of all apps",
        "description": "All changes that the filter finds, in the order of the list, streamed: as CSV, in which nothing can be taken for a\nformula, or as a `RecentChange` in each line. An export that breaks off is not complete.\n",
        "parameters": [
          {
            "$ref": "#/components/parameters/ExportFormat"
          },
          {
            "$ref": "#/components/parameters/ChangesApp"
          },
          {
            "name": "change",
            "in": "query",
            "description": "Only changes of this sort.",
            "schema": {
              "$ref": "#/components/schemas/ChangeSort"
            }
          },
          {
            "$ref": "#/components/parameters/ChangesSlug"
          },
          {
            "$ref": "#/components/parameters/ChangesText"
          },
          {
            "$ref": "#/components/parameters/Since"
          },
          {
            "$ref": "#/components/parameters/Until"
          }
        ],
        "responses": {
          "200": {
            "description": "The changes, until the stream ends.",
            "content": {
              "text/csv": {
                "schema": {
                  "$ref": "#/components/schemas/CsvExport"
                }
              },
              "application/x-ndjson": {
                "schema": {
                  "$ref": "#/components/schemas/JsonExport"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/api/v1/bridge/syncs/": {
      "get": {
        "operationId": "findSyncs",
        "x-roles": [
          "auditor",
          "operator",
          "admin"
        ],
        "tags": [
          "Sync",
          "Extension"
        ],
        "summary": "List the sessions of all apps",
        "description": "The last started first. The first 5,000 apps are looked at.",
        "parameters": [
          {
            "name": "app_id",
            "in": "query",
            "description": "Only sessions of this app.",
            "schema": {
              "type": "string",
              "format": "uuid"
            }
          },
          {
            "name": "status",
            "in": "query",
            "description": "Only sessions with this status.",
            "schema": {
              "$ref": "#/components/schemas/SyncStatus"
            }
          },
          {
            "name": "since",
            "in": "query",
            "description": "Only sessions that started at this time or later.",
            "schema": {
              "type": "string",
              "format": "date-time"
            }
          },
          {
            "name": "until",
            "in": "query",
            "description": "Only sessions that started before this time.",
            "schema": {
              "type": "string",
              "format": "date-time"
            }
          },
          {
            "name": "limit",
            "in": "query",
            "description": "How many sessions a page has at most.",
            "schema": {
              "type": "integer",
              "minimum": 1,
              "maximum": 100,
              "default": 50
            }
          },
          {
            "$ref": "#/components/parameters/Cursor"
          }
        ],
        "responses": {
          "200": {
            "description": "A page of sessions.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/AppSyncList"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/api/v1/bridge/syncs/export/": {
      "get": {
        "operationId": "exportAllSyncs",
        "x-roles": [
          "auditor",
          "operator",
          "admin"
        ],
        "tags": [
          "Sync",
          "Extension"
        ],
        "summary": "Export the sessions of all apps",
        "description": "All sessions that the filter finds, in the order of the list, streamed: as CSV, in which nothing can be taken for a\nformula, or as an `AppSync` in each line. An export that breaks off is not complete.\n",
        "parameters": [
          {
            "$ref": "#/components/parameters/ExportFormat"
          },
          {
            "name": "app_id",
            "in": "query",
            "description": "Only sessions of this app.",
            "schema": {
              "type": "string",
              "format": "uuid"
            }
          },
          {
            "name": "status",
            "in": "query",
            "description": "Only sessions with this status.",
            "schema": {
              "$ref": "#/components/schemas/SyncStatus"
            }
          },
          {
            "name": "since",
            "in": "query",
            "description": "Only sessions that started at this time or later.",
            "schema": {
              "type": "string",
              "format": "date-time"
            }
          },
          {
            "name": "until",
            "in": "query",
            "description": "Only sessions that started before this time.",
            "schema": {
              "type": "string",
              "format": "date-time"
            }
          }
        ],
        "responses": {
          "200": {
            "description": "The sessions, until the stream ends.",
            "content": {
              "text/csv": {
                "schema": {
                  "$ref": "#/components/schemas/CsvExport"
                }
              },
              "application/x-ndjson": {
                "schema": {
                  "$ref": "#/components/schemas/JsonExport"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/api/v1/bridge/system/": {
      "get": {
        "operationId": "getSystem",
        "x-roles": [
          "auditor",
          "operator",
          "admin"
        ],
        "tags": [
          "Administration",
          "Extension"
        ],
        "summary": "Get the state of the Bridge itself",
        "description": "Versions, database, work in the background and retention. It is the same for every organisation of the Bridge.\n",
        "responses": {
          "200": {
            "description": "The state.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/System"
                }
              }
            }
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/api/v1/bridge/find/": {
      "get": {
        "operationId": "findByText",
        "x-roles": [
          "auditor",
          "operator",
          "admin"
        ],
        "tags": [
          "People",
          "Extension"
        ],
        "summary": "Find accounts, groups, licenses and tasks in all apps",
        "description": "The first few of each, for a search box; lists have more. Accounts, groups and licenses are found as in the list of\nrecords, and tasks by the beginning of their id, of which 8 characters are needed, or of the id of their account, or\nbecause their account is found. Removed records are among them. The first 5,000 apps are looked at.\n",
        "parameters": [
          {
            "name": "text",
            "in": "query",
            "required": true,
            "description": "What an id, an email, a username or a name begins with, in any case.",
            "schema": {
              "type": "string",
              "minLength": 1,
              "maxLength": 255
            }
          },
          {
            "name": "limit",
            "in": "query",
            "description": "How many of each sort are returned at most.",
            "schema": {
              "type": "integer",
              "minimum": 1,
              "maximum": 50,
              "default": 10
            }
          }
        ],
        "responses": {
          "200": {
            "description": "What was found.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Finds"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/api/v1/bridge/people/": {
      "get": {
        "operationId": "listPeople",
        "x-roles": [
          "auditor",
          "operator",
          "admin"
        ],
        "tags": [
          "People",
          "Extension"
        ],
        "summary": "Find accounts in all apps",
        "description": "All of them, those with an `email`, or those of which something begins with a `text`; both together return 400. In\nthe order of what was found, so the accounts of one email come together; removed ones are among them. The first\n5,000 apps are looked at. An index finds them, which follows a sync within seconds. A page looks at up to some\nthousand entries of it: it may contain few accounts or none and still have a `next`, which continues from there.\n",
        "parameters": [
          {
            "name": "email",
            "in": "query",
            "description": "Only accounts of which this is the email, username or id, in any case: those that an erasure of it finds.",
            "schema": {
              "type": "string",
              "minLength": 1,
              "maxLength": 255
            }
          },
          {
            "name": "text",
            "in": "query",
            "description": "Only accounts of which the id, email, username or a name begins with this text, in any case.",
            "schema": {
              "type": "string",
              "minLength": 1,
              "maxLength": 255
            }
          },
          {
            "name": "limit",
            "in": "query",
            "description": "How many accounts a page has at most.",
            "schema": {
              "type": "integer",
              "minimum": 1,
              "maximum": 100,
              "default": 50
            }
          },
          {
            "$ref": "#/components/parameters/Cursor"
          }
        ],
        "responses": {
          "200": {
            "description": "A page of accounts.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/PersonAccountList"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/api/v1/bridge/tasks/": {
      "get": {
        "operationId": "findTasks",
        "x-roles": [
          "auditor",
          "operator",
          "admin"
        ],
        "tags": [
          "Tasks",
          "Extension"
        ],
        "summary": "List the tasks of all apps",
        "description": "The latest due first. The first 5,000 apps are looked at. With a `text` that very many tasks begin with, a page looks\nat some thousand tasks: it may contain few or none and still have a `next`, which continues from there.\n",
        "parameters": [
          {
            "name": "text",
            "in": "query",
            "description": "Only tasks of which the account is found by this text, in any case: the id, email, username or a name, as the\ntask or the record has it, begins with it. Or the id of the task does, of which 8 characters are needed.\n",
            "schema": {
              "type": "string",
              "minLength": 1,
              "maxLength": 255
            }
          },
          {
            "name": "state",
            "in": "query",
            "description": "Only tasks in this state.",
            "schema": {
              "$ref": "#/components/schemas/TaskState"
            }
          },
          {
            "name": "code",
            "in": "query",
            "description": "Only tasks that failed with this code.",
            "schema": {
              "$ref": "#/components/schemas/TaskErrorCode"
            }
          },
          {
            "name": "action",
            "in": "query",
            "description": "Only tasks with this action.",
            "schema": {
              "$ref": "#/components/schemas/TaskAction"
            }
          },
          {
            "name": "app_id",
            "in": "query",
            "description": "Only tasks of this app.",
            "schema": {
              "type": "string",
              "format": "uuid"
            }
          },
          {
            "name": "limit",
            "in": "query",
            "description": "How many tasks a page has at most.",
            "schema": {
              "type": "integer",
              "minimum": 1,
              "maximum": 100,
              "default": 50
            }
          },
          {
            "$ref": "#/components/parameters/Cursor"
          }
        ],
        "responses": {
          "200": {
            "description": "A page of tasks.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/AppTaskList"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/api/v1/bridge/events/": {
      "get": {
        "operationId": "streamEvents",
        "x-roles": [
          "connector",
          "auditor",
          "operator",
          "admin"
        ],
        "tags": [
          "Events",
          "Extension"
        ],
        "summary": "Follow what happens in the organisation",
        "description": "Server-sent events. Each has an `id`, an `event` (a value of `EventType`) and as `data` an `Event` in JSON. With\n`Last-Event-ID` the stream begins after that event, as long as the retention keeps it, otherwise with what\nhappens from now on; `sync.progress` is kept for a day. A key that is limited to some apps gets the events of those. A comment is sent now and then\nto keep the connection open.\n",
        "parameters": [
          {
            "name": "Last-Event-ID",
            "in": "header",
            "description": "Id of the last event that was received.",
            "schema": {
              "type": "string",
              "maxLength": 64
            }
          }
        ],
        "responses": {
          "200": {
            "description": "The stream, until one side ends it.",
            "content": {
              "text/event-stream": {
                "schema": {
                  "$ref": "#/components/schemas/EventStream"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/api/v1/bridge/org/": {
      "get": {
        "operationId": "getOrg",
        "x-roles": [
          "auditor",
          "operator",
          "admin"
        ],
        "tags": [
          "Keys",
          "Extension"
        ],
        "summary": "Read the organisation of the API key",
        "description": "A key belongs to one organisation. Whoever runs the Bridge creates others directly on its database.\n",
        "responses": {
          "200": {
            "description": "The organisation.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Org"
                }
              }
            }
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/api/v1/bridge/runners/": {
      "post": {
        "operationId": "reportRunners",
        "x-roles": [
          "connector",
          "operator",
          "admin"
        ],
        "tags": [
          "Apps",
          "Extension"
        ],
        "summary": "Report where apps run, and when next",
        "description": "The overview shows the last report of each app as `runner`. Report an app when something of it has changed. Apps that\nthe key does not reach are left out. Only if the response to reading an app announces `runners`.\n\nThe response has what people have ordered of apps whose last report `takes_orders`. A runner that takes orders calls\nevery few seconds, without apps if nothing has changed, carries out what concerns its apps, and names the orders in\n`carried_out` of its next call; until then they come again.\n\nA fleet names itself in `fleet` of each call, and gets what is ordered of its workers. It reports all of its workers\nwhen something of them has changed, and at least every minute: one that is missing has ended.\n",
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/RunnerReport"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "It is kept; what is ordered.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/RunnerOrderList"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "413": {
            "$ref": "#/components/responses/TooLarge"
          },
          "415": {
            "$ref": "#/components/responses/UnsupportedMediaType"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/api/v1/bridge/runners/orders/": {
      "post": {
        "operationId": "orderRunners",
        "x-roles": [
          "operator",
          "admin"
        ],
        "tags": [
          "Apps",
          "Extension"
        ],
        "summary": "Have the runners of apps pause, resume or run them now",
        "description": "`bridgekit run` and the workers of a fleet carry it out within seconds. `pause` begins no more runs of an app; one in progress goes on.\n`resume` ends a pause, and has a parked app tried again. `run_now` syncs an app before those that are due; one that is\nrunning, paused or parked is left alone. A later order for an app replaces one that is not carried out yet. Apps that\nthe key does not reach, or whose last report does not take orders, are left out.\n",
        "parameters": [
          {
            "$ref": "#/components/parameters/Reason"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/RunnerOrdering"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The apps of which it is ordered.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/RunnersOrdered"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "413": {
            "$ref": "#/components/responses/TooLarge"
          },
          "415": {
            "$ref": "#/components/responses/UnsupportedMediaType"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/api/v1/bridge/runners/workers/": {
      "get": {
        "operationId": "listWorkers",
        "x-roles": [
          "auditor",
          "operator",
          "admin"
        ],
        "tags": [
          "Apps",
          "Extension"
        ],
        "summary": "List the workers of fleets",
        "description": "As their fleets reported them last. All workers of a fleet that has not reported for 3 minutes are `lost`; a day later\nthey are left out.\n",
        "responses": {
          "200": {
            "description": "The workers, by name.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/WorkerList"
                }
              }
            }
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/api/v1/bridge/runners/workers/orders/": {
      "post": {
        "operationId": "orderWorkers",
        "x-roles": [
          "operator",
          "admin"
        ],
        "tags": [
          "Apps",
          "Extension"
        ],
        "summary": "Have workers drain",
        "description": "A worker that drains takes no more runs, ends those in progress and exits; other workers go on with its apps. Workers\nthat are unknown, or don't take orders, are left out.\n",
        "parameters": [
          {
            "$ref": "#/components/parameters/Reason"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/WorkerOrdering"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The workers of which it is ordered.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/WorkersOrdered"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "413": {
            "$ref": "#/components/responses/TooLarge"
          },
          "415": {
            "$ref": "#/components/responses/UnsupportedMediaType"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/api/v1/bridge/budget/": {
      "get": {
        "operationId": "getBudget",
        "x-roles": [
          "auditor",
          "operator",
          "admin"
        ],
        "tags": [
          "Apps",
          "Extension"
        ],
        "summary": "Read how much may be taken away in an hour",
        "description": "Of the whole organisation. Both limits are off until an administrator sets them.\n",
        "responses": {
          "200": {
            "description": "The limits, and what was used of them in the last hour.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Budget"
                }
              }
            }
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      },
      "put": {
        "operationId": "setBudget",
        "x-roles": [
          "admin"
        ],
        "tags": [
          "Apps",
          "Extension"
        ],
        "summary": "Limit how much may be taken away in an hour",
        "description": "Beyond `removals_per_hour` a session that would remove records is held like one that the removal guard holds, until an\nadministrator confirms or discards it; what is confirmed does not count. Beyond `revocations_per_hour` a new task\nthat suspends, deletes or takes access away is held, and no runner gets it, until an administrator releases or\ncancels it. `null` switches a limit off.\n",
        "parameters": [
          {
            "$ref": "#/components/parameters/Reason"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/BudgetUpdate"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The new limits, and what was used of them in the last hour.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/Budget"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "413": {
            "$ref": "#/components/responses/TooLarge"
          },
          "415": {
            "$ref": "#/components/responses/UnsupportedMediaType"
          },
          "422": {
            "$ref": "#/components/responses/Unprocessable"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/api/v1/bridge/users/": {
      "get": {
        "operationId": "listUsers",
        "x-roles": [
          "auditor",
          "admin"
        ],
        "tags": [
          "Users",
          "Extension"
        ],
        "summary": "List who has signed in to the console",
        "description": "Newest first. Who may sign in, and with which role, is decided by the identity provider's groups.",
        "parameters": [
          {
            "$ref": "#/components/parameters/Limit"
          },
          {
            "$ref": "#/components/parameters/Cursor"
          }
        ],
        "responses": {
          "200": {
            "description": "A page of users.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/UserList"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/api/v1/bridge/users/{user_id}/": {
      "parameters": [
        {
          "$ref": "#/components/parameters/UserId"
        }
      ],
      "patch": {
        "operationId": "updateUser",
        "x-roles": [
          "admin"
        ],
        "tags": [
          "Users",
          "Extension"
        ],
        "summary": "Disable or enable a user",
        "description": "A disabled user is signed out at once and may not sign in, whatever the identity provider says.",
        "parameters": [
          {
            "$ref": "#/components/parameters/Reason"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/UserUpdate"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "The user as it is now.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/User"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "409": {
            "$ref": "#/components/responses/Conflict"
          },
          "413": {
            "$ref": "#/components/responses/TooLarge"
          },
          "415": {
            "$ref": "#/components/responses/UnsupportedMediaType"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      },
      "delete": {
        "operationId": "deleteUser",
        "x-roles": [
          "admin"
        ],
        "tags": [
          "Users",
          "Extension"
        ],
        "summary": "Delete a user",
        "description": "Deletes what is stored about the person who signed in, and signs them out. If the identity provider still gives\nthem a role, they may sign in again; disable a user to prevent that. The audit trail keeps their name.\n",
        "parameters": [
          {
            "$ref": "#/components/parameters/Reason"
          }
        ],
        "responses": {
          "204": {
            "description": "The user was deleted."
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "409": {
            "$ref": "#/components/responses/Conflict"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/api/v1/bridge/sign-in-links/": {
      "post": {
        "operationId": "createSignInLink",
        "x-roles": [
          "admin"
        ],
        "tags": [
          "Users",
          "Extension"
        ],
        "summary": "Create a sign-in link",
        "description": "For the first use and for Bridges without an identity provider. The link is `sign-in/link?token=<token>` below the\naddress of the Bridge; it works once, for 10 minutes.\n",
        "parameters": [
          {
            "$ref": "#/components/parameters/IdempotencyKey"
          },
          {
            "$ref": "#/components/parameters/Reason"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/SignInLinkCreate"
              }
            }
          }
        },
        "responses": {
          "201": {
            "description": "The link was created.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/SignInLink"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "409": {
            "$ref": "#/components/responses/Conflict"
          },
          "413": {
            "$ref": "#/components/responses/TooLarge"
          },
          "415": {
            "$ref": "#/components/responses/UnsupportedMediaType"
          },
          "422": {
            "$ref": "#/components/responses/Unprocessable"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/api/v1/bridge/keys/": {
      "get": {
        "operationId": "listKeys",
        "x-roles": [
          "auditor",
          "admin"
        ],
        "tags": [
          "Keys",
          "Extension"
        ],
        "summary": "List the API keys of the organisation",
        "description": "Newest first, revoked and expired ones included; a secret is never shown again.",
        "parameters": [
          {
            "$ref": "#/components/parameters/Limit"
          },
          {
            "$ref": "#/components/parameters/Offset"
          },
          {
            "$ref": "#/components/parameters/Cursor"
          }
        ],
        "responses": {
          "200": {
            "description": "A page of keys.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/KeyList"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      },
      "post": {
        "operationId": "createKey",
        "x-roles": [
          "admin"
        ],
        "tags": [
          "Keys",
          "Extension"
        ],
        "summary": "Create an API key",
        "description": "`key` is in this response and never returned again. `app_ids` with an app that the organisation does not have returns\n422, and so does `app_ids` for an admin key.\n",
        "parameters": [
          {
            "$ref": "#/components/parameters/Reason"
          },
          {
            "$ref": "#/components/parameters/IdempotencyKey"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/KeyCreate"
              }
            }
          }
        },
        "responses": {
          "201": {
            "description": "The key was created.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/KeyCreated"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "409": {
            "$ref": "#/components/responses/Conflict"
          },
          "413": {
            "$ref": "#/components/responses/TooLarge"
          },
          "415": {
            "$ref": "#/components/responses/UnsupportedMediaType"
          },
          "422": {
            "$ref": "#/components/responses/Unprocessable"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/api/v1/bridge/keys/{key_id}/rotate/": {
      "parameters": [
        {
          "$ref": "#/components/parameters/KeyId"
        }
      ],
      "post": {
        "operationId": "rotateKey",
        "x-roles": [
          "admin"
        ],
        "tags": [
          "Keys",
          "Extension"
        ],
        "summary": "Give an API key a new secret",
        "description": "`key` is the new secret, in this response and never returned again. The old one stays valid for `overlap_hours`, or until\nthe overlap is ended. Id, role, apps and expiry stay the same. A key that is revoked, expired, or already has two\nsecrets returns 409.\n",
        "parameters": [
          {
            "$ref": "#/components/parameters/Reason"
          },
          {
            "$ref": "#/components/parameters/IdempotencyKey"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/KeyRotate"
              }
            }
          }
        },
        "responses": {
          "201": {
            "description": "The key with its new secret.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/KeyCreated"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "409": {
            "$ref": "#/components/responses/Conflict"
          },
          "413": {
            "$ref": "#/components/responses/TooLarge"
          },
          "415": {
            "$ref": "#/components/responses/UnsupportedMediaType"
          },
          "422": {
            "$ref": "#/components/responses/Unprocessable"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/api/v1/bridge/keys/{key_id}/old-secret/": {
      "parameters": [
        {
          "$ref": "#/components/parameters/KeyId"
        }
      ],
      "delete": {
        "operationId": "deleteOldSecret",
        "x-roles": [
          "admin"
        ],
        "tags": [
          "Keys",
          "Extension"
        ],
        "summary": "End the overlap of a key that was rotated",
        "description": "The old secret gets 401 from then on, in other processes within two seconds; a key without an old secret returns 204 as\nwell. A call made with the old secret returns 409: use the new one, which proves that it works.\n",
        "parameters": [
          {
            "$ref": "#/components/parameters/Reason"
          }
        ],
        "responses": {
          "204": {
            "description": "The key has one secret."
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "409": {
            "$ref": "#/components/responses/Conflict"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/api/v1/bridge/keys/{key_id}/": {
      "parameters": [
        {
          "$ref": "#/components/parameters/KeyId"
        }
      ],
      "delete": {
        "operationId": "revokeKey",
        "x-roles": [
          "admin"
        ],
        "tags": [
          "Keys",
          "Extension"
        ],
        "summary": "Revoke an API key",
        "description": "A revoked key gets 403 from then on, in other processes within two seconds; revoking it again changes nothing. A key can't\nrevoke itself (409), so one is always left.\n",
        "parameters": [
          {
            "$ref": "#/components/parameters/Reason"
          }
        ],
        "responses": {
          "204": {
            "description": "The key is revoked."
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "409": {
            "$ref": "#/components/responses/Conflict"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/api/v1/bridge/audit/": {
      "get": {
        "operationId": "listAudit",
        "x-roles": [
          "auditor",
          "operator",
          "admin"
        ],
        "tags": [
          "Keys",
          "Extension"
        ],
        "summary": "List the audit trail",
        "description": "Newest first. Every call that may change something is recorded before it is carried out, except for pages, whose session is\nrecorded, and claims, which are in the history of the task. `status` is that of the response. Refused calls changed\nnothing and are not listed, except for calls that a key may not make (403) or the current state does not allow (409): one\nentry per key, operation, status, process and hour counts them.\n\nA page looks at no more than 10,000 entries: with a filter it may contain few or none and still have a `next`, which\ncontinues from there.\n",
        "parameters": [
          {
            "$ref": "#/components/parameters/AuditKey"
          },
          {
            "$ref": "#/components/parameters/AuditActor"
          },
          {
            "$ref": "#/components/parameters/AuditOperation"
          },
          {
            "$ref": "#/components/parameters/AuditApp"
          },
          {
            "$ref": "#/components/parameters/AuditTarget"
          },
          {
            "$ref": "#/components/parameters/AuditText"
          },
          {
            "$ref": "#/components/parameters/Since"
          },
          {
            "$ref": "#/components/parameters/Until"
          },
          {
            "$ref": "#/components/parameters/Limit"
          },
          {
            "$ref": "#/components/parameters/Cursor"
          }
        ],
        "responses": {
          "200": {
            "description": "A page of entries.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/AuditList"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/api/v1/bridge/audit/export/": {
      "get": {
        "operationId": "exportAudit",
        "x-roles": [
          "auditor",
          "operator",
          "admin"
        ],
        "tags": [
          "Keys",
          "Extension"
        ],
        "summary": "Export the audit trail",
        "description": "All entries that the filter finds, newest first, streamed: as CSV, in which nothing can be taken for a formula, or as an\n`AuditEntry` in each line. An export that breaks off is not complete.\n",
        "parameters": [
          {
            "$ref": "#/components/parameters/ExportFormat"
          },
          {
            "$ref": "#/components/parameters/AuditKey"
          },
          {
            "$ref": "#/components/parameters/AuditActor"
          },
          {
            "$ref": "#/components/parameters/AuditOperation"
          },
          {
            "$ref": "#/components/parameters/AuditApp"
          },
          {
            "$ref": "#/components/parameters/AuditTarget"
          },
          {
            "$ref": "#/components/parameters/AuditText"
          },
          {
            "$ref": "#/components/parameters/Since"
          },
          {
            "$ref": "#/components/parameters/Until"
          }
        ],
        "responses": {
          "200": {
            "description": "The entries, until the stream ends.",
            "content": {
              "text/csv": {
                "schema": {
                  "$ref": "#/components/schemas/CsvExport"
                }
              },
              "application/x-ndjson": {
                "schema": {
                  "$ref": "#/components/schemas/JsonExport"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/api/v1/bridge/erasures/": {
      "get": {
        "operationId": "listErasures",
        "x-roles": [
          "auditor",
          "admin"
        ],
        "tags": [
          "People",
          "Extension"
        ],
        "summary": "List the receipts of erased people",
        "description": "Newest first. A receipt holds nothing personal and is kept for good.\n",
        "parameters": [
          {
            "$ref": "#/components/parameters/Limit"
          },
          {
            "$ref": "#/components/parameters/Cursor"
          }
        ],
        "responses": {
          "200": {
            "description": "A page of receipts.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ErasureList"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      },
      "post": {
        "operationId": "erasePerson",
        "x-roles": [
          "admin"
        ],
        "tags": [
          "People",
          "Extension"
        ],
        "summary": "Erase a person's data",
        "description": "Deletes for good the records, changes, staged records, tasks and kept responses of one account, or of every account with\nthis email or username in all apps of the organisation; with an email, the address also becomes `[erased]` in the data\nof others. This can't be undone.\n\nRemove the person from their systems first: accounts that are still in a system come back with its next sync;\n`active_accounts` counts those that were there at the last one. Returns 409 and names the task if an open task is about\nthe person: cancel it or wait for it. Also returns 409 if an app has a session that has ended but is not reconciled yet.\n\nRepeating the call is safe and erases what has come back since. There is no `Idempotency-Key`, which would keep data.\n`digest_key` is in this response and never returned again.\n",
        "parameters": [
          {
            "$ref": "#/components/parameters/Reason"
          }
        ],
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/Person"
              }
            }
          }
        },
        "responses": {
          "201": {
            "description": "The person is erased; the receipt is kept.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ErasureCreated"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "409": {
            "$ref": "#/components/responses/Conflict"
          },
          "413": {
            "$ref": "#/components/responses/TooLarge"
          },
          "415": {
            "$ref": "#/components/responses/UnsupportedMediaType"
          },
          "422": {
            "$ref": "#/components/responses/Unprocessable"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    },
    "/api/v1/bridge/erasures/preview/": {
      "post": {
        "operationId": "previewErasure",
        "x-roles": [
          "admin"
        ],
        "tags": [
          "People",
          "Extension"
        ],
        "summary": "Show what erasing a person would delete",
        "description": "Changes nothing. `open_tasks` and `due_sessions` would make the erasure return 409.\n",
        "requestBody": {
          "required": true,
          "content": {
            "application/json": {
              "schema": {
                "$ref": "#/components/schemas/Person"
              }
            }
          }
        },
        "responses": {
          "200": {
            "description": "What would be deleted.",
            "content": {
              "application/json": {
                "schema": {
                  "$ref": "#/components/schemas/ErasurePreview"
                }
              }
            }
          },
          "400": {
            "$ref": "#/components/responses/BadRequest"
          },
          "401": {
            "$ref": "#/components/responses/Unauthorized"
          },
          "403": {
            "$ref": "#/components/responses/Forbidden"
          },
          "404": {
            "$ref": "#/components/responses/NotFound"
          },
          "413": {
            "$ref": "#/components/responses/TooLarge"
          },
          "415": {
            "$ref": "#/components/responses/UnsupportedMediaType"
          },
          "422": {
            "$ref": "#/components/responses/Unprocessable"
          },
          "429": {
            "$ref": "#/components/responses/TooManyRequests"
          }
        }
      }
    }
  },
  "components": {
    "securitySchemes": {
      "apiKey": {
        "type": "apiKey",
        "in": "header",
        "name": "Authorization",
        "description": "`Authorization: Api-Key <key>`"
      }
    },
    "parameters": {
      "AppId": {
        "name": "app_id",
        "in": "path",
        "required": true,
        "description": "Id of an app of this organisation.",
        "schema": {
          "type": "string",
          "format": "uuid"
        }
      },
      "KeyId": {
        "name": "key_id",
        "in": "path",
        "required": true,
        "description": "Id of a key of this organisation.",
        "schema": {
          "type": "string",
          "minLength": 1,
          "maxLength": 64
        }
      },
      "UserId": {
        "name": "user_id",
        "in": "path",
        "required": true,
        "description": "Id of a user of this organisation.",
        "schema": {
          "type": "string",
          "format": "uuid"
        }
      },
      "SyncId": {
        "name": "sync_id",
        "in": "path",
        "required": true,
        "description": "Id of a sync session of the app.",
        "schema": {
          "type": "string",
          "format": "uuid"
        }
      },
      "TaskId": {
        "name": "task_id",
        "in": "path",
        "required": true,
        "description": "Id of a task of the app.",
        "schema": {
          "type": "string",
          "format": "uuid"
        }
      },
      "Slug": {
        "name": "slug",
        "in": "path",
        "required": true,
        "description": "Slug of a resource type of the app's clone group.",
        "schema": {
          "type": "string",
          "minLength": 1,
          "maxLength": 63
        }
      },
      "Limit": {
        "name": "limit",
        "in": "query",
        "description": "Maximum number of rows in a page.",
        "schema": {
          "type": "integer",
          "minimum": 1,
          "maximum": 500,
          "default": 50
        }
      },
      "Offset": {
        "name": "offset",
        "in": "query",
        "description": "Number of rows to skip, at most 10,000. To read further, follow `next`, which has a `cursor` and may have a larger\n`offset`, which then skips nothing.\n",
        "schema": {
          "type": "integer",
          "minimum": 0,
          "maximum": 1000000000,
          "default": 0
        }
      },
      "Cursor": {
        "name": "cursor",
        "in": "query",
        "description": "Position from the `next` of the previous page.",
        "schema": {
          "type": "string",
          "minLength": 1,
          "maxLength": 4096
        }
      },
      "IdempotencyKey": {
        "name": "Idempotency-Key",
        "in": "header",
        "description": "Extension: identifies one logical call, such as by a random UUID, so that it can be repeated after a lost response.\nWithin 24 hours the same API key gets the same response for it and nothing is created twice; with another path or body\nit gets 422. Error responses are not kept.\n",
        "schema": {
          "type": "string",
          "pattern": "^[!-~]{1,255}$"
        }
      },
      "Generation": {
        "name": "X-Bridge-Generation",
        "in": "header",
        "description": "Extension: the number of the run that starts this session, larger for each later run of the app, such as a counter or\nmilliseconds since 1970. The Bridge keeps the newest of each app. Starts without it are not fenced.\n",
        "schema": {
          "type": "integer",
          "minimum": 1,
          "maximum": 999999999999999
        }
      },
      "Since": {
        "name": "since",
        "in": "query",
        "description": "Only at this time or later.",
        "schema": {
          "type": "string",
          "format": "date-time"
        }
      },
      "Until": {
        "name": "until",
        "in": "query",
        "description": "Only before this time.",
        "schema": {
          "type": "string",
          "format": "date-time"
        }
      },
      "AuditKey": {
        "name": "key_id",
        "in": "query",
        "description": "Only what this key did, or with `user_<id>` what this person did.",
        "schema": {
          "type": "string",
          "minLength": 1,
          "maxLength": 64
        }
      },
      "AuditActor": {
        "name": "actor",
        "in": "query",
        "description": "Only what was done by keys and people of whose name a word begins with this, in any case.",
        "schema": {
          "type": "string",
          "minLength": 1,
          "maxLength": 255
        }
      },
      "AuditOperation": {
        "name": "operation",
        "in": "query",
        "description": "Only this operation.",
        "schema": {
          "type": "string",
          "minLength": 1,
          "maxLength": 64
        }
      },
      "AuditApp": {
        "name": "app_id",
        "in": "query",
        "description": "Only what was done to this app.",
        "schema": {
          "type": "string",
          "format": "uuid"
        }
      },
      "AuditTarget": {
        "name": "target",
        "in": "query",
        "description": "Only what was done to the task, session, key, user or app with this id: what the call created, or the last id of its\npath.\n",
        "schema": {
          "type": "string",
          "pattern": "^[0-9A-Za-z-]{1,64}$"
        }
      },
      "AuditText": {
        "name": "text",
        "in": "query",
        "description": "Only entries in which a word begins with this, in any case: of the name of the key or person, the operation, the path,\nthe reason or the id of the request.\n",
        "schema": {
          "type": "string",
          "minLength": 1,
          "maxLength": 255
        }
      },
      "ChangesApp": {
        "name": "app_id",
        "in": "query",
        "description": "Only changes in this app.",
        "schema": {
          "type": "string",
          "format": "uuid"
        }
      },
      "ChangesSlug": {
        "name": "slug",
        "in": "query",
        "description": "Only records of resource types with this slug.",
        "schema": {
          "type": "string",
          "minLength": 1,
          "maxLength": 63
        }
      },
      "ChangesText": {
        "name": "text",
        "in": "query",
        "description": "Only changes of records that this text finds, as in the list of records.",
        "schema": {
          "type": "string",
          "minLength": 1,
          "maxLength": 255
        }
      },
      "CloneGroup": {
        "name": "clone_group",
        "in": "query",
        "description": "Only the apps of this clone group.",
        "schema": {
          "type": "string",
          "format": "uuid"
        }
      },
      "ExportFormat": {
        "name": "format",
        "in": "query",
        "description": "A table, or one JSON object in each line.",
        "schema": {
          "type": "string",
          "enum": [
            "csv",
            "json"
          ],
          "default": "csv"
        }
      },
      "Reason": {
        "name": "X-Bridge-Reason",
        "in": "header",
        "description": "Extension: the reason for the call, for the audit trail; UTF-8 text, percent-encoded. It is kept for good, so name a ticket\nrather than a person.\n",
        "schema": {
          "type": "string",
          "pattern": "^[!-~]+$",
          "minLength": 1,
          "maxLength": 3000
        }
      },
      "Prefer": {
        "name": "Prefer",
        "in": "header",
        "description": "`wait=30` delays the response until there is a task, for at most that many seconds (maximum 60); see RFC 7240. The\n`Preference-Applied` header has the applied preference. Other preferences are ignored.\n",
        "schema": {
          "type": "string",
          "maxLength": 1024
        }
      }
    },
    "responses": {
      "BadRequest": {
        "description": "The request does not fit its schema.",
        "content": {
          "application/json": {
            "schema": {
              "$ref": "#/components/schemas/Error"
            },
            "example": {
              "detail": "records[0].id: must be a string, got number"
            }
          }
        }
      },
      "Unauthorized": {
        "description": "The API key is missing or unknown.",
        "content": {
          "application/json": {
            "schema": {
              "$ref": "#/components/schemas/Error"
            },
            "example": {
              "detail": "The API key is not valid. Send it as: Authorization: Api-Key <key>"
            }
          }
        }
      },
      "Forbidden": {
        "description": "The API key is revoked or expired, or its role does not allow the call.",
        "content": {
          "application/json": {
            "schema": {
              "$ref": "#/components/schemas/Error"
            },
            "example": {
              "detail": "The API key expired on 2026-10-01T00:00:00.000Z."
            }
          }
        }
      },
      "NotFound": {
        "description": "The object does not exist in this organisation.",
        "content": {
          "application/json": {
            "schema": {
              "$ref": "#/components/schemas/Error"
            },
            "example": {
              "detail": "No app has the id 7f0b5f39-7b7f-4a4e-9d6a-2f3c1d0e9a11."
            }
          }
        }
      },
      "Conflict": {
        "description": "The state of the thing does not allow it.",
        "content": {
          "application/json": {
            "schema": {
              "$ref": "#/components/schemas/Error"
            },
            "example": {
              "detail": "The session is completed; start a new one."
            }
          }
        }
      },
      "TooLarge": {
        "description": "The body is over the limit.",
        "content": {
          "application/json": {
            "schema": {
              "$ref": "#/components/schemas/Error"
            },
            "example": {
              "detail": "The body is larger than 8388608 bytes."
            }
          }
        }
      },
      "UnsupportedMediaType": {
        "description": "The body is not declared as JSON.",
        "content": {
          "application/json": {
            "schema": {
              "$ref": "#/components/schemas/Error"
            },
            "example": {
              "detail": "The content type must be application/json, got text/plain."
            }
          }
        }
      },
      "TooManyRequests": {
        "description": "The API key is over its rate limit.",
        "headers": {
          "Retry-After": {
            "description": "Whole seconds to wait, at least 1.",
            "schema": {
              "type": "integer",
              "minimum": 1
            }
          }
        },
        "content": {
          "application/json": {
            "schema": {
              "$ref": "#/components/schemas/Error"
            },
            "example": {
              "detail": "The API key made more than 1000 requests in 1 s; try again in 1 s."
            }
          }
        }
      },
      "Unprocessable": {
        "description": "The body fits its schema and breaks a rule.",
        "content": {
          "application/json": {
            "schema": {
              "$ref": "#/components/schemas/Error"
            },
            "example": {
              "detail": "Record 'u1': unknown membership slug 'nonexistent'"
            }
          }
        }
      }
    },
    "schemas": {
      "Error": {
        "type": "object",
        "required": [
          "detail"
        ],
        "properties": {
          "detail": {
            "type": "string",
            "description": "What is wrong and what to do about it."
          }
        },
        "examples": [
          {
            "detail": "No app has the id 7f0b5f39-7b7f-4a4e-9d6a-2f3c1d0e9a11."
          }
        ]
      },
      "ConfigurationStatus": {
        "type": "string",
        "description": "`CHECKING_CONFIGURATION` until the first completed sync, then `CONFIGURED`. Clients must tolerate other values.\n",
        "examples": [
          "CONFIGURED"
        ]
      },
      "RemovalGuard": {
        "type": "object",
        "description": "A complete that would take away too much is held until an administrator confirms or discards it. Too much is,\nof the active records of a type and of the refs of a slug, more than `max_share`, or all of them, and at least\n`min_count`. Refs are memberships and assignments that accounts lose which stay; those of an account that becomes\ninactive count with it.\n",
        "required": [
          "max_share",
          "min_count"
        ],
        "additionalProperties": false,
        "properties": {
          "max_share": {
            "type": "number",
            "minimum": 0,
            "maximum": 1,
            "description": "Share of a type's active records or refs, 0 to 1."
          },
          "min_count": {
            "type": "integer",
            "minimum": 1,
            "maximum": 2147483647
          }
        },
        "examples": [
          {
            "max_share": 0.2,
            "min_count": 10
          }
        ]
      },
      "GuardPreview": {
        "type": "object",
        "required": [
          "examined",
          "held"
        ],
        "properties": {
          "examined": {
            "type": "integer",
            "description": "How many complete sessions were judged, 30 at the most."
          },
          "held": {
            "type": "array",
            "description": "Those that would have been held, newest first.",
            "items": {
              "$ref": "#/components/schemas/PreviewedHold"
            }
          }
        },
        "examples": [
          {
            "examined": 30,
            "held": []
          }
        ]
      },
      "PreviewedHold": {
        "type": "object",
        "required": [
          "sync_id",
          "started_at",
          "was_held",
          "losses"
        ],
        "properties": {
          "sync_id": {
            "type": "string",
            "format": "uuid"
          },
          "started_at": {
            "type": "string",
            "format": "date-time"
          },
          "was_held": {
            "type": "boolean",
            "description": "Whether the guard held it."
          },
          "losses": {
            "type": "array",
            "description": "What is too much by these settings.",
            "items": {
              "$ref": "#/components/schemas/HeldLoss"
            }
          }
        },
        "examples": [
          {
            "sync_id": "0f5d0a0e-5d0c-4f2e-8a57-1d7f6c1f2b10",
            "started_at": "2026-11-15T12:00:00.000Z",
            "was_held": false,
            "losses": [
              {
                "slug": "account",
                "of": "records",
                "live": 1240,
                "lost": 340
              }
            ]
          }
        ]
      },
      "App": {
        "type": "object",
        "required": [
          "id",
          "name",
          "configuration_status",
          "created_at",
          "last_synced_at"
        ],
        "properties": {
          "id": {
            "type": "string",
            "format": "uuid"
          },
          "name": {
            "type": "string"
          },
          "configuration_status": {
            "$ref": "#/components/schemas/ConfigurationStatus"
          },
          "created_at": {
            "type": "string",
            "format": "date-time"
          },
          "last_synced_at": {
            "description": "When the last session was completed.",
            "type": [
              "string",
              "null"
            ],
            "format": "date-time"
          },
          "removal_guard": {
            "description": "Extension: null if the guard is switched off.",
            "anyOf": [
              {
                "$ref": "#/components/schemas/RemovalGuard"
              },
              {
                "type": "null"
              }
            ]
          },
          "capabilities": {
            "description": "Extension: capabilities of its connector; null if never announced.",
            "anyOf": [
              {
                "$ref": "#/components/schemas/Capabilities"
              },
              {
                "type": "null"
              }
            ]
          },
          "clone_group": {
            "type": "string",
            "format": "uuid",
            "description": "Extension: the same for all apps that share resource types, which `clone_from` made."
          }
        },
        "examples": [
          {
            "id": "7f0b5f39-7b7f-4a4e-9d6a-2f3c1d0e9a11",
            "name": "HR EMEA",
            "configuration_status": "CHECKING_CONFIGURATION",
            "created_at": "2026-11-15T11:00:00.000Z",
            "last_synced_at": null,
            "removal_guard": {
              "max_share": 0.2,
              "min_count": 10
            },
            "clone_group": "2f6d1c0b-8e4a-4c3b-9f5e-7a1d0c9b8e6f"
          }
        ]
      },
      "Capabilities": {
        "type": "object",
        "description": "What the connector of an app can do. Fields beyond these are not kept.",
        "required": [
          "connector",
          "version",
          "actions",
          "grantable",
          "advice"
        ],
        "properties": {
          "connector": {
            "type": "string",
            "minLength": 1,
            "maxLength": 255,
            "description": "Its name."
          },
          "version": {
            "type": [
              "string",
              "null"
            ],
            "maxLength": 255
          },
          "actions": {
            "type": "array",
            "description": "Tasks with another action are refused.",
            "maxItems": 100,
            "items": {
              "$ref": "#/components/schemas/TaskAction"
            }
          },
          "grantable": {
            "type": "array",
            "description": "Slugs of the groups and licenses that it gives to accounts and takes from them; tasks with others are refused.\n",
            "maxItems": 500,
            "items": {
              "type": "string",
              "minLength": 1,
              "maxLength": 63
            }
          },
          "advice": {
            "type": "object",
            "description": "By action or slug, what to do in place of a task that is refused.",
            "maxProperties": 500,
            "additionalProperties": {
              "type": "string",
              "minLength": 1,
              "maxLength": 1024
            }
          }
        },
        "examples": [
          {
            "connector": "hr",
            "version": "1.2.0",
            "actions": [
              "create_account",
              "update_account",
              "delete_account",
              "suspend_account",
              "unsuspend_account",
              "reset_password"
            ],
            "grantable": [
              "team",
              "license"
            ],
            "advice": {
              "department": "Move the employee in the HR system itself."
            }
          }
        ]
      },
      "AppCreate": {
        "type": "object",
        "required": [
          "name"
        ],
        "properties": {
          "name": {
            "type": "string",
            "minLength": 1,
            "maxLength": 255
          },
          "clone_from": {
            "description": "Id of the app whose resource types are shared.",
            "type": [
              "string",
              "null"
            ],
            "format": "uuid"
          }
        },
        "examples": [
          {
            "name": "HR APAC",
            "clone_from": "7f0b5f39-7b7f-4a4e-9d6a-2f3c1d0e9a11"
          },
          {
            "name": "HR EMEA"
          }
        ]
      },
      "AppUpdate": {
        "type": "object",
        "minProperties": 1,
        "additionalProperties": false,
        "properties": {
          "name": {
            "type": "string",
            "minLength": 1,
            "maxLength": 255
          },
          "removal_guard": {
            "x-roles": [
              "admin"
            ],
            "description": "`null` switches the guard off.",
            "anyOf": [
              {
                "$ref": "#/components/schemas/RemovalGuard"
              },
              {
                "type": "null"
              }
            ]
          }
        },
        "examples": [
          {
            "removal_guard": {
              "max_share": 0.5,
              "min_count": 100
            }
          },
          {
            "name": "HR Europe"
          }
        ]
      },
      "ListCount": {
        "type": "integer",
        "minimum": 0,
        "maximum": 10000,
        "description": "Number of rows on all pages, counted up to 10,000; if `count_is_exact` is false there are more.\n",
        "examples": [
          1
        ]
      },
      "CountIsExact": {
        "type": "boolean",
        "description": "False if there are more than `count`.",
        "examples": [
          true
        ]
      },
      "AppList": {
        "type": "object",
        "required": [
          "apps",
          "count",
          "count_is_exact",
          "next",
          "previous"
        ],
        "properties": {
          "apps": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/App"
            }
          },
          "count": {
            "$ref": "#/components/schemas/ListCount"
          },
          "count_is_exact": {
            "$ref": "#/components/schemas/CountIsExact"
          },
          "next": {
            "type": [
              "string",
              "null"
            ],
            "description": "Address of the next page."
          },
          "previous": {
            "type": [
              "string",
              "null"
            ],
            "description": "Address of the page before."
          }
        },
        "examples": [
          {
            "apps": [
              {
                "id": "7f0b5f39-7b7f-4a4e-9d6a-2f3c1d0e9a11",
                "name": "HR EMEA",
                "configuration_status": "CONFIGURED",
                "created_at": "2026-11-15T11:00:00.000Z",
                "last_synced_at": "2026-11-15T12:00:00.000Z",
                "removal_guard": null
              }
            ],
            "count": 1,
            "count_is_exact": true,
            "next": null,
            "previous": null
          }
        ]
      },
      "Overview": {
        "type": "object",
        "required": [
          "decisions",
          "apps",
          "next"
        ],
        "properties": {
          "decisions": {
            "type": "array",
            "description": "What waits for somebody, the most urgent kind first; empty on most days.",
            "items": {
              "$ref": "#/components/schemas/Decision"
            }
          },
          "apps": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/AppOverview"
            }
          },
          "next": {
            "type": [
              "string",
              "null"
            ],
            "description": "Address of the next page of apps."
          }
        },
        "examples": [
          {
            "decisions": [
              {
                "kind": "held",
                "app_id": "7f0b5f39-7b7f-4a4e-9d6a-2f3c1d0e9a11",
                "app_name": "HR EMEA",
                "at": "2026-11-15T12:00:04.000Z",
                "sync_id": "0f5d0a0e-5d0c-4f2e-8a57-1d7f6c1f2b10",
                "message": "Completing would make inactive 340 of 1240 active \"account\" records.",
                "losses": [
                  {
                    "slug": "account",
                    "of": "records",
                    "live": 1240,
                    "lost": 340
                  }
                ]
              }
            ],
            "apps": [],
            "next": null
          }
        ]
      },
      "AppState": {
        "type": "string",
        "description": "`held`: the removal guard holds a session. `failing`: the last run failed or did not end its session, or the\nreconciliation of a session fails. `partial`: the last full read was not complete, and nobody is removed meanwhile.\n`syncing`: a session is open or being reconciled. `in_step`: the last full read was complete. `never_synced`: no\nsession was ever completed. It is the first of these that applies. Clients must tolerate others.\n",
        "enum": [
          "held",
          "failing",
          "partial",
          "syncing",
          "in_step",
          "never_synced"
        ],
        "examples": [
          "in_step"
        ]
      },
      "AppOverview": {
        "type": "object",
        "required": [
          "app_id",
          "name",
          "clone_group",
          "created_at",
          "state",
          "last_synced_at",
          "interval_seconds",
          "is_overdue",
          "open_session",
          "held",
          "partial",
          "failure",
          "accounts",
          "open_tasks",
          "failed_tasks",
          "runner",
          "sessions"
        ],
        "properties": {
          "app_id": {
            "type": "string",
            "format": "uuid"
          },
          "name": {
            "type": "string"
          },
          "clone_group": {
            "type": "string",
            "format": "uuid",
            "description": "The same for all apps that share resource types."
          },
          "created_at": {
            "type": "string",
            "format": "date-time"
          },
          "state": {
            "$ref": "#/components/schemas/AppState"
          },
          "last_synced_at": {
            "description": "When the last session was completed and reconciled.",
            "type": [
              "string",
              "null"
            ],
            "format": "date-time"
          },
          "interval_seconds": {
            "description": "The median time between the starts of its recent sessions; null if there are fewer than 3.",
            "type": [
              "number",
              "null"
            ]
          },
          "is_overdue": {
            "type": "boolean",
            "description": "Whether no session has started for more than twice `interval_seconds` and at least 5 minutes."
          },
          "open_session": {
            "description": "The session that is open or being reconciled.",
            "anyOf": [
              {
                "$ref": "#/components/schemas/OpenSession"
              },
              {
                "type": "null"
              }
            ]
          },
          "held": {
            "description": "The session that the removal guard holds.",
            "anyOf": [
              {
                "$ref": "#/components/schemas/HeldSession"
              },
              {
                "type": "null"
              }
            ]
          },
          "partial": {
            "description": "Since when full reads are not complete.",
            "anyOf": [
              {
                "$ref": "#/components/schemas/PartialSince"
              },
              {
                "type": "null"
              }
            ]
          },
          "failure": {
            "description": "How the last run failed.",
            "anyOf": [
              {
                "$ref": "#/components/schemas/AppFailure"
              },
              {
                "type": "null"
              }
            ]
          },
          "accounts": {
            "description": "Active accounts; null until the first reconciliation after an upgrade counts them.",
            "type": [
              "integer",
              "null"
            ]
          },
          "open_tasks": {
            "$ref": "#/components/schemas/BoundedCount"
          },
          "failed_tasks": {
            "description": "Tasks that failed and were neither cancelled nor tried again.",
            "$ref": "#/components/schemas/BoundedCount"
          },
          "runner": {
            "description": "What its runner reported last; null if none ever did.",
            "anyOf": [
              {
                "$ref": "#/components/schemas/AppRunner"
              },
              {
                "type": "null"
              }
            ]
          },
          "sessions": {
            "type": "array",
            "description": "The last 30 sessions, oldest first.",
            "maxItems": 30,
            "items": {
              "$ref": "#/components/schemas/SessionPoint"
            }
          }
        },
        "examples": [
          {
            "app_id": "7f0b5f39-7b7f-4a4e-9d6a-2f3c1d0e9a11",
            "name": "HR EMEA",
            "clone_group": "2f6d1c0b-8e4a-4c3b-9f5e-7a1d0c9b8e6f",
            "created_at": "2026-11-15T11:00:00.000Z",
            "state": "in_step",
            "last_synced_at": "2026-11-15T12:00:04.000Z",
            "interval_seconds": 3600,
            "is_overdue": false,
            "open_session": null,
            "held": null,
            "partial": null,
            "failure": null,
            "accounts": 1240,
            "open_tasks": {
              "count": 2,
              "count_is_exact": true
            },
            "failed_tasks": {
              "count": 0,
              "count_is_exact": true
            },
            "runner": null,
            "sessions": [
              {
                "sync_id": "0f5d0a0e-5d0c-4f2e-8a57-1d7f6c1f2b10",
                "started_at": "2026-11-15T12:00:00.000Z",
                "status": "completed",
                "created": 3,
                "updated": 7,
                "removed": 1
              }
            ]
          }
        ]
      },
      "AppRunner": {
        "type": "object",
        "required": [
          "worker",
          "next_run_at",
          "paused_at",
          "parked_at",
          "failures",
          "takes_orders",
          "ordered",
          "reported_at"
        ],
        "properties": {
          "worker": {
            "type": [
              "string",
              "null"
            ],
            "description": "The process that ran it last."
          },
          "next_run_at": {
            "type": [
              "string",
              "null"
            ],
            "format": "date-time",
            "description": "Null while a sync runs."
          },
          "paused_at": {
            "type": [
              "string",
              "null"
            ],
            "format": "date-time",
            "description": "Since when somebody has paused it."
          },
          "parked_at": {
            "description": "Since when it is not run any more because it has crashed its worker three times.",
            "type": [
              "string",
              "null"
            ],
            "format": "date-time"
          },
          "failures": {
            "type": "integer",
            "description": "Syncs in a row that did not end well."
          },
          "takes_orders": {
            "type": "boolean",
            "description": "Whether it carries out orders."
          },
          "ordered": {
            "description": "What is ordered and not carried out yet.",
            "anyOf": [
              {
                "$ref": "#/components/schemas/RunnerOrder"
              },
              {
                "type": "null"
              }
            ]
          },
          "reported_at": {
            "type": "string",
            "format": "date-time"
          }
        },
        "examples": [
          {
            "worker": "machine-1",
            "next_run_at": "2026-11-15T13:00:00.000Z",
            "paused_at": null,
            "parked_at": null,
            "failures": 0,
            "takes_orders": true,
            "ordered": null,
            "reported_at": "2026-11-15T12:00:04.000Z"
          }
        ]
      },
      "RunnerReport": {
        "type": "object",
        "required": [
          "apps"
        ],
        "additionalProperties": false,
        "properties": {
          "apps": {
            "type": "array",
            "maxItems": 1000,
            "items": {
              "$ref": "#/components/schemas/AppRunnerReport"
            }
          },
          "carried_out": {
            "type": "array",
            "description": "Ids of orders that need not come again.",
            "maxItems": 1000,
            "items": {
              "type": "string",
              "format": "uuid"
            }
          },
          "fleet": {
            "$ref": "#/components/schemas/FleetReport"
          }
        },
        "examples": [
          {
            "apps": [
              {
                "app_id": "7f0b5f39-7b7f-4a4e-9d6a-2f3c1d0e9a11",
                "worker": "machine-1",
                "next_run_at": "2026-11-15T13:00:00.000Z",
                "paused_at": null,
                "parked_at": null,
                "failures": 0
              }
            ]
          }
        ]
      },
      "AppRunnerReport": {
        "type": "object",
        "required": [
          "app_id",
          "worker",
          "next_run_at",
          "paused_at",
          "parked_at",
          "failures"
        ],
        "additionalProperties": false,
        "properties": {
          "app_id": {
            "type": "string",
            "format": "uuid"
          },
          "worker": {
            "type": [
              "string",
              "null"
            ],
            "maxLength": 255
          },
          "next_run_at": {
            "type": [
              "string",
              "null"
            ],
            "format": "date-time"
          },
          "paused_at": {
            "type": [
              "string",
              "null"
            ],
            "format": "date-time"
          },
          "parked_at": {
            "type": [
              "string",
              "null"
            ],
            "format": "date-time"
          },
          "failures": {
            "type": "integer",
            "minimum": 0,
            "maximum": 1000000000
          },
          "takes_orders": {
            "type": "boolean",
            "description": "Whether this runner carries out orders; it does not by default."
          }
        },
        "examples": [
          {
            "app_id": "7f0b5f39-7b7f-4a4e-9d6a-2f3c1d0e9a11",
            "worker": "machine-1",
            "next_run_at": "2026-11-15T13:00:00.000Z",
            "paused_at": null,
            "parked_at": null,
            "failures": 0
          }
        ]
      },
      "FleetReport": {
        "type": "object",
        "required": [
          "id"
        ],
        "additionalProperties": false,
        "properties": {
          "id": {
            "type": "string",
            "format": "uuid",
            "description": "The same for all workers of a fleet."
          },
          "workers": {
            "type": "array",
            "description": "All of them; without it the last report stands.",
            "maxItems": 200,
            "items": {
              "$ref": "#/components/schemas/WorkerReport"
            }
          }
        },
        "examples": [
          {
            "id": "3b9f0f6e-62f5-4a7a-8c55-0a4f0a4d9c11",
            "workers": [
              {
                "name": "machine-1-4711-5f0c3a1b",
                "host": "machine-1",
                "capacity": 8,
                "zones": [
                  "default"
                ],
                "started_at": "2026-11-15T08:00:00.000Z",
                "state": "alive",
                "busy": 0,
                "running": [],
                "takes_orders": true
              }
            ]
          }
        ]
      },
      "WorkerReport": {
        "type": "object",
        "required": [
          "name",
          "host",
          "capacity",
          "zones",
          "started_at",
          "state",
          "busy",
          "running",
          "takes_orders"
        ],
        "additionalProperties": false,
        "properties": {
          "name": {
            "type": "string",
            "minLength": 1,
            "maxLength": 255,
            "description": "Unique among the workers of the fleet."
          },
          "host": {
            "type": "string",
            "maxLength": 255
          },
          "capacity": {
            "type": "integer",
            "minimum": 0,
            "maximum": 100000,
            "description": "Runs at a time."
          },
          "zones": {
            "type": "array",
            "description": "Whose apps it runs.",
            "maxItems": 100,
            "items": {
              "type": "string",
              "maxLength": 63
            }
          },
          "started_at": {
            "type": "string",
            "format": "date-time"
          },
          "state": {
            "$ref": "#/components/schemas/WorkerState"
          },
          "busy": {
            "type": "integer",
            "minimum": 0,
            "maximum": 100000,
            "description": "Its runs in progress, of all organisations."
          },
          "running": {
            "type": "array",
            "description": "Those of this organisation, oldest first.",
            "maxItems": 100,
            "items": {
              "$ref": "#/components/schemas/WorkerRun"
            }
          },
          "takes_orders": {
            "type": "boolean",
            "description": "Whether it drains when told to. A worker that serves several organisations takes no orders from one of them."
          }
        },
        "examples": [
          {
            "name": "machine-1-4711-5f0c3a1b",
            "host": "machine-1",
            "capacity": 8,
            "zones": [
              "default"
            ],
            "started_at": "2026-11-15T08:00:00.000Z",
            "state": "alive",
            "busy": 1,
            "running": [
              {
                "app_id": "7f0b5f39-7b7f-4a4e-9d6a-2f3c1d0e9a11",
                "kind": "sync",
                "started_at": "2026-11-15T12:00:00.000Z"
              }
            ],
            "takes_orders": true
          }
        ]
      },
      "WorkerState": {
        "type": "string",
        "description": "- `alive`: its heartbeat is recent.\n- `draining`: it ends what it runs, and exits.\n- `lost`: its heartbeat is too old; what it ran runs elsewhere.\n",
        "enum": [
          "alive",
          "draining",
          "lost"
        ],
        "examples": [
          "alive"
        ]
      },
      "WorkerRun": {
        "type": "object",
        "required": [
          "app_id",
          "kind",
          "started_at"
        ],
        "additionalProperties": false,
        "properties": {
          "app_id": {
            "type": "string",
            "format": "uuid"
          },
          "kind": {
            "type": "string",
            "enum": [
              "sync",
              "tasks"
            ]
          },
          "started_at": {
            "type": "string",
            "format": "date-time"
          }
        },
        "examples": [
          {
            "app_id": "7f0b5f39-7b7f-4a4e-9d6a-2f3c1d0e9a11",
            "kind": "sync",
            "started_at": "2026-11-15T12:00:00.000Z"
          }
        ]
      },
      "Worker": {
        "type": "object",
        "required": [
          "name",
          "host",
          "capacity",
          "zones",
          "started_at",
          "state",
          "busy",
          "running",
          "takes_orders",
          "ordered",
          "reported_at"
        ],
        "properties": {
          "name": {
            "type": "string"
          },
          "host": {
            "type": "string"
          },
          "capacity": {
            "type": "integer",
            "description": "Runs at a time."
          },
          "zones": {
            "type": "array",
            "items": {
              "type": "string"
            },
            "description": "Whose apps it runs."
          },
          "started_at": {
            "type": "string",
            "format": "date-time"
          },
          "state": {
            "$ref": "#/components/schemas/WorkerState"
          },
          "busy": {
            "type": "integer",
            "description": "Its runs in progress, of all organisations."
          },
          "running": {
            "type": "array",
            "description": "Those of this organisation, oldest first, at most 100.",
            "items": {
              "$ref": "#/components/schemas/WorkerRun"
            }
          },
          "takes_orders": {
            "type": "boolean"
          },
          "ordered": {
            "description": "What is ordered and not carried out yet.",
            "anyOf": [
              {
                "$ref": "#/components/schemas/WorkerOrder"
              },
              {
                "type": "null"
              }
            ]
          },
          "reported_at": {
            "type": "string",
            "format": "date-time",
            "description": "When its fleet reported last."
          }
        },
        "examples": [
          {
            "name": "machine-1-4711-5f0c3a1b",
            "host": "machine-1",
            "capacity": 8,
            "zones": [
              "default"
            ],
            "started_at": "2026-11-15T08:00:00.000Z",
            "state": "alive",
            "busy": 0,
            "running": [],
            "takes_orders": true,
            "ordered": null,
            "reported_at": "2026-11-15T12:00:04.000Z"
          }
        ]
      },
      "WorkerList": {
        "type": "object",
        "required": [
          "workers"
        ],
        "properties": {
          "workers": {
            "type": "array",
            "description": "At most 1,000: of 5 fleets, 200 each. A further fleet is kept once one of these is lost.",
            "items": {
              "$ref": "#/components/schemas/Worker"
            }
          }
        },
        "examples": [
          {
            "workers": []
          }
        ]
      },
      "WorkerOrder": {
        "type": "string",
        "enum": [
          "drain"
        ],
        "examples": [
          "drain"
        ]
      },
      "WorkerOrdering": {
        "type": "object",
        "required": [
          "order",
          "workers"
        ],
        "additionalProperties": false,
        "properties": {
          "order": {
            "$ref": "#/components/schemas/WorkerOrder"
          },
          "workers": {
            "type": "array",
            "description": "Their names.",
            "minItems": 1,
            "maxItems": 1000,
            "items": {
              "type": "string",
              "maxLength": 255
            }
          }
        },
        "examples": [
          {
            "order": "drain",
            "workers": [
              "machine-1-4711-5f0c3a1b"
            ]
          }
        ]
      },
      "WorkersOrdered": {
        "type": "object",
        "required": [
          "workers"
        ],
        "properties": {
          "workers": {
            "type": "array",
            "items": {
              "type": "string"
            }
          }
        },
        "examples": [
          {
            "workers": [
              "machine-1-4711-5f0c3a1b"
            ]
          }
        ]
      },
      "RunnerOrder": {
        "type": "string",
        "enum": [
          "pause",
          "resume",
          "run_now"
        ],
        "examples": [
          "pause"
        ]
      },
      "RunnerOrderList": {
        "type": "object",
        "required": [
          "orders"
        ],
        "properties": {
          "orders": {
            "type": "array",
            "description": "At most 1,000.",
            "items": {
              "type": "object",
              "required": [
                "id",
                "app_id",
                "order"
              ],
              "properties": {
                "id": {
                  "type": "string",
                  "format": "uuid"
                },
                "app_id": {
                  "type": "string",
                  "format": "uuid"
                },
                "order": {
                  "$ref": "#/components/schemas/RunnerOrder"
                }
              }
            }
          },
          "worker_orders": {
            "type": "array",
            "description": "Of the workers of the fleet that the call named; absent if it named none.",
            "items": {
              "type": "object",
              "required": [
                "id",
                "worker",
                "order"
              ],
              "properties": {
                "id": {
                  "type": "string",
                  "format": "uuid"
                },
                "worker": {
                  "type": "string",
                  "description": "Its name."
                },
                "order": {
                  "$ref": "#/components/schemas/WorkerOrder"
                }
              }
            }
          }
        },
        "examples": [
          {
            "orders": [
              {
                "id": "0f5d0a0e-5d0c-4f2e-8a57-1d7f6c1f2b10",
                "app_id": "7f0b5f39-7b7f-4a4e-9d6a-2f3c1d0e9a11",
                "order": "pause"
              }
            ]
          }
        ]
      },
      "RunnerOrdering": {
        "type": "object",
        "required": [
          "order",
          "app_ids"
        ],
        "additionalProperties": false,
        "properties": {
          "order": {
            "$ref": "#/components/schemas/RunnerOrder"
          },
          "app_ids": {
            "type": "array",
            "minItems": 1,
            "maxItems": 1000,
            "items": {
              "type": "string",
              "format": "uuid"
            }
          }
        },
        "examples": [
          {
            "order": "pause",
            "app_ids": [
              "7f0b5f39-7b7f-4a4e-9d6a-2f3c1d0e9a11"
            ]
          }
        ]
      },
      "RunnersOrdered": {
        "type": "object",
        "required": [
          "app_ids"
        ],
        "properties": {
          "app_ids": {
            "type": "array",
            "items": {
              "type": "string",
              "format": "uuid"
            }
          }
        },
        "examples": [
          {
            "app_ids": [
              "7f0b5f39-7b7f-4a4e-9d6a-2f3c1d0e9a11"
            ]
          }
        ]
      },
      "BoundedCount": {
        "type": "object",
        "required": [
          "count",
          "count_is_exact"
        ],
        "properties": {
          "count": {
            "type": "integer",
            "minimum": 0,
            "maximum": 1000
          },
          "count_is_exact": {
            "type": "boolean",
            "description": "False if there are more than `count`."
          }
        },
        "examples": [
          {
            "count": 14,
            "count_is_exact": true
          }
        ]
      },
      "System": {
        "type": "object",
        "required": [
          "versions",
          "started_at",
          "database",
          "queue",
          "retention"
        ],
        "properties": {
          "versions": {
            "type": "object",
            "required": [
              "bridge",
              "contract",
              "node"
            ],
            "properties": {
              "bridge": {
                "type": "string"
              },
              "contract": {
                "type": "string",
                "description": "Of this document."
              },
              "node": {
                "type": "string"
              }
            }
          },
          "started_at": {
            "type": "string",
            "format": "date-time",
            "description": "Of the process that responds."
          },
          "database": {
            "type": "object",
            "required": [
              "product",
              "version",
              "migration",
              "size_bytes",
              "disk",
              "connections"
            ],
            "properties": {
              "product": {
                "type": "string",
                "enum": [
                  "embedded",
                  "postgres",
                  "citus",
                  "yugabytedb",
                  "cockroachdb"
                ]
              },
              "version": {
                "type": "string"
              },
              "migration": {
                "type": "string",
                "description": "The newest of its tables."
              },
              "size_bytes": {
                "type": [
                  "integer",
                  "null"
                ],
                "description": "Null if the database does not say it."
              },
              "disk": {
                "description": "The disk of the embedded database; null for others.",
                "anyOf": [
                  {
                    "type": "object",
                    "required": [
                      "free_bytes",
                      "total_bytes"
                    ],
                    "properties": {
                      "free_bytes": {
                        "type": "integer",
                        "minimum": 0
                      },
                      "total_bytes": {
                        "type": "integer",
                        "minimum": 0
                      }
                    }
                  },
                  {
                    "type": "null"
                  }
                ]
              },
              "connections": {
                "type": "object",
                "description": "Of the process that responds.",
                "required": [
                  "busy",
                  "idle",
                  "waiting"
                ],
                "properties": {
                  "busy": {
                    "type": "integer",
                    "minimum": 0
                  },
                  "idle": {
                    "type": "integer",
                    "minimum": 0
                  },
                  "waiting": {
                    "type": "integer",
                    "minimum": 0,
                    "description": "Callers that wait for one."
                  }
                }
              }
            }
          },
          "queue": {
            "type": "object",
            "description": "Work in the background.",
            "required": [
              "reconciliations",
              "deletions"
            ],
            "properties": {
              "reconciliations": {
                "$ref": "#/components/schemas/QueueLength"
              },
              "deletions": {
                "$ref": "#/components/schemas/QueueLength"
              }
            }
          },
          "retention": {
            "type": "object",
            "required": [
              "days",
              "session_days",
              "lag_seconds"
            ],
            "properties": {
              "days": {
                "type": [
                  "integer",
                  "null"
                ],
                "description": "How long ended syncs, ended tasks and events are kept; null for ever."
              },
              "session_days": {
                "type": [
                  "integer",
                  "null"
                ],
                "description": "How long a sync may be open or held; null for ever."
              },
              "lag_seconds": {
                "type": "number",
                "minimum": 0,
                "description": "Since old data was last deleted completely."
              }
            }
          }
        },
        "examples": [
          {
            "versions": {
              "bridge": "1.2.0",
              "contract": "1.0.0",
              "node": "v24.1.0"
            },
            "started_at": "2026-11-15T12:00:00.000Z",
            "database": {
              "product": "embedded",
              "version": "PostgreSQL 18.4",
              "migration": "0001_initial",
              "size_bytes": 48234496,
              "disk": {
                "free_bytes": 52428800000,
                "total_bytes": 107374182400
              },
              "connections": {
                "busy": 0,
                "idle": 1,
                "waiting": 0
              }
            },
            "queue": {
              "reconciliations": {
                "count": 0,
                "count_is_exact": true,
                "oldest_seconds": 0
              },
              "deletions": {
                "count": 1,
                "count_is_exact": true,
                "oldest_seconds": 3.2
              }
            },
            "retention": {
              "days": 90,
              "session_days": 30,
              "lag_seconds": 1200
            }
          }
        ]
      },
      "QueueLength": {
        "type": "object",
        "required": [
          "count",
          "count_is_exact",
          "oldest_seconds"
        ],
        "properties": {
          "count": {
            "type": "integer",
            "minimum": 0,
            "maximum": 1000
          },
          "count_is_exact": {
            "type": "boolean",
            "description": "False if there are more than `count`."
          },
          "oldest_seconds": {
            "type": "number",
            "minimum": 0,
            "description": "How long the oldest has been waiting."
          }
        },
        "examples": [
          {
            "count": 0,
            "count_is_exact": true,
            "oldest_seconds": 0
          }
        ]
      },
      "OpenSession": {
        "type": "object",
        "required": [
          "sync_id",
          "status",
          "started_at"
        ],
        "properties": {
          "sync_id": {
            "type": "string",
            "format": "uuid"
          },
          "status": {
            "$ref": "#/components/schemas/SyncStatus"
          },
          "started_at": {
            "type": "string",
            "format": "date-time"
          }
        },
        "examples": [
          {
            "sync_id": "0f5d0a0e-5d0c-4f2e-8a57-1d7f6c1f2b10",
            "status": "in_progress",
            "started_at": "2026-11-15T12:00:00.000Z"
          }
        ]
      },
      "HeldSession": {
        "type": "object",
        "required": [
          "sync_id",
          "at",
          "expires_at",
          "message",
          "losses"
        ],
        "properties": {
          "sync_id": {
            "type": "string",
            "format": "uuid"
          },
          "at": {
            "type": "string",
            "format": "date-time",
            "description": "When it ended."
          },
          "expires_at": {
            "description": "When it is dropped by itself; null for never.",
            "type": [
              "string",
              "null"
            ],
            "format": "date-time"
          },
          "message": {
            "type": "string"
          },
          "losses": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/HeldLoss"
            }
          }
        },
        "examples": [
          {
            "sync_id": "0f5d0a0e-5d0c-4f2e-8a57-1d7f6c1f2b10",
            "at": "2026-11-15T12:00:04.000Z",
            "expires_at": null,
            "message": "Completing would make inactive 340 of 1240 active \"account\" records.",
            "losses": [
              {
                "slug": "account",
                "of": "records",
                "live": 1240,
                "lost": 340
              }
            ]
          }
        ]
      },
      "PartialSince": {
        "type": "object",
        "required": [
          "since",
          "sync_id",
          "reason"
        ],
        "properties": {
          "since": {
            "type": "string",
            "format": "date-time",
            "description": "End of the first session that was not complete."
          },
          "sync_id": {
            "type": "string",
            "format": "uuid",
            "description": "The last of them."
          },
          "reason": {
            "type": [
              "string",
              "null"
            ],
            "description": "The first missing part in its receipt; null without a receipt."
          }
        },
        "examples": [
          {
            "since": "2026-11-15T12:00:04.000Z",
            "sync_id": "0f5d0a0e-5d0c-4f2e-8a57-1d7f6c1f2b10",
            "reason": "account: guests are hidden from this token"
          }
        ]
      },
      "AppFailure": {
        "type": "object",
        "required": [
          "sync_id",
          "at",
          "code",
          "message"
        ],
        "properties": {
          "sync_id": {
            "type": "string",
            "format": "uuid"
          },
          "at": {
            "type": "string",
            "format": "date-time"
          },
          "code": {
            "type": "string",
            "description": "The error code of the session or of the receipt, or `NOT_ENDED` for a run that ended no session.\n"
          },
          "message": {
            "type": "string"
          }
        },
        "examples": [
          {
            "sync_id": "0f5d0a0e-5d0c-4f2e-8a57-1d7f6c1f2b10",
            "at": "2026-11-15T12:00:04.000Z",
            "code": "PERMISSION_DENIED",
            "message": "The API token may not list users."
          }
        ]
      },
      "SessionPoint": {
        "type": "object",
        "description": "A session in short; the counts are those of all resource types, 0 before the reconciliation.",
        "required": [
          "sync_id",
          "started_at",
          "status",
          "created",
          "updated",
          "removed"
        ],
        "properties": {
          "sync_id": {
            "type": "string",
            "format": "uuid"
          },
          "started_at": {
            "type": "string",
            "format": "date-time"
          },
          "status": {
            "$ref": "#/components/schemas/SyncStatus"
          },
          "created": {
            "type": "integer"
          },
          "updated": {
            "type": "integer"
          },
          "removed": {
            "type": "integer"
          }
        },
        "examples": [
          {
            "sync_id": "0f5d0a0e-5d0c-4f2e-8a57-1d7f6c1f2b10",
            "started_at": "2026-11-15T12:00:00.000Z",
            "status": "completed",
            "created": 3,
            "updated": 7,
            "removed": 1
          }
        ]
      },
      "Decision": {
        "type": "object",
        "description": "`held`: confirm or discard a session. `held_tasks`: release or cancel tasks beyond the budget. `failed_session`: try a reconciliation again or discard the session.\n`partial`: see what the connector may not read. `failed_tasks`: see why, then try them again.\n",
        "required": [
          "kind",
          "app_id",
          "app_name",
          "at",
          "message"
        ],
        "properties": {
          "kind": {
            "type": "string",
            "enum": [
              "held",
              "held_tasks",
              "failed_session",
              "failed_tasks",
              "partial"
            ]
          },
          "app_id": {
            "type": "string",
            "format": "uuid"
          },
          "app_name": {
            "type": "string"
          },
          "at": {
            "type": "string",
            "format": "date-time",
            "description": "Since when; of failed tasks when the last one failed."
          },
          "message": {
            "type": [
              "string",
              "null"
            ],
            "description": "What happened; of failed tasks that of the last one."
          },
          "sync_id": {
            "type": "string",
            "format": "uuid"
          },
          "losses": {
            "type": "array",
            "description": "Of a held session.",
            "items": {
              "$ref": "#/components/schemas/HeldLoss"
            }
          },
          "code": {
            "$ref": "#/components/schemas/TaskErrorCode",
            "description": "Of failed tasks."
          },
          "tasks": {
            "$ref": "#/components/schemas/BoundedCount",
            "description": "How many are held, or how many failed ones have this code."
          }
        },
        "examples": [
          {
            "kind": "failed_tasks",
            "app_id": "7f0b5f39-7b7f-4a4e-9d6a-2f3c1d0e9a11",
            "app_name": "Salesforce",
            "at": "2026-11-15T12:00:04.000Z",
            "message": "The integration user lacks \"Manage Users\".",
            "code": "PERMISSION_DENIED",
            "tasks": {
              "count": 14,
              "count_is_exact": true
            }
          }
        ]
      },
      "Kind": {
        "type": "string",
        "enum": [
          "account",
          "group",
          "license"
        ],
        "examples": [
          "group"
        ]
      },
      "ResourceType": {
        "type": "object",
        "required": [
          "slug",
          "name",
          "type"
        ],
        "properties": {
          "slug": {
            "type": "string",
            "pattern": "^[a-z][a-z0-9_-]{0,62}$"
          },
          "name": {
            "type": "string",
            "minLength": 1,
            "maxLength": 255
          },
          "type": {
            "$ref": "#/components/schemas/Kind"
          }
        },
        "examples": [
          {
            "slug": "department",
            "name": "Department",
            "type": "group"
          }
        ]
      },
      "ResourceTypeList": {
        "type": "object",
        "required": [
          "resource_types"
        ],
        "properties": {
          "resource_types": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/ResourceType"
            }
          }
        },
        "examples": [
          {
            "resource_types": [
              {
                "slug": "account",
                "name": "Employee",
                "type": "account"
              },
              {
                "slug": "department",
                "name": "Department",
                "type": "group"
              }
            ]
          }
        ]
      },
      "ResourceTypeUpdate": {
        "type": "object",
        "required": [
          "name"
        ],
        "additionalProperties": false,
        "properties": {
          "name": {
            "type": "string",
            "minLength": 1,
            "maxLength": 255
          }
        },
        "examples": [
          {
            "name": "Staff"
          }
        ]
      },
      "RecordKey": {
        "type": "string",
        "description": "Slug of a resource type and id of a record of it, with a colon between.",
        "pattern": "^[a-z][a-z0-9_-]{0,62}:[\\s\\S]+$",
        "minLength": 3,
        "maxLength": 576,
        "examples": [
          "department:g1"
        ]
      },
      "Ref": {
        "type": "object",
        "description": "A pointer to a group or a license.",
        "required": [
          "id"
        ],
        "properties": {
          "id": {
            "type": "string",
            "minLength": 1,
            "maxLength": 512
          },
          "name": {
            "type": "string",
            "maxLength": 1024
          }
        },
        "examples": [
          {
            "id": "g1",
            "name": "Engineering"
          }
        ]
      },
      "RefMap": {
        "type": "object",
        "description": "At most 100 refs for each resource type slug.",
        "additionalProperties": {
          "type": "array",
          "maxItems": 100,
          "items": {
            "$ref": "#/components/schemas/Ref"
          }
        },
        "examples": [
          {
            "department": [
              {
                "id": "g1"
              },
              {
                "id": "g2",
                "name": "Design"
              }
            ]
          }
        ]
      },
      "LiveRefMap": {
        "type": "object",
        "description": "All refs of an account by resource type slug, even if it was pushed in several records.",
        "additionalProperties": {
          "type": "array",
          "items": {
            "$ref": "#/components/schemas/Ref"
          }
        },
        "examples": [
          {
            "department": [
              {
                "id": "g1"
              },
              {
                "id": "g2",
                "name": "Design"
              }
            ]
          }
        ]
      },
      "RecordStatus": {
        "type": "string",
        "enum": [
          "active",
          "inactive",
          "suspended"
        ],
        "examples": [
          "active"
        ]
      },
      "AccountFields": {
        "type": "object",
        "description": "The fields of an account.",
        "required": [
          "id"
        ],
        "properties": {
          "id": {
            "type": "string",
            "minLength": 1,
            "maxLength": 512
          },
          "email": {
            "type": "string",
            "minLength": 1,
            "maxLength": 1024
          },
          "username": {
            "type": "string",
            "minLength": 1,
            "maxLength": 1024
          },
          "first_name": {
            "type": "string",
            "maxLength": 1024
          },
          "last_name": {
            "type": "string",
            "maxLength": 1024
          },
          "display_name": {
            "type": "string",
            "maxLength": 1024
          },
          "status": {
            "$ref": "#/components/schemas/RecordStatus"
          },
          "memberships": {
            "$ref": "#/components/schemas/RefMap"
          },
          "assignments": {
            "$ref": "#/components/schemas/RefMap"
          },
          "continues": {
            "type": "boolean",
            "description": "Extension: the refs of this record are added to those of the same id earlier in this session, so an account with\nmore than 100 refs of a slug can be split into several records; its other fields count only in the first one.\nOnly if the response to starting the session announces `continued-records`.\n"
          },
          "unknown_refs": {
            "type": "array",
            "maxItems": 100,
            "items": {
              "type": "string",
              "minLength": 1,
              "maxLength": 63
            },
            "description": "Extension: slugs of groups and licenses whose refs are unknown in this session. The account keeps its current\nrefs of these slugs; refs in the record are added, and none is removed. The target of a kept ref counts as\npresent. Only if the response to starting the session announces `unknown-refs`.\n"
          }
        },
        "examples": [
          {
            "id": "u1",
            "email": "alice@example.com"
          }
        ]
      },
      "AccountRecord": {
        "description": "An account; it has an `email`, a `username` or both.",
        "allOf": [
          {
            "$ref": "#/components/schemas/AccountFields"
          },
          {
            "anyOf": [
              {
                "type": "object",
                "required": [
                  "email"
                ],
                "properties": {
                  "email": {
                    "type": "string"
                  }
                }
              },
              {
                "type": "object",
                "required": [
                  "username"
                ],
                "properties": {
                  "username": {
                    "type": "string"
                  }
                }
              }
            ]
          }
        ],
        "examples": [
          {
            "id": "u1",
            "email": "alice@example.com",
            "username": "alice",
            "first_name": "Alice",
            "last_name": "Smith",
            "display_name": "Alice Smith",
            "status": "active",
            "memberships": {
              "team": [
                {
                  "id": "g1"
                },
                {
                  "id": "g2"
                }
              ]
            },
            "assignments": {
              "license": [
                {
                  "id": "lic-pro"
                }
              ]
            }
          }
        ]
      },
      "GroupRecord": {
        "type": "object",
        "required": [
          "id",
          "name"
        ],
        "properties": {
          "id": {
            "type": "string",
            "minLength": 1,
            "maxLength": 512
          },
          "name": {
            "type": "string",
            "minLength": 1,
            "maxLength": 1024
          },
          "description": {
            "type": "string",
            "maxLength": 65536
          }
        },
        "examples": [
          {
            "id": "g1",
            "name": "Engineering",
            "description": "Core engineering team"
          }
        ]
      },
      "LicenseRecord": {
        "type": "object",
        "required": [
          "id",
          "name"
        ],
        "properties": {
          "id": {
            "type": "string",
            "minLength": 1,
            "maxLength": 512
          },
          "name": {
            "type": "string",
            "minLength": 1,
            "maxLength": 1024
          },
          "description": {
            "type": "string",
            "maxLength": 65536
          },
          "max_count": {
            "type": "integer",
            "minimum": 0,
            "description": "Seats; 0 means unlimited."
          },
          "used_count": {
            "type": "integer",
            "minimum": 0
          },
          "is_paid": {
            "type": "boolean"
          },
          "is_unlimited": {
            "type": "boolean"
          }
        },
        "examples": [
          {
            "id": "lic-pro",
            "name": "Pro Plan",
            "max_count": 50,
            "used_count": 23,
            "is_paid": true,
            "is_unlimited": false
          }
        ]
      },
      "AccountPage": {
        "type": "object",
        "required": [
          "records"
        ],
        "properties": {
          "records": {
            "type": "array",
            "maxItems": 100,
            "items": {
              "$ref": "#/components/schemas/AccountRecord"
            }
          }
        },
        "examples": [
          {
            "records": [
              {
                "id": "u1",
                "email": "alice@example.com"
              }
            ]
          }
        ]
      },
      "GroupPage": {
        "type": "object",
        "required": [
          "records"
        ],
        "properties": {
          "records": {
            "type": "array",
            "maxItems": 100,
            "items": {
              "$ref": "#/components/schemas/GroupRecord"
            }
          }
        },
        "examples": [
          {
            "records": [
              {
                "id": "g1",
                "name": "Engineering"
              }
            ]
          }
        ]
      },
      "LicensePage": {
        "type": "object",
        "required": [
          "records"
        ],
        "properties": {
          "records": {
            "type": "array",
            "maxItems": 100,
            "items": {
              "$ref": "#/components/schemas/LicenseRecord"
            }
          }
        },
        "examples": [
          {
            "records": [
              {
                "id": "lic-pro",
                "name": "Pro Plan"
              }
            ]
          }
        ]
      },
      "RecordPage": {
        "description": "A page of the kind of the slug in the path; an empty page means that the system has no records of the type.",
        "anyOf": [
          {
            "$ref": "#/components/schemas/AccountPage"
          },
          {
            "$ref": "#/components/schemas/GroupPage"
          },
          {
            "$ref": "#/components/schemas/LicensePage"
          }
        ],
        "examples": [
          {
            "records": [
              {
                "id": "u1",
                "email": "alice@example.com"
              }
            ]
          },
          {
            "records": []
          }
        ]
      },
      "PageResult": {
        "type": "object",
        "required": [
          "total",
          "created",
          "updated"
        ],
        "properties": {
          "total": {
            "type": "integer",
            "description": "Records in the page."
          },
          "created": {
            "type": "integer",
            "description": "Records that did not exist when the session started."
          },
          "updated": {
            "type": "integer",
            "description": "Records that existed when the session started."
          }
        },
        "examples": [
          {
            "total": 2,
            "created": 1,
            "updated": 1
          }
        ]
      },
      "RecordData": {
        "type": "object",
        "description": "A record of any kind as last pushed, with all its fields: an account has those of `AccountFields`, a group those of\n`GroupRecord`, a license those of `LicenseRecord`, and each may have more. Only `continues` and `unknown_refs` of an\naccount, which describe the push, are not kept. A group or license known only from refs has an id, and a name if a ref\nhas one.\n",
        "required": [
          "id"
        ],
        "additionalProperties": true,
        "properties": {
          "id": {
            "type": "string"
          },
          "email": {
            "type": "string",
            "description": "Of an account."
          },
          "username": {
            "type": "string",
            "description": "Of an account."
          },
          "first_name": {
            "type": "string",
            "description": "Of an account."
          },
          "last_name": {
            "type": "string",
            "description": "Of an account."
          },
          "display_name": {
            "type": "string",
            "description": "Of an account."
          },
          "memberships": {
            "$ref": "#/components/schemas/LiveRefMap",
            "description": "Of an account."
          },
          "assignments": {
            "$ref": "#/components/schemas/LiveRefMap",
            "description": "Of an account."
          },
          "name": {
            "type": "string",
            "description": "Of a group or a license."
          },
          "description": {
            "type": "string",
            "description": "Of a group or a license."
          },
          "max_count": {
            "type": "integer",
            "description": "Of a license."
          },
          "used_count": {
            "type": "integer",
            "description": "Of a license."
          },
          "is_paid": {
            "type": "boolean",
            "description": "Of a license."
          },
          "is_unlimited": {
            "type": "boolean",
            "description": "Of a license."
          }
        },
        "examples": [
          {
            "id": "u1",
            "email": "alice@example.com",
            "memberships": {
              "team": [
                {
                  "id": "g1"
                }
              ]
            }
          },
          {
            "id": "g1",
            "name": "Engineering",
            "status": "archived"
          }
        ]
      },
      "LiveRecord": {
        "type": "object",
        "description": "What the Bridge knows about a record. `data` is the record as pushed; the Bridge's own fields are outside of it, so they\nnever conflict with a pushed field of the same name.\n",
        "required": [
          "data",
          "status",
          "removed_at",
          "stub"
        ],
        "properties": {
          "data": {
            "$ref": "#/components/schemas/RecordData"
          },
          "status": {
            "$ref": "#/components/schemas/RecordStatus",
            "description": "`inactive` if the record was removed. For a live account the pushed status, `active` by default; for a live group or license `active`."
          },
          "removed_at": {
            "type": [
              "string",
              "null"
            ],
            "format": "date-time",
            "description": "When a session removed the record; null while it is live."
          },
          "stub": {
            "type": "boolean",
            "description": "Whether this group or license is known only from refs."
          }
        },
        "examples": [
          {
            "data": {
              "id": "u1",
              "email": "alice@example.com",
              "memberships": {
                "team": [
                  {
                    "id": "g1"
                  }
                ]
              }
            },
            "status": "inactive",
            "removed_at": "2026-11-15T12:00:00.000Z",
            "stub": false
          },
          {
            "data": {
              "id": "g1",
              "name": "Engineering"
            },
            "status": "active",
            "removed_at": null,
            "stub": false
          }
        ]
      },
      "LiveRecordList": {
        "type": "object",
        "required": [
          "records",
          "next"
        ],
        "properties": {
          "records": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/LiveRecord"
            }
          },
          "next": {
            "type": [
              "string",
              "null"
            ],
            "description": "Address of the next page."
          }
        },
        "examples": [
          {
            "records": [
              {
                "data": {
                  "id": "u1",
                  "email": "alice@example.com"
                },
                "status": "active",
                "removed_at": null,
                "stub": false
              }
            ],
            "next": null
          }
        ]
      },
      "ChangeSort": {
        "type": "string",
        "enum": [
          "created",
          "updated",
          "removed"
        ],
        "examples": [
          "removed"
        ]
      },
      "Change": {
        "type": "object",
        "description": "What a session did to a record. `before` is null if it was created, `after` if it was removed. A record that came back\nis `updated`, and `before` says when it was removed.\n",
        "required": [
          "slug",
          "id",
          "change",
          "before",
          "after"
        ],
        "properties": {
          "slug": {
            "type": "string"
          },
          "id": {
            "type": "string"
          },
          "change": {
            "$ref": "#/components/schemas/ChangeSort"
          },
          "before": {
            "anyOf": [
              {
                "$ref": "#/components/schemas/LiveRecord"
              },
              {
                "type": "null"
              }
            ]
          },
          "after": {
            "anyOf": [
              {
                "$ref": "#/components/schemas/LiveRecord"
              },
              {
                "type": "null"
              }
            ]
          },
          "ref_names": {
            "$ref": "#/components/schemas/RefNames"
          }
        },
        "examples": [
          {
            "slug": "account",
            "id": "u1",
            "change": "removed",
            "before": {
              "data": {
                "id": "u1",
                "email": "alice@example.com"
              },
              "status": "active",
              "removed_at": null,
              "stub": false
            },
            "after": null
          }
        ]
      },
      "ChangeList": {
        "type": "object",
        "required": [
          "changes",
          "next"
        ],
        "properties": {
          "changes": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Change"
            }
          },
          "next": {
            "type": [
              "string",
              "null"
            ],
            "description": "Address of the next page."
          }
        },
        "examples": [
          {
            "changes": [],
            "next": null
          }
        ]
      },
      "RecentChange": {
        "description": "A change, and the session that made it.",
        "allOf": [
          {
            "$ref": "#/components/schemas/Change"
          },
          {
            "type": "object",
            "required": [
              "app_id",
              "app_name",
              "sync_id",
              "at"
            ],
            "properties": {
              "app_id": {
                "type": "string",
                "format": "uuid"
              },
              "app_name": {
                "type": "string"
              },
              "sync_id": {
                "type": "string",
                "format": "uuid"
              },
              "at": {
                "type": "string",
                "format": "date-time",
                "description": "When it became live."
              }
            }
          }
        ],
        "examples": [
          {
            "app_id": "7b1f0a0e-5d0c-4f2e-8a57-1d7f6c1f2b10",
            "app_name": "HR EMEA",
            "sync_id": "0f5d0a0e-5d0c-4f2e-8a57-1d7f6c1f2b10",
            "at": "2026-11-15T12:00:04.000Z",
            "slug": "account",
            "id": "u1",
            "change": "removed",
            "before": {
              "data": {
                "id": "u1",
                "email": "alice@example.com"
              },
              "status": "active",
              "removed_at": null,
              "stub": false
            },
            "after": null
          }
        ]
      },
      "RecentChangeList": {
        "type": "object",
        "required": [
          "changes",
          "next"
        ],
        "properties": {
          "changes": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/RecentChange"
            }
          },
          "next": {
            "type": [
              "string",
              "null"
            ],
            "description": "Address of the next page."
          }
        },
        "examples": [
          {
            "changes": [],
            "next": null
          }
        ]
      },
      "RecordName": {
        "type": "object",
        "required": [
          "slug",
          "id"
        ],
        "additionalProperties": false,
        "properties": {
          "slug": {
            "type": "string",
            "minLength": 1,
            "maxLength": 63
          },
          "id": {
            "type": "string",
            "minLength": 1,
            "maxLength": 512
          }
        },
        "examples": [
          {
            "slug": "account",
            "id": "u1"
          }
        ]
      },
      "SyncConfirm": {
        "type": "object",
        "additionalProperties": false,
        "properties": {
          "keep": {
            "type": "array",
            "description": "Records that stay as they are until the next sync.",
            "maxItems": 1000,
            "items": {
              "$ref": "#/components/schemas/RecordName"
            }
          }
        },
        "examples": [
          {},
          {
            "keep": [
              {
                "slug": "account",
                "id": "svc-root"
              }
            ]
          }
        ]
      },
      "HeldExplanation": {
        "type": "object",
        "required": [
          "losses",
          "types",
          "refs"
        ],
        "properties": {
          "losses": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/HeldLoss"
            }
          },
          "types": {
            "type": "array",
            "description": "For each resource type of which too many records would be removed, what these have in common.",
            "items": {
              "$ref": "#/components/schemas/CommonTraits"
            }
          },
          "refs": {
            "type": "array",
            "description": "The groups and licenses that would lose most refs of accounts which stay, of the first 10,000 accounts.",
            "maxItems": 20,
            "items": {
              "$ref": "#/components/schemas/LostRefs"
            }
          }
        },
        "examples": [
          {
            "losses": [
              {
                "slug": "account",
                "of": "records",
                "live": 1240,
                "lost": 340
              }
            ],
            "types": [
              {
                "slug": "account",
                "examined": {
                  "removed": 340,
                  "active": 1240
                },
                "traits": [
                  {
                    "by": "member_of",
                    "name": "department",
                    "value": "lyon",
                    "title": "Lyon",
                    "removed": 312,
                    "active": 318
                  }
                ]
              }
            ],
            "refs": []
          }
        ]
      },
      "CommonTraits": {
        "type": "object",
        "required": [
          "slug",
          "examined",
          "traits"
        ],
        "properties": {
          "slug": {
            "type": "string"
          },
          "examined": {
            "type": "object",
            "required": [
              "removed",
              "active"
            ],
            "properties": {
              "removed": {
                "type": "integer"
              },
              "active": {
                "type": "integer",
                "description": "Those that would be removed are among them."
              }
            }
          },
          "traits": {
            "type": "array",
            "description": "What sets the removed apart from the active ones most comes first.",
            "maxItems": 20,
            "items": {
              "$ref": "#/components/schemas/Trait"
            }
          }
        },
        "examples": [
          {
            "slug": "account",
            "examined": {
              "removed": 340,
              "active": 1240
            },
            "traits": [
              {
                "by": "email_domain",
                "name": "email",
                "value": "lyon.example.com",
                "removed": 312,
                "active": 318
              }
            ]
          }
        ]
      },
      "Trait": {
        "type": "object",
        "required": [
          "by",
          "name",
          "value",
          "removed",
          "active"
        ],
        "properties": {
          "by": {
            "type": "string",
            "enum": [
              "field",
              "email_domain",
              "member_of",
              "assigned"
            ]
          },
          "name": {
            "type": "string",
            "description": "Name of the field, or slug of the group or license."
          },
          "value": {
            "type": [
              "string",
              "null"
            ],
            "description": "Value of the field, or id of the group or license; null for records without the field."
          },
          "title": {
            "type": "string",
            "description": "Name of the group or license."
          },
          "removed": {
            "type": "integer",
            "description": "How many of the examined removed records have it."
          },
          "active": {
            "type": "integer",
            "description": "How many of the examined active records have it."
          }
        },
        "examples": [
          {
            "by": "member_of",
            "name": "department",
            "value": "lyon",
            "title": "Lyon",
            "removed": 312,
            "active": 318
          }
        ]
      },
      "LostRefs": {
        "type": "object",
        "required": [
          "slug",
          "id",
          "lost"
        ],
        "properties": {
          "slug": {
            "type": "string"
          },
          "id": {
            "type": "string"
          },
          "name": {
            "type": "string"
          },
          "lost": {
            "type": "integer",
            "description": "How many accounts would lose it."
          }
        },
        "examples": [
          {
            "slug": "team",
            "id": "g1",
            "name": "Engineering",
            "lost": 180
          }
        ]
      },
      "GuardJudgement": {
        "type": "object",
        "description": "What the removal guard judged, and by which settings.",
        "required": [
          "guard",
          "losses"
        ],
        "properties": {
          "guard": {
            "description": "`null` if it was switched off.",
            "anyOf": [
              {
                "$ref": "#/components/schemas/RemovalGuard"
              },
              {
                "type": "null"
              }
            ]
          },
          "losses": {
            "type": "array",
            "description": "What the session took away, of at least `min_count`. `live` is counted as far as it decides.\n",
            "items": {
              "$ref": "#/components/schemas/HeldLoss"
            }
          }
        },
        "examples": [
          {
            "guard": {
              "max_share": 0.2,
              "min_count": 10
            },
            "losses": [
              {
                "slug": "account",
                "of": "records",
                "live": 1240,
                "lost": 340
              }
            ]
          }
        ]
      },
      "RecordHistory": {
        "type": "object",
        "required": [
          "record",
          "created",
          "refs",
          "tasks",
          "removal",
          "changes",
          "next"
        ],
        "properties": {
          "record": {
            "$ref": "#/components/schemas/LiveRecord"
          },
          "created": {
            "description": "Null if the session that created the record is no longer kept, or only refs name it.",
            "anyOf": [
              {
                "$ref": "#/components/schemas/HistoryMoment"
              },
              {
                "type": "null"
              }
            ]
          },
          "refs": {
            "type": "array",
            "description": "The refs that the account has, on the first page.",
            "items": {
              "$ref": "#/components/schemas/RefSince"
            }
          },
          "tasks": {
            "type": "array",
            "description": "The last 100 tasks about the account, newest first, on the first page.",
            "maxItems": 100,
            "items": {
              "$ref": "#/components/schemas/Task"
            }
          },
          "removal": {
            "description": "Why the record is inactive; null while it is live, and if the session is no longer kept.",
            "anyOf": [
              {
                "$ref": "#/components/schemas/Removal"
              },
              {
                "type": "null"
              }
            ]
          },
          "changes": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/RecordChange"
            }
          },
          "next": {
            "type": [
              "string",
              "null"
            ],
            "description": "Address of the next page."
          }
        },
        "examples": [
          {
            "record": {
              "data": {
                "id": "u1",
                "email": "alice@example.com"
              },
              "status": "active",
              "removed_at": null,
              "stub": false
            },
            "created": {
              "at": "2026-11-15T12:00:04.000Z",
              "sync_id": "0f5d0a0e-5d0c-4f2e-8a57-1d7f6c1f2b10"
            },
            "refs": [],
            "tasks": [],
            "removal": null,
            "changes": [
              {
                "sync_id": "0f5d0a0e-5d0c-4f2e-8a57-1d7f6c1f2b10",
                "at": "2026-11-15T12:00:04.000Z",
                "change": "created",
                "fields": [],
                "gained": [],
                "lost": []
              }
            ],
            "next": null
          }
        ]
      },
      "HistoryMoment": {
        "type": "object",
        "required": [
          "at",
          "sync_id"
        ],
        "properties": {
          "at": {
            "type": "string",
            "format": "date-time"
          },
          "sync_id": {
            "type": "string",
            "format": "uuid"
          },
          "task_id": {
            "type": "string",
            "format": "uuid",
            "description": "The task that brought it about."
          }
        },
        "examples": [
          {
            "at": "2026-11-15T12:00:04.000Z",
            "sync_id": "0f5d0a0e-5d0c-4f2e-8a57-1d7f6c1f2b10"
          }
        ]
      },
      "NamedRef": {
        "type": "object",
        "required": [
          "slug",
          "id"
        ],
        "properties": {
          "slug": {
            "type": "string"
          },
          "id": {
            "type": "string"
          },
          "name": {
            "type": "string"
          }
        },
        "examples": [
          {
            "slug": "team",
            "id": "g1",
            "name": "Engineering"
          }
        ]
      },
      "RefSince": {
        "type": "object",
        "required": [
          "slug",
          "id",
          "since"
        ],
        "properties": {
          "slug": {
            "type": "string"
          },
          "id": {
            "type": "string"
          },
          "name": {
            "type": "string"
          },
          "since": {
            "description": "Null if it is older than what is kept.",
            "anyOf": [
              {
                "$ref": "#/components/schemas/HistoryMoment"
              },
              {
                "type": "null"
              }
            ]
          }
        },
        "examples": [
          {
            "slug": "team",
            "id": "g1",
            "name": "Engineering",
            "since": null
          }
        ]
      },
      "RecordChange": {
        "type": "object",
        "description": "What a session did to a record. `returned` is one that had been removed and came back.",
        "required": [
          "sync_id",
          "at",
          "change",
          "fields",
          "gained",
          "lost"
        ],
        "properties": {
          "sync_id": {
            "type": "string",
            "format": "uuid"
          },
          "at": {
            "type": "string",
            "format": "date-time"
          },
          "change": {
            "type": "string",
            "enum": [
              "created",
              "updated",
              "removed",
              "returned"
            ]
          },
          "fields": {
            "type": "array",
            "description": "The fields that changed, but memberships and assignments.",
            "items": {
              "$ref": "#/components/schemas/FieldChange"
            }
          },
          "gained": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/NamedRef"
            }
          },
          "lost": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/NamedRef"
            }
          }
        },
        "examples": [
          {
            "sync_id": "0f5d0a0e-5d0c-4f2e-8a57-1d7f6c1f2b10",
            "at": "2026-11-15T12:00:04.000Z",
            "change": "updated",
            "fields": [
              {
                "field": "last_name",
                "before": "Smith",
                "after": "Miller"
              }
            ],
            "gained": [
              {
                "slug": "team",
                "id": "g1",
                "name": "Engineering"
              }
            ],
            "lost": []
          }
        ]
      },
      "MemberList": {
        "type": "object",
        "required": [
          "at",
          "sync_id",
          "kept_since",
          "members",
          "next"
        ],
        "properties": {
          "at": {
            "type": "string",
            "format": "date-time",
            "description": "The time that the list is about."
          },
          "sync_id": {
            "type": [
              "string",
              "null"
            ],
            "format": "uuid",
            "description": "The last session that was applied by then; null if there was none."
          },
          "kept_since": {
            "type": [
              "string",
              "null"
            ],
            "format": "date-time",
            "description": "The earliest time for which members are known; null if everything is still kept."
          },
          "members": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Member"
            }
          },
          "next": {
            "type": [
              "string",
              "null"
            ],
            "description": "Address of the next page."
          }
        },
        "examples": [
          {
            "at": "2026-11-15T12:30:00.000Z",
            "sync_id": "0f5d0a0e-5d0c-4f2e-8a57-1d7f6c1f2b10",
            "kept_since": null,
            "members": [
              {
                "slug": "account",
                "record": {
                  "data": {
                    "id": "u1",
                    "email": "alice@example.com",
                    "memberships": {
                      "team": [
                        {
                          "id": "g1"
                        }
                      ]
                    }
                  },
                  "status": "active",
                  "removed_at": null,
                  "stub": false
                },
                "is_member_now": true
              }
            ],
            "next": null
          }
        ]
      },
      "Member": {
        "type": "object",
        "required": [
          "slug",
          "record",
          "is_member_now"
        ],
        "properties": {
          "slug": {
            "type": "string",
            "description": "The account's type."
          },
          "record": {
            "description": "The account as it was at that time.",
            "$ref": "#/components/schemas/LiveRecord"
          },
          "is_member_now": {
            "type": "boolean"
          }
        },
        "examples": [
          {
            "slug": "account",
            "record": {
              "data": {
                "id": "u1",
                "email": "alice@example.com"
              },
              "status": "active",
              "removed_at": null,
              "stub": false
            },
            "is_member_now": false
          }
        ]
      },
      "SeatHistory": {
        "type": "object",
        "required": [
          "assigned_count",
          "count_is_exact",
          "points",
          "next"
        ],
        "properties": {
          "assigned_count": {
            "description": "How many accounts have the license now; an index counts them, which follows a sync within seconds.",
            "$ref": "#/components/schemas/ListCount"
          },
          "count_is_exact": {
            "$ref": "#/components/schemas/CountIsExact"
          },
          "points": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/SeatPoint"
            }
          },
          "next": {
            "type": [
              "string",
              "null"
            ],
            "description": "Address of the next page."
          }
        },
        "examples": [
          {
            "assigned_count": 23,
            "count_is_exact": true,
            "points": [
              {
                "at": "2026-11-15T12:00:04.000Z",
                "sync_id": "0f5d0a0e-5d0c-4f2e-8a57-1d7f6c1f2b10",
                "seats": 50,
                "used": 23,
                "is_unlimited": false,
                "is_removed": false
              },
              {
                "at": null,
                "sync_id": null,
                "seats": 40,
                "used": 23,
                "is_unlimited": false,
                "is_removed": false
              }
            ],
            "next": null
          }
        ]
      },
      "SeatPoint": {
        "type": "object",
        "description": "Seats from a time on, until that of the newer point.",
        "required": [
          "at",
          "sync_id",
          "seats",
          "used",
          "is_unlimited",
          "is_removed"
        ],
        "properties": {
          "at": {
            "type": [
              "string",
              "null"
            ],
            "format": "date-time",
            "description": "Null if it is older than what is kept."
          },
          "sync_id": {
            "type": [
              "string",
              "null"
            ],
            "format": "uuid",
            "description": "The session that brought it; null if it is no longer kept."
          },
          "seats": {
            "type": [
              "integer",
              "null"
            ],
            "description": "`max_count` of the license; null if its connector gives none."
          },
          "used": {
            "type": [
              "integer",
              "null"
            ],
            "description": "`used_count` of the license; null if its connector gives none."
          },
          "is_unlimited": {
            "type": "boolean"
          },
          "is_removed": {
            "type": "boolean",
            "description": "Whether the license no longer existed."
          }
        },
        "examples": [
          {
            "at": null,
            "sync_id": null,
            "seats": 50,
            "used": 23,
            "is_unlimited": false,
            "is_removed": false
          }
        ]
      },
      "FieldChange": {
        "type": "object",
        "description": "`before` is absent if the field did not exist, `after` if it no longer exists; both may be of any type.",
        "required": [
          "field"
        ],
        "properties": {
          "field": {
            "type": "string"
          },
          "before": {
            "description": "Its value before."
          },
          "after": {
            "description": "Its value afterwards."
          }
        },
        "examples": [
          {
            "field": "last_name",
            "before": "Smith",
            "after": "Miller"
          }
        ]
      },
      "Removal": {
        "type": "object",
        "description": "The chain of proof of a removal.",
        "required": [
          "at",
          "sync_id",
          "last_seen",
          "absent",
          "removed",
          "judgement",
          "confirmed_by"
        ],
        "properties": {
          "at": {
            "type": "string",
            "format": "date-time"
          },
          "sync_id": {
            "type": "string",
            "format": "uuid",
            "description": "The completed session that the record was absent from."
          },
          "last_seen": {
            "description": "The last session that had the record; null if it is no longer kept.",
            "anyOf": [
              {
                "$ref": "#/components/schemas/HistoryMoment"
              },
              {
                "type": "null"
              }
            ]
          },
          "absent": {
            "type": "object",
            "description": "What was read without it: a session is only completed if every stream was read to its end.",
            "required": [
              "started_at",
              "ended_at",
              "read"
            ],
            "properties": {
              "started_at": {
                "type": "string",
                "format": "date-time"
              },
              "ended_at": {
                "type": "string",
                "format": "date-time"
              },
              "read": {
                "type": "integer",
                "description": "Records of the type that the session had."
              }
            }
          },
          "removed": {
            "type": "integer",
            "description": "How many records of the type it removed."
          },
          "judgement": {
            "description": "The judgement of the removal guard; null if it was not recorded.",
            "anyOf": [
              {
                "$ref": "#/components/schemas/GuardJudgement"
              },
              {
                "type": "null"
              }
            ]
          },
          "confirmed_by": {
            "type": [
              "string",
              "null"
            ],
            "description": "Id of the key that let the removals pass."
          }
        },
        "examples": [
          {
            "at": "2026-11-15T12:00:04.000Z",
            "sync_id": "0f5d0a0e-5d0c-4f2e-8a57-1d7f6c1f2b10",
            "last_seen": null,
            "absent": {
              "started_at": "2026-11-15T12:00:00.000Z",
              "ended_at": "2026-11-15T12:00:03.000Z",
              "read": 1238
            },
            "removed": 2,
            "judgement": {
              "guard": {
                "max_share": 0.2,
                "min_count": 10
              },
              "losses": []
            },
            "confirmed_by": null
          }
        ]
      },
      "SyncStarted": {
        "type": "object",
        "required": [
          "sync_id"
        ],
        "properties": {
          "sync_id": {
            "type": "string",
            "format": "uuid"
          }
        },
        "examples": [
          {
            "sync_id": "0f5d0a0e-5d0c-4f2e-8a57-1d7f6c1f2b10"
          }
        ]
      },
      "SyncStatus": {
        "type": "string",
        "enum": [
          "in_progress",
          "completing",
          "completed",
          "error",
          "abandoned"
        ],
        "examples": [
          "completed"
        ]
      },
      "SyncProgress": {
        "type": "object",
        "required": [
          "slug",
          "name",
          "type",
          "synced_count"
        ],
        "properties": {
          "slug": {
            "type": "string"
          },
          "name": {
            "type": "string"
          },
          "type": {
            "$ref": "#/components/schemas/Kind"
          },
          "synced_count": {
            "type": "integer",
            "description": "Records pushed so far; exact once the session has been reconciled."
          },
          "created": {
            "type": "integer",
            "description": "Extension, after the reconciliation: records that did not exist before."
          },
          "updated": {
            "type": "integer",
            "description": "Extension, after the reconciliation: records that changed, or came back."
          },
          "removed": {
            "type": "integer",
            "description": "Extension, after the reconciliation: records that became inactive."
          },
          "refs_gained": {
            "$ref": "#/components/schemas/RefsGained"
          },
          "refs_lost": {
            "$ref": "#/components/schemas/RefsLost"
          }
        },
        "examples": [
          {
            "slug": "account",
            "name": "Employee",
            "type": "account",
            "synced_count": 120,
            "created": 3,
            "updated": 7,
            "removed": 1
          },
          {
            "slug": "team",
            "name": "Team",
            "type": "group",
            "synced_count": 12,
            "created": 0,
            "updated": 0,
            "removed": 0,
            "refs_gained": 4,
            "refs_lost": 2
          }
        ]
      },
      "RefsGained": {
        "type": "integer",
        "description": "Extension, after the reconciliation: memberships or assignments to records of this type that accounts gained which\nwere active before and after. Absent where an earlier version of the Bridge reconciled.\n",
        "examples": [
          4
        ]
      },
      "RefsLost": {
        "type": "integer",
        "description": "Extension, after the reconciliation: memberships or assignments to records of this type that accounts lost which\nwere active before and after. Absent where an earlier version of the Bridge reconciled.\n",
        "examples": [
          2
        ]
      },
      "HeldLoss": {
        "type": "object",
        "description": "What the removal guard holds a session for.",
        "required": [
          "slug",
          "of",
          "live",
          "lost"
        ],
        "properties": {
          "slug": {
            "type": "string",
            "description": "Resource type of the records, or of the groups or licenses referred to."
          },
          "of": {
            "type": "string",
            "enum": [
              "records",
              "refs"
            ],
            "description": "`records` would become inactive; `refs` are memberships or assignments that accounts would lose which stay.\n"
          },
          "live": {
            "type": "integer",
            "description": "How many there are now."
          },
          "lost": {
            "type": "integer",
            "description": "How many of them would be lost."
          }
        },
        "examples": [
          {
            "slug": "team",
            "of": "refs",
            "live": 200,
            "lost": 180
          }
        ]
      },
      "SyncError": {
        "type": "object",
        "required": [
          "error_code",
          "message"
        ],
        "properties": {
          "error_code": {
            "type": "string",
            "description": "`CLEANUP_FAILED` or `REMOVALS_HELD`; clients must tolerate others."
          },
          "message": {
            "type": "string"
          },
          "losses": {
            "type": "array",
            "description": "Extension, with `REMOVALS_HELD`: what would be lost.",
            "items": {
              "$ref": "#/components/schemas/HeldLoss"
            }
          }
        },
        "examples": [
          {
            "error_code": "CLEANUP_FAILED",
            "message": "Cleanup task failed after maximum retries."
          },
          {
            "error_code": "REMOVALS_HELD",
            "message": "Completing would take away 180 of 200 \"team\" memberships. Nothing of the session was applied.",
            "losses": [
              {
                "slug": "team",
                "of": "refs",
                "live": 200,
                "lost": 180
              }
            ]
          }
        ]
      },
      "SyncSession": {
        "type": "object",
        "required": [
          "sync_id",
          "status",
          "progress"
        ],
        "properties": {
          "sync_id": {
            "type": "string",
            "format": "uuid"
          },
          "status": {
            "$ref": "#/components/schemas/SyncStatus"
          },
          "progress": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/SyncProgress"
            }
          },
          "error": {
            "$ref": "#/components/schemas/SyncError"
          },
          "started_at": {
            "type": "string",
            "format": "date-time",
            "description": "Extension."
          },
          "ended_at": {
            "type": [
              "string",
              "null"
            ],
            "format": "date-time",
            "description": "Extension: when it was completed or abandoned."
          },
          "reconciled_at": {
            "type": [
              "string",
              "null"
            ],
            "format": "date-time",
            "description": "Extension: when its reconciliation ended, or was given up."
          },
          "push_seconds": {
            "type": [
              "number",
              "null"
            ],
            "description": "Extension: from its start to its end."
          },
          "reconciliation_seconds": {
            "type": [
              "number",
              "null"
            ],
            "description": "Extension: how long its reconciliation ran."
          },
          "started_by": {
            "type": [
              "string",
              "null"
            ],
            "description": "Extension: id of the key that started it."
          },
          "confirmed_by": {
            "type": [
              "string",
              "null"
            ],
            "description": "Extension: id of the key that confirmed it."
          },
          "discarded_by": {
            "type": [
              "string",
              "null"
            ],
            "description": "Extension: id of the key that discarded it."
          },
          "kept": {
            "type": "integer",
            "description": "Extension: number of records that the confirmation kept unchanged."
          },
          "judgement": {
            "$ref": "#/components/schemas/GuardJudgement",
            "description": "Extension: the judgement of the removal guard; absent before it, and for an abandoned session."
          },
          "expires_at": {
            "type": [
              "string",
              "null"
            ],
            "format": "date-time",
            "description": "Extension: when an open or held session is abandoned automatically and nothing of it is applied; null for any other,\nor if sessions never expire.\n"
          },
          "last_failure": {
            "type": "string",
            "description": "Extension: why the last attempt to reconcile it failed, while it is retried. Its pages stay; an administrator may\ndiscard it. For an expired session, that it expired.\n"
          },
          "receipt": {
            "description": "Extension, only when reading a single session: the receipt of its run; null if there is none.",
            "anyOf": [
              {
                "$ref": "#/components/schemas/RunReceipt"
              },
              {
                "type": "null"
              }
            ]
          }
        },
        "examples": [
          {
            "sync_id": "0f5d0a0e-5d0c-4f2e-8a57-1d7f6c1f2b10",
            "status": "completed",
            "progress": [
              {
                "slug": "account",
                "name": "Employee",
                "type": "account",
                "synced_count": 120
              }
            ],
            "started_at": "2026-11-15T12:00:00.000Z",
            "ended_at": "2026-11-15T12:00:04.000Z"
          }
        ]
      },
      "RunReceipt": {
        "type": "object",
        "description": "What a run of a connector leaves with its session. It holds no values of records, and the ids of a few that were\nwrong; the others are in the receipt on the runner's machine.\n",
        "required": [
          "status",
          "mode",
          "started_at",
          "ended_at",
          "usage",
          "types",
          "missing",
          "versions"
        ],
        "properties": {
          "status": {
            "type": "string",
            "minLength": 1,
            "maxLength": 64,
            "description": "`completed`, `updated`, `abandoned` or `failed`; clients must tolerate others."
          },
          "mode": {
            "type": "string",
            "enum": [
              "full",
              "changes"
            ],
            "description": "Everything was read, or what had changed."
          },
          "started_at": {
            "type": "string",
            "format": "date-time"
          },
          "ended_at": {
            "type": "string",
            "format": "date-time"
          },
          "usage": {
            "$ref": "#/components/schemas/RunUsage"
          },
          "timeline": {
            "$ref": "#/components/schemas/RunTimeline"
          },
          "types": {
            "type": "object",
            "description": "By slug, what was read and what became of it.",
            "maxProperties": 500,
            "additionalProperties": {
              "$ref": "#/components/schemas/RunCounts"
            }
          },
          "missing": {
            "type": "array",
            "description": "Why it was not complete.",
            "maxItems": 100,
            "items": {
              "type": "string",
              "maxLength": 2048
            }
          },
          "unknown_refs": {
            "type": "array",
            "description": "Which refs were not known, and why.",
            "maxItems": 100,
            "items": {
              "type": "string",
              "maxLength": 2048
            }
          },
          "bad_records": {
            "type": "array",
            "description": "What was wrong with records that were not sent.",
            "maxItems": 100,
            "items": {
              "$ref": "#/components/schemas/RunFault"
            }
          },
          "bad_fields": {
            "type": "array",
            "description": "What was wrong with fields that were left out of records.",
            "maxItems": 100,
            "items": {
              "$ref": "#/components/schemas/RunFault"
            }
          },
          "error": {
            "type": "object",
            "required": [
              "code",
              "message"
            ],
            "properties": {
              "code": {
                "type": "string",
                "maxLength": 64
              },
              "message": {
                "type": "string",
                "maxLength": 4096
              }
            }
          },
          "approved": {
            "type": "string",
            "maxLength": 64,
            "description": "Hash of the plan that was approved."
          },
          "versions": {
            "type": "object",
            "description": "What ran, by name.",
            "maxProperties": 20,
            "additionalProperties": {
              "type": "string",
              "maxLength": 255
            }
          }
        },
        "examples": [
          {
            "status": "abandoned",
            "mode": "full",
            "started_at": "2026-11-15T12:00:00.000Z",
            "ended_at": "2026-11-15T12:00:04.000Z",
            "usage": {
              "calls": 14,
              "retries": 1,
              "rate_limited": 1,
              "wait_seconds": 2.5
            },
            "timeline": {
              "seconds": 4.1,
              "step_seconds": 0.1,
              "steps": [
                {
                  "step": 0,
                  "calls": 13,
                  "retries": 0,
                  "rate_limited": 1,
                  "turn_seconds": 0.02,
                  "backoff_seconds": 0.1
                },
                {
                  "step": 25,
                  "calls": 1,
                  "retries": 1,
                  "rate_limited": 0,
                  "turn_seconds": 0,
                  "backoff_seconds": 0.1
                }
              ],
              "streams": [
                {
                  "slug": "account",
                  "started_seconds": 0.01,
                  "ended_seconds": 3.2,
                  "end": "partial",
                  "proofs": {
                    "total": 1
                  },
                  "pages": [
                    {
                      "step": 31,
                      "count": 2
                    }
                  ]
                }
              ]
            },
            "types": {
              "account": {
                "type": "account",
                "read": 119,
                "pushed": 119,
                "created": 3,
                "updated": 7,
                "duplicates": 0,
                "refs": {
                  "team": 240
                }
              }
            },
            "missing": [
              "account: guests are hidden from this token"
            ],
            "bad_records": [
              {
                "slug": "account",
                "field": "email",
                "reason": "must be a string",
                "count": 1
              }
            ],
            "versions": {
              "connector": "hr 1.2.0",
              "core": "0.1.0",
              "node": "v24.1.0"
            }
          }
        ]
      },
      "RunTimeline": {
        "type": "object",
        "description": "The course of a run, measured in seconds after its start by a clock that never jumps. Time is divided into steps of\nequal length; those in which nothing happened are left out.\n",
        "required": [
          "seconds",
          "step_seconds",
          "steps",
          "streams"
        ],
        "properties": {
          "seconds": {
            "type": "number",
            "minimum": 0,
            "description": "Length of the run."
          },
          "step_seconds": {
            "type": "number",
            "exclusiveMinimum": 0,
            "description": "Length of a step."
          },
          "steps": {
            "type": "array",
            "maxItems": 200,
            "items": {
              "type": "object",
              "required": [
                "step",
                "calls",
                "retries",
                "rate_limited",
                "turn_seconds",
                "backoff_seconds"
              ],
              "properties": {
                "step": {
                  "type": "integer",
                  "minimum": 0,
                  "maximum": 1000,
                  "description": "0 for the first."
                },
                "calls": {
                  "type": "integer",
                  "minimum": 0,
                  "description": "Requests sent, including repeated ones."
                },
                "retries": {
                  "type": "integer",
                  "minimum": 0
                },
                "rate_limited": {
                  "type": "integer",
                  "minimum": 0
                },
                "turn_seconds": {
                  "type": "number",
                  "minimum": 0,
                  "description": "Waited for their turn by all calls together."
                },
                "backoff_seconds": {
                  "type": "number",
                  "minimum": 0,
                  "description": "Waited to be repeated by all calls together."
                }
              }
            }
          },
          "streams": {
            "type": "array",
            "maxItems": 100,
            "description": "In the order in which they were read.",
            "items": {
              "type": "object",
              "required": [
                "slug",
                "started_seconds",
                "ended_seconds",
                "end",
                "proofs",
                "pages"
              ],
              "properties": {
                "slug": {
                  "type": "string",
                  "minLength": 1,
                  "maxLength": 255,
                  "description": "`changes` if only changes were read."
                },
                "started_seconds": {
                  "type": "number",
                  "minimum": 0
                },
                "ended_seconds": {
                  "type": "number",
                  "minimum": 0,
                  "description": "When the Bridge took its last page."
                },
                "end": {
                  "type": "string",
                  "enum": [
                    "complete",
                    "partial",
                    "stopped"
                  ],
                  "description": "`partial`: its end was reached, and something of it was not read. `stopped`: its end was not reached.\n"
                },
                "proofs": {
                  "type": "object",
                  "description": "Lists that it read to their end, by how that was proved: `total` (the number that the system gave),\n`last_page`, `no_next_page`, `short_page`, `empty_page`; clients must tolerate others.\n",
                  "maxProperties": 20,
                  "additionalProperties": {
                    "type": "integer",
                    "minimum": 0
                  }
                },
                "pages": {
                  "type": "array",
                  "maxItems": 200,
                  "description": "Pages that the Bridge took.",
                  "items": {
                    "type": "object",
                    "required": [
                      "step",
                      "count"
                    ],
                    "properties": {
                      "step": {
                        "type": "integer",
                        "minimum": 0,
                        "maximum": 1000
                      },
                      "count": {
                        "type": "integer",
                        "minimum": 1
                      }
                    }
                  }
                }
              }
            }
          }
        },
        "examples": [
          {
            "seconds": 4.1,
            "step_seconds": 0.1,
            "steps": [
              {
                "step": 0,
                "calls": 13,
                "retries": 0,
                "rate_limited": 0,
                "turn_seconds": 0.02,
                "backoff_seconds": 0
              }
            ],
            "streams": [
              {
                "slug": "account",
                "started_seconds": 0.01,
                "ended_seconds": 3.2,
                "end": "complete",
                "proofs": {
                  "total": 1
                },
                "pages": [
                  {
                    "step": 31,
                    "count": 2
                  }
                ]
              }
            ]
          }
        ]
      },
      "RunUsage": {
        "type": "object",
        "description": "What the run took of the system.",
        "required": [
          "calls",
          "retries",
          "rate_limited",
          "wait_seconds"
        ],
        "properties": {
          "calls": {
            "type": "integer",
            "minimum": 0
          },
          "retries": {
            "type": "integer",
            "minimum": 0
          },
          "rate_limited": {
            "type": "integer",
            "minimum": 0,
            "description": "Calls that the system turned away for being too many."
          },
          "wait_seconds": {
            "type": "number",
            "minimum": 0,
            "description": "Waited by all calls together."
          }
        },
        "examples": [
          {
            "calls": 14,
            "retries": 1,
            "rate_limited": 1,
            "wait_seconds": 2.5
          }
        ]
      },
      "RunCounts": {
        "type": "object",
        "required": [
          "type",
          "read",
          "pushed",
          "created",
          "updated",
          "duplicates"
        ],
        "properties": {
          "type": {
            "$ref": "#/components/schemas/Kind"
          },
          "read": {
            "type": "integer",
            "minimum": 0
          },
          "pushed": {
            "type": "integer",
            "minimum": 0
          },
          "created": {
            "type": "integer",
            "minimum": 0
          },
          "updated": {
            "type": "integer",
            "minimum": 0
          },
          "removed": {
            "type": "integer",
            "minimum": 0
          },
          "duplicates": {
            "type": "integer",
            "minimum": 0
          },
          "refs": {
            "type": "object",
            "description": "Of accounts, how many different refs they have, by slug.",
            "maxProperties": 500,
            "additionalProperties": {
              "type": "integer",
              "minimum": 0
            }
          }
        },
        "examples": [
          {
            "type": "account",
            "read": 119,
            "pushed": 119,
            "created": 3,
            "updated": 7,
            "duplicates": 0,
            "refs": {
              "team": 240
            }
          }
        ]
      },
      "RunFault": {
        "type": "object",
        "required": [
          "slug",
          "field",
          "count"
        ],
        "properties": {
          "slug": {
            "type": "string",
            "maxLength": 63
          },
          "field": {
            "type": "string",
            "maxLength": 1024
          },
          "reason": {
            "type": "string",
            "maxLength": 2048,
            "description": "Of the first of them."
          },
          "count": {
            "type": "integer",
            "minimum": 1
          },
          "ids": {
            "type": "array",
            "description": "Of the first of these records, where they have one. Erasing a person removes theirs.",
            "maxItems": 3,
            "items": {
              "type": "string",
              "minLength": 1,
              "maxLength": 255
            }
          }
        },
        "examples": [
          {
            "slug": "account",
            "field": "email",
            "reason": "must be a string",
            "count": 1,
            "ids": [
              "u1"
            ]
          }
        ]
      },
      "SyncSessionList": {
        "type": "object",
        "required": [
          "sessions",
          "next"
        ],
        "properties": {
          "sessions": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/SyncSession"
            }
          },
          "next": {
            "type": [
              "string",
              "null"
            ],
            "description": "Address of the next page."
          }
        },
        "examples": [
          {
            "sessions": [],
            "next": null
          }
        ]
      },
      "AppSync": {
        "type": "object",
        "required": [
          "app_id",
          "app_name",
          "session"
        ],
        "properties": {
          "app_id": {
            "type": "string",
            "format": "uuid"
          },
          "app_name": {
            "type": "string"
          },
          "session": {
            "$ref": "#/components/schemas/SyncSession"
          }
        },
        "examples": [
          {
            "app_id": "7f0b5f39-7b7f-4a4e-9d6a-2f3c1d0e9a11",
            "app_name": "HR EMEA",
            "session": {
              "sync_id": "0f5d0a0e-5d0c-4f2e-8a57-1d7f6c1f2b10",
              "status": "completed",
              "progress": []
            }
          }
        ]
      },
      "AppSyncList": {
        "type": "object",
        "required": [
          "sessions",
          "next"
        ],
        "properties": {
          "sessions": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/AppSync"
            }
          },
          "next": {
            "type": [
              "string",
              "null"
            ],
            "description": "Address of the next page."
          }
        },
        "examples": [
          {
            "sessions": [],
            "next": null
          }
        ]
      },
      "TaskAction": {
        "type": "string",
        "enum": [
          "create_account",
          "update_account",
          "delete_account",
          "suspend_account",
          "unsuspend_account",
          "reset_password"
        ],
        "examples": [
          "suspend_account"
        ]
      },
      "TaskStatus": {
        "type": "string",
        "enum": [
          "pending",
          "scheduled",
          "completed",
          "failed"
        ],
        "examples": [
          "pending"
        ]
      },
      "TaskAccount": {
        "type": "object",
        "description": "The account that the task is about. For `create_account` the id is only a wish.",
        "required": [
          "id"
        ],
        "properties": {
          "id": {
            "type": "string",
            "minLength": 1,
            "maxLength": 512
          },
          "email": {
            "type": "string",
            "maxLength": 1024
          },
          "username": {
            "type": "string",
            "maxLength": 1024
          },
          "first_name": {
            "type": "string",
            "maxLength": 1024
          },
          "last_name": {
            "type": "string",
            "maxLength": 1024
          },
          "display_name": {
            "type": "string",
            "maxLength": 1024
          }
        },
        "examples": [
          {
            "id": "ext-123",
            "email": "jane@example.com",
            "first_name": "Jane",
            "last_name": "Doe"
          }
        ]
      },
      "RefChange": {
        "type": "object",
        "properties": {
          "added": {
            "type": "array",
            "maxItems": 100,
            "items": {
              "$ref": "#/components/schemas/Ref"
            }
          },
          "removed": {
            "type": "array",
            "maxItems": 100,
            "items": {
              "$ref": "#/components/schemas/Ref"
            }
          }
        },
        "examples": [
          {
            "added": [
              {
                "id": "g2",
                "name": "Design"
              }
            ],
            "removed": [
              {
                "id": "g1",
                "name": "Engineering"
              }
            ]
          }
        ]
      },
      "TaskPayload": {
        "type": "object",
        "required": [
          "account"
        ],
        "properties": {
          "account": {
            "$ref": "#/components/schemas/TaskAccount"
          },
          "memberships": {
            "$ref": "#/components/schemas/RefMap"
          },
          "changes": {
            "type": "object",
            "description": "By slug of a group or license type, for `update_account`.",
            "additionalProperties": {
              "$ref": "#/components/schemas/RefChange"
            }
          }
        },
        "examples": [
          {
            "account": {
              "id": "ext-123"
            },
            "changes": {
              "team": {
                "added": [
                  {
                    "id": "g2"
                  }
                ],
                "removed": []
              }
            }
          }
        ]
      },
      "TaskErrorCode": {
        "type": "string",
        "enum": [
          "ACCOUNT_NOT_FOUND",
          "ACCOUNT_ALREADY_EXISTS",
          "LICENSE_EXHAUSTED",
          "PERMISSION_DENIED",
          "RATE_LIMITED",
          "TIMEOUT",
          "INTERNAL_ERROR"
        ],
        "examples": [
          "ACCOUNT_NOT_FOUND"
        ]
      },
      "TaskError": {
        "type": "object",
        "required": [
          "code",
          "message"
        ],
        "properties": {
          "code": {
            "$ref": "#/components/schemas/TaskErrorCode"
          },
          "message": {
            "type": "string",
            "minLength": 1,
            "maxLength": 8192
          }
        },
        "examples": [
          {
            "code": "ACCOUNT_NOT_FOUND",
            "message": "No account with ID ext-123 exists in the target system."
          }
        ]
      },
      "TaskResult": {
        "type": "object",
        "description": "Any JSON object up to 16 KiB. `account.id`, if present, is the id that the system assigned.\n",
        "properties": {
          "account": {
            "type": "object",
            "properties": {
              "id": {
                "type": "string",
                "minLength": 1,
                "maxLength": 512
              }
            }
          },
          "verified": {
            "description": "Extension: what was read back, of a completed or a failed task. If it fits `TaskReadBack`, the task shows it as its\n`read_back`.\n"
          }
        },
        "examples": [
          {
            "account": {
              "id": "4711"
            }
          },
          {
            "verified": {
              "exists": true,
              "status": "suspended"
            }
          },
          {}
        ]
      },
      "Task": {
        "type": "object",
        "required": [
          "id",
          "action",
          "resource_type",
          "status",
          "execute_after",
          "created_at",
          "payload"
        ],
        "properties": {
          "id": {
            "type": "string",
            "format": "uuid"
          },
          "action": {
            "$ref": "#/components/schemas/TaskAction"
          },
          "resource_type": {
            "type": "string",
            "description": "Slug of the account type. Clients never dispatch on it."
          },
          "status": {
            "$ref": "#/components/schemas/TaskStatus"
          },
          "execute_after": {
            "type": "string",
            "format": "date-time"
          },
          "created_at": {
            "type": "string",
            "format": "date-time"
          },
          "payload": {
            "$ref": "#/components/schemas/TaskPayload"
          },
          "result": {
            "$ref": "#/components/schemas/TaskResult"
          },
          "error": {
            "$ref": "#/components/schemas/TaskError"
          },
          "read_back": {
            "$ref": "#/components/schemas/TaskReadBack",
            "description": "Extension: the state of the account that the runner read after the task; absent if it read none."
          },
          "ended_at": {
            "type": [
              "string",
              "null"
            ],
            "format": "date-time",
            "description": "Extension: when the outcome was reported."
          },
          "claim": {
            "description": "Extension: the runner that has the task in flight, while the lease lasts.",
            "anyOf": [
              {
                "$ref": "#/components/schemas/Claim"
              },
              {
                "type": "null"
              }
            ]
          },
          "held": {
            "description": "Extension: the budget of the hour was used up, so the task is `scheduled` until an administrator releases or\ncancels it.\n",
            "$ref": "#/components/schemas/TaskHold"
          },
          "retry_of": {
            "type": "string",
            "format": "uuid",
            "description": "Extension: the failed task that it tries again."
          },
          "retried_at": {
            "type": "string",
            "format": "date-time",
            "description": "Extension: when another task tried this failed one again."
          },
          "begun": {
            "description": "Extension: the runner that first began to execute it, and when; kept when its lease ends, so that the next\nrunner knows that the task may be done already.\n",
            "anyOf": [
              {
                "$ref": "#/components/schemas/TaskBegin"
              },
              {
                "type": "null"
              }
            ]
          }
        },
        "examples": [
          {
            "id": "4b8f0c5e-90a6-4d7c-8d0f-6a1c3f2e7b90",
            "action": "create_account",
            "resource_type": "account",
            "status": "pending",
            "execute_after": "2026-11-15T10:00:00.000Z",
            "created_at": "2026-11-15T09:55:00.000Z",
            "payload": {
              "account": {
                "id": "ext-123",
                "email": "jane@example.com",
                "first_name": "Jane",
                "last_name": "Doe"
              }
            }
          }
        ]
      },
      "TaskReadBack": {
        "type": "object",
        "description": "What a runner read of the account after it had executed the task: only what the task was about. Either `exists` or\n`unknown` is present.\n",
        "additionalProperties": false,
        "properties": {
          "at": {
            "type": "string",
            "format": "date-time",
            "description": "By the clock of the runner."
          },
          "exists": {
            "type": "boolean"
          },
          "status": {
            "type": "string",
            "minLength": 1,
            "maxLength": 64,
            "description": "Such as `active` or `suspended`."
          },
          "refs": {
            "type": "object",
            "description": "By slug, how many of the refs to add and of those to remove the account has.",
            "maxProperties": 500,
            "additionalProperties": {
              "type": "object",
              "required": [
                "added",
                "removed"
              ],
              "additionalProperties": false,
              "properties": {
                "added": {
                  "type": "integer",
                  "minimum": 0
                },
                "removed": {
                  "type": "integer",
                  "minimum": 0
                }
              }
            }
          },
          "unknown": {
            "type": "string",
            "minLength": 1,
            "maxLength": 500,
            "description": "Why it could not be read."
          }
        },
        "examples": [
          {
            "at": "2026-11-15T10:00:03.000Z",
            "exists": true,
            "status": "suspended"
          },
          {
            "at": "2026-11-15T10:00:03.000Z",
            "exists": true,
            "refs": {
              "team": {
                "added": 1,
                "removed": 0
              }
            }
          }
        ]
      },
      "Claim": {
        "type": "object",
        "required": [
          "runner",
          "lease_expires_at"
        ],
        "properties": {
          "runner": {
            "type": "string"
          },
          "lease_expires_at": {
            "type": "string",
            "format": "date-time"
          }
        },
        "examples": [
          {
            "runner": "connectors-1",
            "lease_expires_at": "2026-11-15T10:01:00.000Z"
          }
        ]
      },
      "TaskBegin": {
        "type": "object",
        "required": [
          "runner",
          "at"
        ],
        "properties": {
          "runner": {
            "type": "string"
          },
          "at": {
            "type": "string",
            "format": "date-time"
          }
        },
        "examples": [
          {
            "runner": "connectors-1",
            "at": "2026-11-15T10:00:01.000Z"
          }
        ]
      },
      "Budget": {
        "type": "object",
        "required": [
          "removals_per_hour",
          "removals_used",
          "revocations_per_hour",
          "revocations_used"
        ],
        "properties": {
          "removals_per_hour": {
            "type": [
              "integer",
              "null"
            ],
            "description": "Most records that syncs remove in an hour; null if there is no limit."
          },
          "removals_used": {
            "type": "integer",
            "description": "In the last hour, without those that somebody confirmed."
          },
          "revocations_per_hour": {
            "type": [
              "integer",
              "null"
            ],
            "description": "Most tasks in an hour that suspend, delete or take access away; null if there is no limit."
          },
          "revocations_used": {
            "type": "integer",
            "description": "In the last hour, without held ones."
          }
        },
        "examples": [
          {
            "removals_per_hour": 500,
            "removals_used": 12,
            "revocations_per_hour": 100,
            "revocations_used": 3
          }
        ]
      },
      "BudgetUpdate": {
        "type": "object",
        "required": [
          "removals_per_hour",
          "revocations_per_hour"
        ],
        "additionalProperties": false,
        "properties": {
          "removals_per_hour": {
            "type": [
              "integer",
              "null"
            ],
            "minimum": 0,
            "maximum": 1000000000
          },
          "revocations_per_hour": {
            "type": [
              "integer",
              "null"
            ],
            "minimum": 0,
            "maximum": 1000000000
          }
        },
        "examples": [
          {
            "removals_per_hour": 500,
            "revocations_per_hour": null
          }
        ]
      },
      "TaskRelease": {
        "type": "object",
        "additionalProperties": false,
        "properties": {
          "task_ids": {
            "type": "array",
            "description": "All held ones if absent.",
            "minItems": 1,
            "maxItems": 1000,
            "uniqueItems": true,
            "items": {
              "type": "string",
              "format": "uuid"
            }
          }
        },
        "examples": [
          {
            "task_ids": [
              "4b8f0c5e-90a6-4d7c-8d0f-6a1c3f2e7b90"
            ]
          }
        ]
      },
      "TasksReleased": {
        "type": "object",
        "required": [
          "released"
        ],
        "properties": {
          "released": {
            "type": "integer"
          }
        },
        "examples": [
          {
            "released": 14
          }
        ]
      },
      "TaskHold": {
        "type": "object",
        "required": [
          "at"
        ],
        "properties": {
          "at": {
            "type": "string",
            "format": "date-time",
            "description": "When it was held."
          }
        },
        "examples": [
          {
            "at": "2026-11-15T10:00:00.000Z"
          }
        ]
      },
      "TaskHistoryEntry": {
        "type": "object",
        "required": [
          "at",
          "event"
        ],
        "properties": {
          "at": {
            "type": "string",
            "format": "date-time"
          },
          "event": {
            "type": "string",
            "enum": [
              "created",
              "claimed",
              "completed",
              "failed",
              "cancelled",
              "held",
              "released"
            ]
          },
          "key_id": {
            "type": [
              "string",
              "null"
            ],
            "description": "Id of the key that did it."
          },
          "runner": {
            "type": "string",
            "description": "The runner that claimed it."
          }
        },
        "examples": [
          {
            "at": "2026-11-15T10:00:00.000Z",
            "event": "claimed",
            "key_id": "5f0c3a1b2d4e6f70",
            "runner": "connectors-1"
          }
        ]
      },
      "AccountName": {
        "type": "string",
        "description": "What the record of the account is called; absent without a name.",
        "examples": [
          "Jane Doe"
        ]
      },
      "RefNames": {
        "type": "array",
        "description": "What the named groups and licenses are called that come without a name; absent if there are none.",
        "items": {
          "$ref": "#/components/schemas/NamedRef"
        },
        "examples": [
          [
            {
              "slug": "team",
              "id": "g1",
              "name": "Engineering"
            }
          ]
        ]
      },
      "TaskWithHistory": {
        "allOf": [
          {
            "$ref": "#/components/schemas/Task"
          },
          {
            "type": "object",
            "required": [
              "history"
            ],
            "properties": {
              "account_name": {
                "$ref": "#/components/schemas/AccountName"
              },
              "ref_names": {
                "$ref": "#/components/schemas/RefNames"
              },
              "history": {
                "type": "array",
                "items": {
                  "$ref": "#/components/schemas/TaskHistoryEntry"
                }
              }
            }
          }
        ],
        "examples": [
          {
            "id": "4b8f0c5e-90a6-4d7c-8d0f-6a1c3f2e7b90",
            "action": "suspend_account",
            "resource_type": "account",
            "status": "pending",
            "execute_after": "2026-11-15T10:00:00.000Z",
            "created_at": "2026-11-15T10:00:00.000Z",
            "payload": {
              "account": {
                "id": "ext-123"
              }
            },
            "history": [
              {
                "at": "2026-11-15T10:00:00.000Z",
                "event": "created",
                "key_id": "5f0c3a1b2d4e6f70"
              }
            ]
          }
        ]
      },
      "TaskClaim": {
        "type": "object",
        "required": [
          "runner"
        ],
        "additionalProperties": false,
        "properties": {
          "limit": {
            "type": "integer",
            "minimum": 1,
            "maximum": 100,
            "default": 1
          },
          "lease_seconds": {
            "type": "integer",
            "minimum": 1,
            "maximum": 3600,
            "default": 60
          },
          "runner": {
            "type": "string",
            "minLength": 1,
            "maxLength": 255,
            "description": "Name of the runner; unique among runners."
          },
          "task_ids": {
            "type": "array",
            "description": "Only these tasks; leases that the runner already holds on them are renewed.",
            "minItems": 1,
            "maxItems": 100,
            "items": {
              "type": "string",
              "format": "uuid"
            }
          },
          "begin": {
            "type": "boolean",
            "description": "The runner is about to execute the tasks of `task_ids`: the first `begun` of each is kept. Only if the response to a\nclaim announces `begun-tasks`.\n"
          }
        },
        "examples": [
          {
            "limit": 10,
            "lease_seconds": 120,
            "runner": "connectors-1"
          }
        ]
      },
      "ClaimedTasks": {
        "type": "object",
        "required": [
          "tasks"
        ],
        "properties": {
          "tasks": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Task"
            }
          }
        },
        "examples": [
          {
            "tasks": []
          }
        ]
      },
      "TaskList": {
        "type": "object",
        "required": [
          "tasks",
          "count",
          "count_is_exact",
          "next",
          "previous"
        ],
        "properties": {
          "tasks": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Task"
            }
          },
          "count": {
            "$ref": "#/components/schemas/ListCount"
          },
          "count_is_exact": {
            "$ref": "#/components/schemas/CountIsExact"
          },
          "next": {
            "type": [
              "string",
              "null"
            ],
            "description": "Address of the next page."
          },
          "previous": {
            "type": [
              "string",
              "null"
            ],
            "description": "Address of the page before."
          }
        },
        "examples": [
          {
            "tasks": [],
            "count": 0,
            "count_is_exact": true,
            "next": null,
            "previous": null
          }
        ]
      },
      "TaskState": {
        "type": "string",
        "description": "What has become of a task: as its status, and `in_flight` while a runner has claimed it, `cancelled` if it was.\n",
        "enum": [
          "pending",
          "scheduled",
          "in_flight",
          "completed",
          "failed",
          "cancelled"
        ],
        "examples": [
          "failed"
        ]
      },
      "AppTask": {
        "type": "object",
        "required": [
          "app_id",
          "app_name",
          "task"
        ],
        "properties": {
          "app_id": {
            "type": "string",
            "format": "uuid"
          },
          "app_name": {
            "type": "string"
          },
          "account_name": {
            "$ref": "#/components/schemas/AccountName"
          },
          "ref_names": {
            "$ref": "#/components/schemas/RefNames"
          },
          "task": {
            "$ref": "#/components/schemas/Task"
          }
        },
        "examples": [
          {
            "app_id": "7f0b5f39-7b7f-4a4e-9d6a-2f3c1d0e9a11",
            "app_name": "Salesforce",
            "account_name": "Jane Doe",
            "task": {
              "id": "4b8f0c5e-90a6-4d7c-8d0f-6a1c3f2e7b90",
              "action": "suspend_account",
              "resource_type": "account",
              "status": "pending",
              "execute_after": "2026-11-15T10:00:00.000Z",
              "created_at": "2026-11-15T09:55:00.000Z",
              "payload": {
                "account": {
                  "id": "ext-123"
                }
              }
            }
          }
        ]
      },
      "AppTaskList": {
        "type": "object",
        "required": [
          "tasks",
          "next"
        ],
        "properties": {
          "tasks": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/AppTask"
            }
          },
          "next": {
            "type": [
              "string",
              "null"
            ],
            "description": "Address of the next page."
          }
        },
        "examples": [
          {
            "tasks": [],
            "next": null
          }
        ]
      },
      "TaskRetry": {
        "type": "object",
        "additionalProperties": false,
        "properties": {
          "code": {
            "$ref": "#/components/schemas/TaskErrorCode",
            "description": "Only tasks that failed with this code."
          },
          "action": {
            "$ref": "#/components/schemas/TaskAction",
            "description": "Only tasks with this action."
          },
          "task_ids": {
            "type": "array",
            "description": "Only these.",
            "minItems": 1,
            "maxItems": 1000,
            "items": {
              "type": "string",
              "format": "uuid"
            }
          },
          "limit": {
            "type": "integer",
            "minimum": 1,
            "maximum": 1000,
            "default": 100,
            "description": "How many are tried at most."
          },
          "per_minute": {
            "type": "integer",
            "minimum": 1,
            "maximum": 6000,
            "description": "How many become due in a minute at most; all at once if absent."
          },
          "preview": {
            "type": "boolean",
            "default": false,
            "description": "Only shows what would be made."
          }
        },
        "examples": [
          {
            "code": "PERMISSION_DENIED",
            "per_minute": 60,
            "preview": true
          },
          {}
        ]
      },
      "TaskUndo": {
        "type": "object",
        "required": [
          "task_ids"
        ],
        "additionalProperties": false,
        "properties": {
          "task_ids": {
            "type": "array",
            "minItems": 1,
            "maxItems": 100,
            "items": {
              "type": "string",
              "format": "uuid"
            }
          },
          "preview": {
            "type": "boolean",
            "default": false,
            "description": "Only shows what would be made."
          }
        },
        "examples": [
          {
            "task_ids": [
              "4b8f0c5e-90a6-4d7c-8d0f-6a1c3f2e7b90"
            ],
            "preview": true
          }
        ]
      },
      "TaskCancel": {
        "type": "object",
        "additionalProperties": false,
        "properties": {
          "state": {
            "type": "string",
            "enum": [
              "pending",
              "scheduled",
              "in_flight"
            ],
            "description": "Only tasks in this state (see `TaskState`)."
          },
          "action": {
            "$ref": "#/components/schemas/TaskAction",
            "description": "Only tasks with this action."
          },
          "task_ids": {
            "type": "array",
            "description": "Only these.",
            "minItems": 1,
            "maxItems": 1000,
            "items": {
              "type": "string",
              "format": "uuid"
            }
          },
          "limit": {
            "type": "integer",
            "minimum": 1,
            "maximum": 1000,
            "default": 100,
            "description": "How many are cancelled at most, if no `task_ids` are given."
          },
          "preview": {
            "type": "boolean",
            "default": false,
            "description": "Only shows what would be cancelled."
          }
        },
        "examples": [
          {
            "task_ids": [
              "4b8f0c5e-90a6-4d7c-8d0f-6a1c3f2e7b90"
            ],
            "preview": true
          },
          {
            "state": "scheduled",
            "action": "delete_account"
          }
        ]
      },
      "TaskBatch": {
        "type": "object",
        "required": [
          "preview",
          "matching",
          "items"
        ],
        "properties": {
          "preview": {
            "type": "boolean",
            "description": "Whether nothing was changed."
          },
          "matching": {
            "$ref": "#/components/schemas/BoundedCount",
            "description": "How many tasks the filter finds; `items` has the first of them, up to the limit."
          },
          "items": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/BatchItem"
            }
          }
        },
        "examples": [
          {
            "preview": true,
            "matching": {
              "count": 14,
              "count_is_exact": true
            },
            "items": [
              {
                "task_id": "4b8f0c5e-90a6-4d7c-8d0f-6a1c3f2e7b90",
                "action": "suspend_account",
                "payload": {
                  "account": {
                    "id": "ext-123"
                  }
                }
              }
            ]
          }
        ]
      },
      "BatchItem": {
        "type": "object",
        "required": [
          "task_id"
        ],
        "properties": {
          "task_id": {
            "type": "string",
            "format": "uuid",
            "description": "The task that is tried again, undone or cancelled."
          },
          "action": {
            "$ref": "#/components/schemas/TaskAction",
            "description": "Of the new task, or of the cancelled one."
          },
          "payload": {
            "$ref": "#/components/schemas/TaskPayload",
            "description": "Of the new task, or of the cancelled one."
          },
          "account_name": {
            "$ref": "#/components/schemas/AccountName"
          },
          "ref_names": {
            "$ref": "#/components/schemas/RefNames"
          },
          "new_task_id": {
            "type": "string",
            "format": "uuid",
            "description": "The task that was made."
          },
          "execute_after": {
            "type": "string",
            "format": "date-time",
            "description": "When that one is due."
          },
          "reason": {
            "type": "string",
            "description": "Why no task is made, or why it is not cancelled."
          },
          "left": {
            "type": "string",
            "description": "What stays as it is all the same."
          }
        },
        "examples": [
          {
            "task_id": "4b8f0c5e-90a6-4d7c-8d0f-6a1c3f2e7b90",
            "reason": "A password that was reset can't be restored."
          }
        ]
      },
      "TaskCreate": {
        "type": "object",
        "required": [
          "action",
          "payload"
        ],
        "properties": {
          "action": {
            "$ref": "#/components/schemas/TaskAction"
          },
          "payload": {
            "$ref": "#/components/schemas/TaskPayload"
          },
          "execute_after": {
            "type": "string",
            "format": "date-time",
            "description": "Earliest time; immediately if absent."
          }
        },
        "examples": [
          {
            "action": "suspend_account",
            "payload": {
              "account": {
                "id": "4711"
              }
            }
          }
        ]
      },
      "TaskReport": {
        "type": "object",
        "required": [
          "status"
        ],
        "properties": {
          "status": {
            "type": "string",
            "enum": [
              "completed",
              "failed"
            ]
          },
          "result": {
            "$ref": "#/components/schemas/TaskResult"
          },
          "error": {
            "$ref": "#/components/schemas/TaskError"
          }
        },
        "if": {
          "properties": {
            "status": {
              "const": "failed"
            }
          }
        },
        "then": {
          "required": [
            "error"
          ],
          "properties": {
            "error": {
              "$ref": "#/components/schemas/TaskError"
            }
          }
        },
        "examples": [
          {
            "status": "completed",
            "result": {}
          },
          {
            "status": "failed",
            "error": {
              "code": "ACCOUNT_NOT_FOUND",
              "message": "No account has the id ext-123."
            }
          }
        ]
      },
      "EventType": {
        "type": "string",
        "description": "Clients must tolerate others.",
        "enum": [
          "sync.started",
          "sync.progress",
          "sync.expiring",
          "sync.ended",
          "task.created",
          "task.held",
          "task.released",
          "task.claimed",
          "task.ended"
        ],
        "examples": [
          "sync.ended"
        ]
      },
      "Event": {
        "type": "object",
        "required": [
          "type",
          "at",
          "app_id"
        ],
        "properties": {
          "type": {
            "$ref": "#/components/schemas/EventType"
          },
          "at": {
            "type": "string",
            "format": "date-time"
          },
          "app_id": {
            "type": "string",
            "format": "uuid"
          },
          "sync_id": {
            "type": "string",
            "format": "uuid"
          },
          "task_id": {
            "type": "string",
            "format": "uuid"
          },
          "action": {
            "$ref": "#/components/schemas/TaskAction"
          },
          "is_revocation": {
            "type": "boolean",
            "description": "With `task.created` and `task.released`: whether the task suspends, deletes or takes access away."
          },
          "status": {
            "type": "string",
            "description": "Of the session or the task."
          },
          "error_code": {
            "type": "string",
            "description": "Of a session or a task that failed."
          },
          "expires_at": {
            "type": "string",
            "format": "date-time",
            "description": "With `sync.expiring`: when the session, which the removal guard holds, is dropped by itself."
          },
          "counts": {
            "type": "array",
            "description": "Of a session, by resource type.",
            "items": {
              "$ref": "#/components/schemas/EventCount"
            }
          }
        },
        "examples": [
          {
            "type": "sync.ended",
            "at": "2026-11-15T12:00:04.000Z",
            "app_id": "7f0b5f39-7b7f-4a4e-9d6a-2f3c1d0e9a11",
            "sync_id": "0f5d0a0e-5d0c-4f2e-8a57-1d7f6c1f2b10",
            "status": "completed",
            "counts": [
              {
                "slug": "account",
                "synced_count": 120,
                "created": 3,
                "updated": 7,
                "removed": 1
              }
            ]
          }
        ]
      },
      "EventCount": {
        "type": "object",
        "required": [
          "slug",
          "synced_count"
        ],
        "properties": {
          "slug": {
            "type": "string"
          },
          "synced_count": {
            "type": "integer"
          },
          "created": {
            "type": "integer"
          },
          "updated": {
            "type": "integer"
          },
          "removed": {
            "type": "integer"
          },
          "refs_gained": {
            "$ref": "#/components/schemas/RefsGained"
          },
          "refs_lost": {
            "$ref": "#/components/schemas/RefsLost"
          }
        },
        "examples": [
          {
            "slug": "account",
            "synced_count": 120,
            "created": 3,
            "updated": 7,
            "removed": 1
          }
        ]
      },
      "EventStream": {
        "type": "string",
        "description": "Server-sent events. Each `data` is an `Event` in one line of JSON.\n",
        "contentSchema": {
          "$ref": "#/components/schemas/Event"
        },
        "examples": [
          "id: 41\nevent: task.created\ndata: {\"type\":\"task.created\"}\n\n"
        ]
      },
      "Role": {
        "type": "string",
        "description": "A `connector` feeds apps and carries out their tasks, an `auditor` reads everything and changes nothing, an\n`operator` does everything but manage keys and people and set removal guards, an `admin` everything.\n",
        "enum": [
          "connector",
          "auditor",
          "operator",
          "admin"
        ],
        "examples": [
          "connector"
        ]
      },
      "UserRole": {
        "type": "string",
        "description": "What somebody may do who is signed in to the console; see Role.",
        "enum": [
          "auditor",
          "operator",
          "admin"
        ],
        "examples": [
          "auditor"
        ]
      },
      "User": {
        "type": "object",
        "required": [
          "id",
          "name",
          "email",
          "role",
          "created_at",
          "last_signed_in_at",
          "disabled_at"
        ],
        "properties": {
          "id": {
            "type": "string",
            "format": "uuid"
          },
          "name": {
            "type": "string"
          },
          "email": {
            "type": [
              "string",
              "null"
            ]
          },
          "role": {
            "$ref": "#/components/schemas/UserRole"
          },
          "created_at": {
            "type": "string",
            "format": "date-time",
            "description": "The first sign-in."
          },
          "last_signed_in_at": {
            "type": "string",
            "format": "date-time"
          },
          "disabled_at": {
            "type": [
              "string",
              "null"
            ],
            "format": "date-time"
          }
        },
        "examples": [
          {
            "id": "9b2d7a4e-5c1f-4e8a-9d3b-6f0a1c2e4d58",
            "name": "Ida Roth",
            "email": "ida.roth@example.com",
            "role": "operator",
            "created_at": "2026-11-15T11:00:00.000Z",
            "last_signed_in_at": "2026-11-28T08:30:00.000Z",
            "disabled_at": null
          }
        ]
      },
      "UserList": {
        "type": "object",
        "required": [
          "users",
          "next"
        ],
        "properties": {
          "users": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/User"
            }
          },
          "next": {
            "type": [
              "string",
              "null"
            ],
            "description": "Address of the next page."
          }
        },
        "examples": [
          {
            "users": [],
            "next": null
          }
        ]
      },
      "UserUpdate": {
        "type": "object",
        "required": [
          "is_disabled"
        ],
        "additionalProperties": false,
        "properties": {
          "is_disabled": {
            "type": "boolean"
          }
        },
        "examples": [
          {
            "is_disabled": true
          }
        ]
      },
      "SignInLinkCreate": {
        "type": "object",
        "required": [
          "name",
          "role"
        ],
        "additionalProperties": false,
        "properties": {
          "name": {
            "type": "string",
            "minLength": 1,
            "maxLength": 255,
            "description": "Whom the audit trail names."
          },
          "role": {
            "$ref": "#/components/schemas/UserRole"
          }
        },
        "examples": [
          {
            "name": "Ida Roth",
            "role": "admin"
          }
        ]
      },
      "SignInLink": {
        "type": "object",
        "required": [
          "token",
          "expires_at"
        ],
        "properties": {
          "token": {
            "type": "string",
            "description": "The secret; shown here and never again."
          },
          "expires_at": {
            "type": "string",
            "format": "date-time"
          }
        },
        "examples": [
          {
            "token": "example",
            "expires_at": "2026-11-28T08:40:00.000Z"
          }
        ]
      },
      "Key": {
        "type": "object",
        "required": [
          "id",
          "name",
          "role",
          "app_ids",
          "created_at",
          "expires_at",
          "revoked_at",
          "last_used_at",
          "old_secret"
        ],
        "properties": {
          "id": {
            "type": "string",
            "description": "The part of the key that names it; no secret."
          },
          "name": {
            "type": "string"
          },
          "role": {
            "$ref": "#/components/schemas/Role"
          },
          "app_ids": {
            "type": [
              "array",
              "null"
            ],
            "description": "The apps that the key is limited to; null for all of the organisation.",
            "items": {
              "type": "string",
              "format": "uuid"
            }
          },
          "created_at": {
            "type": "string",
            "format": "date-time"
          },
          "expires_at": {
            "type": [
              "string",
              "null"
            ],
            "format": "date-time"
          },
          "revoked_at": {
            "type": [
              "string",
              "null"
            ],
            "format": "date-time"
          },
          "last_used_at": {
            "type": [
              "string",
              "null"
            ],
            "format": "date-time",
            "description": "To the minute; null if never used."
          },
          "old_secret": {
            "description": "The old secret of a rotated key, while it is valid.",
            "anyOf": [
              {
                "$ref": "#/components/schemas/OldSecret"
              },
              {
                "type": "null"
              }
            ]
          }
        },
        "examples": [
          {
            "id": "5f0c3a1b2d4e6f70",
            "name": "HR connector",
            "role": "connector",
            "app_ids": [
              "7f0b5f39-7b7f-4a4e-9d6a-2f3c1d0e9a11"
            ],
            "created_at": "2026-11-15T11:00:00.000Z",
            "expires_at": "2027-02-13T11:00:00.000Z",
            "revoked_at": null,
            "last_used_at": "2026-11-15T12:00:00.000Z",
            "old_secret": {
              "expires_at": "2026-11-16T12:00:00.000Z",
              "last_used_at": null
            }
          }
        ]
      },
      "OldSecret": {
        "type": "object",
        "required": [
          "expires_at",
          "last_used_at"
        ],
        "properties": {
          "expires_at": {
            "type": "string",
            "format": "date-time",
            "description": "Not valid from then on."
          },
          "last_used_at": {
            "type": [
              "string",
              "null"
            ],
            "format": "date-time",
            "description": "To the minute, since the key was rotated; null if not used since."
          }
        },
        "examples": [
          {
            "expires_at": "2026-11-16T12:00:00.000Z",
            "last_used_at": null
          }
        ]
      },
      "KeyCreate": {
        "type": "object",
        "required": [
          "name",
          "role"
        ],
        "additionalProperties": false,
        "properties": {
          "name": {
            "type": "string",
            "minLength": 1,
            "maxLength": 255
          },
          "role": {
            "$ref": "#/components/schemas/Role"
          },
          "app_ids": {
            "type": [
              "array",
              "null"
            ],
            "description": "Limits a connector's key to these apps and those that it creates; an empty list limits it to the latter. If absent or\nnull, it reaches all apps.\n",
            "maxItems": 100,
            "items": {
              "type": "string",
              "format": "uuid"
            }
          },
          "expires_in_days": {
            "description": "Never if absent or null.",
            "enum": [
              7,
              30,
              90,
              null
            ]
          }
        },
        "examples": [
          {
            "name": "HR connector",
            "role": "connector",
            "expires_in_days": 90
          }
        ]
      },
      "KeyCreated": {
        "allOf": [
          {
            "$ref": "#/components/schemas/Key"
          },
          {
            "type": "object",
            "required": [
              "key"
            ],
            "properties": {
              "key": {
                "type": "string",
                "description": "The secret; shown here and never again."
              }
            }
          }
        ],
        "examples": [
          {
            "id": "5f0c3a1b2d4e6f70",
            "name": "laptop",
            "role": "admin",
            "app_ids": null,
            "created_at": "2026-11-15T11:00:00.000Z",
            "expires_at": null,
            "revoked_at": null,
            "last_used_at": null,
            "old_secret": null,
            "key": "bk_5f0c3a1b2d4e6f70_example"
          }
        ]
      },
      "KeyRotate": {
        "type": "object",
        "additionalProperties": false,
        "properties": {
          "overlap_hours": {
            "type": "integer",
            "minimum": 0,
            "maximum": 720,
            "default": 24,
            "description": "How long the old secret stays valid; 0 ends it at once."
          }
        },
        "examples": [
          {
            "overlap_hours": 0
          },
          {
            "overlap_hours": 24
          },
          {}
        ]
      },
      "Org": {
        "type": "object",
        "required": [
          "id",
          "slug",
          "name",
          "created_at",
          "role"
        ],
        "properties": {
          "id": {
            "type": "string",
            "format": "uuid"
          },
          "slug": {
            "type": "string",
            "description": "Part of every address of the organisation."
          },
          "name": {
            "type": "string"
          },
          "created_at": {
            "type": "string",
            "format": "date-time"
          },
          "role": {
            "$ref": "#/components/schemas/Role",
            "description": "Role of whoever makes this call."
          }
        },
        "examples": [
          {
            "id": "4f8b6f4e-2f0d-4f53-9f1b-6f4f0c9f2a11",
            "slug": "acme",
            "name": "Acme Inc.",
            "created_at": "2026-11-15T12:00:00.000Z",
            "role": "operator"
          }
        ]
      },
      "KeyList": {
        "type": "object",
        "required": [
          "keys",
          "count",
          "count_is_exact",
          "next",
          "previous"
        ],
        "properties": {
          "keys": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Key"
            }
          },
          "count": {
            "$ref": "#/components/schemas/ListCount"
          },
          "count_is_exact": {
            "$ref": "#/components/schemas/CountIsExact"
          },
          "next": {
            "type": [
              "string",
              "null"
            ],
            "description": "Address of the next page."
          },
          "previous": {
            "type": [
              "string",
              "null"
            ],
            "description": "Address of the page before."
          }
        },
        "examples": [
          {
            "keys": [],
            "count": 0,
            "count_is_exact": true,
            "next": null,
            "previous": null
          }
        ]
      },
      "AuditEntry": {
        "type": "object",
        "required": [
          "id",
          "at",
          "key_id",
          "key_name",
          "operation",
          "path",
          "app_id",
          "status",
          "request_id"
        ],
        "properties": {
          "id": {
            "type": "string",
            "format": "uuid"
          },
          "at": {
            "type": "string",
            "format": "date-time"
          },
          "key_id": {
            "type": [
              "string",
              "null"
            ],
            "description": "Id of the key, or `user_<id>` of a person who was signed in to the console. Null if it was done with the command,\ndirectly on the database.\n"
          },
          "key_name": {
            "type": [
              "string",
              "null"
            ],
            "description": "Name of the key, or name and email of the person."
          },
          "operation": {
            "type": "string",
            "description": "`operationId` of the call, or the name of the command's action."
          },
          "path": {
            "type": "string"
          },
          "app_id": {
            "type": [
              "string",
              "null"
            ],
            "format": "uuid"
          },
          "status": {
            "type": [
              "integer",
              "null"
            ],
            "description": "Status of the response; null if the Bridge died before it responded."
          },
          "request_id": {
            "type": [
              "string",
              "null"
            ]
          },
          "refusals": {
            "description": "For a refused call: how often this key was refused this operation with this status within the hour that started then.\n`at` is the first time.\n",
            "$ref": "#/components/schemas/AuditRefusals"
          },
          "details": {
            "$ref": "#/components/schemas/AuditDetails"
          }
        },
        "examples": [
          {
            "id": "0b0f5e3e-5a3e-4a55-9d43-0c8b6f1c2d3e",
            "at": "2026-11-15T12:00:00.000Z",
            "key_id": "5f0c3a1b2d4e6f70",
            "key_name": "laptop",
            "operation": "confirmSync",
            "path": "/api/v1/bridge/apps/7f0b5f39-7b7f-4a4e-9d6a-2f3c1d0e9a11/sync/0f5d0a0e-5d0c-4f2e-8a57-1d7f6c1f2b10/confirm/",
            "app_id": "7f0b5f39-7b7f-4a4e-9d6a-2f3c1d0e9a11",
            "status": 202,
            "request_id": "6a1c3f2e-7b90-4d7c-8d0f-90a64b8f0c5e",
            "details": {
              "before": {
                "status": "error",
                "error_code": "REMOVALS_HELD"
              },
              "after": {
                "status": "completing"
              }
            }
          }
        ]
      },
      "AuditDetails": {
        "type": "object",
        "description": "Details that are not in the path; absent if there are none. Contains no personal data except the names of keys.\n",
        "properties": {
          "key_id": {
            "type": "string",
            "description": "The created key."
          },
          "erasure_id": {
            "type": "string",
            "format": "uuid",
            "description": "The receipt of the erasure."
          },
          "reason": {
            "type": "string",
            "description": "The caller's reason, from `X-Bridge-Reason`."
          },
          "before": {
            "type": [
              "object",
              "null"
            ],
            "additionalProperties": true,
            "description": "The changed fields before the call; null if there was nothing."
          },
          "after": {
            "type": [
              "object",
              "null"
            ],
            "additionalProperties": true,
            "description": "The changed fields after the call; null if it was deleted."
          }
        },
        "examples": [
          {
            "key_id": "5f0c3a1b2d4e6f70",
            "before": null,
            "after": {
              "name": "HR connector",
              "role": "connector"
            }
          },
          {
            "before": {
              "name": "HR EMEA"
            },
            "after": {
              "name": "HR Europe"
            }
          }
        ]
      },
      "AuditRefusals": {
        "type": "object",
        "required": [
          "count",
          "last_at"
        ],
        "properties": {
          "count": {
            "type": "integer",
            "minimum": 1
          },
          "last_at": {
            "type": "string",
            "format": "date-time"
          }
        },
        "examples": [
          {
            "count": 312,
            "last_at": "2026-11-15T12:48:10.000Z"
          }
        ]
      },
      "AuditList": {
        "type": "object",
        "required": [
          "entries",
          "next"
        ],
        "properties": {
          "entries": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/AuditEntry"
            }
          },
          "next": {
            "type": [
              "string",
              "null"
            ],
            "description": "Address of the next page."
          }
        },
        "examples": [
          {
            "entries": [],
            "next": null
          }
        ]
      },
      "Person": {
        "description": "An email, compared without regard to case, in all apps of the organisation; or one account of an app.\n",
        "anyOf": [
          {
            "type": "object",
            "required": [
              "email"
            ],
            "additionalProperties": false,
            "properties": {
              "email": {
                "type": "string",
                "description": "Of a record, or its username.",
                "pattern": "^[^\\s\"\\\\@]+@[^\\s\"\\\\@]+$",
                "maxLength": 1024
              }
            }
          },
          {
            "type": "object",
            "required": [
              "app_id",
              "slug",
              "id"
            ],
            "additionalProperties": false,
            "properties": {
              "app_id": {
                "type": "string",
                "format": "uuid"
              },
              "slug": {
                "type": "string",
                "description": "Slug of an account type.",
                "minLength": 1,
                "maxLength": 63
              },
              "id": {
                "type": "string",
                "minLength": 1,
                "maxLength": 512
              }
            }
          }
        ],
        "examples": [
          {
            "email": "former@example.com"
          },
          {
            "app_id": "7f0b5f39-7b7f-4a4e-9d6a-2f3c1d0e9a11",
            "slug": "account",
            "id": "former-employee"
          }
        ]
      },
      "PersonAccount": {
        "type": "object",
        "required": [
          "app_id",
          "app_name",
          "slug",
          "record"
        ],
        "properties": {
          "app_id": {
            "type": "string",
            "format": "uuid"
          },
          "app_name": {
            "type": "string"
          },
          "slug": {
            "type": "string",
            "description": "Slug of the account type."
          },
          "record": {
            "$ref": "#/components/schemas/LiveRecord"
          }
        },
        "examples": [
          {
            "app_id": "7f0b5f39-7b7f-4a4e-9d6a-2f3c1d0e9a11",
            "app_name": "HR EMEA",
            "slug": "account",
            "record": {
              "data": {
                "id": "u1",
                "email": "alice@example.com"
              },
              "status": "active",
              "removed_at": null,
              "stub": false
            }
          }
        ]
      },
      "FoundRecord": {
        "type": "object",
        "required": [
          "app_id",
          "app_name",
          "slug",
          "record"
        ],
        "properties": {
          "app_id": {
            "type": "string",
            "format": "uuid"
          },
          "app_name": {
            "type": "string"
          },
          "slug": {
            "type": "string"
          },
          "record": {
            "$ref": "#/components/schemas/LiveRecord"
          }
        },
        "examples": [
          {
            "app_id": "7f0b5f39-7b7f-4a4e-9d6a-2f3c1d0e9a11",
            "app_name": "HR EMEA",
            "slug": "team",
            "record": {
              "data": {
                "id": "g1",
                "name": "Engineering"
              },
              "status": "active",
              "removed_at": null,
              "stub": false
            }
          }
        ]
      },
      "Finds": {
        "type": "object",
        "required": [
          "accounts",
          "groups",
          "licenses",
          "tasks"
        ],
        "properties": {
          "accounts": {
            "type": "array",
            "description": "By what was found.",
            "items": {
              "$ref": "#/components/schemas/FoundRecord"
            }
          },
          "groups": {
            "type": "array",
            "description": "By what was found.",
            "items": {
              "$ref": "#/components/schemas/FoundRecord"
            }
          },
          "licenses": {
            "type": "array",
            "description": "By what was found.",
            "items": {
              "$ref": "#/components/schemas/FoundRecord"
            }
          },
          "tasks": {
            "type": "array",
            "description": "Newest first.",
            "items": {
              "$ref": "#/components/schemas/AppTask"
            }
          }
        },
        "examples": [
          {
            "accounts": [],
            "groups": [],
            "licenses": [],
            "tasks": []
          }
        ]
      },
      "PersonAccountList": {
        "type": "object",
        "required": [
          "accounts",
          "next"
        ],
        "properties": {
          "accounts": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/PersonAccount"
            }
          },
          "next": {
            "type": [
              "string",
              "null"
            ],
            "description": "Address of the next page."
          }
        },
        "examples": [
          {
            "accounts": [],
            "next": null
          }
        ]
      },
      "CsvExport": {
        "type": "string",
        "description": "A table in UTF-8 with a header, as RFC 4180 has it.",
        "examples": [
          "id,status\r\nu1,active\r\n"
        ]
      },
      "JsonExport": {
        "type": "string",
        "description": "A JSON object in each line.",
        "examples": [
          "{}\n"
        ]
      },
      "ErasureCounts": {
        "type": "object",
        "description": "How many of each were deleted, or would be.",
        "required": [
          "records",
          "changes",
          "staged",
          "tasks",
          "members",
          "responses",
          "mentions"
        ],
        "properties": {
          "records": {
            "type": "integer",
            "description": "Live records, be they inactive."
          },
          "changes": {
            "type": "integer",
            "description": "What sessions did to them."
          },
          "staged": {
            "type": "integer",
            "description": "Records in the pages of sessions that are open, held or failed."
          },
          "tasks": {
            "type": "integer",
            "description": "Tasks about the accounts, with their history."
          },
          "members": {
            "type": "integer",
            "description": "Entries in the index of members of groups and users of licenses."
          },
          "responses": {
            "type": "integer",
            "description": "Responses that were kept for an `Idempotency-Key`."
          },
          "mentions": {
            "type": "integer",
            "description": "Rows of others in which the email became `[erased]`."
          }
        },
        "examples": [
          {
            "records": 2,
            "changes": 5,
            "staged": 1,
            "tasks": 3,
            "members": 7,
            "responses": 0,
            "mentions": 1
          }
        ]
      },
      "Erasure": {
        "type": "object",
        "description": "The receipt of an erasure. It contains no personal data.",
        "required": [
          "id",
          "at",
          "key_id",
          "app_id",
          "digest",
          "accounts",
          "active_accounts",
          "counts"
        ],
        "properties": {
          "id": {
            "type": "string",
            "format": "uuid"
          },
          "at": {
            "type": "string",
            "format": "date-time"
          },
          "key_id": {
            "type": [
              "string",
              "null"
            ],
            "description": "Id of the key that asked for it."
          },
          "app_id": {
            "type": [
              "string",
              "null"
            ],
            "format": "uuid",
            "description": "Null if an email was erased in all apps."
          },
          "digest": {
            "type": "string",
            "description": "HMAC-SHA256 in hex, with the `digest_key` that the erasure returned, of the email in lower case, or of `slug:id` of the\naccount.\n"
          },
          "accounts": {
            "type": "integer",
            "description": "Number of accounts of the person."
          },
          "active_accounts": {
            "type": "integer",
            "description": "Accounts that their systems still had at the last sync; each comes back unless it is removed there."
          },
          "counts": {
            "$ref": "#/components/schemas/ErasureCounts"
          }
        },
        "examples": [
          {
            "id": "3d0d9a3e-8a0b-4f5f-a3a5-5a1a3f2c9b11",
            "at": "2026-11-15T12:00:00.000Z",
            "key_id": "5f0c3a1b2d4e6f70",
            "app_id": null,
            "digest": "1fca8b0a1f7d9d0d3f1d6e0f4b6d8c2a9e7f5b3d1c0a8f6e4d2b0a9c7e5f3d1b",
            "accounts": 2,
            "active_accounts": 0,
            "counts": {
              "records": 2,
              "changes": 5,
              "staged": 1,
              "tasks": 3,
              "members": 7,
              "responses": 0,
              "mentions": 1
            }
          }
        ]
      },
      "ErasureCreated": {
        "allOf": [
          {
            "$ref": "#/components/schemas/Erasure"
          },
          {
            "type": "object",
            "required": [
              "digest_key"
            ],
            "properties": {
              "digest_key": {
                "type": "string",
                "description": "The key of `digest`, in this response and never returned again. Whoever keeps it can prove later whom the receipt is\nabout; the Bridge itself can't.\n"
              }
            }
          }
        ],
        "examples": [
          {
            "id": "3d0d9a3e-8a0b-4f5f-a3a5-5a1a3f2c9b11",
            "at": "2026-11-15T12:00:00.000Z",
            "key_id": "5f0c3a1b2d4e6f70",
            "app_id": null,
            "digest": "1fca8b0a1f7d9d0d3f1d6e0f4b6d8c2a9e7f5b3d1c0a8f6e4d2b0a9c7e5f3d1b",
            "accounts": 2,
            "active_accounts": 0,
            "counts": {
              "records": 2,
              "changes": 5,
              "staged": 1,
              "tasks": 3,
              "members": 7,
              "responses": 0,
              "mentions": 1
            },
            "digest_key": "9b1d6f0c3a5e7d2b4c8f1a0e6d3b5c7f9a2e4d6b8c0f1a3e5d7b9c1f3a5e7d9b"
          }
        ]
      },
      "ErasureList": {
        "type": "object",
        "required": [
          "erasures",
          "next"
        ],
        "properties": {
          "erasures": {
            "type": "array",
            "items": {
              "$ref": "#/components/schemas/Erasure"
            }
          },
          "next": {
            "type": [
              "string",
              "null"
            ],
            "description": "Address of the next page."
          }
        },
        "examples": [
          {
            "erasures": [],
            "next": null
          }
        ]
      },
      "ErasurePreview": {
        "type": "object",
        "required": [
          "accounts",
          "counts",
          "open_tasks",
          "due_sessions"
        ],
        "properties": {
          "accounts": {
            "type": "array",
            "description": "The accounts of the person.",
            "items": {
              "$ref": "#/components/schemas/ErasedAccount"
            }
          },
          "counts": {
            "$ref": "#/components/schemas/ErasureCounts"
          },
          "open_tasks": {
            "type": "array",
            "description": "Tasks that name the person and have not ended.",
            "items": {
              "$ref": "#/components/schemas/OpenTask"
            }
          },
          "due_sessions": {
            "type": "array",
            "description": "Sessions that have ended and are not reconciled yet.",
            "items": {
              "$ref": "#/components/schemas/DueSession"
            }
          }
        },
        "examples": [
          {
            "accounts": [
              {
                "app_id": "7f0b5f39-7b7f-4a4e-9d6a-2f3c1d0e9a11",
                "slug": "account",
                "id": "u1",
                "active": true
              }
            ],
            "counts": {
              "records": 1,
              "changes": 2,
              "staged": 0,
              "tasks": 0,
              "members": 2,
              "responses": 0,
              "mentions": 0
            },
            "open_tasks": [],
            "due_sessions": []
          }
        ]
      },
      "ErasedAccount": {
        "type": "object",
        "required": [
          "app_id",
          "slug",
          "id",
          "active"
        ],
        "properties": {
          "app_id": {
            "type": "string",
            "format": "uuid"
          },
          "slug": {
            "type": "string"
          },
          "id": {
            "type": "string"
          },
          "active": {
            "type": "boolean",
            "description": "Whether its system still had it at the last sync."
          }
        },
        "examples": [
          {
            "app_id": "7f0b5f39-7b7f-4a4e-9d6a-2f3c1d0e9a11",
            "slug": "account",
            "id": "u1",
            "active": true
          }
        ]
      },
      "OpenTask": {
        "type": "object",
        "required": [
          "app_id",
          "task_id",
          "action"
        ],
        "properties": {
          "app_id": {
            "type": "string",
            "format": "uuid"
          },
          "task_id": {
            "type": "string",
            "format": "uuid"
          },
          "action": {
            "$ref": "#/components/schemas/TaskAction"
          }
        },
        "examples": [
          {
            "app_id": "7f0b5f39-7b7f-4a4e-9d6a-2f3c1d0e9a11",
            "task_id": "4b8f0c5e-90a6-4d7c-8d0f-6a1c3f2e7b90",
            "action": "suspend_account"
          }
        ]
      },
      "DueSession": {
        "type": "object",
        "required": [
          "app_id",
          "sync_id"
        ],
        "properties": {
          "app_id": {
            "type": "string",
            "format": "uuid"
          },
          "sync_id": {
            "type": "string",
            "format": "uuid"
          }
        },
        "examples": [
          {
            "app_id": "7f0b5f39-7b7f-4a4e-9d6a-2f3c1d0e9a11",
            "sync_id": "0f5d0a0e-5d0c-4f2e-8a57-1d7f6c1f2b10"
          }
        ]
      }
    }
  }
} as const;
