/** For so long after the last input somebody counts as being there. */
const ATTENDED_MS = 60_000;

// Whoever opened the page is there.
let lastInput = performance.now();
for (const type of ["pointerdown", "pointermove", "wheel", "keydown"])
  addEventListener(type, () => void (lastInput = performance.now()), { capture: true, passive: true });

/** Whether somebody uses the page; what it reads by itself keeps no session alive. */
export function isAttended(): boolean {
  return performance.now() - lastInput < ATTENDED_MS;
}
