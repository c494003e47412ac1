import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { ConnectorNames } from "./connector-names.ts";

/** Texts by their path in the package, with slashes. */
export type Files = Record<string, string>;

const template = fileURLToPath(new URL("../template/", import.meta.url));

/** Returns the files of the template, a connector for "My system", with the new names. */
export function renderTemplate({ slug, camel, pascal, title, constant }: ConnectorNames, packageName: string): Files {
  const forms: Record<string, string> = {
    "my-system-package": packageName,
    "my-system": slug,
    mySystem: camel,
    MySystem: pascal,
    "My system": title,
    MY_SYSTEM: constant,
  };
  const rename = (text: string) => text.replaceAll(ANY_FORM, (form) => forms[form]!);
  const files: Files = {};
  for (const entry of readdirSync(template, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    const path = file.slice(template.length).split(sep).join("/");
    // The template's own tests leave a cache there.
    if (!entry.isFile() || path.startsWith("node_modules/")) continue;
    files[rename(path)] = rename(readFileSync(file, "utf8"));
  }
  return files;
}

const ANY_FORM = /my-system-package|my-system|mySystem|MySystem|My system|MY_SYSTEM/g;
