import { ask, run } from "../run-command.ts";

/** Reads a git repository, including uncommitted files. */
export class Git {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  isRepository(): boolean {
    return this.#try("rev-parse", "--git-dir") !== undefined;
  }

  isShallow(): boolean {
    return this.#try("rev-parse", "--is-shallow-repository") === "true";
  }

  /** The commit of a branch or a tag; undefined if it does not exist. */
  commit(name: string): string | undefined {
    return this.#try("rev-parse", "--verify", "--quiet", `${name}^{commit}`);
  }

  mergeBase(commit: string): string | undefined {
    return this.#try("merge-base", commit, "HEAD");
  }

  /** The newest ancestor tag of HEAD with this prefix. */
  lastTag(prefix: string): string | undefined {
    return this.#try("describe", "--tags", "--abbrev=0", "--match", `${prefix}*`);
  }

  read(commit: string, file: string): string | undefined {
    return this.#try("show", `${commit}:${file}`);
  }

  /** Files that differ from a commit, or all files without one; includes uncommitted files. */
  changedSince(commit: string | undefined): string[] {
    const tracked = commit ? this.#list("diff", "--name-only", "--no-renames", commit) : this.#list("ls-files");
    return [...tracked, ...this.#list("ls-files", "--others", "--exclude-standard")].sort();
  }

  #list(...args: string[]): string[] {
    return run(this.#root, "git", ...args, "-z")
      .split("\0")
      .filter((file) => file !== "");
  }

  #try(...args: string[]): string | undefined {
    const { status, stdout } = ask(this.#root, "git", ...args);
    return status === 0 ? stdout.trim() : undefined;
  }
}
