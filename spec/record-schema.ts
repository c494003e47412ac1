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
