// Bundles css/app.css and js/app.js with js/exchange.js and js/behaviours.js into dist/, named by their content so that they may be cached for ever,
// compresses them once, and writes manifest.json (name -> hashed name) and icons.json (name -> svg markup). The worker comes
// last: it is told the names of all others. The app's pictures are drawn from icons/icon.svg.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { Resvg, initWasm } from "@resvg/resvg-wasm";
import { build } from "esbuild";
import { minify } from "terser";

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, "dist");
const lucide = join(here, "..", "node_modules", "lucide-static", "icons");

// Every icon that a template may name. They are drawn into the page, so the list costs nothing until one is used.
const ICONS = `
  house calendar clipboard-check menu arrow-left-right moon flag bell settings shield lock user users user-plus plus
  pencil trash-2 check x copy download printer presentation share-2 link info circle-alert cloud-off pause play square
  clock calendar-check calendar-plus rotate-ccw undo-2 chevron-right arrow-right arrow-left arrow-up arrow-down log-out
  phone mail message-square smartphone file-text list list-checks notebook-pen history scale leaf sun volume-2 handshake
  layout-list circle-plus building-2 eye send search key-round languages
`.trim().split(/\s+/);

const APART = ["passkey.js", "signed-out.js"]; // scripts of a few pages only, which the others need not load
const LIMITS = { js: 16_384, css: 12_288, worker: 4_096 }; // bytes, brotli: a first load is at most 32 kB, of which 20 kB are scripts

const SMALLER = { ecma: 2022, module: true, compress: { passes: 3 } }; // what esbuild leaves, terser makes 3 % smaller: the budgets are narrow

const inner = (svg) =>
  svg.replace(/<!--.*?-->/gs, "").replace(/^\s*<svg[^>]*>|<\/svg>\s*$/gs, "").replace(/\s*\n\s*/g, "").replace(/ \/>/g, "/>");

function hashed(name, content) {
  const hash = createHash("sha256").update(content).digest("base64url").replace(/[-_]/g, "").slice(0, 10);
  return name.replace(/\.(\w+)$/, `-${hash}.$1`);
}

/** Writes one file under its hashed name, with a .gz and a .br beside it; returns the name and the size of the .br. */
function publish(name, content) {
  const target = hashed(name, content);
  const brotli = brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
  writeFileSync(join(dist, target), content);
  writeFileSync(join(dist, `${target}.gz`), gzipSync(content, { level: 9 }));
  writeFileSync(join(dist, `${target}.br`), brotli);
  return { target, size: brotli.length };
}

async function bundle(entry, more = {}) {
  const result = await build({
    entryPoints: [join(here, entry)],
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    target: "es2022",
    supported: { nesting: true },
    legalComments: "none",
    logLevel: "warning",
    ...more,
  });
  const { contents, text } = result.outputFiles[0];
  if (entry.endsWith(".css")) return Buffer.from(contents);
  return Buffer.from((await minify(text, SMALLER)).code);
}

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });

const manifest = {};
const later = (...parts) => parts.reduceRight((rest, part) => `setTimeout(()=>{${part}${rest}});`, "");
const app = {
  js: Buffer.from(`${await bundle("js/app.js")}${later(await bundle("js/exchange.js"), await bundle("js/behaviours.js"))}`),
  css: await bundle("css/app.css"),
};
for (const kind of ["js", "css"]) {
  const { target, size } = publish(`app.${kind}`, app[kind]);
  if (size > LIMITS[kind]) throw new Error(`app.${kind} is ${size} bytes compressed; at most ${LIMITS[kind]} are allowed`);
  console.log(`${target}  ${size} bytes compressed`);
  manifest[`app.${kind}`] = target;
}
for (const name of APART) {
  const { target, size } = publish(name, await bundle(`js/${name}`));
  console.log(`${target}  ${size} bytes compressed`);
  manifest[name] = target;
}
for (const name of readdirSync(join(here, "icons"))) {
  manifest[name] = publish(name, readFileSync(join(here, "icons", name))).target;
}

// Squares in two sizes; a maskable one fills its square, for systems that cut a shape of their own out of it.
await initWasm(readFileSync(join(here, "..", "node_modules", "@resvg", "resvg-wasm", "index_bg.wasm")));
const icon = readFileSync(join(here, "icons", "icon.svg"), "utf8");
const full = icon.replace('viewBox="0 0 64 64"', 'viewBox="-8 -8 80 80"').replace(/<rect[^>]*>/, (rect) => rect.replace('width="64" height="64" rx="15"', 'x="-8" y="-8" width="80" height="80"'));
for (const [name, svg] of [["icon", icon], ["maskable", full]]) {
  for (const size of [192, 512]) {
    const png = new Resvg(svg, { fitTo: { mode: "width", value: size } }).render().asPng();
    const target = hashed(`${name}-${size}.png`, png);
    writeFileSync(join(dist, target), png);
    manifest[`${name}-${size}.png`] = target;
  }
}

const files = ["app.js", "app.css", "icon.svg"].map((name) => `/static/${manifest[name]}`);
const worker = publish("worker.js", await bundle("js/worker.js", { define: { ASSETS: JSON.stringify(files) }, format: "esm" })); // it has a world of its own
if (worker.size > LIMITS.worker) throw new Error(`worker.js is ${worker.size} bytes compressed; at most ${LIMITS.worker} are allowed`);
console.log(`${worker.target}  ${worker.size} bytes compressed`);
manifest["worker.js"] = worker.target;

const icons = Object.fromEntries(ICONS.map((name) => [name, inner(readFileSync(join(lucide, `${name}.svg`), "utf8"))]));
writeFileSync(join(dist, "icons.json"), JSON.stringify(icons, null, 1));
writeFileSync(join(dist, "manifest.json"), JSON.stringify(manifest, null, 1));
