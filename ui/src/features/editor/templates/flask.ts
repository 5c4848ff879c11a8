import type { Template } from ".";
import { pythonIgnore } from "./python-ignore";

/** A web app in Python. */
export const flask: Template = {
  name: "Dockerfile",
  text: `# A Flask app, served by Waitress
FROM python:3.12-slim

WORKDIR /app

# The packages first: this step is kept as long as their list stays the same
COPY requirements.txt .
RUN pip install --no-cache-dir -r requirements.txt waitress

COPY . .

EXPOSE 5050
CMD ["waitress-serve", "--host=0.0.0.0", "--port=5050", "app:app"]
`,
  ignore: pythonIgnore,
  files: [
    { name: "requirements.txt", text: "flask\n" },
    {
      name: "app.py",
      text: `from flask import Flask

app = Flask(__name__)


@app.route("/")
def hello():
    return "Hello from a container"
`,
    },
  ],
};
