/** The body of a response of the typed calls, which throw for any status that is an error. */
export async function read<T>(call: Promise<{ data?: T; response: Response }>): Promise<T> {
  const { data, response } = await call;
  if (data === undefined) throw new Error(`The Bridge responded ${response.status} without a body.`);
  return data;
}
