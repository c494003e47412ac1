const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: "there is no space left on its disk; make room",
  EDQUOT: "the quota of its disk is used up; make room",
  EROFS: "its file system is read-only",
};

/** Names the file that could not be written and what to do: the system's message names neither. */
export function explainWrite(path: string, error: unknown): Error {
  const { code = "", message } = error as NodeJS.ErrnoException;
  return new Error(`${path} can't be written: ${REASONS[code] ?? message}.`, { cause: error });
}
