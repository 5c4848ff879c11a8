import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [svelte()],
  // Tauri shows its own messages beside Vite's.
  clearScreen: false,
  server: { port: 5173, strictPort: true },
  build: {
    // The oldest webviews that know container queries: WebView2, WKWebView, WebKitGTK.
    target: ["chrome111", "safari16.4"],
    // The page's policy allows fonts from itself alone, so none may become a data: URL.
    assetsInlineLimit: 0,
  },
  // Svelte's browser build, also under vitest: the stores run in a page, never on a server.
  resolve: process.env["VITEST"] ? { conditions: ["browser"] } : {},
  test: {
    // A test that needs a document says so in its first line: most need none, and start far faster.
    environment: "node",
    include: ["src/**/*.test.ts"],
    // No test asserts a time; these only end what hangs, also on a machine that has much else to do.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // The style sheets are read by tests of their own; those of components say nothing that a test asks for.
    css: { include: [/src\/styles\//] },
  },
});
