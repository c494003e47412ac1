import { Hono } from "hono";
import { createSandbox, type Sandbox } from "../../src/index.ts";

export interface Book {
  id: string;
  title: string;
  series?: Book | null;
}

/** A small product with books, and its vendor's description. */
export function createShelf(count = 5): { sandbox: Sandbox; books: Book[]; get: (path: string) => Promise<Response> } {
  const books = Array.from({ length: count }, (_, index): Book => ({
    id: String(index + 1),
    title: `Book ${index + 1}`,
  }));
  const app = new Hono();
  app.get("/api/books", (context) => {
    const start = Number(context.req.query("start") ?? 0);
    return context.json({ books: books.slice(start, start + 2), total: books.length });
  });
  app.post("/api/books", async (context) => {
    const { title } = JSON.parse((await context.req.text()) || "{}") as { title: string };
    const book = { id: String(books.length + 1), title };
    books.push(book);
    return context.json(book, 201);
  });
  app.get("/api/books/:id", (context) => {
    const book = books.find(({ id }) => id === context.req.param("id"));
    return book ? context.json(book) : context.json({ error: "no such book" }, 404);
  });
  const sandbox = createSandbox({
    fetch: app.fetch,
    descriptions: [{ document, basePath: "/api", covers: (path) => path.startsWith("/api/") }],
  });
  const get = (path: string) =>
    sandbox.fetch(`http://shelf.example.com${path}`, { headers: { authorization: "Bearer canary" } });
  return { sandbox, books, get };
}

const json = (schema: object) => ({ content: { "application/json": { schema } } });
const book = { $ref: "#/components/schemas/Book" };

const document = {
  openapi: "3.0.1",
  paths: {
    "/books": {
      get: {
        parameters: [
          { name: "start", in: "query", schema: { type: "integer", minimum: 0 } },
          { name: "isbn", in: "query", schema: { type: "array", items: { type: "string" } } },
        ],
        responses: {
          200: json({
            type: "object",
            required: ["books", "total"],
            properties: { books: { type: "array", items: book }, total: { type: "integer" } },
          }),
        },
      },
      post: {
        requestBody: {
          required: true,
          ...json({ type: "object", required: ["title"], properties: { title: { type: "string" } } }),
        },
        responses: { 201: json(book) },
      },
    },
    "/books/{id}": {
      parameters: [{ name: "id", in: "path", required: true, schema: { type: "integer" } }],
      get: { responses: { 200: json(book) } },
    },
  },
  components: {
    schemas: {
      Book: {
        type: "object",
        required: ["id", "title"],
        additionalProperties: false,
        properties: { id: { type: "string" }, title: { type: "string" }, series: { nullable: true, allOf: [book] } },
      },
    },
  },
};
