import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "./styles/console.css";
import { queryClient } from "./api/query-client.ts";
import { applyPreferences } from "./frame/preferences.ts";
import { router } from "./router.tsx";
import { resumeSession } from "./session/session.ts";

applyPreferences();
await resumeSession();
createRoot(document.querySelector("#console")!).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
);
