import { Argument, type Command } from "commander";
import type { ProgramTools } from "./program-tools.ts";

/** What a new operator begins with, and what helps at the prompt. */
export function addSetupCommands(program: Command, { io, exit }: ProgramTools): void {
  program
    .command("init")
    .description("write a config for the connectors that are installed in this folder")
    .argument("[connectors...]", "such as jira or hr:odoo; all that are installed where none is given")
    .option("-c, --config <file>", "file to write", "bridge.config.ts")
    .action(async (names, options) => (await import("../commands/init.ts")).init(names, options, io));

  program
    .command("doctor")
    .description("check Node, config, folder, disk, the Bridge, its clock and each system")
    .argument("[apps...]", "keys of the config's apps; all where none is given")
    .option("-c, --config <file>", "config file", "bridge.config.ts")
    .option("--verbose", "show what connectors log")
    .option("--json", "print one JSON object per line")
    .action(async (apps, options) => exit(await (await import("../commands/doctor.ts")).doctor(apps, options, io)));
}

/** Added last, so that it knows every other command. */
export function addCompletion(program: Command, { io }: ProgramTools): void {
  program
    .command("completion")
    .description("print a script that completes commands and options in a shell")
    .addArgument(new Argument("<shell>", "which one").choices(["bash", "zsh", "fish"]))
    .addHelpText(
      "after",
      `
  bash  source <(bridgekit completion bash)             in ~/.bashrc
  zsh   source <(bridgekit completion zsh)              in ~/.zshrc, after compinit
  fish  bridgekit completion fish | source              in ~/.config/fish/config.fish`,
    )
    .action(async (shell) =>
      io.print((await import("../output/completion.ts")).writeCompletion(program, shell).trimEnd()),
    );
}
