const EXTENSIONS = [
  "continued-records",
  "unknown-refs",
  "claims",
  "begun-tasks",
  "capabilities",
  "receipts",
  "generations",
  "runners",
] as const;

/** The header that announces what this Bridge offers beyond the guide. */
export const announcedExtensions = { "x-bridge-extensions": EXTENSIONS.join(", ") };
