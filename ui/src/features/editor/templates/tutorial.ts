import type { Template } from ".";

/** Ubuntu with Miniconda, as an image that others are built on. */
export const tutorial: Template = {
  name: "ubuntu_miniconda_df.dockerfile",
  text: `# Begin with the Ubuntu image
FROM ubuntu:22.04

# Install wget; the list of packages and the install belong in one step
RUN apt-get update && apt-get install -y wget

# Get Miniconda and install it without questions
RUN wget https://repo.anaconda.com/miniconda/Miniconda3-latest-Linux-x86_64.sh
RUN bash Miniconda3-latest-Linux-x86_64.sh -b

# Let the shell find conda
ENV PATH="/root/miniconda3/bin:$PATH"

# Prepare the shell for conda
RUN conda init bash
`,
  // It copies nothing, but the next Dockerfile in its folder will.
  ignore: null,
  files: [],
};
