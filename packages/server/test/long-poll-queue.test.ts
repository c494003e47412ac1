import { expect, test, vi } from "vitest";
import { LongPollQueue } from "../src/tasks/long-poll-queue.ts";

const turn = () => new Promise((resolve) => setTimeout(resolve, 5));

/** A queue for a store of tasks, which counts how often it is read. */
function openQueue() {
  const store: { tasks: number; looks: number; due?: Date } = { tasks: 0, looks: 0 };
  const nextDue = async (after: Date) => (store.due && store.due > after ? store.due : undefined);
  const queue = new LongPollQueue({ nextDue, onError: () => {}, now: () => new Date() });
  const attempt = async () => {
    store.looks++;
    await turn();
    if (store.tasks === 0) return false;
    store.tasks--;
    return true;
  };
  return { store, queue, attempt };
}

test("a task costs two looks, however many wait for it", async () => {
  const { store, queue, attempt } = openQueue();
  const gone = new AbortController();
  let served = 0;
  const waits = Array.from({ length: 50 }, () => queue.wait(attempt, gone.signal).then(() => served++));
  await turn();
  await turn();
  store.looks = 0;
  store.tasks = 1;
  queue.signal();
  await expect.poll(() => served).toBe(1);
  await turn();
  await turn();
  expect(store.looks).toBe(2);
  store.tasks = 3;
  queue.signal();
  await expect.poll(() => served).toBe(4);
  await turn();
  await turn();
  expect(store.looks).toBe(6);
  gone.abort();
  await Promise.all(waits);
});

test("a task that comes during a look is looked for again", async () => {
  const { store, queue, attempt } = openQueue();
  const wait = queue.wait(attempt, new AbortController().signal);
  // The first look has begun, and sees nothing.
  setTimeout(() => {
    store.tasks = 1;
    queue.signal();
  }, 3);
  await wait;
  expect(store.tasks).toBe(0);
});

test("a look that fails affects only its own request, and the next one looks", async () => {
  const { store, queue, attempt } = openQueue();
  let isBroken = false;
  const broken = queue.wait(async () => {
    if (isBroken) throw new Error("the database is away");
    return false;
  }, new AbortController().signal);
  const failure = expect(broken).rejects.toThrow("the database is away");
  await turn();
  const sound = queue.wait(attempt, new AbortController().signal);
  await turn();
  await turn();
  isBroken = true;
  store.tasks = 1;
  queue.signal();
  await failure;
  await sound;
});

test("a request whose time ends while it takes a task gets it", async () => {
  const { store, queue, attempt } = openQueue();
  const over = new AbortController();
  let isFound = false;
  const wait = queue.wait(async () => (isFound = await attempt()), over.signal);
  await turn();
  await turn();
  store.tasks = 1;
  queue.signal();
  over.abort();
  await wait;
  expect({ isFound, left: store.tasks }).toEqual({ isFound: true, left: 0 });
});

test("a lease that was taken during a wait is looked for when it expires", async () => {
  const { store, queue, attempt } = openQueue();
  const wait = queue.wait(attempt, new AbortController().signal);
  await turn();
  await turn();
  store.due = new Date(Date.now() + 10);
  store.tasks = 1;
  queue.onClaimed();
  await wait;
  expect(store.tasks).toBe(0);
});

test("a task that comes due between a look and the plan of the next one is looked for at once", async () => {
  const dueAt = new Date("2026-01-01T00:00:00Z");
  let time = new Date(dueAt.getTime() - 1);
  const nextDue = async (after: Date) => (dueAt > after ? dueAt : undefined);
  const queue = new LongPollQueue({ nextDue, onError: () => {}, now: () => time });
  let found = 0;
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  try {
    const look = async () => {
      const isDue = dueAt <= time;
      time = dueAt;
      return isDue;
    };
    void queue.wait(look, new AbortController().signal).then(() => found++);
    await vi.advanceTimersByTimeAsync(1);
  } finally {
    vi.useRealTimers();
  }
  expect(found).toBe(1);
});
