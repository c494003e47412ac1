import { existsSync } from "node:fs";
import { join } from "node:path";
import { root } from "./install.mjs";
import { findBrokenLinks } from "./links/find-broken-links.ts";
import { run } from "./run-command.ts";

// Fails where a Markdown file links to a file or heading that is not there. Addresses of other hosts are not called.
const listed = run(root, "git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", "*.md");
const files = listed.split("\0").filter((file) => file !== "" && existsSync(join(root, file)));
const broken = findBrokenLinks(root, files);
for (const { file, href, reason } of broken) console.error(`${file} links to ${href}: ${reason}`);
if (broken.length === 0) console.log(`Every link of ${files.length} Markdown files leads somewhere.`);
else process.exitCode = 1;
