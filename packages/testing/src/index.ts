export { runTask, type TaskToRun } from "./bridge/run-task.ts";
export { startBridge, type TestBridge } from "./bridge/start-bridge.ts";
export { checks, runCheck } from "./conformance/checks.ts";
export type { Check } from "./conformance/checks/check.ts";
export type { Finding } from "./conformance/finding.ts";
export type { ActionScenario, ManyRefs, NotApplicable, TestConnectorOptions, Upstream } from "./conformance/options.ts";
export { createSubject, type Opened, type Subject } from "./conformance/subject.ts";
export type { ReadResult } from "./conformance/read-everything.ts";
export { testConnector } from "./conformance/test-connector.ts";
