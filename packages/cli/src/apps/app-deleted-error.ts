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
