/* Stands between the program and the disk: writes down every change of a file, cuts it short, refuses it, or kills
 * the program just before it. Loaded with LD_PRELOAD, it does nothing until faults_arm() is called.
 *
 * Only files below one folder are watched. The record of one change is
 *   kind (1 byte), length of name (2), length of second name (2), offset (8), length of data (4), names, data
 * little-endian, kind being C created, W written, T cut to offset, S synced, D folder synced, U removed, R renamed,
 * X a sync that failed (what was pending for that file is gone).
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { WRITES = 1, SYNCS = 2 };
#define FDS 1024

static struct {
  int armed, record, torn, what, error, sticky;
  long kill_at, fail_at, changes, counted;
  char folder[PATH_MAX];
} plan;
static char *names[FDS];

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

void faults_arm(const char *folder, const char *record, long kill_at, int torn, long fail_at, int what, int error, int sticky) {
  memset(&plan, 0, sizeof plan);
  snprintf(plan.folder, sizeof plan.folder, "%s", folder);
  plan.record = record && *record ? NEXT(open)(record, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600) : -1;
  plan.kill_at = kill_at; plan.torn = torn;
  plan.fail_at = fail_at; plan.what = what; plan.error = error; plan.sticky = sticky;
  plan.armed = 1;
}
void faults_heal(void) { plan.fail_at = 0; plan.kill_at = 0; }
long faults_counted(void) { return plan.counted; }
long faults_changes(void) { return plan.changes; }

static const char *full(const char *path, char *room) {
  if (path[0] == '/') return path;
  char here[PATH_MAX / 2];
  if (!getcwd(here, sizeof here)) return path;
  snprintf(room, PATH_MAX, "%s/%s", here, path);
  return room;
}
static int ours(const char *path) { return plan.armed && !strncmp(path, plan.folder, strlen(plan.folder)); }
static const char *name_of(int fd) { return plan.armed && fd >= 0 && fd < FDS ? names[fd] : NULL; }

static void put(char kind, const char *one, const char *two, uint64_t at, const void *data, uint32_t length) {
  if (plan.record < 0) return;
  uint16_t a = strlen(one), b = two ? strlen(two) : 0;
  char *out = malloc(17 + a + b + length), *p = out;
  *p++ = kind;
  memcpy(p, &a, 2); memcpy(p + 2, &b, 2); memcpy(p + 4, &at, 8); memcpy(p + 12, &length, 4); p += 16;
  memcpy(p, one, a); p += a;
  if (b) { memcpy(p, two, b); p += b; }
  if (length) { memcpy(p, data, length); p += length; }
  if (NEXT(write)(plan.record, out, p - out) != p - out) abort();
  free(out);
}

/* Every change passes here first. Returns 1 when it must fail with plan.error. */
static int refused(int what, int fd, const void *data, size_t length, off_t at) {
  const char *name = name_of(fd);
  if (name && strstr(name, "/ack")) return 0;
  plan.changes++;
  int last = plan.kill_at && plan.changes == plan.kill_at;
  int counts = what & plan.what;
  if (counts) plan.counted++;
  int fails = counts && plan.fail_at && (plan.counted == plan.fail_at || (plan.sticky && plan.counted > plan.fail_at));
  if ((last || fails) && plan.torn && data && length > 1 && at >= 0)
    if (NEXT(pwrite64)(fd, data, length / 2, at) < 0) abort();
  if (last) { kill(getpid(), SIGKILL); for (;;) pause(); }
  if (fails) errno = plan.error;
  return fails;
}

static int opened(int fd, const char *path, int flags, int was_there, off_t size) {
  if (fd < 0 || fd >= FDS) return fd;
  free(names[fd]); names[fd] = strdup(path);
  if (flags & O_CREAT && !was_there) put('C', path, NULL, 0, NULL, 0);
  else if (flags & O_TRUNC && size) put('T', path, NULL, 0, NULL, 0);
  return fd;
}
#define OPENING(real)                                                                          \
  mode_t mode = 0;                                                                             \
  if (flags & O_CREAT) { va_list rest; va_start(rest, flags); mode = va_arg(rest, int); va_end(rest); } \
  char room[PATH_MAX]; const char *path = full(given, room);                                   \
  if (!ours(path)) { int fd = real; if (fd >= 0 && fd < FDS && names[fd]) { free(names[fd]); names[fd] = NULL; } return fd; } \
  struct stat st; int was_there = !stat(path, &st);                                            \
  if (flags & O_CREAT && !was_there && refused(WRITES, -1, NULL, 0, -1)) return -1;            \
  return opened(real, path, flags, was_there, was_there ? st.st_size : 0);
