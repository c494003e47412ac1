import type { Command } from "commander";

export const SHELLS = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof SHELLS)[number];

/** For each command path, the subcommands and options that may follow. */
type Words = ReadonlyMap<string, readonly string[]>;

/** Returns a completion script generated from the commands. */
export function writeCompletion(program: Command, shell: Shell): string {
  const words = new Map(collect(program, ""));
  switch (shell) {
    case "bash":
      return writeBash(words);
    case "zsh":
      // zsh can run bash completions.
      return `#compdef bridgekit\nautoload -U +X bashcompinit && bashcompinit\n${writeBash(words)}`;
    case "fish":
      return writeFish(words);
    default:
      shell satisfies never;
      return "";
  }
}

function* collect(command: Command, path: string): Generator<[string, string[]]> {
  const options = command.options.filter(({ hidden }) => !hidden).flatMap(({ long }) => long ?? []);
  const names = command.commands.map((child) => child.name());
  yield [path, [...names, ...options, "--help"]];
  for (const child of command.commands) yield* collect(child, path === "" ? child.name() : `${path} ${child.name()}`);
}

function writeBash(words: Words): string {
  const cases = [...words].map(
    ([path, next]) => `    ${JSON.stringify(path)}) next=${JSON.stringify(next.join(" "))} ;;`,
  );
  const paths = [...words.keys()]
    .filter((path) => path !== "")
    .map((path) => `      ${JSON.stringify(path)}) path="$longer" ;;`);
  return `_bridgekit() {
  local path="" longer word next=""
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    longer="\${path:+$path }$word"
    case "$longer" in
${paths.join("\n")}
    esac
  done
  case "$path" in
${cases.join("\n")}
  esac
  COMPREPLY=($(compgen -W "$next" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _bridgekit bridgekit
`;
}

function writeFish(words: Words): string {
  const lines = [...words].map(([path, next]) => {
    const condition = path === "" ? "__bridgekit_at" : `__bridgekit_at ${path}`;
    return `complete -c bridgekit -n ${JSON.stringify(condition)} -a ${JSON.stringify(next.join(" "))}`;
  });
  const paths = [...words.keys()].filter((path) => path !== "").map((path) => JSON.stringify(path));
  return `function __bridgekit_at
  set -l paths ${paths.join(" ")}
  set -l path
  for word in (commandline -opc)[2..]
    if contains -- (string join " " $path $word) $paths
      set -a path $word
    end
  end
  test "$path" = "$argv"
end
${lines.join("\n")}
`;
}
