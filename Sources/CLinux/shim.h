#pragma once

// rename(2). glibc declares it only under _GNU_SOURCE, which Swift's Glibc module is built without. No header is included
// here, because what it declares would then count as this module's.
int renameat2(int old_directory, const char *old_path, int new_directory, const char *new_path, unsigned int flags);

// syncfs(2), likewise.
int syncfs(int file);

// sched_getaffinity(2), likewise; `set` has a bit for each processor.
int sched_getaffinity(int process, unsigned long size, void *set);

// malloc_trim(3): <malloc.h> is not in Swift's Glibc module.
int malloc_trim(unsigned long pad);
// mallopt(3), the same.
int mallopt(int parameter, int value);

/// RENAME_EXCHANGE of linux/fs.h.
static const unsigned int moru_rename_exchange = 1 << 1;
