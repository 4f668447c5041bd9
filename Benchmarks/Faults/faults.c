// Stands before the C library and the numerical libraries (LD_PRELOAD) and lets one call fail: the FAULT_AT-th write to a file, or the FAULT_AT-th
// call of a solver. FAULT_KIND is "write" or "solve"; with FAULT_EVER=1 every later call fails too, as on a full disk. FAULT_REPORT names a file that
// gets the number of calls when the program ends.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

static atomic_long calls;
static long at;
static int kind, ever;  // kind: 1 write, 2 solve
static const char *report;
static char first[512];  // What failed first.

__attribute__((constructor)) static void begin(void) {
  const char *text = getenv("FAULT_KIND");
  kind = !text ? 0 : text[0] == 'w' ? 1 : 2;
  at = (text = getenv("FAULT_AT")) ? atol(text) : 0;
  ever = (text = getenv("FAULT_EVER")) && text[0] == '1';
  report = getenv("FAULT_REPORT");
}

__attribute__((destructor)) static void end(void) {
  if (!report || !kind) return;
  FILE *file = fopen(report, "w");
  long count = atomic_load(&calls);
  kind = 0;
  if (file) fprintf(file, "%ld\n%s\n", count, first), fclose(file);
}

// Only files: standard output, pipes and sockets have their own ways to fail.
static int isFile(int descriptor) {
  struct stat status;
  return descriptor > 2 && fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
}

static int fails(int of, const char *name, const char *path) {
  if (kind != of) return 0;
  long call = atomic_fetch_add(&calls, 1) + 1;
  int now = at && (call == at || (ever && call > at));
  if (now && !first[0]) snprintf(first, sizeof first, "%s %s", name, path ? path : "");
  return now;
}

static int failsOn(int descriptor, const char *name) {
  if (kind != 1 || !isFile(descriptor)) return 0;
  char link[64], path[400];
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  ssize_t length = readlink(link, path, sizeof path - 1);
  path[length < 0 ? 0 : length] = 0;
  return fails(1, name, path);
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define FAIL do { errno = ENOSPC; return -1; } while (0)

ssize_t write(int descriptor, const void *bytes, size_t count) {
  if (failsOn(descriptor, "write")) FAIL;
  return REAL(write)(descriptor, bytes, count);
}
ssize_t writev(int descriptor, const struct iovec *parts, int count) {
  if (failsOn(descriptor, "writev")) FAIL;
  return REAL(writev)(descriptor, parts, count);
}
ssize_t pwrite(int descriptor, const void *bytes, size_t count, off_t offset) {
  if (failsOn(descriptor, "pwrite")) FAIL;
  return REAL(pwrite)(descriptor, bytes, count, offset);
}
ssize_t pwrite64(int descriptor, const void *bytes, size_t count, off64_t offset) {
  if (failsOn(descriptor, "pwrite64")) FAIL;
  return REAL(pwrite64)(descriptor, bytes, count, offset);
}
int fsync(int descriptor) {
  if (failsOn(descriptor, "fsync")) FAIL;
  return REAL(fsync)(descriptor);
}
int fdatasync(int descriptor) {
  if (failsOn(descriptor, "fdatasync")) FAIL;
  return REAL(fdatasync)(descriptor);
}
int ftruncate(int descriptor, off_t length) {
  if (failsOn(descriptor, "ftruncate")) FAIL;
  return REAL(ftruncate)(descriptor, length);
}
int ftruncate64(int descriptor, off64_t length) {
  if (failsOn(descriptor, "ftruncate64")) FAIL;
  return REAL(ftruncate64)(descriptor, length);
}
int rename(const char *from, const char *to) {
  if (fails(1, "rename", to)) FAIL;
  return REAL(rename)(from, to);
}
int renameat2(int fromFolder, const char *from, int toFolder, const char *to, unsigned flags) {
  if (fails(1, "renameat2", to)) FAIL;
  return REAL(renameat2)(fromFolder, from, toFolder, to, flags);
}
int mkdir(const char *path, mode_t mode) {
  if (fails(1, "mkdir", path)) FAIL;
  return REAL(mkdir)(path, mode);
}
static int creates(int flags) { return (flags & O_CREAT) && (flags & O_ACCMODE) != O_RDONLY; }
int open(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t mode = va_arg(rest, mode_t);
  va_end(rest);
  if (creates(flags) && strncmp(path, "/dev/", 5) && fails(1, "open", path)) FAIL;
  return ((int (*)(const char *, int, mode_t))dlsym(RTLD_NEXT, "open"))(path, flags, mode);
}
int open64(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t mode = va_arg(rest, mode_t);
  va_end(rest);
  if (creates(flags) && strncmp(path, "/dev/", 5) && fails(1, "open", path)) FAIL;
  return ((int (*)(const char *, int, mode_t))dlsym(RTLD_NEXT, "open64"))(path, flags, mode);
}

// Solvers: the optimiser, the trees and the factorisations (dpotrs fails by wrong arguments alone). Their own way to say that they failed is a number that is not 0.
#define SOLVER(name, bad) \
  int name(void *a, void *b, void *c, void *d, void *e, void *f, void *g, void *h, void *i, void *j, void *k, void *l) { \
    if (fails(2, #name, NULL)) return bad; \
    return ((int (*)(void *, void *, void *, void *, void *, void *, void *, void *, void *, void *, void *, void *))dlsym(RTLD_NEXT, #name))( \
      a, b, c, d, e, f, g, h, i, j, k, l); \
  }
SOLVER(Highs_run, -1)
SOLVER(XGBoosterUpdateOneIter, -1)
SOLVER(XGBoosterBoostOneIter, -1)
SOLVER(XGBoosterPredictFromDMatrix, -1)
SOLVER(LAPACKE_dpotrf, 3)
SOLVER(LAPACKE_dgetrf, 2)
SOLVER(LAPACKE_dsyevd, 1)

int XGDMatrixCreateFromMat(const float *data, unsigned long rows, unsigned long columns, float missing, void **made) {
  if (fails(2, "XGDMatrixCreateFromMat", NULL)) return -1;
  return ((int (*)(const float *, unsigned long, unsigned long, float, void **))dlsym(RTLD_NEXT, "XGDMatrixCreateFromMat"))(data, rows, columns, missing, made);
}
int LAPACKE_dgelsd(int layout, int m, int n, int count, double *a, int lda, double *b, int ldb, double *s, double least, int *rank) {
  if (fails(2, "LAPACKE_dgelsd", NULL)) return 1;
  return ((int (*)(int, int, int, int, double *, int, double *, int, double *, double, int *))dlsym(RTLD_NEXT, "LAPACKE_dgelsd"))(
    layout, m, n, count, a, lda, b, ldb, s, least, rank);
}
