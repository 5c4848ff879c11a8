import type { Template } from ".";
import { pythonIgnore } from "./python-ignore";

/** A program in Python. */
export const python: Template = {
  name: "Dockerfile",
  text: `# A program in Python
FROM python:3.12-slim

WORKDIR /app

# The packages first: this step is kept as long as their list stays the same
COPY requirements.txt .
RUN pip install --no-cache-dir -r requirements.txt

COPY . .

CMD ["python", "main.py"]
`,
  ignore: pythonIgnore,
  files: [
    { name: "requirements.txt", text: "# The packages of the program, a line each\n" },
    { name: "main.py", text: `print("Hello from a container")\n` },
  ],
};
