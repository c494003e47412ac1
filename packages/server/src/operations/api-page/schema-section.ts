import { html } from "hono/html";
import { describeLimits, describeType } from "./describe-schema.ts";
import type { Schema } from "./document.ts";
import { inlineMarkdown, markdown } from "./markdown.ts";

/** A named schema with its fields and examples. */
export function schemaSection(name: string, schema: Schema) {
  const fields = Object.entries(schema.properties ?? {});
  return html`<section class="card" id="schema-${name}">
    <h3><a class="self" href="#schema-${name}">${name}</a></h3>
    ${markdown(schema.description)}
    ${fields.length === 0 ? wholeType(schema) : fieldList(fields, schema.required ?? [])}
    ${(schema.examples ?? []).map(
      (example) =>
        html`<details>
          <summary>Example</summary>
          <pre tabindex="0"><code>${JSON.stringify(example, null, 2)}</code></pre>
        </details>`,
    )}
  </section>`;
}

function wholeType(schema: Schema) {
  return html`<p class="type">${describeType(schema)} <span class="limits">${describeLimits(schema)}</span></p>`;
}

/** Fields, parameters and headers look the same: a name, what it may be, what it is for. */
export function fieldList(fields: readonly (readonly [name: string, schema: Schema])[], required: readonly string[]) {
  return html`<dl class="fields">
    ${fields.map(
      ([name, schema]) =>
        html`<div>
          <dt><code>${name}</code>${required.includes(name) ? html` <span class="required">required</span>` : ""}</dt>
          <dd>
            <span class="type">${describeType(schema)}</span> <span class="limits">${describeLimits(schema)}</span>
            ${schema.description === undefined ? "" : html`<br />${inlineMarkdown(schema.description)}`}
          </dd>
        </div>`,
    )}
  </dl>`;
}
