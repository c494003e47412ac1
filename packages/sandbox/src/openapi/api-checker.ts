import type { SandboxCall } from "../sandbox-call.ts";
import { parseBody } from "../sandbox-call.ts";
import { checkParameters } from "./check-parameters.ts";
import { readDocumentSchemas } from "./document-schemas.ts";
import { createOperationFinder, escapePointer, type OpenApiDocument, type Operation } from "./find-operation.ts";
import type { Violation } from "./violation.ts";

/** A vendor's OpenAPI 3.0 or 3.1 document, and the calls that it covers. */
export interface ApiDescription {
  /** The parsed document. */
  document: unknown;
  /** The prefix of the document's paths, as in its `servers`: `/gateway/api`. */
  basePath?: string;
  /** Whether it describes a path; all by default. A path without a description is not checked. */
  covers?: (path: string) => boolean;
  /** Statuses that are allowed although undescribed, since a gateway may return them. */
  gatewayStatuses?: readonly number[];
}

export interface ApiChecker {
  readonly violations: readonly Violation[];
  checkRequest(call: SandboxCall): void;
  /** Leaves the response readable. */
  checkResponse(call: SandboxCall, response: Response): Promise<void>;
}

const GATEWAY_STATUSES = [401, 429, 500, 502, 503, 504];

/** Collects requests and responses that do not match the descriptions. */
export function createApiChecker(descriptions: readonly ApiDescription[]): ApiChecker {
  const violations: Violation[] = [];
  const readers = descriptions.map(readDescription);

  function find(call: SandboxCall) {
    return readers.find(({ covers }) => covers(call.path));
  }
  function add(side: Violation["side"], { method, path }: SandboxCall, messages: readonly string[]): void {
    for (const message of messages) violations.push({ side, call: `${method} ${path}`, message });
  }

  return {
    violations,
    checkRequest(call) {
      const reader = find(call);
      if (reader) add("request", call, reader.checkRequest(call));
    },
    async checkResponse(call, response) {
      const reader = find(call);
      if (!reader) return;
      add("response", call, reader.checkResponse(call, response, await response.clone().text()));
    },
  };
}

function readDescription({ document, basePath = "", covers = () => true, gatewayStatuses }: ApiDescription) {
  const description = document as OpenApiDocument;
  const schemas = readDocumentSchemas(description);
  const findOperation = createOperationFinder(description);
  const tolerated = gatewayStatuses ?? GATEWAY_STATUSES;

  function operationOf({ method, path }: SandboxCall): Operation | undefined {
    return path.startsWith(basePath) ? findOperation(method, path.slice(basePath.length)) : undefined;
  }

  /** Checks a body by the schema of its media type; any body is valid without one. */
  function checkBody(contentPointer: string, mediaType: string, body: unknown): string[] {
    const content = schemas.resolve(contentPointer);
    if (!content) return [];
    const types = Object.keys(content.value as object);
    const declared = types.find((type) => type === mediaType || type === "*/*");
    if (declared === undefined)
      return types.length === 0
        ? []
        : [`has ${mediaType ? `content type ${mediaType}` : "no content type"}; described are ${types.join(", ")}`];
    const schema = schemas.resolve(`${content.pointer}/${escapePointer(declared)}/schema`);
    return schema && /json/.test(mediaType) ? schemas.check(schema.pointer, body) : [];
  }

  function checkRequest(call: SandboxCall): string[] {
    const operation = operationOf(call);
    if (!operation) return ["the operation is not described"];
    const messages = checkParameters(operation, call, schemas);
    const described = schemas.resolve(`${operation.pointer}/requestBody`);
    if (call.body === undefined) return described?.value.required === true ? [...messages, "has no body"] : messages;
    if (!described) return [...messages, "has a body, but none is described"];
    const mediaType = typeof call.body === "string" ? "text/plain" : "application/json";
    return [...messages, ...checkBody(`${described.pointer}/content`, mediaType, call.body)];
  }

  function checkResponse(call: SandboxCall, { status, headers }: Response, text: string): string[] {
    const operation = operationOf(call);
    // The request is a violation already.
    if (!operation) return [];
    const keys = [String(status), `${Math.floor(status / 100)}XX`, "default"];
    const described = keys.map((key) => schemas.resolve(`${operation.pointer}/responses/${key}`)).find(Boolean);
    if (!described) return tolerated.includes(status) ? [] : [`the status ${status} is not described`];
    if (text === "") return [];
    const mediaType = (headers.get("content-type") ?? "").split(";")[0]!.trim().toLowerCase();
    const messages = checkBody(`${described.pointer}/content`, mediaType, parseBody(text));
    return messages.map((message) => `${status}: ${message}`);
  }

  return { covers, checkRequest, checkResponse };
}
