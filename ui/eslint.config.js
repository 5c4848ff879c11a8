import js from "@eslint/js";
import svelte from "eslint-plugin-svelte";
import globals from "globals";
import ts from "typescript-eslint";
import svelteConfig from "./svelte.config.js";

export default ts.config(
  { ignores: ["dist/", "node_modules/", "src/ipc/generated/"] },
  js.configs.recommended,
  ...ts.configs.strictTypeChecked,
  ...svelte.configs.recommended,
  {
    languageOptions: {
      globals: globals.browser,
      parserOptions: { projectService: true, extraFileExtensions: [".svelte"] },
    },
    rules: {
      // Everything that comes from an engine is hostile: it is only ever shown as text.
      "svelte/no-at-html-tags": "error",
      "svelte/require-each-key": "error",
      // Routes are hashes of this one page; there is no SvelteKit to resolve them.
      "svelte/no-navigation-without-resolve": "off",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-explicit-any": "error",
      // `const { verb: _, ...rest }` leaves a field out.
      "@typescript-eslint/no-unused-vars": ["error", { varsIgnorePattern: "^_", ignoreRestSiblings: true }],
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // It takes a signal or a `$state` field for unchanged across an `await`.
      "@typescript-eslint/no-unnecessary-condition": "off",
      // Matters of taste, or wrong here: a field is read to be told of its changes.
      "@typescript-eslint/no-confusing-void-expression": "off",
      "@typescript-eslint/no-meaningless-void-operator": "off",
      // Lists are plain maps with a counter: one signal for 10,000 rows, not one for each.
      "svelte/prefer-svelte-reactivity": "off",
      "svelte/no-useless-mustaches": "off",
      "no-restricted-imports": [
        "error",
        { patterns: [{ group: ["@tauri-apps/*"], message: "Only src/ipc/client.ts and build-client.ts talk to the app." }] },
      ],
    },
  },
  {
    files: ["**/*.svelte", "**/*.svelte.ts"],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
  },
  {
    // A template's values are typed by svelte-check; the rules below misread snippets and props.
    files: ["**/*.svelte"],
    rules: {
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-return": "off",
    },
  },
  { files: ["src/ipc/client.ts", "src/ipc/build-client.ts"], rules: { "no-restricted-imports": "off" } },
  { files: ["*.js", "*.ts"], ...ts.configs.disableTypeChecked },
);
