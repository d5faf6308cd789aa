// What citation-js reads in the text of a type: its items as CSL-JSON, or their references in a style, such as "apa".
const { Cite } = require("@citation-js/core");
require("@citation-js/plugin-bibtex");
require("@citation-js/plugin-csl");
require("@citation-js/plugin-ris");

const [type, style] = process.argv.slice(2);
const text = require("node:fs").readFileSync(0, "utf8");
const items = new Cite(text, { forceType: type }).data;
const reference = (item) => new Cite([item]).format("bibliography", { template: style, format: "text" }).trim();
process.stdout.write(JSON.stringify(style ? items.map(reference) : items));
