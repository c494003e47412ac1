import { createMySystemSandbox } from "./create-sandbox.ts";

const { url } = await createMySystemSandbox().listen({ port: 7410 });
console.log(`The stand-in listens at ${url} and takes the token "sandbox-token". Ctrl-C ends it.`);
