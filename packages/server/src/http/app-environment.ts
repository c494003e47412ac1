import type { RequestIdVariables } from "hono/request-id";
import type { VerifiedKey } from "../keys/authenticate.ts";
import type { OperationId } from "./operation.ts";

/** What is known of a request while it is handled. */
export interface AppEnvironment {
  Bindings: {
    /** Address of the client; absent in process. */
    address?: string | undefined;
  };
  Variables: RequestIdVariables & {
    /** The operation that the URL names. */
    operation?: OperationId;
    /** The caller, once authenticated. */
    key?: VerifiedKey;
  };
}
