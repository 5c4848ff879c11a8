import type { Template } from ".";

/** Web pages that are only files. */
export const staticSite: Template = {
  name: "Dockerfile",
  text: `# Web pages that are only files, served by nginx
FROM nginx:1.27-alpine

# nginx serves what lies in this folder, on port 80
COPY . /usr/share/nginx/html

EXPOSE 80
`,
  ignore: `# What should not be on the web
.git
.env
Dockerfile
.dockerignore
`,
  files: [
    {
      name: "index.html",
      text: `<!doctype html>
<html lang="en">
  <meta charset="utf-8">
  <title>Hello</title>
  <h1>Hello from a container</h1>
</html>
`,
    },
  ],
};
