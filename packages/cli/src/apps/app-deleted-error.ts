interface DeletedApp {
  key: string;
  name: string;
  id: string;
}

/** The app that a key of the config has fed is no longer on the Bridge; only a person decides whether there is another. */
export class AppDeletedError extends Error {
  override readonly name = "AppDeletedError";

  constructor({ key, name, id }: DeletedApp) {
    super(
      `apps.${key}: the Bridge no longer has its app "${name}" (${id}): it was deleted there, or the API key may no longer ` +
        `use it`,
    );
  }
}

/** The message of an error, and if the app was deleted on the Bridge what to do about it. */
export function describeOpening(error: unknown, key: string, shown: string): string {
  const { message } = error as Error;
  if (!(error instanceof AppDeletedError)) return message;
  return `${message}. \`bridgekit sync ${key}\` creates it again; or remove apps.${key} from ${shown}.`;
}
