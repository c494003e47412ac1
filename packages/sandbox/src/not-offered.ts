/**
 * Thrown if a stand-in does not model something that the product may have. The response (status 501, with the header
 * `x-stand-in: not-offered`) cannot be mistaken for one of the product.
 */
export class NotOffered extends Error {
  override readonly name = "NotOffered";

  /** `what` is a call, a field, a permission: `GET /rest/api/3/issue`. */
  constructor(what: string) {
    super(`${what} is not offered by this stand-in. The product itself may well have it.`);
  }

  /** `toBody` puts the message where the product's own errors have it, so that clients show it. */
  toResponse(toBody: (message: string) => unknown = (message) => ({ message })): Response {
    return Response.json(toBody(this.message), { status: 501, headers: { "x-stand-in": "not-offered" } });
  }
}
