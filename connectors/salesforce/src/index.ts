export { salesforce, salesforce as default } from "./salesforce.ts";
