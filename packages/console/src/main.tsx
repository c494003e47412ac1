import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "./styles/console.css";
import { queryClient } from "./api/query-client.ts";
import { applyPreferences } from "./frame/preferences.ts";
import { router } from "./router.tsx";
import { currentSession, resumeSession } from "./session/session.ts";
import { tellTabs } from "./session/tabs.ts";

applyPreferences();
await resumeSession();
// Tabs whose session has expired go on with this one.
if (currentSession()?.person !== undefined) tellTabs("in");
createRoot(document.querySelector("#console")!).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
);
