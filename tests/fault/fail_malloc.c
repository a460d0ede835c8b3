/* Put before malloc with LD_PRELOAD: of the allocations that the program itself makes, and not a library that it uses,
 * the one with the number FAIL_AT (from 0) fails, and with FAIL_ON all that follow. Without FAIL_AT none fails. Their
 * number goes to the file FAIL_COUNT. */
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);

static atomic_long left = -1, count;
static bool all_that_follow;
static uintptr_t first, last; /* where the program's code lies */

/* The first object is the program. */
static int find_program(struct dl_phdr_info *info, size_t size, void *context)
{
    (void)size;
    (void)context;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *part = &info->dlpi_phdr[i];
        if (part->p_type != PT_LOAD || !(part->p_flags & PF_X)) continue;
        first = info->dlpi_addr + part->p_vaddr;
        last = first + part->p_memsz;
    }
    return 1;
}

__attribute__((constructor)) static void begin(void)
{
    const char *at = getenv("FAIL_AT");
    all_that_follow = getenv("FAIL_ON") != NULL;
    dl_iterate_phdr(find_program, NULL);
    left = at ? strtol(at, NULL, 10) : -1;
}

__attribute__((destructor)) static void end(void)
{
    const char *path = getenv("FAIL_COUNT");
    int file = path ? open(path, O_CREAT | O_WRONLY | O_TRUNC, 0600) : -1;
    if (file >= 0) dprintf(file, "%ld\n", (long)count);
}

static bool fails(const void *caller)
{
    uintptr_t from = (uintptr_t)caller;
    if (from < first || from >= last) return false;
    count++;
    if (left < 0 || atomic_fetch_sub(&left, 1) > 0) return false;
    left = all_that_follow ? 0 : -1;
    errno = ENOMEM;
    return true;
}

void *malloc(size_t size)
{
    return fails(__builtin_return_address(0)) ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return fails(__builtin_return_address(0)) ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
    return fails(__builtin_return_address(0)) ? NULL : __libc_realloc(old, size);
}
