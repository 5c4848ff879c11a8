/* The lab's smallest long-running container: prints a line, answers HTTP on port 8080 (or the port
 * given as its argument), and ends with 0 as soon as it gets SIGTERM or SIGINT. */
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

static void end(int number)
{
    (void)number;
    _exit(0);
}

int main(int count, char **words)
{
    static const char reply[] =
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\nConnection: close\r\n\r\nbusy\n";
    const int port = count > 1 ? atoi(words[1]) : 8080;
    const int yes = 1;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    char request[4096];
    int listener;

    /* The first process of a container gets only the signals that it asked for. */
    signal(SIGTERM, end);
    signal(SIGINT, end);
    signal(SIGPIPE, SIG_IGN);
    listener = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) != 0 || listen(listener, 64) != 0) {
        perror("busy");
        return 1;
    }
    printf("busy on port %d\n", port);
    fflush(stdout);
    for (;;) {
        const int peer = accept(listener, NULL, NULL);
        if (peer < 0)
            continue;
        if (read(peer, request, sizeof request) > 0 && write(peer, reply, sizeof reply - 1) > 0)
            shutdown(peer, SHUT_WR);
        close(peer);
    }
}
