import { NotFoundError } from "./http-error.ts";

export async function unbuilt(): Promise<never> {
  throw new NotFoundError("This operation is not built yet.");
}
