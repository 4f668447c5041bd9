// Tells the thread sanitizer of the waits of Swift's Mutex. Its fast path is compiled into the program, where the
// sanitizer sees it; its slow path hands the lock over in the kernel, inside a library that was built without the
// sanitizer, so that every contended lock looks like a race. Preloaded by Benchmarks/sanitize; without the sanitizer it
// only passes the calls on.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define SWIFT __attribute__((swiftcall))
#define HANDLE __attribute__((swift_context)) void *handle
#define LOCK "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define UNLOCK "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"

extern void __tsan_acquire(void *) __attribute__((weak));
extern void __tsan_release(void *) __attribute__((weak));

SWIFT void lock_slow(uint32_t thread, HANDLE) __asm__(LOCK);
SWIFT void unlock_slow(HANDLE) __asm__(UNLOCK);

static void *library(const char *name) {
  void *call = dlsym(RTLD_NEXT, name);
  if (call) return call;
  fprintf(stderr, "sanitize-mutex: this Swift has no %s; look for its name in libswiftSynchronization\n", name);
  abort();
}

SWIFT void lock_slow(uint32_t thread, HANDLE) {
  SWIFT void (*wait)(uint32_t, HANDLE) = library(LOCK);
  wait(thread, handle);
  if (__tsan_acquire) __tsan_acquire(handle);
}

SWIFT void unlock_slow(HANDLE) {
  SWIFT void (*wake)(HANDLE) = library(UNLOCK);
  if (__tsan_release) __tsan_release(handle);
  wake(handle);
}
