import tailwindcss from "@tailwindcss/vite";
import { defineConfig, type Rolldown } from "vite";
import { firstViewBudget } from "./build/first-view-budget.ts";

/** Libraries mark what a server may not render; nothing here is rendered by a server. */
const onLog: Rolldown.InputOptions["onLog"] = (level, log, print) => {
  if (log.code !== "MODULE_LEVEL_DIRECTIVE") print(level, log);
};

export default defineConfig({
  // Every address in the build is relative: the server says in `<base>` where the console begins.
  base: "./",
  plugins: [tailwindcss(), firstViewBudget({ views: ["overview-page"], limitBytes: 180_000 })],
  build: {
    target: "es2023",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 600,
    rolldownOptions: { onLog },
  },
  // `pnpm dev` shows the Bridge of `npm start`.
  server: { proxy: { "/org": "http://127.0.0.1:7400" } },
});
