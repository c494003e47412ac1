import type { Kind } from "@bridgekit/client";

/** The order in which the sync runner reads: an account may only refer to what already has a name. */
export const PUSH_ORDER: readonly Kind[] = ["group", "license", "account"];
