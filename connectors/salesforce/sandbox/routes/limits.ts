import { createRoutes } from "../api.ts";

export const limits = createRoutes();

limits.get("/limits", (context) => {
  const { used, max } = context.var.usage;
  return context.json({
    DailyApiRequests: { Max: max, Remaining: Math.max(0, max - used) },
    ConcurrentAsyncGetReportInstances: { Max: 200, Remaining: 200 },
    DataStorageMB: { Max: 5, Remaining: 5 },
  });
});

limits.get("/", (context) => {
  const { root } = context.var;
  const names = ["sobjects", "query", "queryAll", "limits", "composite"];
  return context.json(Object.fromEntries(names.map((name) => [name, `${root}/${name}`])));
});
