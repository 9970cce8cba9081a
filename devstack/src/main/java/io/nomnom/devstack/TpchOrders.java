package io.nomnom.devstack;

import io.trino.tpch.GenerateUtils;
import io.trino.tpch.LineItem;
import io.trino.tpch.LineItemGenerator;
import io.trino.tpch.Order;
import io.trino.tpch.OrderGenerator;
import java.math.BigDecimal;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * TPC-H's orders with their line items nested, as JSON, and the sums that the database must show.
 * Safe for several threads; the counts hold once the last order is out.
 */
public final class TpchOrders {
    private final Iterator<Order> orders;
    private final Iterator<LineItem> items;
    private @Nullable LineItem next;
    private long lastKey;
    private long orderCount;
    private long itemCount;
    private long quantity;
    private long extendedPriceCents;

    /**
     * @param scale TPC-H's scale factor; 0.01 is 15,000 orders
     */
    public TpchOrders(double scale) {
        this.orders = new OrderGenerator(scale, 1, 1).iterator();
        this.items = new LineItemGenerator(scale, 1, 1).iterator();
        this.next = items.hasNext() ? items.next() : null;
    }

    /** The number of orders at a scale. */
    public static long count(double scale) {
        return (long) (1_500_000 * scale);
    }

    /** The next order; null behind the last one. */
    public synchronized @Nullable String nextOrNull() {
        if (!orders.hasNext()) {
            return null;
        }
        Order order = orders.next();
        orderCount++;
        lastKey = order.orderKey();
        StringBuilder json = new StringBuilder(1024);
        json.append("{\"order_key\":\"").append(order.orderKey());
        json.append("\",\"customer_key\":\"").append(order.customerKey());
        json.append("\",\"order_status\":\"").append(order.orderStatus());
        json.append("\",\"total_price\":").append(cents(order.totalPriceInCents()));
        json.append(",\"order_date\":\"").append(GenerateUtils.formatDate(order.orderDate()));
        json.append("\",\"order_priority\":\"").append(order.orderPriority());
        json.append("\",\"clerk\":\"").append(order.clerk());
        json.append("\",\"ship_priority\":").append(order.shipPriority());
        json.append(",\"comment\":\"").append(order.comment()).append("\",\"line_items\":[");
        String comma = "";
        LineItem item = next;
        while (item != null && item.orderKey() == order.orderKey()) {
            json.append(comma);
            append(json, item);
            comma = ",";
            item = items.hasNext() ? items.next() : null;
        }
        next = item;
        return json.append("]}").toString();
    }

    private void append(StringBuilder json, LineItem item) {
        itemCount++;
        quantity += item.quantity();
        extendedPriceCents += item.extendedPriceInCents();
        json.append("{\"line_number\":").append(item.lineNumber());
        json.append(",\"part_key\":\"").append(item.partKey());
        json.append("\",\"supplier_key\":\"").append(item.supplierKey());
        json.append("\",\"quantity\":").append(item.quantity());
        json.append(",\"extended_price\":").append(cents(item.extendedPriceInCents()));
        json.append(",\"discount\":").append(cents(item.discountPercent()));
        json.append(",\"tax\":").append(cents(item.taxPercent()));
        json.append(",\"return_flag\":\"").append(item.returnFlag());
        json.append("\",\"line_status\":\"").append(item.status());
        json.append("\",\"ship_date\":\"").append(GenerateUtils.formatDate(item.shipDate()));
        json.append("\",\"commit_date\":\"").append(GenerateUtils.formatDate(item.commitDate()));
        json.append("\",\"receipt_date\":\"").append(GenerateUtils.formatDate(item.receiptDate()));
        json.append("\"}");
    }

    private static BigDecimal cents(long hundredths) {
        return BigDecimal.valueOf(hundredths, 2);
    }

    /** The key of the last order; keys rise. */
    public synchronized long lastKey() {
        return lastKey;
    }

    public synchronized long orderCount() {
        return orderCount;
    }

    public synchronized long itemCount() {
        return itemCount;
    }

    public synchronized long quantity() {
        return quantity;
    }

    public synchronized BigDecimal extendedPrice() {
        return cents(extendedPriceCents);
    }
}
