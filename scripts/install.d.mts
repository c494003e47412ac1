export const root: string;
/** The pinned pnpm, as npm names it: `pnpm@12.21.0`. */
export const pnpm: string;
export function install(): void;
export function buildConsole(): void;
