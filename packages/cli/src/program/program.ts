import { Command } from "commander";
import manifest from "../../package.json" with { type: "json" };
import type { CommandIo } from "../command-io.ts";
import { addBridgeCommands } from "./bridge-commands.ts";
import { addFleetCommands } from "./fleet-commands.ts";
import { addObjectCommands, addPeopleCommands } from "./object-commands.ts";
import { addRunnerCommands } from "./runner-commands.ts";
import { addCompletion, addSetupCommands } from "./setup-commands.ts";

/** Builds the command line. Each action imports its command when it is called, so that help stays fast. */
export function createProgram(io: CommandIo, exit: (code: number) => void): Command {
  const program = new Command("bridgekit")
    .description("Who has access to what, in every system a company runs.")
    .version(manifest.version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.print(text.trimEnd()),
      writeErr: (text) => io.warn(text.trimEnd()),
      ...(io.columns !== undefined && { getOutHelpWidth: () => io.columns! }),
    })
    // Leaves out the aliases.
    .configureHelp({ subcommandTerm: (command) => toTerm(command) })
    .showHelpAfterError("(run `bridgekit --help` for commands and options)");

  addSetupCommands(program, { io, exit });
  addRunnerCommands(program, { io, exit });
  addFleetCommands(program, { io, exit });
  addObjectCommands(program, { io, exit });
  addPeopleCommands(program, { io, exit });
  addBridgeCommands(program, { io, exit });
  addCompletion(program, { io, exit });
  return program;
}

/** `records` for a command with subcommands, `sync [apps...]` for one without. */
function toTerm(command: Command): string {
  if (command.commands.length > 0) return command.name();
  const names = command.registeredArguments.map((argument) => {
    const name = argument.name() + (argument.variadic ? "..." : "");
    return argument.required ? `<${name}>` : `[${name}]`;
  });
  return [command.name(), ...names].join(" ");
}
