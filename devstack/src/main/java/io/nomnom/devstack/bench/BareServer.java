package io.nomnom.devstack.bench;

import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/**
 * The limit of the api: an HTTP server that publishes each body to JetStream as it is and answers
 * 202 after the acknowledgement. A process of its own: {@code BareServer PORT NATS_URL SUBJECT}.
 */
final class BareServer {
    private final JetStream jetStream;
    private final String subject;

    private BareServer(JetStream jetStream, String subject) {
        this.jetStream = jetStream;
        this.subject = subject;
    }

    public static void main(String[] args) throws Exception {
        Options options =
                Options.builder().server(args[1]).maxMessagesInOutgoingQueue(100_000).build();
        Connection connection = Nats.connect(options);
        BareServer server = new BareServer(connection.jetStream(), args[2]);
        Vertx vertx = Vertx.vertx();
        int port = Integer.parseInt(args[0]);
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            var _ =
                    vertx.createHttpServer()
                            .requestHandler(server::handle)
                            .listen(port, "127.0.0.1");
        }
    }

    private void handle(HttpServerRequest request) {
        var _ = request.body().onSuccess(body -> publish(request, body));
    }

    private void publish(HttpServerRequest request, Buffer body) {
        var _ =
                jetStream
                        .publishAsync(Orders.message(subject, body.getBytes()))
                        .whenComplete((ack, failure) -> {
                            int status = failure == null ? 202 : 503;
                            String answer =
                                    failure == null ? "{\"seq\":" + ack.getSeqno() + "}" : "";
                            var _ = request.response().setStatusCode(status).end(answer);
                        });
    }
}
