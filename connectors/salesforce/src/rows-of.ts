import { isSalesforceError } from "./salesforce-errors.ts";

export interface AbsentObject {
  /** The type that is read, for the reason. */
  slug: string;
  /** Gets the reason where the object is not there: `partial` of a type's own stream. */
  onAbsent: (reason: string) => void;
}

/**
 * The rows of a type, or none where the org does not have its object. Salesforce says the same where the user may not
 * see the object, so nobody loses anything for it.
 */
export async function* rowsOf<Row>(rows: AsyncIterable<Row>, { slug, onAbsent }: AbsentObject): AsyncGenerator<Row> {
  try {
    yield* rows;
  } catch (error) {
    if (!isSalesforceError(error, "INVALID_TYPE")) throw error;
    onAbsent(
      `${slug} is left out, because this org does not have it or does not show it to the connector's user: ` +
        (error as Error).message,
    );
  }
}
