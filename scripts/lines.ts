import { BUDGETS, MOST_FILES, sizeOf } from "./count-lines.ts";

// Prints the lines of code of each connector and their limit.
for (const { folder, lines: most } of BUDGETS) {
  const { files, lines } = sizeOf(folder);
  const isOver = lines > most || files > MOST_FILES;
  console.log(`${folder}: ${lines} lines of ${most}, ${files} files of ${MOST_FILES}${isOver ? " - too much" : ""}`);
  if (isOver) process.exitCode = 1;
}
