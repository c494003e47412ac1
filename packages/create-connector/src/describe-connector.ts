/** What a new connector is, and what of it to change first. */
export function describeConnector(folder: string, slug: string): string {
  const steps = [
    ["sandbox/app.ts", "answer as your product does"],
    [`src/${slug}-client.ts`, "call what your product offers"],
    [`src/${slug}.ts`, "say what is read, and what can be done"],
  ] as const;
  const width = Math.max(...steps.map(([file]) => file.length));
  const lines = steps.map(([file, what], index) => `  ${index + 1}. ${file.padEnd(width)}  ${what}`);
  return `${folder} is a connector that works, with a product that does not exist. Make it yours, one file at a time:\n\n${lines.join("\n")}`;
}
