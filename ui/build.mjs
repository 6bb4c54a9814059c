// Builds every asset of the workbench into one directory of hashed names and writes manifest.json.
// Usage: node build.mjs [output directory]; nothing is asked of the network.
import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { borders } from "./borders.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2] ?? join(here, "..", "src", "tansiq", "web", "dist");
const modules = join(here, "node_modules");
const manifest = {};

const text = (path) => readFile(path, "utf8");

async function emit(name, content) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 8).toUpperCase();
  const file = `${basename(name, extname(name))}-${hash}${extname(name)}`;
  await writeFile(join(out, file), content);
  manifest[name] = file;
  return file;
}

/** htmx and the two extensions are classic scripts that must run in this order. */
async function htmx() {
  const dist = join(modules, "htmx.org", "dist");
  const parts = ["htmx.min.js", "ext/hx-sse.min.js", "ext/hx-csp.min.js"];
  const sources = await Promise.all(parts.map((part) => text(join(dist, part))));
  await emit("htmx.js", sources.map((s) => s.replace(/\/\/# sourceMappingURL=.*$/m, "").trim()).join(";\n"));
}

async function sprite() {
  const names = (await text(join(here, "icons.txt"))).split("\n").filter((l) => l && !l.startsWith("#"));
  const symbols = names.map(async (name) => {
    const svg = await text(join(modules, "lucide-static", "icons", `${name}.svg`));
    const inner = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"));
    return `<symbol id="${name}" viewBox="0 0 24 24">${inner.replace(/\s*\n\s*/g, "")}</symbol>`;
  });
  await emit("mark.svg", await text(join(here, "mark.svg")));
  await emit("icons.svg", `<svg xmlns="http://www.w3.org/2000/svg">${(await Promise.all(symbols)).join("")}</svg>`);
}

async function bundles() {
  const islands = (await readdir(join(here, "islands"))).filter((f) => f.endsWith(".ts") && !f.startsWith("_"));
  const result = await esbuild.build({
    absWorkingDir: here,
    entryPoints: ["css/app.css", ...islands.map((f) => `islands/${f}`)],
    outdir: out,
    entryNames: "[name]-[hash]",
    assetNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    minify: true,
    metafile: true,
    legalComments: "none",
    target: ["chrome123", "firefox120", "safari17.5"],
    loader: { ".woff2": "file" },
    logLevel: "warning",
  });
  for (const [file, { entryPoint, inputs }] of Object.entries(result.metafile.outputs)) {
    if (entryPoint) manifest[basename(entryPoint).replace(/\.ts$/, ".js")] = basename(file);
    const font = Object.keys(inputs).find((input) => input.endsWith(".woff2"));
    if (font && extname(file) === ".woff2") manifest[basename(font)] = basename(file);
  }
}

/** MapLibre is shipped as it comes: a module and the worker file beside it, both loaded from this host. */
async function map() {
  const dist = join(modules, "maplibre-gl", "dist");
  for (const file of ["maplibre-gl.mjs", "maplibre-gl-worker.mjs"]) {
    const source = (await text(join(dist, file))).replace(/\/\/# sourceMappingURL=.*$/m, "");
    await emit(file.replace(".mjs", ".js"), source);
  }
  await emit("maplibre-gl.css", `@layer vendor {\n${await text(join(dist, "maplibre-gl.css"))}\n}\n`);
  const { countries, lines } = await borders(join(modules, "world-atlas", "countries-10m.json"));
  await emit("countries.json", JSON.stringify(countries));
  await emit("borders.json", JSON.stringify(lines));
}

async function licences() {
  const { shipped } = JSON.parse(await text(join(here, "package.json")));
  const texts = shipped.map(async (name) => {
    const root = join(modules, name);
    const { version, license } = JSON.parse(await text(join(root, "package.json")));
    const file = (await readdir(root)).find((f) => /^(licen[cs]e|copying)/i.test(f));
    return `==== ${name} ${version} (${license})\n\n${file ? (await text(join(root, file))).trim() : ""}\n`;
  });
  await writeFile(join(out, "LICENSES.txt"), (await Promise.all(texts)).join("\n\n"));
}

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
await Promise.all([htmx(), sprite(), bundles(), map(), licences()]);
const sorted = Object.fromEntries(Object.entries(manifest).sort());
await writeFile(join(out, "manifest.json"), JSON.stringify(sorted, null, 1) + "\n");
console.log(`${Object.keys(sorted).length} assets in ${out}`);
