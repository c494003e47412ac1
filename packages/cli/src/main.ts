import { processIo } from "./command-io.ts";
import { endWithoutOutput } from "./output/lost-output.ts";
import { runCommand } from "./run-command.ts";

endWithoutOutput();
process.exitCode = await runCommand(process.argv.slice(2), processIo);
