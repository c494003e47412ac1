/** The first line of a backup. */
export interface BackupHeader {
  format: "bridgekit-backup";
  version: 1;
  /** The version of the tables of its rows. */
  migration: string;
  created_at: string;
}

/** The last line of a backup: the number of its rows. */
export interface BackupEnd {
  rows: number;
}

/** @throws Error if the line is no header of a backup that this Bridge can read. */
export function readHeader(line: string): BackupHeader {
  const header = parse(line) as Partial<BackupHeader> | undefined;
  if (header?.format !== "bridgekit-backup")
    throw new Error("This is not a backup of a Bridge: its first line is not the header of one.");
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
