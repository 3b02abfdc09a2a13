/* Counts every change that a tree of processes makes to the files below one folder, and lets the
 * one that is asked for fail. Preloaded into each process with LD_PRELOAD; what is counted and what
 * fails stands in a small file that they all map (tests/faults/writes.py has its other side).
 *
 * A call counts when it could change something: it creates or opens for writing, writes, cuts,
 * flushes, renames, links, makes or removes. Reading is left alone. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <ucontext.h>
#include <unistd.h>

enum { ONCE = 0, FROM_THEN_ON = 1 };

struct control {
    uint64_t count;   /* changes so far, of all processes */
    uint64_t at;      /* the first one that fails, counted from 1; 0: none does */
    uint32_t number;  /* the errno it fails with */
    uint32_t mode;
    uint64_t failed;  /* how many have failed */
    char what[64];    /* the first one that failed: its function... */
    char path[960];   /* ...and its file */
};

static struct control *control;
static char root[PATH_MAX];
static size_t root_length;
static int journal = -1;       /* every change, for who wants to read it */
static __thread int counted;   /* this thread is inside of a rename that was counted already */

#define REAL(name) static __typeof__(&name) real_##name
REAL(open); REAL(open64); REAL(openat); REAL(openat64); REAL(creat); REAL(creat64);
REAL(write); REAL(pwrite); REAL(pwrite64); REAL(writev); REAL(pwritev); REAL(pwritev64);
REAL(copy_file_range); REAL(ftruncate); REAL(ftruncate64); REAL(truncate); REAL(truncate64);
REAL(fallocate); REAL(fallocate64); REAL(posix_fallocate); REAL(posix_fallocate64);
REAL(fsync); REAL(fdatasync); REAL(sync_file_range);
REAL(rename); REAL(renameat); REAL(renameat2); REAL(link); REAL(linkat); REAL(symlink);
REAL(unlink); REAL(unlinkat); REAL(remove); REAL(rmdir); REAL(mkdir); REAL(mkdirat);
extern ssize_t sendfile(int, int, off_t *, size_t);
extern ssize_t sendfile64(int, int, off_t *, size_t);
REAL(sendfile); REAL(sendfile64);

static void find_all(void)
{
#define FIND(name) real_##name = (__typeof__(real_##name))dlsym(RTLD_NEXT, #name)
    if (real_open) return;
    FIND(open64); FIND(openat); FIND(openat64); FIND(creat); FIND(creat64);
    FIND(write); FIND(pwrite); FIND(pwrite64); FIND(writev); FIND(pwritev); FIND(pwritev64);
    FIND(copy_file_range); FIND(ftruncate); FIND(ftruncate64); FIND(truncate); FIND(truncate64);
    FIND(fallocate); FIND(fallocate64); FIND(posix_fallocate); FIND(posix_fallocate64);
    FIND(fsync); FIND(fdatasync); FIND(sync_file_range);
    FIND(rename); FIND(renameat); FIND(renameat2); FIND(link); FIND(linkat); FIND(symlink);
    FIND(unlink); FIND(unlinkat); FIND(remove); FIND(rmdir); FIND(mkdir); FIND(mkdirat);
    FIND(sendfile); FIND(sendfile64);
    FIND(open);
}

static void trap_renames(void);

