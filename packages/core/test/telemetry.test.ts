import { context, metrics, SpanStatusCode, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { defineConnector, TaskError, type Http } from "../src/index.ts";
import {
  createConnection,
  createMemoryJournal,
  registerResourceTypes,
  runSync,
  runTasks,
  type Connection,
} from "../src/run.ts";
import { startBridge, type TestBridge } from "./support/start-bridge.ts";

const CANARY = "canary-5b2d";
const retry = { retries: 1, minDelaySeconds: 0.001, maxDelaySeconds: 0.002 };
const spans = new InMemorySpanExporter();
const exported = new InMemoryMetricExporter(AggregationTemporality.DELTA);
const reader = new PeriodicExportingMetricReader({ exporter: exported, exportIntervalMillis: 3_600_000 });
let bridge: TestBridge;
let appId: string;
let isDown = false;

beforeAll(async () => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter: spans })] }));
  metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }));
  bridge = await startBridge();
  appId = (await bridge.client.createApp({ name: "Wiki" })).id;
  await registerResourceTypes(bridge.client, appId, (await connect()).connector);
});
afterAll(() => bridge[Symbol.asyncDispose]());
beforeEach(async () => {
  isDown = false;
  await metricsNow();
  spans.reset();
});

/** A wiki that lists 150 people and has no free seat. */
function connect(): Promise<Connection> {
  const wiki = defineConnector({
    name: "wiki",
    title: "Wiki",
    config: z.object({ token: z.string() }),
    resourceTypes: { account: { type: "account", name: "User" } },
    connect: (_config, { http }): Http => http({ system: "Wiki", baseUrl: "https://wiki.example.com" }),
    check: async () => [],
    sync: ({ client }) => ({
      async *account() {
        const people = await client.request<number[]>({ method: "GET", path: `/people/${CANARY}` });
        for (const n of people) yield { id: `u${n}`, email: `u${n}@example.com` };
      },
    }),
    tasks: {
      async suspend_account({ client }) {
        await client.request({ method: "POST", path: "/suspend" });
      },
      async unsuspend_account() {
        throw new TaskError("LICENSE_EXHAUSTED", `No seat, says ${CANARY}`);
      },
    },
  });
  const fetch = async () =>
    isDown ? new Response(CANARY, { status: 500 }) : Response.json(Array.from({ length: 150 }, (_, index) => index));
  return createConnection(wiki, { token: CANARY }, { fetch, retry });
}

/** The metrics since the last call, as `name status 3`, without times. */
async function metricsNow(): Promise<string[]> {
  await reader.forceFlush();
  const all = exported.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics));
  exported.reset();
  return all.flatMap(({ descriptor, dataPoints }) =>
    dataPoints.map(({ attributes, value }) => {
      const labels = ["error.type", "bridge.sync.status", "bridge.task.status"].map((label) => attributes[label]);
      const of = labels.find((label) => typeof label === "string") ?? "";
      return [descriptor.name, of, typeof value === "number" ? value : `${value.count} measured`].join(" ");
    }),
  );
}

/** The ended spans, each as a path of names. */
function paths(): string[] {
  const all = spans.getFinishedSpans();
  const path = (span: (typeof all)[number]): string => {
    const parent = all.find((other) => other.spanContext().spanId === span.parentSpanContext?.spanId);
    return parent ? `${path(parent)} > ${span.name}` : span.name;
  };
  return all.map(path).toSorted();
}

const everything = () =>
  JSON.stringify(
    spans.getFinishedSpans().map(({ name, attributes, events, status }) => [name, attributes, events, status]),
  );

test("a sync is a span with its streams and calls in it, an event for each page, and counts", async () => {
  await runSync({ bridge: bridge.client, appId, connection: await connect(), retry });
  expect(paths()).toEqual(["bridge.sync", "bridge.sync > bridge.stream", "bridge.sync > bridge.stream > GET"]);
  const sync = spans.getFinishedSpans().find(({ name }) => name === "bridge.sync")!;
  expect(sync.attributes).toMatchObject({
    "bridge.app.id": appId,
    "bridge.connector": "wiki",
    "bridge.sync.status": "completed",
  });
  expect(sync.events.map(({ attributes }) => attributes?.["bridge.records"])).toHaveLength(2);
  expect((await metricsNow()).toSorted()).toEqual([
    "bridge.records.pushed  150",
    "bridge.sync.duration completed 1 measured",
    "bridge.syncs completed 1",
    "bridge.upstream.call.duration  1 measured",
    "bridge.upstream.calls  1",
  ]);
});

test("a failed sync is recorded by its code, each try is a span, and none contains a path or message", async () => {
  isDown = true;
  await expect(runSync({ bridge: bridge.client, appId, connection: await connect(), retry })).rejects.toThrow();
  expect(paths().filter((path) => path.endsWith("GET"))).toHaveLength(2);
  const sync = spans.getFinishedSpans().find(({ name }) => name === "bridge.sync")!;
  expect(sync.attributes["error.type"]).toBe("UPSTREAM");
  expect(sync.status).toEqual({ code: SpanStatusCode.ERROR });
  expect(everything()).not.toContain(CANARY);
  expect(await metricsNow()).toContain("bridge.syncs UPSTREAM 1");
});

test("a task is a span with its calls in it, counted by outcome", async () => {
  const connection = await connect();
  await runSync({ bridge: bridge.client, appId, connection, retry });
  spans.reset();
  for (const action of ["suspend_account", "unsuspend_account"] as const)
    await bridge.client.createTask(appId, { action, payload: { account: { id: "u1" } } });
  await runTasks({ bridge: bridge.client, appId, connection, journal: createMemoryJournal(), retry });
  expect(paths()).toEqual(["bridge.task", "bridge.task", "bridge.task > POST"]);
  expect(everything()).toContain("LICENSE_EXHAUSTED");
  expect(everything()).not.toContain(CANARY);
  const counted = await metricsNow();
  expect(counted).toContain("bridge.tasks completed 1");
  expect(counted).toContain("bridge.tasks LICENSE_EXHAUSTED 1");
});
