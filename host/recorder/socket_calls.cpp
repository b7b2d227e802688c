// Calls on sockets, and waiting until one of several descriptors is ready.
#include <netdb.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/socket.h>

#include "host/recorder/call.hpp"

using namespace gilsim::recorder;
using gilsim::trace::Call;

#pragma GCC visibility push(default)
extern "C" {

ssize_t recv(int socket, void* data, size_t size, int flags) {
  static constinit Real<ssize_t(int, void*, size_t, int)> real("recv");
  return recorded_call(Call::kReceive, real, socket, data, size, flags);
}

ssize_t recvfrom(int socket, void* data, size_t size, int flags, sockaddr* from,
                 socklen_t* length) {
  static constinit Real<ssize_t(int, void*, size_t, int, sockaddr*, socklen_t*)> real("recvfrom");
  return recorded_call(Call::kReceive, real, socket, data, size, flags, from, length);
}

ssize_t recvmsg(int socket, msghdr* message, int flags) {
  static constinit Real<ssize_t(int, msghdr*, int)> real("recvmsg");
  return recorded_call(Call::kReceive, real, socket, message, flags);
}

ssize_t send(int socket, const void* data, size_t size, int flags) {
  static constinit Real<ssize_t(int, const void*, size_t, int)> real("send");
  return recorded_call(Call::kSend, real, socket, data, size, flags);
}

ssize_t sendto(int socket, const void* data, size_t size, int flags, const sockaddr* to,
               socklen_t length) {
  static constinit Real<ssize_t(int, const void*, size_t, int, const sockaddr*, socklen_t)> real(
      "sendto");
  return recorded_call(Call::kSend, real, socket, data, size, flags, to, length);
}

ssize_t sendmsg(int socket, const msghdr* message, int flags) {
  static constinit Real<ssize_t(int, const msghdr*, int)> real("sendmsg");
  return recorded_call(Call::kSend, real, socket, message, flags);
}

int accept(int socket, sockaddr* from, socklen_t* length) {
  static constinit Real<int(int, sockaddr*, socklen_t*)> real("accept");
  return recorded_call(Call::kAccept, real, socket, from, length);
}

int accept4(int socket, sockaddr* from, socklen_t* length, int flags) {
  static constinit Real<int(int, sockaddr*, socklen_t*, int)> real("accept4");
  return recorded_call(Call::kAccept, real, socket, from, length, flags);
}

int connect(int socket, const sockaddr* to, socklen_t length) {
  static constinit Real<int(int, const sockaddr*, socklen_t)> real("connect");
  return recorded_call(Call::kConnect, real, socket, to, length);
}

int poll(pollfd* files, nfds_t count, int milliseconds) {
  static constinit Real<int(pollfd*, nfds_t, int)> real("poll");
  return recorded_call(Call::kPoll, real, files, count, milliseconds);
}

int ppoll(pollfd* files, nfds_t count, const timespec* time, const sigset_t* signals) {
  static constinit Real<int(pollfd*, nfds_t, const timespec*, const sigset_t*)> real("ppoll");
  return recorded_call(Call::kPoll, real, files, count, time, signals);
}

// Without descriptors it is how time.sleep() of CPython before 3.11 sleeps.
int select(int count, fd_set* to_read, fd_set* to_write, fd_set* other, timeval* time) {
  static constinit Real<int(int, fd_set*, fd_set*, fd_set*, timeval*)> real("select");
  return recorded_call(count == 0 ? Call::kSleep : Call::kPoll, real, count, to_read, to_write,
                       other, time);
}

int epoll_wait(int file, epoll_event* events, int count, int milliseconds) {
  static constinit Real<int(int, epoll_event*, int, int)> real("epoll_wait");
  return recorded_call(Call::kPoll, real, file, events, count, milliseconds);
}

int epoll_pwait2(int file, epoll_event* events, int count, const timespec* time,
                 const sigset_t* signals) {
  static constinit Real<int(int, epoll_event*, int, const timespec*, const sigset_t*)> real(
      "epoll_pwait2");
  return recorded_call(Call::kPoll, real, file, events, count, time, signals);
}

int getaddrinfo(const char* name, const char* service, const addrinfo* hints, addrinfo** found) {
  static constinit Real<int(const char*, const char*, const addrinfo*, addrinfo**)> real(
      "getaddrinfo");
  return recorded_call(Call::kResolve, real, name, service, hints, found);
}

}  // extern "C"
#pragma GCC visibility pop
