import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { ConnectorNames } from "./connector-names.ts";

/** Texts by their path in the package, with slashes. */
export type Files = Record<string, string>;

const template = fileURLToPath(new URL("../template/", import.meta.url));

/** The files of the template, which is a connector for "My system", under other names. */
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
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    files[rename(file.slice(template.length).split(sep).join("/"))] = rename(readFileSync(file, "utf8"));
  }
  return files;
}

const ANY_FORM = /my-system-package|my-system|mySystem|MySystem|My system|MY_SYSTEM/g;
