import { Argument, type Command } from "commander";
import type { ProgramTools } from "./program-tools.ts";

/** Commands to start with. */
export function addSetupCommands(program: Command, { io, exit }: ProgramTools): void {
  program
    .command("init")
    .description("write a config for the connectors installed in this folder")
    .argument("[connectors...]", "such as jira or hr:odoo (default: all installed)")
    .option("-c, --config <file>", "file to write", "bridge.config.ts")
    .action(async (names, options) => (await import("../commands/init.ts")).init(names, options, io));

  program
    .command("doctor")
    .description("check Node, the config, its folder, the disk, the Bridge, its clock and each system")
    .argument("[apps...]", "keys of apps in the config (default: all)")
    .option("-c, --config <file>", "config file", "bridge.config.ts")
    .option("--verbose", "show the connectors' log messages")
    .option("--json", "print one JSON object per line")
    .action(async (apps, options) => exit(await (await import("../commands/doctor.ts")).doctor(apps, options, io)));
}

/** Must be added last, because it completes all other commands. */
export function addCompletion(program: Command, { io }: ProgramTools): void {
  program
    .command("completion")
    .description("print a completion script for a shell")
    .addArgument(new Argument("<shell>", "shell to complete in").choices(["bash", "zsh", "fish"]))
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
