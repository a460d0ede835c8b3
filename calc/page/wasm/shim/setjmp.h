/* WebAssembly of this compiler has no jumps out of functions: an arena's guard is entered, and leaving to it traps. The
 * page then starts the engine anew (see calc/page/engine.mjs). */
#ifndef NATOPAY_SHIM_SETJMP_H
#define NATOPAY_SHIM_SETJMP_H

typedef int jmp_buf[1];
#define setjmp(point) ((void)(point), 0)
#define longjmp(point, value) __builtin_trap()

#endif
