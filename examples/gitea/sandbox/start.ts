import { createGiteaSandbox } from "./create-sandbox.ts";

const { url } = await createGiteaSandbox().listen({ port: Number(process.env["PORT"] ?? 7410) });
console.log(`The stand-in runs at ${url} and accepts the token "sandbox-token". Ctrl-C stops it.`);
