// SPDX-License-Identifier: GPL-3.0-or-later
// Preloaded into the program, which knows nothing of it: ends it by kill -9 at a commit to the write-ahead log.
//   INDELIBLE_STOP="before 3"   nothing of the third commit is written
//   INDELIBLE_STOP="within 3"   a part of it is
//   INDELIBLE_STOP="after 3"    all of it is, and synced; nothing that follows has happened
//   INDELIBLE_COMMITS=FILE      gets one letter for each commit
// "Commit" is a sync of a file whose name ends in "-wal", with the writes before it.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static atomic_int commits;
static atomic_int writes;

static int isLog(int file)
{
    char link[64];
    char name[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    const ssize_t length = readlink(link, name, sizeof name);
    return length > 4 && memcmp(name + length - 4, "-wal", 4) == 0;
}

static void stopAt(const char *place, int number)
{
    const char *wanted = getenv("INDELIBLE_STOP");
    char here[32];
    snprintf(here, sizeof here, "%s %d", place, number);
    if (wanted && strcmp(wanted, here) == 0)
        kill(getpid(), SIGKILL);
}

static void beforeWrite(int file, off64_t offset)
{
    // The log's own head, written and synced before its first commit, is none.
    if (offset == 0 || !isLog(file))
        return;
    const int count = ++writes;
    if (count == 1)
        stopAt("before", commits + 1);
    if (count == 2)
        stopAt("within", commits + 1);
}

static void afterSync(int file)
{
    // A sync without a write before it is none of a commit's.
    if (!isLog(file) || writes == 0)
        return;
    writes = 0;
    const int number = ++commits;
    const char *log = getenv("INDELIBLE_COMMITS");
    const int out = log ? open(log, O_WRONLY | O_CREAT | O_APPEND, 0600) : -1;
    if (out >= 0) {
        if (write(out, "c", 1) != 1)
            abort();
        close(out);
    }
    stopAt("after", number);
}

ssize_t pwrite64(int file, const void *bytes, size_t size, off64_t offset)
{
    static ssize_t (*real)(int, const void *, size_t, off64_t);
    if (!real)
        real = (ssize_t(*)(int, const void *, size_t, off64_t))dlsym(RTLD_NEXT, "pwrite64");
    beforeWrite(file, offset);
    return real(file, bytes, size, offset);
}

int fdatasync(int file)
{
    static int (*real)(int);
    if (!real)
        real = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
    const int result = real(file);
    afterSync(file);
    return result;
}

int fsync(int file)
{
    static int (*real)(int);
    if (!real)
        real = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
    const int result = real(file);
    afterSync(file);
    return result;
}
