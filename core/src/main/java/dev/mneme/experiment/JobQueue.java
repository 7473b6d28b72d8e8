package dev.mneme.experiment;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// Jobs that wait for a worker and for memory. The first in order whose memory fits beside that of
/// the jobs taken and not yet released is the next; where none is running, the first whatever it
/// needs.
final class JobQueue<T> {
  private final TreeSet<T> waiting;
  private final ToLongFunction<T> memory;
  private final long most;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private int running;
  private long used;

  /// @param order total: no two jobs are equal in it
  /// @param memory bytes that a job needs
  /// @param most bytes that all running jobs may need together
  JobQueue(Comparator<T> order, ToLongFunction<T> memory, long most) {
    this.waiting = new TreeSet<>(order);
    this.memory = memory;
    this.most = most;
  }

  /// Adds jobs, all at once: no worker sees some of them without the others.
  void addAll(Collection<T> jobs) {
    lock.lock();
    try {
      waiting.addAll(jobs);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Takes the next job, when there is one.
  T take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        T job = next();
        if (job != null) {
          waiting.remove(job);
          running++;
          used += memory.applyAsLong(job);
          return job;
        }
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  private @Nullable T next() {
    if (running == 0) {
      return waiting.isEmpty() ? null : waiting.first();
    }
    for (T job : waiting) {
      if (memory.applyAsLong(job) <= most - used) {
        return job;
      }
    }
    return null;
  }

  /// Gives the memory of a job that was taken back.
  void release(T job) {
    lock.lock();
    try {
      running--;
      used -= memory.applyAsLong(job);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  int size() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  /// Takes all jobs that wait.
  List<T> drain() {
    lock.lock();
    try {
      List<T> all = List.copyOf(waiting);
      waiting.clear();
      return all;
    } finally {
      lock.unlock();
    }
  }
}
