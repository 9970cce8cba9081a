package io.nomnom.devstack.bench;

import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/** The message that all stages carry: an order of about 300 bytes, its key unique by number. */
final class Orders {
    private Orders() {}

    static byte[] body(long number) {
        return text(number).getBytes(StandardCharsets.UTF_8);
    }

    static String text(long number) {
        return """
        {"order_key":"B-%d","customer_key":"C-%d","order_status":"P","total_price":%d.%02d,\
        "order_date":"2024-11-12","order_priority":"1-URGENT","clerk":"Clerk#000000951",\
        "ship_priority":0,"comment":"quickly express packages sleep after the furiously even deposits"}\
        """
                .formatted(number, number % 997, 100 + number % 9000, number % 100);
    }

    /** The message as the api would publish it: an id and the CloudEvents headers. */
    static NatsMessage message(String subject, byte[] body) {
        String id = UUID.randomUUID().toString();
        Headers headers = new Headers();
        headers.put("Nats-Msg-Id", id);
        headers.put("nomnom-generation", "0");
        headers.put("ce-specversion", "1.0");
        headers.put("ce-id", id);
        headers.put("ce-type", "Order");
        headers.put("ce-source", "/nomnom/bench");
        headers.put("ce-time", Instant.now().toString());
        headers.put("content-type", "application/json");
        return NatsMessage.builder().subject(subject).headers(headers).data(body).build();
    }
}
