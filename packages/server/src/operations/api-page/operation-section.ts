import { html } from "hono/html";
import { describeType } from "./describe-schema.ts";
import type { Answer, Operation, Parameter } from "./document.ts";
import { inlineMarkdown, markdown } from "./markdown.ts";
import { fieldList } from "./schema-section.ts";

/** An operation: what it is called with, and what it answers. */
export function operationSection(operation: Operation) {
  const { id, method, path, tags, roles, summary, description, body } = operation;
  return html`<section class="card" id="${id}">
    <h3><a class="self" href="#${id}">${summary}</a></h3>
    <p class="call">
      <span class="method ${method.toLowerCase()}">${method}</span> <code>${breakable(path)}</code>
      ${tags.slice(1).map((tag) => html`<span class="tag">${tag}</span>`)}
    </p>
    <p class="type">Roles: ${roles.join(", ")}</p>
    ${markdown(description)} ${parameters("Path", "path", operation)} ${parameters("Query", "query", operation)}
    ${parameters("Headers", "header", operation)}
    ${
      body === undefined
        ? ""
        : html`<h4>Request body</h4>
            <p class="type">${contentType(body)}</p>`
    }
    <h4>Answers</h4>
    <dl class="fields">${operation.answers.map(([status, answer]) => toResponseRow(status, answer))}</dl>
  </section>`;
}

function parameters(title: string, place: Parameter["in"], operation: Operation) {
  const found = operation.parameters.filter((parameter) => parameter.in === place);
  if (found.length === 0) return "";
  const fields = found.map(({ name, schema, description }) => [name, { ...schema, description }] as const);
  const required = found.filter((parameter) => parameter.required).map(({ name }) => name);
  return html`<h4>${title}</h4>
    ${fieldList(fields, required)}`;
}

function toResponseRow(status: string, { description, headers = {}, content }: Answer) {
  return html`<div>
    <dt><span class="status s${status.slice(0, 1)}">${status}</span></dt>
    <dd>
      ${inlineMarkdown(description)}
      ${content === undefined ? "" : html`<span class="type">${contentType(content)}</span>`}
      ${Object.entries(headers).map(
        ([name, header]) => html`<br /><code>${name}</code> ${inlineMarkdown(header.description)}`,
      )}
    </dd>
  </div>`;
}

function contentType(content: NonNullable<Answer["content"]>) {
  return Object.entries(content).map(
    ([type, { schema }]) =>
      html`${schema === undefined ? "" : describeType(schema)}${type === "application/json" ? "" : html` <code>${type}</code>`}`,
  );
}

/** Lets a long path break after its slashes. */
function breakable(path: string) {
  return path.split("/").map((part, index) => (index === 0 ? part : html`/<wbr />${part}`));
}
