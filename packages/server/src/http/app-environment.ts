import type { RequestIdVariables } from "hono/request-id";
import type { VerifiedKey } from "../keys/authenticate.ts";
import type { OperationId } from "./operation.ts";

/** What is known of a request while it is handled. */
export interface AppEnvironment {
  Bindings: {
    /** Address of the client; absent in process. */
    address?: string | undefined;
    /** Resolves once the client has read the response, or has gone; absent in process. */
    read?: Promise<void> | undefined;
  };
  Variables: RequestIdVariables & {
    /** The operation that the URL names. */
    operation?: OperationId;
    /** The caller, once authenticated. */
    key?: VerifiedKey;
  };
}
