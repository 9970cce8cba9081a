package io.nomnom.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nomnom.devstack.EngineProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** A small HTTP client of one engine. */
record Client(EngineProcess engine) {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** An answer; status 0 where there was none. */
    record Answer(int status, String body) {
        JsonNode json() {
            try {
                return new ObjectMapper().readTree(body);
            } catch (IOException fault) {
                throw new IllegalStateException(body, fault);
            }
        }
    }

    Answer post(String path, String body) {
        return send(request(path).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    Answer post(String path, String body, Map<String, String> headers) {
        HttpRequest.Builder request = request(path).POST(HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::setHeader);
        return send(request);
    }

    Answer get(String path) {
        return send(request(path).GET());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(engine.url() + path))
                .header("content-type", "application/json")
                .timeout(Duration.ofSeconds(20));
    }

    private static Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response =
                    HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException away) {
            return new Answer(0, "");
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return new Answer(0, "");
        }
    }

    /** An order with as many line items. */
    static String order(String key, int lines) {
        StringBuilder items = new StringBuilder();
        for (int i = 1; i <= lines; i++) {
            items.append(i == 1 ? "" : ",")
                    .append(
                            "{\"line_number\":%d,\"part_key\":\"P\",\"quantity\":1,\"extended_price\":1.25}"
                                    .formatted(i));
        }
        return """
        {"order_key":"%s","customer_key":"C-1","order_status":"P","total_price":12345.67,
         "order_date":"2024-11-12","line_items":[%s]}\
        """
                .formatted(key, items);
    }
}
