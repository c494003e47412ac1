import type { Command } from "commander";

/** Finds unknown commands in a text, such as `bridgekit session` instead of `sessions`. */
export function findUnknownCommands(text: string, program: Command): string[] {
  const calls = text.matchAll(/(?:npx |exec |`|^)bridgekit ([a-z][\w-]*)(?: ([A-Za-z][\w-]*))?/gm);
  return [...calls].flatMap(([, name = "", word]) => {
    const command = find(program, name);
    if (!command) return [`bridgekit ${name}`];
    const isGroup = command.commands.length > 0 && command.registeredArguments.length === 0;
    const isKnown = word === undefined || find(command, word) !== undefined;
    return isGroup && !isKnown ? [`bridgekit ${name} ${word}`] : [];
  });
}

function find(parent: Command, name: string): Command | undefined {
  return parent.commands.find((known) => known.name() === name || known.aliases().includes(name));
}
