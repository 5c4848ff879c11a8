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
};
