import { htmlResponse, jsonResponse } from "@bridgekit/sandbox";
import { Hono } from "hono";
import type { OdooDatabase } from "./database.ts";
import { badRequest, notFound, notOffered, OdooError, unauthorized } from "./errors.ts";
import { callMethod, type Arguments } from "./methods.ts";
import { createModels } from "./models.ts";
import type { ApiKeyRow } from "./state.ts";
import { NO_DATABASE_PAGE, werkzeugPage } from "./responses.ts";

export interface AppOptions {
  db: OdooDatabase;
  /** API keys and their rows. */
  keys: ReadonlyMap<string, ApiKeyRow>;
  database: string | undefined;
}

// Prefixes of most of Odoo's hundreds of models.
const OTHER_MODEL = /^(?:base|bus|digest|discuss|hr|ir|iap|mail|phone|report|res|resource|sms|utm|web|web_tour)\./;

/** The sandbox's HTTP app. */
export function createApp({ db, keys, database }: AppOptions): Hono {
  const models = createModels(db, [...keys.values()]);

  /** Handles a call; throws an OdooError for every error that Odoo returns as JSON. */
  function call(modelName: string, method: string, headers: Headers, body: string): Response {
    // Odoo routes requests by database, so with a wrong one the JSON-2 API does not exist.
    const wanted = headers.get("x-odoo-database");
    if (wanted !== null && database !== undefined && wanted !== database) return htmlResponse(404, NO_DATABASE_PAGE);
    if (body !== "" && !/^application\/json\b/i.test(headers.get("content-type") ?? "")) {
      return werkzeugPage(
        415,
        "Request inferred type is compatible with ['http'] but '/json/2/&lt;model&gt;/&lt;method&gt;' is type='json2'." +
          " Please verify the Content-Type request header and try again.",
      );
    }
    const userId = authenticate(db, keys, headers.get("authorization"));
    const named = parseBody(body);
    const model = models[modelName];
    if (!model && OTHER_MODEL.test(modelName)) throw notOffered(`The model ${modelName}`);
    if (!model) throw notFound(`the model '${modelName}' does not exist`);
    return jsonResponse(200, callMethod(db, model, method, named, userId));
  }

  function respond(modelName: string, method: string, headers: Headers, body: string): Response {
    try {
      return call(modelName, method, headers, body);
    } catch (error) {
      if (error instanceof OdooError) return jsonResponse(error.status, error.toBody(), error.headers);
      throw error;
    }
  }

  const app = new Hono();
  app.post("/json/2/:model/:method", async (context) => {
    const { model, method } = context.req.param();
    return respond(model, method, context.req.raw.headers, await context.req.text());
  });
  app.get("/web/version", () => jsonResponse(200, { version: "19.0", version_info: [19, 0, 0, "final", 0, ""] }));
  app.all("/json/2/*", () => {
    const error = notFound("Did you mean POST /json/2/<model>/<method>?");
    return jsonResponse(error.status, error.toBody());
  });
  app.notFound(urlNotFound);
  // Errors of the sandbox itself go to the caller of `fetch`.
  app.onError((error) => {
    throw error;
  });
  return app;
}

const urlNotFound = () =>
  werkzeugPage(
    404,
    "The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.",
  );

/** Returns the id of the key's user; undefined for an expired key or an archived user. */
function authenticate(db: OdooDatabase, keys: AppOptions["keys"], authorization: string | null): number {
  const key = /^bearer\s+(.+)$/i.exec(authorization ?? "")?.[1];
  if (!key) throw unauthorized("User not authenticated, use an API Key with a Bearer Authorization header.");
  const known = keys.get(key);
  const hasEnded = known && known.expiration_date !== false && known.expiration_date < db.timestamp();
  const user = known && db.users.get(known.user_id);
  if (!user?.active || hasEnded) throw unauthorized("Invalid apikey");
  return user.id;
}

function parseBody(body: string): Arguments {
  if (body === "") return {};
  let named: unknown;
  try {
    named = JSON.parse(body);
  } catch (error) {
    throw badRequest(`could not parse the body as json: ${(error as Error).message}`);
  }
  // Odoo merges an object into the arguments of the URL and ignores any other JSON.
  return named !== null && typeof named === "object" && !Array.isArray(named) ? (named as Arguments) : {};
}
