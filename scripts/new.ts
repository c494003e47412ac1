import { main } from "../packages/create-connector/src/main.ts";

// `pnpm new connector NAME`
const [what, ...args] = process.argv.slice(2);
if (what === "connector") process.exitCode = await main(args);
else {
  console.error(`Use: pnpm new connector NAME${what === undefined ? "" : `. There is no template for a "${what}"`}`);
  process.exitCode = 2;
}
