import type { RequestIdVariables } from "hono/request-id";
import type { VerifiedKey } from "../keys/authenticate.ts";
import type { OperationId } from "./operation.ts";

/** What is known of a request while it is answered. */
export interface AppEnvironment {
  Bindings: {
    /** Where the request comes from; absent in process. */
    address?: string | undefined;
  };
  Variables: RequestIdVariables & {
    /** The operation that the address names. */
    operation?: OperationId;
    /** Who calls, once that is proven. */
    key?: VerifiedKey;
  };
}
