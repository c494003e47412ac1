/** The first line of a backup. */
export interface BackupHeader {
  format: "bridgekit-backup";
  version: 1;
  /** The version of the tables that its rows are from. */
  migration: string;
  created_at: string;
}

/** The last line of a backup: how many rows it has. */
export interface BackupEnd {
  rows: number;
}

/** @throws Error where the line begins no backup that this Bridge can read. */
export function readHeader(line: string): BackupHeader {
  const header = parse(line) as Partial<BackupHeader> | undefined;
  if (header?.format !== "bridgekit-backup")
    throw new Error("This is not a backup of a Bridge: its first line says so.");
  if (header.version !== 1)
    throw new Error(`The backup has format ${String(header.version)}; this Bridge reads 1. Use a newer one.`);
  return header as BackupHeader;
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
