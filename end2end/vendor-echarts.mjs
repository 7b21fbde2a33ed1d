// Builds the chart script that the trends page loads from npm's echarts: only what Rollcall draws
// with, as one classic script that sets the global `echarts`, without `eval` and without inline
// styles, so that it runs under the strict Content-Security-Policy.
//
//   node vendor-echarts.mjs           writes public/vendor/echarts-<version>.min.js and its licences
//   node vendor-echarts.mjs --check   fails when the committed files differ from what it would write
//
// For a new version: `npm install --save-dev echarts@X.Y.Z`, run this, change the name in the app.

import { build } from "esbuild";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";

const here = path.dirname(fileURLToPath(import.meta.url));
const vendor = path.join(here, "../public/vendor");
const modules = path.join(here, "node_modules");
const { version } = createRequire(import.meta.url)("echarts/package.json");
const scriptName = `echarts-${version}.min.js`;
const licenceName = `echarts-${version}.LICENSES.txt`;

const entry = `
import { dispose, getInstanceByDom, init, registerPreprocessor, use, version } from "echarts/core.js";
import { BarChart, LineChart } from "echarts/charts.js";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components.js";
import { LegacyGridContainLabel } from "echarts/features.js";
import { CanvasRenderer } from "echarts/renderers.js";

use([
  LineChart, BarChart, GridComponent, TooltipComponent, AriaComponent, LegendComponent,
  LegacyGridContainLabel, CanvasRenderer,
]);

// A tooltip of HTML carries style attributes, which the Content-Security-Policy refuses: unless the
// caller says otherwise it is drawn on the canvas.
registerPreprocessor((option) => {
  for (const tooltip of [option.tooltip].flat()) {
    if (tooltip && tooltip.renderMode === undefined) tooltip.renderMode = "richText";
  }
});

globalThis.echarts = { init, getInstanceByDom, dispose, version };
`;

const header = `/*! Apache ECharts ${version}, built by end2end/vendor-echarts.mjs (line, bar, grid, tooltip, aria, legend, canvas).
 * Copyright The Apache Software Foundation, Apache License 2.0; contains zrender (BSD-3-Clause,
 * Copyright Baidu Inc.) and tslib (0BSD, Copyright Microsoft Corporation).
 * Licences: ${licenceName} */`;

async function script() {
  const result = await build({
    stdin: { contents: entry, resolveDir: here, sourcefile: "echarts-entry.js" },
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2020",
    legalComments: "none",
    define: { "process.env.NODE_ENV": '"production"' },
    banner: { js: header },
    write: false,
    logLevel: "warning",
  });
  const text = result.outputFiles[0].text;
  if (/\bnew Function\b|\beval\(|setAttribute\("style"/.test(text)) {
    throw new Error("the bundle contains code that the Content-Security-Policy refuses");
  }
  return text;
}

async function licences() {
  const parts = [
    ["Apache ECharts", "echarts/NOTICE"],
    ["Apache ECharts", "echarts/LICENSE"],
    ["d3.js, parts of which are in Apache ECharts", "echarts/licenses/LICENSE-d3"],
    ["zrender", "zrender/LICENSE"],
    ["tslib", "tslib/CopyrightNotice.txt"],
  ];
  const texts = await Promise.all(
    parts.map(async ([title, file]) => {
      const text = await readFile(path.join(modules, file), "utf8");
      return `==== ${title} ====\n\n${text.replace(/\r\n/g, "\n").trim()}\n`;
    }),
  );
  return texts.join("\n");
}

const wanted = new Map([
  [scriptName, await script()],
  [licenceName, await licences()],
]);

if (process.argv.includes("--check")) {
  for (const [name, text] of wanted) {
    const present = await readFile(path.join(vendor, name), "utf8").catch(() => "");
    if (present !== text) {
      console.error(`public/vendor/${name} is not what echarts ${version} gives: run node end2end/vendor-echarts.mjs`);
      process.exitCode = 1;
    }
  }
} else {
  await mkdir(vendor, { recursive: true });
  for (const name of await readdir(vendor)) {
    if (name.startsWith("echarts-") && !wanted.has(name)) await rm(path.join(vendor, name));
  }
  for (const [name, text] of wanted) await writeFile(path.join(vendor, name), text);
  const bytes = Buffer.from(wanted.get(scriptName));
  console.log(`public/vendor/${scriptName}: ${bytes.length} bytes, ${brotliCompressSync(bytes).length} in brotli`);
}