int open(const char *given, int flags, ...) { OPENING(NEXT(open)(given, flags, mode)) }
int open64(const char *given, int flags, ...) { OPENING(NEXT(open64)(given, flags, mode)) }
int openat(int dir, const char *given, int flags, ...) { OPENING(NEXT(openat)(dir, given, flags, mode)) }
int openat64(int dir, const char *given, int flags, ...) { OPENING(NEXT(openat64)(dir, given, flags, mode)) }
int close(int fd) {
  if (fd >= 0 && fd < FDS && names[fd]) { free(names[fd]); names[fd] = NULL; }
  return NEXT(close)(fd);
}

ssize_t pwrite64(int fd, const void *data, size_t length, off64_t at) {
  const char *name = name_of(fd);
  if (!name) return NEXT(pwrite64)(fd, data, length, at);
  if (refused(WRITES, fd, data, length, at)) return -1;
  ssize_t done = NEXT(pwrite64)(fd, data, length, at);
  if (done > 0) put('W', name, NULL, at, data, done);
  return done;
}
ssize_t pwrite(int fd, const void *data, size_t length, off_t at) { return pwrite64(fd, data, length, at); }
ssize_t write(int fd, const void *data, size_t length) {
  const char *name = name_of(fd);
  if (!name) return NEXT(write)(fd, data, length);
  off_t at = lseek(fd, 0, fcntl(fd, F_GETFL) & O_APPEND ? SEEK_END : SEEK_CUR);
  if (refused(WRITES, fd, data, length, at)) return -1;
  ssize_t done = NEXT(write)(fd, data, length);
  if (done > 0) put('W', name, NULL, at, data, done);
  return done;
}
int ftruncate64(int fd, off64_t size) {
  const char *name = name_of(fd);
  if (!name) return NEXT(ftruncate64)(fd, size);
  if (refused(WRITES, fd, NULL, 0, -1)) return -1;
  int bad = NEXT(ftruncate64)(fd, size);
  if (!bad) put('T', name, NULL, size, NULL, 0);
  return bad;
}
int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }
static int synced(int fd, const char *name) {
  struct stat st; int is_folder = !fstat(fd, &st) && S_ISDIR(st.st_mode);
  if (refused(SYNCS, fd, NULL, 0, -1)) { put('X', name, NULL, 0, NULL, 0); return -1; }
  put(is_folder ? 'D' : 'S', name, NULL, 0, NULL, 0); /* the record is the disk here: no need to wait for the real one */
  return 0;
}
int fsync(int fd) { const char *name = name_of(fd); return name ? synced(fd, name) : NEXT(fsync)(fd); }
int fdatasync(int fd) { const char *name = name_of(fd); return name ? synced(fd, name) : NEXT(fdatasync)(fd); }

int unlink(const char *given) {
  char room[PATH_MAX]; const char *path = full(given, room);
  if (!ours(path)) return NEXT(unlink)(given);
  if (refused(WRITES, -1, NULL, 0, -1)) return -1;
  int bad = NEXT(unlink)(given);
  if (!bad) put('U', path, NULL, 0, NULL, 0);
  return bad;
}
int rename(const char *from, const char *to) {
  char room[PATH_MAX], space[PATH_MAX]; const char *a = full(from, room), *b = full(to, space);
  if (!ours(a) && !ours(b)) return NEXT(rename)(from, to);
  if (refused(WRITES, -1, NULL, 0, -1)) return -1;
  int bad = NEXT(rename)(from, to);
  if (!bad) put('R', a, b, 0, NULL, 0);
  return bad;
}
