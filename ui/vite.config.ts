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
    // The page comes from the app itself; what is not needed at once is loaded later all the same.
    chunkSizeWarningLimit: 700,
  },
  // Svelte's browser build, also under vitest: the stores run in a page, never on a server.
  resolve: process.env["VITEST"] ? { conditions: ["browser"] } : {},
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.ts"],
    setupFiles: [],
  },
});
