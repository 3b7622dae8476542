/* Preloaded into the server, fails (or kills it at) the N-th file operation below one directory.
 *
 * FAULT_CONTROL names a 16-byte file that the test maps too: how many operations are left until the fault (negative:
 * none is armed), the errno to answer (0: kill the process), how many operations were counted, how many failed.
 * FAULT_ROOT is the directory; operations on other files (sockets, pipes, logs) pass.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

struct control {
    _Atomic int left, error, counted, failed;
};
static struct control *control;
static char root[4096];
static size_t root_length;

__attribute__((constructor)) static void start(void) {
    const char *path = getenv("FAULT_CONTROL"), *below = getenv("FAULT_ROOT");
    if (!path || !below || strlen(below) >= sizeof root) return;
    strcpy(root, below);
    root_length = strlen(root);
    int fd = open(path, O_RDWR | O_CLOEXEC);
    if (fd < 0) return;
    void *map = mmap(NULL, sizeof *control, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (map != MAP_FAILED) control = map;
    close(fd);
}

static int below_root(const char *path) { return strncmp(path, root, root_length) == 0; }

static int fd_below_root(int fd) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, sizeof path - 1);
    if (n < 0) return 0;
    path[n] = 0;
    return below_root(path);
}

/* Whether this operation is the one that fails. */
static int fault(void) {
    if (atomic_load(&control->left) < 0) return 0;
    atomic_fetch_add(&control->counted, 1);
    if (atomic_fetch_sub(&control->left, 1) != 0) return 0;
    atomic_fetch_add(&control->failed, 1);
    if (atomic_load(&control->error) == 0) kill(getpid(), SIGKILL);
    errno = atomic_load(&control->error);
    return 1;
}

#define REAL(type, name, ...) \
    static type (*real)(__VA_ARGS__); \
    if (!real) real = (type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name)
#define FD_FAULT(fd) (control && fd_below_root(fd) && fault())

ssize_t write(int fd, const void *buffer, size_t count) {
    REAL(ssize_t, write, int, const void *, size_t);
    return FD_FAULT(fd) ? -1 : real(fd, buffer, count);
}
ssize_t pwrite64(int fd, const void *buffer, size_t count, off64_t offset) {
    REAL(ssize_t, pwrite64, int, const void *, size_t, off64_t);
    return FD_FAULT(fd) ? -1 : real(fd, buffer, count, offset);
}
ssize_t pwrite(int fd, const void *buffer, size_t count, off_t offset) {
    REAL(ssize_t, pwrite, int, const void *, size_t, off_t);
    return FD_FAULT(fd) ? -1 : real(fd, buffer, count, offset);
}
int fsync(int fd) {
    REAL(int, fsync, int);
    return FD_FAULT(fd) ? -1 : real(fd);
}
int fdatasync(int fd) {
    REAL(int, fdatasync, int);
    return FD_FAULT(fd) ? -1 : real(fd);
}
int ftruncate64(int fd, off64_t length) {
    REAL(int, ftruncate64, int, off64_t);
    return FD_FAULT(fd) ? -1 : real(fd, length);
}
int ftruncate(int fd, off_t length) {
    REAL(int, ftruncate, int, off_t);
    return FD_FAULT(fd) ? -1 : real(fd, length);
}
int fallocate(int fd, int mode, off_t offset, off_t length) {
    REAL(int, fallocate, int, int, off_t, off_t);
    return FD_FAULT(fd) ? -1 : real(fd, mode, offset, length);
}
int rename(const char *from, const char *to) {
    REAL(int, rename, const char *, const char *);
    return control && below_root(to) && fault() ? -1 : real(from, to);
}
int link(const char *from, const char *to) {
    REAL(int, link, const char *, const char *);
    return control && below_root(to) && fault() ? -1 : real(from, to);
}
/* Only of what collection has taken away: nobody can tidy up behind a removal that fails. */
int unlink(const char *path) {
    REAL(int, unlink, const char *);
    return control && below_root(path) && strstr(path, "/trash/") && fault() ? -1 : real(path);
}
int mkdir(const char *path, mode_t mode) {
    REAL(int, mkdir, const char *, mode_t);
    return control && below_root(path) && fault() ? -1 : real(path, mode);
}
int open(const char *path, int flags, ...) {
    REAL(int, open, const char *, int, ...);
    va_list rest;
    va_start(rest, flags);
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    return control && below_root(path) && fault() ? -1 : real(path, flags, mode);
}
int open64(const char *path, int flags, ...) {
    REAL(int, open64, const char *, int, ...);
    va_list rest;
    va_start(rest, flags);
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    return control && below_root(path) && fault() ? -1 : real(path, flags, mode);
}
