import { shareBridge } from "@bridgekit/testing";

/** Runs one task through a real Bridge. */
export const { runTask } = await shareBridge();
