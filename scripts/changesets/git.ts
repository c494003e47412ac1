import { ask, run } from "../run-command.ts";

/** Reads a git repository, the files that are not committed yet included. */
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

  /** The commit of a branch or a tag; undefined where there is none. */
  commit(name: string): string | undefined {
    return this.#try("rev-parse", "--verify", "--quiet", `${name}^{commit}`);
  }

  mergeBase(commit: string): string | undefined {
    return this.#try("merge-base", commit, "HEAD");
  }

  /** The newest tag behind HEAD that begins so. */
  lastTag(prefix: string): string | undefined {
    return this.#try("describe", "--tags", "--abbrev=0", "--match", `${prefix}*`);
  }

  read(commit: string, file: string): string | undefined {
    return this.#try("show", `${commit}:${file}`);
  }

  /** Files that differ from a commit, or all where there is none; those not committed yet included. */
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
