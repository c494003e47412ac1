export { gitea, gitea as default } from "./gitea.ts";