__attribute__((constructor)) static void start(void)
{
    find_all();
    const char *folder = getenv("FAULT_ROOT"), *file = getenv("FAULT_CONTROL");
    const char *lines = getenv("FAULT_JOURNAL");
    if (!folder || !file || strlen(folder) >= sizeof root) return;
    int handle = real_open(file, O_RDWR | O_CLOEXEC);
    if (handle < 0) return;
    void *mapped = mmap(NULL, sizeof *control, PROT_READ | PROT_WRITE, MAP_SHARED, handle, 0);
    close(handle);
    if (mapped == MAP_FAILED) return;
    strcpy(root, folder);
    root_length = strlen(root);
    if (lines) journal = real_open(lines, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    control = mapped;
    trap_renames();
}

static int below_root(const char *path)
{
    return strncmp(path, root, root_length) == 0 &&
           (path[root_length] == '/' || path[root_length] == 0);
}

/* The path behind a descriptor, or "" for a pipe or nothing. */
static void path_of(int handle, char *path)
{
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", handle);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    path[length < 0 ? 0 : length] = 0;
}

/* Whether this change is one that must fail; then errno is set. */
static int fails(const char *what, const char *path)
{
    uint64_t number = __atomic_add_fetch(&control->count, 1, __ATOMIC_SEQ_CST);
    uint64_t at = __atomic_load_n(&control->at, __ATOMIC_SEQ_CST);
    if (journal >= 0)
        dprintf(journal, "%llu %d %s %s\n", (unsigned long long)number, getpid(), what, path);
    if (at == 0 || number < at || (number > at && control->mode == ONCE)) return 0;
    if (__atomic_add_fetch(&control->failed, 1, __ATOMIC_SEQ_CST) == 1) {
        snprintf(control->what, sizeof control->what, "%s", what);
        snprintf(control->path, sizeof control->path, "%s", path);
    }
    errno = (int)control->number;
    return 1;
}

static int path_fails(const char *what, int folder, const char *path)
{
    if (!control || !path) return 0;
    if (path[0] == '/') return below_root(path) && fails(what, path);
    char whole[2 * PATH_MAX];
    if (folder == AT_FDCWD) {
        if (!getcwd(whole, PATH_MAX)) return 0;
    } else {
        path_of(folder, whole);
    }
    if (!below_root(whole)) return 0;
    size_t length = strlen(whole);
    snprintf(whole + length, sizeof whole - length, "/%s", path);
    return fails(what, whole);
}

static int handle_fails(const char *what, int handle)
{
    if (!control) return 0;
    int before = errno;
    char path[PATH_MAX];
    path_of(handle, path);
    errno = before;
    return below_root(path) && fails(what, path);
}

static int changes(int flags)
{
    return (flags & O_ACCMODE) != O_RDONLY || (flags & (O_CREAT | O_TRUNC)) ||
           (flags & O_TMPFILE) == O_TMPFILE;
}

#define MODE(flags)                                                                              \
    mode_t mode = 0;                                                                             \
    if ((flags & O_CREAT) || (flags & O_TMPFILE) == O_TMPFILE) {                                 \
        va_list rest;                                                                            \
        va_start(rest, flags);                                                                   \
        mode = va_arg(rest, mode_t);                                                             \
        va_end(rest);                                                                            \
    }                                                                                            \
    find_all()

int open(const char *path, int flags, ...)
{
    MODE(flags);
    if (changes(flags) && path_fails("open", AT_FDCWD, path)) return -1;
    return real_open(path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
    MODE(flags);
    if (changes(flags) && path_fails("open", AT_FDCWD, path)) return -1;
    return real_open64(path, flags, mode);
}

int openat(int folder, const char *path, int flags, ...)
{
    MODE(flags);
    if (changes(flags) && path_fails("openat", folder, path)) return -1;
    return real_openat(folder, path, flags, mode);
}

int openat64(int folder, const char *path, int flags, ...)
{
    MODE(flags);
    if (changes(flags) && path_fails("openat", folder, path)) return -1;
    return real_openat64(folder, path, flags, mode);
}

/* A function whose arguments tell the file by its path, or by its descriptor. */
#define BY_PATH(name, folder, path, declared, given)                                             \
    int name declared                                                                            \
    {                                                                                            \
        find_all();                                                                              \
        if (path_fails(#name, folder, path)) return -1;                                          \
        return real_##name given;                                                                \
    }
#define BY_HANDLE(type, name, handle, declared, given)                                           \
    type name declared                                                                           \
    {                                                                                            \
        find_all();                                                                              \
        if (handle_fails(#name, handle)) return -1;                                              \
        return real_##name given;                                                                \
    }
#define RENAMES(name, folder, declared, given)                                                   \
    int name declared                                                                            \
    {                                                                                            \
        find_all();                                                                              \
        if (path_fails(#name, folder, to)) return -1;                                            \
        counted = 1;                                                                             \
        int result = real_##name given;                                                          \
        counted = 0;                                                                             \
        return result;                                                                           \
    }
/* These two give the number instead of setting errno. */
#define GIVES_NUMBER(name, declared, given)                                                      \
    int name declared                                                                            \
    {                                                                                            \
        find_all();                                                                              \
        if (handle_fails(#name, handle)) return (int)control->number;                            \
        return real_##name given;                                                                \
    }

BY_PATH(creat, AT_FDCWD, path, (const char *path, mode_t mode), (path, mode))
BY_PATH(creat64, AT_FDCWD, path, (const char *path, mode_t mode), (path, mode))
BY_PATH(truncate, AT_FDCWD, path, (const char *path, off_t size), (path, size))
BY_PATH(truncate64, AT_FDCWD, path, (const char *path, off64_t size), (path, size))
RENAMES(rename, AT_FDCWD, (const char *from, const char *to), (from, to))
RENAMES(renameat, there, (int here, const char *from, int there, const char *to),
        (here, from, there, to))
RENAMES(renameat2, there,
        (int here, const char *from, int there, const char *to, unsigned int flags),
        (here, from, there, to, flags))
BY_PATH(link, AT_FDCWD, to, (const char *from, const char *to), (from, to))
BY_PATH(linkat, there, to, (int here, const char *from, int there, const char *to, int flags),
        (here, from, there, to, flags))
BY_PATH(symlink, AT_FDCWD, to, (const char *from, const char *to), (from, to))
BY_PATH(unlink, AT_FDCWD, path, (const char *path), (path))
BY_PATH(unlinkat, folder, path, (int folder, const char *path, int flags), (folder, path, flags))
BY_PATH(remove, AT_FDCWD, path, (const char *path), (path))
BY_PATH(rmdir, AT_FDCWD, path, (const char *path), (path))
BY_PATH(mkdir, AT_FDCWD, path, (const char *path, mode_t mode), (path, mode))
BY_PATH(mkdirat, folder, path, (int folder, const char *path, mode_t mode), (folder, path, mode))

BY_HANDLE(ssize_t, write, handle, (int handle, const void *data, size_t size),
          (handle, data, size))
BY_HANDLE(ssize_t, pwrite, handle, (int handle, const void *data, size_t size, off_t place),
          (handle, data, size, place))
BY_HANDLE(ssize_t, pwrite64, handle, (int handle, const void *data, size_t size, off64_t place),
          (handle, data, size, place))
BY_HANDLE(ssize_t, writev, handle, (int handle, const struct iovec *parts, int count),
          (handle, parts, count))
BY_HANDLE(ssize_t, pwritev, handle,
          (int handle, const struct iovec *parts, int count, off_t place),
          (handle, parts, count, place))
BY_HANDLE(ssize_t, pwritev64, handle,
          (int handle, const struct iovec *parts, int count, off64_t place),
          (handle, parts, count, place))
BY_HANDLE(ssize_t, copy_file_range, to,
          (int from, off64_t *begin, int to, off64_t *place, size_t size, unsigned int flags),
          (from, begin, to, place, size, flags))
BY_HANDLE(ssize_t, sendfile, to, (int to, int from, off_t *begin, size_t size),
          (to, from, begin, size))
BY_HANDLE(ssize_t, sendfile64, to, (int to, int from, off_t *begin, size_t size),
          (to, from, begin, size))
BY_HANDLE(int, ftruncate, handle, (int handle, off_t size), (handle, size))
BY_HANDLE(int, ftruncate64, handle, (int handle, off64_t size), (handle, size))
BY_HANDLE(int, fallocate, handle, (int handle, int mode, off_t begin, off_t size),
          (handle, mode, begin, size))
BY_HANDLE(int, fallocate64, handle, (int handle, int mode, off64_t begin, off64_t size),
          (handle, mode, begin, size))
BY_HANDLE(int, fsync, handle, (int handle), (handle))
BY_HANDLE(int, fdatasync, handle, (int handle), (handle))
BY_HANDLE(int, sync_file_range, handle,
          (int handle, off64_t begin, off64_t size, unsigned int flags),
          (handle, begin, size, flags))

GIVES_NUMBER(posix_fallocate, (int handle, off_t begin, off_t size), (handle, begin, size))
GIVES_NUMBER(posix_fallocate64, (int handle, off64_t begin, off64_t size), (handle, begin, size))

/* A Rust library (LanceDB, through the crate rustix) renames by a bare system call, which no
 * preloaded function sees. The kernel is told to raise a signal for those; the handler counts, and
 * makes the call with a sixth argument that lets it through. */
#if defined(__x86_64__)
#define LET_THROUGH 0x51495245u

static void on_rename(int signal, siginfo_t *about, void *context)
{
    (void)signal;
    greg_t *registers = ((ucontext_t *)context)->uc_mcontext.gregs;
    int before = errno;
    const char *to = (const char *)registers[REG_R10];
    if (!counted && path_fails("renameat", (int)registers[REG_RDX], to)) {
        registers[REG_RAX] = -(greg_t)control->number;
    } else {
        long result = syscall(about->si_syscall, registers[REG_RDI], registers[REG_RSI],
                              registers[REG_RDX], registers[REG_R10], registers[REG_R8],
                              LET_THROUGH);
        registers[REG_RAX] = result < 0 ? -errno : result;
    }
    errno = before;
}

static void trap_renames(void)
{
    struct sigaction action = {.sa_sigaction = on_rename, .sa_flags = SA_SIGINFO | SA_NODEFER};
    struct sock_filter filter[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_renameat, 1, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_renameat2, 0, 2),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[5])),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, LET_THROUGH, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRAP),
    };
    struct sock_fprog program = {sizeof filter / sizeof *filter, filter};
    sigaction(SIGSYS, &action, NULL);
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0)
        prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}
#else
static void trap_renames(void) {}
#endif
