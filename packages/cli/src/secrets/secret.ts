import { readFile } from "node:fs/promises";
import { ConfigError } from "@bridgekit/core";

/** Configs may come with a copy of this package of their own. */
const SECRET = Symbol.for("bridgekit.secret");

/** A reference to a secret, which is read when an app connects: the config, logs and rows have the reference only. */
export interface Secret {
  readonly [SECRET]: true;
  /** Where it is, for messages: `HR_KEY in the environment`. */
  readonly name: string;
  /** Reads it; throws an error that names the place and no secret. */
  read(): Promise<string>;
}

/** What a config may have in place of `T`: any text in it may be a reference. */
export type WithSecrets<T> = T extends string
  ? T | Secret
  : T extends (...args: never[]) => unknown
    ? T
    : T extends object
      ? { [Key in keyof T]: WithSecrets<T[Key]> }
      : T;

export interface SecretSource {
  /** Where the secret is, for messages. */
  name: string;
  read: () => Promise<string>;
}

/**
 * Refers to a secret that is kept anywhere, for example by the SDK of a cloud.
 *
 * @example
 * const key = defineSecret({ name: "hr/key in our store", read: () => store.get("hr/key") });
 */
export function defineSecret({ name, read }: SecretSource): Secret {
  // Nothing that is printed or walked shows more than the name.
  const hidden = { enumerable: false };
  return Object.defineProperties({} as Secret, {
    [SECRET]: { ...hidden, value: true },
    name: { ...hidden, value: name },
    read: { ...hidden, value: read },
    toJSON: { ...hidden, value: () => `[secret: ${name}]` },
  });
}

export function isSecret(value: unknown): value is Secret {
  return typeof value === "object" && value !== null && SECRET in value;
}

/** Refers to an environment variable of the process that connects the app. */
export function secretFromEnvironment(variable: string): Secret {
  return defineSecret({
    name: `${variable} in the environment`,
    async read() {
      const value = process.env[variable];
      if (value === undefined || value === "")
        throw new ConfigError(`The environment variable ${variable} is not set.`);
      return value;
    },
  });
}

/** Refers to a file, such as one that Docker, Kubernetes or systemd mounts; a line break at its end does not count. */
export function secretFromFile(path: string): Secret {
  return defineSecret({
    name: `the file ${path}`,
    async read() {
      const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
        throw new ConfigError(`The file ${path} can't be read: ${error.code ?? error.message}.`);
      });
      const value = text.replace(/\r?\n$/, "");
      if (value === "") throw new ConfigError(`The file ${path} is empty.`);
      return value;
    },
  });
}
