export { jira, jira as default } from "./jira.ts";
