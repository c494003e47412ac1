import { type RawBuilder, sql } from "kysely";

/**
 * Whether a row is of the app of an outer query, in a query that runs once for each app.
 *
 * A planner takes every app for an average one. If a few apps have nearly all rows, it expects to find some of any app
 * soon, and for an app that has none it reads the whole table, or an index in which the app does not come first. From a
 * range it concludes that the rows are few. A query that wants them in order begins it with `app_id`, which a range
 * does not make superfluous, so that only an index that begins with the app has this order.
 */
export const isOfEachApp: RawBuilder<boolean> = sql<boolean>`app_id between app.id and app.id`;
