export { FileInUseError, lockFile, type FileLock } from "./lock-file.ts";
