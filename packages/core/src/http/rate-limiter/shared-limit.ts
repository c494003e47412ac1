/** A pause that some process learned from a response. */
export interface SharedPause {
  /** Whether it holds back all callers of the host, or those with the same credential. */
  scope: "host" | "credential";
  /** The name of the rate-limit bucket. */
  bucket: string;
  seconds: number;
}

export interface SharedCall {
  /** `https://wiki.example.com` */
  origin: string;
  /** Calls that may begin within a second, of all processes together; `Infinity` if there is no limit. */
  perSecond: number;
  /** Higher goes first. */
  priority: number;
  /** Rejects the wait when it aborts. */
  signal: AbortSignal | undefined;
}

/**
 * The rate limit of one credential, as several processes share it. Each process also keeps to the limit on its own, so an
 * implementation only has to slow it down.
 */
export interface SharedLimit {
  /** Resolves when the call may be sent, with the pauses that other processes have learned since the last call. */
  take(call: SharedCall): Promise<readonly SharedPause[]>;
  /** Tells the other processes about a pause; never throws. */
  pause(origin: string, pause: SharedPause): void;
}
