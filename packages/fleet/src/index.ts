export {
  openDatabase,
  type FleetBackend,
  type FleetDatabase,
  type FleetDatabaseOptions,
} from "./database/open-database.ts";
