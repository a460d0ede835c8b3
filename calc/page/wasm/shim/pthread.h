/* One thread: locks are always free, and a second thread cannot be started. */
#ifndef NATOPAY_SHIM_PTHREAD_H
#define NATOPAY_SHIM_PTHREAD_H

#define __NEED_pthread_mutex_t
#define __NEED_pthread_cond_t
#define __NEED_pthread_t
#include <bits/alltypes.h>

#define pthread_mutex_init(mutex, attributes) ((void)(mutex), 0)
#define pthread_mutex_destroy(mutex) ((void)(mutex), 0)
#define pthread_mutex_lock(mutex) ((void)(mutex), 0)
#define pthread_mutex_unlock(mutex) ((void)(mutex), 0)
#define pthread_cond_init(condition, attributes) ((void)(condition), 0)
#define pthread_cond_destroy(condition) ((void)(condition), 0)
#define pthread_cond_wait(condition, mutex) __builtin_trap()
#define pthread_cond_signal(condition) ((void)(condition), 0)
#define pthread_cond_broadcast(condition) ((void)(condition), 0)
#define pthread_create(thread, attributes, run, context) ((void)(thread), (void)(run), (void)(context), 38)
#define pthread_join(thread, result) ((void)(thread), 0)

#endif
