// Generated from spec/openapi.yaml by `pnpm generate`. Do not edit.

/** The JSON Schema that the contract uses for records. */
export interface Schema {
  $ref?: string;
  type?: string;
  enum?: readonly unknown[];
  required?: readonly string[];
  properties?: Readonly<Record<string, Schema>>;
  additionalProperties?: Schema;
  items?: Schema;
  maxItems?: number;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  allOf?: readonly Schema[];
  anyOf?: readonly Schema[];
}

export const recordSchemas = {
  "Ref": {
    "type": "object",
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
    }
  },
  "RefMap": {
    "type": "object",
    "additionalProperties": {
      "type": "array",
      "maxItems": 100,
      "items": {
        "$ref": "#/components/schemas/Ref"
      }
    }
  },
  "RecordStatus": {
    "type": "string",
    "enum": [
      "active",
      "inactive",
      "suspended"
    ]
  },
  "AccountFields": {
    "type": "object",
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
        "type": "boolean"
      },
      "unknown_refs": {
        "type": "array",
        "maxItems": 100,
        "items": {
          "type": "string",
          "minLength": 1,
          "maxLength": 63
        }
      }
    }
  },
  "AccountRecord": {
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
    }
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
        "minimum": 0
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
    }
  }
} as const satisfies Record<string, Schema>;
