export { mySystem, mySystem as default } from "./my-system.ts";
