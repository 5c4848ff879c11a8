import type { Template } from ".";

/** A program in JavaScript. */
export const node: Template = {
  name: "Dockerfile",
  text: `# A program in JavaScript
FROM node:22-slim

WORKDIR /app

# The packages first: this step is kept as long as their list stays the same
COPY package*.json ./
RUN npm ci --omit=dev

COPY . .

EXPOSE 3000
CMD ["node", "index.js"]
`,
  ignore: `# The image installs its own packages
node_modules

# What the image does not need
.git
npm-debug.log*

# Settings and secrets of this computer
.env
`,
  files: [
    {
      name: "package.json",
      text: `{
  "name": "app",
  "version": "1.0.0",
  "private": true
}
`,
    },
    // npm ci installs what this file says and nothing else.
    {
      name: "package-lock.json",
      text: `{
  "name": "app",
  "version": "1.0.0",
  "lockfileVersion": 3,
  "requires": true,
  "packages": {
    "": {
      "name": "app",
      "version": "1.0.0"
    }
  }
}
`,
    },
    {
      name: "index.js",
      text: `require("node:http")
  .createServer((request, response) => response.end("Hello from a container\\n"))
  .listen(3000);
`,
    },
  ],
};
