package io.nomnom.it;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Several clients that post orders with keys of their own until they are stopped. */
final class Load implements AutoCloseable {
    private static final int CLIENTS = 8;
    private final Client client;
    private final AtomicInteger number = new AtomicInteger();
    private final Queue<String> accepted = new ConcurrentLinkedQueue<>();
    private final Map<Integer, Integer> statuses = new ConcurrentHashMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopping;

    Load(Client client) {
        this.client = client;
        for (int i = 0; i < CLIENTS; i++) {
            threads.add(Thread.ofVirtual().name("load-" + i).start(this::run));
        }
    }

    private void run() {
        while (!stopping) {
            String key = "O-" + number.incrementAndGet();
            Client.Answer answer = client.post("/ingest/Order", Client.order(key, 2));
            statuses.merge(answer.status(), 1, Integer::sum);
            if (answer.status() == 202) {
                accepted.add(key);
            }
        }
    }

    /** The keys that got a 202. */
    List<String> accepted() {
        return List.copyOf(accepted);
    }

    /** How many answers had a status. */
    int count(int status) {
        return statuses.getOrDefault(status, 0);
    }

    @Override
    public void close() throws InterruptedException {
        stopping = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
