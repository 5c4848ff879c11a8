/* The lab's hello-world: says that it ran, and ends with 0. */
#include <unistd.h>

int main(void)
{
    static const char text[] =
        "\n"
        "Hello from Docker!\n"
        "If you can read this, a container was made from an image and its program ran to the end.\n"
        "\n"
        "What happened on the way here:\n"
        " 1. The client asked the engine to run the image hello-world.\n"
        " 2. The engine looked for the image, and fetched it from a registry if it was missing.\n"
        " 3. It made a container from the image and started the program that wrote these lines.\n"
        " 4. What the program wrote came back to you.\n"
        "\n";
    return write(1, text, sizeof text - 1) < 0;
}
