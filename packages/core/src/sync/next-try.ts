const FIRST_PAUSE_SECONDS = 30;
const LONGER_BY = 4;

/**
 * When an app is synced again whose last syncs failed: soon, as a Bridge or a system that was away may be back, and later
 * each time, but not after its usual time. Apps that failed together are not tried together.
 */
export function nextTry(usual: Date, { endedAt, failures }: { endedAt: Date; failures: number }): Date {
  if (failures === 0) return usual;
  const seconds = FIRST_PAUSE_SECONDS * LONGER_BY ** (failures - 1) * (0.5 + Math.random() / 2);
  return new Date(Math.min(usual.getTime(), endedAt.getTime() + seconds * 1000));
}
