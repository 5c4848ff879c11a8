/** What no image of a Python program needs. */
export const pythonIgnore = `# What the image does not need
.git
.venv
venv
**/__pycache__
**/*.pyc
**/.pytest_cache

# Settings and secrets of this computer
.env
`;
