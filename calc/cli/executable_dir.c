/* The folder of the running program, beside which its rule book and texts are installed. */
#include <string.h>
#include <unistd.h>

#include "cli.h"

const char *np_executable_dir(np_run *run)
{
    char self[4096];
    ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
    if (length <= 0) return NULL;
    self[length] = '\0';
    char *slash = strrchr(self, '/');
    if (slash) *slash = '\0';
    return np_arena_format(run->arena, "%s", self);
}
