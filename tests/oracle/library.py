"""Asks libnatopay, which lies beside the program, in a process of its own: the book is then loaded once, and not for every
situation. Run as a program it is that process: pickled requests on standard input, pickled answers on standard output.

A library that ends by a signal ends that process alone; the answer is then the signal, as it would be of the program.
"""

import atexit
import ctypes
import functools
import json
import os
import pickle
import subprocess
import sys


class File(ctypes.Structure):
    _fields_ = [('name', ctypes.c_char_p), ('bytes', ctypes.c_char_p), ('size', ctypes.c_size_t)]


class Request(ctypes.Structure):
    _fields_ = [('arguments', ctypes.POINTER(ctypes.c_char_p)), ('argument_count', ctypes.c_size_t),
                ('files', ctypes.POINTER(File)), ('file_count', ctypes.c_size_t), ('language', ctypes.c_char_p)]


class Answer(ctypes.Structure):
    _fields_ = [('exit', ctypes.c_int), ('media_type', ctypes.c_char_p), ('bytes', ctypes.POINTER(ctypes.c_char)),
                ('size', ctypes.c_size_t), ('diagnostics', ctypes.c_char_p), ('outputs', ctypes.POINTER(File)),
                ('output_count', ctypes.c_size_t)]


class Session:
    """A rule book that the library has loaded: see include/natopay.h."""

    def __init__(self, library, book):
        self.library = ctypes.CDLL(library)
        self.library.natopay_open.restype = ctypes.c_void_p
        self.library.natopay_close.argtypes = [ctypes.c_void_p]
        self.library.natopay_ask.argtypes = [ctypes.c_void_p, ctypes.POINTER(Request)]
        self.library.natopay_ask.restype = ctypes.POINTER(Answer)
        self.book = book
        self.session = self.library.natopay_open(book.encode(), None, None)
        if not self.session:
            raise OSError('the library cannot read ' + book)

    def close(self):
        self.library.natopay_close(self.session)

    def ask(self, arguments, files):
        """(exit code, output, codes of the errors)."""
        words = (ctypes.c_char_p * len(arguments))(*[word.encode() for word in arguments])
        texts = (File * len(files))(*[File(name.encode(), text, len(text)) for name, text in files.items()])
        answer = self.library.natopay_ask(self.session, Request(words, len(words), texts, len(texts), None)).contents
        told = json.loads(answer.diagnostics)['diagnostics']
        return (answer.exit, ctypes.string_at(answer.bytes, answer.size).decode(),
                [entry['code'] for entry in told if entry['severity'] == 'error'])


def serve(requests, answers):
    session = None
    while True:
        try:
            library, book, arguments, files = pickle.load(requests)
        except EOFError:
            return
        if session is None or session.book != book:
            if session:
                session.close()
            session = Session(library, book)
        pickle.dump(session.ask(arguments, files), answers)
        answers.flush()


class Server:
    """The process that asks one library."""

    def __init__(self, library):
        self.library, self.process, self.owner = library, None, None

    def ask(self, book, arguments, files):
        if self.process is None or self.owner != os.getpid():  # one that was there before a fork is another's
            self.process, self.owner = subprocess.Popen([sys.executable, os.path.abspath(__file__)], stdin=subprocess.PIPE,
                                                        stdout=subprocess.PIPE), os.getpid()
            atexit.register(self.end)
        try:
            pickle.dump((self.library, book, arguments, files), self.process.stdin)
            self.process.stdin.flush()
            return pickle.load(self.process.stdout)
        except (EOFError, BrokenPipeError):
            code = self.process.wait()
            self.process = None
            return code, '', []

    def end(self):
        if self.process is not None and self.owner == os.getpid():
            self.process.stdin.close()
            self.process.wait()
            self.process = None


@functools.lru_cache(maxsize=4)
def server_of(program):
    """The server of the library beside a program, or None where there is none."""
    library = os.path.join(os.path.dirname(program), 'libnatopay.so')
    return Server(library) if os.path.exists(library) else None


if __name__ == '__main__':
    serve(sys.stdin.buffer, sys.stdout.buffer)
