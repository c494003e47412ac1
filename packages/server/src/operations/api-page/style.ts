/** The style of the API page: the reader's own fonts, light or dark as the reader has it, one column on a phone. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --ground: light-dark(#fff, #14171c);
  --card: light-dark(#f7f8fa, #1b2027);
  --line: light-dark(#dfe3e8, #2d343e);
  --text: light-dark(#1c2128, #dfe5ec);
  --quiet: light-dark(#59636e, #98a3b0);
  --link: light-dark(#0b57c2, #79b4ff);
  --green: light-dark(#136b34, #5fce8a);
  --orange: light-dark(#8a4b00, #f0b35c);
  --red: light-dark(#b3261e, #ff8f87);
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; text-size-adjust: 100%; }
body {
  margin: 0; background: var(--ground); color: var(--text);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", sans-serif;
}
a { color: var(--link); text-underline-offset: .15em; }
code, pre { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: .875em; }
code { overflow-wrap: anywhere; }
pre { margin: .5rem 0 0; padding: .75rem; overflow-x: auto; background: var(--ground); border: 1px solid var(--line); border-radius: 6px; }
pre code { overflow-wrap: normal; font-size: .8125rem; line-height: 1.5; }
main { max-width: 52rem; padding: 1.5rem 1.25rem 4rem; margin: 0 auto; }
h1 { margin: 0; font-size: 1.9rem; line-height: 1.2; }
h1 small { color: var(--quiet); font-size: 1rem; font-weight: 400; }
.lead { color: var(--quiet); font-size: 1.1rem; margin: .25rem 0 1rem; }
main h2 { margin: 3rem 0 .25rem; font-size: 1.4rem; }
h3 { margin: 0; font-size: 1.1rem; }
h4 { margin: 1.25rem 0 .25rem; color: var(--quiet); font-size: .8125rem; font-weight: 600; letter-spacing: .04em; text-transform: uppercase; }
.card { margin: 1rem 0; padding: 1.1rem 1.25rem; background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
.card:target { border-color: var(--link); }
.self { color: inherit; text-decoration: none; }
.self:hover { text-decoration: underline; }
.card p { margin: .5rem 0; }
.call { display: flex; flex-wrap: wrap; align-items: baseline; gap: .25rem .6rem; }
.method { display: inline-block; font: 600 .75rem/1.4 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; color: var(--link); }
.method.post, .method.put { color: var(--green); }
.method.patch { color: var(--orange); }
.method.delete { color: var(--red); }
.tag, .required { font-size: .75rem; color: var(--quiet); border: 1px solid var(--line); border-radius: 99px; padding: 0 .5em; white-space: nowrap; }
.required { border: 0; padding: 0; color: var(--orange); }
.fields { margin: 0; }
.fields > div { display: grid; grid-template-columns: minmax(8rem, 12rem) 1fr; gap: 0 1rem; padding: .45rem 0; border-top: 1px solid var(--line); }
.fields > div:first-child { border-top: 0; }
.fields dt, .fields dd { margin: 0; min-width: 0; }
.limits { color: var(--quiet); font-size: .875rem; overflow-wrap: anywhere; }
.status { font-weight: 600; font-variant-numeric: tabular-nums; }
.s2 { color: var(--green); }
.s4 { color: var(--orange); }
.s5 { color: var(--red); }
details { margin-top: .75rem; }
summary { cursor: pointer; color: var(--quiet); font-size: .875rem; }
nav { border-bottom: 1px solid var(--line); padding: .75rem 1.25rem; font-size: .9rem; }
nav .wide { display: none; }
nav .menu { margin: 0; }
nav summary { color: var(--text); font-weight: 600; padding: .25rem 0; }
nav h2 { margin: 1.1rem 0 .25rem; font-size: .8125rem; color: var(--quiet); }
nav ul { margin: 0; padding: 0; list-style: none; }
nav a { display: flex; padding: .3rem 0; color: var(--text); text-decoration: none; line-height: 1.35; }
nav a:hover { text-decoration: underline; }
nav li .method { flex: 0 0 3.4rem; padding-top: .1em; }
@media (width < 34rem) {
  .fields > div { grid-template-columns: 1fr; }
  .card { padding: 1rem; margin-inline: -.25rem; }
}
@media (width >= 64rem) {
  body { display: grid; grid-template-columns: 19rem 1fr; }
  nav { position: sticky; top: 0; height: 100vh; overflow-y: auto; border-bottom: 0; border-right: 1px solid var(--line); }
  nav .menu { display: none; }
  nav .wide { display: block; }
  main { margin: 0; padding: 2rem 2.5rem 6rem; max-width: 56rem; }
}
@media print { nav { display: none; } .card { break-inside: avoid; } }
`;
