export { hr, hr as default, type HrSystems } from "./hr.ts";
