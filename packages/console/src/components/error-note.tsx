import { isApiError } from "@bridgekit/client";
import { CircleX } from "lucide-react";
import { Button } from "./button.tsx";
import { CopyButton } from "./copy-button.tsx";

interface ErrorNoteProps {
  error: Error;
  /** What did not happen: `The apps could not be read`. */
  title: string;
  /** What is safe all the same. */
  safe?: string;
  onRetry?: () => void;
}

/** What happened, what is safe, what to do, and the id to search the log of the Bridge for. */
export function ErrorNote({ error, title, safe = "Nothing was changed.", onRetry }: ErrorNoteProps) {
  const { said, advice, requestId } = explain(error);
  return (
    <div role="alert" className="flex max-w-160 gap-3 rounded-md border border-line p-4 text-sm">
      <CircleX size={16} aria-hidden className="mt-0.5 shrink-0 text-red" />
      <div className="flex min-w-0 flex-col gap-1">
        <p className="font-medium">{title}</p>
        <p className="text-soft">
          {said} {safe} {advice}
        </p>
        {requestId !== undefined && (
          <p className="flex items-center gap-1 text-xs text-faint">
            Request id <code>{requestId}</code> <CopyButton text={requestId} name="the request id" />
          </p>
        )}
        {onRetry && (
          <div className="pt-2">
            <Button onClick={onRetry}>Try again</Button>
          </div>
        )}
      </div>
    </div>
  );
}

function explain(error: Error): { said: string; advice: string; requestId: string | undefined } {
  if (!isApiError(error))
    return {
      said: "The Bridge can't be reached.",
      advice: "Check that it runs and that this computer reaches it.",
      requestId: undefined,
    };
  const said = endSentence(error.detail);
  const { requestId } = error;
  if (error.status === 403) return { said, advice: "Sign in with a key whose role allows it.", requestId };
  if (error.status === 429 || error.status >= 500) return { said, advice: "Try again in a moment.", requestId };
  return { said, advice: "", requestId };
}

function endSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
