export { hr, hr as default } from "./hr.ts";
