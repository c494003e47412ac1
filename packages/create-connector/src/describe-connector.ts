/** Describes a new connector and the files to change first. */
export function describeConnector(folder: string, slug: string): string {
  const steps = [
    ["sandbox/app.ts", "respond as your product does"],
    [`src/${slug}-client.ts`, "call your product's API"],
    [`src/${slug}.ts`, "declare what is read and what can be done"],
  ] as const;
  const width = Math.max(...steps.map(([file]) => file.length));
  const lines = steps.map(([file, what], index) => `  ${index + 1}. ${file.padEnd(width)}  ${what}`);
  return `${folder} is a working connector for a product that does not exist. Make it yours, one file at a time:\n\n${lines.join("\n")}`;
}
