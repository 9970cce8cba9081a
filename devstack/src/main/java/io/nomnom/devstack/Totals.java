package io.nomnom.devstack;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Counts and sums of TPC-H orders; equal where the database holds what the generator made. */
record Totals(long orders, long items, long quantity, BigDecimal extendedPrice) {
    /** Only keys that the generator makes, up to the last one sent: other rows may be there too. */
    private static final String READ =
            """
            WITH mine AS (SELECT quantity, extended_price FROM order_line_items
              WHERE CASE WHEN order_key ~ '^[0-9]+$' THEN order_key::bigint <= ? ELSE false END)
            SELECT (SELECT count(*) FROM orders
                WHERE CASE WHEN order_key ~ '^[0-9]+$' THEN order_key::bigint <= ? ELSE false END),
              count(*), coalesce(sum(quantity), 0), coalesce(sum(extended_price), 0) FROM mine\
            """;

    Totals {
        extendedPrice = extendedPrice.setScale(2);
    }

    static Totals of(TpchOrders sent) {
        return new Totals(
                sent.orderCount(), sent.itemCount(), sent.quantity(), sent.extendedPrice());
    }

    /** What the database has of the orders up to a key. */
    static Totals read(Connection connection, long lastKey) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(READ)) {
            statement.setLong(1, lastKey);
            statement.setLong(2, lastKey);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new Totals(
                        row.getLong(1), row.getLong(2), row.getLong(3), row.getBigDecimal(4));
            }
        }
    }

    /** A table of what was sent and what was found. */
    String beside(Totals found) {
        return line("orders", orders, found.orders)
                + line("line items", items, found.items)
                + line("sum(quantity)", quantity, found.quantity)
                + line("sum(extended_price)", extendedPrice, found.extendedPrice);
    }

    private static String line(String what, Object sent, Object found) {
        return "  %-20s sent %s, in the database %s%s%n"
                .formatted(what, sent, found, sent.equals(found) ? "" : "  <-- differs");
    }
}
